"""Laws of the past: every day has one value of every trait, whatever the order in which the entries stand."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from hypothesis import given
from hypothesis import strategies as some

from tests.factories import a_former, a_partner
from tweeluik.source.past import as_on, names, stretches
from tweeluik.source.records import TRAITS, Former, Partner

DAYS = some.dates(date(2025, 1, 1), date(2029, 12, 31))
VALUES: dict[str, some.SearchStrategy[Any]] = {
    "name": some.sampled_from(["A", "B", "C"]),
    "aliases": some.sampled_from([(), ("a",), ("a", "b")]),
    "registration": some.sampled_from(["none", "00000001", "00000002"]),
    "kind": some.sampled_from(["k", "l"]),
    "region": some.sampled_from(["r", "s"]),
    "umbrella": some.sampled_from(["none", "p-8", "p-9"]),
    "traceable_to_persons": some.booleans(),
}
OLD: some.SearchStrategy[dict[str, Any]] = some.fixed_dictionaries({}, optional=VALUES)
FORMERS = some.builds(lambda day, traits: a_former(day, **traits), DAYS, OLD)


@some.composite
def partners(draw: some.DrawFn) -> Partner:
    before = draw(some.lists(FORMERS, max_size=6, unique_by=lambda each: each.until))
    ended = draw(some.none() | DAYS)
    return a_partner(before=tuple(before), ended=ended)


@given(partners(), DAYS)
def test_the_value_on_a_day_is_that_of_the_one_stretch_that_holds_it(partner: Partner, day: date) -> None:
    day = min(day, partner.ended or day)
    for trait in TRAITS:
        (stretch,) = (each for each in stretches(partner, trait) if each.start <= day <= each.until)
        assert getattr(as_on(partner, day), trait) == stretch.value


@given(partners())
def test_stretches_follow_each_other_without_a_gap(partner: Partner) -> None:
    for trait in TRAITS:
        found = stretches(partner, trait)
        assert found[0].start == date.min
        assert all(later.start - earlier.until == timedelta(1) for earlier, later in pairwise(found))


@given(partners(), DAYS)
def test_looking_twice_at_one_day_sees_the_same(partner: Partner, day: date) -> None:
    assert as_on(as_on(partner, day), day) == as_on(partner, day)


@given(partners(), DAYS)
def test_the_order_of_the_entries_says_nothing(partner: Partner, day: date) -> None:
    turned = a_partner(before=partner.before[::-1], ended=partner.ended)
    assert [getattr(as_on(turned, day), trait) for trait in TRAITS] == [
        getattr(as_on(partner, day), trait) for trait in TRAITS
    ]


@given(partners(), some.lists(DAYS, max_size=5))
def test_no_day_has_a_name_that_is_not_known(partner: Partner, days: list[date]) -> None:
    for each in (as_on(partner, day) for day in days):
        assert {each.name, *each.aliases} <= {*names(partner)}


def test_a_past_may_last_one_day() -> None:
    """Two changes on two days that follow each other: the day between has its own value."""
    first, second = date(2026, 3, 1), date(2026, 3, 2)
    partner = a_partner(kind="now", before=(a_former(first, kind="then"), a_former(second, kind="between")))
    assert [each.value for each in stretches(partner, "kind")] == ["then", "between", "now"]
    assert [as_on(partner, day).kind for day in (first, second, second + timedelta(1))] == ["then", "between", "now"]


def test_who_has_ended_is_ever_after_what_it_was_on_its_last_day() -> None:
    last = date(2026, 6, 30)
    partner = a_partner(kind="now", ended=last, before=(a_former(last, kind="then"),))
    assert [as_on(partner, day).kind for day in (last, last + timedelta(1), date(2029, 1, 1))] == ["then"] * 3


def test_an_entry_says_nothing_about_the_traits_that_it_does_not_hold() -> None:
    former: Former = a_former(date(2026, 1, 1), region="r")
    assert as_on(a_partner(before=(former,), kind="l"), date(2025, 6, 1)).kind == "l"
