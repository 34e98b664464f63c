"""What numbers of conversations leave beside others that lie in them, over tables, editions and days."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

import pytest

from tests.factories import a_conversation, a_partner, a_source, a_table, an_edition
from tests.stages.test_changed_conversations import published
from tweeluik.protection.beside import Beside
from tweeluik.record.cell import Content, Shown
from tweeluik.record.model import Release
from tweeluik.source.records import Conversation, Edition, Period, Source

TWENTY = tuple(f"p-{n:02}" for n in range(20))


@pytest.fixture(autouse=True)
def nothing_is_asked_of_all_together(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is hidden beforehand is enough by itself: what is asked behind it would hide more, and tell nothing of it."""
    monkeypatch.setattr(Beside, "told_by_sums", lambda *_: ())


def an_overview(name: str, *rows: str, first: int = 1, until: int = 12) -> Edition:
    tables = tuple(replace(a_table("conversations", each), id=each) for each in rows)
    period = Period(date(2025, first, 1), date(2025, until, monthrange(2025, until)[1]))
    return an_edition(*tables, id=name, status="final", period=period)


def a_year(conversations: Sequence[Conversation], *editions: Edition) -> Source:
    people = tuple(a_partner(each, kind="stichting" if n < 10 else "vereniging") for n, each in enumerate(TWENTY))
    source = a_source(people, tuple(sorted(conversations, key=lambda each: each.date)))
    return replace(source, editions=editions, protection_key="5" * 64)


def one_by_one(conversations: Sequence[Conversation], *editions: Edition) -> Sequence[Release]:
    """Published in this order."""
    steps = (a_year(conversations, *editions[: number + 1]) for number in range(len(editions)))
    made = published(*steps)
    return [made[each.id, 1] for each in editions]


def shown(*releases: Release) -> Mapping[tuple[str, str], Content]:
    """The numbers that stand in any of some publications, by edition and code."""
    return {
        (each.edition, code): content
        for each in releases for table in each.tables for (code,), content in table.cells.items()
        if isinstance(content, Shown)
    }  # fmt: skip


# --- levels of the agenda ---------------------------------------------------------------------------------------------


def talks(measures: str, number: int, *partners: str) -> tuple[Conversation, ...]:
    some = partners or TWENTY
    return tuple(
        a_conversation(date(2025, 1 + n % 12, 1 + n % 28), some[n % len(some)], measures=tuple(measures.split()))
        for n in range(number)
    )


OF_ONE = (
    *talks("1.1a", 60), *talks("1.1a 1.2a", 40), *talks("2.1a", 60), *talks("1.1a 2.1a", 30), *talks("1.2a 2.1a", 4, "p-03"),
)  # fmt: skip
"""134 on pillar 1, 130 of these on theme 1.1: the four others are all of one organisation."""


@pytest.mark.parametrize("order", [("pillar", "theme"), ("theme", "pillar")])
def test_a_pillar_less_a_theme_of_another_edition_is_not_told(order: tuple[str, str]) -> None:
    made = shown(*one_by_one(OF_ONE, *(an_overview(f"2025-{each}", each) for each in order)))
    assert not {("2025-pillar", "1"), ("2025-theme", "1.1")} <= made.keys()


def test_a_pillar_less_a_theme_of_the_same_edition_is_not_told() -> None:
    (made,) = one_by_one(OF_ONE, an_overview("2025", "pillar", "theme"))
    assert not {("2025", "1"), ("2025", "1.1")} <= shown(made).keys()


def test_a_pillar_less_a_theme_of_many_is() -> None:
    many = (*OF_ONE, *talks("1.2a 2.1a", 20))
    made = shown(*one_by_one(many, *(an_overview(f"2025-{each}", each) for each in ("pillar", "theme"))))
    assert {("2025-pillar", "1"), ("2025-theme", "1.1")} <= made.keys()


# --- other days -------------------------------------------------------------------------------------------------------


def together(month: int) -> tuple[Conversation, ...]:
    """Of both kinds at one table."""
    return tuple(
        a_conversation(date(2025, month + n % 6, 1 + n % 28), f"p-{n % 10:02}", f"p-{10 + n * 7 % 10}")
        for n in range(30)
    )


def alone(month: int, *partners: str) -> tuple[Conversation, ...]:
    return tuple(a_conversation(date(2025, month, 1 + n), each) for n, each in enumerate(partners))


def test_what_a_half_leaves_beside_a_category_is_not_told_by_the_year_and_the_other_half() -> None:
    """In the first half one organisation came twice without a foundation, in the second ten associations did."""
    found = (*together(1), *together(7), *alone(3, "p-12", "p-12"), *alone(9, *TWENTY[10:]))
    year = an_overview("2025", "kind")
    first, second = an_overview("2025-1", "kind", until=6), an_overview("2025-2", "kind", first=7)
    made = shown(*published(a_year(found, year, second), a_year(found, year, second, first)).values())
    assert not (tells(made, "_T") and tells(made, "stichting"))


def tells(made: Mapping[tuple[str, str], Content], code: str) -> bool:
    """Whether the first half tells a number, or the year and the second half do together."""
    return ("2025-1", code) in made or {("2025", code), ("2025-2", code)} <= made.keys()
