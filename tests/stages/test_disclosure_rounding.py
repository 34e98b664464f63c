"""Controlled rounding: it adds up, multiples stay, and on small systems nothing is cheaper."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tweeluik.disclosure.rounding import CannotBeRounded, Roundable, Rounding, RoundingSystem, round_cells
from tweeluik.disclosure.system import Constraint

BASE = 5
TOTAL = -1


def an_equation(parts: list[int], total: int) -> Constraint:
    return Constraint((*((i, 1) for i in parts), (total, -1)), 0, 0)


def a_cube(inner: dict[tuple[int, ...], int], sizes: tuple[int, ...]) -> tuple[list[int], tuple[Constraint, ...]]:
    """The values of a table with all its margins (index `TOTAL`) and its equations."""
    keys = list(itertools.product(*([*range(size), TOTAL] for size in sizes)))
    place = {key: i for i, key in enumerate(keys)}
    values = [
        sum(v for k, v in inner.items() if all(c in (TOTAL, d) for c, d in zip(key, k, strict=True))) for key in keys
    ]
    equations = tuple(
        an_equation([place[(*key[:axis], j, *key[axis + 1 :])] for j in range(sizes[axis])], place[key])
        for key in keys
        for axis, code in enumerate(key)
        if code == TOTAL
    )
    return values, equations


@st.composite
def systems(draw: st.DrawFn, sizes: tuple[int, ...]) -> RoundingSystem:
    counts = st.integers(0, 12)
    inner = {key: draw(counts) for key in itertools.product(*(range(size) for size in sizes))}
    values, equations = a_cube(inner, sizes)
    cells = tuple(Roundable(value, draw(st.booleans()), draw(st.integers(1, 9))) for value in values)
    neighbours = {i: (value // BASE * BASE, -(-value // BASE) * BASE) for i, value in enumerate(values)}
    kept = draw(st.sets(st.sampled_from(range(len(values))), max_size=4))
    return RoundingSystem(cells, equations, BASE, {i: draw(st.sampled_from(neighbours[i])) for i in sorted(kept)})


def every_rounding(system: RoundingSystem) -> list[tuple[int, ...]]:
    """By brute force."""
    choices = [
        sorted({cell.value // system.base * system.base, -(-cell.value // system.base) * system.base})
        for cell in system.cells
    ]
    return [values for values in itertools.product(*choices) if adds_up(system, values)]


def adds_up(system: RoundingSystem, values: tuple[int, ...]) -> bool:
    sums = ((c, sum(k * values[i] for i, k in c.terms)) for c in system.constraints)
    return all((c.lower is None or total >= c.lower) and (c.upper is None or total <= c.upper) for c, total in sums)


def price(system: RoundingSystem, values: tuple[int, ...]) -> tuple[int, int]:
    """What is dropped (by weight), then what is turned among the others."""
    dropped = {i for i, value in system.keep.items() if values[i] != value}
    turned = turned_cells(system, values) - system.keep.keys()
    return sum(system.cells[i].weight for i in dropped), sum(system.cells[i].weight for i in turned)


def turned_cells(system: RoundingSystem, values: tuple[int, ...]) -> set[int]:
    cells = enumerate(zip(system.cells, values, strict=True))
    return {i for i, (cell, value) in cells if cell.value % system.base and (value > cell.value) != cell.up}


def must_be_a_rounding(system: RoundingSystem, rounding: Rounding) -> None:
    assert adds_up(system, rounding.values)
    for cell, value in zip(system.cells, rounding.values, strict=True):
        assert value % system.base == 0
        assert abs(value - cell.value) < system.base
    assert rounding.turned == turned_cells(system, rounding.values)
    assert rounding.dropped == {i for i, value in system.keep.items() if rounding.values[i] != value}


@settings(max_examples=60, deadline=None)
@given(systems((2, 2)))
def test_nothing_is_cheaper_in_a_two_way_table(system: RoundingSystem) -> None:
    rounding = round_cells(system)
    must_be_a_rounding(system, rounding)
    assert rounding.optimal
    assert price(system, rounding.values) == min(price(system, values) for values in every_rounding(system))


@settings(max_examples=40, deadline=None)
@given(systems((3, 4)))
def test_a_two_way_table_can_always_be_rounded(system: RoundingSystem) -> None:
    must_be_a_rounding(system, round_cells(system))


@settings(max_examples=25, deadline=None)
@given(systems((2, 2, 2)))
def test_a_three_way_table_is_rounded_or_refused_with_a_cause(system: RoundingSystem) -> None:
    try:
        must_be_a_rounding(system, round_cells(system))
    except CannotBeRounded as refused:
        must_be_a_smallest_cause(system, refused.constraints)


def must_be_a_smallest_cause(system: RoundingSystem, cause: tuple[int, ...]) -> None:
    def possible(kept: tuple[int, ...]) -> bool:
        constraints = tuple(system.constraints[i] for i in kept)
        used = sorted({i for c in constraints for i, _ in c.terms})
        place = {i: n for n, i in enumerate(used)}
        small = RoundingSystem(
            tuple(system.cells[i] for i in used),
            tuple(Constraint(tuple((place[i], k) for i, k in c.terms), c.lower, c.upper) for c in constraints),
        )
        return bool(every_rounding(small))

    assert not possible(cause)
    assert all(possible(tuple(c for c in cause if c != missed)) for missed in cause)


def odd_triangle() -> RoundingSystem:
    """Three cells of 2 whose pairs are to add up to 5 each: each pair needs one up and one down, and that is odd."""
    cells = tuple(Roundable(2, up=False) for _ in range(3))
    pairs = tuple(Constraint(((a, 1), (b, 1)), BASE, BASE) for a, b in ((0, 1), (1, 2), (0, 2)))
    idle = Constraint(((0, 1), (1, 1), (2, 1)), 0, 15)
    return RoundingSystem(cells, (idle, *pairs))


def test_what_cannot_be_rounded_names_every_constraint_to_blame_and_no_other() -> None:
    with pytest.raises(CannotBeRounded) as refused:
        round_cells(odd_triangle())
    assert refused.value.constraints == (1, 2, 3)
    must_be_a_smallest_cause(odd_triangle(), refused.value.constraints)


def test_an_inequality_is_kept_too() -> None:
    cells = (Roundable(6, up=True, weight=1), Roundable(7, up=False, weight=9))
    at_most = Constraint(((0, 1), (1, -1)), None, 0)
    assert round_cells(RoundingSystem(cells, ())).values == (10, 5)
    assert round_cells(RoundingSystem(cells, (at_most,))).values == (5, 5)


def test_a_value_to_keep_stays_whatever_that_costs_in_directions() -> None:
    values, equations = a_cube({(0,): 2, (1,): 2, (2,): 3}, (3,))
    cells = tuple(Roundable(value, up=False, weight=1000) for value in values)
    rounding = round_cells(RoundingSystem(cells, equations, BASE, {0: 5}))
    assert rounding.values == (5, 0, 0, 5)
    assert not rounding.dropped


def test_values_that_cannot_all_be_kept_are_dropped_by_weight() -> None:
    values, equations = a_cube({(0,): 2, (1,): 2, (2,): 2}, (3,))
    cells = tuple(Roundable(value, up=False, weight=weight) for value, weight in zip(values, (3, 1, 3, 5), strict=True))
    rounding = round_cells(RoundingSystem(cells, equations, BASE, {0: 5, 1: 5, 2: 5, 3: 10}))
    assert rounding.values == (5, 0, 5, 10)
    assert rounding.dropped == {1}


@pytest.mark.parametrize("published", [0, 15, 7])
def test_a_published_value_out_of_reach_of_the_truth_is_dropped(published: int) -> None:
    rounding = round_cells(RoundingSystem((Roundable(8, up=True),), (), BASE, {0: published}))
    assert rounding.values == (10,)
    assert rounding.dropped == {0}


def test_a_search_that_ends_early_still_adds_up_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tweeluik.disclosure.rounding._NODES", 0)
    values, equations = a_cube({key: (7 * key[0] + 3 * key[1] * key[2] + key[1]) % 11 for key in itertools.product(range(4), range(5), range(4))}, (4, 5, 4))  # fmt: skip
    system = RoundingSystem(tuple(Roundable(v, up=i % 2 == 0) for i, v in enumerate(values)), equations)
    must_be_a_rounding(system, round_cells(system))


def test_the_same_system_gives_the_same_rounding() -> None:
    values, equations = a_cube({(i, j): (5 * i + 3 * j) % 13 for i in range(6) for j in range(8)}, (6, 8))
    system = RoundingSystem(tuple(Roundable(value, up=value % 2 == 0) for value in values), equations)
    assert round_cells(system) == round_cells(system)
