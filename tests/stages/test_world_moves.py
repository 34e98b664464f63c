"""Moves as arrays: per class how many records can make one, and which classes only some records can."""

from __future__ import annotations

import pytest

from tweeluik.checks.audit.questions import Label
from tweeluik.protection.worlds.carriers import are_carried_by, tellings
from tweeluik.protection.worlds.crowd import Crowd
from tweeluik.protection.worlds.demands import Asker
from tweeluik.protection.worlds.moves import Free, Moves, Rooms
from tweeluik.protection.worlds.world import NOBODY, Known, Move, Tokens

PLACES = "abc"
OVERVIEW = ("2025", 1)
LIVES = [("a", "a"), ("a", "a"), ("a", "b"), ("b", "b"), ("c", "a"), ("c", "c")]

READERS = [
    Known(),
    Known(frozenset({0})),
    Known(frozenset({0, 1, 3})),
    Known(frozenset(), {2: frozenset({0})}),
    Known(frozenset({5}), {0: frozenset({0}), 1: frozenset({0}), 5: frozenset({0})}),
]
"""By the records that are theirs, and those that they met (where these publications tell of it)."""


def tokens(life: tuple[str, str]) -> Tokens:
    return frozenset({(0, None), *((0, (name, code)) for name, code in zip(("kind", "form"), life, strict=True))})


def cells(of: Tokens) -> list[int]:
    """Cells 0 to 2: of a kind, which everybody at a table sees; 3 to 5: of a form, which nobody does."""
    return [PLACES.index(pair[1]) + (3 if pair[0] == "form" else 0) for _, pair in of if pair]


def neighbours(life: tuple[str, str]) -> list[tuple[str, str]]:
    kind, form = life
    return [(other, form) for other in PLACES if other != kind] + [(kind, o) for o in PLACES if o != form]


def lent() -> tuple[Crowd[tuple[str, str]], Moves]:
    crowd = Crowd(tokens, cells, neighbours)
    for number, life in enumerate(LIVES):
        crowd.add(life, f"h{number}", frozenset({0}) if number == len(LIVES) - 2 else frozenset())
    moves = [move for kind in crowd.true for move in crowd.moves_from(kind)]
    return crowd, Moves(crowd, moves, Rooms(dict.fromkeys(range(6), (-1.0, 1.0))))


@pytest.mark.parametrize("known", READERS)
def test_of_every_class_as_many_can_move_as_are_free_for_each_of_its_moves(known: Known) -> None:
    crowd, moves = lent()
    free = Free(crowd, known)
    one_by_one = [sum(map(free.of, group)) for group in moves.members]
    assert moves.many(moves.able(free)).tolist() == one_by_one
    assert len(set(one_by_one)) > 1


@pytest.mark.parametrize("known", READERS)
@pytest.mark.parametrize("records", [frozenset({0}), frozenset({0, 1}), frozenset({2, 5}), frozenset(range(6))])
def test_no_class_that_only_some_records_can_make_is_passed_over(known: Known, records: frozenset[int]) -> None:
    crowd, moves = lent()
    only = {n for n, group in enumerate(moves.members) if are_carried_by(records, crowd, group, known)}
    found = set(moves.only_of(records, known.all))
    assert only <= found < set(range(len(moves.members)))
    assert known.all or only == found


def test_moves_tell_whether_they_begin_and_end_in_a_set_nobody_never() -> None:
    crowd, moves = lent()
    asker = Asker(crowd, Label(OVERVIEW, ("kind", "a")), {OVERVIEW: 0})
    before, after = moves.within(asker)
    assert before.tolist() == [asker.has(move.source) for move in moves.all]
    assert after.tolist() == [asker.has(move.target) for move in moves.all]
    assert any(move.source == NOBODY for move in moves.all)
    near = {moves.class_of[place] for place, ends in enumerate(zip(before, after, strict=True)) if any(ends)}
    assert {n for n, touched in enumerate(moves.touched(asker, 0)) if touched} == near


@pytest.mark.parametrize("known", READERS)
@pytest.mark.parametrize("outside", [frozenset(), frozenset({3}), frozenset({2, 3})])
@pytest.mark.parametrize("barred", ["", "c"])
def test_what_moves_do_to_a_set_parts_their_classes(known: Known, outside: frozenset[int], barred: str) -> None:
    """One by one: by how many it changes, from which type in it; none that is barred, or that nobody can make."""
    crowd, moves = lent()
    asker = Asker(crowd, Label(OVERVIEW, ("kind", "a")), {OVERVIEW: 0})
    no = sum(1 << kind for kind, life in enumerate(crowd.lives) if life[0] == barred)
    free, coming = Free(crowd, known), Free(crowd, known | Known(outside))
    some = moves.touched(asker, no)
    parts: dict[tuple[int, int, int], list[Move]] = {}
    for group, alike in enumerate(moves.members):
        for move in alike if some[group] else ():
            change = asker.of_move(move.source, move.target)
            if (change or moves.lengths[group]) and (move.target == NOBODY or not no >> move.target & 1):
                parts.setdefault((group, change, move.source if asker.has(move.source) else NOBODY), []).append(move)
    most = {part: sum(map((coming if part[1] > 0 else free).of, alike)) for part, alike in parts.items()}
    able = moves.able(free), moves.able(coming)
    found = moves.parted(some, asker, no, *able)
    assert [((each.group, each.change, each.source), [*each.moves], each.most) for each in found] == [
        (part, alike, most[part]) for part, alike in parts.items() if most[part]
    ]


def test_of_cells_that_every_move_changes_alike_one_stands_for_all_as_narrow_as_they_are_together() -> None:
    """The same kinds and forms in two versions; 6 is one that nobody changes."""
    both = Crowd(tokens, lambda of: [each + more for each in cells(of) for more in (0, 10)], neighbours)
    for number, life in enumerate(LIVES):
        both.add(life, f"h{number}")
    moves = [move for kind in both.true for move in both.moves_from(kind)]
    rooms = Rooms({0: (-2.0, 1.0), 10: (-1.0, 3.0), 1: (0.0, 0.0), 13: (-1.0, 1.0), 6: (-4.0, 4.0)})
    assert Moves(both, moves, rooms).rooms.fixed == {0: (-1.0, 1.0), 1: (0.0, 0.0), 13: (-1.0, 1.0), 6: (-4.0, 4.0)}


def test_where_no_number_is_published_no_move_changes_any() -> None:
    crowd, lent_moves = lent()
    made = Moves(crowd, lent_moves.all, Rooms({}))
    assert set(made.effects) == {()}
    assert made.lengths.tolist() == [0] * len(made.alike)


@pytest.mark.parametrize("scarce_last", [True, False])
def test_a_move_that_a_newcomer_may_make_leaves_the_only_record_to_a_move_that_needs_it(*, scarce_last: bool) -> None:
    crowd = Crowd(tokens, cells, neighbours)
    record = crowd.add(("a", "b"), "h")
    source, to_b, to_c = crowd.type_of[record], crowd.type_number(("b", "b")), crowd.type_number(("c", "b"))
    either, one = [Move(source, to_b, ()), Move(NOBODY, to_b, ())], [Move(source, to_c, ())]
    classes = [(1, alike, Known()) for alike in ((either, one) if scarce_last else (one, either))]
    world = next(tellings(crowd, classes, Known()))
    assert (world.moved, world.added) == ({record: to_c}, (to_b,))
