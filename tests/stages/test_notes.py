"""Notes on tables and categories, and what sentences call a category: from the source to every file that readers get."""

from __future__ import annotations

import io
import json
import shutil
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import pypdfium2
import pytest

from tests.factories import HERE, a_partner, a_source, a_table, an_edition
from tests.mistakes import BASE, check
from tests.stages.a_publication import KINDS, REGIONS, a_publication, a_release, dimension, suppressed_2025, table
from tests.templates import PUBLIC
from tweeluik.checks.audit.pages import find_disagreements
from tweeluik.checks.audit.published import read_editions
from tweeluik.door.release import release
from tweeluik.protection.agreement import differences
from tweeluik.protection.editions import protect_editions
from tweeluik.public.changes import changes
from tweeluik.public.grid import grids, letters
from tweeluik.public.message import message, plain
from tweeluik.public.site import render_site
from tweeluik.record.canonical import NotARecord, parse, serialise
from tweeluik.record.model import Category, Dimension, Note, Release
from tweeluik.review.changes import find_changes
from tweeluik.selection.notes import find_lost_notes
from tweeluik.source.records import CategoryNote, Merge, Source

pytestmark = pytest.mark.usefixtures("drawn_once")

ON_ALL = "Een partner hoort bij één regio."
ON_ONE = "In 3 gemeenten is de indeling van 2024 gebruikt."


def noted() -> Release:
    """The edition with a note on its second table and on one of the regions in it, and one on a pillar of the first."""
    made = suppressed_2025()
    first, second, *others = made.tables
    first = replace(first, notes=(Note("kind", "werkgever", "Met hun koepels."), Note("pillar", "2", "Sinds 2024.")))
    second = replace(second, note=ON_ALL, notes=(Note("region", "NL32", ON_ONE),))
    return replace(made, tables=(first, second, *others))


@cache
def files() -> dict[str, bytes]:
    return render_site(a_publication(noted()), PUBLIC)


def page() -> str:
    return files()["edities/2025/index.html"].decode()


# --- in every file ----------------------------------------------------------------------------------------------------


def test_a_page_has_the_note_on_the_table_and_a_letter_that_leads_to_that_on_a_category() -> None:
    assert f"Toelichting: {ON_ALL}" in page()
    assert '<th scope="row">Noord-Holland <sup><a class="noot" href="#noot-regio-a"' in page()
    assert f'<div id="noot-regio-a"><dt><b>a</b> Noord-Holland</dt><dd>{ON_ONE}</dd>' in page()
    assert 'Nieuwkomers aan het werk <sup><a class="noot" href="#noot-soort-b"' in page()


def test_the_audit_reads_the_names_of_groups_without_their_letters() -> None:
    editions, problems = read_editions(files())
    assert not problems
    assert not [each for each in find_disagreements(files(), editions) if each.place.file.startswith("edities/2025")]


@pytest.mark.parametrize(
    ("told", "lie"),
    [
        ("Noord-Holland <sup>", "Noord-Holland 2 <sup>"),
        ("Noord-Holland <sup>", "Noord-Hollanda <sup>"),
        (">a</a></sup>", ">7</a></sup>"),
    ],
)
def test_a_mark_is_no_place_to_hide_another_name_or_a_number(told: str, lie: str) -> None:
    path = "edities/2025/index.html"
    wrong = {**files(), path: page().replace(told, lie).encode()}
    editions, _ = read_editions(wrong)
    assert "regio" in [each.path for each in find_disagreements(wrong, editions) if each.place.file == path]


def test_the_annex_has_them() -> None:
    text = " ".join(_pdf(files()["edities/2025/annex.pdf"]))
    assert f"Toelichting: {ON_ALL}" in text
    assert f"Noord-Holland: {ON_ONE}" in text


def test_the_document_for_word_has_them_with_marks_in_a_style_of_their_own() -> None:
    with zipfile.ZipFile(io.BytesIO(files()["edities/2025/annex.docx"])) as archive:
        body = archive.read("word/document.xml").decode()
    assert f"Toelichting: {ON_ALL}" in body
    assert f"Noord-Holland: {ON_ONE}" in body
    assert body.count('w:val="NoteMark"') == 2 * 3


def test_the_spreadsheet_has_them_above_the_table() -> None:
    with zipfile.ZipFile(io.BytesIO(files()["edities/2025/tabellen.ods"])) as archive:
        content = archive.read("content.xml").decode()
    assert content.index(ON_ONE) < content.index("<text:p>Noord-Holland</text:p>")


def test_the_description_of_the_csv_has_them_and_the_csv_itself_is_as_without() -> None:
    described = json.loads(files()["edities/2025/regio.csv-metadata.json"])
    said = [each["oa:hasBody"]["rdf:value"]["@value"] for each in described["notes"]]
    assert said == [f"Toelichting: {ON_ALL}", f"Noord-Holland: {ON_ONE}"]
    assert (
        files()["edities/2025/regio.csv"]
        == render_site(a_publication(suppressed_2025()), PUBLIC)["edities/2025/regio.csv"]
    )


def _pdf(data: bytes) -> Iterator[str]:
    document = pypdfium2.PdfDocument(data)
    return (" ".join(document[number].get_textpage().get_text_range().split()) for number in range(len(document)))


def test_after_z_the_marks_have_two_letters() -> None:
    assert [letters(at) for at in (0, 25, 26, 27, 52)] == ["a", "z", "aa", "ab", "ba"]


# --- in the record ----------------------------------------------------------------------------------------------------


def test_a_record_holds_them_and_is_read_back() -> None:
    assert parse(serialise(noted())) == noted()
    table = json.loads(serialise(noted()))["tables"][1]
    assert table["notes"] == [{"dimension": "region", "code": "NL32", "text": ON_ONE}]


def test_a_record_without_them_has_no_key_for_them() -> None:
    assert b'"notes"' not in serialise(suppressed_2025())
    assert b'"plural"' not in serialise(suppressed_2025())


def test_a_note_on_what_a_table_does_not_have_is_no_record() -> None:
    wrong = serialise(noted()).replace(b'"code": "NL32",\n          "text"', b'"code": "NL99",\n          "text"')
    with pytest.raises(NotARecord):
        parse(wrong)


def test_another_note_is_a_change_that_readers_and_reviewers_are_told_of() -> None:
    earlier = replace(suppressed_2025(), version=1)
    assert changes(earlier, noted()).other_notes == (
        "Partners naar soort organisatie en pijler", "Partners naar regio",
    )  # fmt: skip
    assert not changes(earlier, noted()).other_tables
    assert [(each.table, each.what) for each in find_changes(earlier, noted()).tables] == [
        ("soort", "andere woorden"), ("regio", "andere woorden"),
    ]  # fmt: skip


# --- from the source --------------------------------------------------------------------------------------------------


def a_noted_source(*notes: CategoryNote, merge: tuple[Merge, ...] = ()) -> Source:
    spec = replace(a_table("partners", "region"), note=ON_ALL, notes=notes)
    partners = tuple(a_partner(f"p-{at}") for at in range(12))
    return replace(a_source(partners), editions=(an_edition(spec, merge=merge),))


def a_note(code: str) -> CategoryNote:
    return CategoryNote(code, ON_ONE, HERE)


def test_the_door_hands_on_the_notes_of_an_edition() -> None:
    source = a_noted_source(a_note("NL31"))
    (protected,) = protect_editions(source, {})
    (made,) = release(source, protected).tables
    assert (made.note, made.notes) == (ON_ALL, (Note("region", "NL31", ON_ONE),))


def test_a_source_whose_note_is_another_by_now_differs_from_what_was_published() -> None:
    source = a_noted_source(a_note("NL31"))
    (protected,) = protect_editions(source, {})
    register = {source.editions[0].id: (replace(release(source, protected), status="provisional"),)}
    assert not list(differences(source, register))
    (found,) = differences(a_noted_source(), register)
    assert found.what == ("the notes of table tabel",)


@pytest.mark.parametrize(
    ("code", "merge", "is_lost"),
    [
        ("NL31", (), False),
        ("NL99", (), True),
        ("NL31", (Merge("region", ("NL12", "NL31"), "Midden", HERE),), True),
        ("NL12+NL31", (Merge("region", ("NL31", "NL12"), "Midden", HERE),), False),
    ],
)
def test_a_note_stands_at_a_category_that_its_table_has(code: str, merge: tuple[Merge, ...], is_lost: bool) -> None:
    found = list(find_lost_notes(a_noted_source(a_note(code), merge=merge)))
    assert [each.path for each in found] == (["tables[0].notes[0].code"] if is_lost else [])


# --- what sentences call a category -----------------------------------------------------------------------------------

PLURALS = {"vrijwilligersorganisatie": "vrijwilligersorganisaties", "werkgever": "werkgevers"}


def said(values: list[int | None], plurals: dict[str, str], name: str = "kind", terms: object = KINDS) -> str:
    side = dimension(name, terms)
    side = Dimension(
        side.name, side.partition, tuple(replace(each, plural=plurals.get(each.code)) for each in side.categories)
    )
    made = a_release(tables=(table("t", "T", "partners", (side,), values),))
    sentence = message(grids(made)[0])
    assert sentence is not None
    return plain(sentence)


def test_a_sentence_calls_a_category_by_its_plural_where_the_source_has_it() -> None:
    assert said([47, 10, 9, 8, 7, 81], PLURALS) == (
        "Vrijwilligersorganisaties vormen de grootste groep naar soort organisatie: 47 partners"
    )
    assert said([47, 10, 9, 8, 7, 81], {}) == (
        "De grootste groep naar soort organisatie is ‘Vrijwilligersorganisatie’: 47 partners"
    )


def test_the_audit_knows_a_plural_with_a_number_in_it_for_a_name() -> None:
    side = dimension("kind", KINDS[:2])
    plural = replace(side.categories[0], plural="2e-lijnsorganisaties")
    side = replace(side, categories=(plural, side.categories[1]))
    made = a_release(tables=(table("t", "T", "partners", (side,), [47, 10, 57]),))
    files = render_site(a_publication(made), PUBLIC)
    assert "2e-lijnsorganisaties vormen de grootste groep" in files["edities/2025/t.svg"].decode()
    editions, _ = read_editions(files)
    assert not list(find_disagreements(files, editions))


def test_two_largest_are_called_by_their_plurals_only_when_both_have_one() -> None:
    assert said([47, 10, 9, 47, 7, 120], PLURALS) == (
        "Vrijwilligersorganisaties en werkgevers vormen de grootste groepen naar soort organisatie: 47 en 47 partners"
    )
    assert "‘Vrijwilligersorganisatie’ met 47 en ‘Zelforganisatie" in said([47, 47, 9, 9, 7, 119], PLURALS)


def test_a_region_may_be_told_as_the_organisations_in_it() -> None:
    assert said([3, 4, 5, 40, 52], {"NL": "landelijke organisaties"}, "region", REGIONS) == (
        "Landelijke organisaties vormen de grootste groep naar regio: 40 partners"
    )


def test_what_is_hidden_is_no_part_of_the_claim_with_a_plural_either() -> None:
    assert said([30, 5, None, None, 7, 81], PLURALS).startswith(
        "Vrijwilligersorganisaties vormen de grootste getoonde groep"
    )


def test_a_plural_that_came_later_changes_no_group() -> None:
    one, other = Category("a", "A"), Category("a", "A", plural="alle a")
    assert Dimension("kind", True, (one,)).groups == Dimension("kind", True, (other,)).groups


LOST = """\
title: Partneroverzicht 2025
population: agenda-partners
period: {from: 2025-01-01, until: 2025-12-31}
status: concept
as_of: 2025-12-31
protection: suppression
tables:
  - id: soort
    title: Partners naar soort en pijler
    counts: partners
    rows: kind
    columns: pillar
    notes:
      - {code: stichting, text: Ook stichtingen zonder leden.}
      - {code: stiching, text: Verkeerd getypt.}
      - {code: gemeente, text: Een soort die niet meetelt.}
"""


def test_an_editor_reads_which_note_nobody_would_see(tmp_path: Path) -> None:
    content = tmp_path / "content"
    shutil.copytree(BASE, content)
    (content / "editions" / "2025.yaml").write_text(LOST)
    code, told = check(content, "--lang", "nl")
    assert code == 10
    assert told.count("een toelichting bij een categorie die de tabel niet heeft") == 2
    assert told.startswith("editions/2025.yaml:15:9: tables[0].notes[1].code: ")
    assert "(bedoelde u 'stichting'?) [E359]" in told
