"""Whether the documents for Word of an edition say what its public record says, in tables and in charts."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping
from xml.etree import ElementTree as ET

from tweeluik.checks.audit.published import TOTAL_LABEL, Cell, Edition, Table, addresses
from tweeluik.checks.audit.ranges import says
from tweeluik.problems import Place, Problem
from tweeluik.record.cell import TOTAL

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_AGAIN = "build the site again"

Lines = list[list[str]]


def find_wrong_documents(files: Mapping[str, bytes], edition: Edition, released: frozenset[int]) -> Iterator[Problem]:
    """Every document beside the record of an edition whose tables or charts are not those of the record.

    `released`: the numbers of all records; what a sentence marks as a number is one of them.
    """
    for path in sorted(files):
        if path.rpartition("/")[0] == edition.folder and path.endswith(".docx"):
            try:
                tables, bars, marked = _read(files[path])
            except (zipfile.BadZipFile, KeyError, ET.ParseError, NotImplementedError, RuntimeError):
                yield Problem(Place(path), "", "the document cannot be read", _AGAIN)
                continue
            if not _are_tables(tables, edition):
                yield Problem(Place(path), "", "the tables differ from the public record", _AGAIN)
            if not all(_is_bar(bar, edition) for bar in bars):
                yield Problem(Place(path), "", "a bar of a chart is in no table of the public record", _AGAIN)
            if not marked <= released:
                yield Problem(Place(path), "", "a number in a sentence is in no public record", _AGAIN)


def _read(data: bytes) -> tuple[list[Lines], list[str], frozenset[int]]:
    """The cells of every table, what every bar of a chart says, and the numbers that stand out in the text."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist() if name.endswith(".xml")}
    body = ET.fromstring(parts["word/document.xml"])  # noqa: S314 (the file is the one that we just made)
    charts = [ET.fromstring(part) for name, part in parts.items() if name.startswith("word/charts/")]  # noqa: S314
    tables = [
        [[_cell(cell) for cell in row.iter(f"{_WORD}tc")] for row in table.iter(f"{_WORD}tr")]
        for table in body.iter(f"{_WORD}tbl")
    ]
    bars = [
        _squeeze(point)
        for chart in charts
        for named in chart.iter(f"{_CHART}cat")
        for point in named.iter(f"{_CHART}pt")
    ]
    strong = (_squeeze(run) for run in body.iter(f"{_WORD}r") if _is_strong(run))
    return tables, bars, frozenset(int(text.replace(".", "")) for text in strong if text.replace(".", "").isdecimal())


def _is_strong(run: ET.Element) -> bool:
    return _style(run) == "Strong"


def _style(run: ET.Element) -> str | None:
    style = run.find(f"{_WORD}rPr/{_WORD}rStyle")
    return None if style is None else style.get(f"{_WORD}val")


def _cell(cell: ET.Element) -> str:
    """The text of a cell, without the letter that leads to a note."""
    runs = cell.iter(f"{_WORD}r")
    told = (part for run in runs if not _is_mark(run) for part in run.itertext())
    return " ".join(" ".join(told).split())


def _is_mark(run: ET.Element) -> bool:
    text = "".join(run.itertext())
    return _style(run) == "NoteMark" and text.isalpha() and text.islower()


def _squeeze(element: ET.Element) -> str:
    """The text in an element, a break of a line being a space."""
    return " ".join(" ".join(part for part in element.itertext()).split())


def _are_tables(seen: list[Lines], edition: Edition) -> bool:
    return len(seen) == len(edition.tables) and all(
        _agrees(lines, table, edition.base) for lines, table in zip(seen, edition.tables, strict=True)
    )


def _agrees(lines: Lines, table: Table, base: int) -> bool:
    expected = list(_rows(table))
    body = lines[1:]
    return [line[0] for line in body] == [head for head, _ in expected] and all(
        len(line) == len(cells) + 1 and all(says(text, cell, base) for text, cell in zip(line[1:], cells, strict=True))
        for line, (_, cells) in zip(body, expected, strict=True)
    )


def _rows(table: Table) -> Iterator[tuple[str, list[Cell]]]:
    columns = tuple(addresses(table.sides[1:]))
    for code in (*table.sides[0].labels, TOTAL):
        label = " ".join(table.sides[0].labels.get(code, TOTAL_LABEL).split())
        yield label, [table.cells[code, *rest] for rest in columns]


def _is_bar(text: str, edition: Edition) -> bool:
    """Whether what a bar says is that of a category of a first side, in all."""
    label, _, said = text.rpartition(": ")
    return any(
        label == " ".join(name.split())
        and says(said, table.cells[code, *[TOTAL] * (len(table.sides) - 1)], edition.base)
        for table in edition.tables
        for code, name in table.sides[0].labels.items()
    )
