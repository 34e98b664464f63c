"""The cheapest pattern of hidden variables that shuts every attacker out, proven or with its gap."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal, NoReturn

from tweeluik.disclosure.attack import Findings, findings
from tweeluik.disclosure.cuts import Cut, Cutter
from tweeluik.disclosure.diagnosis import CannotBeProtected, diagnose
from tweeluik.disclosure.effort import Effort, OutOfEffort
from tweeluik.disclosure.linear import Outcome
from tweeluik.disclosure.master import Master
from tweeluik.disclosure.repair import Hopeless, Repair
from tweeluik.disclosure.requirement import Requirement
from tweeluik.disclosure.separation import Separation, Trust
from tweeluik.disclosure.solver import SolverFailed
from tweeluik.disclosure.system import Role, System
from tweeluik.disclosure.verification import verify
from tweeluik.disclosure.virtual import find_exposed_sums
from tweeluik.disclosure.witness import Witness

__all__ = ["CannotBeProtected", "OutOfEffort", "Pattern", "suppress"]

Failed = dict[Requirement, tuple[Outcome, ...]]

_FOR_SHARES = 0.3
_FOR_A_FIRST = 0.5
_FOR_FRACTIONS = 0.75
_RELAXATIONS = 80
_LITTLE_FAILS = 15
_FAILS_AGAIN = 0.4
_ROUNDS = 200
_NODES = 20_000
_STUCK = 8
_LIKELY = 0.5
_COARSE = 0.02
_PARTS = (0.5, 0.0)
_TESTS = 24
_PROVEN = 2e-6


@dataclass(frozen=True, slots=True)
class Pattern:
    """A verified pattern: `hidden` are the FREE and SENSITIVE variables not shown.

    `objective` is the weight of its FREE variables, `bound` the least that any safe pattern costs (`optimal`: equal).
    """

    hidden: frozenset[int]
    objective: int
    bound: int
    status: Literal["optimal", "feasible"]
    findings: Findings

    @property
    def gap(self) -> float:
        """The part of the objective that is not proven necessary, 0..1."""
        return (self.objective - self.bound) / self.objective if self.objective else 0.0


def suppress(system: System, *, effort: Effort) -> Pattern:
    """The cheapest safe pattern, or the best verified one that the limits allow.

    Every limit is on counted work, so that the same system gives the same pattern on any machine.

    Raises:
        CannotBeProtected: no pattern is safe.
        OutOfEffort: no safe pattern was found within the effort: nothing can be published.
    """
    return _Search(system, effort).run()


class _Search:
    def __init__(self, system: System, effort: Effort) -> None:
        self._system, self._effort = system, effort
        self._early = effort.part(_FOR_SHARES)
        # The last part is for whole numbers, and more of it as long as there is no pattern in whole numbers.
        self._first, self._later = effort.part(_FOR_A_FIRST), effort.part(_FOR_FRACTIONS)
        self._cutter, self._master = Cutter(system), Master(system, effort)
        self._separation = Separation(system, trust=Trust.LINEAR, effort=effort)
        self._exact = Separation(system, effort=effort)
        self._repair, self._exact_repair = (
            Repair(system, separation, self._master.excludes) for separation in (self._separation, self._exact)
        )
        self._always = system.all_with(Role.SENSITIVE)
        self._failing = frozenset[Requirement]()
        self._bound = 0.0
        self._best: frozenset[int] | None = None
        self._proof: tuple[Witness, ...] = ()

    def run(self) -> Pattern:
        self._separation.hide(self._always)
        self._master.add(
            self._cutter.bridges(frozenset(requirement.variable for requirement in self._separation.asked()))
        )
        try:
            self._relax()
            self._rounds()
        except OutOfEffort:
            pass
        except Hopeless as hopeless:
            raise diagnose(self._system, hopeless.cause) from None
        return self._verified()

    def _verified(self) -> Pattern:
        """The best pattern, with the findings of a last attack in whole numbers."""
        if self._best is None:
            raise OutOfEffort
        separation = Separation(self._system)
        separation.hide(self._best)
        separation.adopt(self._proof)
        found = findings(separation)
        if not found.safe:
            raise SolverFailed("a pattern that seemed safe is not")
        cost = self._repair.cost(self._best)
        # The solver proves to one part in a million; closer than that is proven.
        bound = cost if cost - self._whole_bound <= _PROVEN * cost else self._whole_bound
        return Pattern(self._best, cost, bound, "optimal" if bound == cost else "feasible", found)

    @property
    def _whole_bound(self) -> int:
        """Weights are whole, so a bound counts as the next whole number."""
        return math.ceil(self._bound - 1e-6 * max(1.0, self._bound))

    @property
    def _open(self) -> float:
        """The part of the best pattern's cost that is not proven necessary yet."""
        return 1 - self._bound / self._repair.cost(self._best) if self._best else 1.0

    @property
    def _done(self) -> bool:
        return self._best is not None and self._repair.cost(self._best) <= self._whole_bound

    def _take(self, hidden: frozenset[int], discount: dict[int, float]) -> None:
        """Make a pattern safe and lean, in fractions first and then in whole numbers, and keep it if it is the best."""
        safe = self._repair.mend(self._always | hidden, discount=discount)
        # Without any safe pattern there was nothing yet to keep effort for.
        self._separation.effort = self._first if self._best is None else self._later
        lean = self._repair.thin(safe)
        if self._improves(lean):
            self._exact.hide(lean)
            self._exact.adopt(self._separation.memory.witnesses)
            whole = self._exact_repair.mend(lean, discount=discount)
            lean = lean if whole == lean else self._exact_repair.thin(whole)
            if self._improves(lean):
                self._best, self._proof = lean, tuple(self._exact.memory.witnesses)

    def _improves(self, hidden: frozenset[int]) -> bool:
        return self._best is None or self._repair.cost(hidden) < self._repair.cost(self._best)

    # --- the relaxation ----------------------------------------------------------------------------------------------

    def _relax(self) -> None:
        """Cut off the cheapest shares until attacks on them find nothing, or the bound no longer moves.

        Most of what is then hidden for the larger part is needed, so that a whole pattern is not far.
        """
        stuck, shares = 0, dict[int, float]()
        for _ in range(_RELAXATIONS):
            proposal = self._master.relax()
            if proposal.shares is None:
                self._find_no_pattern()
            shares = proposal.shares
            stuck = stuck + 1 if proposal.bound < self._bound * 1.0005 else 0
            self._bound = max(self._bound, proposal.bound)
            if self._early.spent or stuck > _STUCK or not self._master.add(self._cuts_at(shares)):
                break
        self._take(frozenset(i for i, share in shares.items() if share > _LIKELY), shares)

    def _find_no_pattern(self) -> NoReturn:
        """Find out what nothing that may be hidden helps."""
        self._take(self._always, {})
        raise SolverFailed("the cuts exclude a safe pattern")

    def _cuts_at(self, shares: dict[int, float]) -> list[Cut]:
        full = shares | dict.fromkeys(self._always, 1.0)
        self._separation.hide_partly(full)
        asked = self._separation.asked()
        # What failed a moment ago most often fails again: only where that teaches little is everything asked.
        failed = self._failed_partly(full, [requirement for requirement in asked if requirement in self._failing])
        if len(failed) < max(_LITTLE_FAILS, _FAILS_AGAIN * len(self._failing)):
            failed |= self._failed_partly(
                full, [requirement for requirement in asked if requirement not in self._failing]
            )
        self._failing = frozenset(failed)
        cuts = [self._cutter.benders(requirement, outcomes) for requirement, outcomes in failed.items()]
        return [cut for cut in (*cuts, *self._cutter.lone(full)) if cut and cut.lacks(full) > 1e-4]  # noqa: PLR2004

    def _failed_partly(self, shares: dict[int, float], requirements: list[Requirement]) -> Failed:
        # A variable hidden in part must be protected in part.
        asked = {_part(requirement, shares.get(requirement.variable, 1.0)): requirement for requirement in requirements}
        return {asked[part]: outcomes for part, outcomes in verify(self._separation, asked).failed.items()}

    # --- whole patterns ----------------------------------------------------------------------------------------------

    def _rounds(self) -> None:
        """Solve the master in whole numbers, attack what it proposes, and teach it.

        Roughly at first, to a part of what is open, for the next round knows more; closer once a round teaches nothing.
        """
        parts = iter(_PARTS)
        part = next(parts)
        for _ in range(_ROUNDS):
            if self._done or self._best is None or self._effort.spent:
                return
            gap = max(_COARSE, self._open * part) if part else 0.0
            proposal = self._master.solve(start=self._best, nodes=_NODES, gap=gap)
            self._bound = max(self._bound, proposal.bound)
            if proposal.shares is None:
                return
            if not self._learn(self._always | frozenset(proposal.shares)):
                if not part:
                    return
                part = next(parts)

    def _learn(self, hidden: frozenset[int]) -> bool:
        """Attack a proposal; whether that taught anything new."""
        failed = self._failed(self._separation, hidden) or self._failed(self._exact, hidden)
        cuts = [self._cut(hidden, requirement, outcomes) for requirement, outcomes in failed.items()]
        cuts += self._cutter.lone(dict.fromkeys(hidden, 1.0))
        cuts += [self._cutter.wider(exposed, hidden) for exposed in find_exposed_sums(self._system, hidden)]
        self._take(hidden, {})
        return self._master.add(cut for cut in cuts if cut) > 0

    def _failed(self, separation: Separation, hidden: frozenset[int]) -> Failed:
        separation.hide(hidden)
        return verify(separation, separation.asked()).failed

    def _cut(self, hidden: frozenset[int], requirement: Requirement, outcomes: tuple[Outcome, ...]) -> Cut | None:
        if outcomes:
            return self._cutter.benders(requirement, outcomes)
        return self._cutter.more(self._most_in_vain(hidden, requirement), requirement.variable)

    def _most_in_vain(self, hidden: frozenset[int], requirement: Requirement) -> frozenset[int]:
        """Whole numbers fail a requirement: a pattern as large as can cheaply be found that fails it too."""
        blocks = [tuple(sorted(self._system.all_with(Role.FREE) - hidden))]
        for _ in range(_TESTS):
            if not blocks:
                break
            block = blocks.pop(0)
            self._exact.hide(hidden | frozenset(block))
            if verify(self._exact, [requirement]).failed:
                hidden |= frozenset(block)
            elif len(block) > 1:
                blocks += [block[: len(block) // 2], block[len(block) // 2 :]]
        return hidden


def _part(requirement: Requirement, share: float) -> Requirement:
    return (
        requirement
        if share >= 1
        else Requirement(requirement.variable, requirement.attacker, requirement.signs, requirement.need * share)
    )
