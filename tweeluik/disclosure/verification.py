"""Which demands are met on a pattern: one by one, but first by whatever settles many at once.

One table serves many demands of one attacker; one that an attacker cannot exclude is tried on all others; what an
outsider excludes everybody excludes; and one table with everybody's own contributions in it is good for all.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from tweeluik.disclosure.requirement import Demand
from tweeluik.disclosure.separation import Probe, reach_of
from tweeluik.disclosure.solver import Outcome
from tweeluik.disclosure.system import Number
from tweeluik.disclosure.witness import Witness

_FEW = 2
_MORE = 1.3


@dataclass(frozen=True, slots=True)
class Settled:
    """Demands met by witnesses (one per direction), and those that failed.

    A failure holds the linear programs (one per direction) that prove it; none when only whole numbers prove it.
    """

    met: dict[Demand, tuple[Witness, ...]] = field(default_factory=dict)
    failed: dict[Demand, tuple[Outcome, ...]] = field(default_factory=dict)


def settle(probe: Probe, demands: Iterable[Demand], *, stop_after: int | None = None) -> Settled:
    """Attack what the probe hides now; stop once so many demands have failed.

    In an integral system that is trusted whole only whole witnesses settle a demand.
    """
    settling = _Settling(probe, stop_after)
    settling.run(demands)
    return settling.settled


class _Settling:
    def __init__(self, probe: Probe, stop_after: int | None) -> None:
        self._probe, self._stop_after = probe, stop_after
        self._tops: dict[tuple[int, int], Outcome] = {}
        self.settled = Settled()

    def run(self, demands: Iterable[Demand]) -> None:
        pending: dict[int, list[Demand]] = {}
        for demand in demands:
            pending.setdefault(demand.attacker, []).append(demand)
        insiders = [attacker for attacker in pending if self._probe.system.attackers[attacker].floors]
        for attacker in [each for each in pending if each not in insiders]:
            self._settle(attacker, pending.pop(attacker))
        if len(pending) > 1 and not self._enough:
            self._settle_together(pending)
        for attacker, group in pending.items():
            self._settle(attacker, group)

    @property
    def _enough(self) -> bool:
        return self._stop_after is not None and len(self.settled.failed) >= self._stop_after

    # --- many attackers at once --------------------------------------------------------------------------------------

    def _settle_together(self, pending: dict[int, list[Demand]]) -> None:
        wanted: Counter[tuple[int, int, Number]] = Counter()
        for attacker, group in pending.items():
            self._face(attacker, group)
            possible = (demand for demand in group if len(demand.signs) == 1 and not self._beyond(demand))
            wanted.update((d.variable, d.signs[0], d.need) for d in possible if not self._probe.known(d))
        for (variable, sign, need), many in wanted.items():
            if many > 1:
                self._probe.push_for_all(variable, sign, need)

    def _beyond(self, demand: Demand) -> tuple[Outcome, ...] | None:
        """What proves that a demand fails because an outsider excludes it already."""
        top = self._tops.get((demand.variable, demand.signs[0])) if len(demand.signs) == 1 else None
        return (top,) if top and reach_of(top) < demand.enough else None

    # --- one attacker ------------------------------------------------------------------------------------------------

    def _settle(self, attacker: int, group: Sequence[Demand]) -> None:
        self._face(attacker, group)
        rest = self._open(group)
        if rest:
            self._probe.face(attacker)
            rest = self._serve(rest)
        while rest and not self._enough:
            self._settle_one(rest[0])
            rest = self._open(rest[1:])

    def _serve(self, rest: list[Demand]) -> list[Demand]:
        """Tables that serve many demands, for as long as they do; what is left.

        Where no table was found fewer are asked for at once, then more again.
        """
        idle, many = 0, len(rest)
        # A table in whole numbers costs less than proving one demand alone; one in fractions as much as several.
        worth, patience = (1, 16) if self._probe.wants_whole else (8, 1)
        while len(rest) > worth and idle < patience and not self._probe.partly:
            found = self._probe.serve(rest, many / len(rest))
            left = self._open(rest) if found else rest
            idle = 0 if len(rest) - len(left) >= worth else idle + 1
            many = math.ceil(many * _MORE) if found else max(_FEW, many // 2)
            rest, many = left, min(many, len(left))
        return rest

    def _face(self, attacker: int, group: Iterable[Demand]) -> None:
        self._probe.memory.face(attacker)
        self._probe.memory.look({demand.variable for demand in group})

    def _open(self, demands: Sequence[Demand]) -> list[Demand]:
        rest = []
        for demand in demands:
            known = self._probe.known(demand)
            if known is None:
                rest.append(demand)
            else:
                self.settled.met[demand] = known
        return rest

    def _settle_one(self, demand: Demand) -> None:
        probe, outcomes = self._probe, self._beyond(demand)
        outcomes = outcomes or tuple(probe.push(demand.variable, sign) for sign in demand.signs)
        if not probe.system.attackers[demand.attacker].floors:
            tops = zip(demand.signs, outcomes, strict=True)
            self._tops.update({(demand.variable, sign): outcome for sign, outcome in tops})
        if sum(reach_of(outcome) for outcome in outcomes) < demand.enough:
            self.settled.failed[demand] = outcomes
            return
        for sign, outcome in zip(demand.signs, outcomes, strict=True):
            probe.keep(outcome, demand.variable, sign, demand.need)
        known = probe.known(demand) or (self._in_whole(demand) if probe.wants_whole else None)
        if known is None:
            self.settled.failed[demand] = () if probe.wants_whole else outcomes
        else:
            self.settled.met[demand] = known

    def _in_whole(self, demand: Demand) -> tuple[Witness, ...] | None:
        missing: Number = demand.need
        for sign in demand.signs:
            missing -= self._probe.push_whole(demand.variable, demand.attacker, sign, missing)
        return self._probe.known(demand) if missing <= 0 else None
