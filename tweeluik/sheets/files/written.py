"""A spreadsheet to be written: sheets of text, and lists to choose from. The same one gives the same bytes."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field

LISTS = "Lijsten"
"""The sheet, out of sight, that holds the lists to choose from."""

EMPTY_ROWS = 500
"""So many rows below the filled ones have their lists too."""

_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a ZIP can hold; no file in it has one of its own."""

_UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LONGEST = 32_000
"""Signs that a cell can hold."""


@dataclass(frozen=True, slots=True, repr=False)
class Column:
    """How wide it is, in signs; and which list its cells choose from.

    `is_open`: other texts than those of the list may be typed.
    """

    heading: str
    width: int = 20
    choices: str | None = None
    is_open: bool = False


@dataclass(frozen=True, slots=True, repr=False)
class WrittenSheet:
    """A sheet: its columns, and its rows with a text per column."""

    name: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, repr=False)
class WrittenBook:
    """The sheets in their order, and the lists by name."""

    sheets: tuple[WrittenSheet, ...]
    lists: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def list_rows(self) -> tuple[tuple[str, ...], ...]:
        """The lists beside each other, as the rows of their sheet."""
        longest = max(map(len, self.lists.values()), default=0)
        return tuple(tuple(each[at] if at < len(each) else "" for each in self.lists.values()) for at in range(longest))


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
