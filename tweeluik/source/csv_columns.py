"""CSV text -> records, by column: each distinct text of a column is read once, a place is made when somebody asks.

Only for a table in which nothing is wrong; of any other `csv_rows.py` tells what, cell by cell.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from io import StringIO
from itertools import islice
from typing import Protocol

from tweeluik.problems import Place
from tweeluik.source.csv_oddities import Cell
from tweeluik.source.csv_rows import Rows, entries, lists_of, node_of
from tweeluik.source.nodes import Entry
from tweeluik.source.nodes import Mapping as MappingNode
from tweeluik.source.reading import Found, Reading, Table
from tweeluik.source.schema import Field, Shape

AT_ONCE = 20_000
"""Rows that are held as cells at a time."""


_FORMULAS = re.compile('(?:^|[,;"])[#=+@]', re.MULTILINE)


class _MayBeWrong(Exception):
    """Something in the table needs a look at every cell."""


def read_columns(text: str, file: str, shape: Shape[object], reading: Reading) -> bool:
    """Whether all rows were read. If not, nothing was done."""
    # Line ends within cells, a last cell that is empty, and what a spreadsheet writes for a formula.
    if "\r" in text or text.endswith((",", ";")) or _FORMULAS.search(text):
        return False
    table = _Table(Rows(text, file), file, shape)
    try:
        found = list(table.read())
    except (_MayBeWrong, csv.Error):
        return False
    if not found:
        return False
    for each in found:
        reading.problems += (problem for rule in shape.rules for problem in rule(each))
        reading.found.setdefault(type(each.record), []).append(each)
    reading.tables.append(Table(found, table.codes))
    return True


class _Lines(Protocol):
    """What the standard library's reader is: rows, and how many lines it has read."""

    line_num: int

    def __iter__(self) -> Iterator[list[str]]: ...


class _Table:
    """A table that is being read."""

    def __init__(self, rows: Rows, file: str, shape: Shape[object]) -> None:
        self.rows, self.file, self._shape = rows, file, shape
        self.lists = lists_of(shape)
        self.names: list[str] = []
        self._values: dict[str, dict[str, object]] = defaultdict(dict)
        self._codes: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))

    @property
    def codes(self) -> Mapping[str, Mapping[str, frozenset[str]]]:
        """Per target and key the codes that were met."""
        return {target: {key: frozenset(codes) for key, codes in keys.items()} for target, keys in self._codes.items()}

    def read(self) -> Iterator[Found[object]]:
        """Every row as a record.

        Raises:
            _MayBeWrong, csv.Error: a row, or the header, is not as it should be.
        """
        reader = csv.reader(StringIO(self.rows.text, newline="\n"), delimiter=self.rows.delimiter, strict=True)
        self._read_header(next(reader, []))
        rows, position = self._filled(reader), 0
        while part := list(islice(rows, AT_ONCE)):
            lines = [line for line, _ in part]
            yield from self._records(lines, zip(*(cells for _, cells in part), strict=True), position)
            position += len(part)

    def _read_header(self, cells: list[str]) -> None:
        self.names = [cell.strip() for cell in cells]
        known = {each.key for each in self._shape.fields}
        required = {each.key for each in self._shape.fields if each.required}
        if len(set(self.names)) < len(self.names) or not required <= set(self.names) <= known:
            raise _MayBeWrong

    def _filled(self, reader: _Lines) -> Iterator[tuple[int, list[str]]]:
        """The rows that hold something, each with the line (from 1) on which it begins."""
        width, begins = len(self.names), reader.line_num + 1
        for cells in reader:
            if any(map(str.strip, cells)):
                if len(cells) != width:
                    raise _MayBeWrong
                yield begins, cells
            begins = reader.line_num + 1

    def _records(self, lines: list[int], columns: Iterator[tuple[str, ...]], position: int) -> Iterator[Found[object]]:
        by_name = dict(zip(self.names, columns, strict=True))
        values = [self._column(field, by_name.get(field.key), len(lines)) for field in self._shape.fields]
        keys = [each.into or each.key for each in self._shape.fields]
        for number, (line, row) in enumerate(zip(lines, zip(*values, strict=True), strict=True), start=position):
            place = Place(self.file, line, 1)
            record = self._shape.make(**dict(zip(keys, row, strict=True)), place=place)
            yield Found(record, MappingNode(place, _Cells(self, line)), f"[{number}]")

    def _column(self, field: Field, texts: tuple[str, ...] | None, number: int) -> list[object]:
        if texts is None:
            return [field.absent] * number
        known = self._values[field.key]
        for text in dict.fromkeys(texts):
            if text not in known:
                known[text] = self._value(field, text.strip())
        return [known[text] for text in texts]

    def _value(self, field: Field, text: str) -> object:
        if not text:
            if field.required:
                raise _MayBeWrong
            return field.absent
        alone = Reading()
        place = Place(self.file)
        value = field.kind.read(node_of(Cell(place, text), several=field.key in self.lists), field.key, alone)
        if value is None or alone.problems:
            raise _MayBeWrong
        for reference in alone.references:
            self._codes[reference.target][field.key].add(reference.code)
        return value


class _Cells(Mapping[str, Entry]):
    """The cells of a row, looked up in the text when somebody asks where they stand."""

    __slots__ = ("_line", "_table")

    def __init__(self, table: _Table, line: int) -> None:
        self._table, self._line = table, line

    def __repr__(self) -> str:
        return f"<cells at {self._table.file}:{self._line}>"

    def _entries(self) -> dict[str, Entry]:
        row = next(self._table.rows.split([], self._line - 1))
        return entries(self._table.names, row, self._table.lists)

    def __getitem__(self, key: str) -> Entry:
        return self._entries()[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries())

    def __len__(self) -> int:
        return len(self._entries())
