"""What adding and subtracting all numbers gives that publications with days in common tell.

How small and how large a number can be, where some of the others are believed, is one linear program over the pieces of
their days (`pieces.py`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from tweeluik.checks.audit.pieces import Row, Together
from tweeluik.checks.audit.solver import ENDLESS, Floats, Ints, Program, Rows
from tweeluik.checks.audit.system import Bounds
from tweeluik.checks.audit.told import Told

NEAR = 1e-6
"""What the solver's rounding may be off."""


class Reading:
    """What a reader makes of some of the numbers: how small and how large others can be."""

    def __init__(self, together: Together, believed: Sequence[Told]) -> None:
        self.believed = tuple(believed)
        self._width, self._highest = together.width, together.highest
        self._cells = together.cells
        rows = (*together.relations, *map(together.row, believed))
        self._program = Program(self._width, _as_rows(rows), whole=False)
        self._tables: list[Floats] = []
        self._sums: dict[tuple[tuple[int, ...], tuple[int, ...]], list[float]] = {}

    @property
    def agrees(self) -> bool:
        """Whether there are numbers that give everything that is believed."""
        return self._found((), 1, {}) is not None

    def range(self, columns: Sequence[int], without: Sequence[int] = ()) -> Bounds | None:
        """How few and how many there can be, without other columns; None: the numbers contradict each other."""
        down, up = self._found(columns, 1, {}, without), self._found(columns, -1, {}, without)
        if down is None or up is None:
            return None
        top = int(np.floor(up + NEAR))
        return Bounds(int(np.ceil(down - NEAR)), None if 2 * top >= self._highest else top)

    def reaches(self, columns: Sequence[int], high: int, known: Mapping[int, int], without: Sequence[int] = ()) -> bool:
        """Whether there can be so many, for who knows of so many in some columns; also where he knows it is not so."""
        least = self._least(known) - NEAR
        for table, number in zip(self._tables, self._numbers(columns, without), strict=True):
            if number >= high - NEAR and (table >= least).all():
                return True
        up = self._found(columns, -1, known, without)
        return up is None or up >= high - NEAR

    def _numbers(self, columns: Sequence[int], without: Sequence[int]) -> Sequence[float]:
        """How many there are in every table that was found: asked again and again, for all who sat somewhere."""
        found = self._sums.setdefault((tuple(columns), tuple(without)), [])
        found += [_sum(table, columns, without) for table in self._tables[len(found) :]]
        return found

    def _least(self, known: Mapping[int, int]) -> Ints:
        least = np.zeros(self._width, dtype=np.int64)
        least[list(known)] = list(known.values())
        return least

    def _found(
        self, columns: Sequence[int], sign: int, known: Mapping[int, int], without: Sequence[int] = ()
    ) -> float | None:
        cost = np.zeros(self._width)
        cost[list(columns)] = sign
        cost[list(without)] = -sign
        most = np.full(self._width, self._highest, dtype=np.int64)
        most[self._cells :] = ENDLESS
        table = self._program.minimise(cost, self._least(known), most)
        if table is None:
            return None
        self._tables.append(table)
        return _sum(table, columns, without)


def _sum(table: Floats, columns: Sequence[int], without: Sequence[int]) -> float:
    return float(table[list(columns)].sum() - table[list(without)].sum())


def _as_rows(rows: Sequence[Row]) -> Rows:
    terms = [term for row in rows for term in row.terms]
    return Rows(
        np.cumsum([0, *(len(row.terms) for row in rows)]),
        np.array([column for column, _ in terms], dtype=np.int64),
        np.array([times for _, times in terms], dtype=np.int64),
        np.array([row.least for row in rows], dtype=np.int64),
        np.array([row.most for row in rows], dtype=np.int64),
    )


class Readings:
    """What readers take together of what is told.

    Who is a partner in one publication and not in another, and what was corrected, make sums differ. Where the windows
    contradict each other a reader believes some publications, and of the others what goes with these, the newest first.
    """

    def __init__(self, together: Together) -> None:
        self.together = together
        every = Reading(together, together.told)
        self._every = every if every.agrees else None
        self._found: dict[tuple[tuple[int, ...], tuple[int, ...]], Reading] = {}

    def alone(self, place: int) -> Reading:
        """What one publication says by itself."""
        return self.believing(place, without=tuple(i for i in range(len(self.together.editions)) if i != place))

    def believing(self, *those: int, without: tuple[int, ...] = ()) -> Reading:
        """As who surely believes these publications (by place) reads it, and some others not at all."""
        if self._every is not None and not without:
            return self._every
        key = (those, without)
        if key not in self._found:
            self._found[key] = self._made(those, without)
        return self._found[key]

    def _made(self, those: Sequence[int], without: Sequence[int]) -> Reading:
        made = Reading(self.together, [t for t in self.together.told if t.place in those])
        others = [i for i in range(len(self.together.editions)) if i not in (*those, *without)]
        for place in sorted(others, key=lambda i: self.together.editions[i].publication[::-1], reverse=True):
            more = [t for t in self.together.told if t.place == place]
            made = self._with(made, more) or self._one_by_one(made, more)
        return made

    def _with(self, made: Reading, more: Sequence[Told]) -> Reading | None:
        found = Reading(self.together, [*made.believed, *more])
        return found if found.agrees else None

    def _one_by_one(self, made: Reading, more: Sequence[Told]) -> Reading:
        for told in more:
            made = self._with(made, [told]) or made
        return made
