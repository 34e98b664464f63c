"""What everyone can work out about the numbers that an edition does not show exactly, for people to read."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypedDict

from tweeluik.public.intervals import Key, key_of
from tweeluik.public.words import words
from tweeluik.record.cell import Content, Rounded, Shown
from tweeluik.record.labels import label_of
from tweeluik.record.model import Release, ReleasedTable
from tweeluik.words.wording import NOT_SHOWN


@dataclass(frozen=True, slots=True)
class Line:
    """One number: of whom, what the edition says, and the least and the greatest that two tables show.

    `less`, `more`: it may be less or more than that; nobody worked out how much, or nothing published bounds it.
    """

    label: str
    said: str
    low: int
    high: int
    less: bool
    more: bool


@dataclass(frozen=True, slots=True)
class Knowable:
    """An edition, and per table with such numbers its lines."""

    release: Release
    tables: tuple[tuple[ReleasedTable, tuple[Line, ...]], ...]


def knowable(release: Release, proof: bytes) -> Knowable:
    """From the public record and its public certificate."""
    found = _numbers(json.loads(proof))
    tables = ((table, tuple(_lines(release, table, found))) for table in release.tables)
    return Knowable(release, tuple((table, lines) for table, lines in tables if lines))


class _RawProof(TypedDict):
    numbers: list[tuple[str, list[tuple[str, str]]]]
    tables: list[list[int]]
    shown: list[tuple[int, int, bool, bool]]


def _numbers(raw: _RawProof) -> Mapping[Key, tuple[int, int, bool, bool]]:
    columns = zip(raw["numbers"], zip(*raw["tables"], strict=True), raw["shown"], strict=True)
    return {
        (counts, frozenset((name, code) for name, code in pairs)): (values[low], values[high], less, more)
        for (counts, pairs), values, (low, high, less, more) in columns
    }


def _lines(release: Release, table: ReleasedTable, found: Mapping[Key, tuple[int, int, bool, bool]]) -> Iterator[Line]:
    for codes, content in table.cells.items():
        number = found.get(key_of(table, codes))
        if number is not None:
            yield Line(label_of(table, codes), _said(release, content), *number)


def _said(release: Release, content: Content) -> str:
    match content:
        case Rounded(value):
            return f"{words(release).text('point.about')}{value}"
        case Shown(value):
            return str(value)
        case _:
            return NOT_SHOWN
