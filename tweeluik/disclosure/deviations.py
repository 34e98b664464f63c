"""The system seen from the truth: how far a variable may deviate, and which deviations go together."""

from __future__ import annotations

import math
from collections.abc import Iterator

from tweeluik.disclosure.linear import INFINITY, Row
from tweeluik.disclosure.solver import Program
from tweeluik.disclosure.system import Number, System

Bounds = dict[int, tuple[float, float]]

_LARGEST = 1e6
_FEW = 32


def unit_of(system: System) -> float:
    """In what a solver should count: 1, or a power of two that makes the largest value about a million to it.

    Its tolerances are absolute. Powers of two leave floating point numbers as exact as they are.
    """
    largest = max((abs(cell.value) for cell in system.variables), default=0)
    return 2.0 ** math.ceil(math.log2(largest / _LARGEST)) if largest > _FEW * _LARGEST else 1.0


def room(system: System, variable: int) -> tuple[Number, Number]:
    """The deviations (low <= 0 <= high) of a hidden variable that an outsider's prior bounds allow."""
    cell = system.variables[variable]
    return min(0, cell.lower - cell.value), INFINITY if cell.upper is None else max(0, cell.upper - cell.value)


def deviations(system: System) -> Iterator[Row]:
    """The constraints over deviations from the truth."""
    for constraint in system.constraints:
        truth = sum(coefficient * system.variables[i].value for i, coefficient in constraint.terms)
        # Real data may miss an equation by their rounding; a deviation starts from the truth and need not.
        equal = constraint.is_equation
        low = -INFINITY if constraint.lower is None else min(0, constraint.lower - truth)
        high = INFINITY if constraint.upper is None else max(0, constraint.upper - truth)
        yield Row(constraint.terms, 0.0 if equal else low, 0.0 if equal else high)


def rebound(program: Program, old: Bounds, new: Bounds) -> Bounds:
    """Let a program's variables deviate within the new bounds instead of the old; those without bounds cannot."""
    changed = sorted(i for i in old.keys() | new.keys() if old.get(i) != new.get(i))
    program.bound({i: new.get(i, (0.0, 0.0)) for i in changed})
    return new
