"""A column for each measure, with crosses below it: how many people keep a list by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.stages.a_sheet import Value, a_book, a_content, carried_out, counts, planned, reasons
from tweeluik.sheets.files.reading import read_book
from tweeluik.sheets.importing import Plan
from tweeluik.sheets.profile import tell_plan
from tweeluik.sheets.returned import give_back, render
from tweeluik.source.load import read_source

pytestmark = pytest.mark.usefixtures("parsed_once")

BRIDGE = "Stichting Voorbeeldbrug"
Years = dict[int, tuple[str, ...]]


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return a_content(tmp_path)


def years_of(content: Path, name: str = BRIDGE) -> Years:
    found = next(each for each in read_source(content).partners if each.name == name)
    return {each.year: each.measures for each in found.collaborations}


def years_after(plan: Plan, content: Path) -> Years:
    carried_out(plan, content)
    return years_of(content)


def told(plan: Plan) -> str:
    return "\n".join(each.shown("nl") for each in tell_plan(plan))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("1.1a 2026", "2.1a 2026"),
        ("2026: 1.1a", "2026: 2.1a"),
        ("Maatregel 1.1a (2026)", "Maatregel 2.1a (2026)"),
        ("Maatregel 1.1A in 2026", "maatregel 2.1A, 2026"),
        ("Eerste maatregel 2026", "Tweede maatregel 2026"),
        ("1.1a Eerste maatregel (2026)", "2.1a: Tweede maatregel - 2026"),
    ],
)
def test_a_measure_and_its_year_above_crosses(tmp_path: Path, content: Path, first: str, second: str) -> None:
    plan = planned(a_book(tmp_path, ("Naam", first, second), (BRIDGE, "x", None)), content)
    assert counts(plan) == (0, 1, 0, 0)
    assert years_after(plan, content) == {2025: ("1.1a", "2.1a"), 2026: ("1.1a",)}


@pytest.mark.parametrize(
    ("above", "year"),
    [
        ((("Partners en maatregelen in 2026",), ()), 2026),
        (((None, 2026, None),), 2026),
        (((None, "Maatregelen 2026"),), 2026),
        (((None, 2026, 2025),), None),
        ((("Stand 2025 en 2026",),), None),
        ((), None),
    ],
)
def test_the_year_may_stand_above_the_headings_where_it_is_the_only_one(
    tmp_path: Path, content: Path, above: tuple[tuple[Value, ...], ...], year: int | None
) -> None:
    plan = planned(a_book(tmp_path, *above, ("Naam", "1.1a", "1.1a"), (BRIDGE, "x", None)), content)
    is_by_column = any(2025 in row for row in above)
    assert years_after(plan, content) == (
        {2025: ("1.1a", "2.1a"), 2026: ("1.1a",)} if year or is_by_column else {2025: ("1.1a", "2.1a")}
    )
    assert ("kruisjes? zet er de maatregel en het jaar boven" in told(plan)) == (year is None and not is_by_column)


def test_years_above_merged_columns_are_each_their_own(tmp_path: Path, content: Path) -> None:
    rows = ((None, 2025, None, 2026, None), ("Naam", "1.1a", "2.1a", "1.1a", "2.1a"), (BRIDGE, "x", None, "x", "x"))
    assert years_after(planned(a_book(tmp_path, *rows), content), content) == {2025: ("1.1a",), 2026: ("1.1a", "2.1a")}


@pytest.mark.parametrize(
    ("marks", "years"),
    [
        (("x", "X"), {2025: ("1.1a", "2.1a")}),
        (("✓", None), {2025: ("1.1a",)}),
        ((None, "ja"), {2025: ("2.1a",)}),
        ((1, 0), {2025: ("1.1a",)}),
        ((True, False), {2025: ("1.1a",)}),
        ((None, None), {2025: ("1.1a", "2.1a")}),
        (("nee", "-"), {}),
    ],
)
def test_what_counts_as_a_cross(tmp_path: Path, content: Path, marks: tuple[Value, Value], years: Years) -> None:
    plan = planned(a_book(tmp_path, ("Naam", "1.1a 2025", "2.1a 2025"), (BRIDGE, *marks)), content)
    assert years_after(plan, content) == years


@pytest.mark.parametrize("mark", ["misschien", "3", "2025-03-01", "✗"])
def test_what_may_be_a_cross_or_not_comes_back(tmp_path: Path, content: Path, mark: str) -> None:
    plan = planned(a_book(tmp_path, ("Naam", "1.1a 2026"), (BRIDGE, mark)), content)
    assert reasons(plan) == {2: ["geen kruisje, en ook niet leeg: zet een x, of niets"]}


def test_a_list_and_crosses_for_one_year_are_not_both_believed(tmp_path: Path, content: Path) -> None:
    header = ("Naam", "Maatregelen 2026", "1.1a 2026")
    plan = planned(a_book(tmp_path, header, (BRIDGE, "2.1a", "x"), ("Vereniging Verzonnen", None, "x")), content)
    assert reasons(plan) == {2: ["een lijst en kruisjes voor dezelfde maatregelen: houd er een"]}
    assert counts(plan) == (0, 1, 0, 1)


def test_a_measure_in_a_year_without_it_comes_back_with_its_year_and_is_taken_once_mended(
    tmp_path: Path, content: Path
) -> None:
    rows = (("Maatregelen in 2027",), ("Naam", "1.1a", "2.1a"), (BRIDGE, "x", "x"))
    plan = planned(a_book(tmp_path, *rows), content)
    assert reasons(plan) == {3: ["maatregel 2.1a bestaat niet in 2027"]}
    (tmp_path / "terug.xlsx").write_bytes(render(give_back(plan), ".xlsx"))
    (sheet, *_) = read_book(tmp_path / "terug.xlsx").sheets
    assert [each.text for each in sheet.rows[0].cells.values()][-2:] == ["1.1a 2027", "2.1a 2027"]


@pytest.mark.parametrize("heading", ["Maatregel A", "1.9z 2026", "Eerste thema 2026"])
def test_crosses_below_something_else_are_told_with_their_cure(tmp_path: Path, content: Path, heading: str) -> None:
    plan = planned(a_book(tmp_path, ("Naam", heading), (BRIDGE, "x")), content)
    assert counts(plan) == (0, 0, 1, 0)
    assert (
        "wordt niet overgenomen: 1 gevuld (kruisjes? zet er de maatregel en het jaar boven, zoals 1.1a 2027)"
        in told(plan)
    )


def test_conversations_have_crosses_without_a_year(tmp_path: Path, content: Path) -> None:
    header = ("Datum", "Organisaties", "Kader", "Vorm", "1.1a", "2.1a", "Onderwerp")
    row = ("2025-04-02", "p-7f3a9c", "actieagenda", "gesprek", None, "x", "integratie")
    plan = planned(a_book(tmp_path, header, row), content)
    assert counts(plan) == (1, 0, 0, 0)
    carried_out(plan, content)
    assert [each.measures for each in read_source(content).conversations if str(each.date) == "2025-04-02"] == [
        ("2.1a",)
    ]
