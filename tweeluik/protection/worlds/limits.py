"""How few and how many a set has in any world that fits, by the cells that lie in it and those that it lies in.

Most searches that find nothing are for a number that one published cell excludes: that is seen without a search.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tweeluik.protection.worlds.crowd import Crowd
from tweeluik.protection.worlds.demands import Demand
from tweeluik.protection.worlds.moves import Rooms

A_CELL = 20
"""The work in a look at a cell (`effort.py`)."""


class Limits:
    """What the rooms of cells leave to sets of the crowd as it is now."""

    def __init__(self, crowd: Crowd[Any], rooms: Rooms) -> None:
        self._crowd, self._fixed, self._size = crowd, rooms.fixed, len(crowd.tokens)
        self._of: dict[tuple[int, bool], tuple[float, float]] = {}

    @cached_property
    def _cells(self) -> list[tuple[int, float, float]]:
        """Per cell with a room its types (a bit per type), and between what its number lies."""
        hits = self._crowd.hits[: self._size]
        kinds = np.repeat(np.arange(self._size), [len(each) for each in hits])
        cells = np.fromiter(chain.from_iterable(hits), dtype=np.intp, count=len(kinds))
        with_room = np.isin(cells, np.array([*self._fixed], dtype=np.intp))
        order = np.argsort(cells[with_room], kind="stable")
        told, begin = np.unique(cells[with_room][order], return_index=True)
        own = np.split(kinds[with_room][order], begin[1:])
        records = np.bincount(np.array(self._crowd.type_of, dtype=np.intp), minlength=self._size)
        found: list[tuple[int, float, float]] = []
        for cell, types in zip(told.tolist(), own, strict=False):
            low, high = self._fixed[cell]
            now = int(records[types].sum())
            found.append((self._bits(types), now + low, now + high))
        return found

    @cached_property
    def _standing(self) -> int:
        """The types that keep what stood still, and those of the truth."""
        kinds = (kind for kind, stands in enumerate(self._crowd.stands[: self._size]) if stands)
        return self._bits([*kinds, *self._crowd.type_of])

    def _bits(self, kinds: Sequence[int] | NDArray[np.intp]) -> int:
        """Some types, a bit per type."""
        flags = np.zeros(self._size, dtype=np.bool_)
        flags[kinds] = True
        return int.from_bytes(np.packbits(flags, bitorder="little").tobytes(), "little")

    def of(self, demand: Demand) -> tuple[float, float]:
        """Between what the size of a demand's set lies, of those that are counted in it."""
        bits = demand.asker.bits & ((1 << self._size) - 1)
        known = sum(bits >> kind & 1 for kind in self._crowd.type_of) - len(demand.records)
        few, many = self._between(bits, still=demand.still)
        return few - known, many - known

    def _between(self, bits: int, *, still: bool) -> tuple[float, float]:
        """Between what the size of a set lies; looked up once, for whomever it is asked."""
        if (bits, still) not in self._of:
            among = self._standing if still else (1 << self._size) - 1
            few, many = 0.0, float("inf")
            self._crowd.effort.spend(A_CELL * len(self._cells))
            for types, low, high in self._cells:
                if high < many and not bits & among & ~types:
                    many = high
                if low > few and not types & among & ~bits:
                    few = low
            self._of[bits, still] = few, many
        return self._of[bits, still]
