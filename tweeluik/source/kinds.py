"""The kinds of values: texts, codes, references, numbers, days, choices and lists.

A message says what was expected and what kind of thing was found, never the value itself.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from tweeluik.problems import Place
from tweeluik.source.contacts import find_emails, find_telephones
from tweeluik.source.nodes import Listing, Node, Scalar, name_of
from tweeluik.source.shape import Kind, Reading, Reference, Schema, doubt
from tweeluik.source.suggest import nearest

QUOTES = "put quotes around it"
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
"""Control characters, and those that hide text or turn its direction."""


def read_text(node: Node, path: str, reading: Reading) -> str | None:
    """The text of a node with single spaces, or None after reporting that it is not text."""
    if not isinstance(node, Scalar) or node.kind != "text":
        hint = QUOTES if isinstance(node, Scalar) and node.kind != "nothing" else ""
        reading.report(node.place, path, f"expected text, found {name_of(node)}", hint)
        return None
    text = " ".join(node.text.split())
    if not text:
        reading.report(node.place, path, "expected text, found an empty text")
        return None
    if _UNSEEN.search(text):
        reading.report(node.place, path, "a character that cannot be seen", "type the text again")
        return None
    return text


@dataclass(frozen=True, slots=True)
class Text:
    """Running text of one line, about organisations only."""

    def read(self, node: Node, path: str, reading: Reading) -> str | None:
        """The text."""
        text = read_text(node, path, reading)
        if text is not None:
            report_contacts(text, node.place, path, reading)
        return text

    def schema(self) -> Schema:
        """Any text."""
        return {"type": "string", "minLength": 1}


def report_contacts(text: str, place: Place, path: str, reading: Reading) -> None:
    """Report addresses of people in a text."""
    if next(find_emails(text), None) is not None:
        reading.report(place, path, "an e-mail address in the text", "the source holds no contact details; remove it")
    if next(find_telephones(text), None) is not None:
        reading.report(place, path, "a telephone number in the text", "the source holds no contact details; remove it")


@dataclass(frozen=True, slots=True)
class Written:
    """Text in a fixed form. `form` describes it, for messages."""

    pattern: str
    form: str

    def read(self, node: Node, path: str, reading: Reading) -> str | None:
        """The text."""
        text = read_text(node, path, reading)
        if text is not None and not re.fullmatch(self.pattern, text):
            reading.report(node.place, path, "not in the form that is asked", self.form)
            return None
        return text

    def schema(self) -> Schema:
        """Text with a pattern."""
        return {"type": "string", "pattern": f"^(?:{self.pattern})$"}


CODE = Written(r"[A-Za-z0-9][A-Za-z0-9._-]*", "letters, digits, '.', '-' and '_', starting with a letter or digit")
FILE_NAME = Written(r"[a-z0-9][a-z0-9-]*", "small letters, digits and '-', starting with a letter or digit")
EMAIL = Written(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+", "an e-mail address")
LINK = Written(r"https://[A-Za-z0-9.-]+(:\d+)?(/[^\s\"'<>\\]*)?", "a link that starts with https://")
BASE = Written(
    r"https://[A-Za-z0-9.-]+(:\d+)?/([^\s\"'<>\\?#]*/)?", "a link that starts with https:// and ends with '/'"
)
REGISTRATION = Written(r"\d{8}", "the eight digits of the trade register, in quotes")


@dataclass(frozen=True, slots=True)
class Defines:
    """A code that others may refer to. `once`: the same code may not be defined again."""

    defines: str
    once: bool = True
    form: Written = CODE

    def read(self, node: Node, path: str, reading: Reading) -> str | None:
        """The code."""
        code = self.form.read(node, path, reading)
        if code is None:
            reading.unsure.add(self.defines)
            return None
        earlier = reading.define(self.defines, code, node.place)
        if earlier is not None and self.once:
            reading.report(node.place, path, "used twice", f"the first is at {earlier}")
        return code

    def schema(self) -> Schema:
        """A text with the code's form."""
        return self.form.schema()


@dataclass(frozen=True, slots=True)
class Refers:
    """A code that is defined elsewhere; whether it is, is asked when every file has been read."""

    target: str

    def read(self, node: Node, path: str, reading: Reading) -> str | None:
        """The code."""
        code = read_text(node, path, reading)
        if code is not None:
            reading.references.append(Reference(self.target, code, node.place, path))
        return code

    def schema(self) -> Schema:
        """Any text: a schema knows one file, not the others."""
        return {"type": "string", "minLength": 1}


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a few fixed words."""

    words: tuple[str, ...]

    def read(self, node: Node, path: str, reading: Reading) -> str | None:
        """The word."""
        text = read_text(node, path, reading)
        if text is not None and text not in self.words:
            hint = nearest(text, self.words) or "one of: " + ", ".join(self.words)
            reading.report(node.place, path, "unknown value", hint)
            return None
        return text

    def schema(self) -> Schema:
        """The words."""
        return {"type": "string", "enum": list(self.words)}


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


@dataclass(frozen=True, slots=True)
class Many:
    """A list of at least one; the key is left out when there is nothing to list. `unique`: no text stands in it twice."""

    item: Kind
    unique: bool = False

    def read(self, node: Node, path: str, reading: Reading) -> tuple[Any, ...] | None:
        """The items, in the order of the file."""
        if not isinstance(node, Listing):
            reading.report(node.place, path, f"expected a list, found {name_of(node)}", "write it as [one, two]")
            doubt(self, reading)
            return None
        if not node.items:
            reading.report(node.place, path, "an empty list", "write at least one")
            return None
        if self.unique:
            _report_repeats(node, path, reading)
        items = tuple(self.item.read(each, f"{path}[{position}]", reading) for position, each in enumerate(node.items))
        return None if None in items else items

    def schema(self) -> Schema:
        """A list with items of one kind."""
        unique = {"uniqueItems": True} if self.unique else {}
        return {"type": "array", "items": self.item.schema(), "minItems": 1, **unique}


def _report_repeats(node: Listing, path: str, reading: Reading) -> None:
    texts = [each.text for each in node.items if isinstance(each, Scalar)]
    if len(set(texts)) < len(texts):
        for position, each in enumerate(node.items):
            if isinstance(each, Scalar) and each.text in texts[:position]:
                reading.report(each.place, f"{path}[{position}]", "stands in the list twice", "remove one")
