"""Kinds of text that others keep a register of: numbers of organisations, and the addresses of ministries."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tweeluik.source.nodes import Node, Scalar
from tweeluik.source.reading import Reading
from tweeluik.source.schema import Schema
from tweeluik.source.texts import read_text
from tweeluik.source.woo import MINISTRIES, MINISTRY
from tweeluik.words.registration import KVK_DIGITS, cure, passes_eleven_test

_EIGHT = "write its eight digits alone, in quotes"
_KVK = "[0-9]{8}"
_TOOI = f"look for the ministry in the register of TOOI: {MINISTRY} and its code"


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
        digits = "".join(re.findall("[0-9]", text))
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
