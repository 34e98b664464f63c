"""Pulls: how many demands ask for one table together, each for its own variable and as far as it needs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from random import Random

from tweeluik.disclosure.requirement import Demand
from tweeluik.disclosure.system import Number

_HALF = 0.5


@dataclass(frozen=True, slots=True)
class Pull:
    """A variable is wanted up (1) or down (-1), as far as `need`; `cost` is its price per unit of deviation."""

    sign: int
    need: Number
    cost: float


class Puller:
    """Gives every demand a strength by chance, so that one table serves others than the last did.

    The chances are the same in every run.
    """

    def __init__(self) -> None:
        self._chance = Random(0)  # noqa: S311 (a search, no secret)

    def pulls(self, demands: Iterable[Demand], part: float) -> dict[int, Pull]:
        """That part (0..1) of the demands, by chance, as one pull per variable; of two that pull it apart one does."""
        pulls: dict[int, Pull] = {}
        for demand in (each for each in demands if self._chance.random() < part):
            if demand.variable not in pulls or self._chance.random() < _HALF:
                sign = demand.signs[int(self._chance.random() * len(demand.signs))]
                pulls[demand.variable] = Pull(sign, demand.need, -sign * (_HALF + self._chance.random()) / demand.need)
        return pulls
