"""Worlds are counted from bare records: every world gets the numbers that counting it alone would give."""

from __future__ import annotations

import random

import pytest

from tests.stages.some_worlds import NEXT, THIS, a_table, a_talk, a_unit, published, release_of, truth_of, units
from tweeluik.checks.audit.counting import Counting
from tweeluik.checks.audit.questions import Among, Label, every, less, none, some
from tweeluik.checks.audit.worlds import Records, Truth, World
from tweeluik.record.cell import Shown

ONE, OTHER = Label(THIS, ("pillar", "1")), Label(THIS, ("pillar", "2"))
OVER_TIME = truth_of(
    y2025=units((3, "kind:a pillar:1"), (2, "kind:b pillar:1 pillar:2"), (4, "kind:c pillar:2")),
    y2026=units((2, "kind:a pillar:1"), (1, "kind:b pillar:2")),
)

SETS: dict[str, tuple[Label | Among, int]] = {
    "a category": (ONE, 5),
    "everybody": (Label(THIS), 9),
    "both": (every(ONE, OTHER), 2),
    "exactly one": (Among((ONE, OTHER), 1, 1), 7),
    "one less the other": (less(ONE, OTHER), 3),
    "all less a category": (less(Label(THIS), ONE), 4),
    "any": (some(ONE, OTHER), 9),
    "who left": (less(Label(THIS), Label(NEXT)), 6),
    "who came": (less(Label(NEXT), Label(THIS)), 0),
    "who changed category": (every(Label(THIS, ("kind", "a")), Label(NEXT, ("kind", "b"))), 1),
    "in neither": (every(Label(NEXT), none(ONE, OTHER)), 0),
}


@pytest.mark.parametrize("name", SETS)
def test_a_set_is_put_in_published_labels(name: str) -> None:
    of, number = SETS[name]
    assert Counting(OVER_TIME).members("partners", of).bit_count() == number


def test_a_conversation_has_the_categories_of_its_partners() -> None:
    talks = {"t1": a_talk("form:g", "u0", "u3"), "t2": a_talk("form:w", "u5"), "t3": a_talk("form:g", "u0")}
    truth: Truth = {THIS: Records(OVER_TIME[THIS].units, talks)}
    moved = World({(THIS, "u0"): a_unit("kind:c pillar:1", "h0")})
    counting = Counting(truth, [moved])

    def numbers(pair: tuple[str, str]) -> list[int]:
        return [int(each) for each in counting.talks.count(counting.members("conversations", Label(THIS, pair)))]

    assert numbers(("kind", "a")) == [2, 0]
    assert numbers(("kind", "b")) == [1, 1]
    assert numbers(("kind", "c")) == [1, 3]
    assert numbers(("form", "g")) == [2, 2]


def some_world(chance: random.Random) -> World:
    """A few organisations that are otherwise, come or go."""
    changed = {}
    for _ in range(4):
        codes, number = f"kind:{chance.choice('abc')} pillar:{chance.choice('12')}", chance.randrange(12)
        changed[chance.choice((THIS, NEXT)), f"u{number}"] = a_unit(codes, f"h{number}") if number % 3 else None
    return World(changed)


def applied(truth: Truth, world: World) -> Truth:
    """A world written out in full."""
    made = {key: dict(each.units) for key, each in truth.items()}
    for (key, name), unit in world.units.items():
        made[key].pop(name, None)
        made[key] |= {} if unit is None else {name: unit}
    return {key: Records(each) for key, each in made.items()}


@pytest.mark.parametrize("number", range(20))
def test_worlds_counted_together_are_each_what_they_are_counted_alone(number: int) -> None:
    chance = random.Random(number)
    worlds = [some_world(chance) for _ in range(5)]
    edition = published(release_of(NEXT, a_table(OVER_TIME[NEXT], "soort", "partners", "kind", "pillar")))[0]
    together = Counting(OVER_TIME, worlds).tabulate(edition, edition.tables[0])
    for i, whole in enumerate((OVER_TIME, *(applied(OVER_TIME, world) for world in worlds))):
        alone = a_table(whole[NEXT], "soort", "partners", "kind", "pillar")
        assert {codes: Shown(int(n[i])) for codes, n in together.items()} == alone.cells
