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


def ranges(release: Release, table: ReleasedTable) -> dict[Codes, str]:
    """What the CSV says that every number can be, as a page writes it; nothing for one that is exact."""
    rows = csv.DictReader(io.StringIO(site()[f"edities/{release.edition}/{table.id}.csv"].decode(), newline=""))
    names = [each.name for each in table.dimensions]
    return {tuple(row[name] for name in names): span(row) for row in rows}


def span(row: Mapping[str, str]) -> str:
    low, high = (f"{int(row[name]):,}".replace(",", ".") if row[name] else "" for name in ("low", "high"))
    if row["status"] == "shown":
        assert low == high
        return ""
    return f"{low} of meer" if not high else low if low == high else f"{low}–{high}"


def ranged(release: Release, table: ReleasedTable) -> list[list[str]]:
    """The ranges line by line, as the figures stand in `lines`."""
    known = ranges(release, table)
    rest: list[Codes] = [()] if len(table.dimensions) == 1 else [(code,) for code in codes_of(table, 1)]
    return [[known[code, *each] for each in rest] for code in codes_of(table, 0)]


def seen(node: LexborNode) -> tuple[Figure, str]:
    """The figure that a cell of a page shows, and its range."""
    data, beside = node.css_first("data"), node.css_first(".bereik")
    told = "" if beside is None else beside.text().strip("()")
    status = node.attributes["data-status"] or ""
    if data is None:
        assert first(node, ".niet-getoond").text().strip() == "niet getoond"
        return Figure(None, status), told
    value = Figure(int(data.attributes["value"] or ""), status)
    assert data.text() == value.text
    return value, told


def both(figures: list[list[Figure]], spans: list[list[str]]) -> list[list[tuple[Figure, str]]]:
    return [list(zip(*each, strict=True)) for each in zip(figures, spans, strict=True)]


@every_table
def test_a_table_on_a_page_has_the_numbers_of_the_record(release: Release, table: ReleasedTable) -> None:
    drawn = first(page(f"edities/{release.edition}/index.html"), f'table[data-tabel="{table.id}"]')
    assert [[seen(cell) for cell in row.css("td")] for row in drawn.css("tbody tr")] == both(
        lines(table), ranged(release, table)
    )


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


def in_the_order_of_a_drawing(release: Release, table: ReleasedTable) -> list[list[tuple[Figure, str]]]:
    """Without the total below, that of every line first: by their numbers, but in the order of themes and pillars."""
    drawn = [
        [line[-1], *line[:-1]] if len(line) > 1 else line for line in both(lines(table), ranged(release, table))[:-1]
    ]
    if table.dimensions[0].name in ("theme", "pillar", "measure", "first_year"):
        return drawn
    codes = dict(zip(codes_of(table, 0), drawn, strict=False))
    return [
        codes[code]
        for code in sorted(
            codes, key=lambda code: (codes[code][0][0].value is None, -(codes[code][0][0].value or 0), code)
        )
    ]


@every_table
def test_a_chart_draws_each_number_with_its_range_and_says_it(release: Release, table: ReleasedTable) -> None:
    section = first(page(f"edities/{release.edition}/index.html"), f"#tabel-{table.id}")
    drawing = first(section, "svg[role=img]")
    drawn = [each for line in in_the_order_of_a_drawing(release, table) for each in line]
    told = [f"{seen.text}\N{NO-BREAK SPACE}({span})" if span else seen.text for seen, span in drawn]
    assert [node.text() for node in drawing.css("text.cijfer")] == told
    most = max(ends(span, seen.value or 0)[1] for seen, span in drawn if seen.value)
    nodes = [node for node in drawing.css("rect, text.cijfer") if node.attributes.get("width") != "100%"]
    percents = [(node.attributes["x"] or "", node.attributes["width"] or "") for node in nodes if node.tag == "rect"]
    longest = max(round(float(x.rstrip("%")) + float(width.rstrip("%")), 1) for x, width in percents)
    assert 20 <= longest <= 58, "numbers have room behind the longest bar"
    at = 0
    for seen_, span_ in drawn:
        low, high = ends(span_, seen_.value or 0)
        sure, end = (round(longest * min(each, most) / most, 1) for each in (low, high))
        if sure:
            assert (nodes[at].attributes["x"], nodes[at].attributes["width"]) == ("0", f"{sure}%")
            at += 1
        if end > sure:
            assert "band" in (nodes[at].attributes["class"] or "")
            assert (nodes[at].attributes["x"], nodes[at].attributes["width"]) == (
                f"{sure}%",
                f"{round(end - sure, 1)}%",
            )
            at += 1
        assert nodes[at].tag == "text"
        at += 1
    assert at == len(nodes)
    description = first(drawing, "desc").text()
    assert all(each.replace("\N{NO-BREAK SPACE}", " ") in description for each in told)


def ends(span: str, value: int) -> tuple[int, int]:
    """The least and the most by a range; without a most, more than any drawing is long."""
    if not span:
        return value, value
    low, _, high = span.replace(" of meer", "–999999").replace(".", "").partition("–")
    return int(low), int(high or low)


def test_every_figure_in_a_sentence_is_a_number_of_some_record() -> None:
    known = {content.value for _, table in TABLES for content in map(figure, table.cells.values())}
    for path in site():
        for node in page(path).css("data") if path.endswith(".html") else ():
            assert int(node.attributes["value"] or "") in known
            assert node.text().replace(".", "") == node.attributes["value"]


def test_the_years_page_has_the_numbers_of_both_records() -> None:
    drawn = first(page("door-de-jaren/index.html"), 'table[data-reeks="regio"]')
    before, after = (next(table for table in each.tables if table.id == "regio") for each in RELEASES)
    read = [[seen(cell)[0] for cell in row.css("td")] for row in drawn.css("tbody tr")]
    assert all(seen(cell)[1] for cell in drawn.css("td") if seen(cell)[0].status != "shown")
    assert read == [[figure(before.cells[code,]), figure(after.cells[code,])] for code in codes_of(before, 0)]


def test_the_series_file_has_the_totals_per_category_of_the_records() -> None:
    rows = csv.DictReader(io.StringIO(site()["door-de-jaren/reeksen.csv"].decode(), newline=""))
    found = 0
    for row in rows:
        release = next(each for each in RELEASES if each.edition == row["edition"])
        table = next(each for each in release.tables if each.id == row["table"])
        seen = figure(table.cells[row["code"], *[TOTAL] * (len(table.dimensions) - 1)])
        assert (row["value"], row["status"]) == ("" if seen.value is None else str(seen.value), seen.status)
        assert span(row) == ranges(release, table)[row["code"], *[TOTAL] * (len(table.dimensions) - 1)]
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
        has_ranges = any(any(line) for line in ranged(release, table))
        step = 2 if has_ranges else 1
        assert [[cell_value(cell) for cell in row[1::step]] for row in rows] == [
            [each.value for each in line] for line in lines(table)
        ]
        if has_ranges:
            assert [["".join(cell.itertext()) for cell in row[2::2]] for row in rows] == [
                [told or seen.text for seen, told in line] for line in both(lines(table), ranged(release, table))
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
        for line, label in zip(both(lines(table), ranged(release, table)), labels(table), strict=True):
            expected = f"{label} {' '.join(f'{seen.text} ({told})' if told else seen.text for seen, told in line)}"
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
    told = ranges(release, release.tables[0])[(TOTAL,) * len(release.tables[0].dimensions)]
    assert set(re.findall(r"\d+", described["description"])) == {
        release.edition,
        str(total.value),
        *re.findall(r"\d+", told),
    }
    names = {each["contentUrl"].rsplit("/", 1)[1] for each in described["distribution"]}
    assert {f"edities/{release.edition}/{name}" for name in names} <= site().keys()
