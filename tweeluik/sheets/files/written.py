"""A spreadsheet to be written: sheets of text, and lists to choose from. The same one gives the same bytes."""

from __future__ import annotations

import io
import re
import textwrap
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

LISTS = "Lijsten"
"""The sheet, out of sight, that holds the lists to choose from."""

EMPTY_ROWS = 500
"""So many rows below the filled ones have their lists too."""

_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a ZIP can hold; no file in it has one of its own."""

_UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LONGEST = 32_000
"""Signs that a cell can hold."""

_WIDEST = 44
"""Signs: to there a column grows with what stands in it; what is longer gets more lines."""

_ROOM = 2
"""Signs that a column has more than its longest text: letters are not all as wide as a digit, and bold ones wider."""

MARK = "Vertrouwelijk"
"""Stands above every printed page."""

HEADING_COLOUR, ASKED_COLOUR = "E3EAF2", "FFE699"
"""Behind headings; behind that of a column which somebody is to fill in."""

SCALE = 70
"""Percent: on paper a row takes few pages, and can be read."""


@dataclass(frozen=True, slots=True, repr=False)
class Column:
    """How wide it is at least, in signs; and which list its cells choose from.

    `is_open`: other texts than those of the list may be typed; so they may in a cell that has another text already.
    `is_asked`: this is what somebody is to fill in; its heading shows it.
    """

    heading: str
    width: int = 20
    choices: str | None = None
    is_open: bool = False
    is_asked: bool = False


@dataclass(frozen=True, slots=True, repr=False)
class WrittenSheet:
    """A sheet: its columns, and its rows with a text per column.

    `kept`: so many columns stay in sight when somebody goes to the right, as the headings do when somebody goes down.
    """

    name: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    kept: int = 0

    def lines(self, row: tuple[str, ...]) -> int:
        """How many lines a row needs, so that nothing of its texts is out of sight."""
        return max((_lines(text, each.width) for text, each in zip(row, self.columns, strict=False)), default=1)


@dataclass(frozen=True, slots=True, repr=False)
class WrittenBook:
    """The sheets in their order, and the lists by name."""

    sheets: tuple[WrittenSheet, ...]
    lists: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def choices(self, column: Column) -> tuple[str, ...]:
        """What the cells of a column choose from; nothing where the source has nothing to choose from yet."""
        return self.lists.get(column.choices or "", ())

    def is_closed(self, column: Column, text: str) -> bool:
        """Whether a cell with this text takes nothing but what its list offers."""
        return not column.is_open and (not text or text in self.choices(column))

    @property
    def list_rows(self) -> tuple[tuple[str, ...], ...]:
        """The lists beside each other, as the rows of their sheet."""
        longest = max(map(len, self.lists.values()), default=0)
        return tuple(tuple(each[at] if at < len(each) else "" for each in self.lists.values()) for at in range(longest))


def fitted(book: WrittenBook) -> WrittenBook:
    """The book with columns as wide as what stands in them, and as what can be chosen in them."""
    return replace(book, sheets=tuple(_fitted(each, book) for each in book.sheets))


def _fitted(sheet: WrittenSheet, book: WrittenBook) -> WrittenSheet:
    def longest(at: int, column: Column) -> int:
        chosen = () if column.is_open else book.choices(column)
        texts = (*chosen, *(row[at] for row in sheet.rows if at < len(row)))
        return max((len(column.heading) + 1, *map(len, texts)))

    columns = (
        replace(each, width=max(each.width, min(longest(at, each) + _ROOM, _WIDEST)))
        for at, each in enumerate(sheet.columns)
    )
    return replace(sheet, columns=tuple(columns))


def _lines(text: str, width: int) -> int:
    """Lines of a text in a column, where words go to the next line as a whole."""
    return sum(len(textwrap.wrap(each, max(1, width - 1))) or 1 for each in text.split("\n"))


def writable(text: str) -> str:
    """Text that a file of a spreadsheet program can hold."""
    return _UNWRITABLE.sub("\ufffd", text)[:_LONGEST]


def sheet_name(text: str) -> str:
    """A name that a sheet may have."""
    return re.sub(r"[\[\]:*?/\\']", " ", writable(text))[:31].strip() or "Blad"


def packed(members: Mapping[str, str]) -> bytes:
    """A packed file of these parts, in their order."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, text in members.items():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.create_system = 3  # otherwise the system that makes it shows
            entry.external_attr = 0o644 << 16
            entry.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(entry, text.encode())
    return file.getvalue()
