"""Whether the spreadsheets of an edition say what its public record says."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping
from itertools import chain
from xml.etree import ElementTree as ET

from tweeluik.checks.audit.published import NOT_SHOWN, TOTAL_LABEL, Cell, Edition, Table, addresses, written
from tweeluik.checks.audit.ranges import says
from tweeluik.problems import Place, Problem
from tweeluik.record.cell import TOTAL

_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_AGAIN = "build the site again"

Line = list[tuple[str, str]]
"""A row of a sheet: per cell its text, and the number behind it."""


def find_wrong_sheets(files: Mapping[str, bytes], edition: Edition) -> Iterator[Problem]:
    """Every spreadsheet beside the record of an edition that does not hold exactly its tables."""
    for path in sorted(files):
        if path.rpartition("/")[0] == edition.folder and path.endswith(".ods"):
            try:
                sheets = _sheets(files[path])
            except (zipfile.BadZipFile, KeyError, ET.ParseError, NotImplementedError, RuntimeError):
                yield Problem(Place(path), "", "the spreadsheet cannot be read", _AGAIN)
                continue
            if not _agree(sheets, edition):
                yield Problem(Place(path), "", "the spreadsheet differs from the public record", _AGAIN)


def _sheets(data: bytes) -> dict[str, list[Line]]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        content = ET.fromstring(archive.read("content.xml"))  # noqa: S314 (the file is the one that we just made)
    sheets = {}
    for sheet in content.iter(f"{_TABLE}table"):
        rows = sheet.iter(f"{_TABLE}table-row")
        sheets[sheet.get(f"{_TABLE}name", "")] = [[_seen(cell) for cell in row] for row in rows]
    return sheets


def _seen(cell: ET.Element) -> tuple[str, str]:
    return " ".join("".join(cell.itertext()).split()), cell.get(f"{_OFFICE}value", "")


def _agree(sheets: dict[str, list[Line]], edition: Edition) -> bool:
    """The tables are all there, and nothing else has a number behind it."""
    rest = list(chain.from_iterable(lines for name, lines in sheets.items() if name not in edition.by_id))
    for name, table in edition.by_id.items():
        lines, wanted = sheets.get(name, []), list(_expected(table))
        if len(lines) < len(wanted):
            return False
        if not all(_is_line(*each, edition.base) for each in zip(lines[-len(wanted) :], wanted, strict=True)):
            return False
        rest += lines[: -len(wanted)]
    return not any(number for line in rest for _, number in line)


Expected = tuple[str, tuple[Cell, ...], bool]
"""The label of a row, its cells, and whether a range stands beside each: nowhere, when every number is exact."""


def _expected(table: Table) -> Iterator[Expected]:
    columns = tuple(addresses(table.sides[1:]))
    has_ranges = any(cell.status != "shown" for cell in table.cells.values())
    for code in (*table.sides[0].labels, TOTAL):
        label = " ".join(table.sides[0].labels.get(code, TOTAL_LABEL).split())
        yield label, tuple(table.cells[code, *rest] for rest in columns), has_ranges


def _is_line(line: Line, wanted: Expected, base: int) -> bool:
    label, cells, has_ranges = wanted
    step = 2 if has_ranges else 1
    numbers, ranges = line[1::step], line[2::step] if has_ranges else []
    return (
        line[0] == (label, "")
        and numbers == [_written(cell) for cell in cells]
        and len(ranges) == (len(cells) if has_ranges else 0)
        and all(not number for _, number in ranges)
        and all(_is_range(text, cell, base) for (text, _), cell in zip(ranges, cells, strict=False))
    )


def _is_range(text: str, cell: Cell, base: int) -> bool:
    said, _ = _written(cell)
    return text == said if cell.status == "shown" else says(f"{said} ({text})", cell, base)


def _written(cell: Cell) -> tuple[str, str]:
    return (NOT_SHOWN, "") if cell.value is None else (written(cell.value), str(cell.value))
