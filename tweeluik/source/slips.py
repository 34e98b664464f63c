"""Slips of the keyboard in YAML, found in the lines themselves: a parser trips over them later, or not at all.

Only of a text that is no YAML; what stands here as a slip may be right elsewhere, between quotes for instance. And how
a spreadsheet program parts the cells of a table.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from typing import NamedTuple

from tweeluik.words.merged import MERGED, merged_at

HARD_SPACES = "\u00a0\u2000-\u200a\u202f\u205f\u3000"
"""As a part of a pattern: what looks like a space and is none."""

LONG_DASHES = "‐-―−﹘﹣－"  # noqa: RUF001 - that is what they are
"""As a part of a pattern: what a word processor makes of a hyphen."""

BULLETS = "•·●▪◦‣*"

NO_SPACE = ("a dash without a space behind it", "write '- ', with a space")
LONG = ("a long dash where a list item begins", "type a hyphen and a space")
BULLET = ("a bullet where a list item begins", "type a hyphen and a space")
HARD = ("a hard space", "type a plain space in its place")
CONTROL = ("a control character", "remove it")
NO_SPACE_BEHIND_COLON = ("a colon without a space behind it", "write it as 'key: value'")
OTHER_COLON = ("a colon of another kind", "write it as 'key: value'")
CUT = ("a text that is cut at ' #'", "put quotes around the text; or write a comment as '# …', with a space")
APOSTROPHE = ("an apostrophe in single quotes", "use double quotes around the text")
QUOTE = ("a quote in double quotes", "use single quotes around the text")
BEGINS = ("a text that begins with an apostrophe", "put double quotes around the text")
UNCLOSED = ("a quoted text that does not end", "close the quotes")
COLON = ("a colon where no key can be", "quote a text with ': ' in it, or align the key")
KEYS_ON_A_LINE = ("a colon where no key can be", "put braces around keys on one line: {from: …, until: …}")
DASH_BEHIND = ("a list on the line of its key", "begin it on the next line, or write it as [one, two]")
TAB = ("a tab", "indent with spaces")
OTHER_COMMENT = ("a comment in another notation", "write it as '# …'")
NO_VALUE = ("a dash or question mark where a value is meant", "write the value, or leave the key out")
EMPTY_COLUMNS = ("empty columns behind the table", "remove the delimiters at the end of the rows")
RULE = ("a line that only underlines or parts", "remove it")
OTHER_PROGRAM = ("a document of another program", "save it as plain text")
WHOLE_ROW = ("a row that is one cell between quotes", "remove the quotes at the ends of every row")
SEP_LINE = ("a line in which Excel says what parts the cells", "remove this line")
BARS_APART = ("bars between the cells", "save it as CSV, with semicolons or commas between the cells")
TABS_APART = ("tabs between the cells", "save it as CSV, with semicolons or commas between the cells")

_START = rf"^[ ]*(?:-[ {HARD_SPACES}]+)?"
_KEY = r"[A-Za-z_]\w*"
_VALUE = r"(?:(?<=: )|(?<=- )|(?<=\[)|(?<=, ))"
_SHORTENED = r"(?:[skntmr]|ns|tis|twas)\b"
"""Words that Dutch begins with an apostrophe: 's, 't, 'n. Before any other word it opens a text."""


_OTHER_PROGRAM = re.compile(r"\s*(?:<[!?A-Za-z]|\{\\rtf)")
_WHOLE_ROW = re.compile(r'"[^"\n]*[,;][^"\n]*"')
_SEP_LINE = re.compile("sep=.?[ ]*(?:\n|$)", re.IGNORECASE)


class Slip(NamedTuple):
    """Where, both counted from 0, what it is and what to do."""

    line: int
    column: int
    what: str
    cure: str


_PATTERNS: tuple[tuple[re.Pattern[str], tuple[str, str]], ...] = (
    (re.compile(r"^[ ]*(\t)"), TAB),
    (re.compile("(\ufeff)"), CONTROL),  # of a file that was pasted behind another
    (re.compile(r"^[ ]*(//)"), OTHER_COMMENT),
    (re.compile(rf"{_START}{_KEY}:[ ]+([-?]+)[ ]*$"), NO_VALUE),
    (re.compile(r"^(={3,}|~{3,}|_{3,}|\*{3,}|#{3,}=?)[ ]*$"), RULE),
    (re.compile(rf"^[ ]*([{LONG_DASHES}])\s*{_KEY}\s*:"), LONG),
    (re.compile(rf"^[ ]*([{re.escape(BULLETS)}])\s*{_KEY}\s*:"), BULLET),
    (re.compile(rf"^[ ]*(-){_KEY}:(?:\s|$)"), NO_SPACE),
    (re.compile(rf"^[ ]*([{HARD_SPACES}])"), HARD),
    (re.compile(rf"^[ ]*-[ ]*([{HARD_SPACES}])"), HARD),
    (re.compile(rf"{_START}{_KEY}[ ]*([{HARD_SPACES}])[ ]*:"), HARD),
    (re.compile(rf"{_START}{_KEY}[ ]*:[ ]*([{HARD_SPACES}])"), HARD),
    (re.compile(rf"{_START}{_KEY}[ ]*([=;；﹔：∶﹕])[ ]*\S"), OTHER_COLON),  # noqa: RUF001 - those are meant
    (re.compile(rf"{_START}{_KEY}(:)(?!//)[^\s:]"), NO_SPACE_BEHIND_COLON),
    (re.compile(rf"[{{,]\s*{_KEY}(:)(?!//)[^\s:,}}]"), NO_SPACE_BEHIND_COLON),
    (re.compile(rf"{_START}{_KEY}:[ ]+(-)[ ]"), DASH_BEHIND),
    (re.compile(rf"{_VALUE}'(?:[^']|'')*(')(?=\w)"), APOSTROPHE),
    (re.compile(rf'{_VALUE}"(?:[^"\\]|\\.)*(")(?=\w)'), QUOTE),
    (re.compile(rf"{_VALUE}(')(?={_SHORTENED})[^']*$"), BEGINS),
    (re.compile(rf"{_VALUE}(')(?=\w)[^']*$"), UNCLOSED),
    (re.compile(rf'{_VALUE}(")(?=\w)[^"]*$'), UNCLOSED),
    (re.compile(rf"{_START}{_KEY}:[ ]+[a-z_]+(:)[ ][^,:]+,[ ]+[a-z_]+:[ ][^,:]+$"), KEYS_ON_A_LINE),
    (re.compile(rf"[{{,]\s*{_KEY}:[ ]+[^\s\"'\[\]{{}},][^\"'\[\]{{}},]*(:)[ ]"), COLON),
    (re.compile(r"[\[{][^\]}\"']*[ ](#)[^\n]*[\]}]"), CUT),
)


def find_parting(text: str) -> tuple[str, str] | None:
    """What is wrong with how a table says what parts its cells."""
    first = text.partition("\n")[0]
    if without_empty_columns(text) is not None:
        return EMPTY_COLUMNS
    if _SEP_LINE.match(text):
        return SEP_LINE
    if _WHOLE_ROW.fullmatch(first):
        return WHOLE_ROW
    if any(sign in first for sign in ",;"):
        return None
    return TABS_APART if "\t" in first else BARS_APART if "|" in first else None


def without_empty_columns(text: str) -> str | None:
    """The table without the empty cells behind its last heading; None where it has none, or a row goes on there."""
    lines = text.split("\n")
    first = lines[0]
    apart = max(",;", key=first.count)
    columns = first.rstrip(f"{apart} ").count(apart) + 1
    rows = [_cells(line, apart) for line in lines]
    if columns == 1 or not any(len(row) > columns for row in rows) or any(map(str.strip, _behind(rows, columns))):
        return None
    cut = (
        _of_width(line, apart, columns) if len(row) > columns else line for line, row in zip(lines, rows, strict=True)
    )
    return "\n".join(cut)


def _of_width(line: str, apart: str, columns: int) -> str:
    filled = line.rstrip(f"{apart} ")
    return filled + apart * (columns - len(_cells(filled, apart)))


def _cells(line: str, apart: str) -> list[str]:
    if '"' not in line:
        return line.split(apart)
    try:
        return next(csv.reader([line], delimiter=apart), [])
    except csv.Error:
        return []


def _behind(rows: list[list[str]], columns: int) -> Iterator[str]:
    return (cell for row in rows for cell in row[columns:])


def find_other_program(text: str) -> tuple[str, str] | None:
    """What is wrong with a text that a word processor or a browser wrote; some of it can be read as YAML too."""
    return OTHER_PROGRAM if _OTHER_PROGRAM.match(text) else None


def find_slips(text: str, last: int) -> tuple[Slip, ...]:
    """The first slip of every line up to line `last` (from 0). The marks of a merge explain all else in a file."""
    if _OTHER_PROGRAM.match(text):
        return (Slip(0, 0, *OTHER_PROGRAM),)
    lines = text.split("\n")
    marked = merged_at(lines)
    if marked is not None:
        return (Slip(marked, 0, *MERGED),)
    return tuple(_find(lines[: last + 1]))


def _find(lines: list[str]) -> Iterator[Slip]:
    for number, line in enumerate(lines):
        if line.lstrip().startswith("#"):
            continue
        for pattern, told in _PATTERNS:
            found = pattern.search(line)
            if found is not None:
                yield Slip(number, found.start(1), *told)
                break
