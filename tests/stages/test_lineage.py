"""Which codes continue which, and what a reader subtracts who knows it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.factories import HERE, a_collaboration, a_partner, a_source, a_table, an_edition
from tweeluik.protection.differences import Difference, Earlier, StandIns, sensitive_differences
from tweeluik.protection.keys import Keys, without
from tweeluik.protection.unknowns import Unknowns
from tweeluik.record.cell import Shown
from tweeluik.selection.rules import select
from tweeluik.selection.tables import tabulate
from tweeluik.source.lineage import Lineage, as_terms
from tweeluik.source.records import AgendaItem, Edition, FormerLabel, Period, Source, Term


def a_term(code: str, first: int = 0, last: int = 9999, *replaces: str, label: str = "") -> Term:
    return Term(code, label or code.upper(), None, HERE, first, last, (), replaces)


SPLIT = (a_term("a", 0, 2025), a_term("b", 2026, 9999, "a"), a_term("c", 2026, 9999, "a"))
JOINED = (a_term("a", 0, 2025), a_term("b", 0, 2025), a_term("c", 2026, 9999, "a", "b"))
RENAMED = (a_term("a", 0, 2025), a_term("b", 2026, 2027, "a"), a_term("c", 2028, 9999, "b"))
GAP = (a_term("a", 0, 2025), a_term("b", 2027, 9999, "a"))


@pytest.mark.parametrize(
    ("terms", "code", "year", "stands"),
    [
        (SPLIT, "a", 2025, "a"),
        (SPLIT, "a", 2026, None),
        (SPLIT, "b", 2025, "a"),
        (JOINED, "a", 2026, "c"),
        (JOINED, "c", 2025, None),
        (RENAMED, "a", 2029, "c"),
        (RENAMED, "c", 2025, "a"),
        (RENAMED, "c", 2027, "b"),
        (GAP, "a", 2026, None),
        (GAP, "b", 2026, None),
        (GAP, "a", 2027, "b"),
    ],
)
def test_one_code_stands_for_another_in_a_year_where_there_is_no_doubt(
    terms: tuple[Term, ...], code: str, year: int, stands: str | None
) -> None:
    assert Lineage(terms).in_year(code, year) == stands


@pytest.mark.parametrize(
    ("last", "first", "label", "continues"),
    [
        (2025, 2026, "Utrecht", ("NL31",)),
        (2025, 2026, "Gelderland", ()),   # another label
        (2025, 2027, "Utrecht", ()),      # a year between
        (2024, 2026, "Utrecht", ()),
    ],
)  # fmt: skip
def test_a_label_joins_two_codes_only_when_one_follows_the_other(
    last: int, first: int, label: str, continues: tuple[str, ...]
) -> None:
    terms = (a_term("NL31", 0, last, label="Utrecht"), a_term("NL35", first, label=label))
    assert Lineage(terms).continues("NL35") == continues


@pytest.mark.parametrize(("last", "continues"), [(2024, ("a",)), (2025, ("a",)), (2026, ()), (9999, ())])
def test_a_code_continues_only_what_had_ended(last: int, continues: tuple[str, ...]) -> None:
    assert Lineage((a_term("a", 0, last), a_term("b", 2026, 9999, "a"))).continues("b") == continues


def test_the_same_label_in_the_next_year_is_the_same_thing() -> None:
    terms = (a_term("NL31", 0, 2025, label="Utrecht"), a_term("NL35", 2026, label="Utrecht"))
    later = (terms[0], replace(terms[1], first=2027))
    renamed = (terms[0], replace(terms[1], label="Stad", before=(FormerLabel(2026, "Utrecht", HERE),)))
    assert [Lineage(each).in_year("NL31", 2027) for each in (terms, later, renamed)] == ["NL35", None, "NL35"]


@pytest.mark.parametrize(
    "terms", [(a_term("a", 2027, 2026),), (a_term("a", 2025, 2026, "b"), a_term("b", 2025, 2026, "a"))]
)
def test_mistakes_that_are_still_to_be_reported_do_not_go_round_in_a_circle(terms: tuple[Term, ...]) -> None:
    assert [Lineage(terms).in_year("a", year) for year in (2020, 2030)] == [None, None]
    assert Lineage(terms).origin("a") == "a"


def test_the_items_of_one_code_of_the_agenda_are_one() -> None:
    items = (
        AgendaItem("1.2", "Later", "1", 2027, 2029, HERE),
        AgendaItem("1.2", "Eerst", "1", 2025, 2026, HERE, ("1.1",)),
    )
    assert as_terms(items) == (
        Term("1.2", "Later", None, HERE, 2025, 2029, (FormerLabel(2026, "Eerst", HERE),), ("1.1",)),
    )


# --- what a reader subtracts ------------------------------------------------------------------------------------------


def test_keys_of_one_line_are_one_through_time_and_those_of_a_split_are_not() -> None:
    source = a_source()
    keys = Keys(source.agenda, replace(source.vocabulary, kinds=RENAMED, regions=SPLIT))
    assert keys.through_time(("partners", frozenset({("kind", "c")}))) == ("partners", frozenset({("kind", "a")}))
    absent = ("partners", frozenset({without(("kind", "c"))}))
    assert keys.through_time(absent) == ("partners", frozenset({without(("kind", "a"))}))
    part = ("partners", frozenset({("region", "b")}))
    assert keys.through_time(part) == part


KEY = bytes(32)


def an_edition_of(year: int) -> Edition:
    period = Period(date(year, 1, 1), date(year, 12, 31))
    return an_edition(a_table("partners", "region"), id=str(year), period=period, status="final")


def cells_of(source: Source, year: int) -> Unknowns:
    selection = select(source, an_edition_of(year))
    return Unknowns(selection, tabulate(source, selection), Keys(source.agenda, source.vocabulary))


def a_reader_of(source: Source, year: int) -> Earlier:
    """Everything of a year is shown, and remembered."""
    unknowns = cells_of(source, year)
    here = StandIns(unknowns, KEY)
    published = {each.key: Shown(each.value) for each in unknowns.all}
    return Earlier(published, {each.key: here.of(each.members) for each in unknowns.all}, here.holding)


def test_one_who_leaves_is_seen_although_the_code_of_the_region_is_new() -> None:
    both = tuple(a_collaboration(year) for year in (2025, 2026))
    stay = (a_partner(f"p-{n}", collaborations=both) for n in range(9))
    source = a_source((*stay, a_partner("p-9"), a_partner("p-a", region="NL", collaborations=both)))
    regions = (a_term("NL31", 0, 2025), a_term("NL35", 2026, 9999, "NL31"), a_term("NL"))
    source = replace(source, vocabulary=replace(source.vocabulary, regions=regions))
    earlier, now = a_reader_of(source, 2025), cells_of(source, 2026)
    here = next(i for i, each in enumerate(now.all) if each.key[1] == frozenset({("region", "NL35")}))
    assert Difference(here, 10) in set(sensitive_differences(now, [earlier], KEY))
