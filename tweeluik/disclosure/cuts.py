"""Cuts: what every safe pattern has in common, drawn from attacks on patterns that are not safe.

A variable's y is 1 when it is hidden. The dual of an attack bounds the deviation by a sum over the hidden variables,
whatever the pattern: a Benders cut (Fischetti and Salazar, "Solving the cell suppression problem on tabular data with
linear constraints", 2001). Coefficients are scaled to a need of 1 and capped there.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from tweeluik.disclosure.deviations import deviations, room
from tweeluik.disclosure.linear import INFINITY, Outcome
from tweeluik.disclosure.requirement import Requirement
from tweeluik.disclosure.system import Role, System
from tweeluik.disclosure.virtual import ExposedSum

_ZERO = 1e-9
_LITTLE = 1e-6
_NOISE = 1e-2


@dataclass(frozen=True, slots=True)
class Cut:
    """`sum of coefficient * y >= least`, over FREE variables only."""

    terms: tuple[tuple[int, float], ...]
    least: float

    def lacks(self, shares: dict[int, float]) -> float:
        """By how much these y fall short."""
        return self.least - sum(coefficient * shares.get(i, 0.0) for i, coefficient in self.terms)


class Cutter:
    """Draws the cuts of one system."""

    def __init__(self, system: System) -> None:
        self._system = system
        self._rows = tuple(deviations(system))
        self._floors = tuple(dict(attacker.floors) for attacker in system.attackers)
        self._free = system.all_with(Role.FREE)
        self._unknown = system.all_with(Role.SENSITIVE) | system.all_with(Role.CROSS_CLASSIFIED)
        self._equations = tuple(
            frozenset(i for i, _ in constraint.terms) for constraint in system.constraints if constraint.is_equation
        )

    def bridges(self, sure: frozenset[int]) -> Iterator[Cut]:
        """An equation with one hidden variable gives it away: one of the others must be hidden too.

        For the variables in `sure`, those with something to protect that are always hidden.
        """
        for members in self._equations:
            hidden = members & self._unknown
            if len(hidden) == 1 and hidden & sure:
                yield Cut(tuple((i, 1.0) for i in sorted(members & self._free)), 1.0)

    def lone(self, shares: dict[int, float]) -> Iterator[Cut]:
        """A FREE variable alone in an equation is given away, so hiding it was in vain: violated at `shares` only."""
        for members in self._equations:
            if members & self._unknown:
                continue
            total = sum(shares.get(i, 0.0) for i in members)
            for i in sorted(members & self._free):
                if 2 * shares.get(i, 0.0) > total + 0.05:
                    others = tuple((j, 1.0) for j in sorted(members & self._free) if j != i)
                    yield Cut((*others, (i, -1.0)), 0.0)

    def benders(self, requirement: Requirement, outcomes: tuple[Outcome, ...]) -> Cut | None:
        """The cut of a failed attack; None when its numbers are too small to be trusted."""
        reach: dict[int, float] = {}
        slack = 0.0
        for sign, outcome in zip(requirement.signs, outcomes, strict=True):
            slack += self._add_leg(requirement, sign, outcome, reach)
        own = requirement.variable if self._system.variables[requirement.variable].role is Role.FREE else None
        sure = sum(amount for i, amount in reach.items() if i in self._unknown or i == own)
        need = requirement.need - slack - sure
        if need <= _LITTLE * max(1.0, requirement.need):
            return None
        parts = [(i, _snapped(amount / need)) for i, amount in sorted(reach.items()) if i in self._free and i != own]
        terms = tuple((i, part) for i, part in parts if part > 0)
        return Cut(terms, 1.0) if own is None else Cut((*terms, (own, -1.0)), 0.0)

    def _add_leg(self, requirement: Requirement, sign: int, outcome: Outcome, reach: dict[int, float]) -> float:
        """Add what each variable contributes to the bound on one direction; give the constraints' own part."""
        prices, slack = {requirement.variable: -float(sign)}, 0.0
        floors = self._floors[requirement.attacker]
        for row, dual in zip(self._rows, outcome.duals, strict=True):
            side = row.lower if dual > 0 else row.upper
            if abs(dual) > _ZERO and abs(side) != INFINITY:
                slack -= dual * side
                for i, coefficient in row.terms:
                    prices[i] = prices.get(i, 0.0) - dual * coefficient
        for i, price in prices.items():
            if abs(price) > _ZERO:
                low, high = room(self._system, i)
                if i in floors:
                    low = min(0, max(low, floors[i] - self._system.variables[i].value))
                reach[i] = reach.get(i, 0.0) - price * (low if price > 0 else high)
        return slack

    def more(self, hidden: frozenset[int], variable: int) -> Cut:
        """Whole numbers reach the variable although it and all of `hidden` are hidden: hide at least one more."""
        terms = [(i, 1.0) for i in sorted(self._free - hidden)]
        if self._system.variables[variable].role is Role.FREE:
            return Cut((*terms, (variable, -1.0)), 0.0)
        return Cut(tuple(terms), 1.0)

    def wider(self, exposed: ExposedSum, hidden: frozenset[int]) -> Cut:
        """A sensitive sum is given away: hide another variable of its equation, or show one of the group.

        Where another hidden variable of the equation is given away by a chain, breaking that chain anywhere helps too.
        """
        members = frozenset(i for i, _ in self._system.constraints[exposed.constraint].terms)
        chained = members & hidden - exposed.group
        others = [(i, 1.0) for i in sorted(self._free - hidden if chained else members & self._free - exposed.group)]
        group = [(i, -1.0) for i in sorted(exposed.group & self._free)]
        return Cut((*others, *group), 1.0 - len(group))


def _snapped(part: float) -> float:
    """A coefficient on a grid, rounded up (a weaker cut) unless that only undoes the solver's noise."""
    return 1.0 if part >= 1 else min(1.0, math.ceil(part / _LITTLE - _NOISE) * _LITTLE)
