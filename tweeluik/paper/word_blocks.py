"""What a document for Word consists of: paragraphs in named styles, tables with heads, bar charts with a text.

Nothing here says what anything looks like: that is in the styles, which stand in one part of the file.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

TITLE, HEADING, TEXT, LEAD, BULLET, TABLE_TEXT, CAPTION, NOTICE, FACT, FOOT = (
    "Title", "Heading1", "BodyText", "Subtitle", "ListBullet", "TableText", "Caption", "Notice", "Fact", "Footer"
)  # fmt: skip
"""Styles of paragraphs, by their ids."""

STRONG, HIDDEN, RANGE, MARK = "Strong", "NotShown", "Range", "NoteMark"
"""Styles of characters."""

TABLE_STYLE = "DataTable"

STYLES = frozenset({
    TITLE, HEADING, TEXT, LEAD, BULLET, TABLE_TEXT, CAPTION, NOTICE, FACT, FOOT, STRONG, HIDDEN, RANGE, MARK,
    TABLE_STYLE,
})  # fmt: skip
"""All that the part with the styles must have."""


@dataclass(frozen=True, slots=True)
class Run:
    """Text in one style of characters; none: that of its paragraph."""

    text: str
    style: str = ""


Text = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Text in a style. `keeps`: it stays on the page of what follows."""

    text: Text
    style: str = TEXT
    keeps: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a table: its head, then its other cells."""

    head: Text
    cells: tuple[Text, ...]
    is_total: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """One row of heads, which every page repeats; the first cell of a row is its head. `title` and `text` tell it."""

    title: str
    text: str
    heads: tuple[Text, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar with its label: what it surely has, and how much more it may have."""

    label: str
    low: int
    more: int


@dataclass(frozen=True, slots=True)
class BarChart:
    """Bars below each other. `most`: the length of the longest there can be, so that charts in a row have one scale."""

    title: str
    text: str
    keys: tuple[str, str]
    bars: tuple[Bar, ...]
    most: int

    @property
    def has_bands(self) -> bool:
        """Whether anything is not exact."""
        return any(bar.more for bar in self.bars)


Block = Paragraph | Table | BarChart


@dataclass(frozen=True, slots=True)
class Colours:
    """What charts are drawn with, as `RRGGBB`: a bar and its line, a band, text and the line at zero."""

    accent: str
    soft: str
    ink: str


@dataclass(frozen=True, slots=True)
class Section:
    """Pages of one shape. `lies`: on their long side."""

    blocks: tuple[Block, ...]
    lies: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """A document. `foot` stands on every page, before the words around the number of the page and of all pages."""

    title: str
    subject: str
    author: str
    comment: str
    day: date
    foot: str
    page_of: tuple[str, str]
    sections: tuple[Section, ...]
    colours: Colours
