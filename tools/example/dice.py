"""Seeded chance that gives the same draws on every Python: built on `random()` alone, whose sequence is guaranteed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from random import Random
from typing import TypeVar

T = TypeVar("T")


class Dice:
    """Draws from a seed."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed).random  # noqa: S311 - invented data, no secret

    def chance(self, probability: float) -> bool:
        """True with the given probability."""
        return self._random() < probability

    def below(self, bound: int) -> int:
        """A whole number from 0 up to, not including, `bound`."""
        return int(self._random() * bound)

    def pick(self, items: Sequence[T]) -> T:
        """One of the items, each as likely."""
        return items[self.below(len(items))]

    def weighted(self, weights: Mapping[T, float]) -> T:
        """One of the keys, as likely as its weight says."""
        rest = self._random() * sum(weights.values())
        for item, weight in weights.items():
            rest -= weight
            if rest < 0:
                return item
        return next(reversed(list(weights)))

    def several(self, weights: Mapping[T, float], number: int) -> list[T]:
        """Different keys with a weight above 0, at most `number`."""
        left = {item: weight for item, weight in weights.items() if weight > 0}
        drawn: list[T] = []
        while left and len(drawn) < number:
            drawn.append(self.weighted(left))
            del left[drawn[-1]]
        return drawn

    def shuffled(self, items: Sequence[T]) -> list[T]:
        """The items in another order."""
        return [item for _, _, item in sorted((self._random(), position, item) for position, item in enumerate(items))]

    def busyness(self) -> float:
        """A weight of 0.3 to 4: few are spoken to often, most now and then."""
        return 0.3 / (0.075 + 0.925 * self._random())

    def hexadecimal(self, digits: int) -> str:
        """Random hexadecimal digits."""
        return "".join("0123456789abcdef"[self.below(16)] for _ in range(digits))

    def digits(self, number: int) -> str:
        """Random decimal digits."""
        return "".join(str(self.below(10)) for _ in range(number))
