"""Why a system cannot be protected: which target, given away by which constraints."""

from __future__ import annotations

from tweeluik.disclosure.requirement import Requirement, requirements_of
from tweeluik.disclosure.separation import Separation
from tweeluik.disclosure.system import Role, System, Target
from tweeluik.disclosure.verification import verify
from tweeluik.disclosure.virtual import ExposedSum


class CannotBeProtected(Exception):
    """Hiding everything that may be hidden leaves a target within reach, or a sensitive sum given away.

    `target` is None for a sum. `constraints` (indices into `System.constraints`) are those that give it away.
    """

    def __init__(self, target: Target | None, constraints: tuple[int, ...]) -> None:
        self.target, self.constraints = target, constraints
        super().__init__("no pattern is safe")


def diagnose(system: System, cause: Requirement | ExposedSum) -> CannotBeProtected:
    """The failure that names what gives the cause away."""
    if isinstance(cause, ExposedSum):
        return CannotBeProtected(None, (cause.constraint,))
    target = next(target for target in system.targets if cause in requirements_of(system, target))
    return CannotBeProtected(target, _giving_away(system, cause))


def _giving_away(system: System, requirement: Requirement) -> tuple[int, ...]:
    """Those with a dual in the attack on everything hidden; those on the variable if only whole numbers fail."""
    separation = Separation(system)
    separation.hide(system.all_with(Role.FREE) | system.all_with(Role.SENSITIVE))
    outcomes = verify(separation, [requirement]).failed.get(requirement, ())
    active = {i for outcome in outcomes for i, dual in enumerate(outcome.duals) if abs(dual) > 1e-9}  # noqa: PLR2004
    around = (i for i, constraint in enumerate(system.constraints) if requirement.variable in dict(constraint.terms))
    return tuple(sorted(active)) or tuple(around)
