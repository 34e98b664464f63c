"""Columns of crosses: a measure above, a mark in the row of everybody who works on it. Together they are one list.

Which year they are about stands in the heading, in the row above it, or once in a title or the name of the sheet.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace

from tweeluik.sheets.codes import Codes
from tweeluik.sheets.files.model import Cell, Row, Sheet
from tweeluik.sheets.headings import YEAR, Columns, Cross
from tweeluik.source.value_types import FALSE, TRUE
from tweeluik.words.folding import letters

_CROSSED = TRUE | {"v", "\u00d7", "*"}
_NOT_CROSSED = FALSE | {"0", "-", "\u2013", "\u2610", "nvt"}

_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
_AROUND = re.compile(r"^\W*(?:maatregel(?:en)?|measures?)?\W*|\W*(?:in|van|voor)?\W*$", re.IGNORECASE)


def with_crosses(sheet: Sheet, columns: Columns, measures: Codes, meant: Mapping[str, str]) -> Columns:
    """The columns, with those that nobody understood yet and that have a measure above crosses.

    Args:
        sheet: the sheet.
        columns: what was found in it.
        measures: the measures of the source.
        meant: what people answered about headings: the one that is meant, by folded other ones.
    """
    found: dict[int, Cross] = {}
    headings = dict(columns.headings)
    for at in columns.unread:
        heading = meant.get(letters(columns.heading(at)), columns.heading(at))
        year = _year_of(sheet, columns, at, heading) if columns.kind == "partners" else None
        code = _measure(heading, measures, year)
        if code is not None and (year is not None or columns.kind == "conversations"):
            found[at] = Cross("measures" if year is None else f"{YEAR}{year}", code)
            headings[at] = heading if year is None or str(year) in heading else f"{heading} {year}"
    keys = {**columns.keys, **{at: each.key for at, each in found.items()}}
    return replace(columns, keys=dict(sorted(keys.items())), headings=headings, crosses=found)


def crossed(row: Row, crosses: Mapping[int, Cross]) -> Iterator[tuple[str, Cell]]:
    """Per key what the crosses of a row come to, as one cell: a list of codes, a dash where somebody said no to all."""
    told = defaultdict[str, list[tuple[Cell, str]]](list)
    for at, cross in crosses.items():
        cell = row.cells.get(at)
        if cell is not None and cell.text:
            told[cross.key].append((cell, cross.code))
    for key, cells in told.items():
        yes = [(cell, code) for cell, code in cells if is_crossed(cell)]
        text = "; ".join(code for _, code in yes) or "-"
        yield key, replace(yes[0][0] if yes else cells[0][0], text=text, is_number=False)


def is_crossed(cell: Cell) -> bool | None:
    """Whether there is a cross in it; None where nobody can tell."""
    text = cell.text.strip().casefold()
    return True if text in _CROSSED else False if text in _NOT_CROSSED else None


def _measure(heading: str, measures: Codes, year: int | None) -> str | None:
    """The one measure that is meant, by its code, its label or both."""
    rest = _YEAR.sub(" ", heading) if year is not None else heading
    found = measures.find(_AROUND.sub("", rest.replace("()", " ")))
    if len(found) > 1 and year is not None:
        found = measures.in_year(found, year)
    return found[0] if len(found) == 1 else None


def _year_of(sheet: Sheet, columns: Columns, at: int, heading: str) -> int | None:
    """The one year that is told of a column."""
    top = columns.begins or columns.row
    above = [row for row in sheet.rows if row.number < top]
    beside = [cell for row in above[-1:] if row.number == top - 1 for cell in row.cells.values() if cell.column <= at]
    nearest = max(beside, key=lambda cell: cell.column, default=None)
    told = (heading, nearest.text if nearest is not None else "", " ".join((sheet.name, *_texts(above))))
    years = next((found for text in told if (found := set(_YEAR.findall(text)))), set[str]())
    return int(years.pop()) if len(years) == 1 else None


def _texts(rows: list[Row]) -> Iterator[str]:
    yield from (cell.text for row in rows for cell in row.cells.values())
