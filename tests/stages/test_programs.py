"""Programs as arrays: the same columns and rows, put in one by one or some behind the others."""

from __future__ import annotations

import numpy as np
import pytest

from tweeluik.disclosure.linear import INFINITY, Column, Model, Row, Status
from tweeluik.disclosure.solver import Program

COLUMNS = [Column(0, 3, 1.0, whole=True), Column(0, INFINITY, 2.0), Column(-1, 4, 0.5, whole=True), Column(0, 1)]
ROWS = [
    Row(((0, 1), (2, -1)), 0, 2),
    Row((), -INFINITY, 5),
    Row(((1, 2), (0, 1), (2, 1)), 5, INFINITY),
    Row(((3, 1), (1, 1)), 1, 1),
]


def arrays(model: Model) -> list[list[float]]:
    parts = (*model.columns, model.costs, model.whole, *model.rows, model.first, model.index, model.value)
    return [np.asarray(each).tolist() for each in parts]


@pytest.mark.parametrize("columns", range(len(COLUMNS) + 1))
@pytest.mark.parametrize("rows", range(len(ROWS) + 1))
def test_columns_and_rows_behind_others_are_as_if_put_in_together(columns: int, rows: int) -> None:
    parts = Model.of(COLUMNS[:columns], ROWS[:rows]).with_more(COLUMNS[columns:], ROWS[rows:])
    assert arrays(parts) == arrays(Model.of(COLUMNS, ROWS))


@pytest.mark.parametrize("whole", [True, False])
@pytest.mark.parametrize("presolve", [True, False])
def test_presolve_changes_no_optimum(whole: bool, presolve: bool) -> None:
    outcome = Program(Model.of(COLUMNS, ROWS), whole=whole, presolve=presolve).minimise()
    assert outcome.status is Status.OPTIMAL
    assert outcome.objective == pytest.approx(4.0 if whole else 3.75)
