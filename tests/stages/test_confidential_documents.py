"""The dossier and its documents: exact, only what the letter asks for, and the same bytes every time."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from tests.html import first
from tests.stages.a_bundle import DAY, TEMPLATES, a_desk, an_inspected_edition, own_templates
from tweeluik.confidential.bundle.copies import Copy
from tweeluik.confidential.bundle.data_files import render_data
from tweeluik.confidential.bundle.documents import Issue, render_documents
from tweeluik.confidential.bundle.dossier import Dossier, compose_dossier
from tweeluik.confidential.bundle.letter import find_unfit, render_letter
from tweeluik.problems import SealingFailed
from tweeluik.selection.rules import PARTNER_RULES
from tweeluik.words.papers import PAPERS


@pytest.fixture
def dossier(tmp_path: Path) -> Dossier:
    desk = a_desk(tmp_path)
    return compose_dossier(desk.source, desk.selection, desk.tables)


@pytest.fixture
def documents(dossier: Dossier) -> Mapping[str, bytes]:
    return render_documents(dossier, mark="Exemplaar 1 van 3", issue=Issue(DAY), templates=TEMPLATES)


def test_the_organisations_stand_in_order_of_name_with_labels(dossier: Dossier) -> None:
    assert [each.name for each in dossier.organisations] == [
        "=Som(1;2) <b>#let</b>",
        "Stichting Lindenbrug",
        "Vereniging Ærøsund & Co",
    ]
    assert dossier.organisations[2].umbrella == "Stichting Lindenbrug"
    assert dossier.organisations[0].measures == ("1.1a Onderdeel 1.1a", "2.1a Onderdeel 2.1a")


def test_who_is_left_out_is_counted_per_rule_and_never_named(dossier: Dossier) -> None:
    assert {each.rule: each.count for each in dossier.grounds}["L3"] == 1
    assert "Eenpersoons" not in json.dumps(json.loads(render_data(dossier)["02-gegevens/gegevens.json"]))


def test_every_rule_has_words() -> None:
    assert set(PAPERS.section("ground")) == {rule.number for rule in PARTNER_RULES}


def test_an_umbrella_that_is_left_out_is_not_named(tmp_path: Path) -> None:
    desk = a_desk(tmp_path)
    partners = tuple(
        replace(each, umbrella="p-d00d1e") if each.id == "p-3f0c1a" else each for each in desk.selection.partners
    )
    found = compose_dossier(desk.source, replace(desk.selection, partners=partners), desk.tables)
    assert found.organisations[1].umbrella == ""


@pytest.mark.parametrize("missing", ["classification", "inspection"])
def test_an_edition_that_is_not_for_inspection_is_refused(tmp_path: Path, missing: str) -> None:
    desk = a_desk(tmp_path, edition=an_inspected_edition(**{missing: None}))
    with pytest.raises(SealingFailed) as caught:
        compose_dossier(desk.source, desk.selection, desk.tables)
    assert "classification" in caught.value.problems[0].hint


def test_the_numbers_of_csv_json_and_html_are_the_true_ones(
    tmp_path: Path, dossier: Dossier, documents: Mapping[str, bytes]
) -> None:
    table = a_desk(tmp_path / "weer").tables[0]
    true = {codes: table.value(codes) for codes in table.cells}
    data = render_data(dossier)
    rows = list(csv.DictReader(io.StringIO(data["02-gegevens/tabel-tabel.csv"].decode("utf-8-sig")), delimiter=";"))
    assert {(row["kind"], row["pillar"]): int(row["value"]) for row in rows} == true
    cells = json.loads(data["02-gegevens/gegevens.json"])["tables"][0]["cells"]
    assert {(cell["kind"], cell["pillar"]): cell["value"] for cell in cells} == true
    grid = LexborHTMLParser(documents["01-overzicht.html"]).css("table")[-1].css("tbody td")
    assert [int(cell.text()) for cell in grid] == list(true.values())


def test_a_spreadsheet_finds_no_formula(dossier: Dossier) -> None:
    rows = list(
        csv.DictReader(io.StringIO(render_data(dossier)["02-gegevens/lijst.csv"].decode("utf-8-sig")), delimiter=";")
    )
    assert [row["naam"] for row in rows] == [
        "'=Som(1;2) <b>#let</b>",
        "Stichting Lindenbrug",
        "Vereniging Ærøsund & Co",
    ]


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("=1+1", "'=1+1"), ("+31", "'+31"), ("-1", "'-1"), ("@SUM(1)", "'@SUM(1)"), ("\tx", "'\tx"), ("\rx", "'\rx"),
        ("a=1", "a=1"), ("a@b", "a@b"), ("'t Huis", "'t Huis"), ("1", "1"),
    ],
)  # fmt: skip
def test_no_cell_of_a_csv_begins_as_a_formula(dossier: Dossier, name: str, written: str) -> None:
    changed = replace(dossier, organisations=(replace(dossier.organisations[0], name=name, aliases=(name,)),))
    text = render_data(changed)["02-gegevens/lijst.csv"].decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(text, newline=""), delimiter=";")
    assert (row["naam"], row["andere namen"]) == (written, written)


def test_ids_and_registration_numbers_stay_inside(dossier: Dossier, documents: Mapping[str, bytes]) -> None:
    everything = b"".join((*render_data(dossier).values(), *documents.values()))
    assert b"p-3f0c1a" not in everything
    assert b"90123457" not in everything


def test_the_page_is_self_contained_and_its_title_neutral(documents: Mapping[str, bytes]) -> None:
    page = documents["01-overzicht.html"].decode()
    tree = LexborHTMLParser(page)
    assert first(tree, "title").text() == "Overzicht"
    assert not tree.css("script, link, img, iframe, [src], [href]")
    assert not re.search(r"https?://|url\(|@import", page.replace('xmlns="http://www.w3.org/2000/svg"', ""))
    assert "default-src 'none'" in page
    assert "&lt;b&gt;#let&lt;/b&gt;" in page


def test_the_page_states_marking_reason_duration_place_and_decision(documents: Mapping[str, bytes]) -> None:
    text = LexborHTMLParser(documents["01-overzicht.html"]).body.text()  # type: ignore[union-attr]
    for words in ("Vertrouwelijk", "veiligheid en privacy", "13 februari 2025", "de staatssecretaris",
                  "19 december 2024", "Centraal Informatiepunt Tweede Kamer", "leden", "Exemplaar 1 van 3"):  # fmt: skip
        assert words in text


def test_the_same_dossier_gives_the_same_bytes(dossier: Dossier, documents: Mapping[str, bytes]) -> None:
    assert render_documents(dossier, mark="Exemplaar 1 van 3", issue=Issue(DAY), templates=TEMPLATES) == documents


def test_windows_notepad_can_read_the_first_file(documents: Mapping[str, bytes]) -> None:
    data = documents["00-LEES-MIJ.txt"]
    assert data.startswith(b"\xef\xbb\xbf")
    text = data.decode("utf-8-sig")
    assert text.startswith("Vertrouwelijk")
    assert text.count("\r\n") == text.count("\n") == 3


@pytest.mark.parametrize("name", ["overzicht.html", "overzicht.typ", "lees-mij.txt"])
def test_a_wrong_template_is_named_and_nothing_of_its_data(tmp_path: Path, dossier: Dossier, name: str) -> None:
    templates = own_templates(tmp_path)
    (templates / name).write_text("{{ organisations.nothing.here }}\n#panic(json(bytes(sys.inputs.data)))")
    with pytest.raises(SealingFailed) as caught:
        render_documents(dossier, mark="Exemplaar 1 van 3", issue=Issue(DAY), templates=templates)
    assert str(caught.value.problems[0].place) == f"templates/confidential/{name}"
    assert "Lindenbrug" not in str(caught.value.problems)
    assert caught.value.__cause__ is None


# --- the letter -------------------------------------------------------------------------------------------------------


FACTS = ("19 december 2024", "Kamerstuk 32 824 nr. 447", "zaal 2", "er zijn maar drie organisaties", "")


def unfit(tmp_path: Path, letter: str) -> str:
    return " ".join(what for what, _ in find_unfit(letter, a_desk(tmp_path).source, facts=FACTS))


@pytest.mark.parametrize(
    "letter",
    ["Van stichting lindenbrug.", "STICHTING\nLINDENBRUG", "Stíchting Linden\u00adbrug", "Ook De Brug.", "nummer 90123457", "(p-3f0c1a)",
     "Vereniging Ærøsund & Co", "vereniging ærøsund en co, vereniging Ærøsund Co"],
)  # fmt: skip
def test_a_letter_with_a_name_or_number_of_an_organisation_is_refused(tmp_path: Path, letter: str) -> None:
    said = unfit(tmp_path, letter)
    assert "of an organisation" in said
    assert "indenbrug" not in said


@pytest.mark.parametrize("letter", [
        "Er zijn 12 partners.", "op 20 december 2024", "Wij spraken er 19.", "Het zijn er 2.", "in 2024", "①", "½", "١٢ partners",
        "19 december 2024 en 19", "zaal 2 en zaal 3", "Pagina 1",
    ],
)  # fmt: skip
def test_a_letter_with_a_number_of_its_own_is_refused(tmp_path: Path, letter: str) -> None:
    assert "a number that is no public date" in unfit(tmp_path, letter)


@pytest.mark.parametrize(
    "letter",
    [
        "Er zijn drie organisaties.", "slechts één kleine stichting", "Twee van de vijf partners", "Het aantal: zeven.",
        "Organisaties: vier.", "Het zijn er acht.", "een drietal", "een handvol koepels", "een\npaar organisaties",
        "enkele migrantenorganisaties", "maar een vereniging", "beide stichtingen", "drieëntwintig", "dertig partners",
        "dr\u00adie partners", "e\u0301e\u0301n partij", "TWAALF", "geen enkele organisatie", "want er zijn maar drie organisaties",
    ],
)  # fmt: skip
def test_a_letter_with_a_count_in_words_is_refused(tmp_path: Path, letter: str) -> None:
    assert "a count in words" in unfit(tmp_path, letter)


@pytest.mark.parametrize(
    "letter",
    [
        "Op 19 december\n2024, Kamerstuk 32\u00a0824 nr. 447.", "Wij slaan een brug.", "Er zijn veel organisaties.",
        "tot 19 december 2024 voor leden", "De Tweede Kamer en de Eerste Kamer", "op één plaats, in zaal 2", "aandachtig",
        "Dat een organisatie hier staat", "een aantal",
    ],
)  # fmt: skip
def test_a_letter_with_public_facts_passes(tmp_path: Path, letter: str) -> None:
    assert unfit(tmp_path, letter) == ""


def test_the_letter_that_comes_with_it_passes(tmp_path: Path, dossier: Dossier) -> None:
    assert render_letter(a_desk(tmp_path / "weer").source, dossier, issue=Issue(DAY), templates=TEMPLATES).startswith(
        b"%PDF-"
    )


@pytest.mark.parametrize("before", [37, 40, 43])
def test_a_public_fact_with_numbers_may_stand_at_the_end_of_a_line(
    tmp_path: Path, dossier: Dossier, before: int
) -> None:
    """There the typography breaks it at its hyphen."""
    reason = f"{'woorden ' * 6}{'y' * before} 2023-2024-2025 en 32/824/447-448."
    broken = replace(dossier, reason=reason)
    assert render_letter(a_desk(tmp_path / "weer").source, broken, issue=Issue(DAY), templates=TEMPLATES).startswith(
        b"%PDF-"
    )


def test_a_letter_that_tells_too_much_stops_the_bundle(tmp_path: Path) -> None:
    desk = a_desk(tmp_path)
    own = tmp_path / "templates" / "confidential"
    own.mkdir(parents=True)
    for file in TEMPLATES.iterdir():
        (own / file.name).write_bytes(file.read_bytes())
    (own / "aanbiedingsbrief.txt").write_text("Beste voorzitter,\n\nHierbij Stichting Lindenbrug.\n")
    with pytest.raises(SealingFailed):
        desk.seal(templates=own.parent)
    assert not (tmp_path / "bundel").exists()


@pytest.mark.parametrize(
    ("added", "what"),
    [
        ("Met dank aan Stichting Lindenbrug.", "of an organisation"),
        ("#text(size: 1pt, fill: white)[Vereniging Ærøsund & Co]", "of an organisation"),
        ("Het zijn er 3.", "a number that is no public date"),
        ("Het gaat om zeven partners.", "a count in words"),
    ],
)
def test_what_the_typography_of_the_letter_adds_is_seen_too(
    tmp_path: Path, dossier: Dossier, added: str, what: str
) -> None:
    templates = own_templates(tmp_path)
    typography = templates / "aanbiedingsbrief.typ"
    typography.write_text(typography.read_text() + f"\n{added}\n")
    with pytest.raises(SealingFailed) as caught:
        render_letter(a_desk(tmp_path / "weer").source, dossier, issue=Issue(DAY), templates=templates)
    assert what in caught.value.problems[0].what
    assert str(caught.value.problems[0].place) == "templates/confidential/aanbiedingsbrief.typ"


def test_the_marks_of_copies() -> None:
    assert Copy(2, 12, ()).name == "exemplaar-02-van-12.age"
    assert Copy(0, 12, ()).name == "archief.age"
