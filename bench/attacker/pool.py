"""Worlds found so far, to be asked before another one is looked for."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from bench.attacker.programme import Floats

INF = float("inf")


class Pool:
    """Worlds found so far: a number per type of record each, in fractions or whole."""

    MOST = 250

    def __init__(self) -> None:
        self._held = np.zeros((0, 0))

    def add(self, world: Floats) -> None:
        """Keep a world; the oldest go, but never the first."""
        wider = np.zeros((len(self._held) + 1, max(len(world), self._held.shape[1])))
        wider[:-1, : self._held.shape[1]] = self._held
        wider[-1, : len(world)] = world
        self._held = wider if len(wider) <= self.MOST else np.delete(wider, 1, axis=0)

    def reached(self, met: Floats, own: Mapping[int, int]) -> tuple[float, float]:
        """The least and most beside an attacker's own records, in the worlds that hold those."""
        width = self._held.shape[1]
        if any(n >= width for n in own):
            return INF, -INF
        places = list(own)
        fits = (self._held[:, places] >= np.array([own[n] for n in places])).all(axis=1)
        counts = self._held[fits] @ met[:width] - sum(met[n] * count for n, count in own.items())
        return (float(counts.min()), float(counts.max())) if len(counts) else (INF, -INF)
