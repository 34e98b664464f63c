"""When letters that follow each other are a name, and when they are chance.

The search machine sees letters and digits only. A long name cannot occur in those by chance; a short one, a number or
an id of hexadecimal digits can, so there the text itself decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

SHORTEST = 6
"""Fewer letters and digits occur by chance in any page once everything between them is left out."""

SURE = 12
"""From this many letters on, whatever stands around a name does not matter."""

_HEXADECIMAL = re.compile("[0-9a-f]+")
_BEFORE, _AFTER = r"(?<![^\W_])", r"(?![^\W_])"
_LETTER_GAP = r"[\W_]*"
_NUMBER_GAP = r"[ .\-/']?"


def is_sure(letters: bytes) -> bool:
    """Whether these letters and digits are a find wherever they follow each other."""
    text = letters.decode()
    return (len(text) >= SURE and not text.isdigit()) or not (text.isalpha() or _HEXADECIMAL.fullmatch(text))


def around(letters: bytes) -> re.Pattern[str]:
    """In folded text: these letters as words of their own, however they are spaced; or these digits as one number."""
    text = letters.decode()
    if text.isdigit():
        return re.compile(rf"{text}|(?<!\d){_NUMBER_GAP.join(text)}(?!\d)")
    return re.compile(rf"{_BEFORE}{_LETTER_GAP.join(text)}(?:'?s)?{_AFTER}")


def is_find(found: str) -> bool:
    """A number is written with one kind of gap at most: `12 345.678` are three numbers."""
    return not found[0].isdigit() or len(set(re.findall(r"\D", found))) <= 1


class Phrases:
    """Any of these texts between word boundaries, over line ends too, the longest first."""

    def __init__(self, texts: Iterable[str]) -> None:
        ordered = sorted({" ".join(text.split()) for text in texts}, key=lambda text: (-len(text), text))
        spaced = (r"\s+".join(map(re.escape, text.split())) for text in ordered)
        self._pattern = re.compile(rf"{_BEFORE}(?:{'|'.join(spaced)}){_AFTER}")
        self._signs = frozenset(max(text.split(), key=len) for text in ordered)

    def _may_be_in(self, text: str) -> bool:
        # Looking for a piece of text is ten times as fast as looking for a pattern.
        return any(sign in text for sign in self._signs)

    def find(self, text: str) -> Iterator[str]:
        """Every find, with single spaces."""
        if self._may_be_in(text):
            yield from (" ".join(found[0].split()) for found in self._pattern.finditer(text))

    def split(self, text: str) -> list[str]:
        """What stands between the finds."""
        return self._pattern.split(text) if self._may_be_in(text) else [text]


_HUMP = re.compile(r"(?<=[a-zà-ÿ])(?=[A-ZÀ-Þ])")
_BETWEEN_WORDS = re.compile(r"[^\w|]+|_")


def slug_words(folded: str) -> str:
    """A folded text with one space between its words, however a program wrote it; `|` stays as a limit."""
    return " ".join(_BETWEEN_WORDS.sub(" ", folded).split())


def split_humps(text: str) -> str:
    """`partnerSamen` in two words."""
    return _HUMP.sub(" ", text)
