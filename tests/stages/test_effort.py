"""A budget counts work on one meter, and what it ends is safe or nothing."""

from __future__ import annotations

import pytest

from bench.sizes import a_table
from tweeluik.disclosure.attack import find_unsafe
from tweeluik.disclosure.effort import UNITS, Effort, OutOfEffort
from tweeluik.disclosure.linear import Column, Model, Row, Status
from tweeluik.disclosure.rounding import Roundable, RoundingSystem, round_cells
from tweeluik.disclosure.separation import Separation
from tweeluik.disclosure.solver import Program
from tweeluik.disclosure.suppression import suppress
from tweeluik.disclosure.system import Role


def test_a_part_is_the_same_work_with_less_to_go() -> None:
    whole = Effort(100)
    whole.spend(20)
    part = whole.part(0.5)
    assert part.most == 60
    part.spend(40)
    assert part.spent
    assert not whole.spent
    whole.spend(40)
    assert whole.spent


def test_the_first_of_it_is_no_more_than_is_left() -> None:
    whole = Effort(2.5 * UNITS)
    assert whole.first(1).most == UNITS
    whole.spend(2 * UNITS)
    assert whole.first(1).most == whole.most
    assert whole.holds(0.5)
    assert not whole.holds(0.6)


@pytest.mark.parametrize(
    ("done", "given"),
    [(0, 0.25), (0.25, 0.25), (1, 0.5), (4, 1), (7, 0.25), (8, 0)],
    ids=["nothing yet", "little", "half of what was done", "a part of what is left", "of little left", "nothing left"],
)
def test_as_much_again_as_a_part_of_what_was_done(done: float, given: float) -> None:
    whole = Effort(8 * UNITS)
    whole.spend(int(done * UNITS))
    assert whole.like(0.5, 0.25, 0.25).most == (done + given) * UNITS


def test_nobody_goes_on_when_it_is_spent() -> None:
    effort = Effort(1)
    effort.check()
    effort.spend(1)
    with pytest.raises(OutOfEffort):
        effort.check()


def test_an_endless_one_is_never_spent() -> None:
    effort = Effort.endless()
    effort.spend(10**18)
    assert not effort.spent
    assert not effort.part(0.1).spent


def a_cover(size: int) -> tuple[list[Column], list[Row]]:
    """A program in whole numbers of which the fractions say little: of each three next to each other two must be 1."""
    columns = [Column(0, 1, 1 + i * 7 % 11, whole=True) for i in range(size)]
    triples = ((i, (i * 7 + 1) % size, (i * 5 + 2) % size) for i in range(size))
    return columns, [Row(tuple((i, 1) for i in sorted(set(each))), 1, 3) for each in triples]


def test_a_search_in_whole_numbers_ends_with_the_effort_and_costs_the_same_each_time() -> None:
    efforts = [Effort(10_000) for _ in range(2)]
    ends = [Program(Model.of(*a_cover(90)), effort=effort).minimise() for effort in efforts]
    assert ends[0].status is Status.UNFINISHED
    assert ends[0] == ends[1]
    assert efforts[0].meter.done == efforts[1].meter.done >= 10_000
    assert Program(Model.of(*a_cover(90))).minimise().status is Status.OPTIMAL


def test_little_effort_gives_no_pattern_more_gives_a_safe_one_and_enough_the_cheapest() -> None:
    system = a_table(3, 3, 3, 4, records=90)
    with pytest.raises(OutOfEffort):
        suppress(system, effort=Effort(1_000))
    patterns = {}
    for most in (300_000, 1_000_000, 3_000_000, 10_000_000, 100_000_000):
        try:
            patterns[most] = suppress(system, effort=Effort(most))
        except OutOfEffort:
            continue
    assert any(pattern.status == "feasible" for pattern in patterns.values())
    assert patterns[100_000_000].status == "optimal"
    for pattern in patterns.values():
        assert pattern.hidden >= system.all_with(Role.SENSITIVE)
        assert pattern.bound <= patterns[100_000_000].objective <= pattern.objective
        assert find_unsafe(system, pattern.hidden).safe


def test_an_attack_that_does_not_end_within_the_effort_claims_nothing() -> None:
    system = a_table(3, 3, 3, 4, records=90)
    with pytest.raises(OutOfEffort):
        find_unsafe(system, range(len(system.variables)), Effort(1))


def test_a_larger_budget_lets_an_attack_go_on() -> None:
    system = a_table(3, 3, 3, 4, records=90)
    probe = Separation(system, effort=Effort(1))
    probe.hide(frozenset(range(len(system.variables))))
    probe.effort.spend(1)
    with pytest.raises(OutOfEffort):
        probe.face(0)
    probe.effort = Effort(10**9, probe.effort.meter)
    probe.face(0)


def test_a_rounding_that_is_not_found_within_the_effort_is_none() -> None:
    table = a_table(4, 4, 4, 4, records=300)
    cells = tuple(Roundable(int(cell.value), up=i % 2 == 0, weight=1 + i % 7) for i, cell in enumerate(table.variables))
    with pytest.raises(OutOfEffort):
        round_cells(RoundingSystem(cells, table.constraints), Effort(0))
