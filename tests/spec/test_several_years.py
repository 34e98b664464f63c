"""The rules over several years and editions: what is of one year or one edition is of no other."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.factories import HERE, a_collaboration, a_conversation, a_partner, a_source, a_table, an_edition
from tweeluik.record.cell import TOTAL
from tweeluik.selection.rules import is_named, select
from tweeluik.selection.tables import Table, tabulate
from tweeluik.source.records import AgendaItem, Edition, Naming, Partner, Period, Source

YEARS = {year: Period(date(year, 1, 1), date(year, 12, 31)) for year in (2025, 2026, 2027)}


def edition_of(year: int, *tables: tuple[str, str]) -> Edition:
    specs = tuple(a_table(counts, rows) for counts, rows in tables)
    return an_edition(*specs, id=str(year), period=YEARS[year], as_of=YEARS[year].until)


def table_of(year: int, dimension: str, *partners: Partner) -> Table:
    source = a_source(partners)
    return tabulate(source, select(source, edition_of(year, ("partners", dimension))))[0]


@pytest.mark.parametrize(("year", "named"), [(2025, True), (2026, False), (2027, False)])
def test_a_consent_names_in_its_own_edition_only(year: int, named: bool) -> None:
    partner = a_partner(
        named_in=(
            Naming("2025", date(2026, 2, 1), None, HERE),
            Naming("2027", date(2028, 2, 1), date(2028, 3, 1), HERE),
        )
    )
    assert is_named(partner, edition_of(year)) is named


LASTING = a_partner(collaborations=(a_collaboration(2025, "1.1a"), a_collaboration(2026, "1.2a", "2.1a")))
LATER = a_partner("p-2", collaborations=(a_collaboration(2026, "2.1a"),))
GONE = a_partner("p-3", collaborations=(a_collaboration(2025, "2.1a"), a_collaboration(2027, "1.1a")))


@pytest.mark.parametrize(
    ("year", "since"),
    [
        (2025, {"2025": 2, TOTAL: 2}),
        (2026, {"2025": 1, "2026": 1, TOTAL: 2}),
        (2027, {"2025": 1, "2026": 0, "2027": 0, TOTAL: 1}),
    ],
)
def test_the_first_year_is_the_earliest_and_never_a_later_one(year: int, since: dict[str, int]) -> None:
    table = table_of(year, "first_year", LASTING, LATER, GONE)
    assert {code: table.value((code,)) for (code,) in table.cells} == since


@pytest.mark.parametrize(("year", "pillars"), [(2025, {"1": 1, "2": 1, TOTAL: 2}), (2026, {"1": 1, "2": 2, TOTAL: 2})])
def test_only_measures_of_the_years_of_the_period_count(year: int, pillars: dict[str, int]) -> None:
    table = table_of(year, "pillar", LASTING, LATER, GONE)
    assert {code: table.value((code,)) for (code,) in table.cells} == pillars


def test_work_after_the_period_is_no_first_year() -> None:
    """Of conversation partners no work is asked: one that begins later has no first year yet."""
    talks = tuple(a_conversation(date(year, 5, 1), "p-1", "p-2") for year in (2023, 2024))
    later = a_partner("p-2", collaborations=(a_collaboration(2025),))
    edition = an_edition(
        a_table("partners", "first_year"), id="lijst", population="conversation-partners",
        period=Period(date(2023, 1, 1), date(2024, 12, 31)), as_of=date(2024, 12, 31),
    )  # fmt: skip
    source = a_source((a_partner(collaborations=(a_collaboration(2024),)), later), talks)
    source = with_pillars(source, AgendaItem("1", "Een", None, 2024, 2029, HERE))
    table = tabulate(source, select(source, edition))[0]
    assert {code: table.value((code,)) for (code,) in table.cells} == {"2024": 1, TOTAL: 2}


def with_pillars(source: Source, *pillars: AgendaItem) -> Source:
    return replace(source, agenda=replace(source.agenda, pillars=pillars))


def test_the_first_years_begin_with_the_oldest_pillar() -> None:
    pillars = (AgendaItem("1", "Een", None, 2026, 2029, HERE), AgendaItem("2", "Twee", None, 2024, 2029, HERE))
    source = with_pillars(a_source((LASTING,)), *pillars)
    table = tabulate(source, select(source, edition_of(2026, ("partners", "first_year"))))[0]
    assert [each.code for each in table.dimensions[0].categories] == ["2024", "2025", "2026"]


@pytest.mark.parametrize(
    ("years", "pillars"),
    [
        ((2025, 2025), [("1", "Vroeger"), ("2", "Twee")]),
        ((2026, 2026), [("1", "Later")]),
        ((2025, 2026), [("1", "Later"), ("2", "Twee")]),
    ],
)
def test_an_edition_has_the_parts_of_any_of_its_years_under_their_last_labels(
    years: tuple[int, int], pillars: list[tuple[str, str]]
) -> None:
    agenda = (
        AgendaItem("1", "Later", None, 2026, 2029, HERE),
        AgendaItem("1", "Vroeger", None, 2024, 2025, HERE),
        AgendaItem("2", "Twee", None, 2024, 2025, HERE),
    )
    worker = a_partner(collaborations=(a_collaboration(2025), a_collaboration(2026)))
    for order in (agenda, agenda[::-1]):
        period = Period(date(years[0], 1, 1), date(years[1], 12, 31))
        edition = an_edition(a_table("partners", "pillar"), id="samen", period=period, as_of=period.until)
        source = with_pillars(a_source((worker,)), *order)
        categories = tabulate(source, select(source, edition))[0].dimensions[0].categories
        assert sorted((each.code, each.label) for each in categories) == pillars


def test_a_period_of_two_years_holds_the_measures_of_both() -> None:
    source = a_source((LASTING,))
    edition = an_edition(
        a_table("partners", "theme"), id="samen", period=Period(date(2025, 1, 1), date(2026, 12, 31)),
        as_of=date(2026, 12, 31),
    )  # fmt: skip
    table = tabulate(source, select(source, edition))[0]
    assert [table.value((code,)) for code in ("1.1", "1.2", "2.1", TOTAL)] == [1, 1, 1, 1]


@pytest.mark.parametrize(("subject", "counts"), [("integratie-en-samenleven", True), ("overig", False)])
def test_conversation_partners_have_conversations_on_integration_only(subject: str, counts: bool) -> None:
    talks = tuple(a_conversation(date(year, 5, 1), context="society", measures=()) for year in (2023, 2024))
    asked = a_conversation(date(2024, 6, 1), subject=subject)
    edition = an_edition(
        id="lijst", population="conversation-partners", period=Period(date(2023, 1, 1), date(2024, 11, 21)),
        as_of=date(2024, 11, 21),
    )  # fmt: skip
    kept = select(a_source((a_partner(),), (*talks, asked)), edition).conversations
    assert (asked in kept) is counts


@pytest.mark.parametrize(("day", "counts"), [("2024-12-31", False), ("2025-01-01", True), ("2025-12-31", True), ("2026-01-01", False)])  # fmt: skip
def test_a_conversation_is_of_the_edition_in_whose_period_it_was(day: str, counts: bool) -> None:
    talk = a_conversation(date.fromisoformat(day))
    assert (select(a_source((a_partner(),), (talk,)), edition_of(2025)).conversations == (talk,)) is counts
