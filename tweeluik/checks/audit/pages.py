"""Whether the pages and downloads of an edition say what its public record says, cell by cell and number by number."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping

from selectolax.lexbor import LexborHTMLParser, LexborNode

from tweeluik.checks.audit.documents import find_wrong_documents
from tweeluik.checks.audit.published import NOT_SHOWN, TOTAL_LABEL, Cell, Edition, Side, Table, addresses, written
from tweeluik.checks.audit.ranges import holds
from tweeluik.checks.audit.spreadsheets import find_wrong_sheets
from tweeluik.problems import Place, Problem
from tweeluik.record.cell import TOTAL

ONE_DECIMAL = 0.11
"""How far a length in percent may be off, in the longest bar and in another together."""

_TELLING = "title, .punten li, .edities li, figcaption, td, svg text.cijfer, desc"
"""What tells figures on a page."""

_NUMBER = re.compile(r"(?<![\w.])\d{1,3}(?:\.\d{3})+(?![\w.]\d)|\d+")
_AGAIN = "build the site again"


def find_disagreements(files: Mapping[str, bytes], editions: tuple[Edition, ...]) -> Iterator[Problem]:
    """Every place where a download, a table, a sentence or a chart differs from the records."""
    everywhere = frozenset(value for edition in editions for table in edition.tables for value in _values(table))
    said = frozenset(number for edition in editions for text in edition.texts for number in _numbers(text, ()))
    for edition in editions:
        yield from _downloads(files, edition)
        yield from find_wrong_sheets(files, edition)
        yield from find_wrong_documents(files, edition, everywhere)
        yield from _page(files, edition)
    for path in sorted(files):
        if path.endswith(".html"):
            yield from _figures(path, LexborHTMLParser(files[path].decode("utf-8", "replace")), everywhere, said)


def _values(table: Table) -> Iterator[int]:
    return (cell.value for cell in table.cells.values() if cell.value is not None)


# --- downloads --------------------------------------------------------------------------------------------------------


def _downloads(files: Mapping[str, bytes], edition: Edition) -> Iterator[Problem]:
    wanted = {f"{edition.folder}/{table.id}.csv": table for table in edition.tables}
    here = (path for path in files if path.rpartition("/")[0] == edition.folder)
    present = {path for path in here if path.endswith(".csv")}
    for path in sorted(wanted.keys() ^ present):
        what = (
            "a table that is not in the public record" if path in present else "a table of the public record is missing"
        )
        yield Problem(Place(path), "", what, _AGAIN)
    for path in sorted(wanted.keys() & present):
        table = wanted[path]
        if not _are_rows(_csv_rows(files[path]), edition, table):
            yield Problem(Place(path), "", "the rows differ from the public record", _AGAIN)


def _csv_rows(data: bytes) -> list[list[str]] | None:
    try:
        return list(csv.reader(io.StringIO(data.decode(), newline=""), strict=True))
    except (UnicodeDecodeError, csv.Error):
        return None


def _are_rows(rows: list[list[str]] | None, edition: Edition, table: Table) -> bool:
    """The record's own columns, then what can be concluded of each number, and what holds for the whole edition."""
    if rows is None or any(len(row) != len(rows[0]) for row in rows):
        return False
    heads, *_ = rows
    own = [row[:-4] for row in rows]
    known = [(row[-4], row[-3]) for row in rows[1:]]
    return (
        own == list(_expected_rows(table))
        and heads[-4:] == ["low", "high", "edition_status", "as_of"]
        and all(row[-2:] == [edition.status, edition.as_of] for row in rows[1:])
        and all(_holds(*each, cell, edition.base) for each, cell in zip(known, table.cells.values(), strict=True))
    )


def _holds(low: str, high: str, cell: Cell, base: int) -> bool:
    """Whether the columns of an interval hold one that the cell itself leaves."""
    if not low.isdecimal() or not (high.isdecimal() or high == ""):
        return False
    return holds(int(low), int(high) if high else None, cell, base)


def _expected_rows(table: Table) -> Iterator[list[str]]:
    yield [*(name for side in table.sides for name in (side.name, f"{side.name}_label")), "value", "status"]
    for codes, cell in table.cells.items():
        sides = zip(table.sides, codes, strict=True)
        labels = [text for side, code in sides for text in (code, side.labels.get(code, TOTAL_LABEL))]
        yield [*labels, "" if cell.value is None else str(cell.value), cell.status]


# --- tables on the page -----------------------------------------------------------------------------------------------


def _page(files: Mapping[str, bytes], edition: Edition) -> Iterator[Problem]:
    path = f"{edition.folder}/index.html"
    if path not in files:
        yield Problem(Place(path), "", "the page of the edition is missing", _AGAIN)
        return
    tree = LexborHTMLParser(files[path].decode("utf-8", "replace"))
    drawn = {node.attributes.get("data-tabel"): node for node in tree.css("table[data-tabel]")}
    if len(tree.css("table")) != len(edition.tables) or set(drawn) != {table.id for table in edition.tables}:
        yield Problem(Place(path), "", "the tables on the page are not those of the public record", _AGAIN)
        return
    for table in edition.tables:
        if _seen(drawn[table.id]) != list(_expected_lines(table)):
            yield Problem(Place(path), table.id, "the table differs from the public record", _AGAIN)
        yield from _section(path, drawn[table.id], table)


def _expected_lines(table: Table) -> Iterator[list[str]]:
    rest = tuple(addresses(table.sides[1:]))
    headings = [[*(_label(side, code) for side, code in zip(table.sides[1:], codes, strict=True))] for codes in rest]
    yield [" ".join(each) for each in headings] if len(table.sides) > 1 else []
    for code in (*table.sides[0].labels, TOTAL):
        cells = (table.cells[code, *codes] for codes in rest)
        yield [_label(table.sides[0], code), *(text for cell in cells for text in _texts(cell))]


def _label(side: Side, code: str) -> str:
    return _squeeze(side.labels.get(code, TOTAL_LABEL))


def _texts(cell: Cell) -> tuple[str, str, str]:
    """The text of a cell, the number in its mark-up, and its status there."""
    if cell.value is None:
        return NOT_SHOWN, "", cell.status
    return written(cell.value), str(cell.value), cell.status


def _seen(table: LexborNode) -> list[list[str]]:
    headings = [_squeeze(node.text()) for node in table.css("thead th")][1:]
    lines = [headings if len(headings) > 1 else []]
    for row in table.css("tbody tr"):
        line = [_squeeze(node.text()) for node in row.css("th")]
        for cell in row.css("td"):
            marked = [node.attributes.get("value") or "" for node in cell.css("data")]
            line += [_squeeze(cell.text()), "".join(marked), cell.attributes.get("data-status") or ""]
        lines.append(line)
    return lines


def _joined(text: str) -> str:
    """Without spaces: a label that a drawing breaks into lines has lost some."""
    return "".join(text.split())


def _squeeze(text: str) -> str:
    return " ".join(text.split())


# --- charts and sentences ---------------------------------------------------------------------------------------------


def _section(path: str, node: LexborNode, table: Table) -> Iterator[Problem]:
    """Everything else in the part of the page that a table stands in: only its own numbers, in texts and attributes."""
    section = node
    while section.parent is not None and section.tag != "section":
        section = section.parent
    own, labels = frozenset(_values(table)), _known_texts(table)
    joined = tuple(map(_joined, labels))
    for drawing in section.css("svg"):
        for part in drawing.css("text, title, desc"):
            if not (_numbers(part.text(), labels) <= own or _numbers(_joined(part.text()), joined) <= own):
                yield Problem(Place(path), table.id, "a number in the chart is not in its table", _AGAIN)
        if not _in_proportion(drawing):
            yield Problem(Place(path), table.id, "a bar in the chart has another length than its number", _AGAIN)
    for part in section.css("figcaption data"):
        if not _numbers(part.text(), ()) <= own:
            yield Problem(Place(path), table.id, "a number in the title of the chart is not in its table", _AGAIN)
    for part in section.css("[title], [aria-label], [alt]"):
        said = " ".join(part.attributes.get(name) or "" for name in ("title", "aria-label", "alt"))
        if not _numbers(said, labels) <= own:
            yield Problem(Place(path), table.id, "a number in an attribute is not in its table", _AGAIN)


def _known_texts(table: Table) -> tuple[str, ...]:
    """Labels and titles, longest first: their digits are no figures."""
    texts = {table.title, *(label for side in table.sides for label in side.labels.values())}
    return tuple(sorted(texts, key=lambda text: (-len(text), text)))


def _numbers(text: str, known: tuple[str, ...]) -> frozenset[int]:
    text = _squeeze(text)
    for each in known:
        text = text.replace(_squeeze(each), " ")
    return frozenset(int(found.replace(".", "")) for found in _NUMBER.findall(text))


def _in_proportion(drawing: LexborNode) -> bool:
    """Whether bars with a length in percent have the length that their numbers give, and hidden ones have none."""
    bars: list[tuple[float, int]] = []
    for bar in drawing.css("rect"):
        width, said = bar.attributes.get("width") or "", bar.next
        while said is not None and said.tag != "text":
            said = said.next
        if width.endswith("%"):
            numbers = _numbers(said.text(), ()) if said is not None else frozenset()
            if len(numbers) != 1:
                return False
            bars.append((float(width[:-1]), next(iter(numbers))))
    widest, most = max(bars, default=(0.0, 0), key=lambda bar: bar[1])
    return all(abs(width * most - widest * value) <= ONE_DECIMAL * most for width, value in bars)


def _figures(path: str, tree: LexborHTMLParser, released: frozenset[int], said: frozenset[int]) -> Iterator[Problem]:
    """Every number that a page marks as a figure is a released one, and its text says the same.

    Where a page has figures, its sentences, tables and drawings have no other numbers than those that are released or
    stand in the words of a record (`said`).
    """
    figures = tree.css("data")
    for node in figures:
        value = node.attributes.get("value") or ""
        if not (
            value.isascii() and value.isdigit() and int(value) in released and _numbers(node.text(), ()) == {int(value)}
        ):
            yield Problem(Place(path), "", "a figure is no number of a public record", _AGAIN)
    for node in tree.css(_TELLING) if figures else ():
        if not _numbers(node.text(), ()) <= released | said:
            yield Problem(Place(path), "", f"a number in a <{node.tag}> is in no public record", _AGAIN)
