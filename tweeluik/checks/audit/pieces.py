"""Days that several publications tell of, cut into pieces, and what adding and subtracting them gives somebody.

What was talked about in each piece is unknown; every published number is a window on a sum of pieces. How small and how
large a number can be then is a small linear program. A holding knows besides at how many of each piece it sat itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from tweeluik.checks.audit.published import Edition
from tweeluik.checks.audit.questions import Expression
from tweeluik.checks.audit.solver import ENDLESS, Program, Rows
from tweeluik.checks.audit.system import Bounds

NEAR = 1e-6
"""What the solver's rounding may be off."""

Days = tuple[int, int]
"""From a day to before another."""

Sat = tuple[tuple[tuple[bool, ...], int], ...]
"""Of pieces, told by which publications have days in them, at how many conversations somebody sat."""


@dataclass(frozen=True, slots=True)
class Told:
    """A number of conversations in a publication: its table, the records, and what its readers know of it."""

    edition: Edition
    table: str
    of: Expression
    bounds: Bounds
    shown: bool

    @property
    def days(self) -> Days:
        """The days that it is about."""
        first, last = map(date.fromisoformat, self.edition.period)
        return first.toordinal(), last.toordinal() + 1


class Pieces:
    """The days of publications that tell of a cell, cut where any of them begins or ends, and what is told of them.

    `places`: per piece which of the publications have days in it.
    """

    def __init__(self, told: Sequence[Told]) -> None:
        self.told = told
        edges = sorted({day for each in told for day in each.days})
        self._starts = edges[:-1]
        inside = [[first <= each < last for each in self._starts] for first, last in (each.days for each in told)]
        self.places = [*zip(*inside, strict=True)]
        self._highest = _highest(told)
        self._program = Program(len(self._starts), _rows(told, inside), whole=False)

    @property
    def agree(self) -> bool:
        """Whether there are numbers of the pieces that give everything that is told."""
        return self.range([], ()) is not None

    def range(self, days: Sequence[Days], sat: Sat) -> Bounds | None:
        """How few and how many there can be on some days for all that is told; None: the numbers contradict each other.

        `sat`: who asks knows that there are so many in these pieces.
        """
        asked = [any(first <= each < last for first, last in days) for each in self._starts]
        cost, width = np.array(asked, dtype=np.float64), len(self._starts)
        least, most = np.zeros(width, dtype=np.int64), np.full(width, self._highest, dtype=np.int64)
        for piece, number in sat:
            least[self.places.index(piece)] = number
        down, up = (self._program.minimise(sign * cost, least, most) for sign in (1, -1))
        if down is None or up is None:
            return None
        top = int(np.floor(np.dot(cost, up) + NEAR))
        return Bounds(int(np.ceil(np.dot(cost, down) - NEAR)), None if top >= self._highest else top)


def _rows(told: Sequence[Told], inside: Sequence[Sequence[bool]]) -> Rows:
    """A row per publication: its pieces add up to what is told of it."""
    sizes = [sum(row) for row in inside]
    return Rows(
        np.cumsum([0, *sizes]),
        np.array([piece for row in inside for piece, there in enumerate(row) if there], dtype=np.int64),
        np.ones(sum(sizes), dtype=np.int64),
        np.array([each.bounds.least for each in told], dtype=np.int64),
        np.array([ENDLESS if each.bounds.most is None else each.bounds.most for each in told], dtype=np.int64),
    )


def _highest(told: Sequence[Told]) -> int:
    """More than any number that is told of; a number that can be so large has no greatest."""
    return 2 * max(each.bounds.most or each.bounds.least for each in told) + 1000


class Readings:
    """What readers take together of what is told of a cell.

    Who is a partner in one publication and not in another, and what was corrected, make sums differ. Where the windows
    contradict each other a reader believes some of them, and of the others those that go with these, the newest first.
    """

    def __init__(self, told: Sequence[Told]) -> None:
        self.told = told
        every = Pieces(told)
        self._every = every if every.agree else None
        self._found: dict[tuple[tuple[int, ...], tuple[int, ...]], Pieces] = {}

    def believing(self, *those: int, without: tuple[int, ...] = ()) -> Pieces:
        """What is told, as who surely believes these (by place) reads it, and some others not at all."""
        if self._every is not None and not without:
            return self._every
        key = (those, without)
        if key not in self._found:
            self._found[key] = self._made(those, without)
        return self._found[key]

    def _made(self, those: Sequence[int], without: Sequence[int]) -> Pieces:
        made = Pieces([self.told[i] for i in those])
        others = [each for i, each in enumerate(self.told) if i not in (*those, *without)]
        for each in sorted(others, key=lambda each: each.edition.publication[::-1], reverse=True):
            more = Pieces([*made.told, each])
            made = more if more.agree else made
        return made
