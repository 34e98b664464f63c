"""Conversations within one publication: the audit asks of the records by itself, whatever is claimed or not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest

from tests.factories import a_collaboration, a_conversation, a_partner
from tests.stages.some_worlds import NEXT, THIS, a_table, a_talk, files_of, hiding, release_of, units
from tests.stages.test_hearing_controls import heard, with_kinds
from tests.stages.test_worlds import final, table
from tweeluik.checks.audit.answers import Rules
from tweeluik.checks.audit.hearing import Handed, hear
from tweeluik.checks.audit.worlds import Publication, Records, Talk
from tweeluik.protection.editions import prove_editions
from tweeluik.record.cell import Codes, Content, Rounded, Suppressed
from tweeluik.record.model import ReleasedTable

PEOPLE = units((6, "kind:a"), (6, "kind:b"))
TALKS = {
    **{f"w{n}": a_talk("form:w theme:1.1", "u0") for n in range(4)},
    **{f"g{n}": a_talk(f"form:g theme:1.{1 + n % 2}", f"u{n % 12}") for n in range(48)},
}
"""Four visits, all with one; four talks with each of twelve."""

RECORDS = Records(PEOPLE, TALKS)


def told(
    *tables: ReleasedTable, talks: Mapping[str, Talk] = TALKS, new: Publication = THIS, base: int | None = None
) -> set[str]:
    """What is told to whom, in a word, and by which subtraction."""
    release = release_of(THIS, *tables)
    if base:
        release = replace(release, protection="rounding", rounding_base=base)
    handed = Handed({THIS: Records(PEOPLE, talks)}, (), Rules(5, 10), {}, new=frozenset({new}))
    found = hear(files_of(release), handed)
    said = (each.what.partition(" can work out") for each in found.problems if "conversations" in each.what)
    return {f"{who}: {rest.partition(': ')[2]}" for who, _, rest in said}


def by_form(hidden: str) -> ReleasedTable:
    return a_table(RECORDS, "vorm", "conversations", "form", hides=hiding(vorm=hidden))


NUMBER, REST = "a reader: a number of the table", "a reader: a total less a category"
ONE_OF_THEM = "one of the organisations: a number of the table"


@pytest.mark.parametrize(
    ("hidden", "expected"),
    [
        ("", {NUMBER, REST}),
        ("w", {NUMBER, REST}),
        ("g", {NUMBER, REST}),
        ("w g", set()),
        ("w _T", set()),
        ("g _T", {NUMBER, REST}),
    ],
)
def test_visits_of_one_organisation_are_asked_about_though_nobody_claims_anything(
    hidden: str, expected: set[str]
) -> None:
    assert {each for each in told(by_form(hidden)) if each in {NUMBER, REST}} == expected


def test_what_is_out_was_asked_about_under_the_policy_of_its_day() -> None:
    assert told(by_form(""), new=NEXT) == set()


@pytest.mark.parametrize(("visits", "expected"), [(5, set()), (0, {NUMBER})])
def test_a_rounded_number_leaves_more_than_that_of_its_largest_contributor(visits: int, expected: set[str]) -> None:
    cells: dict[Codes, Content] = {("w",): Rounded(visits), ("g",): Rounded(50), ("_T",): Rounded(50 + visits)}
    assert {each for each in told(replace(by_form(""), cells=cells), base=5) if each == NUMBER} == expected


@pytest.mark.parametrize(("everything", "expected"), [(57, {NUMBER}), (54, set())])
def test_a_number_that_is_hidden_among_rounded_ones_may_be_less_as_well(everything: int, expected: set[str]) -> None:
    """Five visits, fifty talks: of 55 in all at least, at most fifty were talks."""
    talks = {
        **{f"w{n}": a_talk("form:w", "u0") for n in range(5)},
        **{f"g{n}": a_talk("form:g", f"u{n % 12}") for n in range(50)},
    }
    cells: dict[Codes, Content] = {("w",): Suppressed(), ("g",): Rounded(48), ("_T",): Rounded(everything)}
    found = told(replace(by_form(""), cells=cells), talks=talks, base=3)
    assert {each for each in found if each == NUMBER} == expected


@pytest.mark.parametrize(("others", "knows"), [(1, True), (40, False)])
def test_a_holding_takes_off_the_talks_that_it_had_itself(others: int, knows: bool) -> None:
    """Of 34 visits it had thirty: with one talk more in all, which it knows of, the other had five at most."""
    talks = {
        **{f"w{n}": a_talk("form:w", "u0" if n < 4 else "u1") for n in range(34)},
        **{f"g{n}": a_talk("form:g", f"u{1 + n % 11}") for n in range(others)},
    }
    visits = a_table(Records(PEOPLE, talks), "vorm", "conversations", "form", hides=hiding(vorm="w g"))
    assert (ONE_OF_THEM in told(visits, talks=talks)) is knows


def test_a_producer_that_takes_no_sum_for_sensitive_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is hidden, nothing is claimed: the records say who the four visits were with."""
    members = [a_partner(f"p-{n:03}", kind="k0", collaborations=(a_collaboration(2025, "1.1a"),)) for n in range(12)]
    visits = [a_conversation(date(2025, 1 + n, 3), "p-000", form="werkbezoek") for n in range(4)]
    talks = [a_conversation(date(2025, 1 + n, 4), f"p-{n:03}") for n in range(12)]
    forms = final(replace(table("vorm", "form"), counts="conversations"))
    every = tuple(sorted([*visits, *talks], key=lambda each: each.date))
    source = replace(with_kinds(members, (forms,)), conversations=every)
    assert heard(source, prove_editions(source, {})).problems == ()
    monkeypatch.setattr("tweeluik.protection.safety.is_sensitive_sum", lambda *_: False)
    monkeypatch.setattr("tweeluik.protection.beside.Beside.told_by_sums", lambda *_: ())
    told = heard(source, prove_editions(source, {})).problems
    assert "a number of the table" in {each.what.partition(": ")[2] for each in told}
