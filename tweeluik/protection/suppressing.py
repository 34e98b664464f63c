"""The first method, cell suppression: exact numbers, some of them not shown."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace

from tweeluik.disclosure.effort import Effort
from tweeluik.disclosure.suppression import suppress
from tweeluik.disclosure.system import Role, System, Target, Variable
from tweeluik.protection.cost import Cost
from tweeluik.protection.decoys import with_decoys
from tweeluik.protection.differences import FEWEST_THAT_CHANGE, Difference, Standing
from tweeluik.protection.keyed_noise import KeyedNoise
from tweeluik.protection.linked import Linked
from tweeluik.record.cell import Content, Shown, Suppressed

NOISE = 0.5
"""The part of a weight that noise may add, so that knowing how weights are made does not tell which cell had to go."""


def suppression_system(linked: Linked, standing: Standing, noise: KeyedNoise, edition: str) -> System:
    """Every cell with its role, what hiding it costs, and what nobody may learn about it."""
    must_hide = linked.sensitive | standing.hidden | {each.unknown for each in linked.differences}
    variables = [
        Variable(
            unknown.value,
            *linked.window(i),
            weight=_weight(unknown.value, noise.fraction("weight", edition, unknown.key[0], sorted(unknown.key[1]))),
            role=_role(i, must_hide, standing),
        )
        for i, unknown in enumerate(linked.unknowns.all)
    ]
    return linked.system(variables, (*linked.targets, *difference_targets(linked)))


def _role(i: int, must_hide: frozenset[int], standing: Standing) -> Role:
    if i in must_hide:
        return Role.SENSITIVE
    return Role.FIXED if i in standing.shown else Role.FREE


def _weight(value: int, fraction: float) -> int:
    """What a reader loses: more for larger numbers, in step with their logarithm."""
    return int(1000 * math.log2(2 + value) * (1 + NOISE * fraction))


def difference_targets(linked: Linked) -> Iterator[Target]:
    """For cells that are hidden because of another edition: nobody can exclude "no change", nor a change by enough."""
    for each in linked.differences:
        yield _difference_target(each, linked.unknowns.all[each.unknown].value, linked.named(each.unknown))


def _difference_target(difference: Difference, value: int, named: int) -> Target:
    earlier = difference.earlier
    if value < earlier:
        return Target(difference.unknown, 0, low=max(named, min(earlier - FEWEST_THAT_CHANGE, value - 1)), high=earlier)
    low = max(named, min(earlier, value - 1))
    return Target(difference.unknown, 0, low=low, high=max(earlier + FEWEST_THAT_CHANGE, value + 1))


def suppressed(
    linked: Linked, standing: Standing, noise: KeyedNoise, edition: str, *, effort: Effort
) -> tuple[tuple[Content, ...], Cost]:
    """One content per unknown, verified, and what that costs.

    Raises:
        CannotBeProtected: no pattern is safe.
        OutOfEffort: no safe pattern was found within the effort.
    """
    system = suppression_system(linked, standing, noise, edition)
    pattern = suppress(_without_idle(system), effort=effort)
    hidden = with_decoys(linked, system, pattern.hidden, noise, edition)
    contents = tuple(
        Suppressed() if i in hidden else Shown(unknown.value) for i, unknown in enumerate(linked.unknowns.all)
    )
    return contents, Cost(pattern.objective, pattern.bound)


def _without_idle(system: System) -> System:
    """Targets that the truth itself meets ask nothing."""
    asked = tuple(target for target in system.targets if _asks(target, system.variables[target.variable]))
    return replace(system, targets=asked)


def _asks(target: Target, variable: Variable) -> bool:
    down = target.low is not None and target.low < variable.value
    up = target.high is not None and target.high > variable.value
    return down or up or bool(target.width)
