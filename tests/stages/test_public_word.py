"""The annex for Word: read back by another reader, built so that it reads well aloud, and with the same bytes always."""

from __future__ import annotations

import io
import re
import zipfile
from functools import cache
from xml.etree import ElementTree as ET

import docx
import pytest
from docx.document import Document
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.table import Table

from tests.stages.a_publication import a_publication, a_release, a_site, dimension, rounded_2026, suppressed_2025, table
from tests.templates import PUBLIC, THEME
from tweeluik.checks.audit.auditor import audit
from tweeluik.checks.audit.claims import Claims
from tweeluik.checks.guard.leaks import find_leaks
from tweeluik.checks.guard.secret import Secret
from tweeluik.problems import Place, SourceHasProblems
from tweeluik.public.annex_content import annex_content
from tweeluik.public.grid import Grid
from tweeluik.public.templates import Templates
from tweeluik.public.word_annex import MOST_BARS, STYLES, render_word_annex
from tweeluik.record.model import Release

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
DOCUMENT = "word/document.xml"

RELEASES = (suppressed_2025(), rounded_2026())
every_release = pytest.mark.parametrize("release", RELEASES, ids=lambda each: each.edition)


@cache
def annex(edition: str) -> bytes:
    return a_site()[f"edities/{edition}/annex.docx"]


def opened(release: Release) -> Document:
    return docx.Document(io.BytesIO(annex(release.edition)))


def of(release: Release, templates: Templates = PUBLIC) -> bytes:
    return render_word_annex(annex_content(a_publication(), release, None), templates, THEME)


def part(data: bytes, name: str = DOCUMENT) -> ET.Element:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return ET.fromstring(archive.read(name))


def said(release: Release, grid: Grid) -> list[list[str]]:
    """What a table must say, line by line: the number, and the range of one that is not exact."""
    between = "\n" if len(grid.headings) > 3 else " "
    return [
        [row.label, *(f"{seen.text}{between}({seen.range})" if seen.range else seen.text for seen in row.figures)]
        for row in grid.rows
    ]


# --- what it says -----------------------------------------------------------------------------------------------------


@every_release
def test_every_cell_of_every_table_is_that_of_the_record(release: Release) -> None:
    read: list[Table] = opened(release).tables
    grids = [Grid(release, each) for each in release.tables]
    assert [[[cell.text for cell in row.cells] for row in one.rows[1:]] for one in read] == [
        said(release, grid) for grid in grids
    ]
    assert [[cell.text for cell in one.rows[0].cells] for one in read] == [
        [grid.corner, *grid.headings] for grid in grids
    ]


def test_a_number_that_is_not_exact_never_stands_alone() -> None:
    cells = [cell.text for one in opened(rounded_2026()).tables for row in one.rows[1:] for cell in row.cells[1:]]
    assert "0 (0–4)" in cells
    assert all(re.fullmatch(r"[\d.]+\s\([\d.]+–[\d.]+\)", each) for each in cells), cells
    hidden = [cell.text for one in opened(suppressed_2025()).tables for row in one.rows for cell in row.cells]
    assert all(re.search(r"\(.*\d.*\)$", each) for each in hidden if each.startswith("niet getoond"))


@every_release
def test_it_has_the_points_and_the_names_of_its_page(release: Release) -> None:
    texts = [each.text for each in opened(release).paragraphs]
    page = a_site()[f"edities/{release.edition}/index.html"].decode()
    for name in release.named:
        assert name in texts
    points = re.findall(r"<li>([^<]*<strong>.*?)</li>", page.partition('class="punten"')[2].partition("</ul>")[0])
    assert points
    assert {re.sub(r"<[^>]+>", "", each) for each in points} <= set(texts)


def bars(data: bytes) -> list[tuple[str, int, int]]:
    """Per bar of every chart its label, what it surely has and how much more it may have."""
    found = []
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = sorted(each for each in archive.namelist() if each.startswith("word/charts/"))
        for chart in (ET.fromstring(archive.read(each)) for each in names):
            series = [
                (
                    [v.text or "" for v in one.findall(f"{C}cat//{C}v")],
                    [int(v.text or "") for v in one.findall(f"{C}val//{C}v")],
                )
                for one in chart.iter(f"{C}ser")
            ]
            labels, low = series[0]
            found += list(zip(labels, low, series[1][1] if len(series) > 1 else [0] * len(low), strict=True))
    return found


def test_a_chart_draws_what_a_number_surely_is_and_a_band_of_what_it_may_be() -> None:
    drawn = bars(annex("2026"))
    assert ("Utrecht: 30 (26–34)", 26, 8) in drawn
    assert ("Gesprek: 955 (951–959)", 951, 8) in drawn
    assert ("Utrecht: 31", 31, 0) in bars(annex("2025"))


def test_a_chart_is_in_the_order_of_the_page() -> None:
    """By what is published, what is not shown last; what has an order of its own keeps it."""
    kinds, themes = [("a", "A"), ("b", "B"), ("c", "C")], [("1.1", "Een"), ("1.2", "Twee"), ("1.3", "Drie")]
    tables = (
        table("soort", "Soort", "partners", (dimension("kind", kinds),), [None, 10, 40, 1000]),
        table("thema", "Thema", "partners", (dimension("theme", themes, partition=False),), [None, 10, 40, 1000]),
    )
    drawn = [label.partition(":")[0] for label, _, _ in bars(of(a_release(tables=tables)))]
    assert drawn == ["C", "B", "A", "Een", "Twee", "Drie"]


def test_the_scale_of_a_chart_is_that_of_the_numbers_that_are_shown() -> None:
    """What is not shown may be anything up to the total, and would make all others short."""
    kinds = [("a", "A"), ("b", "B"), ("c", "C")]
    data = of(
        a_release(tables=(table("soort", "Soort", "partners", (dimension("kind", kinds),), [10, None, None, 1000]),))
    )
    assert [(low, low + more) for _, low, more in bars(data)] == [(10, 10), (0, 10), (0, 10)]
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        chart = archive.read(next(each for each in archive.namelist() if each.startswith("word/charts/"))).decode()
    assert re.findall(r'<c:max val="(\d+)"', chart) == ["10"]


def test_a_long_table_has_all_of_its_bars_on_charts_of_one_scale() -> None:
    kinds = [(f"k{at:02}", f"Soort {at:02}") for at in range(40)]
    long = table("soort", "Soort", "partners", (dimension("kind", kinds),), [*range(5, 45), sum(range(5, 45))])
    data = of(a_release(tables=(long,)))
    assert [label for label, _, _ in bars(data)] == [f"Soort {at:02}: {at + 5}" for at in reversed(range(40))]
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        charts = [archive.read(each).decode() for each in archive.namelist() if each.startswith("word/charts/")]
    assert len(charts) == -(-40 // MOST_BARS)
    assert {re.findall(r'<c:max val="(\d+)"', each)[0] for each in charts} == {"44"}


# --- how it reads -----------------------------------------------------------------------------------------------------


@every_release
def test_headings_lists_and_the_title_are_the_built_in_ones_of_word(release: Release) -> None:
    styles = [(each.style.name if each.style else None, each.text) for each in opened(release).paragraphs]
    assert ("Title", release.title) in styles
    headings = [text for style, text in styles if style == "Heading 1"]
    assert headings[:2] == ["Kernpunten", "Wie tellen mee?"]
    assert set(headings) >= {each.title for each in release.tables}
    assert any(style == "List Bullet" for style, _ in styles)


@every_release
def test_a_table_says_which_row_and_column_are_heads_in_both_ways_that_word_knows(release: Release) -> None:
    tables = list(part(annex(release.edition)).iter(f"{W}tbl"))
    assert len(tables) == len(release.tables)
    for one in tables:
        look = one.find(f"{W}tblPr/{W}tblLook")
        assert look is not None
        assert [look.get(f"{W}{name}") for name in ("firstRow", "firstColumn", "lastRow")] == ["1", "1", "1"]
        heads = [row.find(f"{W}trPr/{W}tblHeader") is not None for row in one.iter(f"{W}tr")]
        assert heads == [True] + [False] * (len(heads) - 1)
        first = next(one.iter(f"{W}tr")).find(f"{W}trPr/{W}cnfStyle")
        assert first is not None
        assert first.get(f"{W}firstRow") == "1"
        for row in one.iter(f"{W}tr"):
            mark = row.find(f"{W}tc/{W}tcPr/{W}cnfStyle")
            assert mark is not None
            assert mark.get(f"{W}firstColumn") == "1"
        for name in ("tblCaption", "tblDescription"):
            told = one.find(f"{W}tblPr/{W}{name}")
            assert told is not None
            assert told.get(f"{W}val")


@every_release
def test_every_drawing_has_a_text_with_the_numbers_that_it_draws(release: Release) -> None:
    told = [each.get("descr") or "" for each in part(annex(release.edition)).iter() if each.tag.endswith("}docPr")]
    assert len(told) == len(release.tables)
    for label, _, _ in bars(annex(release.edition)):
        assert any(label in each for each in told), label


@every_release
def test_its_language_is_dutch_and_its_pages_are_numbered(release: Release) -> None:
    styles = part(annex(release.edition), "word/styles.xml")
    assert [each.get(f"{W}val") for each in styles.iter(f"{W}lang")] == ["nl-NL"]
    foot = part(annex(release.edition), "word/footer1.xml")
    fields = [(each.get(f"{W}instr") or "").strip() for each in foot.iter(f"{W}fldSimple")]
    assert fields == ["PAGE", "NUMPAGES"]
    properties = opened(release).core_properties
    assert (properties.title, properties.language) == (release.title, "nl-NL")
    assert properties.author == "Ministerie van Voorbeeldzaken"
    assert "CC0" in properties.comments


def test_a_wide_table_lies_on_pages_of_its_own() -> None:
    forms = [(f"f{at}", f"Vorm {at}") for at in range(9)]
    wide = table("w", "Breed", "conversations", (dimension("kind", [("a", "A")]), dimension("form", forms)), [5] * 20)
    document = docx.Document(io.BytesIO(of(a_release(tables=(wide,), named=("Stichting Linderoord",)))))
    assert [(each.page_width or 0) > (each.page_height or 0) for each in document.sections] == [False, True, False]


def test_the_number_of_the_page_stands_at_the_edge_of_pages_that_lie_too() -> None:
    forms = [(f"f{at}", f"Vorm {at}") for at in range(9)]
    wide = table("w", "Breed", "conversations", (dimension("kind", [("a", "A")]), dimension("form", forms)), [5] * 20)
    document = docx.Document(io.BytesIO(of(a_release(tables=(wide,), named=("Stichting Linderoord",)))))
    style = document.styles["Footer"].paragraph_format
    for each in document.sections:
        (foot,) = each.footer.paragraphs
        cleared = {tab.position for tab in foot.paragraph_format.tab_stops if tab.alignment == WD_TAB_ALIGNMENT.CLEAR}
        tabs = [*style.tab_stops, *foot.paragraph_format.tab_stops]
        (at,) = [tab.position for tab in tabs if tab.position not in cleared]
        assert at == (each.page_width or 0) - (each.left_margin or 0) - (each.right_margin or 0)
        assert foot.text.startswith("Partneroverzicht 2025")


def test_what_is_not_final_says_so_in_a_box_and_on_every_page() -> None:
    release = a_release(
        "2026", status="provisional", as_of=rounded_2026().period_from, tables=rounded_2026().tables, rounding_base=5
    )
    data = of(release)
    mark = "Voorlopig, stand per 1 januari 2026"
    assert docx.Document(io.BytesIO(data)).paragraphs[0].text == mark
    assert mark in "".join(part(data, "word/footer1.xml").itertext())


# --- the file ---------------------------------------------------------------------------------------------------------


def test_it_has_no_time_no_maker_and_the_same_bytes_each_time() -> None:
    with zipfile.ZipFile(io.BytesIO(annex("2025"))) as archive:
        assert {each.date_time for each in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {each.create_system for each in archive.infolist()} == {3}
        assert "docProps/app.xml" not in archive.namelist()
        for name in archive.namelist():
            ET.fromstring(archive.read(name))
    assert of(suppressed_2025()) == of(suppressed_2025())
    properties = opened(suppressed_2025()).core_properties
    assert str(properties.created) == "2026-09-01 00:00:00+00:00"
    assert not properties.last_modified_by


def test_text_is_never_read_as_markup() -> None:
    hostile = a_release(title='</w:t><w:p/> & "x" {PAGE}', named=("<w:tab/>&amp;",))
    document = docx.Document(io.BytesIO(of(hostile)))
    assert hostile.title in [each.text for each in document.paragraphs]
    assert "<w:tab/>&amp;" in [each.text for each in document.paragraphs]


def test_a_ministry_puts_its_own_styles_in_their_place() -> None:
    own = PUBLIC.texts[STYLES].replace("$word_text", "Verdana")
    data = of(suppressed_2025(), Templates("t", {**PUBLIC.texts, STYLES: own}))
    assert "Verdana" in part(data, "word/styles.xml").find(f".//{W}rFonts").attrib.values()  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "wrong",
    [
        "",
        "<w:styles",
        PUBLIC.texts[STYLES].replace('w:styleId="NotShown"', 'w:styleId="Hidden"'),
        PUBLIC.texts[STYLES].replace("<w:styles", '<!DOCTYPE x [<!ENTITY a "b">]><w:styles', 1),
    ],
)
def test_styles_that_word_could_not_use_are_refused(wrong: str) -> None:
    with pytest.raises(SourceHasProblems) as refused:
        of(suppressed_2025(), Templates("sjablonen", {**PUBLIC.texts, STYLES: wrong}))
    (problem,) = refused.value.problems
    assert problem.place == Place(f"sjablonen/{STYLES}", 0, 0)


# --- who reads it before it is published ------------------------------------------------------------------------------

PATH = "edities/2025/annex.docx"


def changed(name: str, before: str, after: str) -> dict[str, bytes]:
    """The site with another text in one part of a document."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(annex("2025"))) as old, zipfile.ZipFile(made, "w") as new:
        for each in old.namelist():
            text = old.read(each).decode()
            assert each != name or before in text
            new.writestr(each, text.replace(before, after, 1) if each == name else text)
    return {**a_site(), PATH: made.getvalue()}


def problems(files: dict[str, bytes]) -> list[tuple[str, str]]:
    found = audit(files, Claims()).problems
    return [(str(each.place), each.what) for each in found if str(each.place).endswith(".docx")]


def test_the_audit_reads_it() -> None:
    assert problems(dict(a_site())) == []


@pytest.mark.parametrize(
    ("name", "before", "after", "what"),
    [
        (DOCUMENT, ">23</w:t>", ">24</w:t>", "the tables differ from the public record"),
        (DOCUMENT, ">116</w:t>", ">117</w:t>", "a number in a sentence is in no public record"),
        (DOCUMENT, ">niet getoond</w:t>", ">3</w:t>", "the tables differ from the public record"),
        (DOCUMENT, " (0–", " (1.000–", "the tables differ from the public record"),
        (DOCUMENT, ">Zelforganisatie van migranten</w:t>", ">Zelforganisatie</w:t>", "the tables differ from the public record"),
        ("word/charts/chart2.xml", "Utrecht: 31", "Utrecht: 32", "a bar of a chart is in no table of the public record"),
    ],
)  # fmt: skip
def test_the_audit_notices_a_change(name: str, before: str, after: str, what: str) -> None:
    assert problems(changed(name, before, after)) == [(PATH, what)]


def test_the_audit_notices_a_document_with_a_table_less() -> None:
    with zipfile.ZipFile(io.BytesIO(annex("2025"))) as archive:
        *_, last = re.findall(r"<w:tbl>.*?</w:tbl>", archive.read(DOCUMENT).decode(), re.DOTALL)
    assert problems(changed(DOCUMENT, last, "")) == [(PATH, "the tables differ from the public record")]


def test_the_audit_notices_a_document_that_cannot_be_read() -> None:
    assert problems({**a_site(), PATH: b"PK"}) == [(PATH, "the document cannot be read")]


@pytest.mark.parametrize("name", [DOCUMENT, "word/footer1.xml", "word/charts/chart1.xml", "docProps/core.xml"])
def test_the_guard_reads_every_part_of_it(name: str) -> None:
    secret = Secret("distinctive", "name", Place("partners/a.yaml", 1, 1), "Stichting Zomerwende")
    before = "minstens zoveel" if name == "word/charts/chart1.xml" else "Partneroverzicht 2025"
    assert [str(each.place) for each in find_leaks({PATH: changed(name, before, secret.text)[PATH]}, [secret])]
