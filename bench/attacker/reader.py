"""A reader with a belief: who attacks with it, what each knows, and what it takes to tell something."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from bench.attacker.history import History
from bench.attacker.pool import Pool
from bench.attacker.programme import Floats
from bench.attacker.published import Label, Window
from bench.attacker.questions import describe
from bench.attacker.space import Question, Record, Space, Statement
from bench.attacker.worlds import Bounds, Undecided, Worlds

OUTSIDER, STILL = "", "still"
CLOSE = 1e-5


@dataclass(frozen=True, slots=True)
class Attacker:
    """Who attacks: the records known, how many of each type these are, and what they leave of every row."""

    name: str
    known: frozenset[Hashable]
    own: Mapping[int, int]
    subtracts: Floats


@dataclass(frozen=True, slots=True)
class Finding:
    """A number that is known too well: by whom, what they suppose, from which numbers, and what is true."""

    belief: str
    attacker: str
    question: str
    bounds: Bounds
    true: int
    holdings: int
    because: str

    def __str__(self) -> str:
        high = "?" if self.bounds.high is None else self.bounds.high
        told = f"{self.bounds.low}..{high} (is {self.true}, {self.holdings} holdings)"
        return f"{self.belief}, {self.attacker or 'an outsider'}: {self.question}: {told} because {self.because}"


class Reader(ABC):
    """Attackers with one belief over one history. `whole_numbers`: how many whole worlds may be searched for."""

    def __init__(
        self, history: History, name: str, space: Space, records: Mapping[Hashable, Record], *, whole_numbers: int
    ) -> None:
        self.history, self.name, self.space, self.records = history, name, space, records
        self._whole_left = whole_numbers
        self._items = np.array(list(records), dtype=object)
        holds = [space.holds(record) for record in records.values()]
        self._holds = [np.array([each[n] for each in holds]) for n in range(len(space.views))]
        self._meeting: dict[Question, frozenset[Hashable]] = {}
        windows = self._windows()
        self.worlds = Worlds(space, self._unchanged(windows) if name == STILL else windows, records.values())
        self._whole, self._fractions = Pool(), Pool()
        counts = Counter(records.values())
        self._whole.add(np.array([float(counts[each]) for each in self.worlds.records]))

    def _windows(self) -> list[dict[Statement, Window]]:
        """What every publication says, per view."""
        return [
            {
                Statement(n, row): view.sight.publication.cells[label]
                for label, row in view.rows.items()
                if isinstance(label, Label)
            }
            for n, view in enumerate(self.space.views)
        ]

    def _unchanged(self, windows: list[dict[Statement, Window]]) -> list[dict[Statement, Window]]:
        """The windows of equal labels whose members are the same, met: for who knows that nothing changed."""
        made = [dict(each) for each in windows]
        for (n, one), (m, other) in combinations(enumerate(self.space.views), 2):
            for label in (each for each in one.rows if isinstance(each, Label) and each in other.rows):
                here, there = Statement(n, one.rows[label]), Statement(m, other.rows[label])
                if (self._holds[n][:, here.row] == self._holds[m][:, there.row]).all():
                    made[n][here] = made[m][there] = made[n][here].meet(made[m][there])
        return made

    def meeting(self, question: Question) -> frozenset[Hashable]:
        """The records that truly meet a question."""
        if question not in self._meeting:
            met = np.ones(len(self._items), dtype=bool)
            for literal in question:
                met &= self._holds[literal.statement.view][:, literal.statement.row] == literal.holds
            self._meeting[question] = frozenset(self._items[met])
        return self._meeting[question]

    def attackers(self, most: int) -> Iterator[Attacker]:
        """Who attacks: an outsider, and insiders that differ in what they know."""
        yield self._attacker(OUTSIDER)
        seen: set[tuple[tuple[int, int], ...]] = set()
        for holding in sorted(set(self.history.holdings.values())):
            attacker = self._attacker(holding)
            what = tuple(sorted(attacker.own.items()))
            if attacker.known - self.known_to(OUTSIDER) and what not in seen and len(seen) < most:
                seen.add(what)
                yield attacker

    def _attacker(self, name: str) -> Attacker:
        known = self.known_to(name)
        own = Counter(self.records[each] for each in known)
        places = {self.worlds.place(record): count for record, count in own.items()}
        return Attacker(name, known, places, self.worlds.known(own.elements()))

    @abstractmethod
    def known_to(self, attacker: str) -> frozenset[Hashable]:
        """The records that an attacker knows."""

    @abstractmethod
    def is_sensitive(self, question: Question) -> bool:
        """Whether the true answer gives somebody away."""

    def groups_told(self, attacker: Attacker) -> list[str]:
        """Groups that an attacker can tell of; of conversations none are asked."""
        del attacker
        return []

    @abstractmethod
    def try_to_tell(self, attacker: Attacker, question: Question) -> Finding | None:
        """What an attacker proves, if it is too much.

        Raises:
            Undecided: fractions leave it open, and whole numbers were not searched through.
        """

    def _found(self, attacker: Attacker, question: Question, holdings: int) -> Finding:
        bounds, reasons = self.worlds.bounds(question, attacker.subtracts), self.worlds.reasons()
        self.worlds.extreme(question, attacker.subtracts, sign=1)
        because = " + ".join(dict.fromkeys(map(self._said, (*self.worlds.reasons(), *reasons))))
        true = len(self.meeting(question) - attacker.known)
        return Finding(self.name, attacker.name, describe(self.space, question), bounds, true, holdings, because)

    def _said(self, statement: Statement) -> str:
        view = self.space.views[statement.view]
        label = next(name for name, row in view.rows.items() if row == statement.row)
        window = view.sight.publication.cells[label]  # type: ignore[index]
        said = str(window.low) if window.exact else f"{window.low}..{window.high}"
        return f"[{label}] in {view.sight.publication.name} = {said}"

    # --- is it possible? ----------------------------------------------------------------------------------------------

    def _is_possible(self, attacker: Attacker, question: Question, window: Window) -> bool:
        """Whether a world that fits has so many unknown records: at most `high`, or else at least `low`."""
        if self._shown(self._whole, attacker, question, window):
            return True
        if not self._shown(self._fractions, attacker, question, window) and not self._in_fractions(
            attacker, question, window
        ):
            return False
        if self._whole_left <= 0:
            raise Undecided
        self._whole_left -= 1
        found = self.worlds.find(question, attacker.subtracts, window)
        if found is not None:
            self._keep(self._whole, attacker, found.astype(float))
        return found is not None

    def _shown(self, pool: Pool, attacker: Attacker, question: Question, window: Window) -> bool:
        least, most = pool.reached(self.worlds.meets(question), attacker.own)
        return most > window.low - CLOSE if window.high is None else least < window.high + CLOSE

    def _in_fractions(self, attacker: Attacker, question: Question, window: Window) -> bool:
        sign, enough = (-1, -float(window.low)) if window.high is None else (1, float(window.high))
        reached = self.worlds.extreme(question, attacker.subtracts, sign=sign, enough=enough)
        self._keep(self._fractions, attacker, self.worlds.last)
        return reached > window.low - CLOSE if window.high is None else reached < window.high + CLOSE

    def _keep(self, pool: Pool, attacker: Attacker, unknown: Floats) -> None:
        world = unknown.copy()
        for place, count in attacker.own.items():
            world[place] += count
        pool.add(world)
