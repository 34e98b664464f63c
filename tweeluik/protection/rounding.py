"""The second method, controlled rounding: every number a multiple of a base, less than one base from the truth.

The base is the threshold: then a window around a small number always reaches "none" or "enough".
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from tweeluik.disclosure.attack import find_unsafe
from tweeluik.disclosure.effort import Effort
from tweeluik.disclosure.rounding import Roundable, RoundingSystem, round_cells
from tweeluik.disclosure.system import Constraint, Role, System, Target, Variable
from tweeluik.protection.differences import Standing
from tweeluik.protection.keyed_noise import KeyedNoise
from tweeluik.protection.keys import Key
from tweeluik.protection.linked import Linked
from tweeluik.record.cell import Content, Rounded, Shown, Suppressed

ATTEMPTS = 40
"""Other choices of direction for cells that an attack reaches, before giving up."""

FORCED = 1_000_000
ORDINARY = 1_000


class CannotBeRoundedSafely(Exception):
    """No choice of directions kept every attacker out; `unknown` is a cell that they reach."""

    def __init__(self, unknown: int) -> None:
        self.unknown = unknown
        super().__init__("no rounding found is safe")


def rounded(
    linked: Linked, standing: Standing, noise: KeyedNoise, edition: str, *, effort: Effort
) -> tuple[Content, ...]:
    """One content per unknown, after an attack that found nothing.

    Raises:
        CannotBeRounded: no rounding adds up.
        CannotBeRoundedSafely: an attacker reaches a cell, whatever the directions.
        OutOfEffort: the search or the attack did not end within the effort.
    """
    draws, reached = Counter[int](), {0}
    for _ in range(ATTEMPTS):
        asked = _roundable(linked, standing, noise, edition, draws)
        rounding = round_cells(asked, effort)
        values = [value + linked.named(i) for i, value in enumerate(rounding.values)]
        findings = find_unsafe(rounding_system(linked, values), range(len(linked.unknowns.all)), effort)
        if findings.safe:
            return tuple(_contents(linked, values))
        reached = _around(linked, {target.variable for target in findings.reached})
        draws.update(reached)
    raise CannotBeRoundedSafely(min(reached))


def is_safe(linked: Linked, contents: Sequence[Content], effort: Effort) -> bool:
    """Whether rounded numbers, turned since they were rounded, still keep every attacker out."""
    values = [each.value for each in contents if not isinstance(each, Suppressed)]
    return find_unsafe(rounding_system(linked, values), range(len(linked.unknowns.all)), effort).safe


def _contents(linked: Linked, values: Sequence[int]) -> Iterator[Content]:
    """Numbers of partners are exact where everybody in the edition is known by name: there is nothing to hide."""
    cells = linked.unknowns.all
    all_named = all(unknown.value == linked.named(i) for i, unknown in enumerate(cells) if unknown.key[0] == "partners")
    for unknown, value in zip(cells, values, strict=True):
        yield Shown(unknown.value) if all_named and unknown.key[0] == "partners" else Rounded(value)


def _roundable(
    linked: Linked, standing: Standing, noise: KeyedNoise, edition: str, draws: Mapping[int, int]
) -> RoundingSystem:
    base, cells = linked.limits.threshold, []
    windows = _asked_windows(linked)
    for i, unknown in enumerate(linked.unknowns.all):
        # The named part is exact and public; the rest is rounded, never the sum.
        named = linked.named(i)
        rest = unknown.value - named
        # The same organisations round alike in every table, edition and year, wherever they can.
        members = (
            sorted(map(str, unknown.members - linked.unknowns.named))
            if unknown.key[0] == "partners"
            else (edition, unknown.value)
        )
        address = (unknown.key[0], sorted(unknown.key[1]), members, draws.get(i, 0))
        likely_up = noise.fraction("round", *address) < rest % base / base
        forced = _forced(rest, base, *(each - named for each in windows.get(i, (unknown.value, unknown.value))))
        tie = int(ORDINARY * noise.fraction("tie", *address))
        must = forced is not None or (i in linked.windows and i in linked.sensitive)
        weight = FORCED if must else ORDINARY + tie
        cells.append(Roundable(rest, likely_up if forced is None else forced, weight))
    keep = {i: value - linked.named(i) for i, value in standing.rounded.items()}
    return RoundingSystem(tuple(cells), _published_equations(linked), base, keep)


def _published_equations(linked: Linked) -> tuple[Constraint, ...]:
    """What readers will add up: the equations without cross-classified cells."""
    last = len(linked.unknowns.all)
    return tuple(each for each in linked.constraints if each.is_equation and all(i < last for i, _ in each.terms))


def _asked_windows(linked: Linked) -> Mapping[int, tuple[int, int]]:
    """Per unknown what its window must contain whatever the neighbours do: levels of sums, and the past."""
    windows: dict[int, tuple[int, int]] = {}
    for target in linked.targets:
        unknown = linked.unknowns.every[target.variable]
        if target.variable < len(linked.unknowns.all) and unknown.key[0] == "conversations" and target.high is not None:
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
    variables = [
        Variable(unknown.value, *_window(linked, i, value), 0, Role.SENSITIVE)
        for i, (unknown, value) in enumerate(zip(linked.unknowns.all, values, strict=True))
    ]
    return linked.system(variables, tuple(rounding_targets(linked, values)))


def _window(linked: Linked, i: int, value: int) -> tuple[int, int]:
    margin = linked.limits.threshold - 1
    low, high = linked.window(i)
    return max(low, value - margin), value + margin if high is None else min(high, value + margin)


def rounding_targets(linked: Linked, values: Sequence[int]) -> Iterator[Target]:
    """As for suppression, but a window reaches one side only: below for a number rounded down, above for others."""
    unknowns = linked.unknowns
    most = dict(_most_of_complements(linked, values))
    for target in linked.targets:
        i, unknown = target.variable, unknowns.every[target.variable]
        if target.width is not None:
            # Two different windows of a large number that did not change leave a narrow one, which harms nobody.
            narrow = i in linked.windows and i not in linked.sensitive
            yield Target(i, target.attacker, width=1 if narrow else linked.limits.threshold - 1)
        elif unknown.key[0] == "partners" and _reaches_down(linked, values, target, most):
            yield Target(i, target.attacker, low=target.low)
        else:
            yield Target(i, target.attacker, high=target.high)
    for each in linked.differences:
        value = unknowns.all[each.unknown].value
        yield Target(each.unknown, 0, low=min(value, each.earlier), high=max(value, each.earlier))


def _reaches_down(linked: Linked, values: Sequence[int], target: Target, most: Mapping[int, int]) -> bool:
    """Whether "none" is what must stay possible: where a number was rounded down, and its window reaches that far."""
    i = target.variable
    if i >= len(values):
        return target.high is not None and most[i] < target.high
    lowest = values[i] - (linked.limits.threshold - 1)
    return values[i] < linked.unknowns.all[i].value and target.low is not None and lowest <= target.low


def _most_of_complements(linked: Linked, values: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The greatest number that each complement may be, by the windows of its cells."""
    index, margin = linked.unknowns.index, linked.limits.threshold - 1

    def top(keys: Iterable[Key], sign: int) -> int:
        return sum(max(0, values[index[key]] + sign * margin) for key in keys)

    for place, (each, _) in enumerate(linked.unknowns.complements, start=len(index)):
        bounds = (top(group, 1) for group in each.at_most)
        yield place, min(top(each.plus, 1) - top(each.minus, -1), *bounds)


def _around(linked: Linked, variables: set[int]) -> set[int]:
    """The cells that share a constraint with one of these, themselves included."""
    last = len(linked.unknowns.every)
    grouped = {i for variable in variables if variable >= last for i in linked.groups[variable - last]}
    near = {
        i
        for constraint in linked.constraints
        if any(variable in variables for variable, _ in constraint.terms)
        for i, _ in constraint.terms
    }
    return {i for i in near | grouped | variables if i < len(linked.unknowns.all)}
