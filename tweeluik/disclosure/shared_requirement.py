"""How many requirements ask for one table together, each for its own variable and as far as it needs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from random import Random

from tweeluik.disclosure.requirement import Requirement
from tweeluik.disclosure.system import Number

_HALF = 0.5


@dataclass(frozen=True, slots=True)
class SharedRequirement:
    """A variable is wanted up (1) or down (-1), as far as `need`; `cost` is its price per unit of deviation."""

    sign: int
    need: Number
    cost: float


class Sharing:
    """Gives every requirement a strength by chance, so that one table serves others than the last did.

    The chances are the same in every run.
    """

    def __init__(self) -> None:
        self._chance = Random(0)  # noqa: S311 (a search, no secret)

    def shared(self, requirements: Iterable[Requirement], part: float) -> dict[int, SharedRequirement]:
        """That part (0..1) of the requirements, by chance, as one per variable; of two that pull it apart one does."""
        shared: dict[int, SharedRequirement] = {}
        for requirement in (each for each in requirements if self._chance.random() < part):
            if requirement.variable not in shared or self._chance.random() < _HALF:
                sign = requirement.signs[int(self._chance.random() * len(requirement.signs))]
                shared[requirement.variable] = SharedRequirement(
                    sign, requirement.need, -sign * (_HALF + self._chance.random()) / requirement.need
                )
        return shared
