"""A release as what its JSON says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date

from tweeluik.record.cell import Codes, Content, Rounded, Shown, Suppressed
from tweeluik.record.model import Category, Correction, Dimension, Imprint, Release, ReleasedTable
from tweeluik.record.schema import FIRST_SCHEMA, SCHEMA


def to_json(release: Release) -> dict[str, object]:
    """The record of a version in the order of its keys; what it does not have has no key, where the schema says so."""
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
            {**dict(zip(names, codes, strict=True)), **_content(content), **_named(table, codes)}
            for codes, content in table.cells.items()
        ],
    }


def _named(table: ReleasedTable, codes: Codes) -> dict[str, object]:
    return {"named": table.named[codes]} if codes in table.named else {}


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
