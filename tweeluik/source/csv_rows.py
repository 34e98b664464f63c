"""CSV text -> nodes with places: one mapping per row, as if it were YAML.

Comma or semicolon between the cells, as the header tells; within a cell that holds a list, a semicolon.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import islice, pairwise

from tweeluik.problems import Place, Problem
from tweeluik.source.csv_oddities import Cell, find_oddity
from tweeluik.source.dutch_words import key_of
from tweeluik.source.nodes import Entry, Listing, Mapping, Node, Scalar
from tweeluik.source.schema import Shape
from tweeluik.source.slips import find_parting
from tweeluik.source.suggest import closest
from tweeluik.source.value_types import Many
from tweeluik.words.merged import MERGED, merged_at

PARTED_OTHERWISE = (
    "a row whose cells are parted otherwise than the headings", "part all rows of a table in the same way",
)  # fmt: skip
_OTHERWISE = re.compile(r'"(?:[^"\n]|"")*"[ ]*[,;\t|]')
"""A cell whose quotes are closed, and behind it a sign that parts none."""

_TITLES = 5
"""So many rows below the first are looked at for the headings."""


def read_csv(text: str, file: str, shape: Shape[object]) -> tuple[Listing | None, tuple[Problem, ...]]:
    """The rows as a list of mappings, and what is wrong with them. No list: the header cannot be used."""
    if (marked := merged_at(text.split("\n"))) is not None:
        return None, (Problem(Place(file, marked + 1, 1), "", *MERGED),)
    if (wrong := find_parting(text)) is not None:
        return None, (Problem(Place(file, 1, 1), "", *wrong),)
    problems: list[Problem] = []
    rows = split_rows(text, file, problems)
    header = next(rows, None)
    if header is None:
        return None, (Problem(Place(file), "", "the file is empty", "fill it, or remove it"),)
    if not _names(header, shape) and any(len(_names(row, shape)) > 1 for row in islice(rows, _TITLES)):
        return None, (Problem(header[0].place, "", "a row above the headings", "the first row names the columns"),)
    _check_header(header, shape, problems)
    if problems:
        return None, tuple(problems)
    items = tuple(_row(header, row, shape) for row in rows if _is_record(header, row, shape, problems))
    if not items and not problems:
        problems.append(Problem(Place(file), "", "the file has no rows", "fill it, or remove it"))
    return Listing(Place(file, 1, 1), items), tuple(problems)


def _names(row: list[Cell], shape: Shape[object]) -> set[str]:
    """The columns that a row names, in English or in Dutch."""
    known = {each.key for each in shape.fields}
    return {cell.text for cell in row if cell.text in known or key_of(cell.text, known)}


def split_rows(text: str, file: str, problems: list[Problem]) -> Iterator[list[Cell]]:
    """The rows that are not empty (RFC 4180)."""
    return Rows(text, file).split(problems)


class Rows:
    """The text of a file, to be split into rows from any line on; the first line tells what parts its cells."""

    def __init__(self, text: str, file: str) -> None:
        self.text, self._file = text, file
        first = text.partition("\n")[0]
        self.delimiter = max(",;", key=first.count)
        apart = self.delimiter
        self._cell = re.compile(rf'(?:"((?:[^"]|"")*)"|([^"{apart}\n][^{apart}\n]*|))({apart}|\n|\Z)')

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(found.end() for found in re.finditer("\n", self.text))]

    def split(self, problems: list[Problem], line: int = 0) -> Iterator[list[Cell]]:
        """The rows that are not empty, from a line (counted from 0) on which a row begins."""
        text, starts = self.text, self._starts
        row: list[Cell] = []
        position = starts[line]
        while position < len(text):
            while line + 1 < len(starts) and starts[line + 1] <= position:
                line += 1
            place = Place(self._file, line + 1, position - starts[line] + 1)
            found = self._cell.match(text, position)
            if found is None:
                is_whole = _OTHERWISE.match(text, position) is not None
                told = PARTED_OTHERWISE if is_whole else ("a quoted cell that does not end", "close the quotes")
                problems.append(Problem(place, "", *told))
                return
            quoted, plain, end = found.groups()
            row.append(Cell(place, plain.strip() if quoted is None else quoted.replace('""', '"').strip()))
            position = found.end()
            if end != self.delimiter or position == len(text):
                if any(each.text for each in row):
                    yield row
                row = []


def _check_header(header: list[Cell], shape: Shape[object], problems: list[Problem]) -> None:
    known = {each.key for each in shape.fields}
    names = [cell.text for cell in header]
    meant, seen = set[str](), set[str]()
    for cell in header:
        if not cell.text:
            problems.append(Problem(cell.place, "", "a column without a heading", "name it, or remove the column"))
        elif cell.text not in known:
            free = known - {*names} - meant if cell.text not in seen else set[str]()
            meant |= _report_unknown(cell, free, known, problems)
        elif cell.text in seen:
            problems.append(Problem(cell.place, "", "a column that is there already", "remove one of the two"))
        seen.add(cell.text)
    missing = (each.key for each in shape.fields if each.required and each.key not in {*names, *meant})
    problems += (Problem(header[0].place, "", f"the column '{key}' is missing") for key in missing)


def _report_unknown(cell: Cell, free: set[str], known: Iterable[str], problems: list[Problem]) -> set[str]:
    """Tell of a heading that is none; the key that was meant with it."""
    english = key_of(cell.text, free)
    close = english or closest(cell.text, free)
    others = f"a table has no other columns than {', '.join(sorted(known))}"
    cure = f"write it as '{english}'" if english else f"did you mean '{close}'?" if close else others
    problems.append(Problem(cell.place, "", "unknown column", cure))
    return {close} if close else set()


def _is_record(header: list[Cell], row: list[Cell], shape: Shape[object], problems: list[Problem]) -> bool:
    odd = _parted_otherwise(header, row) or find_oddity(header, row, shape)
    if odd is not None:
        problems.append(odd)
        return False
    return _fits(header, row, problems)


def _parted_otherwise(header: list[Cell], row: list[Cell]) -> Problem | None:
    """A row of another file, pasted below: what parts its cells is not what parts the headings."""
    (cell, *more) = row
    if more or not any(cell.text.count(sign) == len(header) - 1 for sign in ",;\t"):
        return None
    return Problem(cell.place, "", *PARTED_OTHERWISE)


def _fits(header: list[Cell], row: list[Cell], problems: list[Problem]) -> bool:
    if len(row) == len(header):
        return True
    too_many = (
        "part the ids and codes in one cell with semicolons; put any other cell with the delimiter in it between quotes"
    )
    hint = too_many if len(row) > len(header) else "write the delimiters of empty cells too"
    problems.append(Problem(row[0].place, "", f"a row of {len(row)} cells below a header of {len(header)}", hint))
    return False


def _row(header: list[Cell], row: list[Cell], shape: Shape[object]) -> Mapping:
    return Mapping(row[0].place, entries([name.text for name in header], row, lists_of(shape)))


def lists_of(shape: Shape[object]) -> frozenset[str]:
    """The keys of a shape that hold a list: in a cell a semicolon stands between its items."""
    return frozenset(each.key for each in shape.fields if isinstance(each.kind, Many))


def entries(names: Sequence[str], row: Iterable[Cell], lists: Container[str]) -> dict[str, Entry]:
    """The cells of a row that hold something, by the names of their columns."""
    return {
        name: Entry(cell.place, node_of(cell, several=name in lists))
        for name, cell in zip(names, row, strict=True)
        if cell.text
    }


def node_of(cell: Cell, *, several: bool) -> Node:
    """One text, or a list of the texts between semicolons."""
    if not several:
        return Scalar(cell.place, cell.text, "text")
    cuts = [-1, *(found.start() for found in re.finditer(";", cell.text)), len(cell.text)]
    parts = (cell.text[start + 1 : end].strip() for start, end in pairwise(cuts))
    return Listing(cell.place, tuple(Scalar(cell.place, part, "text") for part in parts if part))
