"""What the JSON of a record says, as a release."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
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
from tweeluik.record.schema import SCHEMA


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


class RawRelease(TypedDict):
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


def from_json(raw: RawRelease) -> Release:
    """The version that a record tells of, once the schema said that it is one.

    Raises:
        ValueError: what no schema can say does not hold in it.
        KeyError: a cell does not say where in its table it stands.
    """
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


def _parse_since_the_log(raw: RawRelease) -> dict[str, Any]:
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
    cells, named = dict[Codes, Content](), dict[Codes, int]()
    for cell in raw["cells"]:
        codes = tuple(str(cell[dimension.name]) for dimension in dimensions)
        cells[codes] = _parse_content(cell["value"], cell["status"])
        if (number := cell.get("named")) is not None:
            named[codes] = _parse_named(number, cells[codes], raw["counts"])
    if tuple(cells) != tuple(addresses(dimensions)) or len(cells) != len(raw["cells"]):
        raise ValueError
    notes = tuple(Note(**each) for each in raw.get("notes", ()))
    known = {(dimension.name, each.code) for dimension in dimensions for each in dimension.categories}
    if not known.issuperset((each.dimension, each.code) for each in notes):
        raise ValueError
    return ReleasedTable(raw["id"], raw["title"], raw["counts"], dimensions, cells, raw.get("note"), notes, named)


def _parse_named(number: str | int, content: Content, counts: str) -> int:
    """Of whom the names are known says a cell of partners only, and none that is exact."""
    if not isinstance(number, int) or isinstance(content, Shown) or counts != "partners":
        raise ValueError
    return number


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
