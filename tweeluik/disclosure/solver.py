"""One linear program, kept warm: the only module that knows HiGHS.

HiGHS runs on one thread with a fixed seed everywhere. Two models with different `threads` in one process fail silently,
so the options are set here alone and every status is checked. It is never given a limit in seconds: without one it
reads the clock for its log only, so that its answers do not depend on the machine's speed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from tweeluik.disclosure.effort import Effort
from tweeluik.disclosure.linear import INFINITY, Model, Outcome, Row, Status

if TYPE_CHECKING:
    from highspy import Highs, HighsStatus
    from highspy._core.cb import HighsCallbackInput

    from tweeluik.disclosure.linear import Floats


class Simplex(Enum):
    """HiGHS's numbers of its methods."""

    DUAL = 1
    PRIMAL = 4


class SolverFailed(RuntimeError):
    """HiGHS ended in a state that proves nothing."""


class Program:
    """Minimise cost over columns and rows; bounds, costs and rows change between solves and the basis stays warm.

    `simplex` says from which side a warm basis is improved: primal where costs change, dual where bounds or rows do.
    All work is counted on `effort`; a search in whole numbers ends with it. `unit`: columns and rows are in ones
    outside, in units for the solver. `quick`: in whole numbers, one look for a good solution in place of many. `whole`:
    False takes whole columns as any other. `presolve`: False where a few iterations do, so that
    looking for what can be left out costs more than they.
    """

    def __init__(
        self,
        model: Model,
        *,
        effort: Effort | None = None,
        unit: float = 1.0,
        simplex: Simplex = Simplex.DUAL,
        quick: bool = False,
        whole: bool = True,
        presolve: bool = True,
    ) -> None:
        self._costs = model.costs.copy()
        self._whole = whole and bool(model.whole.any())
        self._unit = unit
        self._work = _Work(effort or Effort.endless(), len(model.costs) + len(model.rows[0]))
        self._highs = _quiet()
        self._presolve = "choose" if presolve else "off"
        for option, value in {**_OPTIONS, **(_QUICK if quick else {}), "presolve": self._presolve}.items():
            self._must(self._highs.setOptionValue(option, value))
        self._must(self._highs.setOptionValue("simplex_strategy", simplex.value))
        self._must(self._pass(model))
        if self._whole:
            _interruptible(self._highs, self._work)

    def _must(self, status: HighsStatus) -> None:
        from highspy import HighsStatus

        if status == HighsStatus.kError:
            raise SolverFailed("the solver refused a change of its model")

    def _pass(self, model: Model) -> HighsStatus:
        """All at once, as arrays: of a `HighsLp` every number is converted by itself."""
        import numpy as np
        from highspy import MatrixFormat, ObjSense

        (lower, upper), (least, most) = (
            (low / self._unit, high / self._unit) for low, high in (model.columns, model.rows)
        )
        whole = model.whole if self._whole else np.zeros(len(model.costs), dtype=np.bool_)
        return self._highs.passModel(
            len(model.costs), len(model.rows[0]), len(model.index), int(MatrixFormat.kRowwise),
            int(ObjSense.kMinimize), 0.0, model.costs, lower, upper, least, most,
            model.first, model.index, model.value, whole.astype(np.int32),
        )  # fmt: skip

    def _in_units(self, numbers: Sequence[float]) -> Floats:
        import numpy as np

        return np.array(numbers, dtype=float) / self._unit

    def bound(self, bounds: Mapping[int, tuple[float, float]]) -> None:
        """Set the bounds of these columns."""
        if bounds:
            import numpy as np

            lower, upper = zip(*bounds.values(), strict=True)
            index = np.array(list(bounds), dtype=np.int32)
            self._must(self._highs.changeColsBounds(len(index), index, self._in_units(lower), self._in_units(upper)))

    def charge(self, costs: Mapping[int, float]) -> None:
        """Set the costs of these columns."""
        if costs:
            import numpy as np

            for column, cost in costs.items():
                self._costs[column] = cost
            index = np.array(list(costs), dtype=np.int32)
            self._must(self._highs.changeColsCost(len(index), index, np.array(list(costs.values()), float)))

    def add(self, row: Row) -> None:
        """Add a row."""
        import numpy as np

        index = np.array([index for index, _ in row.terms], dtype=np.int32)
        values = np.array([coefficient for _, coefficient in row.terms], dtype=float)
        self._must(self._highs.addRow(row.lower / self._unit, row.upper / self._unit, len(index), index, values))
        self._work.size += 1

    def suggest(self, values: Sequence[float]) -> None:
        """Offer a whole solution to start from."""
        from highspy import HighsSolution

        solution = HighsSolution()
        solution.col_value = list(values)
        self._must(self._highs.setSolution(solution))

    def minimise(self, *, nodes: int | None = None, gap: float = 0.0, iterations: int | None = None) -> Outcome:
        """Solve, within the limits; in whole numbers a solution counts as optimal within that part of the bound.

        `iterations`: of the simplex at most, `nodes`: of a search in whole numbers.

        Raises:
            SolverFailed: the solver ended in a state that proves nothing.
        """
        self._must(self._highs.setOptionValue("simplex_iteration_limit", _MOST if iterations is None else iterations))
        self._must(self._highs.setOptionValue("mip_rel_gap", max(gap, _NO_GAP)))
        self._must(self._highs.setOptionValue("mip_max_nodes", _MOST if nodes is None else nodes))
        self._run()
        # A bad warm basis or suggestion, or presolve that cannot tell infeasible from unbounded: again, cold. Scaling
        # may leave a solution that is none in the program's own numbers: again without.
        outcome = self._outcome() or self._again(scaled=True) or self._again(scaled=False)
        if outcome is None:
            raise SolverFailed(f"the solver ended without proof: {self._highs.getModelStatus()}")
        return outcome

    @property
    def iterations(self) -> int:
        """Those of the simplex in all solves together; of a search in whole numbers none are counted."""
        return self._work.iterations

    def _run(self) -> None:
        self._highs.run()
        self._work.solved(0 if self._whole else self._highs.getInfo().simplex_iteration_count)

    def _again(self, *, scaled: bool) -> Outcome | None:
        self._highs.clearSolver()
        scaling = self._highs.getOptionValue("simplex_scale_strategy")[1]
        self._must(self._highs.setOptionValue("presolve", "choose" if self._whole else "off"))
        self._must(self._highs.setOptionValue("simplex_scale_strategy", scaling if scaled else 0))
        self._run()
        outcome = self._outcome()
        self._must(self._highs.setOptionValue("presolve", self._presolve))
        self._must(self._highs.setOptionValue("simplex_scale_strategy", scaling))
        return outcome

    def _outcome(self) -> Outcome | None:
        from highspy import HighsModelStatus

        status = {
            HighsModelStatus.kOptimal: Status.OPTIMAL,
            HighsModelStatus.kModelEmpty: Status.OPTIMAL,
            HighsModelStatus.kInfeasible: Status.INFEASIBLE,
            HighsModelStatus.kUnbounded: Status.UNBOUNDED,
            HighsModelStatus.kInterrupt: Status.UNFINISHED,
            HighsModelStatus.kIterationLimit: Status.UNFINISHED,
            HighsModelStatus.kSolutionLimit: Status.UNFINISHED,
        }.get(self._highs.getModelStatus())
        if status in (None, Status.INFEASIBLE, Status.UNBOUNDED):
            return None if status is None else Outcome(status)
        info, solution = self._highs.getInfo(), self._highs.getSolution()
        if info.primal_solution_status != _FEASIBLE:
            if status is Status.OPTIMAL:
                return None
            return Outcome(Status.UNFINISHED, bound=info.mip_dual_bound if self._whole else -INFINITY)
        values, unit = tuple(solution.col_value), self._unit
        if self._whole and not self._agrees(values, info.objective_function_value):
            return None
        return Outcome(
            status,
            values=values if unit == 1 else tuple(value * unit for value in values),
            duals=() if self._whole else tuple(solution.row_dual),
            reduced=() if self._whole else tuple(solution.col_dual),
            objective=info.objective_function_value * unit,
            bound=(info.mip_dual_bound if self._whole else info.objective_function_value) * unit,
        )

    def _agrees(self, values: tuple[float, ...], objective: float) -> bool:
        """Whether a whole solution costs what HiGHS says: after a suggestion it may report another's cost."""
        cost = float(self._costs @ values)
        return abs(cost - objective) <= _NOISE * max(1.0, abs(objective))


def _quiet() -> Highs:
    """HiGHS without callbacks: enabling them prints a banner on standard output before any option can forbid it."""
    from highspy import Highs

    class Quiet(Highs):
        def enableCallbacks(self) -> None:  # noqa: N802
            pass

    return Quiet()  # type: ignore[no-untyped-call]


def _interruptible(highs: Highs, work: _Work) -> None:
    """Let HiGHS ask now and then whether to go on; past the wrapper's own events, which cost more than they bring."""
    from highspy import cb
    from highspy._core import _Highs

    _Highs.setCallback(highs, work.looked, None)
    highs.startCallbackInt(int(cb.HighsCallbackType.kCallbackMipInterrupt))


@dataclass(slots=True)
class _Work:
    """What the solves of one program cost. It knows nothing of the program: a callback must not keep that alive."""

    effort: Effort
    size: int
    iterations: int = 0

    def solved(self, iterations: int) -> None:
        """A solve has ended."""
        self.iterations += max(0, iterations)
        self.effort.spend(_SOLVE + self.size * max(0, iterations))

    def looked(self, _kind: object, _message: object, _told: object, answer: HighsCallbackInput, _data: object) -> None:
        """HiGHS looks up from a search in whole numbers, which it does after a fixed amount of work."""
        self.effort.spend(_LOOK * self.size)
        answer.user_interrupt = self.effort.spent


_SOLVE = 5_000
_LOOK = 100
_FEASIBLE = 2
_NO_GAP = 1e-7
_NOISE = 1e-6
_MOST = 2**31 - 1
_OPTIONS: dict[str, bool | int | float] = {
    "output_flag": False,
    "threads": 1,
    "random_seed": 0,
    "mip_abs_gap": _NO_GAP,
    # A master restarted at its root took five times as long.
    "mip_allow_restart": False,
}
_QUICK: dict[str, bool | int | float] = {
    "mip_heuristic_run_rins": False,
    "mip_heuristic_run_root_reduced_cost": False,
    "mip_pscost_minreliable": 0,
}
"""Only what solves the program near its relaxation: nearly the same worlds in a third of the time."""
