"""The rows of a sheet below its headings, each as a person sees it, and what is odd about a row as a whole."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

from tweeluik.sheets.codes import Codes
from tweeluik.sheets.crosses import crossed, is_crossed, with_crosses
from tweeluik.sheets.files.model import Cell, Row, Sheet, letter
from tweeluik.sheets.headings import AGREED, Columns, begins_other_list, find_columns
from tweeluik.sheets.misfits import Misfit
from tweeluik.source.asides import says_again
from tweeluik.source.value_types import TRUE
from tweeluik.words.folding import letters
from tweeluik.words.said import Said, said

_TOTAL = re.compile(r"(?:sub)?totaal\b", re.IGNORECASE)
_TOLD = 3
_SHOWN = 60
"""So many signs of a comment are given back."""


class Where(NamedTuple):
    """A row of a sheet, in the order of the file."""

    sheet: int
    row: int


@dataclass(frozen=True, repr=False)
class Line:
    """One row below the headings of its sheet."""

    where: Where
    sheet: Sheet
    columns: Columns
    row: Row
    other_list: int | None = None
    """The row of the sheet in which a list of the other kind begins."""

    @property
    def told(self) -> Said:
        """How a person finds it: `Partners, row 302`."""
        return said("{sheet}, row {row}", sheet=self.sheet.name, row=self.row.number)

    @cached_property
    def cells(self) -> Mapping[str, Cell]:
        """Every cell that is not empty, by the key of its column; it may have no value all the same."""
        found: dict[str, Cell] = {}
        for column, key in self.columns.keys.items():
            cell = self.row.cells.get(column)
            if cell is not None and (cell.text or cell.trouble) and column not in self.columns.crosses:
                found.setdefault(key, cell)
        for key, cell in crossed(self.row, self.columns.crosses):
            found.setdefault(key, cell)
        return found

    @property
    def is_agreed(self) -> bool:
        """Whether a person said that the row is to be taken, whatever is odd about it."""
        cell = self.cells.get("agreed")
        return cell is not None and letters(cell.text) in TRUE


class Part(NamedTuple):
    """A sheet that was read: its columns, and its rows below them that hold anything in a column that is known."""

    sheet: Sheet
    columns: Columns
    lines: tuple[Line, ...]


def read_parts(sheets: tuple[Sheet, ...], meant: Mapping[str, str], measures: Codes) -> Iterator[Part]:
    """Every sheet that can be seen and that holds organisations or conversations."""
    for at, sheet in enumerate(sheets):
        columns = find_columns(sheet, meant) if sheet.rows and not sheet.is_hidden else None
        if columns is not None:
            columns = with_crosses(sheet, columns, measures, meant)
            rows = [row for row in sheet.rows if row.number > columns.row]
            other = next((row.number for row in rows if begins_other_list(row, columns.kind)), None)
            yield Part(sheet, columns, tuple(Line(Where(at, row.number), sheet, columns, row, other) for row in rows))


def find_oddities(line: Line) -> Iterator[Misfit]:
    """Everything for which a row is not simply taken over. What may be agreed is left out once that is done."""
    for find in _ODDITIES:
        for each in find(line):
            if not (each.may_be_agreed and line.is_agreed):
                yield each


def _unless_agreed(what: str, detail: str = "") -> Misfit:
    """A row that is taken all the same where somebody says so."""
    return Misfit(said(what, column=AGREED), detail=detail, may_be_agreed=True)


def _hidden(line: Line) -> Iterator[Misfit]:
    if line.row.is_hidden:
        what = "the row is hidden: show it, or fill in ja under ‘{column}’"
        if line.row.is_filtered:
            what = "a filter hides the row: take the filter off and save, or fill in ja under ‘{column}’"
        yield replace(_unless_agreed(what), if_changed=True)


def _struck(line: Line) -> Iterator[Misfit]:
    struck = [cell for column, cell in line.row.cells.items() if cell.is_struck and column in line.columns.keys]
    if struck:
        where = ", ".join(cell.address for cell in struck[:_TOLD])
        what = "struck through: remove the line or the row, or fill in ja under ‘{column}’"
        yield _unless_agreed(what, where)


def _commented(line: Line) -> Iterator[Misfit]:
    for cell in line.row.cells.values():
        if cell.comment:
            text = cell.comment if len(cell.comment) <= _SHOWN else f"{cell.comment[:_SHOWN]}…"
            what = "there is a comment: do what it says, or fill in ja under ‘{column}’"
            yield _unless_agreed(what, f"{cell.address}: “{text}”")


def _without_value(line: Line) -> Iterator[Misfit]:
    told = {
        "formula": "a formula without its outcome: open the file in a spreadsheet program, and save it again",
        "error": "a formula that failed: fill in the value",
        "merged": "merged cells: split them, and fill in every row",
    }
    for column, cell in line.row.cells.items():
        if cell.trouble is not None and column in line.columns.keys:
            yield Misfit(said(told[cell.trouble]), column, detail=cell.address)


def _below_no_heading(line: Line) -> Iterator[Misfit]:
    loose = [cell for column, cell in line.row.cells.items() if cell.text and column not in line.columns.headings]
    if loose:
        where = ", ".join(cell.address for cell in loose[:_TOLD])
        what = "a value below no heading: put a heading above it, remove it, or fill in ja under ‘{column}’"
        yield _unless_agreed(what, where)


def _in_two_columns(line: Line) -> Iterator[Misfit]:
    for column, first in line.columns.again.items():
        one, other = line.row.cells.get(first), line.row.cells.get(column)
        if one is not None and other is not None and other.text and letters(one.text) != letters(other.text):
            what = "two columns ({one} and {other}) do not say the same: keep one"
            yield Misfit(said(what, one=letter(first), other=letter(column)), column)


def _crossed_otherwise(line: Line) -> Iterator[Misfit]:
    for column, cross in line.columns.crosses.items():
        cell = line.row.cells.get(column)
        if cell is not None and cell.text and is_crossed(cell) is None:
            yield Misfit(said("neither a cross nor empty: put an x, or nothing"), column)
        elif (
            cell is not None
            and cell.text
            and any(line.row.cells[at].text for at in line.row.cells.keys() & line.columns.whole(cross.key))
        ):
            what = "a list and crosses for the same measures: keep one"
            yield Misfit(said(what), column)


def _again(line: Line) -> Iterator[Misfit]:
    for cell in line.cells.values():
        if says_again(cell.text):
            yield Misfit(said("it points at the row above: fill in the value itself"), cell.column, is_whole=True)


def _total(line: Line) -> Iterator[Misfit]:
    name, day = line.cells.get("name"), line.cells.get("date")
    if line.columns.kind == "partners" and name is not None and _TOTAL.match(name.text):
        yield Misfit(said("a total, no organisation: remove the row"), is_whole=True)
    is_dated = day is not None and any(sign.isdecimal() for sign in day.text)
    if line.columns.kind == "conversations" and not is_dated and any(
        _TOTAL.match(cell.text) for cell in line.cells.values()
    ):  # fmt: skip
        yield Misfit(said("a total, no conversation: remove the row"), is_whole=True)


def _headings(line: Line) -> Iterator[Misfit]:
    cells = [(column, cell.text) for column, cell in line.row.cells.items() if cell.text]
    if len(cells) > 1 and all(letters(text) == letters(line.columns.heading(column)) for column, text in cells):
        yield Misfit(said("the headings, once more: remove the row"), is_whole=True)


def _of_another_list(line: Line) -> Iterator[Misfit]:
    if line.other_list is not None and line.row.number >= line.other_list:
        what = "another list begins in row {row}: give it a sheet of its own"
        yield Misfit(said(what, row=line.other_list), is_whole=True)


_ODDITIES: tuple[Callable[[Line], Iterator[Misfit]], ...] = (
    _of_another_list,
    _total,
    _headings, _again, _hidden, _struck, _commented, _without_value, _below_no_heading, _in_two_columns,
    _crossed_otherwise,
)  # fmt: skip
