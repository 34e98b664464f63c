"""Warnings: what may be right and often is not. Each is told with its place and no value, and changes no exit code."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import build
from tests.contributing import GOLDEN
from tests.desk import keep_simple_tables
from tests.factories import a_collaboration, a_conversation, a_partner, a_source, a_table, an_edition, an_endorsement
from tests.mistakes import TEMPLATES
from tests.mistakes import check as told_by_check
from tweeluik.cli.other_files import find_wrong_beside
from tweeluik.problems import Place
from tweeluik.source.doubts import find_doubts
from tweeluik.source.load import read_changed
from tweeluik.source.pages import read_page
from tweeluik.source.reading import Reading
from tweeluik.source.records import Conversation, Edition, Page, Partner, Period, Report, TableSpec, Term
from tweeluik.words.messages import kind_of


def at(record: Any, file: str, line: int = 1) -> Any:
    return replace(record, place=Place(file, line, 1))


def said(
    partners: tuple[Partner, ...] = (a_partner(),),
    conversations: tuple[Conversation, ...] = (),
    editions: tuple[Edition, ...] | None = None,
) -> list[str]:
    source = replace(
        a_source(partners, conversations), editions=(an_edition(),) if editions is None else editions,
        protection_key="0" * 64,
    )  # fmt: skip
    return [str(each) for each in find_doubts(source)]


def test_a_usual_source_leaves_no_doubt() -> None:
    assert said() == []


@pytest.mark.parametrize(
    ("population", "years", "days", "is_told"),
    [
        ("agenda-partners", [2025], [], False),
        ("agenda-partners", [2024, 2026], [], True),
        ("agenda-partners", [], [date(2025, 5, 1)], True),
        ("conversation-partners", [], [date(2025, 12, 31)], False),
        ("conversation-partners", [2025], [date(2024, 12, 31), date(2026, 1, 1)], True),
    ],
)
def test_an_edition_in_which_nobody_takes_part(
    population: str, years: list[int], days: list[date], is_told: bool
) -> None:
    partner = a_partner(collaborations=tuple(map(a_collaboration, years)), endorsed=date(2020, 1, 1))
    conversations = tuple(at(a_conversation(day), "conversations/a.yaml", number) for number, day in enumerate(days, 1))
    told = said((partner,), conversations, (an_edition(population=population),))
    texts = {
        "agenda-partners": (
            "period: an edition in which nobody works together on the Actieagenda "
            "(look at the years of the collaborations, or at the period)"
        ),
        "conversation-partners": (
            "period: an edition without a conversation in its period "
            "(look at the days of the conversations, or at the period)"
        ),
    }
    assert [each.partition(": ")[2] for each in told] == ([texts[population]] if is_told else [])


@pytest.mark.parametrize(("endorsed", "years", "is_told"), [(2025, [2025, 2026], False), (2026, [2025, 2026], True), (2024, [2025], False)])  # fmt: skip
def test_an_endorsement_later_than_the_first_collaboration(endorsed: int, years: list[int], is_told: bool) -> None:
    partner = a_partner(collaborations=tuple(map(a_collaboration, years)), endorsed=date(endorsed, 12, 31))
    text = "endorsed: an endorsement later than the first year of collaboration (look at both years)"
    assert [each.partition(": ")[2] for each in said((partner,))] == ([text] if is_told else [])


def test_of_several_endorsements_the_first_counts() -> None:
    periods = (an_endorsement(date(2025, 1, 1), date(2025, 6, 30)), an_endorsement(date(2027, 1, 1)))
    assert said((a_partner(endorsed=periods),)) == []


DAY = date(2025, 5, 1)


@pytest.mark.parametrize(
    ("other", "is_told"),
    [
        (a_conversation(DAY, "p-2", "p-1"), True),
        (a_conversation(DAY, "p-1"), False),
        (a_conversation(date(2025, 5, 2), "p-1", "p-2"), False),
        (a_conversation(DAY, "p-1", "p-2", form="werkbezoek"), False),
        (a_conversation(DAY, "p-1", "p-2", subject="overig"), False),
        (a_conversation(DAY, "p-1", "p-2", context="society", measures=()), False),
        (a_conversation(DAY, "p-1", "p-2", measures=("2.1a",)), False),
    ],
)
def test_a_conversation_that_is_there_twice(other: Conversation, is_told: bool) -> None:
    one = at(a_conversation(DAY, "p-1", "p-2"), "conversations/2025.yaml", 3)
    told = said(conversations=(at(other, "conversations/2025.yaml", 9), one))
    expected = "conversations/2025.yaml:9:1: the same conversation as the one at conversations/2025.yaml:3:1 (if it is, remove one)"  # fmt: skip
    assert told == ([expected] if is_told else [])


@pytest.mark.parametrize(
    ("day", "is_told"),
    [(date(2015, 1, 1), False), (date(2014, 12, 31), True), (date(2035, 12, 31), False), (date(2036, 1, 1), True)],
)
def test_a_day_that_is_far_from_every_edition(day: date, is_told: bool) -> None:
    what = "a day more than 10 years from every edition"
    assert any(what in each for each in said(conversations=(a_conversation(day),))) is is_told
    assert any(what in each for each in said((a_partner(ended=day),))) is is_told
    assert any(what in each for each in said(editions=(an_edition(due=day),))) is is_told
    assert not any(what in each for each in said(conversations=(a_conversation(day),), editions=()))


def editions() -> Iterator[Edition]:
    yield at(an_edition(), "editions/2025.yaml")
    yield at(an_edition(id="2025-b", title="partneroverzicht  2025"), "editions/2025-b.yaml")


def test_two_editions_of_one_title() -> None:
    (told,) = said(editions=tuple(editions()))
    assert told == "editions/2025-b.yaml:1:1: title: the same title as the edition at editions/2025.yaml:1:1 (write what differs)"  # fmt: skip


def test_two_pages_of_one_title() -> None:
    one, other, third = (Page(slug, title, n, "Tekst.\n", Place(f"pages/{slug}.md", 2, 1)) for n, (slug, title) in enumerate(
        (("over", "Over ons"), ("ons", "over  Ons"), ("werk", "Het werk"))))  # fmt: skip
    source = replace(a_source((a_partner(),)), pages=(one, other, third), protection_key="0" * 64)
    told = [str(each) for each in find_doubts(source) if "title" in str(each)]
    assert told == ["pages/ons.md:2:1: title: the same title as the page at pages/over.md:2:1 (write what differs)"]


@pytest.mark.parametrize(
    ("label", "years", "is_told"),
    [
        ("Utrecht", (2000, 2999), True),
        ("  UTRECHT", (2026, 2999), True),
        ("Utrecht", (2020, 2024), False),
        ("Utrecht-Zuid", (2000, 2999), False),
    ],
)
def test_two_codes_that_readers_see_as_one(label: str, years: tuple[int, int], is_told: bool) -> None:
    one = Term("NL35", "Utrecht", None, Place("vocabulary.yaml", 4, 5), first=2025)
    other = Term("NL31", label, None, Place("vocabulary.yaml", 9, 5), *years)
    vocabulary = replace(a_source().vocabulary, regions=(other, one))
    source = replace(a_source((a_partner(),)), vocabulary=vocabulary, editions=(an_edition(),), protection_key="0" * 64)
    told = ["vocabulary.yaml:9:5: regions: the same label as the code at vocabulary.yaml:4:5 (write what differs)"]
    assert [str(each) for each in find_doubts(source)] == (told if is_told else [])


@pytest.mark.parametrize(
    ("other", "is_told"),
    [
        (a_table("partners", "kind", "pillar"), True),
        (a_table("partners", "pillar", "kind"), False),
        (a_table("partners", "kind"), False),
        (a_table("conversations", "kind", "pillar"), False),
    ],
)
def test_a_table_that_counts_and_divides_as_another_of_its_edition(other: TableSpec, is_told: bool) -> None:
    tables = at(a_table("partners", "kind", "pillar"), "editions/2026.yaml", 8), at(other, "editions/2026.yaml", 9)
    doubts = said(
        (a_partner(collaborations=(a_collaboration(2025),), endorsed=date(2025, 1, 1)),),
        editions=(an_edition(*tables),),
    )
    told = (
        "editions/2026.yaml:9:1: the same table as the one at editions/2026.yaml:8:1 (remove one, or divide otherwise)"
    )
    assert (told in doubts) == is_told


@pytest.mark.parametrize(
    ("text", "is_told"),
    [
        ("Wij spraken TODO partners.", True),
        ("Het aantal is XXX.", True),
        ("Lorem ipsum dolor.", True),
        ("De cijfers [invullen] volgen.", True),
        ("Dit moeten wij nog aanvullen.", True),
        ("Dat klopt niet [JJ12].", True),
        ("In [datum] begon het.", True),
        ("Zie [datum](https://example.org/).", False),
        ("Wie wil, kan dit aanvullen.", False),
        ("De route loopt langs de A12 (NL31).", False),
        ("Wat te doen bij vragen? Zie (a) en [1].", False),
    ],
)
def test_a_note_of_the_writer_in_a_page(text: str, is_told: bool) -> None:
    page = Page("over", "Over dit overzicht", 1, f"Eerst dit.\n\n{text}\n", Place("pages/over.md", 2, 1), 6)
    what = "a note of the writer in a text that readers see"
    doubts = find_doubts(replace(a_source(), pages=(page,)))
    assert [(each.place.file, each.place.line) for each in doubts if each.what == what] == [
        ("pages/over.md", 8)
    ] * is_told


def test_a_note_of_the_writer_in_a_page_is_told_by_line_and_sign() -> None:
    reading = Reading()
    text = "---\ntitle: Over\norder: 1\n---\n\n\nDit is af.\n\nDit niet: TODO cijfers\nEn [invullen] ook niet.\n"
    page = read_page(text, "pages/over.md", "over", "", reading)
    assert page is not None
    what = "a note of the writer in a text that readers see (finish the text, or remove the note)"
    told = [each for each in find_doubts(replace(a_source(), pages=(page,))) if str(each).endswith(what)]
    places = [each.place for each in told]
    assert places == [Place("pages/over.md", 9, 11), Place("pages/over.md", 10, 4)]
    assert [text.split("\n")[each.line - 1][each.column - 1 :][:4] for each in places] == ["TODO", "[inv"]


def test_a_note_of_the_writer_beside_a_table_of_an_edition() -> None:
    table = replace(at(a_table("partners", "kind"), "editions/2026.yaml", 9), note="Toelichting volgt: TODO")
    told = "editions/2026.yaml:9:1: note: a note of the writer in a text that readers see"
    assert any(each.startswith(told) for each in said(editions=(an_edition(table),)))


@pytest.mark.parametrize(
    ("address", "is_told"),
    [
        ("j.jansen@example.org", True),
        ("a.b.c.van.dermeer@example.org", True),
        ("partneroverzicht@example.org", False),
        ("team.partners@example.org", False),
        ("post.szw@example.org", False),
    ],
)
def test_an_address_of_one_person_where_a_mailbox_is_meant(address: str, is_told: bool) -> None:
    source = a_source()
    report = replace(source.report, contact=replace(source.report.contact, email=address))
    told = "contact.email: an address that looks like that of one person (use the mailbox of a department)"
    assert any(told in str(each) for each in find_doubts(replace(source, report=report))) == is_told


@pytest.mark.parametrize(("endorsed", "told"), [(2026, "later than the first year"), (2205, "more than 10 years")])
def test_a_mistyped_year_of_an_endorsement_is_told_once(endorsed: int, told: str) -> None:
    partner = a_partner(collaborations=(a_collaboration(2025),), endorsed=date(endorsed, 3, 1))
    (warning,) = said((partner,))
    assert told in warning


@pytest.mark.parametrize(
    ("file", "is_told"),
    [
        ("partners/kwaakhuis.yaml", True),
        ("partners/stichting-kwaakhuis-2025.yaml", True),
        ("partners/stichting.yaml", False),
        ("partners/welzijn.yaml", False),
        ("partners/2025.yaml", False),
        ("partners/kwaa.yaml", False),
    ],
)
def test_a_file_that_is_called_after_an_organisation_is_not_named(file: str, is_told: bool) -> None:
    told = said((at(a_partner(name="Stichting Kwaakhuis Odemoord"), file),))
    assert (told == ["partners: a file name that holds a name of an organisation (give it a neutral name, such as the kind of organisation or a number)"]) is is_told  # fmt: skip
    assert "kwaakhuis" not in "".join(told)


def test_a_word_that_many_names_share_is_neutral() -> None:
    partners = tuple(at(a_partner(f"p-{n}", name=f"Buurtwerk {n}"), "partners/buurtwerk.yaml") for n in range(3))
    assert said(partners) == []


def test_a_source_with_tables_and_without_a_key_is_told_how_to_make_one() -> None:
    source = replace(a_source((a_partner(),)), editions=(an_edition(a_table("partners", "kind")),))
    (told,) = map(str, find_doubts(source))
    assert told.startswith(
        "protection.key: there is no key for the choices of protection (make one of your own, once: python -c "
    )
    (told,) = map(str, find_doubts(source, was_published=True))
    assert "put back the one with which was published before, from a copy" in told
    assert find_doubts(replace(source, protection_key="0" * 64)) == ()
    assert find_doubts(replace(source, protection_key="0" * 64), was_published=True) == ()
    assert find_doubts(replace(source, editions=(replace(an_edition(), tables=()),))) == ()


@pytest.mark.parametrize(
    ("name", "is_told"),
    [
        ("Kwaakhuis (gestopt)", True),
        ("Kwaakhuis (gestopt per 2026)", True),
        ("Kwaakhuis [opgeheven]", True),
        ("Kwaakhuis - inmiddels opgeheven", True),
        ("Kwaakhuis (voorheen Plonshuis)", True),
        ("Kwaakhuis (nog navragen)", True),
        ("Kwaakhuis (?)", True),
        ("Kwaakhuis (zie Plonshuis)", True),
        ("Kwaakhuis – fusie", True),
        ("Kwaakhuis (KWH)", False),
        ("Kwaakhuis (Vlierhaven)", False),
        ("Kwaakhuis - Nieuwland", False),
        ("Kwaakhuis Oud en Nieuw", False),
        ("Oud-Kwaakhuis", False),
        ("Nieuw Kwaakhuis", False),
        ("Kwaakhuis/Ouderen", False),
        ("Kwaakhuis (Oudeland)", False),
        ("Wie ben jij?", False),
    ],
)
def test_a_remark_in_a_name(name: str, is_told: bool) -> None:
    told = [each for each in said((a_partner(name=name),)) if "remark" in each]
    assert len(told) == is_told
    assert len([each for each in said((a_partner(aliases=("Plonshuis", name)),)) if "remark" in each]) == is_told
    assert "Kwaakhuis" not in "".join(told)


@pytest.mark.parametrize(
    ("context", "measures", "is_told"),
    [("society", ("1.1a",), True), ("society", (), False), ("agenda", ("1.1a",), False)],
)
def test_measures_that_show_nowhere(context: str, measures: tuple[str, ...], is_told: bool) -> None:
    told = said((a_partner(),), (a_conversation(date(2025, 5, 1), "p-1", context=context, measures=measures),))
    what = "measures: measures of a conversation that does not count for the Actieagenda"
    assert any(what in each for each in told) == is_told


@pytest.mark.parametrize(
    ("line", "is_told"),
    [
        ("name: Buurthuis # Samen Verder", True),
        ("name: Buurthuis # 3", True),
        ("name: Buurthuis\t# Samen Verder", True),
        ("aliases: [BSV, Buurthuis # Samen Verder\n    ]", True),
        ("aliases:\n    - Buurthuis # 12 Odemoord", True),
        ("name: Buurthuis\n    aan de Laan # Samen Verder", True),
        ('name: "Buurthuis" # Samen Verder', False),
        ("name: Buurthuis  # Samen Verder", False),
        ("name: Buurthuis # gemaild en gebeld", False),
        ("name: Buurthuis # 3 mei gemaild", False),
        ("name: Buurthuis # 2026-03-01 gemaild", False),
        ("name: Buurthuis # 3/5 gemaild", False),
        ("name: Buurthuis # Is dit de volle naam?", False),
        ("name: Buurthuis # Let op: onder de oude naam", False),
        ("name: Buurthuis # N.B. oude naam", False),
        ("name: Buurthuis # Nog navragen", False),
        ("name: Buurthuis # ", False),
        ("kind: vrijwilligers # Bij wijze van proef", False),
        ("traceable_to_persons: false # Samen Verder", False),
        ("# Samen Verder", False),
    ],
)
def test_a_comment_that_may_be_the_rest_of_a_name(line: str, is_told: bool) -> None:
    record = {"name": "Klaverzoom Odemoord", "kind": "vrijwilligers", "region": "NL33", "traceable_to_persons": "false"}
    lines = [f"{key}: {value}" for key, value in record.items() if key != line.partition(":")[0]]
    text = "\n  ".join(["- id: p-c0ffee", *lines, line]) + "\n"
    told = find_doubts(read_changed(GOLDEN, {"partners/nieuw.yaml": text}))
    cut = [each for each in told if each.what == "a comment that may be the rest of the text before it"]
    comments = [each.place for each in cut]
    assert len(comments) == is_told
    assert all(each.hint == "put quotes around the text; or begin a new line for the comment" for each in cut)
    assert all(text.splitlines()[at.line - 1][at.column - 1 :].startswith("# ") for at in comments)


def test_a_title_of_a_page_and_of_an_edition_may_be_cut_too() -> None:
    edition = (GOLDEN / "editions" / "2026.yaml").read_text("utf-8").replace("title: ", "title: Jaar # Het ", 1)
    page = "---\ntitle: Werkwijze # 2026\norder: 9\n---\n\nTekst.\n"
    source = read_changed(GOLDEN, {"pages/nieuw.md": page, "editions/2026.yaml": edition})
    told = {str(each.place) for each in find_doubts(source) if each.what.startswith("a comment")}
    assert told == {"pages/nieuw.md:2:18", "editions/2026.yaml:2:13"}


def test_every_warning_has_a_code_that_says_so() -> None:
    far = at(a_conversation(date(1999, 1, 1)), "conversations/a.yaml")
    source = replace(a_source((a_partner(),), (far, at(far, "conversations/a.yaml", 2))), editions=tuple(editions()))
    kinds = [kind_of(each.what) for each in find_doubts(source)]
    assert len(kinds) > 3
    assert all(kind is not None and kind.code.startswith("W") for kind in kinds)


# --- told by commands -------------------------------------------------------------------------------------------------


@pytest.fixture
def doubtful(tmp_path: Path) -> Path:
    content = shutil.copytree(GOLDEN, tmp_path / "content")
    keep_simple_tables(content)
    edition = content / "editions" / "2026.yaml"
    titled = edition.read_text("utf-8").replace("title: Partneroverzicht 2026", "title: Partneroverzicht 2025")
    edition.write_text(titled, "utf-8")
    return content


def test_a_warning_is_told_apart_and_changes_no_exit_code(doubtful: Path) -> None:
    code, told = told_by_check(doubtful, "--lang", "nl")
    assert code == 0
    place, earlier = "editions/2026.yaml:2:1", "editions/2025.yaml:2:1"
    assert (
        f"waarschuwing: {place}: title: dezelfde titel als de editie op {earlier} (schrijf wat verschilt) [W105]\n"
        in told
    )
    assert [line for line in told.splitlines() if not line.startswith(("waarschuwing: ", "  "))] == []


def test_programs_get_it_beside_the_problems(doubtful: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert build.main(["check", "--content", str(doubtful), "--templates", str(TEMPLATES), "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["problems"] == []
    assert ("W105", "editions/2026.yaml:2:1") in [(each["code"], each["place"]) for each in said["warnings"]]
    assert {each["code"] for each in said["warnings"]} == {"W105", "W107", "W108"}


def test_a_period_that_reaches_nobody_is_told() -> None:
    edition = an_edition(period=Period(date(2031, 1, 1), date(2031, 12, 31)))
    assert any("nobody works together" in each for each in said(editions=(edition,)))


# --- what the ministry alone can fill in ------------------------------------------------------------------------------


REPORT = a_source().report


def asked(*editions: Edition, report: Report = REPORT) -> list[str]:
    found = find_doubts(replace(a_source(), report=report, editions=editions, protection_key="0" * 64))
    return [str(each) for each in found if "nobody works" not in each.what]


def sent(year: int) -> Edition:
    edition = replace(an_edition(), id=str(year), title=f"Editie {year}", status="final", as_of=None)
    return replace(edition, sent=date(year + 1, 7, 1), place=Place(f"editions/{year}.yaml", 1, 1))


@pytest.mark.parametrize(
    ("link", "report"),
    [
        ("privacy_statement", replace(REPORT, privacy_statement=None)),
        ("accessibility_statement", replace(REPORT, accessibility_statement=None)),
    ],
)
def test_a_link_that_readers_look_for_and_is_not_there_is_told(link: str, report: Report) -> None:
    what = f"a page without the link that readers look for: {link}"
    told = [each.partition(": ")[2] for each in asked(report=report)]
    assert told == [f"{what} (add it as soon as there is one)"]


def test_no_day_of_what_comes_next_is_told_at_the_last_edition() -> None:
    cure = "make the next edition, as a concept with its day behind `due`"
    told = [f"editions/2025.yaml:1:1: no day by which the next edition comes ({cure})"]
    assert asked(sent(2025), sent(2024)) == told
    assert asked(sent(2025), replace(an_edition(), due=date(2027, 7, 1))) == []
    assert asked() == []


# --- files that only other commands read ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("file", "text", "told"),
    [
        ("recipients.txt", "AGE-SECRET-KEY-1QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7LQPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L\n", "an identity stands where a recipient belongs"),
        ("recipients.txt", "griffie@example.org\n", "unknown kind of recipient"),
        ("recipients/griffie.txt", "age1onzin\n", "recipients/griffie.txt"),
        ("recipients.txt", "# nog niemand\n", ""),
        ("allowed_signers", "-----BEGIN OPENSSH PRIVATE KEY-----\n", "a private key stands where a public one belongs"),
        ("allowed_signers", "ssh-ed25519 AAAA jurist\n", "a key without the name of who signs with it"),
        ("allowed_signers", "# nog niemand\n", ""),
        ("import.map.yaml", "regio: {Fryslân: NL12}\n", "did you mean 'region'?"),
        ("import.map.yaml", "region: Fryslân\n", 'write it as region: {"Fryslân": "NL12"}'),
        ("import.map.yaml", "region: {Fryslân: NL12}\n", ""),
    ],
)  # fmt: skip
def test_check_tells_what_is_wrong_in_files_that_other_commands_read(
    tmp_path: Path, file: str, text: str, told: str
) -> None:
    (tmp_path / file).parent.mkdir(exist_ok=True)
    (tmp_path / file).write_text(text, "utf-8")
    found = " ".join(map(str, find_wrong_beside(tmp_path, today=date(2027, 1, 1))))
    assert told in found if told else found == ""
    assert "QPZRY9X8" not in found
