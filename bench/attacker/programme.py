"""Linear and integer programs of HiGHS: whose variables are whole types of records, found as they are needed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import highspy
import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

MOST = 4000.0
"""More records of one type than any world has: only its being finite matters."""

_SETTINGS = {"output_flag": False, "threads": 1, "random_seed": 1}
_WHOLE = {"mip_max_nodes": 300, "mip_max_improving_sols": 1, "time_limit": 2.0}


@dataclass(frozen=True, slots=True)
class Solved:
    """Values per column, prices per row, and the objective."""

    objective: float
    values: Floats
    prices: Floats


class Programme:
    """`low <= sum over columns <= high` per row, counts of at least 0; columns come, bounds and costs change."""

    def __init__(self, low: Floats, high: Floats) -> None:
        self._solver = _solver()
        self._rows = len(low)
        for least, most in zip(low, high, strict=True):
            self._solver.addRow(least, most, 0, np.array([], dtype=np.int32), np.array([]))
        self.columns: list[Floats] = []

    def add(self, column: Floats) -> None:
        """One more type of record: how often it stands in every row."""
        used = column.nonzero()[0].astype(np.int32)
        self._solver.addCol(0.0, 0.0, MOST, len(used), used, column[used])
        self.columns.append(column)

    def bound(self, low: Floats, high: Floats) -> None:
        """Other windows for the same rows."""
        for row, (least, most) in enumerate(zip(low, high, strict=True)):
            self._solver.changeRowBounds(row, least, most)

    def minimise(self, costs: Floats) -> Solved | None:
        """The least cost in fractions; None when nothing fits."""
        self._solver.changeColsCost(len(costs), np.arange(len(costs), dtype=np.int32), costs)
        self._solver.run()
        if self._solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        solution = self._solver.getSolution()
        objective = self._solver.getInfo().objective_function_value
        return Solved(objective, np.array(solution.col_value), np.array(solution.row_dual))


def whole(columns: Sequence[Floats], low: Floats, high: Floats, costs: Floats) -> NDArray[np.int64] | str:
    """Whole numbers of every column that fit and cost least: the numbers, or "none" (proven), or "unknown"."""
    solver = _solver(_WHOLE)
    matrix = np.array(columns).T
    for least, most in zip(low, high, strict=True):
        solver.addRow(least, most, 0, np.array([], dtype=np.int32), np.array([]))
    for n, cost in enumerate(costs):
        used = matrix[:, n].nonzero()[0].astype(np.int32)
        solver.addCol(cost, 0.0, MOST, len(used), used, matrix[used, n])
    solver.changeColsIntegrality(
        len(costs), np.arange(len(costs), dtype=np.int32), np.array([highspy.HighsVarType.kInteger] * len(costs))
    )
    solver.run()
    status, info = solver.getModelStatus(), solver.getInfo()
    if status == highspy.HighsModelStatus.kInfeasible:
        return "none"
    if info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
        return "unknown"
    found: NDArray[np.int64] = np.rint(np.array(solver.getSolution().col_value)).astype(np.int64)
    return found


def _solver(more: Mapping[str, float] | None = None) -> highspy.Highs:
    solver = highspy.Highs()  # type: ignore[no-untyped-call]
    for name, value in {**_SETTINGS, **(more or {})}.items():
        solver.setOptionValue(name, value)
    return solver
