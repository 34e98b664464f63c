"""One linear program over a block of cells, kept warm; HiGHS never has a say in what passes, only in what to try.

One thread and a fixed seed, everywhere in the process: two HiGHS models with different `threads` fail silently. It is
never given a limit in seconds: what is found and proven must not depend on the speed of the machine.
"""

from __future__ import annotations

from dataclasses import dataclass

import highspy
import numpy as np
import numpy.typing as npt
from highspy._core import _Highs

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

WHOLE_NODES = 2_000
"""The most branches of one search in whole numbers; what is not proven by then counts as failed."""


class NotSolved(RuntimeError):
    """HiGHS ended in a state that proves nothing."""


@dataclass(frozen=True, slots=True)
class Rows:
    """`least <= sum of coefficients * cells <= most` per row; row r has the terms `starts[r]:starts[r + 1]`."""

    starts: Ints
    cells: Ints
    coefficients: Ints
    least: Ints
    most: Ints

    def hold(self, table: Ints) -> bool:
        """Whether a whole table keeps every row; exact."""
        if not len(self.least):
            return True
        sums = np.add.reduceat(self.coefficients * table[self.cells], self.starts[:-1])
        return bool((sums >= self.least).all() and (sums <= self.most).all())


class Program:
    """Minimise a sum over the cells of a block; bounds and costs change between solves. `whole`: in whole numbers."""

    def __init__(self, width: int, rows: Rows, *, whole: bool) -> None:
        self._width, self._whole = width, whole
        self._columns = np.arange(width, dtype=np.int32)
        # The class below `highspy.Highs`: that one prints a banner on standard output before it can be told not to.
        self._highs = _Highs()
        for option, value in _OPTIONS.items():
            self._must(self._highs.setOptionValue(option, value))
        self._must(self._highs.passModel(self._model(rows)))

    def _model(self, rows: Rows) -> highspy.HighsLp:
        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = self._width, len(rows.least)
        model.col_cost_ = model.col_lower_ = model.col_upper_ = np.zeros(self._width)
        model.row_lower_, model.row_upper_ = rows.least.astype(float), _infinite(rows.most)
        model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        model.a_matrix_.start_ = rows.starts.astype(np.int32)
        model.a_matrix_.index_ = rows.cells.astype(np.int32)
        model.a_matrix_.value_ = rows.coefficients.astype(float)
        if self._whole:
            model.integrality_ = [highspy.HighsVarType.kInteger] * self._width
        return model

    def _must(self, status: highspy.HighsStatus) -> None:
        if status == highspy.HighsStatus.kError:
            raise NotSolved("the solver refused a change of its model")

    def minimise(self, cost: Floats, least: Ints, most: Ints) -> Floats | None:
        """The cheapest table within the bounds; None when there is none.

        Raises:
            NotSolved: neither was proven.
        """
        if (least > most).any():
            return None
        self._must(self._highs.changeColsBounds(self._width, self._columns, least.astype(float), most.astype(float)))
        self._must(self._highs.changeColsCost(self._width, self._columns, cost.astype(float)))
        for _ in range(2):
            self._must(self._highs.run())
            status = self._highs.getModelStatus()
            if status == highspy.HighsModelStatus.kOptimal:
                return np.array(self._highs.getSolution().col_value)
            if status == highspy.HighsModelStatus.kInfeasible:
                return None
            if status == highspy.HighsModelStatus.kSolutionLimit:
                break
            self._highs.clearSolver()  # a bad warm start: once more, cold
        raise NotSolved("the solver ended without proof")


def _infinite(most: Ints) -> Floats:
    return np.where(most >= ENDLESS, np.inf, most.astype(float))


ENDLESS = 2**40
"""Stands for "no greatest": far above any count, and exact in both whole and floating numbers."""

_OPTIONS: dict[str, bool | int | float] = {
    "output_flag": False,
    "threads": 1,
    "random_seed": 0,
    "mip_rel_gap": 0.0,
    "mip_abs_gap": 0.5,
    "mip_max_nodes": WHOLE_NODES,
}
