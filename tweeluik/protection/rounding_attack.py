"""An attack on one rounding, and what it says of all other roundings of the same numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from tweeluik.disclosure.effort import Effort
from tweeluik.disclosure.linear import Outcome
from tweeluik.disclosure.requirement import Requirement
from tweeluik.disclosure.rounding import Cut
from tweeluik.disclosure.rounding_cuts import DualCuts, Windows, unless
from tweeluik.disclosure.separation import Separation, Trust
from tweeluik.disclosure.system import System
from tweeluik.disclosure.verification import verify
from tweeluik.protection.linked import Linked
from tweeluik.protection.rounding_windows import Values, in_window, rounding_system

AT_ONCE = 40
"""Failures that are turned into cuts between two roundings."""


@dataclass(frozen=True, slots=True)
class Attacked:
    """The unknowns (or groups) that somebody reaches, and what keeps the next rounding from it; safe if none."""

    reached: frozenset[int]
    cuts: tuple[Cut, ...]


def attack(linked: Linked, values: Values, exact: Sequence[int], effort: Effort) -> Attacked:
    """Attack rounded values: as the outsider in fractions, which is quick, and then as everybody in whole numbers.

    `exact`: per unknown how many of its number are told exactly; the rest is rounded.

    Raises:
        OutOfEffort: the attack did not end within the effort.
    """
    downs = tuple(_down(linked, i, each) for i, each in enumerate(exact))
    system, ups = rounding_system(linked, values), dict(_directions(linked, values, downs))
    failed = _failed(system, len(values), Trust.LINEAR, effort) or _failed(system, len(values), Trust.WHOLE, effort)
    if not failed:
        return Attacked(frozenset(), ())
    reached = frozenset(requirement.variable for requirement in failed)
    cuts = dict.fromkeys(_cuts(linked, system, failed, ups, downs))
    return Attacked(reached, tuple(cut for cut in cuts if not cut.holds(ups)) or (_other_than(linked, reached, ups),))


def _failed(system: System, cells: int, trust: Trust, effort: Effort) -> Mapping[Requirement, Sequence[Outcome]]:
    """Some requirements that are not met, with the programs that prove it; none where only whole numbers do."""
    separation = Separation(system, trust=trust, effort=effort)
    separation.hide(frozenset(range(cells)))
    asked = [each for each in separation.asked() if trust is Trust.WHOLE or not system.attackers[each.attacker].floors]
    return verify(separation, asked, stop_after=AT_ONCE).failed


def _directions(linked: Linked, values: Values, downs: Sequence[int]) -> Iterator[tuple[int, bool]]:
    """Per cell with a choice whether it went up."""
    for i, value in enumerate(values):
        if value is not None and downs[i] != linked.unknowns.all[i].value:
            yield i, value > downs[i]


def _down(linked: Linked, i: int, exact: int) -> int:
    """The lower multiple of a cell, beside those that are told exactly."""
    base = linked.limits.threshold
    return exact + (linked.unknowns.all[i].value - exact) // base * base


def _cuts(
    linked: Linked,
    system: System,
    failed: Mapping[Requirement, Sequence[Outcome]],
    ups: Mapping[int, bool],
    downs: Sequence[int],
) -> Iterator[Cut]:
    """What every safe rounding keeps that asks the same of the cells that failed."""
    base = linked.limits.threshold
    windows = {i: Windows(in_window(linked, i, downs[i]), in_window(linked, i, downs[i] + base)) for i in ups}
    dual = DualCuts(system, windows)
    for requirement, outcomes in failed.items():
        cut = dual.of(requirement, outcomes) if outcomes else None
        if cut is not None:
            yield unless(cut, {i: ups[i] for i in _deciding(linked, requirement) if i in ups})


def _deciding(linked: Linked, requirement: Requirement) -> frozenset[int]:
    """The cells whose directions decide that this side is asked: of a number of partners, none or enough."""
    unknowns, i = linked.unknowns, requirement.variable
    if len(requirement.signs) > 1 or i >= len(unknowns.every) or unknowns.every[i].key[0] != "partners":
        return frozenset()
    if i < len(unknowns.all):
        return frozenset({i})
    complement, _ = unknowns.complements[i - len(unknowns.index)]
    keys = (*complement.plus, *complement.minus, *(key for group in complement.at_most for key in group))
    return frozenset(unknowns.index[key] for key in keys)


def _other_than(linked: Linked, reached: frozenset[int], ups: Mapping[int, bool]) -> Cut:
    """Some cell around what was reached goes the other way."""
    last = len(linked.unknowns.every)
    near = reached | {i for each in reached if each >= last for i in linked.groups[each - last]}
    around = {i for row in linked.constraints if any(i in near for i, _ in row.terms) for i, _ in row.terms} | near
    cells = sorted(around & ups.keys()) or sorted(ups)
    return Cut(tuple((i, -1.0 if ups[i] else 1.0) for i in cells), 1.0 - sum(ups[i] for i in cells))
