"""CSV as spreadsheet programs in the Netherlands write it -> one sheet.

UTF-8 with or without a mark, UTF-16 ("Unicode-tekst"), or the code page of Windows; semicolons, commas, tabs or bars
between the cells, or what a line `sep=;` says. Rows are counted as a spreadsheet program counts them.
"""

from __future__ import annotations

import csv
import io

from tweeluik.sheets.files.model import Book, Cell, Counter, Row, Sheet, Unreadable, visible_text

_SEPARATORS = ";,\t|"
_LONGEST_CELL = 1 << 17


def read_delimited(data: bytes, name: str) -> Book:
    """The one sheet.

    Raises:
        Unreadable: a quoted cell does not end, or it is no text.
    """
    text = _decoded(data)
    separator, text, first = _separator(text)
    counter, rows = Counter(), []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    number = first
    try:
        for number, values in enumerate(reader, first):
            cells = {at: Cell(number, at, visible_text(value)) for at, value in enumerate(values, 1)}
            filled = {at: cell for at, cell in cells.items() if not cell.is_empty}
            counter.take(len(filled))
            if filled:
                rows.append(Row(number, filled))
    except csv.Error:
        what = f"a cell between quotes that does not end, or goes on behind them, below row {number}"
        raise Unreadable(what, "look at the quotes; write a quote within quotes twice") from None
    return Book((Sheet(name, tuple(rows)),))


def _decoded(data: bytes) -> str:
    """The text, and what cannot be read in it as U+FFFD, so that the row it stands in is given back."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    if (sample := data[:512]).count(0) > len(sample) // 4:
        return data.decode("utf-16-le" if sample[1:2] == b"\0" else "utf-16-be", "replace")
    if b"\0" in data:
        raise Unreadable("not text", "save it as .xlsx, .ods or .csv")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _separator(text: str) -> tuple[str, str, int]:
    """What stands between the cells, the text without a line that says so, and the number of its first row."""
    line, _, rest = text.partition("\n")
    said = line.strip().strip('"').lower()
    if said.startswith("sep=") and len(said) <= len("sep=;"):
        separator = said[4:] or "\t"  # a tab at the end went with the spaces
        return (separator, rest, 2) if separator in _SEPARATORS else (_most_frequent(rest), rest, 2)
    return _most_frequent(text), text, 1


def _most_frequent(text: str) -> str:
    """The sign that stands most often between the cells of the first lines, outside quotes."""
    counts = dict.fromkeys(_SEPARATORS, 0)
    is_quoted, lines = False, 0
    for sign in text[:_LONGEST_CELL]:
        if sign == '"':
            is_quoted = not is_quoted
        elif not is_quoted and sign in counts:
            counts[sign] += 1
        elif not is_quoted and sign == "\n" and any(counts.values()):
            lines += 1
            if lines == 3:  # noqa: PLR2004 - a title, a heading and a row
                break
    return max(counts, key=counts.__getitem__)
