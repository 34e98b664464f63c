"""The two methods behind one verb, and the ways in which both can fail."""

from __future__ import annotations

from tweeluik.disclosure.diagnosis import CannotBeProtected
from tweeluik.disclosure.effort import Effort, OutOfEffort
from tweeluik.disclosure.rounding import CannotBeRounded
from tweeluik.disclosure.solver import SolverFailed
from tweeluik.protection.cost import Cost
from tweeluik.protection.differences import Standing
from tweeluik.protection.keyed_noise import KeyedNoise
from tweeluik.protection.linked import Linked
from tweeluik.protection.rounding import CannotBeRoundedSafely, rounded
from tweeluik.protection.suppressing import suppressed
from tweeluik.record.cell import Content
from tweeluik.source.records import Edition

MORE = "give more of it, such as effort: {value: 4, source: …}, or ask for fewer tables"
"""What to do where the effort ended."""


class Failed(Exception):
    """An edition cannot be made safe: what is wrong, the unknown that is reached, the constraints that give it away.

    `cure`: what helps, where that is known beforehand.
    """

    def __init__(
        self, what: str, unknown: int | None = None, constraints: tuple[int, ...] = (), *, cure: str = ""
    ) -> None:
        self.what, self.unknown, self.constraints, self.cure = what, unknown, constraints, cure
        super().__init__("no safe publication was found")


def protect(
    linked: Linked, standing: Standing, noise: KeyedNoise, edition: Edition, *, effort: Effort
) -> tuple[tuple[Content, ...], Cost | None]:
    """One content per unknown by the method of the edition, and what hiding costs; None where nothing is hidden.

    Raises:
        Failed: nothing safe was found.
    """
    try:
        if edition.protection == "rounding":
            return rounded(linked, standing, noise, edition.id, effort=effort), None
        return suppressed(linked, standing, noise, edition.id, effort=effort)
    except CannotBeProtected as failure:
        unknown = failure.target.variable if failure.target else None
        raise Failed("no choice of hidden cells is safe", unknown, failure.constraints) from None
    except CannotBeRounded as failure:
        raise Failed("the rounded numbers cannot add up", None, failure.constraints) from None
    except CannotBeRoundedSafely as failure:
        raise Failed("no rounding found is safe", failure.unknown) from None
    except OutOfEffort:
        raise Failed("nothing safe was found within the effort of policy.yaml", cure=MORE) from None
    except SolverFailed:
        raise Failed("the solver gave no answer that can be relied on") from None
