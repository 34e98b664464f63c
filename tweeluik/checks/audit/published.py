"""The public record of every edition, as a stranger reads it from the finished files."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import product
from typing import NotRequired, TypedDict

from tweeluik.problems import Place, Problem
from tweeluik.record.cell import TOTAL, Codes
from tweeluik.record.log import PUBLIC, parse_public

Key = tuple[str, str, frozenset[tuple[str, str]]]
"""Edition, what is counted, the (dimension, code) pairs without totals: cells with one key hold the same records."""

SCHEMAS = frozenset({"tweeluik-release-1", "tweeluik-release-2"})
"""The formats of public records: the first is from before the log."""

STATUSES = frozenset({"shown", "rounded", "suppressed"})

NOT_SHOWN = "niet getoond"
TOTAL_LABEL = "Totaal"
"""What pages and downloads write for a hidden number and for a total."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A published cell: a number with its status, or no number; `named`: in how many everybody knows by name."""

    value: int | None
    status: str
    named: int = 0


@dataclass(frozen=True, slots=True)
class Side:
    """A dimension of a table: labels and parents by code, without the total."""

    name: str
    partition: bool
    labels: Mapping[str, str]
    parents: Mapping[str, str]
    plurals: tuple[str, ...] = ()
    """What sentences call all of a category, where they have a word for it."""


@dataclass(frozen=True, slots=True)
class Table:
    """A published table; `cells` holds every combination of codes and totals."""

    id: str
    title: str
    counts: str
    sides: tuple[Side, ...]
    cells: Mapping[Codes, Cell]


Period = tuple[str, str]
"""The first day and the last one that the data reach, as 2025-01-01: the days that numbers are about."""


@dataclass(frozen=True, slots=True)
class Edition:
    """What `release.json` of a version says that numbers can be worked out from; `texts` is all else that it says.

    `named`, `struck`: how many names stand in it, and how many stood there once. `number`: its line in the log; None:
    it is not out yet.
    """

    id: str
    version: int
    folder: str
    period: Period
    threshold: int
    base: int
    named: int
    tables: tuple[Table, ...]
    texts: tuple[str, ...]
    status: str = "final"
    as_of: str = ""
    struck: int = 0
    number: int | None = None

    def is_out_before(self, other: Edition) -> bool:
        """Whether it was out when another went out."""
        return self.number is not None and (other.number is None or self.number < other.number)

    @property
    def publication(self) -> tuple[str, int]:
        """The edition and its version."""
        return self.id, self.version

    @property
    def by_id(self) -> Mapping[str, Table]:
        """The tables by their ids."""
        return {table.id: table for table in self.tables}

    def key(self, table: Table, codes: Codes) -> Key:
        """Which set of records a cell counts."""
        sides = zip(table.sides, codes, strict=True)
        return self.id, table.counts, frozenset((side.name, code) for side, code in sides if code != TOTAL)


_SUPERSEDED = re.compile(r"edities/[^/]+/versie-[1-9][0-9]*(?=/)")


class _Unreadable(Exception):
    """Something in a record is not what its format promises."""


def read_editions(files: Mapping[str, bytes]) -> tuple[tuple[Edition, ...], tuple[Problem, ...]]:
    """Every edition under `edities/`, by name, and what is wrong with those that cannot be read."""
    editions: list[Edition] = []
    problems: list[Problem] = []
    for name in sorted({path.split("/")[1] for path in files if path.startswith("edities/") and path.count("/") > 1}):
        _read(files, name, f"edities/{name}", editions, problems)
    return _numbered(editions, files), tuple(problems)


def read_superseded(files: Mapping[str, bytes]) -> tuple[tuple[Edition, ...], tuple[Problem, ...]]:
    """Every version that a later one took the place of, under `edities/<edition>/versie-<n>/`, likewise."""
    editions: list[Edition] = []
    problems: list[Problem] = []
    for folder in sorted({found[0] for path in files if (found := _SUPERSEDED.match(path))} - _leading(files)):
        _read(files, folder.split("/")[1], folder, editions, problems)
    return _numbered(editions, files), tuple(problems)


def _leading(files: Mapping[str, bytes]) -> frozenset[str]:
    """The folders of versions that nothing replaced yet: with a page that leads to the edition, and nothing else."""
    pages = {path.rpartition("/")[0] for path in files if _SUPERSEDED.match(path) and path.endswith("/index.html")}
    more = {path.rpartition("/")[0] for path in files if not path.endswith("/index.html")}
    return frozenset(pages - more)


def _numbered(editions: Iterable[Edition], files: Mapping[str, bytes]) -> tuple[Edition, ...]:
    """Each with its line in the log of the site."""
    number = {(entry.edition, entry.version): entry.number for entry in parse_public(files.get(PUBLIC, b"")) or ()}
    return tuple(replace(each, number=number.get(each.publication)) for each in editions)


def _read(files: Mapping[str, bytes], name: str, folder: str, editions: list[Edition], problems: list[Problem]) -> None:
    path = f"{folder}/release.json"
    try:
        editions.append(_edition(name, folder, _json(files, path)))
    except (_Unreadable, KeyError, TypeError, ValueError, AttributeError):
        problems.append(Problem(Place(path), "", "the public record cannot be read", "build the site again"))


class _RawSide(TypedDict):
    name: str
    partition: bool
    categories: list[dict[str, str]]


class _RawTable(TypedDict):
    id: str
    title: str
    counts: str
    dimensions: list[_RawSide]
    cells: list[dict[str, object]]


class _RawEdition(TypedDict):
    schema: str
    edition: str
    status: object
    as_of: NotRequired[object]
    version: int
    period: dict[str, str]
    threshold: int
    rounding_base: NotRequired[int]
    named: list[str]
    struck: NotRequired[list[str]]
    tables: list[_RawTable]


def _json(files: Mapping[str, bytes], path: str) -> _RawEdition:
    """What should be an edition: whatever is not as the types here say is found when it is used."""
    raw: _RawEdition = json.loads(files[path].decode(), object_pairs_hook=_once)
    return raw


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """An object whose keys differ: of two equal keys each reader might believe another."""
    found = dict(pairs)
    _need(len(found) == len(pairs))
    return found


def _need(holds: bool) -> None:
    if not holds:
        raise _Unreadable


def _number(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise _Unreadable
    return value


def _edition(name: str, folder: str, raw: _RawEdition) -> Edition:
    _need(raw["schema"] in SCHEMAS and raw["edition"] == name)
    base = _number(raw.get("rounding_base", 1))
    _need(base >= 1)
    tables = tuple(_table(each) for each in raw["tables"])
    _need(len({table.id for table in tables}) == len(tables))
    named = raw["named"]
    _need(isinstance(named, list))
    texts = tuple(sorted(set(_texts(raw))))
    threshold, version, status = _number(raw["threshold"]), _number(raw["version"]), str(raw["status"])
    first, as_of = str(raw["period"]["from"]), str(raw.get("as_of") or raw["period"]["until"])
    struck, period = raw.get("struck", []), (first, as_of)
    _need(isinstance(struck, list))
    return Edition(
        name, version, folder, period, threshold, base, len(named), tables, texts, status, as_of, len(struck)
    )  # fmt: skip


def _texts(raw: object) -> Iterator[str]:
    """Every text and number of a record outside its cells."""
    if isinstance(raw, dict):
        for name, value in raw.items():
            yield from () if name == "cells" else _texts(value)
    elif isinstance(raw, list):
        for value in raw:
            yield from _texts(value)
    else:
        yield str(raw)


def _table(raw: _RawTable) -> Table:
    sides = tuple(_side(each) for each in raw["dimensions"])
    names = [side.name for side in sides]
    cells = {tuple(str(each[name]) for name in names): _cell(each) for each in raw["cells"]}
    _need(len(set(names)) == len(names) and len(cells) == len(raw["cells"]))
    _need(set(cells) == set(addresses(sides)))
    _need(all(set(each) - {"named"} == {*names, "value", "status"} for each in raw["cells"]))
    return Table(str(raw["id"]), str(raw["title"]), str(raw["counts"]), sides, cells)


def _side(raw: _RawSide) -> Side:
    labels = {str(each["code"]): str(each["label"]) for each in raw["categories"]}
    _need(len(labels) == len(raw["categories"]) and TOTAL not in labels and isinstance(raw["partition"], bool))
    parents = {str(each["code"]): str(each["parent"]) for each in raw["categories"] if "parent" in each}
    plurals = tuple(str(each["plural"]) for each in raw["categories"] if "plural" in each)
    return Side(str(raw["name"]), raw["partition"], labels, parents, plurals)


def _cell(raw: Mapping[str, object]) -> Cell:
    status, value = str(raw["status"]), raw["value"]
    _need(status in STATUSES and (value is None) == (status == "suppressed"))
    named = _number(raw.get("named", 0))
    _need("named" not in raw or (named > 0 and status != "shown"))
    return Cell(None if value is None else _number(value), status, named)


def addresses(sides: tuple[Side, ...]) -> Iterator[Codes]:
    """The address of every cell of a table: categories in their order, the total last."""
    return product(*((*side.labels, TOTAL) for side in sides))


def written(value: int) -> str:
    """A number as a Dutch page writes it."""
    return f"{value:,}".replace(",", ".")
