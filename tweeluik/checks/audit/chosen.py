"""Which worlds are handed on: few of the many that were found answer all that is asked."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from tweeluik.checks.audit.crowd import Flags


class Chosen:
    """Worlds of so many, in the order in which they were chosen; the truth is the first.

    Of the others the last comes first: it was looked for where none before it did, and it may do where they did.
    """

    def __init__(self, size: int) -> None:
        self._is_chosen, self._order, self._many = [False] * size, np.empty(size, dtype=np.intp), 0
        self.add(0)

    def add(self, world: int) -> None:
        """Choose a world, if it is not yet."""
        if not self._is_chosen[world]:
            self._is_chosen[world] = True
            self._order[self._many] = world
            self._many += 1

    def first(self, among: Flags) -> Iterator[int]:
        """Those among some that are chosen, the first one first; then the others, the last first."""
        chosen = self._order[: self._many]
        yield from chosen[among[chosen]].tolist()
        others = among.copy()
        others[chosen] = False
        yield from others.nonzero()[0][::-1].tolist()

    @property
    def all(self) -> list[int]:
        """The chosen ones, in the order of all worlds."""
        chosen: list[int] = np.sort(self._order[: self._many]).tolist()
        return chosen
