"""Whole tables that an attacker cannot exclude: the only thing that the audit believes.

A solver proposes them; they count once they add up. Every table is tried on every claim of every attacker before
anything more is solved, and tables are looked for that serve as many claims as they can.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tweeluik.checks.audit.blocks import Block, Contradiction
from tweeluik.checks.audit.solver import ENDLESS, Floats, Ints, NotSolved, Program
from tweeluik.checks.audit.tally import NEAR, Asked, Flags, Tally

PASSES = 24
"""The most tables looked for that serve many claims at once, per direction."""


@dataclass(frozen=True, slots=True, eq=False)
class Proof:
    """The tables that are needed; per claim the two that reach down and up (-1: none), and the claims that are not met.

    There is at least one table that each attacker cannot exclude.
    """

    tables: tuple[Ints, ...]
    lowest: Ints
    highest: Ints
    unmet: tuple[int, ...]


def prove(block: Block, asked: Asked) -> Proof:
    """Look for tables that meet every claim on a block. What is not met is not proven, whatever the reason.

    Raises:
        Contradiction: no whole table fits the block with what some attacker knows.
    """
    search = _Search(block, asked)
    search.run()
    tally, at = search.tally, (asked.attacker, asked.cell)
    unmet = tuple(int(i) for i in np.flatnonzero(tally.unmet()))
    lowest, highest = tally.lowest[at], tally.highest[at]
    needed = np.union1d(np.concatenate((lowest, highest)), tally.lowest[:, 0])
    needed = needed[needed >= 0]
    tables = tuple(tally.tables[i] for i in needed)
    return Proof(tables, _renumbered(lowest, needed), _renumbered(highest, needed), unmet)


def _renumbered(old: Ints, needed: Ints) -> Ints:
    return np.where(old >= 0, np.searchsorted(needed, old), -1)


class _Search:
    def __init__(self, block: Block, asked: Asked) -> None:
        self._block, self._asked = block, asked
        self._cap = _cap(block, asked)
        self._linear = Program(len(block.cells), block.rows, whole=False)
        self._whole: Program | None = None
        self.tally = Tally(block, asked)
        self._all = np.ones(len(asked.floors), dtype=bool)

    def run(self) -> None:
        self._start()
        for _ in range(PASSES):
            if not self._raise():
                break
        for _ in range(PASSES):
            if not self._lower():
                break
        self._one_by_one()

    # --- many claims at once ------------------------------------------------------------------------------------------

    def _floor(self, attackers: Flags) -> Ints:
        """The least per cell that all of these attackers can live with."""
        floors: Ints = np.maximum(self._block.least, self._asked.floors[attackers].max(axis=0, initial=0))
        return floors

    def _start(self) -> None:
        nothing = np.zeros(len(self._block.cells))
        for attackers in (self._all, *np.eye(len(self._all), dtype=bool)):
            least = self._floor(attackers)
            if self.tally.some_fit[attackers].all():
                continue
            values = self._linear.minimise(nothing, least, self._cap)
            if not self.tally.take(values) and attackers is not self._all:
                values = None if values is None else self._in_whole(nothing, least, self._cap)
                if not self.tally.take(values):
                    raise Contradiction

    def _raise(self) -> bool:
        """Look for one table, good for all attackers, that reaches up wherever that is still wanted."""
        asked, (least, most) = self._asked, self.tally.best()
        want = (most < asked.high) | (most - least < asked.width)
        if not want.any():
            return False
        need = np.full(len(self._block.cells), -1)
        np.maximum.at(need, asked.cell[want], np.maximum(asked.high, least + asked.width)[want])
        top = np.where(need >= 0, np.minimum(self._cap, np.maximum(need, self._floor(self._all))), self._cap)
        cost, floor = -_weights(need >= 0, len(self.tally.tables)), self._floor(self._all)
        return self._advances(cost, floor, top) or self._advances(cost, floor, self._cap)

    def _lower(self) -> bool:
        """Look for one table that reaches down in cells that together concern few attackers' own records."""
        items, wanting = self._items()
        if not items:
            return False
        chosen, left_out = self._choose(items, wanting)
        least, cost = self._floor(~left_out), np.zeros(len(self._block.cells))
        for cell, level in chosen:
            least[cell] = max(least[cell], level)
            cost[cell] = 1
        return self._advances(cost * _weights(cost > 0, len(self.tally.tables)), least, self._cap)

    def _items(self) -> tuple[list[tuple[int, int]], dict[tuple[int, int], Flags]]:
        """(cell, level) that some attackers must think possible, and which attackers; the most wanted first."""
        asked, (least, most) = self._asked, self.tally.best()
        low = np.minimum(asked.low, np.where(asked.width > most - least, most - asked.width, ENDLESS))
        want = (least > low) & (low >= 0)
        items, which = np.unique(np.stack((asked.cell[want], low[want])), axis=1, return_inverse=True)
        flags = np.zeros((items.shape[1], len(self._all)), dtype=bool)
        flags[which.ravel(), asked.attacker[want]] = True
        wanting = {(int(cell), int(level)): row for cell, level, row in zip(*items, flags, strict=True)}
        return sorted(wanting, key=lambda item: (-int(wanting[item].sum()), item)), wanting

    def _choose(
        self, items: list[tuple[int, int]], wanting: dict[tuple[int, int], Flags]
    ) -> tuple[list[tuple[int, int]], Flags]:
        """Take items together as long as that serves more claims than it loses."""
        chosen: dict[int, int] = {}
        left_out, served = np.zeros_like(self._all), np.zeros(len(self._all), dtype=int)
        for cell, level in items:
            out: Flags = left_out | (self._asked.floors[:, cell] > level)
            more: Ints = served + wanting[cell, level]
            if cell not in chosen and int(more[~out].sum()) > int(served[~left_out].sum()):
                chosen[cell] = level
                left_out, served = out, more
        return list(chosen.items()), left_out

    def _advances(self, cost: Floats, least: Ints, most: Ints) -> bool:
        before = int(self.tally.unmet().sum())
        values = self._linear.minimise(cost, least, most)
        return self.tally.take(values) and int(self.tally.unmet().sum()) < before

    # --- claim by claim -----------------------------------------------------------------------------------------------

    def _one_by_one(self) -> None:
        """Settle what is left, one claim at a time; of a cell that fails, the rest is not looked at."""
        asked, failed = self._asked, set[int]()
        order = np.flatnonzero(self.tally.unmet())
        for i in order[np.argsort(asked.attacker[order], kind="stable")]:
            cell = int(asked.cell[i])
            if cell in failed or not self.tally.unmet()[i]:
                continue
            try:
                self._stretch(int(i))
            except NotSolved:
                failed.add(cell)
            if self.tally.unmet()[i]:
                failed.add(cell)

    def _stretch(self, claim: int) -> None:
        """Look for the least (when wanted) and the greatest number of a cell that an attacker cannot exclude.

        When fractions do not reach what is claimed, whole numbers do not either.
        """
        asked, cell = self._asked, int(self._asked.cell[claim])
        low, high = int(asked.low[claim]), int(asked.high[claim])
        only = np.zeros_like(self._all)
        only[asked.attacker[claim]] = True
        least = self._floor(only)
        down = bool(asked.width[claim]) or low < ENDLESS
        for sign, wanted in ((1, low), (-1, -high))[0 if down else 1 :]:
            cost = np.zeros(len(self._block.cells))
            cost[cell] = sign
            values = self._linear.minimise(cost, least, self._cap)
            if values is None or sign * float(values[cell]) > wanted + NEAR:
                return
            if not self.tally.take(values):
                self.tally.take(self._in_whole(cost, least, self._cap))

    def _in_whole(self, cost: Floats, least: Ints, most: Ints) -> Floats | None:
        self._whole = self._whole or Program(len(self._block.cells), self._block.rows, whole=True)
        values = self._whole.minimise(cost, least, most)
        return None if values is None else np.rint(values)


def _weights(wanted: Flags, turn: int) -> Floats:
    """Unequal weights, other ones every turn, so that no two passes want quite the same."""
    spread = (np.arange(len(wanted)) * 7919 + turn * 104729) % 97
    return np.where(wanted, 1 + spread / 97, 0.0)


def _cap(block: Block, asked: Asked) -> Ints:
    """A finite greatest number for every cell, far above all that is asked."""
    finite = block.most[block.most < ENDLESS]
    asks = int(max(asked.high.max(initial=0), 0) + asked.width.max(initial=0) + asked.floors.max(initial=0))
    far = 4 * (int(finite.max(initial=0)) + asks + int(np.abs(block.rows.least).max(initial=0)) + 10)
    return np.minimum(block.most, far)
