"""Shapes: what a record looks like in the source. One declaration reads it, describes it to editors and documents it.

A kind reads one value and reports what is wrong with it; a shape is the kind of a record.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterator
from dataclasses import dataclass, field
from typing import Generic, Protocol, TypeVar

from tweeluik.problems import Problem
from tweeluik.source.asides import AGAIN, NOTHING, WRITE_AGAIN, leave_out, says_again, says_nothing
from tweeluik.source.dutch_words import key_of
from tweeluik.source.nodes import Entry, Mapping, Node, Scalar, name_of
from tweeluik.source.reading import Found, Reading, join
from tweeluik.source.suggest import closest

R = TypeVar("R")
R_co = TypeVar("R_co", covariant=True)

Schema = dict[str, object]


class Kind(Protocol):
    """What a value may be."""

    def read(self, node: Node, path: str, reading: Reading) -> object:
        """The value, or None after reporting why there is none."""

    def schema(self) -> Schema:
        """The same in JSON Schema."""

    def words(self) -> str:
        """The same in a few words, for the documentation."""


@dataclass(frozen=True, slots=True)
class Field:
    """A key of a record. `about` is what editors read (Dutch); `into` the record's name for it, where that differs."""

    key: str
    kind: Kind
    about: str
    required: bool = True
    absent: object = None
    into: str = ""


_STUCK_COLON = re.compile(r"[A-Za-z_]\w*:\S")
"""A key with its value stuck to the colon, which makes it a text."""

_UNREAD = object()
"""Stands for a value that was reported; a value that may be left out is None instead."""

Rule = Callable[[Found[R]], Iterator[Problem]]
"""A question about one record on its own."""


@dataclass(frozen=True, slots=True)
class Shape(Generic[R_co]):
    """The keys of a record, what makes it, and what must hold within it.

    `gone`: keys that earlier versions knew, each with what to write now. `also`: what of the rules a schema can say.
    """

    name: str
    about: str
    make: Callable[..., R_co]
    fields: tuple[Field, ...]
    rules: tuple[Rule[R_co], ...] = ()
    gone: tuple[tuple[str, str], ...] = ()
    also: Schema = field(default_factory=dict)

    def read(self, node: Node, path: str, reading: Reading) -> R_co | None:
        """The record, or None."""
        if not isinstance(node, Mapping):
            reading.report(node.place, path, f"expected keys with values, found {name_of(node)}", self.cure(node))
            doubt(self, reading)
            return None
        if (entry := self._stands_for_all(node)) is not None:
            reading.report(entry.place, path, "unknown key", self.cure(node))
            doubt(self, reading)
            return None
        meant = self._refuse_unknown(node, path, reading)
        values = {each.into or each.key: self._value(each, node, path, reading, meant) for each in self.fields}
        if _UNREAD in values.values():
            return None
        record = self.make(**values, place=node.place)
        found = Found(record, node, path)
        reading.problems += (problem for rule in self.rules for problem in rule(found))
        reading.found.setdefault(type(record), []).append(found)
        return record

    def _stands_for_all(self, node: Mapping) -> Entry | None:
        """The one key of a record that has nothing else, where several are asked: `code: label` for the two of them."""
        (key, entry), *more = node.entries.items() or (("", None),)
        asked = [each.key for each in self.fields if each.required]
        is_known = any(key == each.key for each in self.fields) or key in dict(self.gone)
        is_meant = is_known or key_of(key, {each.key for each in self.fields}) or closest(key, asked)
        return None if entry is None or more or len(asked) < 2 or is_meant else entry  # noqa: PLR2004 - one key says itself

    def cure(self, node: Node) -> str:
        """What to write in the place of something that is no record."""
        if isinstance(node, Scalar) and _STUCK_COLON.match(node.text):
            return "put a space behind the colon"
        keys = [each.key for each in self.fields if each.required]
        return f"with the key{'s' if len(keys) > 1 else ''} {', '.join(keys)}"

    def _value(self, each: Field, node: Mapping, path: str, reading: Reading, meant: Container[str]) -> object:
        entry: Entry | None = node.entries.get(each.key)
        if entry is not None:
            value = entry.value
            if isinstance(value, Scalar) and value.kind == "nothing":
                hint = "write one" if each.required else "write one, or leave the key out"
                reading.report(value.place, join(path, each.key), "has no value", hint)
                doubt(each.kind, reading)
                return _UNREAD
            told = len(reading.problems)
            read = each.kind.read(value, join(path, each.key), reading)
            if read is None and isinstance(value, Scalar) and (words := _no_value(value, each)) is not None:
                reading.problems[told:] = [Problem(value.place, join(path, each.key), *words)]
            return _UNREAD if read is None else read
        if each.required:
            if each.key not in meant:  # it is there, under another name, of which was told already
                reading.report(node.place, path, f"the key '{each.key}' is missing")
            doubt(each.kind, reading)
            return _UNREAD
        return each.absent

    def _refuse_unknown(self, node: Mapping, path: str, reading: Reading) -> frozenset[str]:
        """Report every key that is not of this record; the keys that were meant with them."""
        known = {each.key for each in self.fields}
        if node.entries.keys() <= known:
            return frozenset()
        free, meant = known - node.entries.keys(), set[str]()
        for key, entry in node.entries.items():
            if key in (gone := dict(self.gone)):
                reading.report(entry.place, path, f"the key '{key}' is no longer there", gone[key])
            elif key not in known:
                meant |= self._report_unknown(key, entry, path, free - meant, reading)
        return frozenset(meant)

    def _report_unknown(self, key: str, entry: Entry, path: str, free: set[str], reading: Reading) -> set[str]:
        english = key_of(key, free)
        if english is not None:
            reading.report(entry.place, path, "the Dutch word for a key", f"write it as '{english}'")
            return {english}
        close = closest(key, free)
        if close is not None:
            reading.report(entry.place, path, "unknown key", f"did you mean '{close}'?")
            return {close}
        around = next((each.key for each in self.fields if key in _keys_within(each.kind)), None)
        others = f"remove it; known here: {', '.join(each.key for each in self.fields)}"
        reading.report(entry.place, path, "unknown key", f"it belongs in '{around}'" if around else others)
        return set()

    def schema(self) -> Schema:
        """An object without other keys."""
        return {
            "type": "object",
            "title": self.name,
            "description": self.about,
            "properties": {each.key: {**each.kind.schema(), "description": each.about} for each in self.fields},
            "required": [each.key for each in self.fields if each.required],
            "additionalProperties": False,
            **self.also,
        }

    def words(self) -> str:
        """A record has a table of its own."""
        return "keys, see below"


def _keys_within(kind: Kind) -> set[str]:
    """The keys of the records that a value of this kind is or lists."""
    item: Kind = getattr(kind, "item", kind)
    return {each.key for each in item.fields} if isinstance(item, Shape) else set()


def _no_value(value: Scalar, field: Field) -> tuple[str, str] | None:
    """What to say of a word that cannot be the value, where it means that there is none, or the one above again."""
    if says_again(value.text):
        return AGAIN, WRITE_AGAIN
    return (NOTHING, leave_out(value.place, required=field.required)) if says_nothing(value.text) else None


def targets(kind: Kind) -> Iterator[str]:
    """Every target that values of this kind define."""
    if isinstance(kind, Shape):
        for each in kind.fields:
            yield from targets(each.kind)
    elif hasattr(kind, "defines") and kind.defines:
        yield kind.defines
    elif hasattr(kind, "item"):
        yield from targets(kind.item)


def doubt(kind: Kind, reading: Reading) -> None:
    """Something that may have held definitions could not be read."""
    reading.unsure.update(targets(kind))
