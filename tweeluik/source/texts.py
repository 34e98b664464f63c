"""Kinds of text: running text, text in a fixed form, codes, references and choices.

A message says what was expected and what kind of thing was found, never the value itself.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from html import unescape

from tweeluik.problems import Place
from tweeluik.source.asides import NOTHING, leave_out
from tweeluik.source.contacts import find_contacts
from tweeluik.source.dutch_words import value_of
from tweeluik.source.nodes import Listing, Mapping, Node, Scalar, name_of
from tweeluik.source.schema import Reading, Reference, Schema
from tweeluik.source.slips import CUT
from tweeluik.source.suggest import closest
from tweeluik.source.woo import MINISTRIES, MINISTRY
from tweeluik.words.folding import letters
from tweeluik.words.registration import KVK_DIGITS, cure, passes_eleven_test

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

    def read(self, node: Node, path: str, reading: Reading) -> str | None:
        """The text."""
        text = read_text(node, path, reading)
        if text is None or not isinstance(node, Scalar):
            return None
        if node.cut_at is not None:
            reading.report(node.cut_at, path, *CUT)
            return None
        mangled = _mangled(text)
        if mangled is not None:
            reading.report(node.place, path, *mangled)
            return None
        if not letters(text):
            reading.report(node.place, path, NOTHING, leave_out(node.place, required=True))
            return None
        report_contacts(text, node.place, path, reading)
        return text

    def schema(self) -> Schema:
        """Any text."""
        return {"type": "string", "minLength": 1, "pattern": r"\S"}

    def words(self) -> str:
        """Any text."""
        return "text"


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
    if "\ufffd" in text or _is_misread(text):
        return "letters that were read in another encoding", "type the text again, or open its source as UTF-8"
    return None


def _is_misread(text: str) -> bool:
    """Whether a text in UTF-8 was taken for Windows text: then the way back gives UTF-8 again."""
    try:
        return text.encode("cp1252").decode("utf-8") != text
    except UnicodeError:
        return False


def report_contacts(text: str, place: Place, path: str, reading: Reading) -> None:
    """Report what a text holds about persons, once for each kind."""
    for what, hint in dict.fromkeys((each.what, each.cure) for each in find_contacts(text)):
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


_EIGHT = "write its eight digits alone, in quotes"
_KVK = r"\d{8}"
_TOOI = f"look for the ministry in the register of TOOI: {MINISTRY} and its code"

LINE_DIGEST = "line-[0-9a-f]{24}"
"""Stands for a line of the exclusion list: a digest with a key that only the holders of the list have."""


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
        report_contacts(code, node.place, path, reading)
        earlier = reading.define(self.defines, code, node.place)
        if earlier is not None and self.once:
            reading.report(node.place, path, "used twice", f"the first is at {earlier}")
        return code

    def schema(self) -> Schema:
        """A text with the code's form."""
        return self.form.schema()

    def words(self) -> str:
        """The form."""
        return self.form.words()


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
        """One of the codes of the source, which stand apart: a schema of no source in particular takes any text."""
        return {"$ref": f"#/$defs/{self.target}-code"}

    def words(self) -> str:
        """What it refers to."""
        return f"{'an' if self.target == 'edition' else 'a'} {self.target} of this source"


@dataclass(frozen=True, slots=True)
class Registration:
    """A number of the trade register, its eight digits and nothing else."""

    def read(self, node: Node, path: str, reading: Reading) -> str | None:
        """The digits."""
        if isinstance(node, Scalar) and node.kind == "a whole number" and len(node.text) < KVK_DIGITS:
            reading.report(node.place, path, "no number of the trade register", cure(node.text))
            return None
        text = read_text(node, path, reading)
        if text is None or (re.fullmatch(_KVK, text) and text.strip("0")):
            return text
        digits = "".join(filter(str.isdigit, text))
        if len(digits) == KVK_DIGITS and digits.strip("0") and text.strip("\"' ") != digits:
            reading.report(node.place, path, "no number of the trade register", _EIGHT)
            return None
        is_no_number = len(digits) != KVK_DIGITS or not digits.strip("0")
        hint = cure(digits) if digits and is_no_number else self.words()
        if passes_eleven_test(digits):
            hint = "this is an RSIN: write it as rsin"
        reading.report(node.place, path, "no number of the trade register", hint)
        return None

    def schema(self) -> Schema:
        """Text with a pattern."""
        return {"type": "string", "pattern": f"^(?!0+$){_KVK}$"}

    def words(self) -> str:
        """The form."""
        return "the eight digits of the trade register, in quotes"


@dataclass(frozen=True, slots=True)
class Rsin:
    """A number of an organisation at the tax office: nine digits that pass the test of eleven."""

    def read(self, node: Node, path: str, reading: Reading) -> str | None:
        """The digits."""
        text = read_text(node, path, reading)
        if text is not None and not passes_eleven_test(text):
            reading.report(node.place, path, "no RSIN", "its nine digits, in quotes; look for a typing error")
            return None
        return text

    def schema(self) -> Schema:
        """Text with a pattern; the test of eleven is for the reader."""
        return {"type": "string", "pattern": r"^(?!0+$)\d{9}$"}

    def words(self) -> str:
        """The form."""
        return "nine digits that pass the test of eleven, in quotes"


@dataclass(frozen=True, slots=True)
class Ministry:
    """The address of a ministry in the register of government organisations (TOOI)."""

    def read(self, node: Node, path: str, reading: Reading) -> str | None:
        """The address."""
        text = read_text(node, path, reading)
        if text is not None and text.removeprefix(MINISTRY) not in MINISTRIES:
            reading.report(node.place, path, "no ministry of the list of TOOI", _TOOI)
            return None
        return text

    def schema(self) -> Schema:
        """One of the addresses."""
        return {"type": "string", "enum": [MINISTRY + code for code in MINISTRIES]}

    def words(self) -> str:
        """The form."""
        return f"the address of a ministry in TOOI, such as `{MINISTRY}mnre1073`"


@dataclass(frozen=True, slots=True)
class PartnerOrLine:
    """The id of an organisation, or what stands for a line of the exclusion list."""

    def read(self, node: Node, path: str, reading: Reading) -> str | None:
        """The id or the digest."""
        if isinstance(node, Scalar) and node.kind == "text" and re.fullmatch(LINE_DIGEST, node.text):
            return node.text
        return Refers("partner").read(node, path, reading)

    def schema(self) -> Schema:
        """Any text: a schema knows one file, not the others."""
        return Refers("partner").schema()

    def words(self) -> str:
        """What it refers to."""
        return "a partner of this source, or a line of the exclusion list (`line-…`)"


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a few fixed words."""

    choices: tuple[str, ...]

    def read(self, node: Node, path: str, reading: Reading) -> str | None:
        """The word."""
        text = read_text(node, path, reading)
        if text is not None and text not in self.choices:
            english = value_of(text, self.choices) or closest(text, self.choices)
            hint = f"did you mean '{english}'?" if english else "one of: " + ", ".join(self.choices)
            reading.report(node.place, path, "unknown value", hint)
            return None
        return text

    def schema(self) -> Schema:
        """The words."""
        return {"type": "string", "enum": list(self.choices)}

    def words(self) -> str:
        """The words."""
        return " or ".join(f"`{word}`" for word in self.choices)
