"""Mechanical mistakes of a table in CSV: what parts its cells, and a heading, word or date in one cell."""

from __future__ import annotations

import csv
import re
from io import StringIO

from tweeluik.problems import Place, Problem
from tweeluik.source.csv_rows import Rows
from tweeluik.source.repairs import repair
from tweeluik.source.slips import BARS_APART, SEP_LINE, TABS_APART, find_parting, without_empty_columns
from tweeluik.source.tokens import Token

_ITEM = re.compile(r"\[(\d+)\]$")
_ROW = re.compile(r"^\[\d+\]\.")
_QUOTED = re.compile(r'"((?:[^"]|"")*)"')
_APART = ";"
"""What a Dutch Excel puts between cells, and reads."""


def reshape(text: str) -> str | None:
    """The table with its cells parted as they should be; None when there is nothing to do."""
    without = text.partition("\n")[2] if find_parting(text) == SEP_LINE else text
    without = without_empty_columns(without) or without
    sign = {TABS_APART: "\t", BARS_APART: "|"}.get(find_parting(without) or ("", ""))
    if sign is not None:
        without = _with_semicolons(without, sign)
    return None if without == text else without


def _with_semicolons(text: str, sign: str) -> str:
    written = StringIO(newline="")
    rows = csv.reader(StringIO(text, newline=""), delimiter=sign)
    csv.writer(written, delimiter=_APART, lineterminator="\n").writerows(rows)
    return written.getvalue()


def repair_cell(header: str, line: str, problem: Problem) -> str | None:
    """The line of a table without a problem in one of its cells; None where that is not mechanical.

    Args:
        header: the first line of the table, which says what parts its cells.
        line: the line.
        problem: what is wrong, with the place of its cell.
    """
    apart, start = Rows(header, "").delimiter, problem.place.column - 1
    quoted = _QUOTED.match(line, start)
    end = quoted.end() if quoted else next((at for at in range(start, len(line)) if line[at] == apart), len(line))
    if quoted is None and line[start:end].startswith('"'):
        return None
    cell = quoted[1].replace('""', '"') if quoted else line[start:end]
    fresh = _mended(cell, problem)
    if fresh is None:
        return None
    needs_quotes = bool(quoted) or any(sign in fresh for sign in (apart, '"'))
    written = '"' + fresh.replace('"', '""') + '"' if needs_quotes else fresh
    return f"{line[:start]}{written}{line[end:]}"


def _mended(cell: str, problem: Problem) -> str | None:
    """The text of a cell, or of the one item in it that is wrong."""
    item = _ITEM.search(_ROW.sub("", problem.path))
    if item is None:
        return _without(cell, problem)
    parts = cell.split(";")
    filled = [at for at, each in enumerate(parts) if each.strip()]
    if int(item[1]) >= len(filled):
        return None
    at = filled[int(item[1])]
    fresh = _without(parts[at], problem)
    return None if fresh is None else ";".join((*parts[:at], fresh, *parts[at + 1 :]))


def _without(text: str, problem: Problem) -> str | None:
    """As in YAML, where it would be a value at the start of its line; quotes of YAML are none of CSV."""
    bare = text.strip()
    mended = repair(bare, Problem(Place("", 1, 1), problem.path, problem.what, problem.hint))
    return None if mended is None else text.replace(bare, Token("", mended, "").bare)
