"""What a failed attack says of all other roundings is true of every one of them: all are listed, and attacked."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from random import Random

import pytest

from tweeluik.disclosure.attack import interval
from tweeluik.disclosure.requirement import Requirement
from tweeluik.disclosure.rounding import CannotBeRounded, Cut, Roundable, RoundingSystem, round_cells
from tweeluik.disclosure.rounding_cuts import DualCuts, Windows, unless
from tweeluik.disclosure.separation import Separation, Trust
from tweeluik.disclosure.system import Attacker, Constraint, Role, System, Target, Variable
from tweeluik.disclosure.verification import verify

BASE = 5


def cell(value: int, rounded: int) -> Variable:
    return Variable(value, max(0, rounded - BASE + 1), rounded + BASE - 1, 0, Role.SENSITIVE)


def a_case(seed: int) -> tuple[list[int], System]:
    """Two kinds by two regions with totals; an insider; everything wanted of every small number."""
    chance = Random(seed)
    inner = [chance.randrange(9) for _ in range(4)]
    a, b, c, d = inner
    values = [*inner, a + b, c + d, a + c, b + d, sum(inner)]
    sums = ((4, (0, 1)), (5, (2, 3)), (6, (0, 2)), (7, (1, 3)), (8, (4, 5)), (8, (6, 7)))
    rows = tuple(Constraint(((total, -1), *((part, 1) for part in parts)), 0, 0) for total, parts in sums)
    own = Attacker(tuple((i, 1) for i in (0, 4, 6, 8))) if a else Attacker()
    targets = [
        target
        for i, value in enumerate(values)
        if 0 < value < BASE
        for target in (Target(i, 0, low=0), Target(i, 0, high=BASE), Target(i, 1, high=BASE), Target(i, 0, width=4))
    ]
    cells = tuple(cell(value, value // BASE * BASE) for value in values)
    return values, System(cells, rows, (Attacker(), own), tuple(targets))


def with_directions(values: list[int], system: System, ups: dict[int, bool]) -> System:
    cells = (cell(v, v // BASE * BASE + BASE * (ups.get(i, False))) for i, v in enumerate(values))
    return replace(system, variables=tuple(cells))


def meets(system: System, requirement: Requirement) -> bool:
    low, high = interval(system, range(len(system.variables)), requirement.variable, requirement.attacker)
    value = system.variables[requirement.variable].value
    reach = {1: high - value, -1: value - low}
    return sum(reach[sign] for sign in requirement.signs) >= requirement.need


@pytest.mark.parametrize("seed", range(12))
def test_no_rounding_that_meets_a_requirement_is_cut_off_and_the_one_that_failed_is(seed: int) -> None:
    values, system = a_case(seed)
    free = [i for i, value in enumerate(values) if value % BASE]
    windows = {i: Windows(cell(v, v // BASE * BASE), cell(v, v // BASE * BASE + BASE)) for i, v in enumerate(values)}
    roundings = [dict(zip(free, ups, strict=True)) for ups in product((False, True), repeat=len(free))]
    attacked = with_directions(values, system, roundings[-1])
    separation = Separation(attacked, trust=Trust.LINEAR)
    separation.hide(frozenset(range(9)))
    cuts = DualCuts(attacked, {i: windows[i] for i in free})
    for requirement, outcomes in verify(separation, separation.asked()).failed.items():
        cut = cuts.of(requirement, outcomes)
        assert cut is not None
        assert not cut.holds(roundings[-1])
        for ups in roundings[:: max(1, len(roundings) // 40)]:
            if not cut.holds(ups):
                assert not meets(with_directions(values, system, ups), requirement)


def test_a_cut_that_is_asked_of_some_roundings_leaves_others_alone() -> None:
    cut = unless(Cut(((0, 1.0), (1, -2.0)), 0.5), {2: True, 3: False})
    for ups in product((False, True), repeat=4):
        asked = ups[2] and not ups[3]
        assert cut.holds(dict(enumerate(ups))) == (not asked or ups[0] - 2 * ups[1] >= 1)


def test_a_rounding_keeps_the_cuts_and_says_so_where_it_cannot() -> None:
    cells = tuple(Roundable(3, up=False) for _ in range(3))
    system = RoundingSystem(cells, (), BASE, cuts=(Cut(((0, 1.0), (1, 1.0)), 2.0),))
    assert round_cells(system).values == (5, 5, 0)
    with pytest.raises(CannotBeRounded) as failed:
        round_cells(replace(system, cuts=(Cut(((0, 1.0),), 2.0),)))
    assert failed.value.constraints == ()
