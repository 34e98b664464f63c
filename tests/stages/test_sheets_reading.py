"""Files of spreadsheet programs are read as a person sees them: whatever they say of themselves, hide, or unfold into."""

from __future__ import annotations

import io
import os
import re
import time
import zipfile
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill

from tests.stages.a_sheet import a_book, a_csv
from tweeluik.problems import SourceHasProblems, WrongUsage
from tweeluik.sheets.files.model import Book, Unreadable, column_of, letter
from tweeluik.sheets.files.ods import MEDIA_TYPE
from tweeluik.sheets.files.package import FREE, Package
from tweeluik.sheets.files.reading import read_book
from tweeluik.sheets.files.to_ods import render_ods
from tweeluik.sheets.files.to_xlsx import render_xlsx
from tweeluik.sheets.files.written import Column, WrittenBook, WrittenSheet, fitted


def texts(book: Book, at: int = 0) -> list[list[str]]:
    """The rows that are not empty, each from its first cell to its last."""
    rows = book.sheets[at].rows
    return [[row.cells[c].text if c in row.cells else "" for c in range(1, max(row.cells) + 1)] for row in rows]


# --- Excel ------------------------------------------------------------------------------------------------------------


def changed(path: Path, part: str, *replacements: tuple[str, str]) -> Path:
    """The same file with other words in one of its parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            for before, after in replacements if name == part else ():
                assert before.encode() in data
                data = data.replace(before.encode(), after.encode())
            new.writestr(name, data)
    path.write_bytes(out.getvalue())
    return path


SHEET = "xl/worksheets/sheet1.xml"


@pytest.mark.parametrize("said", ["A1:A1", "A1:B2", "A1:XFD1048576", "", "onzin"])
def test_what_a_sheet_says_of_its_extent_is_not_believed(tmp_path: Path, said: str) -> None:
    path = a_book(tmp_path, ("Naam", "Soort"), *((f"Organisatie {n}", "stichting") for n in range(8)))
    changed(path, SHEET, ('<dimension ref="A1:B9"', f'<dimension ref="{said}"'))
    assert len(texts(read_book(path))) == 9


def test_colours_of_cells_are_kept_also_of_empty_ones(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in (("Naam", "2027"), ("een", None), ("twee", None), ("drie", "1.1a")):
        sheet.append(row)
    green, red = (PatternFill("solid", fgColor=each) for each in ("0000FF00", "00FF0000"))
    sheet["A2"].fill, sheet["B3"].fill, sheet["B4"].fill = green, red, green
    sheet["CX2"].fill = sheet["A10001"].fill = red
    book.save(tmp_path / "lijst.xlsx")
    (found,) = read_book(tmp_path / "lijst.xlsx").sheets
    colours = {(row.number, at): each for row in found.rows for at, each in row.colours.items()}
    assert set(colours) == {(2, 1), (3, 2), (4, 2)}
    assert colours[2, 1] == colours[4, 2] != colours[3, 2]


def test_colours_of_an_open_document_are_kept(tmp_path: Path) -> None:
    styles = (
        '<style:style style:name="geel"><style:table-cell-properties fo:background-color="#ffff00"/></style:style>'
        '<style:style style:name="geen"><style:table-cell-properties fo:background-color="transparent"/></style:style>'
    )
    rows = (
        "<table:table-row><table:table-cell><text:p>Naam</text:p></table:table-cell></table:table-row>"
        '<table:table-row><table:table-cell table:style-name="geen"><text:p>een</text:p></table:table-cell>'
        '<table:table-cell table:style-name="geel" table:number-columns-repeated="2"/></table:table-row>'
    )
    book = read_book(an_ods(tmp_path, f'<table:table table:name="Blad">{rows}</table:table>', styles))
    assert [row.colours for row in book.sheets[0].rows] == [{}, {2: "#ffff00", 3: "#ffff00"}]


def test_a_cell_at_the_bottom_and_one_far_to_the_right_cost_nothing(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0]["A1"] = "Naam"
    book.worksheets[0]["HB5"] = "ver weg"
    book.worksheets[0]["A1048576"].font = Font(bold=True)
    book.save(tmp_path / "lijst.xlsx")
    begun = time.process_time()
    (sheet,) = read_book(tmp_path / "lijst.xlsx").sheets
    assert time.process_time() - begun < 0.5
    assert [(row.number, *(cell.address for cell in row.cells.values())) for row in sheet.rows] == [
        (1, "A1"),
        (5, "HB5"),
    ]


def test_what_is_hidden_struck_through_or_commented_is_told(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in (("Naam", "Soort", "Regio"), ("een", "x", "y"), ("twee", "x", "y"), ("drie", "x", "y")):
        sheet.append(row)
    sheet.row_dimensions[2].hidden = True
    sheet.column_dimensions["C"].hidden = True
    sheet["A3"].font = Font(strike=True)
    sheet["A4"].comment = Comment("gestopt", "iemand")
    sheet["E9"].comment = Comment("bij een leeg vak", "iemand")
    book.create_sheet("Geheim").sheet_state = "hidden"
    book.create_sheet("Diep").sheet_state = "veryHidden"
    book.create_chartsheet("Grafiek")
    book.save(tmp_path / "lijst.xlsx")
    found = read_book(tmp_path / "lijst.xlsx")
    rows = {row.number: row for row in found.sheets[0].rows}
    assert [number for number, row in rows.items() if row.is_hidden] == [2]
    assert found.sheets[0].hidden_columns == {3}
    assert [cell.address for row in rows.values() for cell in row.cells.values() if cell.is_struck] == ["A3"]
    assert (rows[4].cells[1].comment, rows[9].cells[5].comment) == ("gestopt", "bij een leeg vak")
    assert [(sheet.name, sheet.is_hidden) for sheet in found.sheets[1:]] == [("Geheim", True), ("Diep", True)]
    assert found.without_cells == ("Grafiek",)


@pytest.mark.parametrize(("criterion", "filtered"), [("wel", [3]), (None, [])])
def test_a_row_that_a_filter_hides_is_told_from_one_that_somebody_hid(
    tmp_path: Path, criterion: str | None, filtered: list[int]
) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in (("Naam", "Soort"), ("een", "wel"), ("twee", "niet"), ("drie", "wel"), ("onder de tabel", "niet")):
        sheet.append(row)
    sheet.auto_filter.ref = "A1:B4"
    if criterion:
        sheet.auto_filter.add_filter_column(1, [criterion])
    sheet.row_dimensions[3].hidden = sheet.row_dimensions[5].hidden = True
    book.save(tmp_path / "lijst.xlsx")
    (found,) = read_book(tmp_path / "lijst.xlsx").sheets
    assert [row.number for row in found.rows if row.is_hidden] == [3, 5]
    assert [row.number for row in found.rows if row.is_filtered] == filtered


def test_values_are_what_a_person_sees(tmp_path: Path) -> None:
    day = datetime.fromisoformat("2025-03-01 14:30")
    path = a_book(tmp_path, ("tekst \u00a0", 12345678, 1.3, True, False, day, date(2025, 3, 1), "1.10", 45717, "#N/B"))
    (row,) = read_book(path).sheets[0].rows
    cells = list(row.cells.values())
    assert [cell.text for cell in cells] == [
        "tekst", "12345678", "1.3", "WAAR", "ONWAAR", "2025-03-01", "2025-03-01", "1.10", "45717", "#N/B",
    ]  # fmt: skip
    assert [cell.text for cell in cells if cell.is_number] == ["12345678", "1.3", "45717"]
    assert cells[-1].trouble == "error"


def test_a_formula_without_an_outcome_and_a_merged_cell_have_no_value(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in (("Naam", "Regio"), ("=A1", "Utrecht"), ("twee", None), ("drie", None), ("vier", None)):
        sheet.append(row)
    sheet.merge_cells("B2:B4")
    book.save(tmp_path / "lijst.xlsx")
    rows = read_book(tmp_path / "lijst.xlsx").sheets[0].rows
    found = {cell.address: cell.trouble for row in rows for cell in row.cells.values() if cell.trouble}
    assert found == {"A2": "formula", "B3": "merged", "B4": "merged"}


def test_dates_of_the_calendar_of_1904(tmp_path: Path) -> None:
    path = a_book(tmp_path, ("Datum", date(2025, 3, 1)))
    changed(path, "xl/workbook.xml", ("<workbookPr/>", '<workbookPr date1904="1"/>'))
    assert texts(read_book(path)) == [["Datum", "2029-03-02"]]


# --- what is no list --------------------------------------------------------------------------------------------------


def packed(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


RELATION = b'<Relationships><Relationship Id="r1" Type="x/officeDocument" Target="w.xml"/></Relationships>'
SHEETS = b'<Relationships><Relationship Id="r1" Type="x/worksheet" Target="s.xml"/></Relationships>'
WORKBOOK = b'<workbook><sheets><sheet name="Blad" id="r1"/></sheets></workbook>'


def a_crafted(sheet: bytes) -> bytes:
    return packed({
        "[Content_Types].xml": b"<Types/>", "_rels/.rels": RELATION, "w.xml": WORKBOOK, "_rels/w.xml.rels": SHEETS,
        "s.xml": sheet,
    })  # fmt: skip


def test_a_crafted_file_is_read(tmp_path: Path) -> None:
    sheet = b'<worksheet><sheetData><row><c t="inlineStr"><is><t>Naam</t></is></c><c><v>7</v></c></row></sheetData></worksheet>'
    (tmp_path / "lijst.xlsx").write_bytes(a_crafted(sheet))
    assert texts(read_book(tmp_path / "lijst.xlsx")) == [["Naam", "7"]]


CELLS = b"<worksheet><sheetData>" + b'<row r="9"><c r="A9"><v>7</v></c></row>' * 300_000 + b"</sheetData></worksheet>"
LAUGHS = b'<!DOCTYPE l [<!ENTITY a "aaaaaaaaaa">' + b"".join(
    b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9)
) + b"]><worksheet>&j;</worksheet>"  # fmt: skip


ENDLESS = 10
"""Seconds of processor on any machine; what is refused takes a few tenths, what unfolds takes minutes."""


@pytest.mark.parametrize("sheet", [b"\0" * 50_000_000, CELLS, LAUGHS, b"<worksheet", b"<worksheet>" * 200_000],
                         ids=["zeros", "many cells", "laughs", "not whole", "deep"])  # fmt: skip
def test_a_small_file_that_unfolds_without_end_is_refused_at_once(tmp_path: Path, sheet: bytes) -> None:
    data = a_crafted(sheet)
    assert len(data) < 100_000
    (tmp_path / "lijst.xlsx").write_bytes(data)
    begun = time.process_time()
    with pytest.raises(SourceHasProblems):
        read_book(tmp_path / "lijst.xlsx")
    assert time.process_time() - begun < ENDLESS


def test_parts_that_fit_one_by_one_may_unfold_too_far_together() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in ("een.xml", "twee.xml"):
            packed.writestr(name, b" " * (FREE * 2 // 3))
    package = Package(buffer.getvalue())
    assert len(package.read("een.xml")) == FREE * 2 // 3
    with pytest.raises(Unreadable) as refused:
        package.read("twee.xml")
    assert "unfolds into far more" in refused.value.what


COLUMNS = b"<worksheet>" + b'<col min="1" max="16384" hidden="1"/>' * 6000
MERGED = (
    b"<worksheet>" + b"".join(b'<row r="%d"><c r="A%d"><v>7</v></c></row>' % (n, n) for n in range(1, 3000))
    + b'<mergeCell ref="A1:A9999999"/>' * 9000
)  # fmt: skip


@pytest.mark.parametrize("rest", [COLUMNS, MERGED], ids=["columns", "merges"])
def test_what_says_the_same_a_thousand_times_costs_no_more_than_once(tmp_path: Path, rest: bytes) -> None:
    (tmp_path / "lijst.xlsx").write_bytes(a_crafted(rest + b"</worksheet>"))
    begun = time.process_time()
    with pytest.raises(SourceHasProblems):
        read_book(tmp_path / "lijst.xlsx")
    assert time.process_time() - begun < ENDLESS


def test_a_sheet_that_defines_words_of_its_own_is_refused(tmp_path: Path) -> None:
    sheet = b'<!DOCTYPE w [<!ENTITY a "Naam">]><worksheet><c t="inlineStr"><is><t>&a;</t></is></c></worksheet>'
    (tmp_path / "lijst.xlsx").write_bytes(a_crafted(sheet))
    with pytest.raises(SourceHasProblems):
        read_book(tmp_path / "lijst.xlsx")


def test_one_long_text_to_which_every_cell_refers_is_refused(tmp_path: Path) -> None:
    parts = {
        "[Content_Types].xml": b"<Types/>", "_rels/.rels": RELATION, "w.xml": WORKBOOK,
        "_rels/w.xml.rels": SHEETS.replace(b"</R", b'<Relationship Id="r2" Type="x/sharedStrings" Target="t.xml"/></R'),
        "s.xml": b"<worksheet><row>" + b'<c t="s"><v>0</v></c>' * 9000 + b"</row></worksheet>",
        "t.xml": b"<sst><si><t>" + b"a" * 100_000 + b"</t></si></sst>",
    }  # fmt: skip
    (tmp_path / "lijst.xlsx").write_bytes(packed(parts))
    with pytest.raises(SourceHasProblems):
        read_book(tmp_path / "lijst.xlsx")


@pytest.mark.parametrize(("name", "data", "what"), [
    ("weg.xlsx", None, "the file is not there"),
    ("lijst.xls", b"\xd0\xcf\x11\xe0oud", "a spreadsheet of an old kind, or one with a password"),
    ("lijst.xlsx", b"\xd0\xcf\x11\xe0geheim", "a spreadsheet of an old kind, or one with a password"),
    ("lijst.xls", b"<html><table>", "a web page or XML under another name"),
    ("lijst.pdf", b"%PDF-1.7", "not a kind of file that can be read"),
    ("lijst.docx", packed({"word/document.xml": b""}), "not a kind of file that can be read"),
])  # fmt: skip
def test_a_file_of_another_kind(tmp_path: Path, name: str, data: bytes | None, what: str) -> None:
    if data is not None:
        (tmp_path / name).write_bytes(data)
    with pytest.raises(WrongUsage) as refused:
        read_book(tmp_path / name)
    assert [(each.place.file, each.what) for each in refused.value.problems] == [(name, what)]


@pytest.mark.parametrize(
    "data",
    [
        b"PK\x03\x04 kapot",
        b"",
        a_crafted(b"")[:-40],
        b"zomaar tekst",
        a_crafted(b'<?xml version="1.0" encoding="UT0-8"?><w/>'),
        a_crafted(b'<?xml version="1.0" encoding="shift-jis"?><w/>'),
    ],
)
def test_a_damaged_file_names_itself(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "lijst.xlsx").write_bytes(data)
    with pytest.raises(SourceHasProblems) as refused:
        read_book(tmp_path / "lijst.xlsx")
    assert str(refused.value.problems[0]).startswith("lijst.xlsx: not a spreadsheet, or a damaged one")


def test_a_folder_and_a_pipe_are_no_files(tmp_path: Path) -> None:
    (tmp_path / "map.xlsx").mkdir()
    os.mkfifo(tmp_path / "pijp.xlsx")
    for name in ("map.xlsx", "pijp.xlsx"):
        with pytest.raises(WrongUsage):
            read_book(tmp_path / name)


# --- LibreOffice ------------------------------------------------------------------------------------------------------

OFFICE = "urn:oasis:names:tc:opendocument:xmlns"
NAMES = (
    " ".join(f'xmlns:{name}="{OFFICE}:{name}:1.0"' for name in ("office", "table", "text", "style", "draw"))
    + f' xmlns:fo="{OFFICE}:xsl-fo-compatible:1.0"'
)


def an_ods(folder: Path, sheets: str, styles: str = "") -> Path:
    content = (
        f"<office:document-content {NAMES}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{sheets}</office:spreadsheet></office:body></office:document-content>"
    )
    kind = b"application/vnd.oasis.opendocument.spreadsheet"
    (folder / "lijst.ods").write_bytes(packed({"mimetype": kind, "content.xml": content.encode()}))
    return folder / "lijst.ods"


def test_an_open_document_with_a_password_is_told_so(tmp_path: Path) -> None:
    entry = '<manifest:file-entry manifest:full-path="content.xml"><manifest:encryption-data/></manifest:file-entry>'
    parts = {"mimetype": MEDIA_TYPE, "content.xml": b"\x8fonleesbaar", "META-INF/manifest.xml": entry.encode()}
    (tmp_path / "lijst.ods").write_bytes(packed(parts))
    with pytest.raises(WrongUsage) as refused:
        read_book(tmp_path / "lijst.ods")
    assert refused.value.problems[0].what == "a spreadsheet of an old kind, or one with a password"


def test_an_open_document_with_repeats_and_a_row_that_fills_the_sheet(tmp_path: Path) -> None:
    rows = (
        "<table:table-row><table:table-cell><text:p>Naam</text:p></table:table-cell>"
        '<table:table-cell table:number-columns-repeated="2"><text:p>x</text:p></table:table-cell>'
        '<table:table-cell table:number-columns-repeated="16381"/></table:table-row>'
        '<table:table-row table:number-rows-repeated="3"><table:table-cell><text:p>een<text:s text:c="2"/>twee</text:p>'
        "<text:p>drie</text:p></table:table-cell></table:table-row>"
        '<table:table-row table:number-rows-repeated="1048572"><table:table-cell/></table:table-row>'
    )
    book = read_book(an_ods(tmp_path, f'<table:table table:name="Blad">{rows}</table:table>'))
    assert texts(book) == [["Naam", "x", "x"], *[["een  twee\ndrie"]] * 3]
    assert [row.number for row in book.sheets[0].rows] == [1, 2, 3, 4]


def test_an_open_document_tells_what_is_hidden_struck_or_commented(tmp_path: Path) -> None:
    styles = (
        '<style:style style:name="weg"><style:table-properties table:display="false"/></style:style>'
        '<style:style style:name="streep"><style:text-properties style:text-line-through-style="solid"/></style:style>'
    )
    rows = (
        '<table:table-column/><table:table-column table:visibility="collapse"/>'
        "<table:table-row><table:table-cell><text:p>Naam</text:p></table:table-cell>"
        "<table:table-cell><text:p>Regio</text:p></table:table-cell></table:table-row>"
        '<table:table-row table:visibility="filter"><table:table-cell table:style-name="streep"><text:p>een</text:p>'
        "</table:table-cell></table:table-row>"
        "<table:table-row><table:table-cell><office:annotation><text:p>let op</text:p></office:annotation>"
        '<text:p>twee</text:p></table:table-cell><table:table-cell office:value-type="date" '
        'office:date-value="2025-03-01T14:30:00"><text:p>01-03-25</text:p></table:table-cell></table:table-row>'
    )
    sheets = (
        f'<table:table table:name="Blad">{rows}</table:table><table:table table:name="Weg" table:style-name="weg"/>'
    )
    shown, hidden = read_book(an_ods(tmp_path, sheets, styles)).sheets
    assert hidden.is_hidden
    assert shown.hidden_columns == {2}
    assert [row.number for row in shown.rows if row.is_hidden] == [2]
    assert [row.number for row in shown.rows if row.is_filtered] == [2]
    assert shown.rows[1].cells[1].is_struck
    assert (shown.rows[2].cells[1].comment, shown.rows[2].cells[1].text) == ("let op", "twee")
    assert shown.rows[2].cells[2].text == "2025-03-01"


def test_words_drawn_on_an_open_document_are_a_comment_and_no_part_of_a_cell(tmp_path: Path) -> None:
    def box(words: str) -> str:
        return f"<draw:frame><draw:text-box><text:p>{words}</text:p></draw:text-box></draw:frame>"

    rows = (
        f"<table:shapes>{box('op het blad')}</table:shapes>"
        "<table:table-row><table:table-cell><text:p>Naam</text:p></table:table-cell>"
        f"<table:table-cell><draw:g><draw:rect><text:p/></draw:rect></draw:g></table:table-cell></table:table-row>"
        f"<table:table-row><table:table-cell>{box('niet')}<text:p>een</text:p>{box('meenemen')}</table:table-cell>"
        "</table:table-row>"
    )
    after = "<table:table-row><table:table-cell><text:p>twee</text:p></table:table-cell></table:table-row>"
    sheets = f'<table:table table:name="Blad">{rows}</table:table><table:table table:name="Na">{after}</table:table>'
    found = read_book(an_ods(tmp_path, sheets)).sheets
    cells = [
        (cell.address, cell.text, cell.comment) for sheet in found for row in sheet.rows for cell in row.cells.values()
    ]
    assert cells == [("A1", "Naam", "op het blad"), ("A2", "een", "niet meenemen"), ("A1", "twee", "")]


def test_words_drawn_on_a_sheet_are_a_comment_on_the_cell_below_their_corner(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (("Naam", "Soort"), ("een", "x"), ("twee", "x")):
        book.worksheets[0].append(row)
    book.worksheets[0]["A2"].comment = Comment("gestopt", "iemand")
    chart = BarChart()
    chart.add_data(Reference(book.worksheets[0], min_col=1, min_row=2, max_row=3))
    book.worksheets[0].add_chart(chart, "D9")
    book.save(tmp_path / "lijst.xlsx")
    with zipfile.ZipFile(tmp_path / "lijst.xlsx") as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    shapes = "".join(
        f"<xdr:twoCellAnchor><xdr:from><xdr:col>{column}</xdr:col><xdr:colOff>9</xdr:colOff><xdr:row>{row}</xdr:row>"
        "<xdr:rowOff>9</xdr:rowOff></xdr:from><xdr:to><xdr:col>7</xdr:col><xdr:row>7</xdr:row></xdr:to><xdr:sp><xdr:txBody>"
        f"<a:p><a:r><a:t>{words}</a:t></a:r></a:p><a:p><a:r><a:t>{more}</a:t></a:r></a:p></xdr:txBody></xdr:sp></xdr:twoCellAnchor>"
        for column, row, words, more in ((0, 1, "in", "2026"), (2, 5, "laatste", "niet"), (3, 6, " ", ""))
    )
    drawing = "xl/drawings/drawing1.xml"
    spaces = 'xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    parts[drawing] = f"<xdr:wsDr {spaces}>{shapes}</xdr:wsDr>".encode()
    (tmp_path / "lijst.xlsx").write_bytes(packed(parts))
    (sheet,) = read_book(tmp_path / "lijst.xlsx").sheets
    found = {cell.address: cell.comment for row in sheet.rows for cell in row.cells.values() if cell.comment}
    assert found == {"A2": "gestopt in 2026", "C6": "laatste niet"}


# --- CSV --------------------------------------------------------------------------------------------------------------

LINES = [["Naam", "Soort"], ["Café ’t Hoekje", "a;b,c"], ["Twee\nregels", 'een "woord"']]


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_every_csv_that_a_dutch_excel_makes(tmp_path: Path, separator: str, encoding: str, ending: str) -> None:
    quoted = ['"' + each.replace('"', '""') + '"' for row in LINES for each in row]
    lines = [separator.join(quoted[at : at + 2]) for at in range(0, len(quoted), 2)]
    path = a_csv(tmp_path, ending.join([*lines, ""]), encoding)
    assert texts(read_book(path)) == LINES


@pytest.mark.parametrize(("text", "number"), [
    ("sep=;\r\nNaam;Soort\r\n", 2), ("sep=,\nNaam,Soort\n", 2), ('"sep=\t"\nNaam\tSoort\n', 2), ("SEP=|\nNaam|Soort\n", 2),
    ("\ufeffsep=;\nNaam;Soort\n", 2), ("Overzicht\n\nNaam;Soort\n", 3),
])  # fmt: skip
def test_rows_are_counted_as_a_person_sees_them(tmp_path: Path, text: str, number: int) -> None:
    last = read_book(a_csv(tmp_path, text)).sheets[0].rows[-1]
    assert (last.number, [cell.text for cell in last.cells.values()]) == (number, ["Naam", "Soort"])


def test_a_name_with_commas_in_a_csv_with_semicolons(tmp_path: Path) -> None:
    path = a_csv(tmp_path, "Naam;Soort\nSport, cultuur, jeugd en zo;x\n")
    assert texts(read_book(path))[1] == ["Sport, cultuur, jeugd en zo", "x"]


@pytest.mark.parametrize("text", ['Naam;Soort\n"Open', 'Naam;Soort\n"Dicht"je;x\n'])
def test_quotes_that_do_not_close_are_told_with_their_row(tmp_path: Path, text: str) -> None:
    with pytest.raises(SourceHasProblems) as refused:
        read_book(a_csv(tmp_path, text))
    assert "below row 1" in str(refused.value.problems[0])


def test_letters_of_a_column() -> None:
    assert [letter(number) for number in (1, 26, 27, 702, 703)] == ["A", "Z", "AA", "ZZ", "AAA"]
    assert [column_of(letter(number)) for number in range(1, 2000)] == list(range(1, 2000))


# --- there and back ---------------------------------------------------------------------------------------------------

words = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn", "Co")), max_size=12).map(
    lambda text: " ".join(text.replace("\ufffe", "").replace("\uffff", "").split())
)
tables = st.lists(st.tuples(words, words, words), max_size=6)


@pytest.mark.parametrize(("render", "name"), [(render_xlsx, "b.xlsx"), (render_ods, "b.ods")])
@given(rows=tables)
@settings(max_examples=40, deadline=None)
def test_what_is_written_is_read_again_word_for_word(
    tmp_path_factory: pytest.TempPathFactory, render: object, name: str, rows: list[tuple[str, ...]]
) -> None:
    sheet = WrittenSheet("Blad", (Column("een"), Column("twee", choices="Lijst"), Column("drie", 9)), tuple(rows))
    book = WrittenBook((sheet,), {"Lijst": ("a & b", "<c>")})
    data = render(book)  # type: ignore[operator]
    assert data == render(book)  # type: ignore[operator]
    path = tmp_path_factory.mktemp("boek") / name
    path.write_bytes(data)
    read = read_book(path)
    kept = [[*row] for row in rows if any(each.strip("\u200b\ufeff\u202f\u00a0 ") for each in row)]
    expected = [["een", "twee", "drie"], *kept]
    for row, wanted in zip(texts(read), expected, strict=True):
        assert [*row, "", ""][:3] == [each.strip("\u200b\ufeff\u202f\u00a0 ") for each in wanted]
    assert (read.sheets[1].name, read.sheets[1].is_hidden) == ("Lijsten", True)
    assert texts(read, 1) == [["Lijst"], ["a & b"], ["<c>"]]


def the_members(data: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def a_wide_sheet() -> WrittenBook:
    columns = (Column("Kenmerk", 12), Column("Naam", 10), Column("Soort", 8, "Soort"), Column("Jaar", 8, is_asked=True))
    rows = (
        ("p-1", "Een naam van dertig letters lang"),
        ("p-2", "x" * 40 + " " + "y" * 40),
        ("p-3", "kort\nen nog iets"),
    )
    return WrittenBook(
        (WrittenSheet("Blad", columns, rows, kept=2),), {"Soort": ("kort", "Een lang woord uit de lijst")}
    )


def test_a_column_is_as_wide_as_what_stands_in_it_or_can_be_chosen() -> None:
    (sheet,) = fitted(a_wide_sheet()).sheets
    assert [each.width for each in sheet.columns] == [12, 44, 29, 8]
    headed = WrittenSheet("Blad", (Column("Toch overnemen", 4),), ())
    assert fitted(WrittenBook((headed,))).sheets[0].columns[0].width == len("Toch overnemen") + 3
    assert [sheet.lines(row) for row in sheet.rows] == [1, 2, 2]
    data = the_members(render_xlsx(a_wide_sheet()))["xl/worksheets/sheet1.xml"]
    assert re.findall(r'<row r="(\d)"(?: ht="(\d+)")?>', data) == [("1", ""), ("2", ""), ("3", "30"), ("4", "30")]


def test_who_a_row_is_about_stays_in_sight_and_on_paper_every_page_says_what_it_is() -> None:
    xlsx, ods = the_members(render_xlsx(a_wide_sheet())), the_members(render_ods(a_wide_sheet()))
    sheet = xlsx["xl/worksheets/sheet1.xml"]
    assert '<pane xSplit="2" ySplit="1" topLeftCell="C2"' in sheet
    assert '<pane ySplit="1" topLeftCell="A2"' in xlsx["xl/worksheets/sheet2.xml"]
    assert "'Blad'!$A:$B,'Blad'!$1:$1" in xlsx["xl/workbook.xml"]
    assert '<c r="D1" s="3"' in sheet
    assert sheet.index("<dataValidations") < sheet.index("<pageMargins") < sheet.index("<pageSetup")
    named = re.findall(r'name="(\w+Split\w+)" config:type="\w+">(\d)<', ods["settings.xml"])
    assert dict(named)["HorizontalSplitPosition"] == "2"
    assert ods["content.xml"].count("<table:table-header-columns>") == 1
    assert 'table:style-name="gevraagd"' in ods["content.xml"]
    for text in (sheet, ods["styles.xml"]):
        assert "Vertrouwelijk" in text
        assert "landscape" in text
    assert openpyxl.load_workbook(io.BytesIO(render_xlsx(a_wide_sheet()))).worksheets[0].freeze_panes == "C2"
