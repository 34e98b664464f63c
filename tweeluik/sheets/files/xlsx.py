"""Excel's `.xlsx` -> sheets. What it says of its own extent (`dimension`) is not looked at: it is often wrong."""

from __future__ import annotations

import posixpath
import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import NamedTuple

from tweeluik.sheets.files.drawings import read_drawing
from tweeluik.sheets.files.model import (
    MOST_COLUMNS,
    Book,
    Cell,
    Counter,
    Row,
    Sheet,
    Unreadable,
    column_of,
    visible_text,
)
from tweeluik.sheets.files.package import Event, Package
from tweeluik.sheets.files.xlsx_shared import NO, Run, Shared, Style, Text, read_styles, read_texts, whole

CONTENT_TYPES = "[Content_Types].xml"
"""Stands in every file of this kind."""

_REFERENCE = re.compile(r"([A-Za-z]{1,3})(\d{1,7})")


def read_xlsx(package: Package) -> Book:
    """All sheets.

    Raises:
        Unreadable: it is no such file, or it holds too much.
    """
    workbook = _workbook_path(package)
    related = _related(package, workbook)
    listed = list(_listed(package.events(workbook)))
    shared = Shared(
        texts=tuple(read_texts(package, _of_type(related, "sharedStrings"))),
        styles=tuple(read_styles(package, _of_type(related, "styles"))),
        epoch=date(1904, 1, 1) if any(each.is_1904 for each in listed) else date(1899, 12, 30),
        counter=Counter(),
    )
    sheets, others = [], []
    for each in listed:
        kind, path = related.get(each.relation, ("", ""))
        if each.name and kind == "worksheet":
            sheets.append(_sheet(package, path, each, shared))
        elif each.name:
            others.append(each.name)
    return Book(tuple(sheets), tuple(others))


# --- what belongs to what ---------------------------------------------------------------------------------------------


class _Listed(NamedTuple):
    name: str
    relation: str
    is_hidden: bool
    is_1904: bool = False


def _workbook_path(package: Package) -> str:
    kinds = _related(package, "")
    found = _of_type(kinds, "officeDocument")
    if found is None:
        raise Unreadable("not a spreadsheet", "save it as .xlsx, .ods or .csv")
    return found


def _related(package: Package, path: str) -> dict[str, tuple[str, str]]:
    """Per id what a part refers to: the last word of its type, and its path."""
    folder, name = posixpath.split(path)
    relations = posixpath.join(folder, "_rels", f"{name}.rels")
    if relations not in package.names:
        return {}
    found = {}
    for event in package.events(relations):
        if event.kind == "start" and event.name == "Relationship":
            given = event.attributes
            target = posixpath.normpath(posixpath.join("/", folder, given.get("Target", ""))).lstrip("/")
            found[given.get("Id", "")] = (given.get("Type", "").rpartition("/")[2], target)
    return found


def _of_type(related: Mapping[str, tuple[str, str]], kind: str) -> str | None:
    return next((path for each, path in related.values() if each == kind), None)


def _listed(events: Iterator[Event]) -> Iterator[_Listed]:
    for event in events:
        given = event.attributes
        if event.kind == "start" and event.name == "sheet":
            yield _Listed(given.get("name", ""), given.get("id", ""), given.get("state", "visible") != "visible")
        elif event.kind == "start" and event.name == "workbookPr" and given.get("date1904", "0") not in NO:
            yield _Listed("", "", is_hidden=False, is_1904=True)


# --- one sheet --------------------------------------------------------------------------------------------------------


def _sheet(package: Package, path: str, listed: _Listed, shared: Shared) -> Sheet:
    related = _related(package, path)
    comments = _comments(package, _of_type(related, "comments"))
    for at, said in read_drawing(package, _of_type(related, "drawing")):
        comments[at] = f"{comments[at]} {said}" if at in comments else said
    reading = _Reading(shared, comments)
    for event in package.events(path):
        reading.take(event)
    return Sheet(listed.name, reading.rows(), listed.is_hidden, frozenset(reading.hidden_columns))


def _comments(package: Package, path: str | None) -> dict[tuple[int, int], str]:
    found: dict[tuple[int, int], str] = {}
    at, run = (0, 0), Run()
    for event in package.events(path) if path and path in package.names else ():
        if event.kind == "start" and event.name == "comment":
            at, run = _position(event.attributes.get("ref", "")) or (0, 0), Run()
        run.take(event)
        if event.kind == "end" and event.name == "comment":
            found[at] = " ".join(run.text().text.split()) or "…"
    return found


COLOURED_ROWS, COLOURED_COLUMNS = 10_000, 100
"""In so many the colours of cells are kept; beyond them stands no list that people colour by hand."""


class _Reading:
    """What has been read of a sheet so far."""

    def __init__(self, shared: Shared, comments: Mapping[tuple[int, int], str]) -> None:
        self.hidden_columns: set[int] = set()
        self._shared = shared
        self._comments = dict(comments)
        self._cells: dict[int, dict[int, Cell]] = {}
        self._colours: dict[int, dict[int, str]] = {}
        self._hidden: set[int] = set()
        self._ranges: list[range] = []
        self._filtered: list[range] = []
        self._merged: list[tuple[int, int, int, int]] = []
        self._row = self._column = 0
        self._given: Mapping[str, str] = {}
        self._value = ""
        self._has_formula = False
        self._run = Run()

    def take(self, event: Event) -> None:
        """The next tag of the sheet."""
        if event.kind == "start":
            self._start(event.name, event.attributes)
        elif event.name == "v":
            self._value = event.text
        elif event.name == "c":
            self._keep()
        self._run.take(event)

    def _start(self, name: str, given: Mapping[str, str]) -> None:
        if name == "c":
            row, column = _position(given.get("r", "")) or (self._row, self._column + 1)
            self._row, self._column = row, column
            self._given, self._value, self._has_formula, self._run = given, "", False, Run()
        elif name == "f":
            self._has_formula = True
        elif name == "row":
            self._row, self._column = whole(given.get("r", "")) or self._row + 1, 0
            if given.get("hidden", "0") not in NO or given.get("ht") == "0":
                self._hidden.add(self._row)
        elif name == "col" and (given.get("hidden", "0") not in NO or given.get("width") == "0"):
            first, last = whole(given.get("min", "")), whole(given.get("max", ""))
            if last - first < MOST_COLUMNS:
                self._shared.counter.take(max(0, last - first))
                self.hidden_columns.update(range(first, last + 1))
        elif name == "mergeCell":
            self._merged.append(_area(given))
        elif name == "autoFilter":
            top, _, bottom, _ = _area(given)
            self._ranges.append(range(top + 1, bottom + 1))
        elif name == "filterColumn":
            self._filtered += self._ranges[-1:]

    def _keep(self) -> None:
        style = whole(self._given.get("s", "0"))
        styled = self._shared.styles[style] if style < len(self._shared.styles) else Style()
        comment = self._comments.pop((self._row, self._column), "")
        cell = self._valued(Cell(self._row, self._column, "", is_struck=styled.is_struck, comment=comment), styled)
        if styled.colour and self._column <= COLOURED_COLUMNS and self._row <= COLOURED_ROWS:
            self._colours.setdefault(self._row, {})[self._column] = styled.colour
        if not cell.is_empty:
            self._shared.counter.take(text=len(cell.text))
            self._cells.setdefault(self._row, {})[self._column] = cell

    def _valued(self, cell: Cell, style: Style) -> Cell:
        kind, value = self._given.get("t", "n"), self._value
        if kind in ("inlineStr", "s"):
            return _texted(cell, self._run.text() if kind == "inlineStr" else self._shared.text(value))
        if kind == "e":
            return replace(cell, text=visible_text(value), trouble="error")
        if not value.strip():
            return replace(cell, trouble="formula") if self._has_formula else cell
        if kind == "n":
            return _numbered(cell, value, style, self._shared.epoch)
        return replace(cell, text=_other(kind, visible_text(value)))

    def rows(self) -> tuple[Row, ...]:
        """The rows that are not empty, comments on empty cells and the rest of merged ones put in."""
        for (row, column), comment in self._comments.items():
            cells = self._cells.setdefault(row, {})
            cells[column] = replace(cells.get(column, Cell(row, column, "")), comment=comment)
        numbers = sorted(self._cells)
        for top, left, bottom, _right in self._merged:
            if top in self._cells and left in self._cells[top]:
                for row in numbers[bisect_right(numbers, top) : bisect_right(numbers, bottom)]:
                    self._shared.counter.take()
                    self._cells[row].setdefault(left, Cell(row, left, "", trouble="merged"))
        return tuple(self._a_row(each) for each in numbers)

    def _a_row(self, number: int) -> Row:
        is_hidden = number in self._hidden
        is_filtered = is_hidden and any(number in each for each in self._filtered)
        cells = dict(sorted(self._cells[number].items()))
        return Row(number, cells, is_hidden, self._colours.get(number, {}), is_filtered)


def _texted(cell: Cell, text: Text) -> Cell:
    return replace(cell, text=visible_text(text.text), is_struck=cell.is_struck or text.is_struck)


def _other(kind: str, value: str) -> str:
    """What a cell shows that holds no number: a truth value, a date as ISO 8601 has it, or what a formula gave."""
    if kind == "b":
        return "WAAR" if value == "1" else "ONWAAR"
    return value[:10] if kind == "d" else value


def _numbered(cell: Cell, value: str, style: Style, epoch: date) -> Cell:
    try:
        number = float(value)
    except ValueError:
        return replace(cell, text=visible_text(value))
    if style.is_date and 1 <= number < 1 << 21:
        return replace(cell, text=(epoch + timedelta(days=int(number))).isoformat())
    whole = number.is_integer() and abs(number) < 1 << 53
    return replace(cell, text=str(int(number)) if whole else repr(number), is_number=True)


def _area(given: Mapping[str, str]) -> tuple[int, int, int, int]:
    """The top, left, bottom and right of what a tag names, such as `A1:S183`."""
    first, _, last = given.get("ref", "").partition(":")
    return *(_position(first) or (0, 0)), *(_position(last) or (0, 0))


def _position(reference: str) -> tuple[int, int] | None:
    """Row and column of `I302`."""
    found = _REFERENCE.fullmatch(reference)
    return (int(found[2]), column_of(found[1])) if found else None
