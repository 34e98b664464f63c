"""Which requirements are met on a pattern: one by one, but first by whatever meets many at once.

One table serves many requirements of one attacker; one that an attacker cannot exclude is tried on all others; what an
outsider excludes everybody excludes; and one table with everybody's own contributions in it is good for all.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from tweeluik.disclosure.linear import Outcome
from tweeluik.disclosure.requirement import Requirement
from tweeluik.disclosure.separation import Separation, reach_of
from tweeluik.disclosure.system import Number
from tweeluik.disclosure.witness import Witness

_FEW = 2
_MORE = 1.3


@dataclass(frozen=True, slots=True)
class Verified:
    """Requirements met by witnesses (one per direction), and those that failed.

    A failure holds the linear programs (one per direction) that prove it; none when only whole numbers prove it.
    """

    met: dict[Requirement, tuple[Witness, ...]] = field(default_factory=dict)
    failed: dict[Requirement, tuple[Outcome, ...]] = field(default_factory=dict)


def verify(separation: Separation, requirements: Iterable[Requirement], *, stop_after: int | None = None) -> Verified:
    """Attack what the separation hides now; stop once so many requirements have failed.

    In an integral system that is trusted whole only whole witnesses meet a requirement.
    """
    verification = _Verification(separation, stop_after)
    verification.run(requirements)
    return verification.verified


class _Verification:
    def __init__(self, separation: Separation, stop_after: int | None) -> None:
        self._separation, self._stop_after = separation, stop_after
        self._tops: dict[tuple[int, int], Outcome] = {}
        self.verified = Verified()

    def run(self, requirements: Iterable[Requirement]) -> None:
        pending: dict[int, list[Requirement]] = {}
        for requirement in requirements:
            pending.setdefault(requirement.attacker, []).append(requirement)
        insiders = [attacker for attacker in pending if self._separation.system.attackers[attacker].floors]
        for attacker in [each for each in pending if each not in insiders]:
            self._verify(attacker, pending.pop(attacker))
        if len(pending) > 1 and not self._enough:
            self._verify_together(pending)
        for attacker, group in pending.items():
            self._verify(attacker, group)

    @property
    def _enough(self) -> bool:
        return self._stop_after is not None and len(self.verified.failed) >= self._stop_after

    # --- many attackers at once --------------------------------------------------------------------------------------

    def _verify_together(self, pending: dict[int, list[Requirement]]) -> None:
        wanted: Counter[tuple[int, int, Number]] = Counter()
        for attacker, group in pending.items():
            self._face(attacker, group)
            possible = (
                requirement for requirement in group if len(requirement.signs) == 1 and not self._beyond(requirement)
            )
            wanted.update((d.variable, d.signs[0], d.need) for d in possible if not self._separation.known(d))
        for (variable, sign, need), many in wanted.items():
            if many > 1:
                self._separation.push_for_all(variable, sign, need)

    def _beyond(self, requirement: Requirement) -> tuple[Outcome, ...] | None:
        """What proves that a requirement fails because an outsider excludes it already."""
        top = self._tops.get((requirement.variable, requirement.signs[0])) if len(requirement.signs) == 1 else None
        return (top,) if top and reach_of(top) < requirement.enough else None

    # --- one attacker ------------------------------------------------------------------------------------------------

    def _verify(self, attacker: int, group: Sequence[Requirement]) -> None:
        self._face(attacker, group)
        rest = self._open(group)
        if rest:
            self._separation.face(attacker)
            rest = self._serve(rest)
        while rest and not self._enough:
            self._verify_one(rest[0])
            rest = self._open(rest[1:])

    def _serve(self, rest: list[Requirement]) -> list[Requirement]:
        """Tables that serve many requirements, for as long as they do; what is left.

        Where no table was found fewer are asked for at once, then more again.
        """
        idle, many = 0, len(rest)
        # A table in whole numbers costs less than proving one requirement alone; one in fractions as much as several.
        worth, patience = (1, 16) if self._separation.wants_whole else (8, 1)
        while len(rest) > worth and idle < patience and not self._separation.partly:
            found = self._separation.serve(rest, many / len(rest))
            left = self._open(rest) if found else rest
            idle = 0 if len(rest) - len(left) >= worth else idle + 1
            many = math.ceil(many * _MORE) if found else max(_FEW, many // 2)
            rest, many = left, min(many, len(left))
        return rest

    def _face(self, attacker: int, group: Iterable[Requirement]) -> None:
        self._separation.memory.face(attacker)
        self._separation.memory.look({requirement.variable for requirement in group})

    def _open(self, requirements: Sequence[Requirement]) -> list[Requirement]:
        rest = []
        for requirement in requirements:
            known = self._separation.known(requirement)
            if known is None:
                rest.append(requirement)
            else:
                self.verified.met[requirement] = known
        return rest

    def _verify_one(self, requirement: Requirement) -> None:
        separation, outcomes = self._separation, self._beyond(requirement)
        outcomes = outcomes or tuple(separation.push(requirement.variable, sign) for sign in requirement.signs)
        if not separation.system.attackers[requirement.attacker].floors:
            tops = zip(requirement.signs, outcomes, strict=True)
            self._tops.update({(requirement.variable, sign): outcome for sign, outcome in tops})
        if sum(reach_of(outcome) for outcome in outcomes) < requirement.enough:
            self.verified.failed[requirement] = outcomes
            return
        for sign, outcome in zip(requirement.signs, outcomes, strict=True):
            separation.keep(outcome, requirement.variable, sign, requirement.need)
        known = separation.known(requirement) or (self._in_whole(requirement) if separation.wants_whole else None)
        if known is None:
            self.verified.failed[requirement] = () if separation.wants_whole else outcomes
        else:
            self.verified.met[requirement] = known

    def _in_whole(self, requirement: Requirement) -> tuple[Witness, ...] | None:
        missing: Number = requirement.need
        for sign in requirement.signs:
            missing -= self._separation.push_whole(requirement.variable, requirement.attacker, sign, missing)
        return self._separation.known(requirement) if missing <= 0 else None
