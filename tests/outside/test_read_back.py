"""Every number of the example's site is the number of the public record beside it, read back from every kind of file."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import product
from xml.etree import ElementTree as ET

import pypdfium2
import pytest
from selectolax.lexbor import LexborHTMLParser

from tests.html import first
from tests.outside.sites import example
from tweeluik.record.canonical import parse
from tweeluik.record.cell import TOTAL, Codes, Rounded, Shown, Suppressed
from tweeluik.record.model import Release, ReleasedTable

HIDDEN = "niet getoond"
A_NUMBER = r"\d+(?:\.\d{3})*"
A_FIGURE = re.compile(rf"(?:{HIDDEN}|{A_NUMBER})(?:\s?\({A_NUMBER}(?:–{A_NUMBER}| of meer)?\))?")
"""A number, or that it is not shown, with its range."""


def site() -> Mapping[str, bytes]:
    return example()


EDITIONS = ("2025", "2026", "2027")
every_edition = pytest.mark.parametrize("edition", EDITIONS)


@cache
def record(edition: str) -> Release:
    return parse(site()[f"edities/{edition}/release.json"])


def test_every_edition_with_numbers_is_read_back() -> None:
    records = [path for path in site() if path.endswith("/release.json")]
    with_tables = {path.split("/")[1] for path in records if parse(site()[path]).tables}
    assert with_tables == set(EDITIONS)


# --- what the record says, in words -----------------------------------------------------------------------------------


@cache
def ranges(edition: str) -> Mapping[tuple[str, Codes], str]:
    """Per table and cell what its CSV says that a number can be, as a page writes it; nothing for what is exact."""
    found = {}
    for table in record(edition).tables:
        rows = csv.DictReader(io.StringIO(site()[f"edities/{edition}/{table.id}.csv"].decode(), newline=""))
        for row in rows:
            found[table.id, tuple(row[each.name] for each in table.dimensions)] = span(row)
    return found


def span(row: Mapping[str, str]) -> str:
    low, high = (f"{int(row[name]):,}".replace(",", ".") if row[name] else "" for name in ("low", "high"))
    if row["status"] == "shown":
        return ""
    return f" ({low} of meer)" if not high else f" ({low})" if low == high else f" ({low}–{high})"


def said(edition: str, table: ReleasedTable, at: Codes) -> str:
    """A cell as a reader meets it, made here anew: with a point at every thousand, and with what it can be."""
    return bare(table.cells[at]) + ranges(edition)[table.id, at]


def bare(content: Shown | Rounded | Suppressed) -> str:
    return HIDDEN if isinstance(content, Suppressed) else f"{content.value:,}".replace(",", ".")


def codes(table: ReleasedTable, side: int) -> list[str]:
    return [*(each.code for each in table.dimensions[side].categories), TOTAL]


def in_the_table(edition: str, table: ReleasedTable) -> list[str]:
    """The figures row by row, totals last."""
    sides = [codes(table, side) for side in range(len(table.dimensions))]
    return [said(edition, table, each) for each in product(*sides)]


def in_the_chart(edition: str, table: ReleasedTable) -> list[str]:
    """The figures group by group, without the row of totals: the total of a group, then its parts if they are two."""
    if not has_chart(table):
        return []
    rest: list[Codes] = [()]
    if len(table.dimensions) == 2:
        parts = codes(table, 1)[:-1]
        rest = [(TOTAL,), *((code,) for code in parts if len(parts) == 2)]
    return [said(edition, table, (code, *each)) for code, each in product(in_order(table), rest)]


def has_chart(table: ReleasedTable) -> bool:
    """When at most half of the groups are not shown."""
    totals = [table.cells[(code, *[TOTAL] * (len(table.dimensions) - 1))] for code in codes(table, 0)[:-1]]
    return 2 * sum(isinstance(each, Suppressed) for each in totals) <= len(totals)


def in_order(table: ReleasedTable) -> list[str]:
    """Themes, pillars and years as they are; other groups by their numbers, those that are not shown last."""
    every = codes(table, 0)[:-1]
    if table.dimensions[0].name in ("theme", "pillar", "measure", "first_year"):
        return every
    totals = {code: table.cells[(code, *[TOTAL] * (len(table.dimensions) - 1))] for code in every}
    hidden = sorted(code for code, each in totals.items() if isinstance(each, Suppressed))
    shown = [(-each.value, code) for code, each in totals.items() if not isinstance(each, Suppressed)]
    return [code for _, code in sorted(shown)] + hidden


# --- pages ------------------------------------------------------------------------------------------------------------


@every_edition
def test_a_page_has_the_numbers_of_the_record_in_its_tables_and_its_charts(edition: str) -> None:
    page = LexborHTMLParser(site()[f"edities/{edition}/index.html"].decode())
    for table in record(edition).tables:
        part = first(page, f"#tabel-{table.id}")
        assert [node.text().strip() for node in part.css("tbody td")] == in_the_table(edition, table)
        drawn = in_the_chart(edition, table)
        assert [" ".join(node.text().split()) for node in part.css("svg text.cijfer")] == drawn
        if drawn:
            assert figures(first(part, "svg desc").text(), table)[-len(drawn) :] == drawn


def totals(edition: str) -> list[str]:
    """What is counted in all: per unit the first table's total."""
    counted: dict[str, str] = {}
    for table in record(edition).tables:
        counted.setdefault(table.counts, said(edition, table, (TOTAL,) * len(table.dimensions)))
    return list(counted.values())


def most(edition: str) -> list[str]:
    """The number of partners of the theme that surely has most of those that are shown; nothing when it is not sure."""
    table = next(each for each in record(edition).tables if each.dimensions[0].name == "theme")
    cells = (content for codes, content in table.cells.items() if codes != (TOTAL,))
    first, second = sorted((each for each in cells if not isinstance(each, Suppressed)), key=lambda each: -each.value)[
        :2
    ]
    doubt = 2 * ((record(edition).rounding_base or 1) - 1)
    return [bare(first)] if first.value - second.value > doubt else []


@pytest.mark.parametrize("path", ["index.html", "edities/2026/index.html"])
def test_the_first_figures_of_a_page_are_the_totals_of_two_records_and_the_largest_theme(path: str) -> None:
    page = LexborHTMLParser(site()[path].decode())
    partners, conversations = zip(map(number, totals("2026")), map(number, totals("2025")), strict=True)
    assert [node.text() for node in page.css(".kerncijfers data")] == [*partners, *conversations, *most("2026")]


@every_edition
def test_every_figure_of_a_page_is_of_this_record_or_the_one_before(edition: str) -> None:
    page = LexborHTMLParser(site()[f"edities/{edition}/index.html"].decode())
    known = {bare(content) for each in EDITIONS if each <= edition for t in record(each).tables for content in t.cells.values()}  # fmt: skip
    assert {node.text() for node in page.css("data")} <= known


# --- downloads --------------------------------------------------------------------------------------------------------


@every_edition
def test_a_csv_has_the_numbers_of_the_record(edition: str) -> None:
    for table in record(edition).tables:
        rows = list(csv.DictReader(io.StringIO(site()[f"edities/{edition}/{table.id}.csv"].decode(), newline="")))
        values = (f"{int(row['value']):,}".replace(",", ".") if row["value"] else HIDDEN for row in rows)
        assert list(values) == list(map(number, in_the_table(edition, table)))
        marks = {"2027": ("provisional", "2027-06-30")}.get(edition, ("final", f"{edition}-12-31"))
        assert {(row["edition_status"], row["as_of"]) for row in rows} == {marks}


@every_edition
def test_the_spreadsheet_has_the_numbers_of_the_record(edition: str) -> None:
    with zipfile.ZipFile(io.BytesIO(site()[f"edities/{edition}/tabellen.ods"])) as archive:
        tree = ET.fromstring(archive.read("content.xml"))
    names = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
    sheets = {each.get(f"{names}name"): each for each in tree.iter(f"{names}table")}
    for table in record(edition).tables:
        rows = sheets[table.id].findall(f"{names}table-row")[-len(codes(table, 0)) :]
        exact = all(isinstance(each, Shown) for each in table.cells.values())
        seen = [["".join(cell.itertext()) for cell in list(row)[1:]] for row in rows]
        pairs = [(each, each) for line in seen for each in line] if exact else [
            pair for line in seen for pair in zip(line[::2], line[1::2], strict=True)
        ]  # fmt: skip
        assert [a if a == b else f"{a} ({b})" for a, b in pairs] == in_the_table(edition, table)


@every_edition
def test_the_annex_has_the_numbers_of_the_record_in_its_charts_and_its_tables(edition: str) -> None:
    """Read as a reader of PDF does. Between two headings stand the figures of a chart, then those of the table."""
    release = record(edition)
    text = annex_text(edition)
    parts = [text.rindex(f" {table.title} (aantal") for table in release.tables]
    begins = [text.rindex(f" {table.title} ", 0, end) for table, end in zip(release.tables, parts, strict=True)]
    ends = [*begins[1:], text.index(" Partners met naam ") if release.named else len(text)]
    for table, begin, middle, end in zip(release.tables, begins, parts, ends, strict=True):
        drawn, told = in_the_chart(edition, table), in_the_table(edition, table)
        assert figures(text[begin:middle], table)[-len(drawn) :] == drawn or not drawn
        assert figures(text[middle:end], table)[-len(told) :] == told


def annex_text(edition: str) -> str:
    """The words of the annex, without its page numbers."""
    document = pypdfium2.PdfDocument(site()[f"edities/{edition}/annex.pdf"])
    pages = [page.get_textpage().get_text_range() for page in document]
    document.close()
    mark = "( · Voorlopig, stand per 30 juni 2027)?"
    footer = rf"{re.escape(record(edition).title)}{mark} pagina \d+ van \d+\s*$"
    assert all(re.search(footer, page) for page in pages)
    return " ".join(" ".join(re.sub(footer, "", page) for page in pages).split())


def figures(text: str, table: ReleasedTable) -> list[str]:
    """The figures in a text, without those that are part of a name."""
    names = (each.label for one in table.dimensions for each in one.categories)
    for name in sorted(names, key=len, reverse=True):
        text = text.replace(name, "")
    return A_FIGURE.findall(text)


def number(said: str) -> str:
    """A figure without its range."""
    return said.partition(" (")[0]


# --- what machines read -----------------------------------------------------------------------------------------------


def texts_for_machines(edition: str) -> Iterator[str]:
    """Every sentence with a number that a machine is given about an edition."""
    address = f"edities/{edition}/index.html"
    page = LexborHTMLParser(site()[address].decode())
    yield first(page, "meta[name=description]").attributes["content"] or ""
    yield json.loads(first(page, 'script[type="application/ld+json"]').text())["description"]
    catalogue = json.loads(site()["data.jsonld"])["@graph"]
    yield next(each for each in catalogue if each["@id"] == f"{address}#gegevensset")["dct:description"]["@value"]
    atom = "{http://www.w3.org/2005/Atom}"
    for entry in ET.fromstring(site()["feed.xml"]).iter(f"{atom}entry"):
        if entry.findtext(f"{atom}title") == record(edition).title:
            yield entry.findtext(f"{atom}summary") or ""


@every_edition
def test_what_machines_are_told_is_the_total_of_the_record(edition: str) -> None:
    texts = list(texts_for_machines(edition))
    assert len(texts) == 4
    for text in texts:
        assert A_FIGURE.findall(text)[:2] == [edition, totals(edition)[0]]
        assert len(set(texts)) == 1


def test_the_description_of_a_csv_has_no_number_but_the_least_that_a_cell_may_hold() -> None:
    for path in (path for path in site() if path.endswith(".csv-metadata.json")):
        described = json.loads(site()[path])
        columns = json.dumps(described["tableSchema"]).replace("stand per 30 juni 2027", "")
        assert re.findall(r"\d+", columns) == ["0", "0", "0"], path  # value, low and high
