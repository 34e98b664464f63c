"""Who takes the seats of an organisation that another world has otherwise: no number of conversations changes by it."""

from __future__ import annotations

import pytest

from tests.stages.some_worlds import NEXT, THIS, a_table, a_talk, a_unit, published, release_of, units
from tweeluik.checks.audit.answers import Rules
from tweeluik.checks.audit.counting import Counting
from tweeluik.checks.audit.examination import Examination
from tweeluik.checks.audit.fitting import Attackers
from tweeluik.checks.audit.published import Edition
from tweeluik.checks.audit.questions import Memory
from tweeluik.checks.audit.worlds import Records, Talk, Truth, Unit
from tweeluik.disclosure.effort import Effort
from tweeluik.protection.worlds.crowd import NOBODY, World
from tweeluik.protection.worlds.everything import Everything
from tweeluik.protection.worlds.people import People

TALKS = {"t0": a_talk("form:g", "u0"), "t1": a_talk("form:g", "u0", "u5"), "t2": a_talk("form:w", "u1")}


def truth_of(talks: dict[str, Talk] | None = None, later: dict[str, Unit] | None = None) -> Truth:
    """Four of kind a (u0 to u3) and four of kind b; their conversations are counted by kind and form."""
    here = units((4, "kind:a"), (4, "kind:b"))
    made = {THIS: Records(here, TALKS if talks is None else talks)}
    return made if later is None else made | {NEXT: Records(later, {})}


def told_of(truth: Truth) -> tuple[Edition, ...]:
    return published(
        *(
            release_of(
                key,
                a_table(records, "soort", "partners", "kind", hides=lambda *_: True),
                a_table(records, "gesprekken", "conversations", "kind", "form"),
            )
            for key, records in truth.items()
        )
    )


def people_of(truth: Truth) -> tuple[tuple[Edition, ...], People]:
    editions = told_of(truth)
    return editions, People(Everything(editions, truth, {}), Effort.endless())


def of_kind_b(people: People, record: int) -> int:
    """The type of a record that is of kind b, else as it is."""
    crowd = people.crowd
    kinds = (move.target for move in crowd.moves_from(crowd.type_of[record]) if move.target != NOBODY)
    return next(kind for kind in kinds if (0, ("kind", "b")) in crowd.tokens[kind])


def otherwise(people: People, name: str, *, stay: frozenset[int] = frozenset()) -> World | None:
    record = people.ids.index(name)
    return people.crowd.world({record: of_kind_b(people, record)}, (), stay)


def test_another_of_its_kind_had_its_seats_and_the_audit_takes_it() -> None:
    truth = truth_of()
    editions, people = people_of(truth)
    world = otherwise(people, "u0")
    assert world is not None
    told = people.told(world)
    assert {name: talk and set(talk.units) for (_, name), talk in told.talks.items()} == {
        "t0": {"u1"},
        "t1": {"u1", "u5"},
    }
    assert {name: talk and set(talk.holdings) for (_, name), talk in told.talks.items()} == {
        "t0": {"h1"},
        "t1": {"h1", "h5"},
    }
    assert Examination(editions, truth, Rules(5, 10), {}).fits([told]) == [True, True]


def test_whoever_had_the_seats_or_sat_beside_them_knows_better_and_nobody_else() -> None:
    truth = truth_of()
    _, people = people_of(truth)
    world = otherwise(people, "u0")
    assert world is not None
    attackers = Attackers(Counting(truth, [people.told(world)]), Memory.EVER)
    unserved = set(attackers.names) - set(attackers.names_in(attackers.untouched[1]))
    assert people.crowd.unserved(world) == unserved == {"h0", "h1", "h5"}


def test_no_number_of_conversations_hangs_on_what_somebody_is_whose_seats_others_can_have() -> None:
    _, people = people_of(truth_of())
    crowd, record = people.crowd, people.ids.index("u0")
    (move,) = [each for each in crowd.moves_from(crowd.type_of[record]) if each.target == of_kind_b(people, record)]
    assert len(move.effect) == 2  # kind a and kind b of the partners


def test_who_must_stay_does_not_take_a_seat() -> None:
    _, people = people_of(truth_of())
    aside = frozenset(people.ids.index(each) for each in ("u1", "u2"))
    world = otherwise(people, "u0", stay=aside)
    assert world is not None
    assert [people.ids[each] for each in world.seats.values()] == ["u3"]
    assert otherwise(people, "u0", stay=aside | {people.ids.index("u3")}) is None


@pytest.mark.parametrize(
    ("members", "taken"),
    [(("u0", "u1", "u2", "u3"), False), (("u0", "u1", "u2"), True)],
    ids=["all of its kind sat there", "one of its kind did not"],
)
def test_nobody_sits_at_a_table_twice(members: tuple[str, ...], taken: bool) -> None:
    _, people = people_of(truth_of({"t0": a_talk("form:g", *members)}))
    record = people.ids.index("u0")
    (move,) = [
        each for each in people.crowd.moves_from(people.crowd.type_of[record])
        if each.target == of_kind_b(people, record)
    ]  # fmt: skip
    changes_conversations = len(move.effect) > 2
    assert changes_conversations is not taken


def test_who_keeps_what_is_counted_keeps_its_seats() -> None:
    truth = truth_of(later={"u0": a_unit("kind:a", "h0"), "u1": a_unit("kind:b", "h1")})
    _, people = people_of(truth)
    crowd, record = people.crowd, people.ids.index("u0")
    gone_later = next(
        move.target for move in crowd.moves_from(crowd.type_of[record])
        if move.target != NOBODY and crowd._in(move.target, 0) == crowd._in(crowd.type_of[record], 0)
    )  # fmt: skip
    world = crowd.world({record: gone_later}, (), frozenset())
    assert world is not None
    assert not world.seats
