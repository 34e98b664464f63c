"""Holdings are counted, not organisations; where one changed its umbrella, that of the latest publication counts."""

from __future__ import annotations

from datetime import date

import pytest

from tests.stages.some_worlds import NEXT, THIS, a_table, a_talk, a_unit, published, release_of
from tweeluik.checks.audit.answers import Rules
from tweeluik.checks.audit.contributors import Contributors, Tables, publications
from tweeluik.checks.audit.counting import Counting
from tweeluik.checks.audit.examination import Examination
from tweeluik.checks.audit.questions import Expression, Label, every, some
from tweeluik.checks.audit.worlds import Records, World

OLD = {name: a_unit("kind:a", holding) for name, holding in (("u0", "h0"), ("u1", "h0"), ("u2", "h2"), ("u3", "h3"))}
NEW = {name: a_unit("kind:a", holding) for name, holding in (("u0", "h0"), ("u1", "h1"), ("u2", "h2"), ("u3", "h2"))}
TRUTH = {THIS: Records(OLD), NEXT: Records(NEW)}

SETS: dict[str, tuple[Expression, int]] = {
    "the first year": (Label(THIS), 3),
    "the next": (Label(NEXT), 3),
    "both, by the next": (every(Label(THIS), Label(NEXT)), 3),
    "u0 and u1 in the first": (Label(THIS, ("kind", "a")), 3),
}


@pytest.mark.parametrize("name", SETS)
def test_an_umbrella_and_its_members_count_once(name: str) -> None:
    of, number = SETS[name]
    counting = Counting(TRUTH)
    members = counting.members("partners", of)
    assert Contributors(counting).number(members, of) == number
    assert Contributors(counting).numbers(members, of).tolist() == [number]


@pytest.mark.parametrize(("of", "number"), [(Label(THIS), 1), (Label(NEXT), 2), (some(Label(THIS), Label(NEXT)), 2)])
def test_the_latest_publication_tells_whose_an_organisation_is(of: Expression, number: int) -> None:
    """u0 and u1 are one holding in the first year, and two in the next."""
    counting = Counting(TRUTH)
    both = int.from_bytes(counting.units.row(["u0", "u1"]), "little")
    contributors = Contributors(counting)
    assert contributors.number(both, of) == number
    assert len(list(contributors.holdings(both, of))) == number


def test_behind_kinds_that_are_told_apart_stand_those_of_these_kinds() -> None:
    """What another publication takes together as a and b: who sat there as a c, did not make it a talk with them."""
    people = {"u0": a_unit("kind:a", "h0"), "u1": a_unit("kind:b", "h1"), "u2": a_unit("kind:c", "h2")}
    talks = {"t0": a_talk("", "u0", "u2"), "t1": a_talk("", "u1", "u2"), "t2": a_talk("", "u2")}
    tables = Tables(Counting({THIS: Records(people, talks)}))
    of = some(Label(THIS, ("kind", "a")), Label(THIS, ("kind", "b")))
    assert set(tables.contributions(of)) == {"h0", "h1"}
    assert set(tables.contributions(some(Label(THIS, ("kind", "a")), Label(THIS)))) == {"h0", "h1", "h2"}


def test_of_one_holding_it_is_worked_out_as_of_all() -> None:
    people = {f"u{n}": a_unit(f"kind:{'ab'[n % 2]}", f"h{n}") for n in range(5)}
    talks = {f"t{n:02}": a_talk("", f"u{n % 5}", f"u{n % 3}") for n in range(30)}
    tables = Tables(Counting({THIS: Records(people, talks)}))
    for of in (Label(THIS), Label(THIS, ("kind", "a")), Label(THIS, ("kind", "b")), Label(NEXT)):
        sat = tables.sat(of)
        assert {name: own for name in people if (own := tables.sat_by(f"h{name[1]}", of))} == {
            f"u{name[1]}": own for name, own in sat.items()
        }
    assert not tables.sat_by("nobody", Label(THIS))


def test_they_are_counted_in_every_world() -> None:
    counting = Counting(TRUTH, [World({(THIS, "u1"): None}), World({(THIS, "u0"): None, (THIS, "u1"): None})])
    members = counting.members("partners", Label(THIS))
    assert Contributors(counting).numbers(members, Label(THIS)).tolist() == [3, 3, 2]


@pytest.mark.parametrize(("then", "later"), [("2025", "2026"), ("voorjaar", "najaar")])
def test_it_is_the_days_that_tell_which_is_the_latest(then: str, later: str) -> None:
    """Five in both years, of whom two came under one umbrella in the later one: four stayed, whatever the ids are."""
    before = {f"u{n}": a_unit("kind:a", f"h{n}") for n in range(5)}
    after = {name: a_unit("kind:a", "h0" if name == "u1" else unit.holding) for name, unit in before.items()}
    truth = {(then, 1): Records(before), (later, 1): Records(after)}
    releases = [
        release_of(name, a_table(truth[name], "soort", "partners", "kind"), period_from=date(year, 1, 1),
                   period_until=date(year, 12, 31))
        for name, year in (((then, 1), 2025), ((later, 1), 2026))
    ]  # fmt: skip
    sensitive = {
        question.of for question, _ in Examination(published(*releases), truth, Rules(5, 10), {}).examine(()).sensitive
    }
    assert Label((later, 1), ("kind", "a")) in sensitive
    assert Label((then, 1), ("kind", "a")) not in sensitive
    assert any(publications(of) == truth.keys() for of in sensitive)
