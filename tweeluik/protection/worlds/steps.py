"""What a record might have been if two things were otherwise: worked out once for all sets that are asked about."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from tweeluik.protection.worlds.lazy import Lazy
from tweeluik.protection.worlds.world import Tokens

L = TypeVar("L", bound=Hashable)

MOST_KEPT = 40
"""Lives of which the steps are kept; some thousands for each."""


@dataclass(frozen=True, slots=True)
class Step(Generic[L]):
    """A life that is one step away (`near`) or two. `looks`: so many lives were looked at to come to it."""

    life: L
    tokens: Tokens
    near: bool
    looks: int


class Steps(Generic[L]):
    """The lives around lives, nearest first, each once."""

    def __init__(self, neighbours: Callable[[L], Iterable[L]], tokens: Callable[[L], Tokens]) -> None:
        self._neighbours, self._tokens = neighbours, tokens
        self._kept: dict[L, Lazy[Step[L]]] = {}

    def of(self, life: L) -> Iterator[Step[L]]:
        """The steps from a life, as far as somebody asks."""
        if life not in self._kept:
            if len(self._kept) >= MOST_KEPT:
                del self._kept[next(iter(self._kept))]
            self._kept[life] = Lazy(self._around(life))
        return iter(self._kept[life])

    def _around(self, life: L) -> Iterator[Step[L]]:
        seen, looks = {life}, 0
        for near in self._neighbours(life):
            yield Step(near, self._tokens(near), near=True, looks=looks)
            looks = 0
            for other in self._neighbours(near):
                looks += 1
                if other not in seen:
                    seen.add(other)
                    yield Step(other, self._tokens(other), near=False, looks=looks)
                    looks = 0
