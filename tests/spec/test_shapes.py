"""The words of a schema, both sides of each: what has the shape is read, and nothing else."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tweeluik.record.validation import NotThisShape, read_json

WHOLE = {"type": "integer", "minimum": 2, "maximum": 4}
OBJECT = {
    "type": "object", "required": ["a", "b"], "additionalProperties": False,
    "properties": {"a": {"type": "integer"}, "b": {"type": "string"}},
}  # fmt: skip
SHAPES: dict[str, tuple[Any, list[str], list[str]]] = {
    "a whole number between bounds": (WHOLE, ["2", "4"], ["1", "5", "2.0", "true", '"2"', "null"]),
    "a truth value is no number": ({"type": "integer"}, ["1", "0"], ["true", "false"]),
    "an object of named keys": (OBJECT, ['{"a": 1, "b": ""}'], ['{"a": 1}', '{"b": ""}', '{"a": 1, "b": "", "c": 0}', "[]"]),
    "a key stands there once": ({}, ['{"a": 1}'], ['{"a": 1, "a": 1}', '{"a": {"b": 1, "b": 2}}']),
    "numbers are numbers": ({}, ["1e3"], ["NaN", "Infinity", "-Infinity"]),
    "a pattern holds to the end": ({"pattern": "^[0-9]+$"}, ['"12"'], ['"12\\n"', '"1a"', '"\u0661"']),
    "this value and no other": ({"const": 1}, ["1"], ["true", "1.0", "2"]),
    "one of these words": ({"enum": ["ja", "nee"]}, ['"ja"'], ['"Ja"', "1"]),
    "exactly one of these": ({"oneOf": [{"minimum": 3}, {"maximum": 5}]}, ["1", "9"], ["4"]),
    "at least one of these": ({"anyOf": [{"minimum": 3}, {"maximum": 5}]}, ["1", "4"], []),
    "a list of so many at least": ({"type": "array", "minItems": 2, "items": WHOLE}, ["[2, 3]"], ["[2]", "[2, 5]"]),
    "a text that is not empty": ({"type": "string", "minLength": 1}, ['"a"'], ['""']),
}  # fmt: skip


@pytest.mark.parametrize("name", SHAPES)
def test_what_has_the_shape_is_read_and_all_else_is_refused(name: str) -> None:
    schema, fits, others = SHAPES[name]
    for text in fits:
        assert read_json(text.encode(), schema) == json.loads(text)
    for text in others:
        with pytest.raises(NotThisShape):
            read_json(text.encode(), schema)
