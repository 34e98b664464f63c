"""Conversations that were found later, or left out: the difference between two publications over the same days."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

import pytest

from tests.factories import HERE, a_conversation, a_partner, a_source, a_table, an_edition
from tests.stages.some_worlds import files_of
from tweeluik.checks.audit.hearing import hear
from tweeluik.door.release import release
from tweeluik.protection.agreement import numbered
from tweeluik.protection.beside import Beside, Memories
from tweeluik.protection.differences import remembered
from tweeluik.protection.editions import prove_editions
from tweeluik.protection.keys import Keys
from tweeluik.protection.periods import changed_conversations
from tweeluik.protection.unknowns import Unknowns
from tweeluik.record.cell import Suppressed
from tweeluik.record.model import Release
from tweeluik.record.register import Register
from tweeluik.selection.microdata import microdata
from tweeluik.selection.rules import select
from tweeluik.selection.secret import secret_of
from tweeluik.selection.tables import tabulate
from tweeluik.source.records import Conversation, Correction, Edition, Period, Source

FORMS = ("gesprek", "werkbezoek")
FOUND = (
    *(a_conversation(date(2025, 1 + n % 12, 1 + n % 28), f"p-{n % 20:02}", form=FORMS[n % 3 == 0]) for n in range(60)),
)
"""Forty talks and twenty visits in 2025, three of each of twenty organisations."""


def late(*partners: int) -> tuple[Conversation, ...]:
    return tuple(a_conversation(date(2025, 5, 9), f"p-{n:02}", form="gesprek") for n in partners)


def an_overview(name: str, *, corrections: int = 0, first: int = 1, until: int = 12) -> Edition:
    table = replace(a_table("conversations", "form"), id="vorm")
    return an_edition(
        table, id=name, status="final",
        period=Period(date(2025, first, 1), date(2025, until, monthrange(2025, until)[1])),
        corrections=tuple(Correction(2 + n, date(2026, 9, 1 + n), "Later gevonden.", HERE) for n in range(corrections)),
    )  # fmt: skip


def a_year(conversations: Sequence[Conversation], *editions: Edition) -> Source:
    people = tuple(a_partner(f"p-{n:02}") for n in range(20))
    source = a_source(people, tuple(sorted(conversations, key=lambda each: each.date)))
    return replace(source, editions=editions, protection_key="5" * 64)


def published(*sources: Source) -> Mapping[tuple[str, int], Release]:
    """What goes out when every source is published after the one before it; the audit agrees each time."""
    releases, told = put_out(*sources)
    assert told == set()
    return releases


def put_out(*sources: Source) -> tuple[Mapping[tuple[str, int], Release], set[str]]:
    """What goes out when every source is published after the one before it, and what the audit says of that."""
    told = set[str]()
    register: Register = {}
    memories: Memories = {}
    for each in sources:
        source = numbered(each, register)
        proven = prove_editions(source, register, memories)
        for edition in proven.editions:
            made, data = release(source, edition), microdata(source, edition.selection, secret_of(source))
            register = {**register, made.edition: (*register.get(made.edition, ()), made)}
            memories = {**memories, (made.edition, made.version): replace(data, version=made.version)}
        assert proven.handed is not None
        every = (made for versions in register.values() for made in versions)
        told |= {each.what.partition(": ")[2] for each in hear(files_of(*every), proven.handed).problems}
    return {(each.edition, each.version): each for versions in register.values() for each in versions}, told


def hidden(of: Release) -> set[str]:
    tables = (table.cells.items() for table in of.tables)
    return {codes[0] for cells in tables for codes, content in cells if isinstance(content, Suppressed)}


BOTH = {"gesprek", "_T"}


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        pytest.param(late(3), BOTH, id="one conversation"),
        pytest.param(late(3, 3, 3, 3), BOTH, id="four of one organisation"),
        pytest.param(late(3, 4, 5, 6), set(), id="four of four organisations"),
        pytest.param((), set(), id="none"),
    ],
)
def test_what_was_found_later_is_not_told_by_another_edition_or_version(
    found: tuple[Conversation, ...], expected: set[str]
) -> None:
    first, both = an_overview("2025"), (*FOUND, *found)
    twin = published(a_year(FOUND, first), a_year(both, first, an_overview("2025-en")))
    assert hidden(twin["2025-en", 1]) == expected
    corrected = published(a_year(FOUND, first), a_year(both, an_overview("2025", corrections=1)))
    assert hidden(corrected["2025", 2]) == expected


def test_what_was_left_out_is_told_as_little() -> None:
    first = an_overview("2025")
    twin = published(a_year((*FOUND, *late(3, 3, 3)), first), a_year(FOUND, first, an_overview("2025-en")))
    assert hidden(twin["2025-en", 1]) == BOTH


def test_a_year_does_not_tell_what_was_found_since_its_halves() -> None:
    halves = an_overview("2025-1", until=6), an_overview("2025-2", first=7)
    found = published(a_year(FOUND, *halves), a_year((*FOUND, *late(3)), *halves, an_overview("2025")))
    assert hidden(found["2025-2", 1]) == set()
    assert hidden(found["2025", 1]) == BOTH


def test_without_a_memory_every_change_may_be_one_conversation() -> None:
    first = an_overview("2025")
    source = numbered(a_year(FOUND, first), {})
    (made,) = prove_editions(source, {}).editions
    register = {"2025": (release(source, made),)}
    again = numbered(a_year((*FOUND, *late(3, 4, 5, 6)), an_overview("2025", corrections=1)), register)
    (second,) = prove_editions(again, register).editions
    assert hidden(release(again, second)) == BOTH


def test_what_was_added_may_seem_to_be_nothing_and_more_than_the_largest_contribution() -> None:
    """After forty talks were shown, forty-one with one that was found: they may be forty, and forty-two."""
    first, keys = a_year(FOUND, an_overview("2025")), Keys(a_source().agenda)
    (made,) = prove_editions(numbered(first, {}), {}).editions
    memory = microdata(first, made.selection, b"key")
    now = a_year((*FOUND, *late(3)), an_overview("2025-en"))
    selection = select(now, now.editions[0])
    unknowns = Unknowns(selection, tabulate(now, selection), keys)
    earlier = remembered(release(first, made), keys, memory)
    found = changed_conversations(unknowns, microdata(now, selection, b"key"), [earlier], 10)
    talks = unknowns.index["conversations", frozenset({("form", "gesprek")})]
    assert [each.earlier for each in found if each.unknown == talks] == [40, 42]


def test_what_the_days_of_one_publication_beyond_another_would_tell_is_hidden_beforehand(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Of the second half of the year all visits are of one organisation: the year less the first half tells them."""
    monkeypatch.setattr(Beside, "told_by_sums", lambda *_: ())  # which is asked afterwards, and hides more
    months = tuple(a_conversation(date(2025, 1 + n % 6, 3), f"p-{n % 20:02}", form=FORMS[n % 2]) for n in range(40))
    after = tuple(a_conversation(date(2025, 7 + n % 6, 3), f"p-{n % 20:02}", form="gesprek") for n in range(40))
    of_one = tuple(a_conversation(date(2025, 7 + n, 9), "p-03", form="werkbezoek") for n in range(4))
    half, year = an_overview("2025-1", until=6), an_overview("2025")
    source = a_year((*months, *after, *of_one), half)
    made = published(source, replace(source, editions=(half, year)))
    assert hidden(made["2025-1", 1]) == set()
    assert "werkbezoek" in hidden(made["2025", 1])
