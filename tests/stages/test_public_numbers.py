"""Every number that a reader meets is the number of the public record: read back from every kind of file."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from xml.etree import ElementTree as ET

import pypdfium2
import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from tests.html import first
from tests.stages.a_publication import a_site, rounded_2026, suppressed_2025
from tweeluik.record.canonical import parse
from tweeluik.record.cell import TOTAL, Codes, Content, Shown, Suppressed
from tweeluik.record.model import Release, ReleasedTable

RELEASES = (suppressed_2025(), rounded_2026())
TABLES = [(release, table) for release in RELEASES for table in release.tables]
every_release = pytest.mark.parametrize("release", RELEASES, ids=lambda each: each.edition)
every_table = pytest.mark.parametrize(
    ("release", "table"), TABLES, ids=[f"{release.edition}-{table.id}" for release, table in TABLES]
)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number and its status, read apart from the program."""

    value: int | None
    status: str

    @property
    def text(self) -> str:
        return "niet getoond" if self.value is None else f"{self.value:,}".replace(",", ".")


def figure(content: Content) -> Figure:
    if isinstance(content, Suppressed):
        return Figure(None, "suppressed")
    return Figure(content.value, "shown" if isinstance(content, Shown) else "rounded")


def site() -> Mapping[str, bytes]:
    return a_site()


def page(path: str) -> LexborHTMLParser:
    return LexborHTMLParser(site()[path].decode())


def codes_of(table: ReleasedTable, position: int) -> list[str]:
    return [*(each.code for each in table.dimensions[position].categories), TOTAL]


def lines(table: ReleasedTable) -> list[list[Figure]]:
    """The figures of the record, line by line."""
    rest: list[Codes] = [()] if len(table.dimensions) == 1 else [(code,) for code in codes_of(table, 1)]
    return [[figure(table.cells[code, *each]) for each in rest] for code in codes_of(table, 0)]


def seen(node: LexborNode) -> Figure:
    """The figure that a cell of a page shows."""
    data = node.css_first("data")
    status = node.attributes["data-status"] or ""
    if data is None:
        assert node.text().strip() == "niet getoond"
        return Figure(None, status)
    value = Figure(int(data.attributes["value"] or ""), status)
    assert data.text() == value.text
    return value


@every_table
def test_a_table_on_a_page_has_the_numbers_of_the_record(release: Release, table: ReleasedTable) -> None:
    drawn = first(page(f"edities/{release.edition}/index.html"), f'table[data-tabel="{table.id}"]')
    assert [[seen(cell) for cell in row.css("td")] for row in drawn.css("tbody tr")] == lines(table)


@every_table
def test_a_csv_has_the_numbers_of_the_record(release: Release, table: ReleasedTable) -> None:
    rows = list(csv.DictReader(io.StringIO(site()[f"edities/{release.edition}/{table.id}.csv"].decode(), newline="")))
    names = [each.name for each in table.dimensions]
    read = {
        tuple(row[name] for name in names): Figure(int(row["value"]) if row["value"] else None, row["status"])
        for row in rows
    }
    assert read == {codes: figure(content) for codes, content in table.cells.items()}
    assert list(read) == list(product(*(codes_of(table, at) for at in range(len(names)))))


@every_release
def test_the_json_is_the_record(release: Release) -> None:
    assert parse(site()[f"edities/{release.edition}/release.json"]) == release


@every_table
def test_a_chart_draws_each_number_at_its_length_and_says_it(release: Release, table: ReleasedTable) -> None:
    section = first(page(f"edities/{release.edition}/index.html"), f"#tabel-{table.id}")
    drawing = first(section, "svg[role=img]")
    bars = list(drawing.css("rect"))
    texts = [node.text() for node in drawing.css("text.cijfer")]
    drawn = [each for line in lines(table)[:-1] for each in ([line[-1], *line[:-1]] if len(line) > 1 else line)]
    assert texts == [each.text for each in drawn]
    most = max(each.value or 0 for each in drawn)
    for bar, each in zip(bars, drawn, strict=True):
        if each.value is None:
            assert (bar.attributes["class"], bar.attributes["width"]) == ("verborgen", "36")
        else:
            assert bar.attributes["width"] == f"{round(78 * each.value / most, 1)}%"
    description = first(drawing, "desc").text()
    assert [int(found) for found in re.findall(r"\d+", strip_labels(description, table))] == [
        each.value for each in drawn if each.value is not None
    ]


def strip_labels(text: str, table: ReleasedTable) -> str:
    for label in sorted((each.label for one in table.dimensions for each in one.categories), key=len, reverse=True):
        text = text.replace(label, "")
    return text.replace(".", "")


def test_every_figure_in_a_sentence_is_a_number_of_some_record() -> None:
    known = {content.value for _, table in TABLES for content in map(figure, table.cells.values())}
    for path in site():
        for node in page(path).css("data") if path.endswith(".html") else ():
            assert int(node.attributes["value"] or "") in known
            assert node.text().replace(".", "") == node.attributes["value"]


def test_the_years_page_has_the_numbers_of_both_records() -> None:
    drawn = first(page("door-de-jaren/index.html"), 'table[data-reeks="regio"]')
    before, after = (next(table for table in each.tables if table.id == "regio") for each in RELEASES)
    read = [[seen(cell) for cell in row.css("td")] for row in drawn.css("tbody tr")]
    assert read == [[figure(before.cells[code,]), figure(after.cells[code,])] for code in codes_of(before, 0)]


def test_the_series_file_has_the_totals_per_category_of_the_records() -> None:
    rows = csv.DictReader(io.StringIO(site()["door-de-jaren/reeksen.csv"].decode(), newline=""))
    found = 0
    for row in rows:
        release = next(each for each in RELEASES if each.edition == row["edition"])
        table = next(each for each in release.tables if each.id == row["table"])
        seen = figure(table.cells[row["code"], *[TOTAL] * (len(table.dimensions) - 1)])
        assert (row["value"], row["status"]) == ("" if seen.value is None else str(seen.value), seen.status)
        assert row["label"] in {"Totaal", *(each.label for each in table.dimensions[0].categories)}
        found += 1
    assert found == 2 * sum(len(codes_of(table, 0)) for table in RELEASES[1].tables)


@every_release
def test_the_spreadsheet_has_the_numbers_of_the_record(release: Release) -> None:
    with zipfile.ZipFile(io.BytesIO(site()[f"edities/{release.edition}/tabellen.ods"])) as archive:
        tree = ET.fromstring(archive.read("content.xml"))
    for table in release.tables:
        sheet = next(each for each in tree.iter(f"{{{TABLE}}}table") if each.get(f"{{{TABLE}}}name") == table.id)
        rows = [list(row) for row in sheet.findall(f"{{{TABLE}}}table-row")][-len(lines(table)) :]
        assert [[cell_value(cell) for cell in row[1:]] for row in rows] == [
            [each.value for each in line] for line in lines(table)
        ]


TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"


def cell_value(cell: ET.Element) -> int | None:
    value = cell.get(f"{{{OFFICE}}}value")
    if value is None:
        assert "".join(cell.itertext()) == "niet getoond"
        return None
    assert "".join(cell.itertext()).replace(".", "") == value
    return int(value)


@every_release
def test_the_annex_has_the_numbers_of_the_record(release: Release) -> None:
    text = pdf_text(site()[f"edities/{release.edition}/annex.pdf"])
    for table in release.tables:
        for line, label in zip(lines(table), labels(table), strict=True):
            expected = f"{label} {' '.join(each.text for each in line)}"
            assert expected in text, expected


def labels(table: ReleasedTable) -> Iterator[str]:
    """The last word of each label: a long label is broken over lines."""
    for each in table.dimensions[0].categories:
        yield each.label.split()[-1]
    yield "Totaal"


def pdf_text(data: bytes) -> str:
    document = pypdfium2.PdfDocument(data)
    text = " ".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return " ".join(text.split())


@every_release
def test_the_structured_data_of_a_page_has_no_number_of_its_own(release: Release) -> None:
    node = first(page(f"edities/{release.edition}/index.html"), 'script[type="application/ld+json"]')
    described = json.loads(node.text())
    total = figure(release.tables[0].cells[(TOTAL,) * len(release.tables[0].dimensions)])
    assert set(re.findall(r"\d+", described["description"])) == {release.edition, str(total.value)}
    names = {each["contentUrl"].rsplit("/", 1)[1] for each in described["distribution"]}
    assert {f"edities/{release.edition}/{name}" for name in names} <= site().keys()
