"""Which worlds are handed on: few of the many that were found answer all that is asked."""

from __future__ import annotations

import numpy as np

from tweeluik.checks.audit.crowd import Flags


class Chosen:
    """Worlds of so many, in the order in which they were chosen; the truth is the first.

    Of the others the last comes first: it was looked for where none before it did, and it may do where they did.
    """

    def __init__(self, size: int) -> None:
        self._size, self._place = size, np.arange(2 * size, size, -1, dtype=np.int64)
        self._many = 0
        self.add(0)

    def add(self, world: int) -> None:
        """Choose a world, if it is not yet."""
        if self._place[world] > self._size:
            self._place[world] = self._many
            self._many += 1

    def first(self, among: Flags) -> list[int]:
        """Those among some that are chosen, the first one first; then the others, the last first."""
        places = np.flatnonzero(among)
        ordered: list[int] = places[np.argsort(self._place[places], kind="stable")].tolist()
        return ordered

    @property
    def all(self) -> list[int]:
        """The chosen ones, in the order of all worlds."""
        chosen: list[int] = np.flatnonzero(self._place < self._size).tolist()
        return chosen
