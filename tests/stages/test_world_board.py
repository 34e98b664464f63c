"""A world is tried on all demands at once, and ticks off of each what it would by itself."""

from __future__ import annotations

from copy import deepcopy
from itertools import product, starmap
from random import Random

from tweeluik.checks.audit.questions import Asked, Expression, Label, Question, every, less
from tweeluik.protection.worlds.board import Board
from tweeluik.protection.worlds.crowd import Crowd
from tweeluik.protection.worlds.demands import Asker, Demand
from tweeluik.protection.worlds.world import NOBODY, Tokens, World

PLACES = "abcd"
OVERVIEW = ("2025", 1)


def a_crowd(size: int) -> Crowd[str]:
    def told(life: str) -> Tokens:
        return Tokens({(0, None), (0, ("kind", life[0])), (0, ("region", life[1]))})

    def keeps(hits: frozenset[int]) -> bool:
        return 3 not in hits

    lives = ["".join(each) for each in product(PLACES, repeat=2)]
    crowd = Crowd(told, lambda tokens: [PLACES.index(p[1]) for _, p in tokens if p], lambda _: lives, keeps=keeps)
    for number in range(size):
        crowd.add(lives[number * 5 % 16], f"h{number // 2}")
    return crowd


def demands_of(crowd: Crowd[str]) -> list[Demand]:
    kinds, regions = ([Label(OVERVIEW, (name, code)) for code in PLACES] for name in ("kind", "region"))
    both = list(product(kinds, regions))
    sets: list[Expression] = [*kinds, *regions, *starmap(every, both), *starmap(less, both)]
    made: list[Demand] = []
    for place, of in enumerate(sets):
        asker = Asker(crowd, of, {OVERVIEW: 0})
        records = asker.inside(ever=False).records
        for low, high in ((0, None), (None, len(records) + 2), (len(records) - 1, len(records) + 1)):
            question = Question("partners", of, Asked.EITHER, "2025", "t", "a number")
            left = {"", *(f"h{n}" for n in range(place % 5))}
            made.append(Demand(question, asker, records, low, high, left, still=place % 3 == 0))
    return made


def test_a_world_ticks_off_at_once_what_it_does_one_by_one() -> None:
    crowd, dice = a_crowd(12), Random(7)
    demands = demands_of(crowd)
    board, alone = Board(crowd, demands), deepcopy([each.left for each in demands])
    crowd.type_number("dd", frozenset({0}))  # types that were not there when the board was made
    for _ in range(60):
        kinds = [NOBODY, *range(len(crowd.tokens))]
        world = World(
            {record: dice.choice(kinds) for record in dice.sample(range(12), 2)},
            tuple(dice.choices(kinds[1:], k=dice.randrange(3))),
        )
        gone, answered = crowd.acquaintance.unserved(world), 0
        for demand, left in zip(demands, alone, strict=True):
            if demand.met_by(world):
                answered += len(left - gone)
                left.intersection_update(gone)
        assert board.serve(world) == answered
        assert [each.left for each in demands] == alone
    assert any(alone)
    assert not all(alone)


def test_a_board_without_demands_answers_nobody() -> None:
    assert Board(a_crowd(2), []).serve(World({0: NOBODY})) == 0
