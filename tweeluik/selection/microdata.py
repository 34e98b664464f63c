"""The bare records behind one publication: no names, no traits but those that its tables ask for. Confidential.

Field term: de-identified microdata. Ids are keyed digests, the same in every edition, so that the records of all
publications can be joined without the source of their years. It is what protection remembers of a publication.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TypedDict, TypeVar

from tweeluik.selection.rules import Selection, is_named
from tweeluik.selection.tables import AGENDA_LEVELS, Sorter
from tweeluik.source.records import Conversation, DimensionName, Partner, Source

SCHEMA = "tweeluik-microdata-1"
"""The version of the format. A reader refuses every other."""

_R = TypeVar("_R", Partner, Conversation)

Pair = tuple[str, str]
"""A dimension and a code."""


class NotMicrodata(Exception):
    """The bytes are not microdata in the format of `SCHEMA`. Holds no part of them."""


@dataclass(frozen=True, slots=True, repr=False)
class Unit:
    """An organisation in a publication: `holding` is that of its umbrella, or its own; `named`: everyone knows it."""

    id: str
    holding: str
    named: bool
    codes: tuple[Pair, ...]


@dataclass(frozen=True, slots=True, repr=False)
class Talk:
    """A conversation in a publication: the units that took part, and every holding at the table, in it or not.

    `codes` are its own (form, agenda); those of partners follow from the units. `month`: when, as 2025-03.
    """

    id: str
    units: tuple[str, ...]
    holdings: tuple[str, ...]
    codes: tuple[Pair, ...]
    month: str


@dataclass(frozen=True, slots=True, repr=False)
class Microdata:
    """All records behind one version of one edition, sorted by id."""

    edition: str
    version: int
    units: tuple[Unit, ...]
    talks: tuple[Talk, ...]


# --- source -> microdata ----------------------------------------------------------------------------------------------


def microdata(source: Source, selection: Selection, key: bytes) -> Microdata:
    """The records of an edition's present version; `key` is the key of protection."""
    made, edition = _Maker(source, selection, key), selection.edition
    units, talks = sorted(made.units(), key=_id), sorted(made.talks(), key=_id)
    return Microdata(edition.id, edition.version, tuple(units), tuple(talks))


def digest(key: bytes, *, kind: str, of: str) -> str:
    """A stand-in for the id of a partner or holding (`kind`) that nobody can reverse without the key."""
    return hmac.digest(key, f"{kind}\0{of}".encode(), "sha256").hex()[:32]


def unit_id(key: bytes, partner: str) -> str:
    """The id of the unit that stands for a partner."""
    return digest(key, kind="partner", of=partner)


def _id(record: Unit | Talk) -> str:
    return record.id


class _Maker:
    """Makes the records of one edition."""

    def __init__(self, source: Source, selection: Selection, key: bytes) -> None:
        self._selection, self._key, self._sorter = selection, key, Sorter(source, selection)
        # Of every one in every conversation the same is asked again.
        self._unit, self._holding = cache(self._unit_of), cache(self._holding_of)
        asked = {(spec.counts, name) for spec in selection.edition.tables for name in spec.dimensions}
        talks = {name for counts, name in asked if counts == "conversations"}
        own = {name for name in talks if name == "form" or name in AGENDA_LEVELS}
        self._of_talks: tuple[DimensionName, ...] = tuple(sorted(own))
        self._of_units: tuple[DimensionName, ...] = tuple(
            sorted({name for counts, name in asked if counts == "partners"} | (talks - own))
        )

    def units(self) -> Iterable[Unit]:
        codes = {name: self._sorter.partner_codes(name) for name in self._of_units}
        for partner in self._selection.partners:
            named = is_named(partner, self._selection.edition)
            yield Unit(self._unit(partner.id), self._holding(partner.id), named, _pairs(codes, partner))

    def talks(self) -> Iterable[Talk]:
        codes = {name: self._sorter.conversation_codes(name) for name in self._of_talks}
        inside = {partner.id for partner in self._selection.partners}
        seen: dict[str, int] = {}
        # Of tens of thousands few differ in these: each is there once.
        same, month = cache(_itself), cache(_month)
        for each in self._selection.conversations:
            units = tuple(sorted(self._unit(partner) for partner in set(each.partners) & inside))
            holdings = tuple(sorted({self._holding(partner) for partner in each.partners}))
            # Two meetings that the source does not tell apart are two records all the same.
            said = repr((each.date.isoformat(), holdings, each.context, each.form, each.subject, sorted(each.measures)))
            seen[said] = seen.get(said, 0) + 1
            made = digest(self._key, kind="conversation", of=f"{said} {seen[said]}")
            yield Talk(made, units, holdings, same(_pairs(codes, each)), month(each.date))

    def _unit_of(self, partner: str) -> str:
        return unit_id(self._key, partner)

    def _holding_of(self, partner: str) -> str:
        return digest(self._key, kind="holding", of=self._selection.holding[partner])


def _pairs(codes: Mapping[DimensionName, Callable[[_R], frozenset[str]]], record: _R) -> tuple[Pair, ...]:
    return tuple((name, code) for name, of in codes.items() for code in sorted(of(record)))


def _itself(pairs: tuple[Pair, ...]) -> tuple[Pair, ...]:
    return pairs


def _month(day: date) -> str:
    return f"{day:%Y-%m}"


# --- microdata <-> JSON -----------------------------------------------------------------------------------------------


def serialise(data: Microdata) -> bytes:
    """Canonical JSON: the same records always give the same bytes."""
    raw = {
        "schema": SCHEMA,
        "edition": data.edition,
        "version": data.version,
        "units": [{"id": e.id, "holding": e.holding, "named": e.named, "codes": e.codes} for e in data.units],
        "talks": [
            {"id": e.id, "units": e.units, "holdings": e.holdings, "codes": e.codes, "month": e.month}
            for e in data.talks
        ],
    }
    return (json.dumps(raw, ensure_ascii=False, indent=1) + "\n").encode()


def parse(data: bytes) -> Microdata:
    """Microdata from the bytes that `serialise` makes.

    Raises:
        NotMicrodata: the bytes are anything else, also when `serialise` would not give the same bytes back.
    """
    try:
        raw: _Raw = json.loads(data)
        made = _parse(raw)
        same = serialise(made) == data
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise NotMicrodata from None
    if not same:
        raise NotMicrodata
    return made


class _RawUnit(TypedDict):
    id: str
    holding: str
    named: bool
    codes: list[list[str]]


class _RawTalk(TypedDict):
    id: str
    units: list[str]
    holdings: list[str]
    codes: list[list[str]]
    month: str


class _Raw(TypedDict):
    schema: str
    edition: str
    version: int
    units: list[_RawUnit]
    talks: list[_RawTalk]


def _parse(raw: _Raw) -> Microdata:
    if raw["schema"] != SCHEMA:
        raise ValueError
    units = tuple(Unit(each["id"], each["holding"], each["named"], _codes(each["codes"])) for each in raw["units"])
    talks = tuple(
        Talk(each["id"], tuple(each["units"]), tuple(each["holdings"]), _codes(each["codes"]), each["month"])
        for each in raw["talks"]
    )
    return Microdata(raw["edition"], raw["version"], units, talks)


def _codes(raw: list[list[str]]) -> tuple[Pair, ...]:
    return tuple((name, code) for name, code in raw)
