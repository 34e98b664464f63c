"""Coordinates of the whole tables: the few hidden variables that settle all others by whole numbers."""

from __future__ import annotations

from collections import defaultdict
from heapq import heapify, heappop, heappush

from tweeluik.disclosure.system import Number, System

Equation = dict[int, Number]


def coordinates(system: System, hidden: frozenset[int]) -> tuple[int, ...]:
    """Hidden variables whose deviations, once whole, make every other hidden variable's deviation whole.

    Elimination with pivots of 1 and -1 only, the shortest equation and the rarest variable first. An equation that has
    no such pivot settles nothing, so that more variables are left than need be.
    """
    elimination = _Elimination(system, hidden)
    return tuple(sorted(hidden - elimination.run()))


class _Elimination:
    def __init__(self, system: System, hidden: frozenset[int]) -> None:
        self._equations: list[Equation] = [
            {i: coefficient for i, coefficient in constraint.terms if i in hidden}
            for constraint in system.constraints
            if constraint.is_equation
        ]
        self._holding: dict[int, set[int]] = defaultdict(set)
        for place, equation in enumerate(self._equations):
            for i in equation:
                self._holding[i].add(place)
        self._waiting = [(len(equation), place) for place, equation in enumerate(self._equations)]
        heapify(self._waiting)

    def run(self) -> frozenset[int]:
        """The variables that the others settle."""
        settled, done = set[int](), set[int]()
        while self._waiting:
            length, place = heappop(self._waiting)
            equation = self._equations[place]
            if place in done or length != len(equation):
                continue
            done.add(place)
            pivots = [i for i, coefficient in equation.items() if abs(coefficient) == 1]
            for i in equation:
                self._holding[i].discard(place)
            if pivots:
                pivot = min(pivots, key=lambda i: (len(self._holding[i]), -i))
                self._substitute(pivot, equation)
                settled.add(pivot)
        return frozenset(settled)

    def _substitute(self, pivot: int, equation: Equation) -> None:
        for place in sorted(self._holding.pop(pivot, ())):
            other = self._equations[place]
            factor = other[pivot] / equation[pivot]
            for i, coefficient in equation.items():
                left = other.get(i, 0) - factor * coefficient
                if left:
                    other[i] = left
                    self._holding[i].add(place)
                elif i in other:
                    del other[i]
                    self._holding[i].discard(place)
            heappush(self._waiting, (len(other), place))
