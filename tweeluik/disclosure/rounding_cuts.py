"""What an attack on rounded numbers says of all other roundings: a cut on the directions, from the attack's own duals.

The window of a cell is one of two, so that every bound of an attacker's linear program is linear in the cell's
direction. A dual solution therefore bounds, for every rounding at once, how far the attacker can be kept in doubt
(Benders, "Partitioning procedures for solving mixed-variables programming problems", 1962).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tweeluik.disclosure.deviations import deviations
from tweeluik.disclosure.linear import INFINITY, Outcome
from tweeluik.disclosure.requirement import Requirement
from tweeluik.disclosure.rounding import Cut
from tweeluik.disclosure.system import Number, System, Variable

_NOISE = 1e-9


@dataclass(frozen=True, slots=True)
class Windows:
    """A cell as readers know it when it goes to its lower multiple, and when it goes to its upper one."""

    down: Variable
    up: Variable


class DualCuts:
    """Cuts of one system, whose cells have these windows; cells without are the same in every rounding."""

    def __init__(self, system: System, windows: Mapping[int, Windows]) -> None:
        self._system, self._windows = system, windows
        self._rows = tuple(deviations(system))

    def of(self, requirement: Requirement, outcomes: Sequence[Outcome]) -> Cut | None:
        """What every rounding has that meets a requirement, from the programs that failed; None: they say nothing."""
        floors = dict(self._system.attackers[requirement.attacker].floors)
        least, slopes = float(requirement.enough), dict[int, float]()
        for sign, outcome in zip(requirement.signs, outcomes, strict=True):
            at_least, reduced = self._priced(requirement.variable, sign, outcome)
            for i, price in reduced.items():
                if abs(price) > _NOISE:
                    down, up = self._bounds(i, price, floors.get(i))
                    if INFINITY in {abs(down), abs(up)}:
                        return None
                    at_least += price * down
                    slopes[i] = slopes.get(i, 0.0) - price * (up - down)
            least += at_least
        if abs(least) == INFINITY:
            return None
        return Cut(tuple((i, slope) for i, slope in sorted(slopes.items()) if abs(slope) > _NOISE), least)

    def _priced(self, variable: int, sign: int, outcome: Outcome) -> tuple[float, dict[int, float]]:
        """What the constraints alone give, and what a unit of each variable costs beside them."""
        total, reduced = 0.0, {variable: -float(sign)}
        for row, dual in zip(self._rows, outcome.duals, strict=True):
            if abs(dual) > _NOISE:
                total += dual * (row.lower if dual > 0 else row.upper)
                for i, coefficient in row.terms:
                    reduced[i] = reduced.get(i, 0.0) - dual * coefficient
        return total, reduced

    def _bounds(self, i: int, price: float, floor: Number | None) -> tuple[float, float]:
        """How far a variable may deviate towards the cheap side, in its lower window and in its upper."""
        same = self._system.variables[i]
        windows = self._windows.get(i, Windows(same, same))
        down, up = (_deviation(each, price, floor) for each in (windows.down, windows.up))
        return down, up


def _deviation(cell: Variable, price: float, floor: Number | None) -> float:
    if price < 0:
        return INFINITY if cell.upper is None else max(0, cell.upper - cell.value)
    lower = cell.lower if floor is None else max(cell.lower, floor)
    return min(0, lower - cell.value)


def unless(cut: Cut, ups: Mapping[int, bool]) -> Cut:
    """The same cut for roundings in which all of these cells have these directions; others are free of it."""
    slack = cut.least - sum(min(0.0, coefficient) for _, coefficient in cut.terms)
    if slack <= 0:
        return cut
    terms, least = dict(cut.terms), cut.least
    for i, up in ups.items():
        terms[i] = terms.get(i, 0.0) + (-slack if up else slack)
        least -= slack if up else 0.0
    return Cut(tuple(sorted(terms.items())), least)
