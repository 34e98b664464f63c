"""Whole moves near to the cheapest: fractions first, then a dive from them, then the solver's own search.

Most programs over moves have a whole optimum, which takes a sixth of the time. Of the others most end in a few steps of
a dive: the move that is nearest to being made is made, and what is left is solved again.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from typing import TypeGuard

import numpy as np

from tweeluik.disclosure.effort import Effort
from tweeluik.disclosure.linear import Model, Outcome, Row, Status
from tweeluik.disclosure.solver import Program, SolverFailed

NODES = 10
GAP = 0.3
FEW = (300, 600)
"""So many columns beside those of the best fractions are searched before more are."""

STEPS = 60
"""Moves that a dive makes or forbids before it gives up."""

MOST_ITERATIONS = 1_000
"""Of all steps of a dive together, before the solver's own search is asked. Most that end well take a tenth of that; of
the others one took fifteen thousand, and the search then found a world in a fiftieth of the time. With 300 more dives
are made twice than are saved.
"""

NOT_DEARER = 1.3
DEARER_BY = 3.0
"""What a dive found is taken when it costs so many times what fractions cost, and so much more, at most."""

MOST_TIMES = 30.0
"""More often than a world makes any move. Without it HiGHS narrows columns that go to thousands one step at a time,
which took ten seconds of a search that takes half a second.
"""

WHOLE = 1e-6
"""What the solver's rounding may leave of a whole number."""


class Whole:
    """One program over moves; `moved`: what a move costs; `near`: beside the best fractions at most so many columns."""

    def __init__(self, model: Model, *, moved: float, near: int, effort: Effort) -> None:
        self._model, self._moved, self._near = model, moved, near
        self._effort = effort
        self._added: list[Row] = []
        self._last: int | None = None
        # Without presolve a fifth of the time: most are infeasible, or a few moves long.
        self._relaxed = Program(model, effort=effort, whole=False, presolve=False)

    def add(self, row: Row) -> None:
        """Add a row."""
        self._added.append(row)
        self._relaxed.add(row)

    def minimise(self) -> Outcome:
        """The cheapest moves; near to the cheapest where fractions are cheaper."""
        relaxed = self._relaxed.minimise()
        if relaxed.status is not Status.OPTIMAL or not self._broken(relaxed):
            return relaxed
        dived = self._dive(relaxed, MOST_ITERATIONS)
        if _is_near(dived, relaxed):
            return dived
        searched = self._search(relaxed)
        if self._is_given_up and not _is_near(searched, relaxed):
            dived = self._dive(relaxed, None)
        if dived is None or (searched.values and searched.objective < dived.objective):
            return searched
        return dived

    def _broken(self, outcome: Outcome) -> list[int]:
        """Columns that are not whole and should be."""
        values = np.array(outcome.values)
        broken: list[int] = np.flatnonzero(self._model.whole & (np.abs(values - np.rint(values)) > WHOLE)).tolist()
        return broken

    def _bounds(self, column: int) -> tuple[float, float]:
        lower, upper = self._model.columns
        return float(lower[column]), float(upper[column])

    # --- a dive -------------------------------------------------------------------------------------------------------

    def _dive(self, outcome: Outcome, most: int | None) -> Outcome | None:
        """Whole moves by steps of so many iterations together; None: they lead nowhere, or it was given up."""
        bounds: dict[int, tuple[float, float]] = {}
        self._last = None if most is None else self._relaxed.iterations + most
        for _ in range(STEPS):
            broken = self._broken(outcome)
            if not broken:
                break
            column = max(broken, key=lambda i: (outcome.values[i] % 1, -i))
            deeper = self._deeper(column, outcome.values[column], bounds)
            if deeper is None:
                break
            outcome = deeper
        self._relaxed.bound({i: self._bounds(i) for i in bounds})
        return None if self._broken(outcome) else outcome

    def _deeper(self, column: int, value: float, bounds: dict[int, tuple[float, float]]) -> Outcome | None:
        """With a move made once more, or else not made again."""
        low, high = bounds.get(column, self._bounds(column))
        for bound in ((float(math.ceil(value)), high), (low, float(math.floor(value)))):
            bounds[column] = bound
            outcome = self._solve({column: bound})
            if outcome is not None:
                return outcome
        return None

    def _solve(self, bound: Mapping[int, tuple[float, float]]) -> Outcome | None:
        self._relaxed.bound(bound)
        left = None if self._last is None else max(0, self._last - self._relaxed.iterations)
        try:
            outcome = self._relaxed.minimise(iterations=left)
        except SolverFailed:
            return None  # a dive proves nothing, so it may end here
        return outcome if outcome.status is Status.OPTIMAL else None

    @property
    def _is_given_up(self) -> bool:
        """Whether the last dive took more iterations than it had."""
        return self._last is not None and self._relaxed.iterations >= self._last

    # --- the solver's own search --------------------------------------------------------------------------------------

    def _search(self, relaxed: Outcome) -> Outcome:
        """Among few columns first: where that finds nothing it takes a fraction of the time."""
        outcome = Outcome(Status.INFEASIBLE)
        for near in (*(each for each in FEW if each < self._near), self._near):
            model = self._nearest(relaxed, near).with_more((), self._added)
            outcome = Program(model, effort=self._effort, quick=True).minimise(nodes=NODES, gap=GAP)
            if outcome.values:
                break
        return outcome

    def _nearest(self, relaxed: Outcome, near: int) -> Model:
        """The columns that the relaxed solution uses, those that cost least beside it, and all that are no moves."""
        unused = np.flatnonzero((np.array(relaxed.values) < WHOLE) & (self._model.costs == self._moved))
        aside = unused[np.argsort(np.array(relaxed.reduced)[unused], kind="stable")][near:]
        lower, upper = self._model.columns
        upper = np.where(self._model.costs == self._moved, np.minimum(upper, MOST_TIMES), upper)
        upper[aside] = 0.0
        return replace(self._model, columns=(lower, upper))


def _is_near(found: Outcome | None, relaxed: Outcome) -> TypeGuard[Outcome]:
    """Whether whole moves cost little more than fractions do."""
    return found is not None and found.objective <= NOT_DEARER * relaxed.objective + DEARER_BY
