"""When letters that follow each other are a name, and when they are chance.

The search machine sees letters and digits only. A long name cannot occur in those by chance; a short one, a number or
an id of hexadecimal digits can, so there the text itself decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

SHORTEST = 6
"""Fewer letters and digits occur by chance in any page once everything between them is left out."""

SURE = 12
"""From this many letters on, whatever stands around a name does not matter."""

_HEXADECIMAL = re.compile("[0-9a-f]+")
BEFORE, AFTER = r"(?<![^\W_])", r"(?![^\W_])"
_LETTER_GAP = r"[\W_]*"
_MOST_GROUPS, _LEAST_GROUP = 3, 2
_NUMBER_GAP = r"[ .\-/']?"


def is_sure(letters: bytes) -> bool:
    """Whether these letters and digits are a find wherever they follow each other."""
    text = letters.decode()
    return (len(text) >= SURE and not text.isdigit()) or not (text.isalpha() or _HEXADECIMAL.fullmatch(text))


def around(letters: bytes) -> re.Pattern[str]:
    """In folded text: these letters as words of their own, however they are spaced; or these digits as one number."""
    text = letters.decode()
    if text.isdigit():
        in_thousands = rf"{text[:-6]},{text[-6:-3]},{text[-3:]}"  # commas elsewhere part the cells of a table
        return re.compile(rf"{text}|(?<!\d)(?:{_NUMBER_GAP.join(text)}|{in_thousands})(?!\d)")
    return re.compile(rf"{BEFORE}{_LETTER_GAP.join(text)}(?:'?s)?{AFTER}")


def is_find(found: re.Match[str], text: str) -> bool:
    """A number is written with one kind of gap at most: `12 345.678` are three numbers.

    With two, in groups of two digits or more (`41.23 4567`), only where no other number stands beside it.
    """
    written = found[0]
    gaps = set(re.findall(r"\D", written))
    if not written[0].isdigit() or len(gaps) <= 1:
        return True
    groups = re.split(r"\D", written)
    grouped = len(groups) <= _MOST_GROUPS and all(len(each) >= _LEAST_GROUP for each in groups)
    before, behind = text[max(found.start() - 2, 0) : found.start()], text[found.end() : found.end() + 2]
    return grouped and not re.search(r"\d", before + behind)


def is_within(first: int, last: int, spans: Iterable[tuple[int, int]]) -> bool:
    """Whether a find lies wholly in one of these: a longer one that only holds one of them does not."""
    return any(start <= first and last <= end for start, end in spans)
