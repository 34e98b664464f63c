"""The master problem: the cheapest set of variables to hide under the cuts known so far."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tweeluik.disclosure.cuts import Cut
from tweeluik.disclosure.effort import Effort
from tweeluik.disclosure.linear import INFINITY, Column, Model, Row, Status
from tweeluik.disclosure.solver import Program, SolverFailed
from tweeluik.disclosure.system import Role, System

Ints = npt.NDArray[np.intp]
Floats = npt.NDArray[np.float64]

_SLACK = 1e-6


@dataclass(frozen=True, slots=True)
class Proposal:
    """A cheapest pattern under the cuts: each FREE variable's share (0..1) where it is positive, and a proven bound.

    `shares` is None when there is none, or the limits ended the search without any.
    """

    shares: dict[int, float] | None
    bound: float


class Master:
    """Costs and cuts. Costs are scaled to at most 1,000 inside: the solver's tolerances are absolute."""

    def __init__(self, system: System, effort: Effort | None = None) -> None:
        self._effort = effort or Effort.endless()
        self._free = tuple(sorted(system.all_with(Role.FREE)))
        self._place = {variable: place for place, variable in enumerate(self._free)}
        weights = [system.variables[i].weight for i in self._free]
        self._scale = 1000 / max(1, *weights, 1)
        self._costs = [weight * self._scale for weight in weights]
        self._rows: list[Row] = []
        self._seen: set[Cut] = set()
        self._relaxed = Program(Model.of([Column(0, 1, cost) for cost in self._costs], ()), effort=self._effort)
        self._needs = _Needs(len(system.variables))

    def add(self, cuts: Iterable[Cut]) -> int:
        """Add the cuts that are new; give their number."""
        new = [cut for cut in cuts if cut not in self._seen]
        for cut in dict.fromkeys(new):
            row = Row(tuple((self._place[i], coefficient) for i, coefficient in cut.terms), cut.least, INFINITY)
            self._seen.add(cut)
            self._rows.append(row)
            self._needs.add(cut)
            self._relaxed.add(row)
        return len(new)

    def excludes(self, hidden: frozenset[int]) -> bool:
        """Whether a cut says that no part of these is a safe pattern."""
        return not self._needs.met(hidden)

    def relax(self) -> Proposal:
        """The cheapest shares; None when the cuts exclude every pattern."""
        if not self._free:
            return Proposal({}, 0.0)
        outcome = self._relaxed.minimise()
        if outcome.status is Status.INFEASIBLE:
            return Proposal(None, INFINITY)
        return Proposal(self._shares(outcome.values, 1e-7), outcome.objective / self._scale)

    def solve(self, *, start: frozenset[int], nodes: int, gap: float) -> Proposal:
        """The cheapest whole pattern within the limits and the gap, from a safe pattern to start from.

        Raises:
            SolverFailed: the cuts exclude every pattern, so one of them is wrong.
        """
        program = Program(
            Model.of([Column(0, 1, cost, whole=True) for cost in self._costs], self._rows), effort=self._effort
        )
        program.suggest([float(variable in start) for variable in self._free])
        outcome = program.minimise(nodes=nodes, gap=gap)
        if outcome.status is Status.INFEASIBLE:
            raise SolverFailed("the cuts exclude a safe pattern")
        bound = outcome.bound / self._scale
        return Proposal(self._shares(outcome.values, 0.5) if outcome.values else None, bound)

    def _shares(self, values: tuple[float, ...], least: float) -> dict[int, float]:
        whole = least >= 0.5  # noqa: PLR2004 (one half)
        return {
            variable: 1.0 if whole else min(1.0, value)
            for variable, value in zip(self._free, values, strict=True)
            if value > least
        }


class _Needs:
    """The cuts that only hiding more can meet, flattened, so that a pattern is tried on all at once."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._cuts: list[Cut] = []
        self._flat: tuple[Ints, Floats, Ints, Floats] | None = None

    def add(self, cut: Cut) -> None:
        if cut.least > 0 and all(coefficient > 0 for _, coefficient in cut.terms) and cut.terms:
            self._cuts.append(cut)
            self._flat = None

    def met(self, hidden: frozenset[int]) -> bool:
        if not self._cuts:
            return True
        if self._flat is None:
            self._flat = self._flattened()
        variables, coefficients, starts, least = self._flat
        pattern = np.zeros(self._size)
        pattern[list(hidden)] = 1
        sums = np.add.reduceat(coefficients * pattern[variables], starts)
        return bool((sums >= least).all())

    def _flattened(self) -> tuple[Ints, Floats, Ints, Floats]:
        terms = [term for cut in self._cuts for term in cut.terms]
        lengths = [len(cut.terms) for cut in self._cuts]
        return (
            np.array([i for i, _ in terms], dtype=np.intp),
            np.array([coefficient for _, coefficient in terms]),
            np.cumsum([0, *lengths[:-1]]),
            np.array([cut.least - _SLACK for cut in self._cuts]),
        )
