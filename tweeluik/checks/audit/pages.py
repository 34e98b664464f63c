"""Whether the pages and downloads of an edition say what its public record says, cell by cell and number by number."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping

from selectolax.lexbor import LexborHTMLParser, LexborNode

from tweeluik.checks.audit.documents import find_wrong_documents
from tweeluik.checks.audit.drawings import in_proportion
from tweeluik.checks.audit.published import TOTAL_LABEL, Cell, Edition, Side, Table, addresses
from tweeluik.checks.audit.ranges import Known, holds, known, numbers, says, squeeze, without_ranges
from tweeluik.checks.audit.spreadsheets import find_wrong_sheets
from tweeluik.problems import Place, Problem
from tweeluik.record.cell import TOTAL

_TELLING = "title, .punten li, .edities li, figcaption, td, svg text.cijfer, desc"
"""What tells figures on a page."""

_AGAIN = "build the site again"


def find_disagreements(files: Mapping[str, bytes], editions: tuple[Edition, ...]) -> Iterator[Problem]:
    """Every place where a download, a table, a sentence or a chart differs from the records."""
    everywhere, said, cells = _told(editions)
    for edition in editions:
        yield from _downloads(files, edition)
        yield from find_wrong_sheets(files, edition)
        yield from find_wrong_documents(files, edition, everywhere)
        yield from _page(files, edition)
        yield from _pictures(files, edition)
    for path in sorted(files):
        if path.endswith("/kaart.svg"):
            tree = LexborHTMLParser(files[path].decode("utf-8", "replace"))
            told = without_ranges(" ".join(_texts(tree.css("svg")[0], "text")), cells)
            if not numbers(told, ()) <= everywhere | said:
                yield Problem(Place(path), "", "a number on the card is in no public record", _AGAIN)
    yield from find_wrong_figures(files, editions)


def is_loose(path: str) -> bool:
    """Whether a file is a page that belongs to no edition: of such a page nothing is asked but `find_wrong_figures`."""
    return path.endswith(".html") and not path.startswith("edities/")


def find_wrong_figures(files: Mapping[str, bytes], editions: tuple[Edition, ...]) -> Iterator[Problem]:
    """Every figure of a page that is in no record; of each page by itself."""
    everywhere, said, cells = _told(editions)
    for path in sorted(files):
        if path.endswith(".html"):
            tree = LexborHTMLParser(files[path].decode("utf-8", "replace"))
            yield from _figures(path, tree, everywhere, said, cells)


def _told(editions: tuple[Edition, ...]) -> tuple[frozenset[int], frozenset[int], Known]:
    """All numbers that are released, those in the words of records, and what the cells are known to be."""
    everywhere = frozenset(value for edition in editions for table in edition.tables for value in _values(table))
    cells = known(each for edition in editions for table in edition.tables for each in _cells(edition, table))
    said = frozenset(number for edition in editions for text in edition.texts for number in numbers(text, ()))
    return everywhere, said, cells


def _values(table: Table) -> Iterator[int]:
    return (cell.value for cell in table.cells.values() if cell.value is not None)


def _cells(edition: Edition, table: Table) -> Iterator[tuple[Cell, int]]:
    return ((cell, edition.base) for cell in table.cells.values())


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
        if not _are_lines(_seen(drawn[table.id]), list(_expected_lines(table)), edition.base):
            yield Problem(Place(path), table.id, "the table differs from the public record", _AGAIN)
        yield from _section(path, drawn[table.id], edition, table)


def _are_lines(seen: list[Line], expected: list[list[str | Cell]], base: int) -> bool:
    return len(seen) == len(expected) and all(
        len(one) == len(other) and all(_is_part(*each, base) for each in zip(one, other, strict=True))
        for one, other in zip(seen, expected, strict=True)
    )


def _is_part(seen: str | Drawn, expected: str | Cell, base: int) -> bool:
    """A text is the same; a cell says its number with its range, marks it up as that number, and has its status."""
    if isinstance(expected, str) or isinstance(seen, str):
        return seen == expected
    text, marked, status = seen
    return (
        says(text, expected, base)
        and marked == ("" if expected.value is None else str(expected.value))
        and status == expected.status
    )


def _expected_lines(table: Table) -> Iterator[list[str | Cell]]:
    rest = tuple(addresses(table.sides[1:]))
    headings = [[*(_label(side, code) for side, code in zip(table.sides[1:], codes, strict=True))] for codes in rest]
    yield [" ".join(each) for each in headings] if len(table.sides) > 1 else []
    for code in (*table.sides[0].labels, TOTAL):
        cells = (table.cells[code, *codes] for codes in rest)
        yield [_label(table.sides[0], code), *cells]


def _label(side: Side, code: str) -> str:
    return squeeze(side.labels.get(code, TOTAL_LABEL))


Drawn = tuple[str, str, str]
"""The text of a cell, the number in its mark-up, and its status there."""

Line = list[str | Drawn]


def _seen(table: LexborNode) -> list[Line]:
    headings = [_head(node) for node in table.css("thead th")][1:]
    lines: list[Line] = [[*headings] if len(headings) > 1 else []]
    for row in table.css("tbody tr"):
        line: Line = [_head(node) for node in row.css("th")]
        for cell in row.css("td"):
            marked = [node.attributes.get("value") or "" for node in cell.css("data")]
            line.append((squeeze(cell.text()), "".join(marked), cell.attributes.get("data-status") or ""))
        lines.append(line)
    return lines


def _head(node: LexborNode) -> str:
    """The name of a group, without the letter that leads to a note on it."""
    text = squeeze(node.text())
    for mark in node.css("sup a.noot"):
        letter = mark.text()
        text = text.removesuffix(letter).rstrip() if letter.isalpha() and letter.islower() else text
    return text


def _joined(text: str) -> str:
    """Without spaces: a label that a drawing breaks into lines has lost some."""
    return "".join(text.split())


# --- charts and sentences ---------------------------------------------------------------------------------------------


def _section(path: str, node: LexborNode, edition: Edition, table: Table) -> Iterator[Problem]:
    """Everything else in the part of the page that a table stands in: only its own numbers, in texts and attributes."""
    section = node
    while section.parent is not None and section.tag != "section":
        section = section.parent
    own, labels, cells = frozenset(_values(table)), _known_texts(table), known(_cells(edition, table))
    for drawing in (*section.css("figure"), *_alone(section)):
        yield from _drawing(path, drawing, _texts(drawing, "text, title, desc"), edition, table)
    for part in section.css("figcaption data"):
        if not numbers(part.text(), ()) <= own:
            yield Problem(Place(path), table.id, "a number in the title of the chart is not in its table", _AGAIN)
    for part in section.css("[title], [aria-label], [alt]"):
        said = without_ranges(
            " ".join(part.attributes.get(name) or "" for name in ("title", "aria-label", "alt")), cells
        )
        if not numbers(said, labels) <= own:
            yield Problem(Place(path), table.id, "a number in an attribute is not in its table", _AGAIN)


def _alone(section: LexborNode) -> Iterator[LexborNode]:
    """The drawings in no figure: those of one figure are parts, on one scale."""
    within = {part.mem_id for figure in section.css("figure") for part in figure.css("svg")}
    yield from (part for part in section.css("svg") if part.mem_id not in within)


def _texts(drawing: LexborNode, told: str) -> list[str]:
    return [part.text() for part in drawing.css(told)]


def _drawing(path: str, drawing: LexborNode, told: Iterable[str], edition: Edition, table: Table) -> Iterator[Problem]:
    """A chart has no numbers but those of its table, in the texts that tell them, and bars as long as they are."""
    own, labels, cells = frozenset(_values(table)), _known_texts(table), known(_cells(edition, table))
    joined = tuple(map(_joined, labels))
    for part in told:
        text = without_ranges(part, cells)
        if not (numbers(text, labels) <= own or numbers(_joined(text), joined) <= own):
            yield Problem(Place(path), table.id, "a number in the chart is not in its table", _AGAIN)
    if not in_proportion(drawing, cells):
        yield Problem(Place(path), table.id, "a bar in the chart has another length than its number", _AGAIN)


def _pictures(files: Mapping[str, bytes], edition: Edition) -> Iterator[Problem]:
    """Charts as files of their own; their other texts are of the source and of what is drawn."""
    for table in edition.tables:
        path = f"{edition.folder}/{table.id}.svg"
        if path in files:
            tree = LexborHTMLParser(files[path].decode("utf-8", "replace"))
            for drawing in tree.css("body > svg"):
                message = " ".join(_texts(drawing, "text.boodschap"))  # whose lines may break within a label
                told = [message, *_texts(drawing, "text.cijfer, title, desc")]
                yield from _drawing(path, drawing, told, edition, table)


def _known_texts(table: Table) -> tuple[str, ...]:
    """Labels and titles, longest first: their digits are no figures."""
    own = (table.title, *(text for side in table.sides for text in (*side.labels.values(), *side.plurals)))
    # Within a sentence a name has no capital, and at its beginning it has one.
    texts = {way for text in own for way in (text, text[:1].lower() + text[1:], text[:1].upper() + text[1:])}
    return tuple(sorted(texts, key=lambda text: (-len(text), text)))


def _figures(
    path: str, tree: LexborHTMLParser, released: frozenset[int], said: frozenset[int], cells: Known
) -> Iterator[Problem]:
    """Every number that a page marks as a figure is a released one, and its text says the same.

    Where a page has figures, its sentences, tables and drawings have no other numbers than those that are released or
    stand in the words of a record (`said`).
    """
    figures = tree.css("data")
    for node in figures:
        value = node.attributes.get("value") or ""
        if not (
            value.isascii() and value.isdigit() and int(value) in released and numbers(node.text(), ()) == {int(value)}
        ):
            yield Problem(Place(path), "", "a figure is no number of a public record", _AGAIN)
    for node in tree.css(_TELLING) if figures else ():
        if not numbers(without_ranges(node.text(), cells), ()) <= released | said:
            yield Problem(Place(path), "", f"a number in a <{node.tag}> is in no public record", _AGAIN)
