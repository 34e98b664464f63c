"""Kinds of values that are not text: whole numbers, truth values, days, and lists of any kind."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from tweeluik.problems import Place
from tweeluik.source.asides import APART, is_table
from tweeluik.source.nodes import Listing, Mapping, Node, Scalar, name_of
from tweeluik.source.reading import Reading, join
from tweeluik.source.records import NONE
from tweeluik.source.references import Refers
from tweeluik.source.schema import Kind, Schema, Shape, doubt

TRUE = frozenset({"true", "ja", "j", "yes", "x", "waar", "1", "✓", "✔", "☑", "√"})
FALSE = frozenset({"false", "nee", "n", "no", "onwaar", "0"})
"""What people write for the two, folded: in a spreadsheet it is taken, in the source there is a cure for it."""


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number from `least` to `most`, both included."""

    least: int
    most: int = 999_999

    def read(self, node: Node, path: str, reading: Reading) -> int | None:
        """The number."""
        if not isinstance(node, Scalar) or not re.fullmatch(r"-?[1-9]\d{0,8}|0", node.text):
            reading.report(node.place, path, f"expected a whole number, found {_found(node)}", self._cure(node))
            return None
        if node.kind != "a whole number":
            reading.report(node.place, path, "expected a whole number, found text", "remove the quotes")
            return None
        if not self.least <= (number := int(node.text)) <= self.most:
            reading.report(node.place, path, "a number outside its bounds", self._form)
            return None
        return number

    def _cure(self, node: Node) -> str:
        if isinstance(node, Scalar) and re.fullmatch(r"-?[\d.,]+\s*%", node.text):
            return "write the number alone, without a sign behind it"
        if isinstance(node, Scalar) and re.fullmatch(r"\d{1,3}(?:[.,]\d{3})+|\d+[.,]0*", node.text):
            return "write the digits alone, without a point or comma"
        if isinstance(node, Scalar) and re.fullmatch(r"\d{4}\s*(?:-|/|–|t/m|en|,)\s*\d{4}", node.text):
            return "write every year apart"
        if isinstance(node, Scalar) and re.fullmatch(r"\D*\d{1,6}\D*", node.text) and not node.text.isdecimal():
            return "write the number alone, without anything beside it"
        return "write one value, without brackets" if isinstance(node, Listing) else self._form

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
            hint = _truth(node.text) if isinstance(node, Scalar) else _TRUTH
            reading.report(node.place, path, f"expected true or false, found {name_of(node)}", hint)
            return None
        return node.text.lower() in {"true", "yes", "on"}

    def schema(self) -> Schema:
        """A boolean."""
        return {"type": "boolean"}

    def words(self) -> str:
        """The two words."""
        return "`true` or `false`"


_TRUTH = "true or false, without quotes"


def _truth(text: str) -> str:
    if text.lower() in TRUE - {"true"}:
        return "write true"
    return "write false" if text.lower() in FALSE - {"false"} else _TRUTH


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
            reading.report(node.place, path, f"expected a list, found {name_of(node)}", self._cure(node))
            doubt(self, reading)
            return None
        if not node.items:
            reading.report(node.place, path, "an empty list", "write at least one")
            return None
        if isinstance(self.item, Refers) and _is_run_together(node):
            reading.report(node.items[0].place, path, *_run_together(node.place))
            doubt(self, reading)
            return None
        if self.distinct is not None:
            _report_repeats(node, self.distinct, path, reading)
        items = tuple(self._item(each, f"{path}[{position}]", reading) for position, each in enumerate(node.items))
        return None if None in items else items

    def _item(self, node: Node, path: str, reading: Reading) -> object:
        if isinstance(node, Scalar) and node.kind == "nothing":
            reading.report(node.place, path, "has no value", "write one, or remove the item")
            doubt(self.item, reading)
            return None
        return self.item.read(node, path, reading)

    def _cure(self, node: Node) -> str:
        if isinstance(self.item, Shape):
            return "begin each record with '- '" if isinstance(node, Mapping) else self.item.cure(node)
        if isinstance(node, Scalar) and node.text.startswith("-"):
            return "put a space behind every dash"
        return _AS_LIST

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


_AS_LIST = "write it as [one, two]"


def _run_together(place: Place) -> tuple[str, str]:
    if is_table(place):
        return "a list without semicolons between its items", APART
    return "a list without commas between its items", _AS_LIST


def _is_run_together(node: Listing) -> bool:
    """Whether an item of a list of codes is several, as people part them in a spreadsheet."""
    texts = (each.text for each in node.items if isinstance(each, Scalar))
    return any(re.fullmatch(r"[\w.-]+(?:\s*[,;/|&]\s*[\w.-]+)+", text) is not None for text in texts)


def _report_repeats(node: Listing, key: str, path: str, reading: Reading) -> None:
    seen: set[str] = set()
    for position, item in enumerate(node.items):
        each = item.entries[key].value if isinstance(item, Mapping) and key in item.entries else item
        if isinstance(each, Scalar):
            if each.text in seen:
                where = join(f"{path}[{position}]", key) if key else f"{path}[{position}]"
                reading.report(each.place, where, "stands in the list twice", "keep one")
            seen.add(each.text)
