"""The second method, controlled rounding: every number a multiple of a base, less than one base from the truth.

The base is the threshold: then a window around a small number always reaches "none" or "enough". Where another
publication needs both, a number is hidden (`Standing.withheld`): it is rounded to nothing, and what it is part of need
not add up. So nobody works out of the numbers beside it what it would have been rounded to.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from tweeluik.disclosure.attack import find_unsafe
from tweeluik.disclosure.effort import Effort
from tweeluik.disclosure.rounding import CannotBeRounded, Cut, Roundable, RoundingSystem, round_cells
from tweeluik.disclosure.system import Constraint
from tweeluik.protection.differences import Standing
from tweeluik.protection.keyed_noise import KeyedNoise
from tweeluik.protection.linked import Linked
from tweeluik.protection.rounding_attack import attack
from tweeluik.protection.rounding_windows import Values, rounding_system, values_of
from tweeluik.record.cell import Content, Rounded, Shown, Suppressed

ATTEMPTS = 200
"""Roundings that are attacked before giving up."""

FIRST = 0
"""The draw that counts. Numbers that are published already were drawn with it, and the same set stays the same."""

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

    An attack that finds something says what all safe roundings have in common (`rounding_attack.py`), and the next
    rounding has it.

    Raises:
        CannotBeRounded: no rounding adds up.
        CannotBeRoundedSafely: an attacker reaches a cell, whatever the directions.
        OutOfEffort: the search or the attack did not end within the effort.
    """
    exact = tuple(_exact(linked, standing))
    asked, cuts, reached = _roundable(linked, standing, exact, noise, edition), list[Cut](), 0
    for _ in range(ATTEMPTS):
        try:
            rounding = round_cells(replace(asked, cuts=tuple(cuts)), effort)
        except CannotBeRounded as failed:
            if failed.constraints or not cuts:
                raise
            raise CannotBeRoundedSafely(reached) from None
        values = [
            None if i in standing.withheld else value + beside
            for i, (value, beside) in enumerate(zip(rounding.values, exact, strict=True))
        ]  # fmt: skip
        attacked = attack(linked, values, exact, effort)
        if not attacked.reached:
            return tuple(_contents(linked, values))
        reached = min(attacked.reached)
        cuts += attacked.cuts
    raise CannotBeRoundedSafely(reached)


def is_safe(linked: Linked, contents: Sequence[Content], effort: Effort) -> bool:
    """Whether rounded numbers, turned since they were rounded, still keep every attacker out."""
    system = rounding_system(linked, values_of(contents))
    return find_unsafe(system, range(len(linked.unknowns.all)), effort).safe


def one_way(linked: Linked, contents: Sequence[Content]) -> Iterator[int]:
    """The rounded unknowns that may not go the other way: their own window would hold too little."""
    base = linked.limits.threshold
    for i, (low, high) in _asked_windows(linked).items():
        content, true = contents[i], linked.unknowns.all[i].value
        if isinstance(content, Rounded) and content.value != true:
            other = content.value + (base if content.value < true else -base)
            if not _reaches(other, base, low, high):
                yield i


def _contents(linked: Linked, values: Values) -> Iterator[Content]:
    """What names tell exactly is exact: there is nothing to hide."""
    for i, (unknown, value) in enumerate(zip(linked.unknowns.all, values, strict=True)):
        if i in linked.told:
            yield Shown(unknown.value)
        else:
            yield Suppressed() if value is None else Rounded(value)


def _exact(linked: Linked, standing: Standing) -> Iterator[int]:
    """Per unknown how many are told exactly, beside the rest that is rounded."""
    for unknown in linked.unknowns.all:
        yield len(unknown.members & standing.exact) if unknown.key[0] == "partners" else 0


def _roundable(
    linked: Linked, standing: Standing, exact: Sequence[int], noise: KeyedNoise, edition: str
) -> RoundingSystem:
    base, cells = linked.limits.threshold, []
    windows, holding = _asked_windows(linked), linked.unknowns.selection.holding
    for i, unknown in enumerate(linked.unknowns.all):
        # The named part is exact and public; the rest is rounded, never the sum.
        rest = unknown.value - exact[i]
        # The same organisations, and who continues them, round alike in every table, edition and year, if they can.
        members = (
            sorted(holding[str(member)] for member in unknown.members - standing.exact)
            if unknown.key[0] == "partners"
            else (edition, unknown.value)
        )
        address = (unknown.key[0], sorted(unknown.key[1]), members, FIRST)
        likely_up = noise.fraction("round", *address) < rest % base / base
        forced = _forced(rest, base, *(each - exact[i] for each in windows.get(i, (unknown.value, unknown.value))))
        tie = int(ORDINARY * noise.fraction("tie", *address))
        must = forced is not None or (i in linked.windows and i in linked.sensitive)
        weight = FORCED if must else ORDINARY + tie
        cells.append(Roundable(rest, likely_up if forced is None else forced, weight))
    keep = {i: value - exact[i] for i, value in standing.rounded.items()}
    return RoundingSystem(tuple(cells), _published_equations(linked, standing.withheld), base, keep)


def _published_equations(linked: Linked, withheld: frozenset[int]) -> tuple[Constraint, ...]:
    """What readers will add up: the equations without what only follows by subtraction, or is hidden."""
    out = frozenset(range(len(linked.unknowns.all))) - withheld
    return tuple(each for each in linked.constraints if each.is_equation and out.issuperset(i for i, _ in each.terms))


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
    fits_down, fits_up = (_reaches(multiple, base, low, high) for multiple in (down, down + base))
    return None if fits_down == fits_up else fits_up


def _reaches(multiple: int, base: int, low: int, high: int) -> bool:
    """Whether the window around a multiple contains low and high."""
    return multiple - base < low and high < multiple + base
