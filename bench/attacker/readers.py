"""Readers with a belief: what they prove of a question, each attacker with the records that he knows.

Of partners the promise is: a number that is hidden may be none and may be enough; one that is rounded, or only follows,
is not proven to lie between, nor is any by who knows what stood still. Of conversations: nobody is bounded to within p
percent, and no sensitive sum is exact.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from bench.attacker.history import History
from bench.attacker.programme import Floats
from bench.attacker.published import Label, Window, parts
from bench.attacker.questions import describe, groups, hidden
from bench.attacker.space import Question, Record, Space, Statement
from bench.attacker.truth import Talk
from bench.attacker.worlds import Bounds, Undecided, Worlds

OUTSIDER, STILL = "", "still"
CLOSE = 1e-5
INF = float("inf")
FEWEST_FOR_A_SUM = 3
OF_PARTNERS = ("kind", "region")
"""What conversations have from their partners."""


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


class Pool:
    """Worlds found so far: a number per type of record each, in fractions or whole."""

    MOST = 250

    def __init__(self) -> None:
        self._held = np.zeros((0, 0))

    def add(self, world: Floats) -> None:
        """Keep a world; the oldest go, but never the first."""
        wider = np.zeros((len(self._held) + 1, max(len(world), self._held.shape[1])))
        wider[:-1, : self._held.shape[1]] = self._held
        wider[-1, : len(world)] = world
        self._held = wider if len(wider) <= self.MOST else np.delete(wider, 1, axis=0)

    def reached(self, met: Floats, own: Mapping[int, int]) -> tuple[float, float]:
        """The least and most beside an attacker's own records, in the worlds that hold those."""
        width = self._held.shape[1]
        if any(n >= width for n in own):
            return INF, -INF
        places = list(own)
        fits = (self._held[:, places] >= np.array([own[n] for n in places])).all(axis=1)
        counts = self._held[fits] @ met[:width] - sum(met[n] * count for n, count in own.items())
        return (float(counts.min()), float(counts.max())) if len(counts) else (INF, -INF)


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


class PartnerReader(Reader):
    """Of organisations: everybody knows those that were ever named; an insider all of its holding."""

    def _windows(self) -> list[dict[Statement, Window]]:
        """A conversation with partners of a kind or region tells that there is one."""
        windows = super()._windows()
        for n, view in enumerate(self.space.views):
            for label, window in view.sight.publication.cells.items():
                described = [pair for pair in label.pairs if pair[0] in OF_PARTNERS]
                for pair in described if label.counts == "conversations" and window.low else ():
                    row = view.rows.get(Label("partners", (pair,)))
                    if row is not None:
                        statement = Statement(n, row)
                        windows[n][statement] = windows[n][statement].meet(Window(1, None))
        return windows

    def known_to(self, attacker: str) -> frozenset[Hashable]:
        named = self.history.named
        return frozenset(each for each in self.records if each in named or self.history.holdings[str(each)] == attacker)

    def is_sensitive(self, question: Question) -> bool:
        """The threshold rule: fewer holdings than the threshold, beside those that were named."""
        return 0 < len(self._holdings(self.meeting(question) - self.known_to(OUTSIDER))) < self.history.threshold

    def try_to_tell(self, attacker: Attacker, question: Question) -> Finding | None:
        meeting = self.meeting(question)
        holdings = self._holdings(meeting - attacker.known)
        enough = self.history.threshold - (1 if attacker.name in self._holdings(meeting) else 0)
        # Where one year hides and another rounds, who knows what stood still can be promised one of the two only.
        needed = all if hidden(self.space, question) and self.name != STILL else any
        asked = (Window(0, 0), Window(enough, None))
        if needed(self._shown(self._whole, attacker, question, window) for window in asked):
            return None
        if needed(self._is_possible(attacker, question, window) for window in asked):
            return None
        return self._found(attacker, question, len(holdings))

    def groups_told(self, attacker: Attacker) -> list[str]:
        """Categories of which everybody can tell that all are in one other: that says of each where it is."""
        told = []
        anything = [np.zeros(len(view.table)) for view in self.space.views]
        for whole, outside in groups(self.space) if self.name != STILL else ():
            inside = self.meeting(whole) - attacker.known and not self.meeting(outside) - attacker.known
            # Where nobody could be outside, as in a pillar of one theme, that all are inside is no news.
            news = inside and bool(self.space.cheapest(anything, outside))
            if news and not self._in_fractions(attacker, outside, Window(1, None)):
                told.append(describe(self.space, outside))
        return told

    def _holdings(self, organisations: frozenset[Hashable]) -> set[str]:
        return {self.history.holdings[str(each)] for each in organisations}


class TalkReader(Reader):
    """Of conversations: an insider knows those that it took part in."""

    def known_to(self, attacker: str) -> frozenset[Hashable]:
        return frozenset(each for each in self.records if attacker in self._present(each))

    def is_sensitive(self, question: Question) -> bool:
        """Fewer than three contributors, or the p% rule: without the first two less is left than p% of the first."""
        meeting, contributions = self.meeting(question), self.contributions(question)
        if len(contributions) < FEWEST_FOR_A_SUM:
            return bool(contributions)
        ranked = sorted(contributions, key=lambda each: (-len(contributions[each]), each))
        first = contributions[ranked[0]]
        rest = min(len(meeting - first - contributions[each]) for each in ranked[1:])
        return 100 * rest < self._p * len(first)

    def contributions(self, question: Question) -> dict[str, frozenset[Hashable]]:
        """Per holding the conversations it took part in with a partner of the kind and region that are asked for."""
        found: dict[str, set[Hashable]] = {}
        for talk in self.meeting(question):
            for organisation in self._contributors(talk, question):
                found.setdefault(self.history.holdings[organisation], set()).add(talk)
        return {holding: frozenset(talks) for holding, talks in found.items()}

    def _contributors(self, talk: Hashable, question: Question) -> Iterator[str]:
        for literal in (each for each in question if each.holds):
            view = self.space.views[literal.statement.view]
            label = next(name for name, row in view.rows.items() if row == literal.statement.row)
            asked = dict(label.pairs) if isinstance(label, Label) else {}
            seen = self.history.seen[literal.statement.view]
            for each in self._talk(talk).partners & set(seen):
                if all(name not in asked or getattr(seen[each], name) in parts(asked[name]) for name in OF_PARTNERS):
                    yield each

    def try_to_tell(self, attacker: Attacker, question: Question) -> Finding | None:
        contributions = self.contributions(question)
        others = sorted(
            (each for each in contributions if each != attacker.name),
            key=lambda each: (-len(contributions[each]), each),
        )
        if not others:
            return None  # fmt: skip
        meeting, victim = self.meeting(question), contributions[others[0]]
        true = len(meeting - attacker.known)
        asked: Sequence[tuple[Window, ...]] = ((Window(0, true - 1), Window(true + 1, None)),) if true else ()
        if hidden(self.space, question):
            mine = meeting & attacker.known
            enough = -(-len(victim) * (100 + self._p) // 100) + len(mine - victim) - len(mine)
            # From an outsider the number itself is hidden; of a holding only a bound on what another had is promised.
            most = max(enough, true + 1) if attacker.name == OUTSIDER else enough
            asked = (*asked, (Window(most, None),)) if most > 0 else asked
        for windows in asked:
            if not any(self._shown(self._whole, attacker, question, each) for each in windows) and not any(
                self._is_possible(attacker, question, each) for each in windows
            ):
                return self._found(attacker, question, len(others))
        return None

    @property
    def _p(self) -> int:
        return self.history.last.p_percent

    def _talk(self, number: Hashable) -> Talk:
        return self.history.talks[int(str(number))]

    def _present(self, number: Hashable) -> set[str]:
        return {self.history.holdings[each] for each in self._talk(number).partners}
