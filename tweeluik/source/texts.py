"""Kinds of text: running text, text in a fixed form, and choices.

A message says what was expected and what kind of thing was found, never the value itself.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from html import unescape
from typing import ClassVar

from tweeluik.problems import Place, Problem
from tweeluik.source.asides import NOTHING, leave_out
from tweeluik.source.contacts import find_contacts
from tweeluik.source.dutch_words import value_of
from tweeluik.source.nodes import Listing, Mapping, Node, Scalar, name_of
from tweeluik.source.reading import Reading
from tweeluik.source.remarks import MAY_BE_CUT
from tweeluik.source.schema import Schema
from tweeluik.source.slips import CUT
from tweeluik.source.suggest import closest
from tweeluik.words.folding import letters, words
from tweeluik.words.garbled import is_garbled
from tweeluik.words.legal_forms import is_form_alone
from tweeluik.words.names import ARTICLES

QUOTES = "put quotes around it"
_CURLY = re.compile("[\u2018-\u201f\u00ab\u2039].*[\u2018-\u201f\u00bb\u203a]")
_ENTITY = re.compile(r"&(?:#\d+|#x[0-9a-fA-F]+|[A-Za-z][A-Za-z0-9]+);")
_TAG = re.compile(
    r"</?(?:a|abbr|b|big|br|center|div|em|font|h[1-6]|hr|i|img|li|ol|p|script|small|span|strong|sub|sup|table|td|th|tr|u|ul)"
    r"(?:[\s/][^<>]*)?>|<!--",
    re.IGNORECASE,
)
"""Between other words the two signs may be a part of the text."""

_PICTURE = re.compile("[\U0001f000-\U0001faff\u2600-\u27bf\ufe0f]")
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\xad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
"""Control characters, and those that hide text or turn its direction."""


def read_text(node: Node, path: str, reading: Reading) -> str | None:
    """The text of a node with single spaces and composed accents (NFC), or None after reporting that it is not text."""
    if not isinstance(node, Scalar) or node.kind != "text":
        reading.report(node.place, path, f"expected text, found {name_of(node)}", _as_text(node))
        return None
    text = unicodedata.normalize("NFC", " ".join(node.text.split()))
    if not text:
        reading.report(node.place, path, "expected text, found an empty text")
        return None
    if _UNSEEN.search(text):
        reading.report(node.place, path, "a character that cannot be seen", "type the text again")
        return None
    if node.plain and _CURLY.fullmatch(text):
        reading.report(node.place, path, "curly quotes around a value", "type straight quotes, or none")
        return None
    return text


def _as_text(node: Node) -> str:
    if isinstance(node, Listing):
        return "write one value, without brackets"
    if isinstance(node, Mapping):
        return "put quotes around the text"
    return QUOTES


@dataclass(frozen=True, slots=True)
class Text:
    """Running text of one line, about organisations only."""

    is_name: ClassVar[bool] = False
    """Whether an organisation is called so."""

    def read(self, node: Node, path: str, reading: Reading) -> str | None:
        """The text."""
        text = read_text(node, path, reading)
        if text is None or not isinstance(node, Scalar):
            return None
        if node.cut_at is not None:
            reading.report(node.cut_at, path, *CUT)
            return None
        if node.remark_at is not None:
            reading.doubts.append(Problem(node.remark_at, path, *MAY_BE_CUT))
        mangled = _mangled(text)
        if mangled is not None:
            reading.report(node.place, path, *mangled)
            return None
        if not letters(text):
            reading.report(node.place, path, NOTHING, leave_out(node.place, required=True))
            return None
        report_contacts(text, node.place, path, reading, is_name=self.is_name)
        return text

    def schema(self) -> Schema:
        """Any text."""
        return {"type": "string", "minLength": 1, "pattern": r"\S"}

    def words(self) -> str:
        """Any text."""
        return "text"


_ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)

_CUT_OFF = ARTICLES - {"een"}
"""Words that are left of a name when a comma cuts it; `Een` may be a name."""

LONGEST_NAME = 200
"""Signs. What is longer is no name of an organisation, but a sentence or a list that went into one value."""


@dataclass(frozen=True, slots=True)
class Alias(Text):
    """What an organisation is called too; letters may be short for any name."""

    is_name: ClassVar[bool] = True

    def read(self, node: Node, path: str, reading: Reading) -> str | None:
        """The name."""
        text = Text.read(self, node, path, reading)
        if text is not None and len(text) > LONGEST_NAME:
            what = f"a name of more than {LONGEST_NAME} signs"
            reading.report(node.place, path, what, "write the name alone; each other name is an item of aliases")
            return None
        if text is not None and not text.isupper() and _CUT_OFF.issuperset(words(text)):
            what = "a small word, and no name behind it"
            reading.report(node.place, path, what, "put quotes around a name with a comma in it")
            return None
        return text

    def schema(self) -> Schema:
        """Any text that is not too long."""
        return Text.schema(self) | {"maxLength": LONGEST_NAME}


@dataclass(frozen=True, slots=True)
class Name(Alias):
    """What an organisation is called: more than its legal form."""

    def read(self, node: Node, path: str, reading: Reading) -> str | None:
        """The name."""
        text = Alias.read(self, node, path, reading)
        if text is not None and _ADDRESS.fullmatch(text):
            what = "an address of the web, and no name beside it"
            reading.report(node.place, path, what, "write the whole name of the organisation")
            return None
        if text is not None and is_form_alone(text):
            what = "a legal form, and no name beside it"
            reading.report(node.place, path, what, "write the whole name of the organisation")
            return None
        return text


@dataclass(frozen=True, slots=True)
class Reason(Text):
    """Why something is so, in words."""

    def read(self, node: Node, path: str, reading: Reading) -> str | None:
        """The text; that it is so, or the number of a page, says nothing of why."""
        if isinstance(node, Scalar) and node.kind in ("a truth value", "a whole number"):
            reading.report(node.place, path, f"expected text, found {name_of(node)}", "write the reason in words")
            return None
        return Text.read(self, node, path, reading)


FORMULA = "=+-@"
"""What a spreadsheet takes for the beginning of a formula; of other such signs, tab and line end, no text is left."""


@dataclass(frozen=True, slots=True)
class Label(Text):
    """A text that stands in a cell of the tables that readers take along."""

    def read(self, node: Node, path: str, reading: Reading) -> str | None:
        """The text."""
        text = Text.read(self, node, path, reading)
        if text is not None and text[0] in FORMULA:
            what = "a sign at the beginning that a spreadsheet takes for a formula"
            reading.report(node.place, path, what, "begin with a letter or a digit")
            return None
        return text

    def schema(self) -> Schema:
        """Any other text."""
        return {"type": "string", "minLength": 1, "pattern": f"^[^{re.escape(FORMULA)}]"}

    def words(self) -> str:
        """A text that is no formula."""
        return "text that begins with no `=`, `+`, `-` or `@`"


def _mangled(text: str) -> tuple[str, str] | None:
    """What a text went through on its way: a web page, or a program that took UTF-8 for something else."""
    if _TAG.search(text):
        return "a tag of a web page in a text", "write the text alone, without what stands between < and >"
    if _PICTURE.search(text):
        return "a small picture in a text", "write it in letters"
    if _ENTITY.search(text) and unescape(text) != text:
        return "a sign in the notation of web pages", "write the sign itself, such as & or é"
    if is_garbled(text):
        return "letters that were read in another encoding", "type the text again, or open its source as UTF-8"
    return None


def report_contacts(text: str, place: Place, path: str, reading: Reading, *, is_name: bool = False) -> None:
    """Report what a text holds about persons, once for each kind; `is_name`: an organisation is called so."""
    for what, hint in dict.fromkeys((each.what, each.cure) for each in find_contacts(text, is_name=is_name)):
        reading.report(place, path, what, hint)


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

    def words(self) -> str:
        """The form."""
        return self.form


CODE = Written(r"[A-Za-z0-9][A-Za-z0-9._-]*", "letters, digits, '.', '-' and '_', starting with a letter or digit")
FILE_NAME = Written(r"[a-z0-9][a-z0-9-]*", "small letters, digits and '-', starting with a letter or digit")
EMAIL = Written(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+", "an e-mail address")
LINK = Written(r"https://[A-Za-z0-9.-]+(:\d+)?(/[^\s\"'<>\\]*)?", "a link that starts with https://")
BASE = Written(
    r"https://[A-Za-z0-9.-]+(:\d+)?/([^\s\"'<>\\?#]*/)?", "a link that starts with https:// and ends with '/'"
)


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a few fixed words."""

    choices: tuple[str, ...]

    def read(self, node: Node, path: str, reading: Reading) -> str | None:
        """The word."""
        text = read_text(node, path, reading)
        if text is not None and text not in self.choices:
            english = value_of(text, self.choices) or self._shortened(text) or closest(text, self.choices)
            hint = f"did you mean '{english}'?" if english else "one of: " + ", ".join(self.choices)
            reading.report(node.place, path, "unknown value", hint)
            return None
        return text

    def _shortened(self, text: str) -> str | None:
        """The one word that begins with these letters, whatever stands between them."""
        alike = [each for each in self.choices if letters(each).startswith(letters(text) or " ")]
        return alike[0] if len(alike) == 1 else None

    def schema(self) -> Schema:
        """The words."""
        return {"type": "string", "enum": list(self.choices)}

    def words(self) -> str:
        """The words."""
        return " or ".join(f"`{word}`" for word in self.choices)
