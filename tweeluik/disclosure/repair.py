"""Patterns by hand: hide more until everybody fails, then show again what need not be hidden.

The heuristic of every incumbent. Hiding follows the cheapest flow that gives a failed requirement its deviation;
showing goes from the dearest variable down.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress

from tweeluik.disclosure.effort import OutOfEffort
from tweeluik.disclosure.flow import Flow
from tweeluik.disclosure.requirement import Requirement
from tweeluik.disclosure.separation import Separation
from tweeluik.disclosure.system import Number, Role, System
from tweeluik.disclosure.verification import Verified, verify
from tweeluik.disclosure.virtual import ExposedSum, find_exposed_sums
from tweeluik.disclosure.witness import Witness

Met = dict[Requirement, tuple[Witness, ...]]


class Hopeless(Exception):
    """Nothing that may be hidden meets a requirement, or covers a sensitive sum."""

    def __init__(self, cause: Requirement | ExposedSum) -> None:
        self.cause = cause
        super().__init__("nothing that may be hidden helps")


class Repair:
    """Mends and thins patterns of one system through one separation.

    `excludes` tells quickly of some patterns that they are not safe.
    """

    def __init__(self, system: System, separation: Separation, excludes: Callable[[frozenset[int]], bool]) -> None:
        self._system, self._separation, self._excludes = system, separation, excludes
        self._free = system.all_with(Role.FREE)
        self._always = system.all_with(Role.SENSITIVE) | separation.cross_classified
        self._flows: dict[bool, Flow] = {}
        separation.hide(self._always)
        self._protected = frozenset(requirement.variable for requirement in separation.asked())
        self._equations: dict[int, list[frozenset[int]]] = {}
        for constraint in system.constraints:
            members = frozenset(i for i, _ in constraint.terms)
            for i in members if constraint.is_equation else ():
                self._equations.setdefault(i, []).append(members)

    def cost(self, hidden: frozenset[int]) -> int:
        """What a pattern costs: the weights of its FREE variables."""
        return sum(self._system.variables[i].weight for i in hidden & self._free)

    def mend(self, hidden: frozenset[int], *, discount: Mapping[int, float]) -> frozenset[int]:
        """Hide more until the attack finds nothing.

        `discount` (0..1 per variable) lowers the price of variables that a relaxation would hide anyway.

        Raises:
            Hopeless: nothing that may be hidden helps.
            OutOfEffort: that of the separation is spent.
        """
        return _Mending(self._system, self._separation, self._flow, discount).run(hidden)

    def _flow(self, whole: bool) -> Flow:
        if whole not in self._flows:
            self._flows[whole] = Flow(self._system, whole=whole, effort=self._separation.effort)
        return self._flows[whole]

    def thin(self, hidden: frozenset[int]) -> frozenset[int]:
        """Show every variable of a safe pattern that need not be hidden, the dearest first; safe throughout.

        Where the effort ends so does the thinning.
        """
        with suppress(OutOfEffort):
            for thinner in self._thinner(hidden):
                hidden = thinner
        self._separation.hide(hidden)
        return hidden

    def _thinner(self, hidden: frozenset[int]) -> Iterator[frozenset[int]]:
        self._separation.hide(hidden)
        met = dict(verify(self._separation, self._separation.asked()).met)
        for i in sorted(hidden & self._free, key=lambda i: (-self._system.variables[i].weight, i)):
            if not self._gives_away(hidden - {i}, i) and not self._excludes(hidden - {i}):
                again = self._still_met(met, hidden - {i}, i)
                if again is not None:
                    hidden, met = hidden - {i}, again
                    yield hidden

    def _gives_away(self, hidden: frozenset[int], shown: int) -> bool:
        """Whether an equation of the variable now shown is left with one protected variable: the quick refusal."""
        unknown = hidden | self._separation.cross_classified
        left = (members & unknown for members in self._equations.get(shown, ()))
        return any(len(alone) == 1 and alone <= self._protected for alone in left)

    def _still_met(self, met: Met, hidden: frozenset[int], shown: int) -> Met | None:
        """The requirements with witnesses that do without one variable; None when that fails."""
        separation, memory, before = self._separation, self._separation.memory, self._separation.hidden
        witnesses = list(memory.witnesses)
        rest = {requirement: own for requirement, own in met.items() if requirement.variable != shown}
        separation.hide(hidden)
        kept = len(memory.witnesses)
        lost = [requirement for requirement, own in rest.items() if any(shown in witness.moves for witness in own)]
        near = frozenset[int]().union(*self._equations.get(shown, ()))
        try:
            # What is nearest fails soonest.
            reached = verify(
                separation, [requirement for requirement in lost if requirement.variable in near], stop_after=1
            )
            if not reached.failed:
                further = verify(
                    separation, [requirement for requirement in lost if requirement.variable not in near], stop_after=1
                )
                reached = Verified(reached.met | further.met, further.failed)
        except OutOfEffort:
            separation.hide(before)
            memory.replace(witnesses)
            raise
        if not reached.failed and not any(find_exposed_sums(self._system, hidden)):
            return rest | reached.met
        fresh = memory.witnesses[kept:]
        separation.hide(before)
        memory.replace(witnesses + fresh)
        return None


class _Mending:
    """One run of `Repair.mend`."""

    def __init__(
        self,
        system: System,
        separation: Separation,
        flow: Callable[[bool], Flow],
        discount: Mapping[int, float],
    ) -> None:
        self._system, self._separation, self._flow, self._discount = system, separation, flow, discount
        self._free = system.all_with(Role.FREE)
        self._banned: frozenset[int] = frozenset()
        self._hidden: frozenset[int] = frozenset()

    def run(self, hidden: frozenset[int]) -> frozenset[int]:
        self._set(hidden | self._system.all_with(Role.SENSITIVE))
        self._restart()
        before = None
        while before != self._hidden:
            before = self._hidden
            failed = list(verify(self._separation, self._separation.asked()).failed)
            while failed:
                self._meet(failed[0])
                # What is hidden for one requirement often meets others on the same variable.
                alike = [each for each in failed[1:] if each.variable == failed[0].variable]
                still = verify(self._separation, self._still_asked(alike)).failed
                failed = [each for each in failed[1:] if each in still or each.variable != failed[0].variable]
            for exposed in find_exposed_sums(self._system, self._hidden):
                self._cover(exposed)
        return self._hidden

    def _restart(self) -> None:
        self._flow(False).restart(
            self._hidden | self._separation.cross_classified, discount=self._discount, banned=self._banned
        )

    def _set(self, hidden: frozenset[int]) -> None:
        self._hidden = hidden
        self._separation.hide(hidden)

    def _meet(self, requirement: Requirement) -> None:
        if not self._still_asked([requirement]) or self._is_met(requirement):
            return
        if self._widen(requirement, self._flow(False)) or (
            self._separation.wants_whole and self._widen_whole(requirement)
        ):
            return
        if requirement.variable not in self._free:
            raise Hopeless(requirement)
        # Hidden for another's sake but itself out of reach: show it, and let others take its place.
        self._banned |= {requirement.variable}
        self._set(self._hidden - self._banned)
        self._restart()

    def _still_asked(self, requirements: list[Requirement]) -> list[Requirement]:
        return [requirement for requirement in requirements if requirement.variable in self._separation.hidden]

    def _is_met(self, requirement: Requirement) -> bool:
        return not verify(self._separation, [requirement]).failed

    def _widen_whole(self, requirement: Requirement) -> bool:
        flow = self._flow(True)
        flow.restart(self._hidden | self._separation.cross_classified, discount=self._discount, banned=self._banned)
        return self._widen(requirement, flow)

    def _widen(self, requirement: Requirement, flow: Flow) -> bool:
        """Hide the support of a cheapest flow; whether that meets the requirement."""
        for legs in self._legs(requirement):
            supports = [flow.support(requirement, sign, need) for sign, need in legs if need > 0]
            wider = frozenset[int]().union(*(support for support in supports if support))
            if None not in supports:
                flow.hide(wider)
                self._flow(False).hide(wider)
                self._set(self._hidden | wider)
                return self._is_met(requirement)
        return False

    def _legs(self, requirement: Requirement) -> list[tuple[tuple[int, Number], ...]]:
        """The ways to divide a requirement over its directions, the evenest last."""
        if len(requirement.signs) == 1:
            return [((requirement.signs[0], requirement.need),)]
        separation = Separation(self._system, effort=self._separation.effort)
        separation.hide(self._hidden | (self._free - self._banned))
        low, high = separation.interval(requirement.variable, requirement.attacker)
        up = min(requirement.need, high - self._system.variables[requirement.variable].value)
        down = min(requirement.need, self._system.variables[requirement.variable].value - low)
        return [((1, up), (-1, requirement.need - up)), ((1, requirement.need - down), (-1, down))]

    def _cover(self, exposed: ExposedSum) -> None:
        members = frozenset(i for i, _ in self._system.constraints[exposed.constraint].terms)
        others = sorted(
            members & self._free - self._hidden - self._banned, key=lambda i: (self._system.variables[i].weight, i)
        )
        if not others:
            raise Hopeless(exposed)
        self._flow(False).hide(others[:1])
        self._set(self._hidden | {others[0]})
