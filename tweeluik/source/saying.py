"""What of the rules within a record a JSON Schema can say, so that an editor tells it while somebody types."""

from __future__ import annotations

from tweeluik.source.schema import Schema


def all_of(*schemas: Schema) -> Schema:
    """Everything at once."""
    return {"allOf": list(schemas)}


def needs(key: str, other: str) -> Schema:
    """One key asks for another."""
    return {"dependentRequired": {key: [other]}}


def both(one: str, other: str) -> Schema:
    """Both keys or neither."""
    return {"dependentRequired": {one: [other], other: [one]}}


def is_not(key: str, value: str) -> Schema:
    """A word that a key cannot have."""
    return {"properties": {key: {"not": {"const": value}}}}


def not_like(key: str, pattern: str) -> Schema:
    """A text that a key cannot have."""
    return {"properties": {key: {"not": {"pattern": pattern}}}}


def at_least(key: str, number: int) -> Schema:
    """How long a list is at least."""
    return {"properties": {key: {"minItems": number}}}


def where(key: str, value: str, *, needs: tuple[str, ...] = (), lacks: str = "") -> Schema:
    """What a record has, or has not, where a key has a value."""
    then: Schema = {"required": list(needs)} if needs else {"not": {"required": [lacks]}}
    return {"if": {"properties": {key: {"const": value}}, "required": [key]}, "then": then}
