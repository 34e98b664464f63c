"""Who takes the seats of an organisation that another world has otherwise: no number of conversations changes by it."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest

from tests.stages.some_worlds import NEXT, THIS, a_table, a_talk, a_unit, published, release_of, units
from tweeluik.checks.audit.answers import Rules
from tweeluik.checks.audit.counting import Counting
from tweeluik.checks.audit.examination import Examination
from tweeluik.checks.audit.fitting import Attackers
from tweeluik.checks.audit.published import Edition
from tweeluik.checks.audit.questions import Label, Memory
from tweeluik.checks.audit.worlds import Publication, Records, Talk, Truth, Unit
from tweeluik.disclosure.effort import Effort
from tweeluik.protection.worlds.carriers import TooFew, carriers, tellings
from tweeluik.protection.worlds.demands import Asker
from tweeluik.protection.worlds.everything import CONVERSATIONS, Everything
from tweeluik.protection.worlds.moves import Moves, Rooms
from tweeluik.protection.worlds.people import People
from tweeluik.protection.worlds.program import find
from tweeluik.protection.worlds.seats import Seats
from tweeluik.protection.worlds.terms import Terms, Want
from tweeluik.protection.worlds.world import NOBODY, Known, Move, Way, World

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


def to_kind_b(people: People, name: str, way: Way = Way.GIVE) -> Move:
    """How an organisation might have been of kind b: with another in its seats, or with its conversations."""
    crowd = people.crowd
    moves = crowd.moves_from(crowd.type_of[people.ids.index(name)])
    there = (each for each in moves if each.target != NOBODY and (0, ("kind", "b")) in crowd.tokens[each.target])
    ways = {each.way: each for each in there}
    return next(ways[each] for each in (way, None, Way.KEEP) if each in ways)


def otherwise(people: People, *names: str, stay: frozenset[int] = frozenset()) -> World | None:
    return people.crowd.world({people.ids.index(name): to_kind_b(people, name) for name in names}, (), stay)


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
    assert people.crowd.acquaintance.unserved(world) == unserved == {"h0", "h1", "h5"}


def in_this_year_only(people: People, name: str) -> Move:
    """How an organisation might have been otherwise in this year alone, with another in seats of its own."""
    crowd = people.crowd
    return next(
        move for move in crowd.moves_from(crowd.type_of[people.ids.index(name)])
        if move.way in (None, Way.GIVE) and move.target != NOBODY and crowd.acquaintance.seen_in(move) == {0}
    )  # fmt: skip


def test_who_is_otherwise_in_one_year_keeps_its_seats_in_the_others_and_who_sat_with_it_there_sees_nothing() -> None:
    here = units((4, "kind:a"), (4, "kind:b"))
    talks = {THIS: {"t0": a_talk("form:g", "u0")}, NEXT: {"t1": a_talk("form:g", "u0", "u5", month="2026-03")}}
    truth = {key: Records(here, each) for key, each in talks.items()}
    editions, people = people_of(truth)
    record = people.ids.index("u0")
    gives = in_this_year_only(people, "u0")
    world = people.crowd.world({record: gives}, (), frozenset())
    assert world is not None
    told = people.told(world)
    assert told.talks.keys() == {(THIS, "t0")}
    assert Examination(editions, truth, Rules(5, 10), {}).fits([told]) == [True, True]
    attackers = Attackers(Counting(truth, [told]), Memory.EVER)
    assert "h5" in attackers.names_in(attackers.untouched[1])
    assert record in carriers(people.crowd, [gives], Known(met={record: frozenset({1})}))
    assert record not in carriers(people.crowd, [gives], Known(met={record: frozenset({0})}))


def test_whoever_has_seats_in_one_year_need_not_look_like_the_other_in_the_next() -> None:
    """Two of kind a in 2025, of whom one is of kind b in 2026: it may have had the other's seats of 2025."""
    later = {"u0": a_unit("kind:a", "h0"), "u1": a_unit("kind:b", "h1"), "u2": a_unit("kind:b", "h2")}
    truth = {
        THIS: Records(units((2, "kind:a"), (1, "kind:b")), {"t0": a_talk("form:g", "u0")}),
        NEXT: Records(later, {"t1": a_talk("form:g", "u0", month="2026-03")}),
    }
    _, people = people_of(truth)
    world = people.crowd.world({people.ids.index("u0"): in_this_year_only(people, "u0")}, (), frozenset())
    assert world is not None
    assert world.seats == {people.ids.index("u0"): people.ids.index("u1")}


def test_whoever_is_otherwise_in_another_year_may_have_had_seats_in_this_one() -> None:
    here = units((2, "kind:a"), (4, "kind:b"))
    talks = {THIS: {"t0": a_talk("form:g", "u0")}, NEXT: {"t1": a_talk("form:g", "u0", month="2026-03")}}
    _, people = people_of({key: Records(here, each) for key, each in talks.items()})
    record, other = people.ids.index("u0"), people.ids.index("u1")
    moves = people.crowd.moves_from(people.crowd.type_of[other])
    later = next(each for each in moves if people.crowd.acquaintance.seen_in(each) == {1} and each.target != NOBODY)
    world = people.crowd.world({record: in_this_year_only(people, "u0"), other: later}, (), frozenset())
    assert world is not None
    assert world.seats == {record: other}


@pytest.mark.parametrize(("number", "are_few"), [(11, True), (12, False)])
def test_of_many_who_look_alike_in_one_year_one_always_stays_though_few_do_in_both(number: int, are_few: bool) -> None:
    later = {f"u{n}": a_unit("kind:a" if n < 3 else "kind:b", f"h{n}") for n in range(number)}
    truth = {
        THIS: Records(units((number, "kind:a"), (1, "kind:b")), {"t0": a_talk("form:g", "u0")}),
        NEXT: Records(later, {"t1": a_talk("form:g", "u0", month="2026-03")}),
    }
    _, people = people_of(truth)
    few = in_this_year_only(people, "u0").few
    assert (few is not None and len(people.crowd.seating.alike[few]) == number) is are_few


def test_where_one_gave_its_seats_all_of_its_kind_did_not_take_along_what_they_sat_at() -> None:
    _, people = people_of(truth_of())
    moved = {people.ids.index(each): to_kind_b(people, each, Way.ALL).target for each in ("u0", "u1", "u2", "u3")}
    whole = people.crowd.seating.with_all_alike
    assert {people.ids[each] for each in whole(World(moved))} == {"u0", "u1"}
    assert not list(whole(World(moved, (), {people.ids.index("u0"): people.ids.index("u4")})))


def test_whoever_sat_at_a_table_of_one_year_may_have_had_the_seats_of_another() -> None:
    """It did not sit twice at one table."""
    here = units((2, "kind:a"), (1, "kind:b"))
    talks = {THIS: {"t0": a_talk("form:g", "u0")}, NEXT: {"t1": a_talk("form:g", "u0", "u1", month="2026-03")}}
    _, people = people_of({key: Records(here, each) for key, each in talks.items()})
    record, other = people.ids.index("u0"), people.ids.index("u1")
    assert people.crowd.seating.taking(record, frozenset({0})).takers == (other,)
    assert people.crowd.seating.taking(record, frozenset({1})).takers == ()
    assert people.crowd.seating.taking(record, frozenset({0, 1})).takers == ()


def test_whoever_has_seats_at_a_table_that_two_publications_count_looks_like_the_other_in_both() -> None:
    """Whichever of them tells that the other was otherwise."""
    both: Publication = ("2025-b", 1)
    later = {"u0": a_unit("kind:a", "h0"), "u1": a_unit("kind:b", "h1"), "u2": a_unit("kind:a", "h2")}
    talks = {"t0": a_talk("form:g", "u0")}
    truth = {THIS: Records(units((3, "kind:a"), (1, "kind:b")), talks), both: Records(later, talks)}
    _, people = people_of(truth)
    able = people.crowd.seating.taking(people.ids.index("u0"), frozenset({0})).takers
    assert [people.ids[each] for each in able] == ["u2"]


def test_with_others_in_its_seats_no_number_of_conversations_hangs_on_what_it_is() -> None:
    _, people = people_of(truth_of())
    assert len(to_kind_b(people, "u0").effect) == 2  # kind a and kind b of the partners
    assert len(to_kind_b(people, "u0", Way.KEEP).effect) > 2


def test_who_must_stay_does_not_take_a_seat() -> None:
    _, people = people_of(truth_of())
    aside = frozenset(people.ids.index(each) for each in ("u1", "u2"))
    world = otherwise(people, "u0", stay=aside)
    assert world is not None
    assert [people.ids[each] for each in world.seats.values()] == ["u3"]
    assert otherwise(people, "u0", stay=aside | {people.ids.index("u3")}) is None


def test_of_a_few_who_look_alike_one_stays_in_the_seats_of_the_others() -> None:
    _, people = people_of(truth_of())
    made = {people.ids.index(name): to_kind_b(people, name) for name in ("u0", "u1", "u2", "u3")}
    assert people.crowd.world(dict(list(made.items())[:3]), (), frozenset()) is not None
    assert people.crowd.world(made, (), frozenset()) is None


def test_who_moves_is_chosen_so_that_somebody_stays_for_every_seat() -> None:
    """Who sat with u0 cannot have its seat as well: of the three who move one is u3, or nobody would be left for it."""
    _, people = people_of(truth_of({"t0": a_talk("form:g", "u0", "u3")}))
    moves = [to_kind_b(people, name) for name in ("u0", "u1", "u2", "u3")]
    first = next(tellings(people.crowd, [(3, moves, Known())], Known()))
    assert people.ids.index("u3") in first.moved
    assert len(first.moved) == 3


def test_where_all_who_might_have_a_seat_have_to_move_too_one_fewer_moves() -> None:
    _, people = people_of(truth_of({"t0": a_talk("form:g", "u0", "u3")}))
    moves = [to_kind_b(people, name) for name in ("u0", "u1", "u2")]
    with pytest.raises(TooFew) as failed:
        next(tellings(people.crowd, [(3, moves, Known())], Known()))
    assert {people.ids[each] for each in failed.value.records} == {"u0", "u1", "u2"}
    assert failed.value.most == 2
    assert failed.value.giver == (people.ids.index("u0"), frozenset({0}))


THREE = {"t0": a_talk("form:g", "u0"), "t1": a_talk("form:g", "u1", "u2")}
"""Nobody but u0 can have the seat of u1: u2 sat beside it."""


def test_a_seat_that_nobody_can_have_is_in_the_way_of_nothing_but_leaving_it() -> None:
    here = units((3, "kind:a"), (4, "kind:b"))
    _, people = people_of({THIS: Records(here, THREE)})
    crowd, (u0, u1) = people.crowd, map(people.ids.index, ("u0", "u1"))
    gives, keeps = to_kind_b(people, "u1"), to_kind_b(people, "u1", Way.KEEP)
    assert [crowd.seating.unseats((u1, frozenset({0})), u1, each) for each in (gives, keeps)] == [True, False]
    assert crowd.seating.unseats((u1, frozenset({0})), u0, to_kind_b(people, "u0", Way.KEEP))


def test_where_one_cannot_give_its_seats_it_takes_along_what_is_counted_there() -> None:
    """Of three who look alike one stays, and the seat of one that goes nobody can have: no number of it is published."""
    here = units((3, "kind:a"), (4, "kind:b"))
    truth = {THIS: Records(here, THREE)}
    _, people = people_of(truth)
    crowd = people.crowd
    asker = Asker(crowd, Label(THIS, ("kind", "a")), {THIS: 0})
    lent = [move for kind in crowd.true for move in crowd.moves_from(kind)]
    moves = Moves(crowd, [each for each in lent if NOBODY not in (each.source, each.target)], Rooms({}))
    met = Known(met={people.ids.index("u2"): frozenset({0})})
    found = find(crowd, moves, Want(asker, 3, low=1), Terms(met, 6))
    assert found is not None
    assert {people.ids[each] for each in found.worlds[0].moved} == {"u0", "u1"}


@pytest.mark.parametrize(
    ("members", "gives"),
    [(("u0", "u1", "u2", "u3"), False), (("u0", "u1", "u2"), True)],
    ids=["all of its kind sat there", "one of its kind did not"],
)
def test_nobody_sits_at_a_table_twice(members: tuple[str, ...], gives: bool) -> None:
    _, people = people_of(truth_of({"t0": a_talk("form:g", *members)}))
    crowd = people.crowd
    assert any(move.way is Way.GIVE for move in crowd.moves_from(crowd.type_of[people.ids.index("u0")])) is gives


def test_who_keeps_what_is_counted_keeps_its_seats() -> None:
    truth = truth_of(later={"u0": a_unit("kind:a", "h0"), "u1": a_unit("kind:b", "h1")})
    _, people = people_of(truth)
    crowd, record = people.crowd, people.ids.index("u0")
    gone_later = next(
        move for move in crowd.moves_from(crowd.type_of[record])
        if move.target != NOBODY and (0, ("kind", "a")) in crowd.tokens[move.target]
    )  # fmt: skip
    assert gone_later.way is not Way.GIVE
    world = crowd.world({record: gone_later}, (), frozenset())
    assert world is not None
    assert not world.seats


def test_where_all_of_a_kind_are_otherwise_their_conversations_are_too() -> None:
    truth = truth_of()
    editions, people = people_of(truth)
    made = {people.ids.index(name): to_kind_b(people, name, Way.ALL) for name in ("u0", "u1", "u2", "u3")}
    world = people.crowd.world(made, (), frozenset())
    assert world is not None
    assert not people.told(world).talks
    assert Examination(editions, truth, Rules(5, 10), {}).fits([people.told(world)]) == [True, False]


def test_of_those_alike_at_a_table_the_first_stands_for_all_when_nobody_is_left() -> None:
    """What the moves of all of them do to the numbers of conversations is what the audit counts."""
    truth = truth_of(
        {"t0": a_talk("form:g", "u0", "u1"), "t1": a_talk("form:w", "u1", "u5"), "t2": a_talk("form:g", "u2")}
    )
    editions, people = people_of(truth)
    made = {people.ids.index(name): to_kind_b(people, name, Way.ALL) for name in ("u0", "u1", "u2", "u3")}
    world = people.crowd.world(made, (), frozenset())
    assert world is not None
    (edition,) = editions
    counting = Counting(truth, [people.told(world)])
    counted = {
        (table.id, codes): numbers[1] - numbers[0]
        for table in edition.tables for codes, numbers in counting.tabulate(edition, table).items()
    }  # fmt: skip
    everything = Everything(editions, truth, {})
    moved = Counter[int]()
    for move in made.values():
        moved.update(dict(move.effect))
    told = {
        (place.table, place.codes): moved[cell] for cell, places in enumerate(everything.places) for place in places
    }
    assert told == counted


# --- many, of a few kinds ---------------------------------------------------------------------------------------------


def many(seed: int) -> tuple[Truth, Everything, Seats]:
    """Thirty in two publications, of whom some are in one only, at fifty tables by chance."""
    dice = Random(seed)
    here = {
        f"u{n}": a_unit(f"kind:{dice.choice('ab')} region:{dice.choice(('NL31', 'NL32'))}", f"h{n}") for n in range(30)
    }
    later = {
        name: dice.choice((unit, a_unit("kind:b", unit.holding))) for name, unit in here.items() if dice.random() < 0.8
    }
    talks = {
        f"t{n}": a_talk(f"form:{dice.choice('gw')}", *dice.sample(sorted(later), 2), month=f"202{5 + n % 2}-03")
        for n in range(50)
    }
    truth = {THIS: Records(here, dict(list(talks.items())[::2])), NEXT: Records(later, dict(list(talks.items())[1::2]))}
    everything = Everything(told_of(truth), truth, {})
    holding = {name: unit.holding for name, unit in here.items()}
    return truth, everything, Seats(everything, tuple(sorted(here)), holding)


@pytest.mark.parametrize("seed", range(3))
def test_who_looks_alike_is_who_looks_as_it_does_in_every_publication_of_its_tables(seed: int) -> None:
    truth, everything, seats = many(seed)

    def looks(publication: Publication, name: str) -> object:
        unit = truth[publication].units.get(name)
        return unit and frozenset(pair for pair in unit.codes if pair[0] == "kind")

    attended = sorted({name for records in truth.values() for talk in records.talks.values() for name in talk.units})
    for name in attended:
        at = [key for key in truth if any(name in talk.units for talk in truth[key].talks.values())]
        told = {each for each in truth[THIS].units if all(looks(key, each) == looks(key, name) for key in at)}
        assert set(seats.alike(name).names) == seats.alike(name).them == told, name
        assert list(seats.alike(name).names) == sorted(told)
    assert len({id(seats.alike(name)) for name in attended}) < len(attended) / 2
    assert everything.number == {THIS: 0, NEXT: 1}


@pytest.mark.parametrize("found", ["t0", "t2"])
def test_who_sat_at_a_table_that_a_correction_found_looks_like_itself(found: str) -> None:
    """A conversation of a year that an earlier version did not have says nothing of whether its partner was in that."""
    talks = {name: a_talk("form:g", "u0") for name in ("t0", "t1", "t2")}
    before = {name: talk for name, talk in talks.items() if name != found}
    here = units((4, "kind:a"), (4, "kind:b"))
    truth = {THIS: Records(here, before), ("2025", 2): Records(here, talks)}
    everything = Everything(told_of(truth), truth, {})
    seats = Seats(everything, tuple(sorted(here)), {name: unit.holding for name, unit in here.items()})
    assert seats.alike("u0").names == ("u0", "u1", "u2", "u3")


@pytest.mark.parametrize("seed", range(3))
def test_conversations_that_look_alike_are_counted_together_as_one_by_one(seed: int) -> None:
    truth, everything, _ = many(seed)
    one_by_one = Counter[int]()
    for key, i in everything.number.items():
        for talk in truth[key].talks.values():
            pairs = talk.codes.union(*(truth[key].units[name].codes for name in talk.units))
            one_by_one.update(everything.hits(i, CONVERSATIONS, pairs))
    assert everything.count_conversations() == one_by_one
    assert max(one_by_one.values()) > 10


# --- whose records change hands ---------------------------------------------------------------------------------------


def test_an_organisation_that_went_to_another_holding_knows_itself_in_all_years() -> None:
    """Both holdings do, whichever year another world changes; and such worlds are accepted, with their own holdings."""
    here = units((4, "kind:a"), (4, "kind:b"))
    truth = {THIS: Records(here, {}), NEXT: Records(here | {"u0": a_unit("kind:a", "h9")}, {})}
    editions, people = people_of(truth)
    crowd, record = people.crowd, people.ids.index("u0")
    worlds = [World({record: each.target}) for each in crowd.moves_from(crowd.type_of[record]) if each.source >= 0]
    told = [people.told(each) for each in worlds]
    examination, counting = Examination(editions, truth, Rules(5, 10), {}), Counting(truth, told)
    assert examination.fits(told) == [True] * (1 + len(told))
    changed = {frozenset(publication for publication, _ in each.units) for each in told}
    assert {frozenset({THIS}), frozenset({NEXT})} <= changed
    untouched = Attackers(counting, Memory.EVER).untouched[1:]
    others = {"", *(f"h{n}" for n in range(1, 8))}
    assert all(set(Attackers(counting, Memory.EVER).names_in(each)) == others for each in untouched)
    assert all(crowd.acquaintance.unserved(each) == {"h0", "h9"} for each in worlds)
    assert (
        crowd.acquaintance.known_to("h0")
        == crowd.acquaintance.known_to("h9")
        == Known(frozenset({record}), {}, frozenset({record}))
    )
    assert {"h0", "h9"} <= crowd.acquaintance.who_know(record)


# --- who is known by name ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("known", ["by name", "as one's own"])
def test_who_is_known_by_name_may_have_had_the_seats_of_another_and_who_knows_where_he_sat_may_not(known: str) -> None:
    here = units((1, "kind:a"), (1, "kind:a"), (1, "kind:b"))
    _, people = people_of({THIS: Records(here, {f"t{n}": a_talk("form:g", "u0") for n in range(3)})})
    crowd, record, other = people.crowd, people.ids.index("u0"), people.ids.index("u1")
    kind = crowd.type_of[record]
    moves = [each for each in crowd.moves_from(kind) if each.target >= 0 and each.source >= 0 and each.way is Way.GIVE]
    own = frozenset({other})
    attacker = Known(own) if known == "by name" else Known(own, {}, own)
    told = tellings(crowd, [(1, moves[:1], attacker)], attacker)
    if known == "by name":
        assert next(told).seats == {record: other}
    else:
        with pytest.raises(TooFew):
            next(told)


@pytest.mark.parametrize("known", ["by name", "as one's own"])
def test_all_others_of_a_kind_may_be_otherwise_while_one_that_is_known_by_name_has_their_seats(known: str) -> None:
    here = units((3, "kind:a"), (1, "kind:b"))
    _, people = people_of({THIS: Records(here, {f"t{n}": a_talk("form:g", f"u{n}") for n in range(2)})})
    crowd, named = people.crowd, frozenset({people.ids.index("u2")})
    asker = Asker(crowd, Label(THIS, ("kind", "a")), {THIS: 0})
    moves = [each for kind in crowd.true for each in crowd.moves_from(kind) if each.way is not Way.KEEP]
    attacker = Known(named) if known == "by name" else Known(named, {}, named)
    rooms = Rooms(dict.fromkeys({cell for each in moves for cell, _ in each.effect}, (-9.0, 9.0)))
    found = find(crowd, Moves(crowd, moves, rooms), Want(asker, 3, low=1), Terms(attacker, longest=99))
    if known == "by name":
        assert found is not None
        assert set(found.worlds[0].seats.values()) == named
    else:
        assert found is None
