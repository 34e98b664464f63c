"""An edition is computed from the state of its reference date. One row: a fact with its days, and what each year says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.factories import (
    HERE,
    a_collaboration,
    a_conversation,
    a_former,
    a_partner,
    a_source,
    a_table,
    an_edition,
    an_endorsement,
)
from tweeluik.record.cell import TOTAL
from tweeluik.selection.rules import Selection, select
from tweeluik.selection.tables import tabulate
from tweeluik.source.past import as_on, names, registrations, stretches
from tweeluik.source.records import Edition, FormerLabel, Partner, Period, Source, Term

YEARS = (2025, 2026, 2027)
WORK = tuple(a_collaboration(year) for year in YEARS)
TABLES = (a_table("partners", "region"), a_table("partners", "kind"), a_table("partners", "first_year"))


def of_year(year: int, **changes: Any) -> Edition:
    period = Period(date(year, 1, 1), date(year, 12, 31))
    return an_edition(*TABLES, **{"id": str(year), "period": period, "status": "final", **changes})


def a_worker(id: str = "p-1", **changes: Any) -> Partner:
    return a_partner(id, **{"collaborations": WORK, **changes})


def in_years(source: Source) -> Mapping[int, Selection]:
    return {year: select(source, of_year(year)) for year in YEARS}


def counts(source: Source, year: int, rows: str) -> dict[str, int]:
    """Value by code, without the empty ones."""
    edition = of_year(year)
    table = next(each for each in tabulate(source, select(source, edition)) if each.spec.rows == rows)
    return {codes[0]: table.value(codes) for codes in table.cells if table.value(codes)}


# --- traits -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("trait", "was", "now"),
    [
        ("name", "Vroeger", "Nu"),
        ("aliases", ("V",), ("N",)),
        ("aliases", (), ("N",)),
        ("registration", "99000001", "99000002"),
        ("kind", "vereniging", "stichting"),
        ("region", "NL", "NL31"),
        ("traceable_to_persons", False, True),
        ("umbrella", "p-8", "p-9"),
    ],
)
def test_a_trait_is_what_it_was_until_the_day_and_what_it_is_from_the_next(trait: str, was: Any, now: Any) -> None:
    partner = a_partner(**{trait: now}, before=(a_former(date(2026, 6, 30), **{trait: was}),))
    days = (date(2026, 6, 30), date(2026, 7, 1))
    assert [getattr(as_on(partner, day), trait) for day in days] == [was, now]


@pytest.mark.parametrize(("trait", "now"), [("umbrella", "p-9"), ("registration", "99000001")])
def test_none_says_that_there_was_none(trait: str, now: str) -> None:
    partner = a_partner(**{trait: now}, before=(a_former(date(2026, 6, 30), **{trait: "none"}),))
    assert getattr(as_on(partner, date(2026, 1, 1)), trait) is None


def test_of_several_entries_the_earliest_that_reaches_the_day_counts_per_trait() -> None:
    partner = a_partner(
        region="c",
        before=(
            a_former(date(2027, 5, 31), name="Stichting Brug", kind="welzijn"),
            a_former(date(2025, 12, 31), region="a"),
            a_former(date(2026, 12, 31), region="b"),
        ),
    )
    states = [as_on(partner, day) for day in (date(2025, 12, 31), date(2026, 1, 1), date(2027, 1, 1), date(2027, 6, 1))]
    assert [(each.region, each.kind) for each in states] == [
        ("a", "welzijn"), ("b", "welzijn"), ("c", "welzijn"), ("c", "stichting"),
    ]  # fmt: skip
    assert [(each.value, each.until) for each in stretches(partner, "region")] == [
        ("a", date(2025, 12, 31)), ("b", date(2026, 12, 31)), ("c", date.max),
    ]  # fmt: skip


def test_of_who_ended_the_last_day_counts() -> None:
    partner = a_partner(region="b", ended=date(2026, 3, 1), before=(a_former(date(2025, 12, 31), region="a"),))
    assert [as_on(partner, day).region for day in (date(2025, 6, 1), date(2029, 1, 1))] == ["a", "b"]


def test_all_names_and_numbers_are_known_for_ever() -> None:
    partner = a_partner(
        name="C", aliases=("c",), registration="3",
        before=(
            a_former(date(2025, 1, 1), name="A", registration="none"),
            a_former(date(2026, 1, 1), name="B", aliases=("a", "c"), registration="1"),
        ),
    )  # fmt: skip
    assert (names(partner), registrations(partner)) == (("C", "c", "A", "B", "a"), ("3", "1"))


def test_an_organisation_that_moves_moves_no_earlier_edition() -> None:
    source = a_source((a_worker(region="NL", before=(a_former(date(2026, 5, 31), region="NL31"),)), a_worker("p-2")))
    assert [counts(source, year, "region") for year in YEARS] == [
        {"NL31": 2, TOTAL: 2}, {"NL": 1, "NL31": 1, TOTAL: 2}, {"NL": 1, "NL31": 1, TOTAL: 2},
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "was"),
    [
        ({"kind": "gemeente"}, {"kind": "stichting"}),
        ({"traceable_to_persons": True}, {"traceable_to_persons": False}),
    ],
)
def test_who_becomes_what_the_letter_leaves_out_stays_in_the_years_before(changes: Any, was: Any) -> None:
    source = a_source((a_worker(**changes, before=(a_former(date(2026, 6, 30), **was),)),))
    assert [len(each.partners) for each in in_years(source).values()] == [1, 0, 0]


def test_an_umbrella_of_now_joined_nobody_then() -> None:
    member = a_worker("p-2", umbrella="p-1", before=(a_former(date(2026, 6, 30), umbrella="none"),))
    held = [each.holding["p-2"] for each in in_years(a_source((a_worker(), member))).values()]
    assert held == ["p-2", "p-1", "p-1"]


# --- endorsement (L7) -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("periods", "years"),
    [
        ([(date(2025, 1, 1), None)], [2025, 2026, 2027]),
        ([(date(2025, 12, 31), None)], [2025, 2026, 2027]),
        ([(date(2026, 1, 1), None)], [2026, 2027]),
        ([(date(2025, 1, 1), date(2026, 12, 31))], [2025, 2026]),
        ([(date(2025, 1, 1), date(2026, 12, 30))], [2025]),
        ([(date(2025, 1, 1), date(2026, 1, 31)), (date(2027, 1, 1), None)], [2025, 2027]),
        ([(date(2026, 2, 1), date(2026, 11, 30))], []),
        ([], []),
    ],
)
def test_an_endorsement_is_in_force_on_the_reference_date(periods: Any, years: list[int]) -> None:
    partner = a_worker(endorsed=tuple(an_endorsement(*each) for each in periods))
    assert [year for year, selection in in_years(a_source((partner,))).items() if selection.partners] == years


def test_of_who_ended_the_endorsement_is_that_of_the_last_day() -> None:
    endorsed = (an_endorsement(date(2025, 1, 1), date(2026, 8, 31)),)
    work = WORK[:2]
    for ended, years in ((date(2026, 8, 31), [2025, 2026]), (date(2026, 9, 1), [2025])):
        partner = a_worker(endorsed=endorsed, ended=ended, collaborations=work)
        assert [year for year, each in in_years(a_source((partner,))).items() if each.partners] == years


# --- concepts ---------------------------------------------------------------------------------------------------------


def test_a_concept_is_about_the_days_that_its_data_reach() -> None:
    moved = a_worker(region="NL", before=(a_former(date(2026, 10, 30), region="NL31"),))
    talks = (a_conversation(date(2026, 10, 30)), a_conversation(date(2026, 10, 31)))
    source = a_source((moved,), talks)
    for as_of, region, talked in ((date(2026, 10, 30), "NL31", 1), (date(2026, 10, 31), "NL", 2)):
        selection = select(source, of_year(2026, status="concept", as_of=as_of))
        assert [each.region for each in selection.partners] == [region]
        assert len(selection.conversations) == talked


def test_a_concept_over_two_years_asks_nothing_of_the_year_that_its_data_do_not_reach() -> None:
    edition = of_year(2026, population="conversation-partners", status="concept", as_of=date(2026, 10, 30))
    edition = replace(edition, period=Period(date(2026, 1, 1), date(2027, 12, 31)))
    source = a_source((a_worker(),), (a_conversation(date(2026, 3, 1)),))
    assert len(select(source, edition).partners) == 1


# --- who continues whom -----------------------------------------------------------------------------------------------


def test_a_merger_of_two_continues_the_earlier() -> None:
    source = a_source((
        a_worker("p-1", collaborations=WORK[:1], ended=date(2026, 3, 31), successors=("p-3",)),
        a_worker("p-2", collaborations=(), ended=date(2026, 3, 31), successors=("p-3",)),
        a_worker("p-3", collaborations=WORK[1:]),
        a_worker("p-4", collaborations=WORK[1:]),
    ))  # fmt: skip
    assert counts(source, 2026, "first_year") == {"2025": 1, "2026": 1, TOTAL: 2}
    assert [select(source, of_year(year)).holding["p-3"] for year in YEARS] == ["p-3", "p-1", "p-1"]


def test_a_new_umbrella_is_one_contributor_with_its_members_and_with_the_umbrella_that_it_continues() -> None:
    """A member becomes the umbrella in the third year; whoever stays is its member then."""
    umbrellas = (a_former(date(2025, 12, 31), umbrella="u-1"), a_former(date(2026, 12, 31), umbrella="u-2"))
    source = a_source((
        a_worker("u-1", collaborations=WORK[:1], ended=date(2025, 12, 31), successors=("u-2",)),
        a_worker("u-2", collaborations=WORK[1:2], ended=date(2026, 12, 31), successors=("m-1",)),
        a_worker("m-1", before=umbrellas),
        a_worker("m-2", umbrella="m-1", before=umbrellas),
    ))  # fmt: skip
    assert [{each: select(source, of_year(year)).holding[each] for each in ("m-1", "m-2")} for year in YEARS] == [
        {"m-1": "u-1", "m-2": "u-1"}
    ] * 3
    assert select(source, of_year(2026)).holding["u-2"] == "u-1"


def test_what_has_not_happened_yet_continues_nobody() -> None:
    """The year before the merger knows nothing of it, although the source does."""
    source = a_source((
        a_worker("p-1", collaborations=WORK[:1], ended=date(2026, 3, 31), successors=("p-3",)),
        a_worker("p-3"),
    ))  # fmt: skip
    assert [each.id for each in select(source, of_year(2025)).partners] == ["p-1", "p-3"]
    assert counts(source, 2025, "first_year") == {"2025": 2, TOTAL: 2}


def test_who_ended_in_the_year_is_counted_with_the_partner_that_continues_it() -> None:
    """Two merge in August: one partner at the end of the year, with the work and the conversations of all three."""
    source = a_source(
        (
            a_worker(
                "p-1", collaborations=(a_collaboration(2025, "1.1a"),), ended=date(2025, 8, 31), successors=("p-3",)
            ),
            a_worker(
                "p-2", collaborations=(a_collaboration(2025, "1.2a"),), ended=date(2025, 8, 31), successors=("p-3",)
            ),
            a_worker("p-3", collaborations=(a_collaboration(2025, "2.1a"),), region="NL"),
        ),
        (a_conversation(date(2025, 3, 1), "p-1", "p-2"), a_conversation(date(2025, 11, 1), "p-3")),
    )
    selection = select(source, of_year(2025))
    assert [(each.id, each.collaborations[0].measures) for each in selection.partners] == [
        ("p-3", ("1.1a", "1.2a", "2.1a"))
    ]
    assert [each.partners for each in selection.conversations] == [("p-3",), ("p-3",)]
    assert (selection.left_out, dict(selection.continued)) == ((), {"p-1": ("p-3",), "p-2": ("p-3",)})
    assert counts(source, 2025, "region") == {"NL": 1, TOTAL: 1}


def test_who_ended_stays_a_partner_of_its_last_year_when_nobody_in_the_edition_continues_it() -> None:
    gone = a_worker("p-1", collaborations=WORK[:1], ended=date(2025, 8, 31), successors=("p-3",))
    source = a_source((gone, a_worker("p-3", endorsed=None)))
    assert [[each.id for each in selection.partners] for selection in in_years(source).values()] == [["p-1"], [], []]


@pytest.mark.parametrize(("ended", "partners"), [(date(2025, 12, 30), ["p-3"]), (date(2025, 12, 31), ["p-1", "p-3"])])
def test_who_ends_on_the_reference_date_is_there_on_that_day(ended: date, partners: list[str]) -> None:
    source = a_source((a_worker("p-1", collaborations=WORK[:1], ended=ended, successors=("p-3",)), a_worker("p-3")))
    assert [each.id for each in select(source, of_year(2025)).partners] == partners


def test_whoever_continues_it_may_stand_behind_one_that_is_no_partner() -> None:
    """A becomes B, B becomes C in the same year; B never endorsed."""
    source = a_source((
        a_worker("p-1", collaborations=WORK[:1], ended=date(2025, 3, 31), successors=("p-2",)),
        a_worker("p-2", collaborations=(), endorsed=None, ended=date(2025, 8, 31), successors=("p-3",)),
        a_worker("p-3"),
    ))  # fmt: skip
    selection = select(source, of_year(2025))
    assert [each.id for each in selection.partners] == ["p-3"]
    assert dict(selection.continued) == {"p-1": ("p-3",), "p-2": ("p-3",)}


def test_of_a_split_each_part_continues_the_whole() -> None:
    source = a_source((
        a_worker("p-1", collaborations=WORK[:1], ended=date(2025, 12, 30), successors=("p-2", "p-3")),
        a_worker("p-2", collaborations=WORK[1:]),
        a_worker("p-3", collaborations=WORK[1:]),
    ))  # fmt: skip
    assert counts(source, 2026, "first_year") == {"2025": 2, TOTAL: 2}
    assert [each.id for each in select(source, of_year(2025)).partners] == ["p-2", "p-3"]


def test_a_line_of_successors_is_followed_to_its_end() -> None:
    source = a_source((
        a_worker("p-1", collaborations=WORK[:1], ended=date(2025, 3, 31), successors=("p-2",)),
        a_worker("p-2", collaborations=WORK[:1], ended=date(2026, 3, 31), successors=("p-3",)),
        a_worker("p-3", collaborations=WORK[1:]),
    ))  # fmt: skip
    assert [[each.id for each in selection.partners] for selection in in_years(source).values()] == [
        ["p-2"], ["p-3"], ["p-3"],
    ]  # fmt: skip
    assert counts(source, 2027, "first_year") == {"2025": 1, TOTAL: 1}


def test_who_continues_a_structural_conversation_partner_is_one() -> None:
    edition = of_year(2025, population="conversation-partners", period=Period(date(2025, 1, 1), date(2026, 12, 31)))
    source = a_source(
        (a_worker("p-1", ended=date(2025, 12, 31), successors=("p-2",)), a_worker("p-2")),
        (a_conversation(date(2025, 5, 1), "p-1"), a_conversation(date(2026, 5, 1), "p-2")),
    )
    assert [each.id for each in select(source, edition).partners] == ["p-2"]


# --- codes and labels -------------------------------------------------------------------------------------------------

NUTS = (
    Term("NL31", "Utrecht", None, HERE, last=2025),
    Term("NL35", "Utrecht", None, HERE, first=2026, replaces=("NL31",)),
    Term("NL", "Landelijk", None, HERE),
)


def with_regions(source: Source, *regions: Term) -> Source:
    return replace(source, vocabulary=replace(source.vocabulary, regions=regions))


def regions_of(source: Source, year: int, **changes: Any) -> list[tuple[str, str]]:
    edition = of_year(year, **changes)
    table = next(each for each in tabulate(source, select(source, edition)) if each.spec.rows == "region")
    return [(each.code, each.label) for each in table.dimensions[0].categories]


@pytest.mark.parametrize("written", ["NL31", "NL35"])
@pytest.mark.parametrize("tells", [("NL31",), ()])
def test_a_code_that_one_code_continues_goes_on_by_itself(written: str, tells: tuple[str, ...]) -> None:
    """NUTS 2024: whichever code stands with the organisation, and also when only the label tells that they are one."""
    regions = (NUTS[0], replace(NUTS[1], replaces=tells), NUTS[2])
    source = with_regions(a_source((a_worker(region=written),)), *regions)
    assert [counts(source, year, "region") for year in YEARS] == [
        {"NL31": 1, TOTAL: 1}, {"NL35": 1, TOTAL: 1}, {"NL35": 1, TOTAL: 1},
    ]  # fmt: skip
    assert regions_of(source, 2025) == [("NL31", "Utrecht"), ("NL", "Landelijk")]
    assert regions_of(source, 2026) == [("NL35", "Utrecht"), ("NL", "Landelijk")]


def test_a_new_label_is_that_of_later_editions_only() -> None:
    renamed = Term("NL12", "Fryslân", None, HERE, before=(FormerLabel(2025, "Friesland", HERE),))
    source = with_regions(a_source((a_worker(region="NL12"),)), renamed)
    assert [regions_of(source, year) for year in YEARS] == [
        [("NL12", "Friesland")], [("NL12", "Fryslân")], [("NL12", "Fryslân")],
    ]  # fmt: skip


def test_two_that_become_one_are_two_in_the_years_before() -> None:
    regions = (
        Term("NL12", "Friesland", None, HERE, last=2026),
        Term("NL13", "Drenthe", None, HERE, last=2026),
        Term("NL17", "Noord", None, HERE, first=2027, replaces=("NL12", "NL13")),
    )
    source = with_regions(a_source((a_worker("p-1", region="NL12"), a_worker("p-2", region="NL13"))), *regions)
    assert counts(source, 2026, "region") == {"NL12": 1, "NL13": 1, TOTAL: 2}
    assert counts(source, 2027, "region") == {"NL17": 2, TOTAL: 2}


def test_an_edition_over_the_years_of_a_change_has_every_category_once() -> None:
    """Who ended before the change stands with those that the new code names."""
    source = with_regions(
        a_source((a_worker(), a_worker("p-2", ended=date(2025, 5, 1), collaborations=WORK[:1]))), *NUTS
    )
    period = {"period": Period(date(2025, 1, 1), date(2026, 12, 31))}
    assert regions_of(source, 2026, **period) == [("NL35", "Utrecht"), ("NL", "Landelijk")]
    table = tabulate(source, select(source, of_year(2026, **period)))[0]
    assert table.value(("NL35",)) == 2
