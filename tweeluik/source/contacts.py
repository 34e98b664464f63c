"""Addresses of people in running text. The source holds organisations only: no e-mail address, no telephone number."""

from __future__ import annotations

import re
from collections.abc import Iterator

_AT = r"(?:[@\ufe6b\uff20]|\s?[\[(]\s?(?:at|apenstaartje)\s?[\])]\s?)"  # also the small and the full-width sign
_EMAIL = re.compile(rf"(?<![\w.+%-])[\w.+%-]+{_AT}[\w-]+(?:[.\uff0e][\w-]+)+", re.IGNORECASE)
_APART = r"[\s\u00a0./-]{0,2}"
_TELEPHONE = re.compile(
    rf"(?<![\w+])(?:"
    rf"(?:\+|00)[1-9]\d{{0,2}}{_APART}(?:\(0\){_APART})?(?:\d{_APART}){{6,11}}\d"  # international
    rf"|\(?0[1-9]\d{{0,2}}\)?{_APART}(?:\d{_APART}){{5,8}}\d"  # national: ten digits, checked below
    rf"|0[89]00{_APART}\d{{4}}(?:\d{{3}})?"  # service numbers
    rf")(?!\w)"
)
_NATIONAL_DIGITS = 10


def find_emails(text: str) -> Iterator[tuple[int, str]]:
    """Position and text of everything that reads as an e-mail address, also with "[at]"."""
    return ((found.start(), found.group()) for found in _EMAIL.finditer(text))


def find_telephones(text: str) -> Iterator[int]:
    """Position of everything that reads as a telephone number, in the Netherlands or abroad."""
    for found in _TELEPHONE.finditer(text):
        digits = sum(character.isdigit() for character in found.group())
        if (
            not found.group().lstrip("(").startswith(tuple("0" + first for first in "1234567"))
            or digits == _NATIONAL_DIGITS
        ):
            yield found.start()
