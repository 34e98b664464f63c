"""What cells leave to sets is seen without a search, and no world that fits is outside it."""

from __future__ import annotations

from itertools import product
from random import Random

import pytest

from tweeluik.checks.audit.questions import Asked, Expression, Label, Question, every, less, some
from tweeluik.protection.worlds.crowd import Crowd
from tweeluik.protection.worlds.demands import Asker, Demand
from tweeluik.protection.worlds.limits import Limits
from tweeluik.protection.worlds.moves import Room, Rooms
from tweeluik.protection.worlds.world import NOBODY, Tokens, World

FIRST, SECOND = ("2025", 1), ("2026", 1)
NUMBER = {FIRST: 0, SECOND: 1}
A, A_LATER, B = Label(FIRST, ("kind", "a")), Label(SECOND, ("kind", "a")), Label(FIRST, ("kind", "b"))
EVERYBODY = Label(FIRST)
CELLS = [(0, None), (0, ("kind", "a")), (0, ("kind", "b")), (1, ("kind", "a"))]


def a_crowd(lives: str) -> Crowd[str]:
    """Lives of two years, a kind in each: `aa ab bb`; in both years the same were of kind a, if only one knew."""

    def told(life: str) -> Tokens:
        return Tokens({(year, pair) for year, code in enumerate(life) for pair in (None, ("kind", code))})

    crowd = Crowd(
        told,
        lambda tokens: [n for n, token in enumerate(CELLS) if token in tokens],
        lambda _: ["".join(each) for each in product("abc", repeat=2)],
        keeps=lambda hits: (1 in hits) == (3 in hits),
    )
    for number, life in enumerate(lives.split()):
        crowd.add(life, f"h{number}")
    for kind in crowd.true:
        crowd.moves_from(kind)
    return crowd


def a_demand(crowd: Crowd[str], of: Expression, *, still: bool = False) -> Demand:
    asker = Asker(crowd, of, NUMBER)
    question = Question("partners", of, Asked.EITHER, "2025", "t", "a number")
    return Demand(question, asker, asker.inside(ever=False).records, 0, 9, {""}, still=still)


@pytest.mark.parametrize(
    ("of", "still", "within"),
    [
        (A, False, (1, 4)),
        (every(A, A_LATER), False, (0, 2)),
        (A, True, (1, 2)),
        (some(A, B), False, (1, 6)),
        (less(EVERYBODY, A), False, (0, 6)),
        (B, False, (0, 6)),
    ],
)
def test_a_set_has_no_more_than_what_it_lies_in_and_no_fewer_than_what_lies_in_it(
    of: Expression, still: bool, within: tuple[float, float]
) -> None:
    crowd = a_crowd("aa aa bb bb bc cc")
    rooms: dict[int, Room] = {0: (0, 0), 1: (-1, 2), 3: (-2, 0)}
    assert Limits(crowd, Rooms(rooms)).of(a_demand(crowd, of, still=still)) == within


def test_no_world_that_fits_is_outside_them() -> None:
    dice, tried = Random(11), 0
    for _ in range(40):
        crowd = a_crowd(" ".join(dice.choice("abc") + dice.choice("abc") for _ in range(6)))
        rooms: dict[int, Room] = {cell: (-dice.randrange(3), dice.randrange(3)) for cell in range(len(CELLS))}
        limits = Limits(crowd, Rooms(rooms))
        sets = (A, B, A_LATER, every(A, A_LATER), some(A, B), less(A, A_LATER), less(EVERYBODY, B))
        demands = [a_demand(crowd, of) for of in sets]
        for _ in range(40):
            kinds = [NOBODY, *range(len(crowd.tokens))]
            world = World({record: dice.choice(kinds) for record in dice.sample(range(6), 2)})
            changed = [sum(by for kind, by in crowd.changes(world) if c in crowd.hits[kind]) for c in range(len(CELLS))]
            if all(low <= by <= high for (low, high), by in zip(rooms.values(), changed, strict=True)):
                tried += 1
                for demand in demands:
                    few, many = limits.of(demand)
                    assert few <= len(demand.records) + demand.asker.change(world) <= many
    assert tried > 100
