"""`release.json`: the whole public record of one version as canonical JSON, and back.

The same release always gives the same bytes: UTF-8, keys in a fixed order, cells in the order of the categories.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from functools import lru_cache
from hashlib import sha256
from typing import Any, NotRequired, TypedDict

from tweeluik.record.cell import Codes, Content, Rounded, Shown, Suppressed
from tweeluik.record.model import (
    Category,
    Correction,
    Dimension,
    Imprint,
    Note,
    Notice,
    Parliament,
    Reference,
    Release,
    ReleasedTable,
    addresses,
)
from tweeluik.record.names import commitments
from tweeluik.record.schema import FIRST_SCHEMA, SCHEMA, first_schema, release_schema
from tweeluik.record.validation import NotThisShape, read_json


class NotARecord(Exception):
    """The bytes are not a public record in the format of `SCHEMA`. Holds no part of them."""


class _This:
    """A release as the very object that it is, to be found again by that and by nothing that takes longer."""

    __slots__ = ("release",)

    def __init__(self, release: Release) -> None:
        self.release = release

    def __hash__(self) -> int:
        return id(self.release)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _This) and self.release is other.release


def serialise(release: Release) -> bytes:
    """The bytes of `release.json`, ending in a line feed."""
    return _serialised(_This(release))


@lru_cache(maxsize=64)
def _serialised(this: _This) -> bytes:
    """Of a release, which never changes; one build asks a dozen times, and a preview at every change."""
    return _file(_release(this.release))


def parse_own(data: bytes) -> Release:
    """A release from bytes that `serialise` made in this run: what made them need not be asked for its shape."""
    return _parse_release(json.loads(data))


def parse(data: bytes) -> Release:
    """A release from the bytes that `serialise` makes.

    Raises:
        NotARecord: the bytes are anything else, also when `serialise` would not give the same bytes back.
    """
    # Which of the two formats it is, must stand in the second line: what is canonical has it there.
    schema = first_schema() if FIRST_SCHEMA.encode() in data[:64] else release_schema()
    try:
        release = _parse_release(read_json(data, schema))
        is_canonical = serialise(release) == data and not _says_both(release)
    except (NotThisShape, ValueError, KeyError):
        raise NotARecord("not a public record") from None
    if not is_canonical:
        raise NotARecord("not a canonical public record")
    return release


def _says_both(release: Release) -> bool:
    """Whether a version takes the edition back and shows something of it all the same."""
    return release.withdrawal is not None and bool(release.tables or release.named or release.notice or release.hinge)


def digest(release: Release) -> str:
    """SHA-256 of a record, in hexadecimal, with the salted digests of all its names, struck or not, for the names.

    So a name may be struck and the digest stays; without its salt nobody can try names out.
    """
    raw = {key: value for key, value in _release(release).items() if key not in ("named", "salts", "struck")}
    return sha256(_file({**raw, "names": commitments(release)})).hexdigest()


def _file(raw: Mapping[str, object]) -> bytes:
    return (json.dumps(raw, ensure_ascii=False, indent=2) + "\n").encode()


# --- release -> JSON --------------------------------------------------------------------------------------------------


def _release(release: Release) -> dict[str, object]:
    base = {} if release.rounding_base is None else {"rounding_base": release.rounding_base}
    return {
        "schema": FIRST_SCHEMA if release.imprint is None else SCHEMA,
        "edition": release.edition,
        "version": release.version,
        "title": release.title,
        "status": release.status,
        "population": release.population,
        "period": {"from": release.period_from.isoformat(), "until": release.period_until.isoformat()},
        "due": _day(release.due),
        "sent": _day(release.sent),
        "parliament": None if release.parliament is None else asdict(release.parliament),
        "notice": None if release.notice is None else _plain(asdict(release.notice)),
        "corrections": [_correction(each) for each in release.corrections],
        "threshold": release.threshold,
        "protection": release.protection,
        **base,
        "tables": [_table(table) for table in release.tables],
        "named": list(release.named),
        **({} if release.hinge is None else {"hinge": release.hinge}),
        **({} if release.imprint is None else _since_the_log(release, release.imprint)),
    }


def _correction(correction: Correction) -> dict[str, object]:
    """With a word of what it takes back only where it does."""
    raw = _plain(asdict(correction))
    return raw if raw.pop("withdraws") is False else {**raw, "withdraws": True}


def _imprint(imprint: Imprint) -> dict[str, object]:
    """Its own words only where it has any: records from before there were such words have no key for them."""
    raw = asdict(imprint)
    return {**raw, "wording": dict(imprint.wording)} if raw.pop("wording") else raw


def _since_the_log(release: Release, imprint: Imprint) -> dict[str, object]:
    return {
        "as_of": _day(release.as_of),
        "imprint": _imprint(imprint),
        "compared": None if release.compared is None else asdict(release.compared),
        "next_due": _day(release.next_due),
        "salts": list(release.salts),
        "struck": list(release.struck),
        **({} if release.late is None else {"late": release.late}),
    }


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _plain(values: Mapping[str, object]) -> dict[str, object]:
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()}


def _table(table: ReleasedTable) -> dict[str, object]:
    names = [dimension.name for dimension in table.dimensions]
    return {
        "id": table.id,
        "title": table.title,
        "counts": table.counts,
        **({} if table.note is None else {"note": table.note}),
        **({"notes": [asdict(each) for each in table.notes]} if table.notes else {}),
        "dimensions": [_dimension(dimension) for dimension in table.dimensions],
        "cells": [
            {**dict(zip(names, codes, strict=True)), **_content(content)} for codes, content in table.cells.items()
        ],
    }


def _dimension(dimension: Dimension) -> dict[str, object]:
    return {
        "name": dimension.name,
        "partition": dimension.partition,
        "categories": [_category(each) for each in dimension.categories],
    }


def _category(category: Category) -> dict[str, object]:
    more = {"parent": category.parent, "plural": category.plural}
    told = {name: value for name, value in more.items() if value is not None}
    return {"code": category.code, "label": category.label, **told}


def _content(content: Content) -> dict[str, object]:
    match content:
        case Shown(value):
            return {"value": value, "status": "shown"}
        case Rounded(value):
            return {"value": value, "status": "rounded"}
        case Suppressed():
            return {"value": None, "status": "suppressed"}


# --- JSON -> release --------------------------------------------------------------------------------------------------


class _RawCorrection(TypedDict):
    version: int
    date: str
    note: str
    withdraws: NotRequired[bool]


class _RawCategory(TypedDict):
    code: str
    label: str
    parent: NotRequired[str]
    plural: NotRequired[str]


class _RawDimension(TypedDict):
    name: str
    partition: bool
    categories: list[_RawCategory]


_RawCell = dict[str, str | int | None]


class _RawNote(TypedDict):
    dimension: str
    code: str
    text: str


class _RawTable(TypedDict):
    id: str
    title: str
    counts: str
    note: NotRequired[str]
    notes: NotRequired[list[_RawNote]]
    dimensions: list[_RawDimension]
    cells: list[_RawCell]


class _RawRelease(TypedDict):
    """What the schema has said that a record is; `imprint` and the keys after it since the log."""

    schema: str
    edition: str
    version: int
    title: str
    status: str
    population: str
    period: dict[str, str]
    protection: str
    rounding_base: NotRequired[int]
    threshold: int
    due: str | None
    sent: str | None
    parliament: dict[str, Any] | None
    notice: dict[str, str] | None
    corrections: list[_RawCorrection]
    tables: list[_RawTable]
    named: list[str]
    hinge: NotRequired[str]
    as_of: NotRequired[str | None]
    imprint: NotRequired[dict[str, Any]]
    compared: NotRequired[dict[str, Any] | None]
    next_due: NotRequired[str | None]
    salts: NotRequired[list[str]]
    struck: NotRequired[list[str]]
    late: NotRequired[str]


def _parse_release(raw: _RawRelease) -> Release:
    return Release(
        edition=raw["edition"],
        version=raw["version"],
        title=raw["title"],
        status=raw["status"],
        population=raw["population"],
        period_from=date.fromisoformat(raw["period"]["from"]),
        period_until=date.fromisoformat(raw["period"]["until"]),
        protection=raw["protection"],
        rounding_base=raw.get("rounding_base"),
        threshold=raw["threshold"],
        due=_parse_day(raw["due"]),
        sent=_parse_day(raw["sent"]),
        parliament=None if raw["parliament"] is None else Parliament(**raw["parliament"]),
        notice=None if raw["notice"] is None else _parse_notice(raw["notice"]),
        corrections=tuple(map(_parse_correction, raw["corrections"])),
        tables=tuple(_parse_table(table) for table in raw["tables"]),
        named=tuple(raw["named"]),
        hinge=raw.get("hinge"),
        **(_parse_since_the_log(raw) if raw["schema"] == SCHEMA else {}),
    )


def _parse_since_the_log(raw: _RawRelease) -> dict[str, Any]:
    if len(raw["salts"]) != len(raw["named"]) or (raw["as_of"] is None) != (raw["status"] == "final"):
        raise ValueError
    return {
        "as_of": _parse_day(raw["as_of"]),
        "imprint": Imprint(**{**raw["imprint"], "wording": tuple(raw["imprint"].get("wording", {}).items())}),
        "compared": None if raw["compared"] is None else Reference(**raw["compared"]),
        "next_due": _parse_day(raw["next_due"]),
        "salts": tuple(raw["salts"]),
        "struck": tuple(raw["struck"]),
        "late": raw.get("late"),
    }


def _parse_correction(raw: _RawCorrection) -> Correction:
    day = date.fromisoformat(raw["date"])
    return Correction(raw["version"], day, raw["note"], withdraws=raw.get("withdraws", False))


def _parse_day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _parse_notice(raw: Mapping[str, str]) -> Notice:
    days = ("classified_until", "inspection_from", "inspection_until")
    values: dict[str, Any] = {name: date.fromisoformat(value) if name in days else value for name, value in raw.items()}
    return Notice(**values)


def _parse_dimension(raw: _RawDimension) -> Dimension:
    categories = tuple(
        Category(each["code"], each["label"], each.get("parent"), each.get("plural")) for each in raw["categories"]
    )
    return Dimension(raw["name"], raw["partition"], categories)


def _parse_table(raw: _RawTable) -> ReleasedTable:
    dimensions = tuple(map(_parse_dimension, raw["dimensions"]))
    cells: dict[Codes, Content] = {}
    for cell in raw["cells"]:
        codes = tuple(str(cell[dimension.name]) for dimension in dimensions)
        cells[codes] = _parse_content(cell["value"], cell["status"])
    if tuple(cells) != tuple(addresses(dimensions)) or len(cells) != len(raw["cells"]):
        raise ValueError
    notes = tuple(Note(**each) for each in raw.get("notes", ()))
    known = {(dimension.name, each.code) for dimension in dimensions for each in dimension.categories}
    if not known.issuperset((each.dimension, each.code) for each in notes):
        raise ValueError
    return ReleasedTable(raw["id"], raw["title"], raw["counts"], dimensions, cells, raw.get("note"), notes)


def _parse_content(value: str | int | None, status: str | int | None) -> Content:
    match value, status:
        case int(), "shown":
            return Shown(value)
        case int(), "rounded":
            return Rounded(value)
        case None, "suppressed":
            return Suppressed()
        case _:
            raise ValueError
