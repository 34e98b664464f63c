"""The papers of the bundle as a clerk has them in hand: numbered, dated, going on from page to page, in the letter's words."""

from __future__ import annotations

import re
import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.conftest import need_program
from tests.stages.a_bundle import DAY, PARTNERS, TEMPLATES, a_desk
from tweeluik.confidential.bundle.documents import Issue, render_documents
from tweeluik.confidential.bundle.dossier import Dossier, compose_dossier
from tweeluik.confidential.bundle.letter import render_letter
from tweeluik.selection.rules import select
from tweeluik.selection.tables import tabulate
from tweeluik.words.papers import PAPERS

MARK = "Exemplaar 1 van 2"

# --- on paper ---------------------------------------------------------------------------------------------------------


def pages_of(pdf: bytes) -> list[str]:
    program = need_program("pdftotext")
    done = subprocess.run([program, "-layout", "-", "-"], input=pdf, capture_output=True, check=True)
    return done.stdout.decode().rstrip("\f").split("\f")


def long_dossier(root: Path) -> Dossier:
    """Sixty organisations, some with names that would break."""
    many = tuple(
        replace(
            PARTNERS[0],
            id=f"p-{number:06}",
            name=f"Stichting Verzonnen Verband {number:02}",
            aliases=("Samen Sterk Oost",),
        )
        for number in range(60)
    )
    desk = a_desk(root)
    source = replace(desk.source, partners=many)
    selection = select(source, source.editions[0])
    return compose_dossier(source, selection, tabulate(source, selection))


def test_a_list_of_many_pages_goes_on_with_its_heads_and_says_so(tmp_path: Path) -> None:
    dossier = long_dossier(tmp_path)
    issue = Issue(DAY, 2, ("ab" * 32,))
    pdf = render_documents(dossier, mark=MARK, issue=issue, templates=TEMPLATES)["01-overzicht.pdf"]
    title, first, *others = pages_of(pdf)
    assert "Volgnummer" in title
    assert "2, gemaakt op 19 december 2024. Dit vervangt alle afdrukken met een lager volgnummer" in " ".join(
        title.split()
    )
    assert "Naam (vervolg)" not in first
    assert all("Naam (vervolg)" in page for page in others if "Stichting Verzonnen" in page)
    assert sum("Stichting Verzonnen" in page for page in others) > 0
    text = "\n".join((first, *others))
    assert re.findall(r"^ *(\d+)\. +\S", text, re.MULTILINE) == [str(number) for number in range(1, 61)]
    assert text.count("Samen Sterk Oost") == 60  # never broken over two lines


def test_a_paper_of_an_earlier_issue_is_told_from_a_later_one(tmp_path: Path) -> None:
    dossier = long_dossier(tmp_path)
    first, second = (
        render_documents(dossier, mark=MARK, issue=Issue(DAY, number), templates=TEMPLATES) for number in (1, 2)
    )
    for name in first:
        assert first[name] != second[name]


@pytest.mark.parametrize(
    ("until", "lines"), [(date(2024, 12, 20), 28), (date(2025, 1, 28), 29), (date(2025, 2, 13), 41)]
)
def test_the_register_has_a_line_for_every_working_day(tmp_path: Path, until: date, lines: int) -> None:
    dossier = replace(long_dossier(tmp_path), inspection_until=until)
    pdf = render_documents(dossier, mark=MARK, issue=Issue(DAY), templates=TEMPLATES)["05-inzageregister.pdf"]
    pages = pages_of(pdf)
    assert re.findall(r"^ *(\d+)$", "\n".join(pages), re.MULTILINE) == [str(number) for number in range(1, lines + 1)]
    assert all("Handtekening" in page for page in pages)


def test_the_letter_has_a_date_a_reference_whom_to_call_and_room_for_a_signature(tmp_path: Path) -> None:
    desk = a_desk(tmp_path)
    dossier = compose_dossier(desk.source, desk.selection, desk.tables)
    letter = " ".join(
        pages_of(render_letter(desk.source, dossier, issue=Issue(DAY, 3), templates=TEMPLATES))[0].split()
    )
    contact = desk.source.report.contact
    for words in (
        "Datum: 19 december 2024", "Kenmerk: 2025/3", f"Neem contact op met {contact.name} ({contact.email})",
        "Hierbij bieden wij eenmalig een overzicht ter vertrouwelijke inzage aan", "van 19 december 2024 tot 13 februari 2025",
        "strikt vertrouwelijk", "Ook na de inzage blijft de inhoud vertrouwelijk", "Hoogachtend",
    ):  # fmt: skip
        assert words in letter


# --- the words of the letter of 19 December 2024 ----------------------------------------------------------------------


def test_no_paper_says_that_the_end_of_the_inspection_is_the_end_of_confidentiality() -> None:
    assert [key for key in PAPERS.keys if "tot en met {" in PAPERS.raw(key)] == ["overview.period_of"]
    for file in sorted(TEMPLATES.iterdir()):
        for given in re.findall(r"overview\.period_of[^)]*\)", file.read_text("utf-8")):
            assert "inspection" not in given
            assert "classified" not in given


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("L1", "minimaal één gesprek"), ("L2", "Herleidbaar tot één of enkele personen"), ("L3", "onderzoeksorganisatie van de overheid"),
    ],
)  # fmt: skip
def test_the_grounds_have_the_words_of_the_letter(rule: str, words: str) -> None:
    assert words in PAPERS.raw(f"ground.{rule}")


# --- the table of the manual ------------------------------------------------------------------------------------------

MANUAL = (TEMPLATES.parents[1] / "docs" / "handleiding.md").read_text("utf-8")
LETTER_TABLE = MANUAL[MANUAL.index("| de Kamerbrief | de openbare site | de bundel |") :].partition("\n\n")[0]
ROWS = [[cell.strip() for cell in line.strip("|").split("|")] for line in LETTER_TABLE.splitlines()[2:]]


def quoted(cell: str) -> list[str]:
    """What stands between quotation marks."""
    return re.findall(r'"([^"]+)"', cell)


def as_it_reads(text: str) -> str:
    """The words of a template: what is filled in becomes an ellipsis, and marks of the page go."""
    shown = re.sub(r"<[^>]*>|\{%.*?%\}", " ", text)
    return " ".join(
        re.sub(r"\{\{.*?\}\}|#[a-z]+(?:\.[a-z_]+)+|#lower\([^)]*\)", "…", shown)
        .replace('" + lower(d.marking)', "…")
        .split()
    )


def words_of(folder: str, catalogue: str) -> str:
    files = sorted(each for each in (TEMPLATES.parent / folder).iterdir() if each.is_file())
    texts = [each.read_text("utf-8") for each in files if each.name != "opener.html"]
    words = TEMPLATES.parents[1] / "tweeluik" / "words" / catalogue
    return " ".join(map(as_it_reads, [*texts, words.read_text("utf-8")]))


def is_said(words: str, text: str) -> bool:
    return re.search(r".{1,80}?".join(map(re.escape, words.split("…"))), text, re.IGNORECASE) is not None


@pytest.mark.parametrize("row", ROWS, ids=[row[0][:40] for row in ROWS])
def test_what_the_table_quotes_of_site_and_bundle_is_said_there(row: list[str]) -> None:
    _, site, bundle = row
    public, private = words_of("public", "phrases.toml"), words_of("confidential", "papers.toml")
    assert [each for each in quoted(site) if not is_said(each, public)] == []
    assert [each for each in quoted(bundle) if not is_said(each, private)] == []
    assert quoted(site) or quoted(bundle)
