"""What publications before tell by themselves: no table of a later edition is to blame, and none that is tried helps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest

from tests.factories import a_collaboration, a_partner, a_source, a_table, an_edition
from tweeluik.door.release import release
from tweeluik.problems import UnsafeTables
from tweeluik.protection import remedies
from tweeluik.protection.beside import Memories
from tweeluik.protection.editions import prove_editions
from tweeluik.record.cell import Rounded
from tweeluik.record.model import Release
from tweeluik.selection.microdata import microdata
from tweeluik.selection.secret import secret_of
from tweeluik.source.records import Edition, Period, Source

YEARS = (2025, 2026, 2027)


def edition(year: int) -> Edition:
    period = Period(date(year, 1, 1), date(year, 12, 31))
    return an_edition(a_table("partners", "region"), id=str(year), period=period, protection="rounding", status="final")


def the_same_in_all_years() -> Source:
    """Regions A to D of 2, 8, 9 and 11 organisations."""
    regions = "A" * 2 + "B" * 8 + "C" * 9 + "D" * 11
    work = tuple(map(a_collaboration, YEARS))
    source = a_source(tuple(a_partner(f"p-{n}", region=code, collaborations=work) for n, code in enumerate(regions)))
    told = tuple(replace(source.vocabulary.regions[0], code=code, label=f"Gebied {code}") for code in "ABCD")
    return replace(source, vocabulary=replace(source.vocabulary, regions=told))


def published(source: Source, year: int, few: int | None = None) -> tuple[Release, Memories]:
    """An edition by itself; `few`: as what the region of two is told."""
    (protected,) = prove_editions(replace(source, editions=(edition(year),)), {}).editions
    made = release(source, protected)
    (table,) = made.tables
    cells = {**table.cells, ("A",): table.cells["A",] if few is None else Rounded(few)}
    memory = replace(microdata(source, protected.selection, secret_of(source)), version=made.version)
    return replace(made, tables=(replace(table, cells=cells),)), {(made.edition, made.version): memory}


def register_of(source: Source, told: Mapping[int, int]) -> tuple[dict[str, tuple[Release, ...]], Memories]:
    made = {year: published(source, year, few) for year, few in told.items()}
    memories = {name: memory for _, each in made.values() for name, memory in each.items()}
    return {str(year): (each,) for year, (each, _) in made.items()}, memories


def test_the_same_organisations_are_told_as_they_were_told_before() -> None:
    source = the_same_in_all_years()
    (made,) = prove_editions(replace(source, editions=(edition(2026),)), *register_of(source, {2025: 0})).editions
    assert made.published["partners", frozenset({("region", "A")})] == Rounded(0)


def test_where_they_were_told_in_two_ways_nothing_is_tried_in_place_of_the_next(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    source = the_same_in_all_years()
    monkeypatch.setattr(remedies, "cures", lambda *_: pytest.fail("a cure was tried"))
    with pytest.raises(UnsafeTables) as refused:
        prove_editions(replace(source, editions=(edition(2027),)), *register_of(source, {2025: 0, 2026: 5}))
    said = str(refused.value.problems[0])
    assert "from what was published before, readers can work out a number of the table" in said
    without = "leave out all tables of edition 2027; that was tried and is safe"
    assert said.endswith(f"(no other table changes that: tell who answers for privacy; or {without})")


def test_an_edition_without_tables_is_published_all_the_same() -> None:
    source, bare = the_same_in_all_years(), replace(edition(2027), tables=())
    register = register_of(source, {2025: 0, 2026: 5})
    (made,) = prove_editions(replace(source, editions=(bare,)), *register).editions
    assert (made.tables, made.contents) == ((), ())
