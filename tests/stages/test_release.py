"""The door lets through what an edition declares, cells as protection left them, and names with consent; nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.factories import HERE, a_conversation, a_partner, a_source, a_table, an_edition
from tweeluik.door.release import publication, release
from tweeluik.protection.editions import protect_editions
from tweeluik.public.intervals import known
from tweeluik.record.canonical import serialise
from tweeluik.record.cell import TOTAL, Rounded, Shown, Suppressed
from tweeluik.record.model import Notice, Release
from tweeluik.source.records import (
    Classification,
    Edition,
    Inspection,
    Naming,
    Page,
    Partner,
    Period,
    Protection,
    Source,
)


def released(source: Source, edition: Edition) -> Release:
    source = replace(source, editions=(edition,))
    return release(source, protect_editions(source, {})[0])


def named(partner: Partner, *, withdrawn: date | None = None) -> Partner:
    return replace(partner, named_in=(Naming("2025", date(2025, 6, 1), withdrawn, HERE),))


PARTNERS = tuple(
    a_partner(f"p-{n}", name=f"Naam {9 - n}", aliases=("Alias",), registration="00900001") for n in range(7)
)


def test_a_hidden_cell_has_left_its_number_behind() -> None:
    record = released(
        a_source((*PARTNERS, a_partner("v-1", kind="vereniging"))), an_edition(a_table("partners", "kind"))
    )
    cells = record.tables[0].cells
    assert cells["vereniging",] == cells["stichting",] == Suppressed()
    assert cells[TOTAL,] == Shown(8)


def test_only_names_with_consent_pass_in_the_order_of_the_alphabet() -> None:
    first, second, third, *rest = PARTNERS
    source = a_source((named(first), named(second), named(third, withdrawn=date(2025, 7, 1)), *rest))
    assert released(source, an_edition(a_table("partners", "kind"))).named == ("Naam 8", "Naam 9")


def test_an_organisation_outside_the_edition_is_not_named_even_with_consent() -> None:
    source = a_source((named(a_partner(endorsed=None)), *PARTNERS[1:]))
    assert released(source, an_edition(a_table("partners", "kind"))).named == ()


def test_the_edition_of_conversation_partners_is_a_notice_without_numbers_or_names() -> None:
    edition = an_edition(
        a_table("partners", "kind"),
        population="conversation-partners",
        inspection=Inspection(Period(date(2024, 12, 19), date(2025, 2, 13)), "Informatiepunt", "leden", HERE),
        classification=Classification("Vertrouwelijk", "veiligheid", date(2025, 2, 13), "staatssecretaris", HERE),
    )
    record = released(a_source(tuple(named(each) for each in PARTNERS)), edition)
    assert (record.tables, record.named, record.rounding_base) == ((), (), None)
    assert record.notice == Notice(
        "Vertrouwelijk", "veiligheid", date(2025, 2, 13), "staatssecretaris",
        date(2024, 12, 19), date(2025, 2, 13), "Informatiepunt", "leden",
    )  # fmt: skip


def test_no_field_of_an_organisation_is_in_the_record() -> None:
    record = serialise(released(a_source(PARTNERS), an_edition(a_table("partners", "kind", "region"))))
    assert not any(text in record for text in (b"Naam", b"Alias", b"0090", b"p-0", b"test.yaml"))


def test_the_p_of_the_p_percent_rule_and_the_grounds_of_other_numbers_stay_inside() -> None:
    source = a_source(PARTNERS)
    policy = replace(source.policy, p_percent=replace(source.policy.p_percent, value=37, source="grond van p"))
    record = released(replace(source, policy=policy), an_edition(a_table("conversations", "form")))
    shared = publication(replace(source, policy=policy).shell, (record,))
    assert b"37" not in serialise(record)
    assert "grond van p" not in repr(shared)


def test_releases_stand_newest_first_and_pages_in_their_order() -> None:
    pages = (Page("b", "B", 1, "", HERE), Page("a", "A", 2, "", HERE))
    source = replace(a_source(PARTNERS), pages=pages)
    years = [
        released(source, an_edition(id=str(year), period=Period(date(year, 1, 1), date(year, 12, 31))))
        for year in (2025, 2026)
    ]
    made = publication(source.shell, years)
    assert [each.edition for each in made.releases] == ["2026", "2025"]
    assert [each.slug for each in made.pages] == ["b", "a"]


KINDS = {"stichting": (9, 6), "vereniging": (8, 7), "gemeente": (7, 7), "koepel": (6, 0)}
"""Per kind how many organisations, and how many of them are named."""


def half_named() -> Source:
    members = [
        named(a_partner(f"p-{kind}-{n}", kind=kind, name=f"Naam {kind} {n}"))
        if n < known_ else a_partner(f"p-{kind}-{n}", kind=kind)
        for kind, (number, known_) in KINDS.items()
        for n in range(number)
    ]  # fmt: skip
    source = a_source(tuple(members))
    terms = tuple(replace(source.vocabulary.kinds[0], code=kind, label=f"Soort {kind}") for kind in KINDS)
    return replace(source, vocabulary=replace(source.vocabulary, kinds=terms))


@pytest.mark.parametrize("method", ["suppression", "rounding"])
def test_of_a_number_that_is_not_exact_readers_learn_how_many_are_named(method: Protection) -> None:
    """The named part is no secret: a reader need not look up names to know that there are at least so many."""
    edition = an_edition(
        a_table("partners", "kind"), replace(a_table("partners", "kind", "pillar"), id="meer"), protection=method
    )
    record = released(half_named(), edition)
    table, _ = record.tables
    away = {codes for codes, content in table.cells.items() if not isinstance(content, Shown)}
    assert len(away) >= 2
    wanted = {(kind,): number for kind, (_, number) in KINDS.items() if number} | {(TOTAL,): 20}
    assert table.named == {codes: number for codes, number in wanted.items() if codes in away}
    for codes, number in table.named.items():
        low, _ = known(record).of(table, codes)
        content = table.cells[codes]
        assert low >= max(number, content.value - 4 if isinstance(content, Rounded) else 0)


def test_of_conversations_nobody_is_counted_by_name() -> None:
    talks = tuple(a_conversation(date(2025, 3, n + 1), f"p-stichting-{n}") for n in range(2))
    source = replace(half_named(), conversations=talks)
    table, _ = (
        released(source, an_edition(a_table("conversations", "kind"), replace(a_table("partners", "kind"), id="p")))
    ).tables
    assert Suppressed() in table.cells.values()
    assert table.named == {}
