"""Whole tables by diving: round the part of a solution that is nearly whole, solve again, until all of it is.

Only the coordinates of the lattice are rounded. Rounding other variables can contradict itself: two whose difference is
an even number have no choice of their own.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from tweeluik.disclosure.deviations import Bounds, rebound
from tweeluik.disclosure.effort import Effort
from tweeluik.disclosure.linear import Column, Model, Row, Status
from tweeluik.disclosure.requirement import TOLERANCE
from tweeluik.disclosure.solver import Program, Simplex, SolverFailed
from tweeluik.disclosure.witness import rounded

Values = Sequence[float]

_PART = 0.5
_TURNS = 5
_MOST_NOISE = 0.1


class Diver:
    """Deviations of so many variables under the rows."""

    def __init__(self, size: int, rows: Sequence[Row], *, effort: Effort | None = None, unit: float = 1.0) -> None:
        columns = [Column(0, 0) for _ in range(size)]
        self._program = Program(Model.of(columns, rows), effort=effort, unit=unit, simplex=Simplex.DUAL)
        self._noise = min(_MOST_NOISE, TOLERANCE * unit)
        self._bounds: Bounds = {}
        self._part = _PART

    def dive(self, bounds: Bounds, costs: Mapping[int, float], coordinates: Sequence[int]) -> dict[int, int] | None:
        """Cheap whole deviations within the bounds (0 where there are none); None proves nothing."""
        self._part = _PART
        self._bounds = dict(rebound(self._program, self._bounds, bounds))
        self._program.charge(costs)
        whole = self._down(coordinates)
        self._program.charge(dict.fromkeys(costs, 0.0))
        return whole

    def _limit(self, bounds: Bounds) -> None:
        self._program.bound(bounds)
        self._bounds.update(bounds)

    def _solve(self) -> Values | None:
        try:
            outcome = self._program.minimise()
        except SolverFailed:
            # Nothing is claimed from a dive that got stuck, so this one may.
            return None
        return outcome.values if outcome.status is Status.OPTIMAL else None

    def _down(self, coordinates: Sequence[int]) -> dict[int, int] | None:
        values, turns = self._solve(), 0
        while values is not None:
            off = {i: abs(values[i] - round(values[i])) for i in coordinates}
            broken = sorted((i for i in coordinates if off[i] > self._noise), key=lambda i: (off[i], i))
            if not broken:
                return rounded(values, self._bounds)
            deeper = self._round(values, broken)
            if deeper is None and turns < _TURNS:
                turns += 1
                deeper = self._turn(broken[0], values[broken[0]])
            values = deeper
        return None

    def _round(self, values: Values, broken: list[int]) -> Values | None:
        """Fix the nearest to their whole numbers: as many as leave a solution, if any does."""
        many = math.ceil(len(broken) * self._part)
        while many:
            before = {i: self._bounds[i] for i in broken[:many]}
            self._limit({i: (float(round(values[i])),) * 2 for i in before})
            deeper = self._solve()
            if deeper is not None:
                return deeper
            self._limit(before)
            self._part /= 2
            many = 0 if many == 1 else max(1, many // 4)
        return None

    def _turn(self, variable: int, value: float) -> Values | None:
        """What is nearest cannot be: forbid it."""
        low, high = self._bounds[variable]
        nearest = round(value)
        self._limit({variable: (low, nearest - 1.0) if nearest > value else (nearest + 1.0, high)})
        return self._solve()
