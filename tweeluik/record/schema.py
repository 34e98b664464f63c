"""The JSON Schema of `release.json`, for whoever reads the public record with a program, us included."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tweeluik.words.wording import CELL_STATUSES, COUNTED, DIMENSIONS, LICENCES, STATUSES

Schema = dict[str, Any]

SCHEMA = "tweeluik-release-2"
"""The version of the format. A reader refuses every other."""

FIRST_SCHEMA = "tweeluik-release-1"
"""Of records from before the log: without the imprint, and with no word of data that do not reach the end."""

TEXT: Schema = {"type": "string"}
COUNT: Schema = {"type": "integer", "minimum": 0, "maximum": 1_000_000_000}
VERSION: Schema = {"type": "integer", "minimum": 1, "maximum": 9999}
SALT: Schema = {"type": "string", "pattern": r"^[0-9a-f]{32}$"}
DIGEST: Schema = {"type": "string", "pattern": r"^[0-9a-f]{64}$"}
DAY: Schema = {"type": "string", "format": "date", "pattern": r"^\d{4}-\d{2}-\d{2}$"}


def release_schema() -> Schema:
    """The whole schema (draft 2020-12)."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Openbare gegevens van een editie",
        **object_of({**_from_the_first(SCHEMA), **_since_the_log()}, optional={**_BASE, "late": TEXT}),
    }


def first_schema() -> Schema:
    """That of records from before the log."""
    return object_of(_from_the_first(FIRST_SCHEMA), optional=_BASE)


def _from_the_first(schema: str) -> Schema:
    return {
        "schema": {"const": schema},
        "edition": TEXT,
        "version": VERSION,
        "title": TEXT,
        "status": _one_of(STATUSES),
        "population": _one_of(("agenda-partners", "conversation-partners")),
        "period": object_of({"from": DAY, "until": DAY}),
        "due": _or_null(DAY),
        "sent": _or_null(DAY),
        "parliament": _or_null(object_of({"dossier": TEXT, "number": _or_null(COUNT), "document": _or_null(TEXT)})),
        "notice": _or_null(_notice()),
        "corrections": _list_of(_correction()),
        "threshold": COUNT,
        "protection": _one_of(("suppression", "rounding")),
        "tables": _list_of(_table()),
        "named": _list_of(TEXT),
    }


def _since_the_log() -> Schema:
    return {
        "as_of": _or_null(DAY),
        "imprint": object_of(
            {
                **dict.fromkeys(("title", "publisher", "contact_name", "contact_email"), TEXT),
                "licence": _one_of(LICENCES),
                "threshold_source": TEXT,
            },
            optional={"wording": {"type": "object", "additionalProperties": TEXT}},
        ),
        "compared": _or_null(object_of({"edition": TEXT, "version": VERSION})),
        "next_due": _or_null(DAY),
        "salts": _list_of(SALT),
        "struck": _list_of(DIGEST),
    }


def _correction() -> Schema:
    """One that takes the edition back says so; every other has no word of it."""
    return object_of({"version": COUNT, "date": DAY, "note": TEXT}, optional={"withdraws": {"const": True}})


def _notice() -> Schema:
    texts = ("marking", "reason", "decided_by", "location", "audience")
    days = ("classified_until", "inspection_from", "inspection_until")
    return object_of({**dict.fromkeys(texts, TEXT), **dict.fromkeys(days, DAY)})


def _table() -> Schema:
    category = object_of({"code": TEXT, "label": TEXT}, optional={"parent": TEXT, "plural": TEXT})
    dimension = object_of(
        {"name": _one_of(DIMENSIONS), "partition": {"type": "boolean"}, "categories": _list_of(category)}
    )
    return object_of(
        {
            "id": TEXT,
            "title": TEXT,
            "counts": _one_of(COUNTED),
            "dimensions": {**_list_of(dimension), "minItems": 1},
            "cells": _list_of(_cell()),
        },
        optional={"note": TEXT, "notes": _list_of(object_of(dict.fromkeys(("dimension", "code", "text"), TEXT)))},
    )


def _cell() -> Schema:
    """A code per dimension, then the number and its status: no number if and only if it is not shown.

    `named`: how many of the partners in a number that is not exact stand in this version by name.
    """
    hidden = {"properties": {"value": {"type": "null"}, "status": {"const": "suppressed"}}}
    seen = {
        "properties": {"value": COUNT, "status": {"enum": [each for each in CELL_STATUSES if each != "suppressed"]}}
    }
    return {
        **object_of(
            {"value": _or_null(COUNT), "status": _one_of(CELL_STATUSES)},
            optional={**dict.fromkeys(DIMENSIONS, TEXT), "named": {**COUNT, "minimum": 1}},
        ),
        "oneOf": [hidden, seen],
    }


def object_of(required: Schema, *, optional: Schema | None = None) -> Schema:
    """An object with these keys and no others."""
    return {
        "type": "object",
        "properties": {**required, **(optional or {})},
        "required": list(required),
        "additionalProperties": False,
    }


def _list_of(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def _or_null(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}


def _one_of(values: Iterable[str]) -> Schema:
    return {"enum": list(values)}


_BASE: Schema = {"rounding_base": {"type": "integer", "minimum": 2, "maximum": 999}, "hinge": DIGEST}
