"""Microdata: the bare records behind a publication, which give its tables again and say no name."""

from __future__ import annotations

from datetime import date

import pytest

from tests.factories import a_collaboration, a_conversation, a_partner, a_source, a_table, an_edition
from tweeluik.record.cell import TOTAL
from tweeluik.selection.microdata import Microdata, NotMicrodata, microdata, parse, serialise
from tweeluik.selection.rules import select
from tweeluik.selection.tables import tabulate
from tweeluik.source.records import Edition, Naming, Period

KEY = bytes(32)
PARTNERS = (
    a_partner("p-1", collaborations=(a_collaboration(2025, "1.1a", "2.1a"), a_collaboration(2026, "1.1a"))),
    a_partner("p-2", umbrella="p-1", named_in=(Naming("2025", date(2025, 5, 1), None, a_partner().place),)),
    a_partner("p-5", named_in=(Naming("2025", date(2025, 5, 1), date(2025, 6, 1), a_partner().place),)),
    a_partner("p-6", named_in=(Naming("2026", date(2027, 5, 1), None, a_partner().place),)),
    a_partner("p-3", kind="vereniging", collaborations=(a_collaboration(2025, "1.2a"),)),
    a_partner("p-4", collaborations=()),
)
TALKS = (
    a_conversation(date(2025, 2, 1), "p-1", "p-3", "p-4"),
    a_conversation(date(2025, 2, 1), "p-1", "p-3", "p-4"),
    a_conversation(date(2025, 3, 1), "p-2", form="werkbezoek"),
)
EDITION = an_edition(
    a_table("partners", "theme", "kind"), a_table("conversations", "form"), a_table("conversations", "region")
)


def data_of(edition: Edition = EDITION) -> Microdata:
    source = a_source(PARTNERS, TALKS)
    return microdata(source, select(source, edition), KEY)


def test_the_records_give_the_tables_again() -> None:
    source = a_source(PARTNERS, TALKS)
    table = tabulate(source, select(source, EDITION))[0]
    again = {
        codes: sum(
            all(code == TOTAL or (each.name, code) in unit.codes for each, code in zip(table.dimensions, codes, strict=True))
            for unit in data_of().units
        )
        for codes in table.cells
    }  # fmt: skip
    assert again == {codes: table.value(codes) for codes in table.cells}


def test_records_hold_what_the_tables_ask_for_and_no_more() -> None:
    data = data_of()
    assert {name for unit in data.units for name, _ in unit.codes} == {"theme", "kind", "region"}
    assert {name for talk in data.talks for name, _ in talk.codes} == {"form"}
    assert not any(word in serialise(data).decode() for word in ("p-1", "Naam", "1.1a"))


def test_an_organisation_is_the_same_record_in_every_edition() -> None:
    later = an_edition(a_table("partners", "kind"), id="2026", period=Period(date(2026, 1, 1), date(2026, 12, 31)))
    assert {each.id for each in data_of(later).units} < {each.id for each in data_of().units}


def test_an_umbrella_and_its_members_are_one_holding_and_names_are_marked() -> None:
    units = data_of().units
    assert len({each.holding for each in units}) == 4
    assert sum(each.named for each in units) == 1


def test_who_is_at_the_table_but_in_no_edition_is_a_holding_of_the_conversation() -> None:
    full = [each for each in data_of().talks if len(each.units) == 2]
    assert [len(each.holdings) for each in full] == [3, 3]
    assert len({each.id for each in full}) == 2


def test_of_a_conversation_the_month_is_kept_and_no_day() -> None:
    assert [each.month for each in sorted(data_of().talks, key=lambda each: each.month)] == [
        "2025-02",
        "2025-02",
        "2025-03",
    ]
    assert b"-02-01" not in serialise(data_of())


def test_there_and_back() -> None:
    assert parse(serialise(data_of())) == data_of()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{}",
        b"[]",
        b'{"schema": "tweeluik-microdata-2"}',
        serialise(data_of())[:-1],
        serialise(data_of()).replace(b"microdata-1", b"microdata-2"),
    ],
)
def test_anything_else_is_refused(data: bytes) -> None:
    with pytest.raises(NotMicrodata):
        parse(data)
