"""The cheapest flow of deviations that gives one requirement what it needs: which variables to hide for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from tweeluik.disclosure.deviations import deviations, room, unit_of
from tweeluik.disclosure.effort import Effort, OutOfEffort
from tweeluik.disclosure.linear import Column, Model, Row, Status
from tweeluik.disclosure.requirement import TOLERANCE, Requirement
from tweeluik.disclosure.solver import Program
from tweeluik.disclosure.system import Number, Role, System


class Flow:
    """Deviations split in two, up in the first half of the columns and down in the second, each at a price per unit."""

    def __init__(self, system: System, *, whole: bool, effort: Effort) -> None:
        self._system, self._size = system, len(system.variables)
        self._free = system.all_with(Role.FREE)
        rows = (
            Row((*row.terms, *((i + self._size, -c) for i, c in row.terms)), row.lower, row.upper)
            for row in deviations(system)
        )
        self._noise = TOLERANCE * unit_of(system)
        columns = [Column(0, 0, whole=whole) for _ in range(2 * self._size)]
        self._program = Program(Model.of(columns, tuple(rows)), effort=effort, unit=1.0 if whole else unit_of(system))
        self._rooms: dict[int, tuple[Number, Number]] = {}

    def restart(self, hidden: frozenset[int], *, discount: Mapping[int, float], banned: frozenset[int]) -> None:
        """Price what is not hidden by its weight, less its discount (0..1); what is hidden is free."""
        weights = {i: (1 + self._system.variables[i].weight) * (1 - 0.99 * discount.get(i, 0.0)) for i in self._free}
        largest = max(weights.values(), default=1.0)
        self._charge({i: 0.0 if i in hidden else weights[i] / largest for i in sorted(self._free)})
        usable = (hidden | self._free) - banned
        self._rooms = {i: room(self._system, i) for i in range(self._size) if i in usable}
        self._limit({i: self._rooms.get(i, (0, 0)) for i in range(self._size)})

    def hide(self, variables: Iterable[int]) -> None:
        """These cost nothing any more."""
        self._charge(dict.fromkeys(variables, 0.0))

    def support(self, requirement: Requirement, sign: int, need: Number) -> frozenset[int] | None:
        """The FREE variables of a cheapest flow of that size in one direction; None when there is none.

        Raises:
            OutOfEffort: the search in whole numbers ended without any.
        """
        cells, own = self._system.variables, self._system.attackers[requirement.attacker].floors
        seen = {i: (min(0, max(self._rooms[i][0], floor - cells[i].value)), self._rooms[i][1]) for i, floor in own
                if i in self._rooms}  # fmt: skip
        self._limit(seen)
        try:
            return self._route(requirement.variable, sign, need, (self._rooms | seen).get(requirement.variable, (0, 0)))
        finally:
            self._limit({i: self._rooms[i] for i in (*seen, requirement.variable) if i in self._rooms})

    def _route(self, variable: int, sign: int, need: Number, limits: tuple[Number, Number]) -> frozenset[int] | None:
        most = limits[1] if sign > 0 else -limits[0]
        if most < need - TOLERANCE * max(1.0, need):
            return None
        up, down = (variable, variable + self._size) if sign > 0 else (variable + self._size, variable)
        self._program.bound({up: (min(need, most), most), down: (0.0, 0.0)})
        outcome = self._program.minimise()
        if outcome.status is Status.UNFINISHED:
            raise OutOfEffort
        if outcome.status is not Status.OPTIMAL:
            return None
        return frozenset(i % self._size for i, flow in enumerate(outcome.values) if flow > self._noise) & self._free

    def _charge(self, costs: Mapping[int, float]) -> None:
        self._program.charge({column: cost for i, cost in costs.items() for column in (i, i + self._size)})

    def _limit(self, limits: Mapping[int, tuple[Number, Number]]) -> None:
        ups = {i: (0.0, float(high)) for i, (_, high) in limits.items()}
        self._program.bound(ups | {i + self._size: (0.0, float(-low)) for i, (low, _) in limits.items()})
