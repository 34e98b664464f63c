"""What whole tables show: which claims they meet, and which table shows it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tweeluik.checks.audit.blocks import Block
from tweeluik.checks.audit.solver import ENDLESS, Floats, Ints

Flags = npt.NDArray[np.bool_]

NEAR = 1e-6
"""What the solver's rounding may be off."""


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """The claims on one block, a row each: attacker (a row of `floors`), cell (a position), and what must be reached.

    A `low` of `ENDLESS`, a `high` of -1 and a `width` of 0 ask nothing. `floors` has a row per attacker: the least that
    it knows to be in each cell.
    """

    floors: Ints
    attacker: Ints
    cell: Ints
    low: Ints
    high: Ints
    width: Ints


class Tally:
    """Tables of a block, and per attacker and cell the least and the greatest number in those it cannot exclude.

    `lowest` and `highest` are the tables that show these numbers (-1: none); `some_fit` tells which attackers have any.
    """

    def __init__(self, block: Block, asked: Asked) -> None:
        self._block, self._asked = block, asked
        shape = asked.floors.shape
        self.tables: list[Ints] = []
        self._least, self._most = np.full(shape, ENDLESS), np.full(shape, -1)
        self.lowest, self.highest = np.full(shape, -1), np.full(shape, -1)

    @property
    def some_fit(self) -> Flags:
        """Which attackers cannot exclude every table."""
        found: Flags = self.lowest[:, 0] >= 0
        return found

    def best(self) -> tuple[Ints, Ints]:
        """Per claim the least and the greatest number shown."""
        at = self._asked.attacker, self._asked.cell
        return self._least[at], self._most[at]

    def unmet(self) -> Flags:
        """Which claims no pair of tables meets yet."""
        (least, most), asked = self.best(), self._asked
        return (least > asked.low) | (most < asked.high) | (most - least < asked.width)

    def take(self, values: Floats | None) -> bool:
        """Take a proposal in as a table, when it is one: whole, and everything adds up."""
        if values is None:
            return False
        table = np.rint(values).astype(np.int64)
        if np.abs(values - table).max() > NEAR or not self._block.fits(table):
            return False
        fits: Flags = np.all(table >= self._asked.floors, axis=1)[:, np.newaxis]
        lower: Flags = fits & (table < self._least)
        higher: Flags = fits & (table > self._most)
        if lower.any() or higher.any():
            self._least, self._most = np.where(lower, table, self._least), np.where(higher, table, self._most)
            self.lowest[lower] = self.highest[higher] = len(self.tables)
            self.tables.append(table)
        return True
