"""The JSON Schema of `release.json`, for whoever reads the public record with a program."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tweeluik.record.canonical import SCHEMA
from tweeluik.words.wording import CELL_STATUSES, COUNTED, DIMENSIONS, STATUSES

Schema = dict[str, Any]

TEXT: Schema = {"type": "string"}
COUNT: Schema = {"type": "integer", "minimum": 0}
DIGEST: Schema = {"type": "string", "pattern": "^[0-9a-f]{64}$"}
DAY: Schema = {"type": "string", "format": "date", "pattern": r"^\d{4}-\d{2}-\d{2}$"}


def release_schema() -> Schema:
    """The whole schema (draft 2020-12)."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Openbare gegevens van een editie",
        **_object(
            {
                "schema": {"const": SCHEMA},
                "edition": TEXT,
                "version": {"type": "integer", "minimum": 1},
                "title": TEXT,
                "status": _one_of(STATUSES),
                "population": _one_of(("agenda-partners", "conversation-partners")),
                "period": _object({"from": DAY, "until": DAY}),
                "due": _or_null(DAY),
                "sent": _or_null(DAY),
                "parliament": _or_null(
                    _object({"dossier": TEXT, "number": _or_null(COUNT), "document": _or_null(TEXT)})
                ),
                "notice": _or_null(_notice()),
                "corrections": _list_of(_object({"version": COUNT, "date": DAY, "note": TEXT})),
                "threshold": COUNT,
                "protection": _one_of(("suppression", "rounding")),
                "tables": _list_of(_table()),
                "named": _list_of(TEXT),
            },
            optional={"rounding_base": {"type": "integer", "minimum": 2}, "hinge": DIGEST},
        ),
    }


def _notice() -> Schema:
    texts = ("marking", "reason", "decided_by", "location", "audience")
    days = ("classified_until", "inspection_from", "inspection_until")
    return _object({**dict.fromkeys(texts, TEXT), **dict.fromkeys(days, DAY)})


def _table() -> Schema:
    category = _object({"code": TEXT, "label": TEXT}, optional={"parent": TEXT})
    dimension = _object(
        {"name": _one_of(DIMENSIONS), "partition": {"type": "boolean"}, "categories": _list_of(category)}
    )
    return _object(
        {
            "id": TEXT,
            "title": TEXT,
            "counts": _one_of(COUNTED),
            "dimensions": {**_list_of(dimension), "minItems": 1},
            "cells": _list_of(_cell()),
        }
    )


def _cell() -> Schema:
    """A code per dimension, then the number and its status: no number if and only if it is not shown."""
    hidden = {"properties": {"value": {"type": "null"}, "status": {"const": "suppressed"}}}
    seen = {
        "properties": {"value": COUNT, "status": {"enum": [each for each in CELL_STATUSES if each != "suppressed"]}}
    }
    return {
        **_object(
            {"value": _or_null(COUNT), "status": _one_of(CELL_STATUSES)}, optional=dict.fromkeys(DIMENSIONS, TEXT)
        ),
        "oneOf": [hidden, seen],
    }


def _object(required: Schema, *, optional: Schema | None = None) -> Schema:
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
