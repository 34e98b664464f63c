"""Moves in whole numbers: a world makes none of them without end, whatever the records are that could make it."""

from __future__ import annotations

from random import Random

import pytest

from tweeluik.disclosure.effort import Effort
from tweeluik.disclosure.linear import INFINITY, Column, Model, Outcome, Row, Status
from tweeluik.disclosure.solver import Program
from tweeluik.protection.worlds.program import MOVED
from tweeluik.protection.worlds.whole import MOST_TIMES, NODES, Whole

MANY = 20_000.0
"""As many records as some class of moves has, of those that only another world has."""


def odd(wanted: float) -> Model:
    """Two moves that change a cell by three, of which one at most is made, and two by two; so much they do together.

    The last column is no move, and costs more than any.
    """
    columns = [*(Column(0, MANY, MOVED, whole=True) for _ in range(4)), Column(0, MANY, 5.0, whole=True)]
    rows = [Row(((0, 3), (1, 3), (2, 2), (3, 2), (4, 1)), wanted, wanted), Row(((0, 1), (1, 1)), -INFINITY, 1)]
    return Model.of(columns, rows)


@pytest.mark.parametrize("wanted", [1.0, 7.0, 2 * MOST_TIMES - 1, 2 * MOST_TIMES + 1, 4 * MOST_TIMES - 1])
def test_what_some_moves_do_is_found_in_whole_numbers(wanted: float) -> None:
    found = Whole(odd(wanted), moved=MOVED, near=NODES, effort=Effort.endless()).minimise()
    assert found.status is Status.OPTIMAL
    assert list(found.values) == pytest.approx([round(value) for value in found.values])
    first, second, third, fourth, last = map(round, found.values)
    assert 3 * (first + second) + 2 * (third + fourth) + last == wanted
    assert first + second <= 1


def test_a_search_in_whole_numbers_makes_no_move_more_often_than_any_world_does() -> None:
    """What is no move keeps its room: how far a hidden cell may go has no such end."""
    whole = Whole(odd(7.0), moved=MOVED, near=10, effort=Effort.endless())
    relaxed = whole._relaxed.minimise()
    _, upper = whole._nearest(relaxed, 10).columns
    assert upper.tolist() == [MOST_TIMES] * 4 + [MANY]


def tangled(seed: int) -> Model:
    """A dozen moves, and six cells that five of them change."""
    chance = Random(seed)
    columns = [Column(0, 9, MOVED, whole=True) for _ in range(12)]
    wanted = [chance.randrange(7, 20) for _ in range(6)]
    cells = [tuple((i, chance.choice((2, 3, 5))) for i in chance.sample(range(12), 5)) for _ in wanted]
    return Model.of(columns, [Row(cell, least, least + 2) for cell, least in zip(cells, wanted, strict=True)])


def ends_in_a_dive(seed: int, most: int | None = None) -> bool:
    whole = Whole(tangled(seed), moved=MOVED, near=NODES, effort=Effort.endless())
    relaxed = whole._relaxed.minimise()
    return relaxed.status is Status.OPTIMAL and whole._dive(relaxed, most) is not None


def test_a_dive_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """The solver's own search finds what there is then; where it finds nothing near, the dive is made to its end."""
    seeds = [seed for seed in range(30) if ends_in_a_dive(seed)]
    assert seeds
    assert not any(ends_in_a_dive(seed, most=0) for seed in seeds)
    monkeypatch.setattr("tweeluik.protection.worlds.whole.MOST_ITERATIONS", 0)
    for search in (Whole._search, lambda *_: Outcome(Status.INFEASIBLE)):
        monkeypatch.setattr(Whole, "_search", search)
        for seed in seeds:
            found = Whole(tangled(seed), moved=MOVED, near=12, effort=Effort.endless()).minimise()
            assert found.status is Status.OPTIMAL
            assert list(found.values) == pytest.approx([round(value) for value in found.values])


def test_a_program_ends_after_so_many_iterations_and_goes_on_from_there() -> None:
    program = Program(odd(7.0), whole=False, presolve=False)
    assert program.minimise(iterations=0).status is Status.UNFINISHED
    assert not program.iterations
    assert program.minimise().status is Status.OPTIMAL
    assert program.iterations
