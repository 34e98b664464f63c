"""Controlled rounding: every cell to one of its two neighbouring multiples of a base, so that everything still adds up.

Zero-restricted controlled rounding (Cox, "A constructive procedure for unbiased controlled rounding", 1987; Handbook on
Statistical Disclosure Control, 2nd ed., section 5.4). It always exists for one- and two-way tables; in more dimensions
or linked tables it may not.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from tweeluik.disclosure.effort import Effort, OutOfEffort
from tweeluik.disclosure.linear import INFINITY, Column, Model, Row, Status
from tweeluik.disclosure.solver import Program, SolverFailed
from tweeluik.disclosure.system import Constraint

_NODES = 500
_NODES_FOR_ANY = 20_000
_SLACK = 1e-6


@dataclass(frozen=True, slots=True)
class Roundable:
    """One cell: its true count (>= 0), the direction it should take if it can, and the cost (>= 1) of the other one.

    The cost is a whole number up to 10^6; where costs differ, ties do not depend on the solver.
    """

    value: int
    up: bool
    weight: int = 1


@dataclass(frozen=True, slots=True)
class Cut:
    """What directions together must keep: the sum of coefficient * (1 where the cell goes up) is `least` or more."""

    terms: tuple[tuple[int, float], ...]
    least: float

    def holds(self, ups: Mapping[int, bool]) -> bool:
        """Whether directions keep it."""
        return sum(coefficient for i, coefficient in self.terms if ups.get(i)) >= self.least - _SLACK


@dataclass(frozen=True, slots=True)
class RoundingSystem:
    """Cells, and the constraints that the rounded values must keep exactly, by index into `cells`.

    An inequality is kept too, so give only those that readers may rely on. `keep` holds earlier published values: as
    many of them as possible (by weight) stay, whatever that costs in directions. `cuts` hold for the directions.
    """

    cells: tuple[Roundable, ...]
    constraints: tuple[Constraint, ...]
    base: int = 5
    keep: Mapping[int, int] = field(default_factory=dict)
    cuts: tuple[Cut, ...] = ()


@dataclass(frozen=True, slots=True)
class Rounding:
    """The rounded value of every cell, and how good that is.

    `turned` are the cells that could not take their direction, `dropped` those of `keep` that did not stay. `optimal`
    is whether no rounding is cheaper, which the limit on the search may leave open.
    """

    values: tuple[int, ...]
    turned: frozenset[int]
    dropped: frozenset[int]
    optimal: bool


class CannotBeRounded(Exception):
    """No rounding keeps these `constraints` (indices) together; without any one of them there is one.

    None: all constraints can be kept, but not with the cuts as well.
    """

    def __init__(self, constraints: tuple[int, ...]) -> None:
        self.constraints = constraints
        super().__init__("no rounding adds up")


def round_cells(system: RoundingSystem, effort: Effort | None = None) -> Rounding:
    """The rounding with the least weight of cells that leave their direction; the same on any machine.

    Every value is a multiple of the base less than one base from the truth, so multiples stay; all constraints hold.

    Raises:
        CannotBeRounded: no such rounding exists.
        OutOfEffort: the search ended without a rounding.
    """
    rounder = _Rounder(system, effort or Effort.endless())
    kept = rounder.keepable()
    found = rounder.solve(rounder.costs(kept), fixed=kept)
    if found is None:
        return _closest(rounder, kept)
    return rounder.rounding(*found)


def _closest(rounder: _Rounder, kept: Mapping[int, int]) -> Rounding:
    """The best rounding when not everything can be kept: first the weight of what is dropped, then the directions."""
    prices = {cell: rounder.price(cell, up) for cell, up in kept.items()}
    staying = rounder.solve(prices) if kept else None
    if staying is None:
        raise CannotBeRounded(rounder.conflict())
    ups, optimal = staying
    least = sum(price * ups[cell] for cell, price in prices.items())
    found = rounder.solve(rounder.costs(kept), more=(Row(tuple(prices.items()), -INFINITY, least),))
    if found is None:
        raise SolverFailed("a rounding that exists was not found again")
    return rounder.rounding(found[0], optimal and found[1])


class _Rounder:
    """One binary column per cell: 1 takes the upper multiple."""

    def __init__(self, system: RoundingSystem, effort: Effort) -> None:
        self._system, self._base, self._effort = system, system.base, effort
        self._floors = tuple(cell.value // system.base for cell in system.cells)
        self._rooms = tuple(int(cell.value % system.base != 0) for cell in system.cells)
        self._rows = tuple(self._row(constraint) for constraint in system.constraints)
        self._cuts = tuple(self._cut(cut) for cut in system.cuts)

    def _row(self, constraint: Constraint) -> Row:
        start = sum(coefficient * self._floors[i] for i, coefficient in constraint.terms)
        lower = -INFINITY if constraint.lower is None else constraint.lower / self._base - start
        upper = INFINITY if constraint.upper is None else constraint.upper / self._base - start
        return Row(constraint.terms, lower, upper)

    def _cut(self, cut: Cut) -> Row:
        largest = max((abs(coefficient) for _, coefficient in cut.terms), default=1.0)
        terms = tuple((i, coefficient / largest) for i, coefficient in cut.terms if self._rooms[i])
        return Row(terms, cut.least / largest, INFINITY)

    def keepable(self) -> dict[int, int]:
        """Of the cells to keep, those whose published value is still one of the two neighbours: 1 for the upper one."""
        ups = {i: value // self._base - self._floors[i] for i, value in self._system.keep.items()}
        return {
            i: ups[i] for i in sorted(ups) if self._system.keep[i] % self._base == 0 and 0 <= ups[i] <= self._rooms[i]
        }

    def price(self, cell: int, up: int) -> int:
        """The cost per unit of a column that should be `up`."""
        weight = self._system.cells[cell].weight
        return -weight if up else weight

    def costs(self, kept: Iterable[int]) -> dict[int, int]:
        """What leaving its direction costs every cell that is not kept."""
        aside = frozenset(kept)
        return {
            i: self.price(i, int(cell.up))
            for i, cell in enumerate(self._system.cells)
            if i not in aside and self._rooms[i]
        }

    def solve(
        self,
        costs: Mapping[int, int],
        *,
        fixed: Mapping[int, int] = MappingProxyType({}),
        more: Sequence[Row] = (),
    ) -> tuple[tuple[int, ...], bool] | None:
        """The cheapest columns, and whether that is proven; None when there are none."""
        return self._solve((*self._rows, *self._cuts, *more), costs, fixed)

    def _solve(
        self, rows: Sequence[Row], costs: Mapping[int, int], fixed: Mapping[int, int]
    ) -> tuple[tuple[int, ...], bool] | None:
        columns = [
            Column(fixed.get(i, 0), fixed.get(i, room), costs.get(i, 0.0), whole=True)
            for i, room in enumerate(self._rooms)
        ]
        outcome = Program(Model.of(columns, rows), effort=self._effort).minimise(nodes=_NODES)
        if outcome.status is Status.UNFINISHED and not outcome.values:
            # Any rounding is easier to find than a cheap one.
            free = [replace(column, cost=0.0) for column in columns]
            outcome = Program(Model.of(free, rows), effort=self._effort).minimise(nodes=_NODES_FOR_ANY)
            outcome = outcome if outcome.status is Status.INFEASIBLE else replace(outcome, status=Status.UNFINISHED)
        if outcome.status is Status.INFEASIBLE:
            return None
        if not outcome.values:
            raise OutOfEffort
        return tuple(round(value) for value in outcome.values), outcome.status is Status.OPTIMAL

    def rounding(self, ups: tuple[int, ...], optimal: bool) -> Rounding:
        """The result, added up once more in whole numbers."""
        system = self._system
        values = tuple((floor + up) * self._base for floor, up in zip(self._floors, ups, strict=True))
        if not all(0 <= up <= room for up, room in zip(ups, self._rooms, strict=True)) or not self._add_up(values):
            raise SolverFailed("a rounding does not add up")
        directions = enumerate(zip(system.cells, ups, self._rooms, strict=True))
        return Rounding(
            values=values,
            turned=frozenset(i for i, (cell, up, room) in directions if room and up != cell.up),
            dropped=frozenset(i for i, value in system.keep.items() if values[i] != value),
            optimal=optimal,
        )

    def _add_up(self, values: tuple[int, ...]) -> bool:
        for constraint in self._system.constraints:
            total = sum(coefficient * values[i] for i, coefficient in constraint.terms)
            if constraint.lower is not None and total < constraint.lower:
                return False
            if constraint.upper is not None and total > constraint.upper:
                return False
        return True

    def conflict(self) -> tuple[int, ...]:
        """Constraints that exclude every rounding together and none of which can be missed: blocks deleted in turn."""
        if self._cuts and self._solve(self._rows, {}, {}) is not None:
            return ()
        needed = list(range(len(self._rows)))
        size = len(needed)
        while size:
            for start in range(0, len(needed), size):
                left = needed[:start] + needed[start + size :]
                if self._solve([self._rows[i] for i in left], {}, {}) is None:
                    needed = left
                    break
            else:
                size //= 2
        return tuple(needed)
