"""What is asked of a program over moves, on which terms, and what it finds."""

from __future__ import annotations

from dataclasses import dataclass

from tweeluik.protection.worlds.demands import Asker
from tweeluik.protection.worlds.world import Known, World

NEAR = 300
"""Moves that are tried in whole numbers beside those of the best solution in fractions."""

Two = tuple[int, int]
"""Two records who shared a table."""


@dataclass(frozen=True, slots=True)
class Want:
    """A set whose records should become at most `low` or at least `high` (one of the two is None), from `now`."""

    asker: Asker
    now: int
    low: int | None = None
    high: int | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """A world, told with different records; cells that it needs hidden, and rounded cells that it needs turned."""

    worlds: tuple[World, ...]
    cost: float
    hidden: frozenset[int] = frozenset()
    turned: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Terms:
    """What a world may be made of.

    `known`: records that do not move, or unseen only. `longest`: moves that change more cells are left out. `barred`:
    types that no record becomes (a bit per type). `near`: so many moves are tried in whole numbers beside those of the
    best in fractions. `outside`: records that do not come into the wanted set, because another of their holding may.
    `together`: two who shared a table are tried together too, where nothing else does.
    """

    known: Known
    longest: int
    barred: int = 0
    near: int = NEAR
    outside: frozenset[int] = frozenset()
    together: bool = False

    def staying(self, change: int) -> Known:
        """Records that make no move of those that change the set by so many."""
        return self.known | Known(self.outside) if change > 0 and self.outside else self.known
