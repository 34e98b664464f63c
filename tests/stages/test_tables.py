"""True tables: sets of records behind every cell, in categories that the data do not decide."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.factories import HERE, a_collaboration, a_conversation, a_partner, a_source, a_table, an_edition
from tweeluik.record.cell import TOTAL
from tweeluik.selection.rules import select
from tweeluik.selection.tables import Table, tabulate
from tweeluik.source.records import Merge

PARTNERS = (
    a_partner("p-1", collaborations=(a_collaboration(2025, "1.1a", "2.1a"),)),
    a_partner("p-2", collaborations=(a_collaboration(2025, "1.1a", "1.1b"),)),
    a_partner("p-3", kind="vereniging", collaborations=(a_collaboration(2025, "1.2a"),)),
)
TALKS = (
    a_conversation(date(2025, 2, 1), "p-1", "p-3"),
    a_conversation(date(2025, 3, 1), "p-2", form="werkbezoek"),
)


def only_table(counts: str, rows: str, columns: str | None = None) -> Table:
    source = a_source(PARTNERS, TALKS)
    return tabulate(source, select(source, an_edition(a_table(counts, rows, columns))))[0]


def values(table: Table) -> dict[tuple[str, ...], int]:
    return {codes: table.value(codes) for codes in table.cells}


def test_a_partition_adds_up_to_the_total() -> None:
    assert values(only_table("partners", "kind")) == {("stichting",): 2, ("vereniging",): 1, (TOTAL,): 3}


def test_a_partner_in_two_pillars_counts_in_both_and_once_in_the_total() -> None:
    table = only_table("partners", "pillar")
    assert values(table) == {("1",): 3, ("2",): 1, (TOTAL,): 3}
    assert not table.dimensions[0].partition


def test_two_measures_of_one_theme_count_once_in_the_theme() -> None:
    assert values(only_table("partners", "theme")) == {("1.1",): 2, ("1.2",): 1, ("2.1",): 1, (TOTAL,): 3}


@pytest.mark.parametrize(
    ("counts", "dimension", "partition"),
    [
        ("partners", "kind", True), ("partners", "region", True), ("partners", "first_year", True), ("partners", "pillar", False),
        ("partners", "theme", False), ("partners", "measure", False), ("conversations", "form", True), ("conversations", "kind", False),
        ("conversations", "region", False), ("conversations", "pillar", False),
    ],
)  # fmt: skip
def test_only_where_everybody_has_exactly_one_category_they_add_up(
    counts: str, dimension: str, partition: bool
) -> None:
    assert only_table(counts, dimension).dimensions[0].partition is partition


def test_kinds_that_the_letter_leaves_out_are_no_category() -> None:
    assert [each.code for each in only_table("partners", "kind").dimensions[0].categories] == [
        "stichting",
        "vereniging",
    ]


def test_a_category_without_anyone_is_a_cell_all_the_same() -> None:
    assert values(only_table("partners", "region")) == {("NL31",): 3, ("NL",): 0, (TOTAL,): 3}


def test_a_conversation_with_two_kinds_of_partner_counts_in_both_and_once_in_the_total() -> None:
    table = only_table("conversations", "kind")
    assert values(table) == {("stichting",): 2, ("vereniging",): 1, (TOTAL,): 2}
    assert not table.dimensions[0].partition


def test_two_dimensions_have_all_margins() -> None:
    table = only_table("conversations", "form", "pillar")
    assert values(table)[TOTAL, TOTAL] == 2
    assert values(table)["werkbezoek", TOTAL] == 1
    assert len(table.cells) == 3 * 3


def test_the_first_year_tells_new_partners_from_those_who_stayed() -> None:
    categories = only_table("partners", "first_year").dimensions[0].categories
    assert [(each.code, each.label) for each in categories] == [("2025", "Nieuw in 2025")]


# --- categories taken together ----------------------------------------------------------------------------------------

JOINT = Merge("kind", ("vereniging", "stichting"), "Stichtingen en verenigingen", HERE)


def merged(counts: str, rows: str, columns: str | None = None) -> Table:
    source = a_source(PARTNERS, TALKS)
    return tabulate(source, select(source, an_edition(a_table(counts, rows, columns), merge=(JOINT,))))[0]


def test_categories_taken_together_are_one_under_their_label() -> None:
    table = merged("partners", "kind")
    assert [(each.code, each.label) for each in table.dimensions[0].categories] == [
        ("stichting+vereniging", "Stichtingen en verenigingen")
    ]
    assert values(table) == {("stichting+vereniging",): 3, (TOTAL,): 3}


def test_a_conversation_with_partners_of_two_kinds_taken_together_counts_once() -> None:
    assert values(merged("conversations", "kind"))["stichting+vereniging",] == 2


def test_what_is_taken_together_stands_where_the_first_of_it_stood() -> None:
    source = a_source(PARTNERS)
    regions = tuple(
        replace(source.vocabulary.regions[0], code=code, label=code) for code in ("NL11", "NL31", "NL12", "NL")
    )
    wide = replace(source, vocabulary=replace(source.vocabulary, regions=regions))
    edition = an_edition(a_table("partners", "region"), merge=(Merge("region", ("NL12", "NL31"), "Midden", HERE),))
    table = tabulate(wide, select(wide, edition))[0]
    assert [each.code for each in table.dimensions[0].categories] == ["NL11", "NL12+NL31", "NL"]
    assert table.value(("NL12+NL31",)) == 3
