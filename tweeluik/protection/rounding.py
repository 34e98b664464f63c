"""The second method, controlled rounding: every number a multiple of a base, less than one base from the truth.

The base is the threshold: then a window around a small number always reaches "none" or "enough".
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from tweeluik.cell import Content, Rounded
from tweeluik.disclosure.attack import find_unsafe
from tweeluik.disclosure.rounding import Roundable, Rounding, RoundingSystem, round_cells
from tweeluik.disclosure.system import Constraint, Role, System, Target, Variable
from tweeluik.protection.chance import Chance
from tweeluik.protection.differences import Standing
from tweeluik.protection.linked import Linked

ATTEMPTS = 40
"""Other choices of direction for cells that an attack reaches, before giving up."""

FORCED = 1_000_000
ORDINARY = 1_000


class CannotBeRoundedSafely(Exception):
    """No choice of directions kept every attacker out; `unknown` is a cell that they reach."""

    def __init__(self, unknown: int) -> None:
        self.unknown = unknown
        super().__init__("no rounding found is safe")


def rounded(linked: Linked, standing: Standing, chance: Chance, edition: str) -> tuple[Content, ...]:
    """One content per unknown, after an attack that found nothing.

    Raises:
        CannotBeRounded: no rounding adds up.
        CannotBeRoundedSafely: an attacker reaches a cell, whatever the directions.
    """
    draws, failing = Counter[int](), -1
    for _ in range(ATTEMPTS):
        rounding = _round(linked, standing, chance, edition, draws)
        findings = find_unsafe(rounding_system(linked, rounding.values), range(len(linked.unknowns.all)))
        if findings.safe:
            return tuple(Rounded(value) for value in rounding.values)
        failing = findings.failures[0].target.variable
        draws.update(_around(linked, {failure.target.variable for failure in findings.failures}))
    raise CannotBeRoundedSafely(min(failing, len(linked.unknowns.all) - 1))


def _round(linked: Linked, standing: Standing, chance: Chance, edition: str, draws: Mapping[int, int]) -> Rounding:
    base, cells = linked.limits.threshold, []
    windows = _asked_windows(linked)
    for i, unknown in enumerate(linked.unknowns.all):
        address = (edition, unknown.key[0], sorted(unknown.key[1]), unknown.value, draws.get(i, 0))
        likely_up = chance.fraction("round", *address) < unknown.value % base / base
        forced = _forced(unknown.value, base, *windows.get(i, (unknown.value, unknown.value)))
        noise = int(ORDINARY * chance.fraction("tie", *address))
        cells.append(
            Roundable(unknown.value, likely_up, ORDINARY + noise)
            if forced is None
            else Roundable(unknown.value, forced, FORCED)
        )
    return round_cells(RoundingSystem(tuple(cells), _published_equations(linked), base, standing.rounded))


def _published_equations(linked: Linked) -> tuple[Constraint, ...]:
    """What readers will add up: the equations without latent cells."""
    last = len(linked.unknowns.all)
    return tuple(each for each in linked.constraints if each.is_equation and all(i < last for i, _ in each.terms))


def _asked_windows(linked: Linked) -> Mapping[int, tuple[int, int]]:
    """Per unknown what its window must contain whatever the neighbours do: levels of sums, and the past."""
    windows: dict[int, tuple[int, int]] = {}
    for target in linked.targets:
        unknown = linked.unknowns.all[target.variable]
        if unknown.key[0] == "conversations" and target.high is not None:
            _widen(windows, target.variable, unknown.value, int(target.high))
    for each in linked.differences:
        _widen(windows, each.unknown, linked.unknowns.all[each.unknown].value, each.earlier)
    return windows


def _widen(windows: dict[int, tuple[int, int]], i: int, value: int, other: int) -> None:
    low, high = windows.get(i, (value, value))
    windows[i] = (min(low, other), max(high, other))


def _forced(value: int, base: int, low: int, high: int) -> bool | None:
    """The one direction (up?) whose window contains low and high; None when both or neither do."""
    down = value // base * base
    fits_down = down - base < low and high < down + base
    fits_up = down < low and high < down + 2 * base
    return None if fits_down == fits_up else fits_up


def rounding_system(linked: Linked, values: Sequence[int]) -> System:
    """What readers face: every unknown hidden inside its window."""
    base = linked.limits.threshold
    variables = [
        Variable(unknown.value, max(linked.named(i), value - base + 1, 0), value + base - 1, 0, Role.SENSITIVE)
        for i, (unknown, value) in enumerate(zip(linked.unknowns.all, values, strict=True))
    ]
    return linked.system(variables, tuple(rounding_targets(linked, values)))


def rounding_targets(linked: Linked, values: Sequence[int]) -> Iterator[Target]:
    """As for suppression, but a window reaches one side only: below for a number rounded down, above for others."""
    for target in linked.targets:
        unknown = linked.unknowns.all[target.variable]
        if target.width is not None:
            yield Target(target.variable, target.attacker, width=linked.limits.threshold - 1)
        elif unknown.key[0] == "partners" and values[target.variable] < unknown.value:
            yield Target(target.variable, target.attacker, low=target.low)
        else:
            yield Target(target.variable, target.attacker, high=target.high)
    for each in linked.differences:
        value = linked.unknowns.all[each.unknown].value
        yield Target(each.unknown, 0, low=min(value, each.earlier), high=max(value, each.earlier))


def _around(linked: Linked, variables: set[int]) -> set[int]:
    """The unknowns that share an equation with one of these, themselves included."""
    last = len(linked.unknowns.all)
    return {
        i
        for constraint in _published_equations(linked)
        if any(variable in variables for variable, _ in constraint.terms)
        for i, _ in constraint.terms
    } | {i for i in variables if i < last}
