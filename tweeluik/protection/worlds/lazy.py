"""What is worked out as far as somebody asks, and then kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Generic, TypeVar

T = TypeVar("T")


class Lazy(Generic[T]):
    """Looked up when asked for, and never again; by place, behind the last comes the first again."""

    def __init__(self, made: Iterable[T]) -> None:
        self._left, self._kept = iter(made), list[T]()

    def holds(self, place: int) -> bool:
        """Whether there are more than so many."""
        self._kept += islice(self._left, max(0, place + 1 - len(self._kept)))
        return place < len(self._kept)

    def __getitem__(self, place: int) -> T:
        return self._kept[place if self.holds(place) else place % len(self._kept)]

    def __iter__(self) -> Iterator[T]:
        """Each once, from the first on, whoever asked before."""
        place = 0
        while self.holds(place):
            yield self._kept[place]
            place += 1
