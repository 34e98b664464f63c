"""All demands side by side, so that a world is tried on every one of them at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tweeluik.protection.worlds.crowd import Crowd
from tweeluik.protection.worlds.demands import Asker, Demand
from tweeluik.protection.worlds.world import World

ANY_NUMBER = np.iinfo(np.int32).max
"""More than any set has."""

A_LOOK = 1
"""The work in a look at a demand (`effort.py`)."""


class Board:
    """Demands, and which of them a world meets for somebody who is left."""

    def __init__(self, crowd: Crowd[Any], demands: Sequence[Demand]) -> None:
        self._crowd, self.demands = crowd, demands
        place: dict[int, int] = {}
        self._of = np.array([place.setdefault(each.asker.bits, len(place)) for each in demands], dtype=np.intp)
        askers = {each.asker.bits: each.asker for each in reversed(demands)}
        self._askers: list[Asker] = [askers[bits] for bits in place]
        self._types = len(crowd.tokens)
        sets = b"".join(bits.to_bytes(self._types // 8 + 1, "little") for bits in place)
        self._sets = np.frombuffer(sets, dtype=np.uint8).reshape(len(place), self._types // 8 + 1)
        self._rows: dict[int, NDArray[np.int32]] = {}
        self._now = np.array([len(each.records) for each in demands], dtype=np.int32)
        self._low = np.array([-1 if each.low is None else each.low for each in demands], dtype=np.int32)
        self._high = np.array([ANY_NUMBER if each.fewest is None else each.fewest for each in demands], dtype=np.int32)
        self._still = np.array([each.still for each in demands], dtype=np.bool_)
        self._open = np.array([bool(each.left) for each in demands], dtype=np.bool_)

    def serve(self, world: World) -> int:
        """Tick off what a world meets; how many attackers were answered."""
        without, answered = self._crowd.acquaintance.unserved(world), 0
        self._crowd.effort.spend(A_LOOK * len(self.demands))
        for place, after in self._reached(world):
            demand = self.demands[place]
            if not demand.left <= without and demand.met_by(world, after):
                before = len(demand.left)
                demand.left &= without
                answered += before - len(demand.left)
            self._open[place] = bool(demand.left)
        return answered

    def _reached(self, world: World) -> Iterator[tuple[int, int]]:
        """The places of open demands of which the size of the set is as wanted in a world, and that size."""
        change = np.zeros(len(self._askers), dtype=np.int32)
        for kind, by in self._crowd.changes(world):
            change += by * self._row(kind)
        after = self._now + change[self._of]
        reached = ((after <= self._low) | (after >= self._high)) & self._open
        if not self._crowd.stands_in(world):
            reached &= ~self._still
        places = reached.nonzero()[0]
        yield from zip(places.tolist(), after[places].tolist(), strict=True)

    def _row(self, kind: int) -> NDArray[np.int32]:
        """Per set whether a type is in it."""
        if kind not in self._rows:
            if kind < self._types:
                row = (self._sets[:, kind >> 3] >> (kind & 7) & 1).astype(np.int32)
            else:
                tokens = self._crowd.tokens[kind]
                row = np.array([each.holds(tokens) for each in self._askers], dtype=np.int32)
            self._rows[kind] = row
        return self._rows[kind]
