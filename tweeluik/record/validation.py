"""Whether JSON has the shape that a schema asks: the few words of JSON Schema that the schemas of this folder use.

Every word that is met must be known here: a schema with another is a bug, not a schema that everything passes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any

Schema = Mapping[str, Any]


class NotThisShape(Exception):
    """The bytes are no JSON, or JSON of another shape. Holds no part of them."""


def read_json(data: bytes, schema: Schema) -> Any:  # noqa: ANN401 (what the schema says that it is)
    """The value of a JSON text that has the shape of `schema`.

    Raises:
        NotThisShape: it has not, holds a key twice, or nests so deeply that nobody wrote it.
    """
    try:
        value = json.loads(data.decode(), object_pairs_hook=_once, parse_constant=_refuse)
        fits = has_shape(value, schema)
    except (ValueError, RecursionError):
        raise NotThisShape from None
    if not fits:
        raise NotThisShape
    return value


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError
    return found


def _refuse(_constant: str) -> None:
    """NaN and infinity are no JSON."""
    raise ValueError


def has_shape(value: object, schema: Schema) -> bool:
    """Whether a value is what the schema describes."""
    return all(_WORDS[word](value, asked, schema) for word, asked in schema.items())


def _is_type(value: object, asked: str, _schema: Schema) -> bool:
    if asked == "integer":
        return isinstance(value, int) and not isinstance(value, bool)
    return isinstance(value, _TYPES[asked])


def _has_properties(value: object, asked: Mapping[str, Schema], _schema: Schema) -> bool:
    return not isinstance(value, dict) or all(has_shape(value[key], asked[key]) for key in value.keys() & asked.keys())


def _has_required(value: object, asked: list[str], _schema: Schema) -> bool:
    return not isinstance(value, dict) or value.keys() >= set(asked)


def _has_no_more(value: object, asked: bool | Schema, schema: Schema) -> bool:
    """None beside those that have a name, or of this shape only."""
    if not isinstance(value, dict):
        return True
    more = value.keys() - schema.get("properties", {}).keys()
    return all(asked if isinstance(asked, bool) else has_shape(value[key], asked) for key in more)


def _all_are(value: object, asked: Schema, _schema: Schema) -> bool:
    return not isinstance(value, list) or all(has_shape(each, asked) for each in value)


def _matches(value: object, asked: str, _schema: Schema) -> bool:
    # A `$` of Python would let a line feed pass behind it.
    return not isinstance(value, str) or re.search(asked.replace("$", r"\Z"), value, re.ASCII) is not None


def _between(holds: Callable[[Any, Any], bool], kind: type) -> Callable[[object, Any, Schema], bool]:
    return lambda value, asked, _schema: not isinstance(value, kind) or holds(value, asked)


_TYPES: Mapping[str, type] = {
    "object": dict, "array": list, "string": str, "boolean": bool, "null": type(None),
}  # fmt: skip

_WORDS: Mapping[str, Callable[[Any, Any, Schema], bool]] = {
    "$schema": lambda *_: True,
    "title": lambda *_: True,
    "description": lambda *_: True,
    "format": lambda *_: True,
    "type": _is_type,
    "const": lambda value, asked, _: type(value) is type(asked) and value == asked,
    "enum": lambda value, asked, _: isinstance(value, str) and value in asked,
    "properties": _has_properties,
    "required": _has_required,
    "additionalProperties": _has_no_more,
    "items": _all_are,
    "minItems": _between(lambda value, asked: len(value) >= asked, list),
    "minLength": _between(lambda value, asked: len(value) >= asked, str),
    "minimum": _between(lambda value, asked: value >= asked, int),
    "maximum": _between(lambda value, asked: value <= asked, int),
    "pattern": _matches,
    "anyOf": lambda value, asked, _: any(has_shape(value, each) for each in asked),
    "oneOf": lambda value, asked, _: sum(has_shape(value, each) for each in asked) == 1,
}
