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
SMALL_SPACE = 20_000
ROUNDS = 400
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
        said = {statement: window for each in windows for statement, window in each.items() if not window.silent}
        self._rows = list(said)
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
        self._programme.bound(*self._window(known))
        for _ in range(ROUNDS):
            costs = sign * self.meets(question)
            solved = self._programme.minimise(costs)
            if solved is None:
                raise AssertionError("the truth does not fit what was published")
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
        return tuple(each for each, price in zip(self._rows, self._prices, strict=True) if abs(price) > FAR)

    # --- what cannot be excluded --------------------------------------------------------------------------------------

    def find(self, question: Question, known: Floats, window: Window) -> NDArray[np.int64] | None:
        """A whole world (a number per type) in which so many unknown records meet a question; None: there is none.

        Raises:
            Undecided: neither was shown.
        """
        few = self._support()
        if not isinstance(found := self._whole(question, known, window, few), str):
            return found
        for _ in range(3):
            found = self._whole(question, known, window, np.arange(len(self.records)))
            if not isinstance(found, str):
                return found
            if self._complete:
                if found == "none":
                    return None
                raise Undecided
            if self.space.size <= SMALL_SPACE:
                self._enumerate()
            elif not self._enrich(question, known):
                raise Undecided
        raise Undecided

    def _support(self) -> NDArray[np.intp]:
        """The types of the latest fractions, and those of the truth."""
        used = set(np.flatnonzero(self.last > FAR).tolist()) | set(range(self._true))
        return np.array(sorted(used))

    def _whole(
        self, question: Question, known: Floats, window: Window, types: NDArray[np.intp]
    ) -> NDArray[np.int64] | str:
        met = self.meets(question)
        low, high = self._window(known)
        columns = [np.append(self._programme.columns[n], met[n]) for n in types]
        most = INF if window.high is None else float(window.high)
        found = whole(columns, np.append(low, float(window.low)), np.append(high, most), np.zeros(len(columns)))
        if isinstance(found, str):
            return found
        world = np.zeros(len(self.records), dtype=np.int64)
        world[types] = found
        return world

    def _enumerate(self) -> None:
        for record in sorted(self.space.every_record()):
            self.add(record)
        self._complete = True

    def _enrich(self, question: Question, known: Floats) -> bool:
        """Types that are good for nothing in fractions may be what whole numbers need: priced by chance."""
        chance, before = np.random.default_rng(len(self.records)), len(self.records)
        self._programme.bound(*self._window(known))
        for _ in range(12):
            costs = [chance.normal(size=len(view.table)) for view in self.space.views]
            for wanted, _ in self._alternatives(question, 1):
                for _, record in self.space.cheapest(costs, wanted):
                    self.add(record)
        return len(self.records) > before

    def _window(self, known: Floats) -> tuple[Floats, Floats]:
        return np.maximum(0.0, self._low - known), self._high - known
