"""What the reader makes of a source without mistakes."""

from __future__ import annotations

import json
import random
import shutil
from dataclasses import fields, is_dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.mistakes import BASE
from tweeluik.problems import Place
from tweeluik.source.load import read_source
from tweeluik.source.records import Period

NOWHERE = Place("")


def without_places(value: Any) -> Any:
    if isinstance(value, Place):
        return NOWHERE
    if isinstance(value, tuple):
        return tuple(without_places(each) for each in value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{each.name: without_places(getattr(value, each.name)) for each in fields(value)})
    return value


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return shutil.copytree(BASE, tmp_path / "content")


def test_a_partner_is_read_with_everything_in_it() -> None:
    partner = read_source(BASE).partners[2]
    assert (partner.id, partner.name, partner.aliases) == ("p-7f3a9c", "Stichting Voorbeeldbrug", ("SVB",))
    assert (partner.registration, partner.kind, partner.region, partner.umbrella) == (
        "00000001",
        "stichting",
        "NL31",
        "p-19d2e0",
    )
    assert partner.traceable_to_persons is False
    assert [(each.start, each.until) for each in partner.endorsed] == [(date(2025, 3, 1), None)]
    assert [(each.year, each.measures) for each in partner.collaborations] == [(2025, ("1.1a", "2.1a"))]
    assert [(each.edition, each.consent, each.withdrawn) for each in partner.named_in] == [
        ("2025", date(2026, 2, 10), None)
    ]
    assert str(partner.place) == "partners/een.yaml:1:1"
    assert str(partner.collaborations[0].place) == "partners/een.yaml:11:5"


def test_what_is_left_out_is_empty() -> None:
    partner = read_source(BASE).partners[0]
    assert (partner.aliases, partner.collaborations, partner.named_in) == ((), (), ())
    assert (partner.registration, partner.umbrella, partner.endorsed) == (None, None, ())


def test_themes_and_measures_without_years_have_those_of_their_parent() -> None:
    agenda = read_source(BASE).agenda
    assert [(each.code, each.first, each.last) for each in agenda.themes] == [("1.1", 2025, 2029), ("2.1", 2025, 2029)]
    assert [(each.code, each.first, each.last) for each in agenda.measures] == [
        ("1.1a", 2025, 2029),
        ("2.1a", 2025, 2026),
    ]


def test_codes_of_the_agenda_stand_in_the_order_of_their_numbers(content: Path) -> None:
    more = "".join(f'  - {{code: "1.{n}", theme: "1.1", label: Maatregel}}\n' for n in (10, 9, 2))
    with (content / "agenda.yaml").open("a") as file:
        file.write(more)
    assert [each.code for each in read_source(content).agenda.measures] == ["1.1a", "1.2", "1.9", "1.10", "2.1a"]


def test_the_policy_has_a_limit_on_work_of_its_own_or_the_program_has(content: Path) -> None:
    assert read_source(content).policy.effort.value == 1
    with (content / "policy.yaml").open("a") as file:
        file.write("effort: {value: 3, source: Veel tabellen}\n")
    assert read_source(content).policy.effort.value == 3


def test_an_edition_is_called_after_its_file() -> None:
    (edition,) = read_source(BASE).editions
    assert edition.id == "2025"
    assert edition.period == Period(date(2025, 1, 1), date(2025, 12, 31))
    assert [table.id for table in edition.tables] == ["soort", "gesprekken"]


def test_an_edition_for_inspection(content: Path) -> None:
    (content / "editions" / "inzage.yaml").write_text("""\
title: Gesprekspartners
population: conversation-partners
period: {from: 2023-01-01, until: 2024-11-21}
status: final
protection: suppression
inspection: {from: 2024-12-19, until: 2025-02-13, place: Centraal Informatiepunt, audience: leden}
classification: {marking: Vertrouwelijk, reason: Veiligheid, until: 2025-02-13, decided_by: staatssecretaris}
corrections: [{version: 2, date: 2025-01-10, note: Hersteld}]
""")
    edition = read_source(content).editions[1]
    assert edition.inspection is not None
    assert edition.inspection.location == "Centraal Informatiepunt"
    assert edition.inspection.period == Period(date(2024, 12, 19), date(2025, 2, 13))
    assert edition.version == 2


def test_a_page_is_its_head_and_its_text(content: Path) -> None:
    (content / "pages" / "over.md").write_bytes(
        b"---\r\ntitle: Over\r\norder: 3\r\n---\r\n\r\nEerste regel.\r\nMail partneroverzicht@example.org.\r\n"
    )
    (page,) = read_source(content).pages
    assert (page.slug, page.title, page.order) == ("over", "Over", 3)
    assert page.text == "Eerste regel.\nMail partneroverzicht@example.org.\n"


def test_conversations_may_come_as_csv(content: Path) -> None:
    expected = without_places(read_source(content).conversations)
    (content / "conversations" / "2025.yaml").unlink()
    (content / "conversations" / "2025.csv").write_bytes(
        b"\xef\xbb\xbfdate;partners;context;form;measures;subject\r\n"
        b'2025-04-01;"p-7f3a9c;p-19d2e0";society;werkbezoek;;overig\r\n'
        b"\r\n"
        b"2025-03-14;p-7f3a9c;agenda;gesprek;1.1a;integratie-en-samenleven\r\n"
    )
    source = read_source(content)
    assert without_places(source.conversations) == expected
    assert str(source.conversations[0].place) == "conversations/2025.csv:4:1"


def test_a_source_without_partners_conversations_editions_and_pages_is_a_source(content: Path) -> None:
    for folder in ("partners", "conversations", "editions", "pages"):
        shutil.rmtree(content / folder)
    source = read_source(content)
    assert (source.partners, source.conversations, source.editions, source.pages) == ((), (), (), ())


def test_a_repr_holds_no_value() -> None:
    shown = repr(read_source(BASE).partners) + repr(read_source(BASE))
    assert "Voorbeeldbrug" not in shown
    assert "7f3a9c" not in shown


def test_accents_are_composed_and_spaces_single(content: Path) -> None:
    (content / "partners" / "nieuw.yaml").write_text(
        'id: p-aa0001\nname: "Cafe\u0301  de \\n Buur"\nkind: stichting\nregion: NL\ntraceable_to_persons: false\n',
        encoding="utf-8",
    )
    assert "Caf\u00e9 de Buur" in {partner.name for partner in read_source(content).partners}


IN_ORDER = {"tables", "corrections"}
"""Lists whose order is the editor's to choose."""


def shuffled(value: Any, chance: random.Random, key: str = "") -> Any:
    if isinstance(value, dict):
        pairs = [(name, shuffled(each, chance, name)) for name, each in value.items()]
        chance.shuffle(pairs)
        return dict(pairs)
    if isinstance(value, list):
        items = [shuffled(each, chance) for each in value]
        if key not in IN_ORDER:
            chance.shuffle(items)
        return items
    return value


@settings(max_examples=25, deadline=None)
@given(st.randoms(use_true_random=False))
def test_the_order_of_files_keys_and_lists_means_nothing(
    tmp_path_factory: pytest.TempPathFactory, chance: random.Random
) -> None:
    content = shutil.copytree(BASE, tmp_path_factory.mktemp("order") / "content")
    for folder in ("partners", "conversations"):
        records: list[Any] = []
        for path in (content / folder).iterdir():
            read = _plain(path)
            records += read if isinstance(read, list) else [read]
            path.unlink()
        chance.shuffle(records)
        for number, record in enumerate(records):
            name = content / folder / f"{chance.randrange(10**6)}-{number}.yaml"
            name.write_text(json.dumps(shuffled([record], chance)))
    for path in content.rglob("*.yaml"):
        path.write_text(json.dumps(shuffled(_plain(path), chance)))
    assert without_places(read_source(content)) == without_places(read_source(BASE))


def _plain(path: Path) -> Any:
    return json.loads(json.dumps(yaml.load(path.read_text(), Loader=yaml.CSafeLoader), default=str))  # noqa: TID251
