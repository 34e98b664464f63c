"""The audit's own numbers, both sides of each: what a witness must be, what a window leaves, when a group tells."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tests.stages.some_worlds import THIS, a_table, published, release_of, truth_of, units
from tweeluik.checks.audit.blocks import Block, cut
from tweeluik.checks.audit.counting import Counting, expression
from tweeluik.checks.audit.groups import ask_about_groups
from tweeluik.checks.audit.published import Cell
from tweeluik.checks.audit.solver import ENDLESS
from tweeluik.checks.audit.system import Bounds, Published, Relation, read_bounds
from tweeluik.checks.audit.tally import Asked, Tally
from tweeluik.checks.audit.worlds import Unit
from tweeluik.record.cell import TOTAL

ANY = Bounds(0, None)


def a_block() -> Block:
    """Three hidden numbers; the first two add up to 10, the third is bound by nothing but them."""
    names = tuple(("2025", "partners", frozenset({("kind", code)})) for code in "abc")
    relations = (
        Relation(((0, 1), (1, 1), (3, -1)), equal=True),
        Relation(((0, 1), (2, -1)), equal=False),
    )
    total = ("2025", "partners", frozenset[tuple[str, str]]())
    cells = (*names, total)
    bounds = (ANY, ANY, ANY, Bounds(10, 10))
    system = Published(cells, bounds, (True, True, True, False), relations, {key: i for i, key in enumerate(cells)})
    (block,) = cut(system, bounds)
    return block


def a_tally(*, low: int = ENDLESS, high: int = -1, width: int = 0, floor: int = 0) -> Tally:
    """One attacker who knows `floor` of the first number, and asks about that one."""
    one = np.array([0], dtype=np.int64)
    floors = np.array([[floor, 0, 0]], dtype=np.int64)
    ask = (np.array([each], dtype=np.int64) for each in (low, high, width))
    return Tally(a_block(), Asked(floors, one, one, *ask))


@pytest.mark.parametrize(
    ("values", "is_one"),
    [
        ([4, 6, 4], True), ([0, 10, 0], True),
        ([4, 7, 4], False),          # does not add up
        ([4, 6, 5], False),          # more in a part than in the whole
        ([-1, 11, -1], False),       # less than none
        ([4.5, 5.5, 4], False),      # halves
        ([4.001, 5.999, 4], False),
        ([4 + 1e-9, 6 - 1e-9, 4], True),  # what a solver's rounding is off
    ],
)  # fmt: skip
def test_a_witness_is_whole_and_everything_adds_up(values: list[float], is_one: bool) -> None:
    assert a_tally().take(np.array(values, dtype=np.float64)) is is_one


@pytest.mark.parametrize(
    ("asked", "tables", "met"),
    [
        ({"low": 2}, [2], True), ({"low": 2}, [3], False),
        ({"high": 7}, [7], True), ({"high": 7}, [6], False),
        ({"width": 3}, [4, 7], True), ({"width": 3}, [4, 6], False),
        ({"low": 2, "high": 7}, [2, 7], True), ({"low": 2, "high": 7}, [2, 6], False),
        ({"high": 2, "floor": 3}, [2], False), ({"high": 2, "floor": 3}, [3], True),
    ],
)  # fmt: skip
def test_a_claim_is_met_by_tables_that_its_attacker_cannot_exclude(
    asked: dict[str, int], tables: list[int], met: bool
) -> None:
    tally = a_tally(**asked)
    for value in tables:
        assert tally.take(np.array([value, 10 - value, 0], dtype=np.float64))
    assert tally.unmet().tolist() == [not met]


@pytest.mark.parametrize(
    ("value", "status", "bounds"),
    [
        (7, "shown", Bounds(7, 7)), (10, "rounded", Bounds(6, 14)), (0, "rounded", Bounds(0, 4)), (None, "suppressed", ANY),
    ],
)  # fmt: skip
def test_what_a_number_says_of_itself(value: int | None, status: str, bounds: Bounds) -> None:
    assert read_bounds(Cell(value, status), 5) == bounds


@pytest.mark.parametrize(
    ("one", "other", "both", "possible"),
    [
        (Bounds(2, 5), Bounds(4, None), Bounds(4, 5), True), (Bounds(2, 5), Bounds(5, 9), Bounds(5, 5), True),
        (Bounds(2, 5), Bounds(6, 9), Bounds(6, 5), False), (ANY, ANY, ANY, True),
    ],
)  # fmt: skip
def test_two_bounds_leave_what_both_allow(one: Bounds, other: Bounds, both: Bounds, possible: bool) -> None:
    assert one.within(other) == other.within(one) == both
    assert both.possible is possible


# --- groups -----------------------------------------------------------------------------------------------------------


def asked_about(inside: int, outside: int, *, size: int = 0, named: int = 0, later: int = 0) -> bool:
    """Whether the audit asks if anybody of kind a is outside pillar 1.

    Of these the last `named` are named: those outside first. Of the next year the last `later`.
    """
    made = units((inside, "kind:a pillar:1"), (outside, "kind:a pillar:2"))
    others = units((5, "kind:b pillar:2"), first=100)

    def naming(number: int) -> dict[str, Unit]:
        rank = {name: n for n, name in enumerate(reversed(made))}
        return {name: replace(unit, named=rank[name] < number) for name, unit in made.items()} | others

    truth = truth_of(y2025=naming(named), y2026=naming(later))
    table = a_table(truth[THIS], "soort", "partners", "kind", "pillar")
    (edition,) = published(release_of(THIS, table))
    true = Counting(truth)
    pairs = frozenset({("kind", "a")})
    cells = {("partners", pairs): ("soort", expression(THIS, edition.tables[0], ("a", TOTAL)))}
    return any(True for _ in ask_about_groups(true, edition, cells, {}, size=size))


@pytest.mark.parametrize(("inside", "outside", "asked"), [(9, 1, False), (10, 1, True), (10, 0, True), (0, 0, False)])
def test_more_than_ninety_percent_in_one_category_are_a_group(inside: int, outside: int, asked: bool) -> None:
    assert asked_about(inside, outside) is asked


@pytest.mark.parametrize(("size", "asked"), [(0, True), (9, False), (10, False), (11, True)])
def test_from_a_size_on_a_group_is_no_secret(size: int, asked: bool) -> None:
    assert asked_about(10, 0, size=size) is asked


@pytest.mark.parametrize(("named", "asked"), [(0, True), (9, True), (10, False)])
def test_of_whom_everybody_is_known_by_name_nothing_is_asked(named: int, asked: bool) -> None:
    assert asked_about(10, 0, named=named) is asked


@pytest.mark.parametrize(
    ("inside", "outside", "named", "later", "asked"),
    [
        (4, 4, 3, 3, False), (4, 4, 4, 4, True), (4, 4, 0, 4, True), (4, 4, 4, 0, True), (4, 4, 4, 8, True),
        (19, 1, 0, 0, True), (18, 2, 0, 0, False), (18, 2, 1, 1, True),
    ],
)  # fmt: skip
def test_a_group_is_one_of_those_beside_the_named_here_or_in_another_year(
    inside: int, outside: int, named: int, later: int, asked: bool
) -> None:
    assert asked_about(inside, outside, named=named, later=later) is asked


def test_the_size_from_which_on_a_group_is_no_secret_counts_those_beside_the_named() -> None:
    assert not asked_about(10, 0, size=10)
    assert asked_about(10, 10, size=10, named=11, later=11)
