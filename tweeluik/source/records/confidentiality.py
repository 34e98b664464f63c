"""What of a record anyone may read: a field is confidential unless its declaration says `Public`.

A repr shows the kind of a record and its place only, because reprs end up in tracebacks and logs.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from functools import cache
from typing import TYPE_CHECKING, Annotated, TypeVar, get_type_hints

from tweeluik.problems import Place

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

PUBLIC = "public"

Value = TypeVar("Value")

Public = Annotated[Value, PUBLIC]
"""The type of a field that anyone may read."""


class Record:
    """Base of all records: a repr without values."""

    __slots__ = ()
    place: Place

    def __repr__(self) -> str:
        return f"<{type(self).__name__} at {self.place}>"


def confidential_texts(record: DataclassInstance) -> Iterator[tuple[str, str]]:
    """Every (field name, text) of a record that is not declared public, nested records included."""
    for name in confidential_fields(type(record)):
        yield from _texts(name, getattr(record, name))


@cache
def confidential_fields(record: type[DataclassInstance]) -> tuple[str, ...]:
    """The fields of a record that are not declared public."""
    types = get_type_hints(record, include_extras=True)
    return tuple(each.name for each in fields(record) if PUBLIC not in getattr(types[each.name], "__metadata__", ()))


def _texts(name: str, value: object) -> Iterator[tuple[str, str]]:
    if isinstance(value, Place):
        return
    if isinstance(value, str):
        yield name, value
    elif isinstance(value, tuple):
        for item in value:
            yield from _texts(name, item)
    elif is_dataclass(value) and not isinstance(value, type):
        yield from confidential_texts(value)
