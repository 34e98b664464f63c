"""Bytes that are no UTF-8 -> the text that they most likely are, as Notepad and Excel save it; or nothing.

Two ways are known: UTF-16 with its mark in front, and the code page of a Dutch Windows (1252). Of the second nothing
says that it is so; but letters of other code pages become signs inside words, or capitals behind small letters.
"""

from __future__ import annotations

from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from itertools import pairwise

_MARKS = {BOM_UTF16_LE: "utf-16-le", BOM_UTF16_BE: "utf-16-be"}
_SIGNS = frozenset("‘’“”–—…€•°§«»·½¼¾²³©®™")
"""Of the code page, those that Dutch texts hold."""

_WITHIN_WORDS = frozenset("’–·")


def decode_otherwise(data: bytes) -> str | None:
    """The text of bytes that are no UTF-8; None where a person has to look."""
    mark = next((each for each in _MARKS if data.startswith(each)), None)
    try:
        if mark is not None:
            return data[len(mark) :].decode(_MARKS[mark])
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        return None
    return text if "\0" not in text and _is_plausible(text) else None


def _is_plausible(text: str) -> bool:
    padded = f" {text} "
    return all(
        _fits(before, sign, behind) for (before, sign), (_, behind) in pairwise(pairwise(padded)) if not sign.isascii()
    )


def _fits(before: str, sign: str, behind: str) -> bool:
    if sign.isalpha():
        return not (sign.isupper() and before.islower())
    return sign in _SIGNS and (sign in _WITHIN_WORDS or not (before.isalpha() and behind.isalpha()))
