"""Worlds: how many organisations of every type there are. What one attacker can prove of a question, and cannot.

Bounds are the extremes of a linear program over all types of records (column generation: a type enters when it would
help), so they hold for every world. That something cannot be excluded is shown by a whole world, counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil, floor

import numpy as np
from numpy.typing import NDArray

from bench.attacker.programme import Floats, Programme, whole
from bench.attacker.published import Window
from bench.attacker.space import Bits, Literal, Question, Record, Space, Statement

FAR = 1e-6
ROUGH = 1e-4
SMALL_SPACE = 20_000
ROUNDS = 400
BRANCHES = 40
INF = float("inf")


@dataclass(frozen=True, slots=True)
class Bounds:
    """What is proven of a number: at least, at most (None: nothing)."""

    low: int
    high: int | None


class Undecided(Exception):
    """Fractions fit, no whole world was found, and there are too many types to say that there is none."""


class Worlds:
    """All worlds that fit what was published, for readers with one belief; attackers differ in whom they know."""

    def __init__(self, space: Space, windows: Sequence[dict[Statement, Window]], truth: Iterable[Record]) -> None:
        """`windows` per view; `truth`: records to begin with, so that there is always a world."""
        self.space = space
        said = {statement: window for each in windows for statement, window in each.items()}
        self._rows = list(said)
        self._says = [not window.silent for window in said.values()]
        self._low = np.array([float(window.low) for window in said.values()])
        self._high = np.array([INF if window.high is None else float(window.high) for window in said.values()])
        self._programme = Programme(self._low, self._high)
        self.records: list[Record] = []
        self._place: dict[Record, int] = {}
        self._holds: list[list[Bits]] = []
        self._meets: dict[Literal, list[bool]] = {}
        self._complete = False
        for record in truth:
            self.add(record)
        self._true = len(self.records)
        self.last = self._prices = np.zeros(0)

    # --- types of records ---------------------------------------------------------------------------------------------

    def add(self, record: Record) -> bool:
        """Let a type take part; whether it is new."""
        if record in self._place:
            return False
        holds = self.space.holds(record)
        self._place[record] = len(self.records)
        self.records.append(record)
        self._holds.append(holds)
        for literal, known in self._meets.items():
            known.append(bool(holds[literal.statement.view][literal.statement.row]) == literal.holds)
        self._programme.add(self._column(holds))
        return True

    def place(self, record: Record) -> int:
        """The position of a type."""
        return self._place[record]

    def column(self, record: Record) -> Floats:
        """In which rows a record counts."""
        return self._column(self.space.holds(record))

    def _column(self, holds: list[Bits]) -> Floats:
        return np.array([float(holds[each.view][each.row]) for each in self._rows])

    def meets(self, question: Question) -> Floats:
        """Per type whether it is what a question asks for."""
        met = np.ones(len(self.records), dtype=bool)
        for literal in question:
            if literal not in self._meets:
                where = literal.statement
                self._meets[literal] = [bool(each[where.view][where.row]) == literal.holds for each in self._holds]
            met &= np.array(self._meets[literal])
        return met.astype(float)

    def known(self, records: Iterable[Record]) -> Floats:
        """What an attacker subtracts from every row: the records that he knows."""
        return sum((self.column(each) for each in records), start=np.zeros(len(self._rows)))

    # --- what can be proven -------------------------------------------------------------------------------------------

    def extreme(self, question: Question, known: Floats, *, sign: int, enough: float = -INF) -> float:
        """The least (sign 1) or most (-1) unknown records that a question can have, in fractions.

        Stops early once it is past `enough` times sign: then it is no bound, but reached. `last` is where.
        """
        reached = self._extreme(question, self._window(known), sign=sign, enough=enough)
        if reached in (INF, -INF):
            raise AssertionError("the truth does not fit what was published")
        return reached

    def _extreme(self, question: Question, window: tuple[Floats, Floats], *, sign: int, enough: float) -> float:
        """The same, with windows on all rows; an extreme of nothing (INF times the sign) where nothing fits them."""
        self._programme.bound(*window)
        for _ in range(ROUNDS):
            costs = sign * self.meets(question)
            solved = self._programme.minimise(costs)
            if solved is None:
                return sign * INF
            self.last, self._prices = solved.values, solved.prices
            if solved.objective <= enough + FAR or not self._grow(question, solved.prices, sign):
                return sign * solved.objective
        raise Undecided

    def _grow(self, question: Question, prices: Floats, sign: int) -> bool:
        """Add types that would lower the cost; whether there were any."""
        costs = [np.zeros(len(view.table)) for view in self.space.views]
        for statement, price in zip(self._rows, prices, strict=True):
            costs[statement.view][statement.row] -= price
        grown = False
        for wanted, own in self._alternatives(question, sign):
            for cost, record in self.space.cheapest(costs, wanted)[:8]:
                if cost + own < -FAR:
                    grown |= self.add(record)
        return grown

    @staticmethod
    def _alternatives(question: Question, sign: int) -> Iterable[tuple[Question, int]]:
        yield question, sign
        for literal in sorted(question, key=repr):
            yield frozenset({Literal(literal.statement, not literal.holds)}), 0

    def bounds(self, question: Question, known: Floats) -> Bounds:
        """What is proven of a question by fractions, rounded to whole numbers."""
        low, high = self.extreme(question, known, sign=1), self.extreme(question, known, sign=-1)
        return Bounds(max(0, ceil(low - 1e-5)), None if high > 1000 else floor(high + 1e-5))

    def reasons(self) -> tuple[Statement, ...]:
        """The published numbers that the latest extreme rests on (its prices): what a reader adds and subtracts."""
        priced = zip(self._rows, self._prices, self._says, strict=True)
        return tuple(each for each, price, says in priced if says and abs(price) > FAR)

    # --- what cannot be excluded --------------------------------------------------------------------------------------

    def find(self, question: Question, known: Floats, window: Window) -> NDArray[np.int64] | None:
        """A whole world (a number per type) in which so many unknown records meet a question; None: there is none.

        Raises:
            Undecided: neither was shown.
        """
        found = self.whole(question, window, self._window(known), every=False)
        if not isinstance(found, str):
            return found
        if self.space.size <= SMALL_SPACE:
            self._enumerate()
        return _Branching(self, question, window).find(self._window(known))

    def _enumerate(self) -> None:
        for record in sorted(self.space.every_record()) if not self._complete else ():
            self.add(record)
        self._complete = True

    def whole(
        self, question: Question, asked: Window, window: tuple[Floats, Floats], *, every: bool
    ) -> NDArray[np.int64] | str:
        """A whole world of the types of the latest fractions and of the truth, or of `every` one that takes part.

        Else "none" (proven, of these types) or "unknown".
        """
        used = set(np.flatnonzero(self.last > FAR).tolist()) | set(range(self._true))
        types = np.array(sorted(range(len(self.records)) if every else used))
        met = self.meets(question)
        columns = [np.append(self._programme.columns[n], met[n]) for n in types]
        low, high = np.append(window[0], float(asked.low)), np.append(window[1], _most(asked))
        found = whole(columns, low, high, np.zeros(len(columns)))
        if isinstance(found, str):
            return "unknown" if found == "none" and not (every and self._complete) else found
        world = np.zeros(len(self.records), dtype=np.int64)
        world[types] = found
        return world

    def reach(self, question: Question, asked: Window, window: tuple[Floats, Floats]) -> bool:
        """Whether fractions reach what is asked within windows; `last` is how."""
        sign, enough = (-1, -float(asked.low)) if asked.high is None else (1, float(asked.high))
        reached = self._extreme(question, window, sign=sign, enough=enough)
        return sign * reached <= enough + FAR

    def broken(self) -> tuple[int, float] | None:
        """Of the latest fractions a row that is no whole number, the one that is farthest from it; and its number."""
        rows = np.array(self._programme.columns).T @ self.last
        away = np.abs(rows - np.rint(rows))
        row = int(away.argmax())
        return (row, float(rows[row])) if away[row] > ROUGH else None

    def _window(self, known: Floats) -> tuple[Floats, Floats]:
        return np.maximum(0.0, self._low - known), self._high - known


def _most(window: Window) -> float:
    return INF if window.high is None else float(window.high)


class _Branching:
    """Whole numbers by branching on the rows, with new types in every branch: what fractions alone leave open."""

    def __init__(self, worlds: Worlds, question: Question, asked: Window) -> None:
        self._worlds, self._question, self._asked = worlds, question, asked
        self._left, self._is_sure = BRANCHES, True

    def find(self, window: tuple[Floats, Floats]) -> NDArray[np.int64] | None:
        """A whole world within windows on all rows; None: proven that there is none.

        Raises:
            Undecided: neither, within so many branches.
        """
        found = self._search(window)
        if found is None and not self._is_sure:
            raise Undecided
        return found

    def _search(self, window: tuple[Floats, Floats]) -> NDArray[np.int64] | None:
        if self._left <= 0:
            self._is_sure = False
            return None
        self._left -= 1
        if not self._worlds.reach(self._question, self._asked, window):
            return None
        for every in (False, True):
            found = self._worlds.whole(self._question, self._asked, window, every=every)
            if not isinstance(found, str):
                return found
            if found == "none":
                return None
        broken = self._worlds.broken()
        if broken is None:  # every row is whole, and the types in it are not
            self._is_sure = False
            return None
        return self._branch(window, *broken)

    def _branch(self, window: tuple[Floats, Floats], row: int, number: float) -> NDArray[np.int64] | None:
        (low, high), at = window, np.arange(len(window[0])) == row
        below = (low, np.where(at, np.minimum(high, floor(number)), high))
        above = (np.where(at, np.maximum(low, ceil(number)), low), high)
        found = self._search(below)
        return self._search(above) if found is None else found
