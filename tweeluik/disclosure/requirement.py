"""What must stay possible: targets taken apart into deviations from the truth that an attacker may not exclude."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tweeluik.disclosure.system import Number, System, Target

TOLERANCE = 1e-6
"""What the solver's rounding may take from a need, relative to it (and absolute below 1); nothing in whole numbers."""


@dataclass(frozen=True, slots=True)
class Requirement:
    """An attacker's deviations of one variable, upwards (1), downwards (-1) or both added up, must reach `need` > 0."""

    variable: int
    attacker: int
    signs: tuple[int, ...]
    need: Number

    @property
    def enough(self) -> float:
        """The need less what rounding in the solver may take."""
        return self.need - TOLERANCE * max(1.0, abs(self.need))


def requirements_of(system: System, target: Target) -> Iterator[Requirement]:
    """The requirements that make a target safe; none when the truth itself meets them."""
    value = system.variables[target.variable].value
    if target.low is not None and target.low < value:
        yield Requirement(target.variable, target.attacker, (-1,), value - target.low)
    if target.high is not None and target.high > value:
        yield Requirement(target.variable, target.attacker, (1,), target.high - value)
    if target.width is not None and target.width > 0:
        yield Requirement(target.variable, target.attacker, (1, -1), target.width)
