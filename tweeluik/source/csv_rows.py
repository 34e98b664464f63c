"""CSV text -> nodes with places: one mapping per row, as if it were YAML.

Comma or semicolon between the cells, as the header tells; within a cell that holds a list, a semicolon.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from tweeluik.problems import Place, Problem
from tweeluik.source.dutch_words import key_of
from tweeluik.source.nodes import Entry, Listing, Mapping, Node, Scalar
from tweeluik.source.schema import Shape
from tweeluik.source.suggest import closest
from tweeluik.source.value_types import Many


class Cell(NamedTuple):
    """One cell of a row."""

    place: Place
    text: str

    def __repr__(self) -> str:
        return f"<a cell at {self.place}>"


def read_csv(text: str, file: str, shape: Shape[object]) -> tuple[Listing | None, tuple[Problem, ...]]:
    """The rows as a list of mappings, and what is wrong with them. No list: the header cannot be used."""
    problems: list[Problem] = []
    rows = split_rows(text, file, problems)
    header = next(rows, None)
    if header is None:
        return None, (Problem(Place(file), "", "the file is empty", "fill it, or remove it"),)
    _check_header(header, shape, problems)
    if problems:
        return None, tuple(problems)
    items = tuple(_row(header, row, shape) for row in rows if _fits(header, row, problems))
    if not items and not problems:
        problems.append(Problem(Place(file), "", "the file has no rows", "fill it, or remove it"))
    return Listing(Place(file, 1, 1), items), tuple(problems)


def split_rows(text: str, file: str, problems: list[Problem]) -> Iterator[list[Cell]]:
    """The rows that are not empty (RFC 4180)."""
    first = text.partition("\n")[0]
    delimiter = max(",;", key=first.count)
    cell = re.compile(rf'(?:"((?:[^"]|"")*)"|([^"{delimiter}\n][^{delimiter}\n]*|))({delimiter}|\n|\Z)')
    starts = [0, *(found.end() for found in re.finditer("\n", text))]
    row: list[Cell] = []
    position = line = 0
    while position < len(text):
        while line + 1 < len(starts) and starts[line + 1] <= position:
            line += 1
        place = Place(file, line + 1, position - starts[line] + 1)
        found = cell.match(text, position)
        if found is None:
            problems.append(Problem(place, "", "a quoted cell that does not end", "close the quotes"))
            return
        quoted, plain, end = found.groups()
        row.append(Cell(place, plain.strip() if quoted is None else quoted.replace('""', '"').strip()))
        position = found.end()
        if end != delimiter or position == len(text):
            if any(each.text for each in row):
                yield row
            row = []


def _check_header(header: list[Cell], shape: Shape[object], problems: list[Problem]) -> None:
    known = {each.key for each in shape.fields}
    names = [cell.text for cell in header]
    meant = set[str]()
    for position, cell in enumerate(header):
        if cell.text not in known:
            meant |= _report_unknown(cell, known - {*names} - meant, problems)
        elif cell.text in names[:position]:
            problems.append(Problem(cell.place, "", "a column that is there already"))
    missing = (each.key for each in shape.fields if each.required and each.key not in {*names, *meant})
    problems += (Problem(header[0].place, "", f"the column '{key}' is missing") for key in missing)


def _report_unknown(cell: Cell, free: set[str], problems: list[Problem]) -> set[str]:
    """Tell of a heading that is none; the key that was meant with it."""
    english = key_of(cell.text, free)
    close = english or closest(cell.text, free)
    cure = f"write it as '{english}'" if english else f"did you mean '{close}'?" if close else ""
    problems.append(Problem(cell.place, "", "unknown column", cure))
    return {close} if close else set()


def _fits(header: list[Cell], row: list[Cell], problems: list[Problem]) -> bool:
    if len(row) == len(header):
        return True
    too_many = "put a cell with the delimiter in it between quotes"
    hint = too_many if len(row) > len(header) else "write the delimiters of empty cells too"
    problems.append(Problem(row[0].place, "", f"a row of {len(row)} cells below a header of {len(header)}", hint))
    return False


def _row(header: list[Cell], row: list[Cell], shape: Shape[object]) -> Mapping:
    lists = {each.key for each in shape.fields if isinstance(each.kind, Many)}
    cells = zip(header, row, strict=True)
    entries = {name.text: Entry(cell.place, _node(cell, name.text in lists)) for name, cell in cells if cell.text}
    return Mapping(row[0].place, entries)


def _node(cell: Cell, several: bool) -> Node:
    if not several:
        return Scalar(cell.place, cell.text, "text")
    cuts = [-1, *(found.start() for found in re.finditer(";", cell.text)), len(cell.text)]
    parts = (cell.text[start + 1 : end].strip() for start, end in pairwise(cuts))
    return Listing(cell.place, tuple(Scalar(cell.place, part, "text") for part in parts if part))
