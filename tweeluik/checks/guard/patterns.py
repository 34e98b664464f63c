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
BEFORE, AFTER = r"(?<![^\W_])", r"(?![^\W_])"
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
    return re.compile(rf"{BEFORE}{_LETTER_GAP.join(text)}(?:'?s)?{AFTER}")


def is_find(found: str) -> bool:
    """A number is written with one kind of gap at most: `12 345.678` are three numbers."""
    return not found[0].isdigit() or len(set(re.findall(r"\D", found))) <= 1


class Phrases:
    """Any of these texts between word boundaries, over line ends too, the longest first."""

    def __init__(self, texts: Iterable[str]) -> None:
        ordered = sorted({" ".join(text.split()) for text in texts}, key=lambda text: (-len(text), text))
        spaced = (r"\s+".join(map(re.escape, text.split())) for text in ordered)
        # Looked ahead, so that a find may begin within another one; the longest from every place.
        self._pattern = re.compile(rf"{BEFORE}(?=({'|'.join(spaced)}){AFTER})")
        self._signs = frozenset(max(text.split(), key=len) for text in ordered)

    def _may_be_in(self, text: str) -> bool:
        # Looking for a piece of text is ten times as fast as looking for a pattern.
        return any(sign in text for sign in self._signs)

    def find(self, text: str) -> Iterator[str]:
        """Every find, with single spaces."""
        return (" ".join(found.split()) for found, _, _ in self.spans(text))

    def spans(self, text: str) -> Iterator[tuple[str, int, int]]:
        """Every find as it is written, and where it begins and ends."""
        if self._signs and self._may_be_in(text):
            yield from ((found[1], *found.span(1)) for found in self._pattern.finditer(text))

    def split(self, text: str) -> list[str]:
        """What stands between the finds."""
        parts, end = list[str](), 0
        for _, first, last in self.spans(text):
            if first >= end:
                parts.append(text[end:first])
                end = last
        return [*parts, text[end:]]


def is_within(first: int, last: int, spans: Iterable[tuple[int, int]]) -> bool:
    """Whether a find lies wholly in one of these: a longer one that only holds one of them does not."""
    return any(start <= first and last <= end for start, end in spans)


_HUMP = re.compile(r"(?<=[a-zà-ÿ])(?=[A-ZÀ-Þ])")
_BETWEEN_WORDS = re.compile(r"[^\w|]+|_")


def slug_words(folded: str) -> str:
    """A folded text with one space between its words, however a program wrote it; `|` stays as a limit."""
    return " ".join(_BETWEEN_WORDS.sub(" ", folded).split())


def split_humps(text: str) -> str:
    """`partnerSamen` in two words."""
    return _HUMP.sub(" ", text)
