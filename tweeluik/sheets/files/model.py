"""A spreadsheet as a person sees it: sheets, rows by their number, cells by their letter, and what is hidden."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from tweeluik.problems import Place, Problem, SourceHasProblems

MOST_CELLS = 300_000
"""Cells with something in them. A list of thousands of organisations has a tenth of it; more is no list of these."""

MOST_TEXT = 16 * 1024 * 1024
"""Signs in all cells together; a text to which many cells refer counts in each of them."""

MOST_COLUMNS = 1 << 14
"""Of a sheet of Excel."""

Trouble = Literal["formula", "error", "merged"]
"""Why there is no value: a formula that was never worked out, one that failed, a cell that went up into another."""


_FAILED = re.compile(r"#(?:N/B|N/A|VERW!|REF!|NAAM\?|NAME\?|WAARDE!|VALUE!|DEEL/0!|DIV/0!|GETAL!|NUM!|LEEG!|NULL!)")
"""What Excel shows, in Dutch or in English, when a formula failed; a copy keeps it as text."""


class Unreadable(SourceHasProblems):
    """A file that is not what its name says, or that would cost more to read than a list can be worth."""

    def __init__(self, what: str, hint: str, *, file: str = "") -> None:
        super().__init__(Problem(Place(file), "", what, hint))
        self.what, self.hint = what, hint


@dataclass(frozen=True, slots=True, repr=False)
class Cell:
    """What stands in a cell, as text; dates as year-month-day. Rows and columns count from 1.

    `is_number`: it stands there as a number that nobody made a date or a text of.
    `is_struck`: it is struck through, all of it or a part.
    """

    row: int
    column: int
    text: str
    is_number: bool = False
    is_struck: bool = False
    comment: str = ""
    trouble: Trouble | None = None

    def __post_init__(self) -> None:
        if _FAILED.fullmatch(self.text):
            object.__setattr__(self, "trouble", "error")

    @property
    def address(self) -> str:
        """Such as `I302`."""
        return f"{letter(self.column)}{self.row}"

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing in it that could get lost."""
        return not self.text and self.trouble is None and not self.comment


@dataclass(frozen=True, slots=True, repr=False)
class Row:
    """A row that is not empty: its cells by column, without the empty ones; and its `colours`, of empty cells too.

    A colour is whatever the file calls it: only whether two are the same tells anything.
    `is_filtered`: it is hidden by a filter, that shows some rows for a while.
    """

    number: int
    cells: Mapping[int, Cell]
    is_hidden: bool = False
    colours: Mapping[int, str] = field(default_factory=dict)
    is_filtered: bool = False


@dataclass(frozen=True, slots=True, repr=False)
class Sheet:
    """One sheet; `rows` in their order, those that are empty left out."""

    name: str
    rows: tuple[Row, ...]
    is_hidden: bool = False
    hidden_columns: frozenset[int] = frozenset()


class Book(NamedTuple):
    """All sheets of a file, in their order, and the names of those that hold no cells (such as a chart)."""

    sheets: tuple[Sheet, ...]
    without_cells: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return f"<a book of {len(self.sheets)} sheets>"


def letter(column: int) -> str:
    """How spreadsheet programs call a column: A for 1, AA for 27."""
    found = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        found = chr(ord("A") + rest) + found
    return found


def column_of(letters: str) -> int:
    """The number of a column: 1 for A, 27 for AA; 0 when it is none."""
    number = 0
    for each in letters.upper():
        if not "A" <= each <= "Z":
            return 0
        number = number * 26 + ord(each) - ord("A") + 1
    return number


class Counter:
    """Counts cells while a file is read, and stops what cannot be a list."""

    def __init__(self) -> None:
        self._left = MOST_CELLS
        self._text = MOST_TEXT

    def take(self, number: int = 1, *, text: int = 0) -> None:
        """So many cells more, with so many signs.

        Raises:
            Unreadable: there are too many.
        """
        self._left -= number
        self._text -= text
        if self._left < 0 or self._text < 0:
            raise Unreadable(f"more than {MOST_CELLS} cells with something in them", "make a file of the list alone")


def visible_text(text: str) -> str:
    """Text without what nobody sees at its edges: spaces, hard spaces, line ends; within it spaces are left."""
    return text.strip(" \t\r\n\u00a0\u200b\ufeff\u202f").replace("\r\n", "\n").replace("\r", "\n")
