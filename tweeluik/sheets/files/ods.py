"""OpenDocument's `.ods` (LibreOffice) -> sheets. Rows and cells that it repeats are counted, not written out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from tweeluik.sheets.files.drawings import OPEN_DOCUMENT
from tweeluik.sheets.files.model import MOST_COLUMNS, Book, Cell, Counter, Row, Sheet, visible_text
from tweeluik.sheets.files.package import Event, Package

CONTENT = "content.xml"
MANIFEST = "META-INF/manifest.xml"
MEDIA_TYPE = b"application/vnd.oasis.opendocument.spreadsheet"

MOST_REPEATS = 1000
"""Equal cells beside or below each other that people make; what is repeated further fills the sheet to its edge."""

_SEEN, _FILTERED = "visible", "filter"
"""What a row that can be seen is called, and one that a filter hides for a while."""


def read_ods(package: Package) -> Book:
    """All sheets.

    Raises:
        Unreadable: it is no such file, or it holds too much.
    """
    reading = _Reading()
    for event in package.events(CONTENT):
        reading.take(event)
    return Book(tuple(reading.sheets))


class _Reading:
    """What has been read so far."""

    def __init__(self) -> None:
        self.sheets: list[Sheet] = []
        self._struck: set[str] = set()
        self._colours: dict[str, str] = {}
        self._row_colours: dict[int, str] = {}
        self._hidden_sheets: set[str] = set()
        self._style = ""
        self._counter = Counter()
        self._sheet: Mapping[str, str] = {}
        self._rows: list[Row] = []
        self._hidden_columns: set[int] = set()
        self._columns = self._row = self._column = self._repeats = 0
        self._cells: dict[int, Cell] = {}
        self._spans: dict[int, int] = {}
        self._visibility = _SEEN
        self._given: Mapping[str, str] = {}
        self._paragraphs: list[str] = []
        self._comment: list[str] = []
        self._has_comment = self._is_in_comment = False
        self._shapes: list[str] = []
        self._on_sheet: list[str] = []
        self._part: list[str] = []
        self._spans_struck = False

    def take(self, event: Event) -> None:
        """The next tag."""
        self._part.append(event.text)
        if event.kind == "start":
            self._start(event.name, event.attributes)
        else:
            self._end(event.name)

    # --- tags ---------------------------------------------------------------------------------------------------------

    def _start(self, name: str, given: Mapping[str, str]) -> None:
        if name == "table":
            self._begin_sheet(given)
        elif name == "table-column":
            self._take_column(given)
        elif name == "table-row":
            self._begin_row(given)
        elif name in ("table-cell", "covered-table-cell"):
            self._given, self._paragraphs, self._spans_struck = given, [], False
            self._comment, self._on_sheet, self._has_comment = self._on_sheet, [], False
        elif name == "annotation":
            self._is_in_comment = self._has_comment = True
        elif name in OPEN_DOCUMENT:
            self._counter.take()
            self._shapes.append(name)
        else:
            self._start_text(name, given)

    def _start_text(self, name: str, given: Mapping[str, str]) -> None:
        if name == "style":
            self._style = given.get("name", "")
        elif name == "text-properties" and given.get("text-line-through-style", "none") != "none":
            self._struck.add(self._style)
        elif name == "table-cell-properties" and given.get("background-color", "transparent") != "transparent":
            self._colours[self._style] = given["background-color"]
        elif name == "table-properties" and given.get("display") == "false":
            self._hidden_sheets.add(self._style)
        elif name == "p":
            self._part = []
        elif name == "span":
            self._spans_struck |= given.get("style-name", "") in self._struck
        elif name in ("s", "tab", "line-break"):
            self._part.append("\n" if name == "line-break" else " " * max(1, min(_count(given, "c"), 80)))

    def _end(self, name: str) -> None:
        if name == "p":
            self._place_of_text().append("".join(self._part))
        elif self._shapes and name == self._shapes[-1]:
            self._shapes.pop()
        elif name == "annotation":
            self._is_in_comment = False
        elif name in ("table-cell", "covered-table-cell"):
            self._end_cell(covered=name.startswith("covered"))
        elif name == "table-row":
            self._end_row()
        elif name == "table":
            hidden = self._sheet.get("style-name", "") in self._hidden_sheets
            self.sheets.append(
                Sheet(self._sheet.get("name", ""), tuple(self._rows), hidden, frozenset(self._hidden_columns))
            )

    def _place_of_text(self) -> list[str]:
        """Where a paragraph belongs; what is drawn on the sheet as a whole goes with its first cell."""
        if "shapes" in self._shapes:
            return self._on_sheet
        return self._comment if self._is_in_comment or self._shapes else self._paragraphs

    # --- sheets, columns, rows ----------------------------------------------------------------------------------------

    def _begin_sheet(self, given: Mapping[str, str]) -> None:
        self._sheet, self._rows, self._hidden_columns, self._on_sheet = given, [], set(), []
        self._columns = self._row = 0
        self._spans = {}

    def _take_column(self, given: Mapping[str, str]) -> None:
        repeats = max(1, _count(given, "number-columns-repeated"))
        if given.get("visibility", _SEEN) != _SEEN:
            self._counter.take(min(repeats, MOST_COLUMNS))
            self._hidden_columns.update(range(self._columns + 1, self._columns + 1 + min(repeats, MOST_COLUMNS)))
        self._columns += repeats

    def _begin_row(self, given: Mapping[str, str]) -> None:
        self._row += 1
        self._column, self._cells, self._row_colours = 0, {}, {}
        self._repeats = max(1, _count(given, "number-rows-repeated"))
        self._visibility = given.get("visibility", _SEEN)

    def _end_row(self) -> None:
        if self._cells and self._repeats <= MOST_REPEATS:
            text = sum(len(cell.text) for cell in self._cells.values())
            self._counter.take(len(self._cells) * self._repeats, text=text * self._repeats)
            for number in range(self._row, self._row + self._repeats):
                cells = {at: replace(cell, row=number) for at, cell in self._cells.items()}
                self._rows.append(self._a_row(number, cells))
        elif self._cells:
            self._rows.append(self._a_row(self._row, self._cells))
        self._row += self._repeats - 1

    def _a_row(self, number: int, cells: Mapping[int, Cell]) -> Row:
        is_hidden, is_filtered = self._visibility != _SEEN, self._visibility == _FILTERED
        return Row(number, cells, is_hidden, self._row_colours, is_filtered)

    # --- cells --------------------------------------------------------------------------------------------------------

    def _end_cell(self, *, covered: bool) -> None:
        repeats = max(1, _count(self._given, "number-columns-repeated"))
        cell = self._cell(self._column + 1)
        if _count(self._given, "number-rows-spanned") > 1 and not cell.is_empty:
            self._spans[self._column + 1] = self._row + _count(self._given, "number-rows-spanned") - 1
        if covered and self._row <= self._spans.get(self._column + 1, 0):
            cell = replace(cell, trouble="merged")
        colour = self._colours.get(self._given.get("style-name", ""))
        if colour is not None and repeats <= MOST_REPEATS:
            self._row_colours.update(dict.fromkeys(range(self._column + 1, self._column + 1 + repeats), colour))
        if not cell.is_empty:
            for column in range(self._column + 1, self._column + 1 + min(repeats, MOST_REPEATS)):
                self._counter.take(text=len(cell.text))
                self._cells[column] = replace(cell, column=column)
        self._column += repeats

    def _cell(self, column: int) -> Cell:
        given, text = self._given, visible_text("\n".join(self._paragraphs))
        comment = " ".join(" ".join(self._comment).split()) or ("…" if self._has_comment else "")
        struck = self._spans_struck or given.get("style-name", "") in self._struck
        cell = Cell(self._row, column, text, is_struck=struck, comment=comment)
        kind = given.get("value-type", "")
        if given.get("calcext:value-type") == "error" or (given.get("formula") and text.startswith(("#", "Err:"))):
            return replace(cell, trouble="error")
        if kind == "date" and given.get("date-value"):
            return replace(cell, text=given["date-value"][:10])
        if kind == "boolean":
            return replace(cell, text="WAAR" if given.get("boolean-value") == "true" else "ONWAAR")
        if kind == "float" and given.get("value"):
            return replace(cell, text=_number(given["value"]), is_number=True)
        if given.get("formula") and not text and kind != "string":
            return replace(cell, trouble="formula")
        return cell


def _number(value: str) -> str:
    try:
        number = float(value)
    except ValueError:
        return value
    return str(int(number)) if number.is_integer() and abs(number) < 1 << 53 else repr(number)


def _count(given: Mapping[str, str], key: str) -> int:
    text = given.get(key, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0  # noqa: PLR2004 - fits anywhere
