"""Kinds of values that are not text: whole numbers, truth values, days, and lists of any kind."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from tweeluik.source.nodes import Listing, Mapping, Node, Scalar, name_of
from tweeluik.source.records import NONE
from tweeluik.source.schema import Kind, Reading, Schema, doubt, join


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number from `least` to `most`, both included."""

    least: int
    most: int = 999_999

    def read(self, node: Node, path: str, reading: Reading) -> int | None:
        """The number."""
        if not isinstance(node, Scalar) or not re.fullmatch(r"-?[1-9]\d{0,8}|0", node.text):
            reading.report(node.place, path, f"expected a whole number, found {_found(node)}", self._form)
            return None
        if node.kind != "a whole number":
            reading.report(node.place, path, "expected a whole number, found text", "remove the quotes")
            return None
        if not self.least <= (number := int(node.text)) <= self.most:
            reading.report(node.place, path, "a number outside its bounds", self._form)
            return None
        return number

    @property
    def _form(self) -> str:
        return f"from {self.least} to {self.most}"

    def schema(self) -> Schema:
        """A whole number with bounds."""
        return {"type": "integer", "minimum": self.least, "maximum": self.most}

    def words(self) -> str:
        """The bounds."""
        return f"whole number, {self.least} to {self.most}"


def _found(node: Node) -> str:
    return "another way of writing" if isinstance(node, Scalar) and node.kind == "a whole number" else name_of(node)


@dataclass(frozen=True, slots=True)
class Truth:
    """true or false."""

    def read(self, node: Node, path: str, reading: Reading) -> bool | None:
        """The truth value."""
        if not isinstance(node, Scalar) or node.kind != "a truth value":
            hint = "true or false, without quotes"
            reading.report(node.place, path, f"expected true or false, found {name_of(node)}", hint)
            return None
        return node.text.lower() in {"true", "yes", "on"}

    def schema(self) -> Schema:
        """A boolean."""
        return {"type": "boolean"}

    def words(self) -> str:
        """The two words."""
        return "`true` or `false`"


@dataclass(frozen=True, slots=True)
class Day:
    """A date of the calendar, as year-month-day."""

    def read(self, node: Node, path: str, reading: Reading) -> date | None:
        """The date."""
        if not isinstance(node, Scalar) or not re.fullmatch(r"\d{4}-\d{2}-\d{2}", node.text):
            dated = isinstance(node, Scalar) and node.kind == "a date"
            found = "another way of writing" if dated else name_of(node)
            reading.report(node.place, path, f"expected a date, found {found}", "year-month-day, such as 2025-01-31")
            return None
        try:
            return date.fromisoformat(node.text)
        except ValueError:
            reading.report(node.place, path, "there is no such date", "year-month-day, such as 2025-01-31")
            return None

    def schema(self) -> Schema:
        """Text in the form of a date."""
        return {"type": "string", "format": "date", "pattern": r"^\d{4}-\d{2}-\d{2}$"}

    def words(self) -> str:
        """The form."""
        return "date, year-month-day"


@dataclass(frozen=True, slots=True)
class Many:
    """A list of at least one; with nothing to list the key is left out.

    `distinct`: no two items are the same text, or have the same text below this key.
    """

    item: Kind
    distinct: str | None = None

    def read(self, node: Node, path: str, reading: Reading) -> tuple[object, ...] | None:
        """The items, in the order of the file."""
        if not isinstance(node, Listing):
            reading.report(node.place, path, f"expected a list, found {name_of(node)}", "write it as [one, two]")
            doubt(self, reading)
            return None
        if not node.items:
            reading.report(node.place, path, "an empty list", "write at least one")
            return None
        if self.distinct is not None:
            _report_repeats(node, self.distinct, path, reading)
        items = tuple(self.item.read(each, f"{path}[{position}]", reading) for position, each in enumerate(node.items))
        return None if None in items else items

    def schema(self) -> Schema:
        """A list with items of one kind."""
        unique = {"uniqueItems": True} if self.distinct == "" else {}
        return {"type": "array", "items": self.item.schema(), "minItems": 1, **unique}

    def words(self) -> str:
        """What it lists."""
        return f"list of: {self.item.words()}"


@dataclass(frozen=True, slots=True)
class OneOrMany:
    """A list, or one value alone without brackets.

    `alone`: how a value alone is written, where that is shorter than in a list; `wrap` makes an item of it.
    """

    many: Many
    alone: Kind | None = None
    wrap: Callable[..., object] | None = None

    @property
    def item(self) -> Kind:
        """What it lists."""
        return self.many.item

    @property
    def single(self) -> Kind:
        """How a value alone is written."""
        return self.alone or self.many.item

    def read(self, node: Node, path: str, reading: Reading) -> tuple[object, ...] | None:
        """The items, in the order of the file."""
        if isinstance(node, Listing):
            return self.many.read(node, path, reading)
        value = self.single.read(node, path, reading)
        if value is None:
            return None
        return (value if self.wrap is None else self.wrap(value, place=node.place),)

    def schema(self) -> Schema:
        """Either of the two."""
        return {"oneOf": [self.single.schema(), self.many.schema()]}

    def words(self) -> str:
        """Either of the two."""
        return f"{self.single.words()}, or {self.many.words()}"


@dataclass(frozen=True, slots=True)
class OrNone:
    """A value, or the word that says that there was none; that gives `nothing`."""

    kind: Kind
    nothing: object = NONE

    def read(self, node: Node, path: str, reading: Reading) -> object:
        """The value, or what stands for none."""
        if isinstance(node, Scalar) and node.kind == "text" and node.text == NONE:
            return self.nothing
        return self.kind.read(node, path, reading)

    def schema(self) -> Schema:
        """Either of the two."""
        return {"anyOf": [{"type": "string", "const": NONE}, self.kind.schema()]}

    def words(self) -> str:
        """Either of the two."""
        return f"{self.kind.words()}, or `{NONE}`"


def _report_repeats(node: Listing, key: str, path: str, reading: Reading) -> None:
    seen: set[str] = set()
    for position, item in enumerate(node.items):
        each = item.entries[key].value if isinstance(item, Mapping) and key in item.entries else item
        if isinstance(each, Scalar):
            if each.text in seen:
                where = join(f"{path}[{position}]", key) if key else f"{path}[{position}]"
                reading.report(each.place, where, "stands in the list twice", "keep one")
            seen.add(each.text)
