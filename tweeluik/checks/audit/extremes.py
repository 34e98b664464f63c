"""How small and how large every unknown number can be for a reader who only adds up: whole tables that show it."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from tweeluik.checks.audit.blocks import Block
from tweeluik.checks.audit.solver import ENDLESS, Floats, Ints, Program

EACH = 150
"""Blocks of so many numbers at most have every number taken to its own extremes; larger ones only some."""

PASSES = 6
"""Directions in which all numbers are taken at once, up and down."""

NEAR = 1e-6
"""What the solver's rounding may be off."""


class Extremes:
    """Tables that fit a block, and per number the tables in which it is least and greatest (`lowest`, `highest`).

    A number without a greatest is taken up to `top`, or as much more as it takes for any table to fit. `less` and
    `more`: whether it may be less than in `lowest` or more than in `highest`, as far as this search can tell.

    Raises:
        ValueError: no table fits what is published.
    """

    def __init__(self, block: Block, top: int) -> None:
        self._block, self._width = block, len(block.cells)
        self._take_up_to(top)
        self._linear = Program(self._width, block.rows, whole=False)
        self._whole = Program(self._width, block.rows, whole=True)
        self.tables: list[Ints] = []
        self.lowest, self.highest = (np.zeros(self._width, dtype=np.int64) for _ in range(2))
        for cost in self._directions():
            table = self._least(cost)
            while table is None and not self.tables:  # what others are at least may add up to more than `top`
                self._take_up_to(max(1, 2 * self._top))
                table = self._least(cost)
            if table is not None:
                self._keep(table)
        down = np.array([self.tables[table][i] for i, table in enumerate(self.lowest)])
        up = np.array([self.tables[table][i] for i, table in enumerate(self.highest)])
        untried = self._width > EACH
        self.less = [untried and bool(low > least) for low, least in zip(down, block.least, strict=True)]
        self.more = [
            self._is_endless(i) or (untried and bool(high < most))
            for i, (high, most) in enumerate(zip(up, block.most, strict=True))
        ]

    def _take_up_to(self, top: int) -> None:
        if top > ENDLESS:
            raise ValueError("no table fits what is published")
        self._top, self._most = top, np.minimum(self._block.most, np.maximum(top, self._block.least))

    def _directions(self) -> Iterator[Floats]:
        """What to minimise, one after the other; each may look at what was found before it."""
        for number in range(PASSES):
            weights = _weights(self._width, number)
            yield weights
            yield -weights
        for i in range(self._width):
            stuck = self.tables[self.lowest[i]][i] == self.tables[self.highest[i]][i]
            if self._width <= EACH or stuck:
                alone = np.zeros(self._width)
                alone[i] = 1
                yield alone
                yield -alone

    def _is_endless(self, i: int) -> bool:
        """Whether a number grows on when all of them may be larger."""
        if self._block.most[i] < ENDLESS:
            return False
        alone = np.zeros(self._width)
        alone[i] = -1
        values = self._linear.minimise(alone, self._block.least, np.minimum(self._block.most, 2 * self._most))
        return values is not None and bool(values[i] > self.tables[self.highest[i]][i] + NEAR)

    def _least(self, cost: Floats) -> Ints | None:
        """A table that is least in a direction; None: none fits."""
        values = self._linear.minimise(cost, self._block.least, self._most)
        table = None if values is None else self._rounded(values)
        if table is None:
            values = self._whole.minimise(cost, self._block.least, self._most)
            table = None if values is None else self._rounded(values)
        return table

    def _rounded(self, values: Floats) -> Ints | None:
        table: Ints = np.rint(values).astype(np.int64)
        near = bool((np.abs(values - table) < NEAR).all())
        return table if near and self._block.fits(table) else None

    def _keep(self, table: Ints) -> None:
        self.tables.append(table)
        every = np.array(self.tables)
        self.lowest, self.highest = every.argmin(axis=0), every.argmax(axis=0)


def _weights(width: int, number: int) -> Floats:
    """Another direction for every number: all alike first, then more of some than of others."""
    return np.asarray(1 + (np.arange(width) * (2 * number + 1)) % (number + 1), dtype=np.float64)
