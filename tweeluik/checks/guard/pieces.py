"""Names that somebody cut short, or put a word into: most of their letters are there, but do not follow each other."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, chain

from tweeluik.checks.guard.machine import BytesMachine, Hit
from tweeluik.checks.guard.patterns import AFTER, BEFORE, SURE
from tweeluik.checks.guard.secret import Secret, may_stand
from tweeluik.words.folding import fold, squeeze, words
from tweeluik.words.frequency import are_ordinary, is_frequent, is_word
from tweeluik.words.legal_forms import is_form

LEAST_LEFT = 8
"""Fewer letters of a name that was cut short tell nobody."""

MOST_PUT_IN = 2
"""Words at one place."""

_CUTS = (re.compile(r"\.\.+\]?"), re.compile("\N{HORIZONTAL ELLIPSIS}\\]?"))
"""Each begins with the sign that it is found by: a bracket before it that may be there is tried at every letter."""

_REACH = 120
"""Characters on both sides of a cut that are looked at."""

_GAP = r"[\s\-\u2010-\u2015,.&+'\u2019/()]+"
"""Between words of one line: no sign that parts cells, values or tags."""
_SEVERAL = 2


class Pieces:
    """All names that are long enough, to be searched for together."""

    def __init__(self, secrets: Iterable[tuple[Secret, bytes]]) -> None:
        self._begun: dict[bytes, list[tuple[Secret, bytes]]] = defaultdict(list)
        self._ended: dict[bytes, list[tuple[Secret, bytes]]] = defaultdict(list)
        self._by_anchor: dict[bytes, list[_Parted]] = defaultdict(list)
        self._allowed = list[tuple[Secret, bytes]]()
        for secret, letters in secrets:
            if secret.field not in ("name", "alias"):
                continue
            if secret.allowed:
                self._allowed.append((secret, letters))
            if len(letters) >= SURE:
                self._begun[letters[:LEAST_LEFT]].append((secret, letters))
                self._ended[letters[-LEAST_LEFT:]].append((secret, letters))
            if (parted := _parted(secret, letters)) is not None:
                self._by_anchor[parted.anchor].append(parted)
        self._beginnings, self._endings = BytesMachine(self._begun), BytesMachine(self._ended)
        # Pages have the same menus and paths with the same points in them: what stands around is looked at once.
        self._around = lru_cache(maxsize=1 << 12)(self._beside)

    @property
    def wanted(self) -> Iterable[bytes]:
        """What is to be looked for in the letters of all parts."""
        return self._by_anchor

    def find(self, path: str, parts: list[str], squeezed: bytes, hits: list[Hit]) -> Iterator[Secret]:
        """Every name that stands in these parts of a file in pieces, and may not.

        `squeezed` are the letters of all parts, `hits` those of what is wanted.
        """
        free = [letters for secret, letters in self._allowed if may_stand((secret,), path)]
        for secret, rest in dict.fromkeys((*self._cut_short(parts), *self._put_in(parts, squeezed, hits))):
            # What is a piece of a name that may stand here tells nothing more than that name.
            if not may_stand((secret,), path) and not any(rest in each for each in free):
                yield secret

    def _cut_short(self, parts: list[str]) -> Iterator[tuple[Secret, bytes]]:
        for part in parts:
            for cut in chain.from_iterable(cuts.finditer(part) for cuts in _CUTS):
                start = cut.start() - (part[cut.start() - 1 : cut.start()] == "[")
                yield from self._around(part[max(start - _REACH, 0) : start], part[cut.end() : cut.end() + _REACH])

    def _beside(self, before: str, behind: str) -> tuple[tuple[Secret, bytes], ...]:
        """Of a cut, given what stands on both sides of it."""
        return (*self._beginning(words(before)), *self._end(words(behind)))

    def _beginning(self, before: list[str]) -> Iterator[tuple[Secret, bytes]]:
        text = "".join(before).encode()
        for begun, start, _ in self._beginnings.find(text):
            left, rest = _last(before, len(text) - start), text[start:]
            for secret, letters in self._begun[begun] if left else ():
                if letters.startswith(rest) and letters != rest and _tells(secret, left, rest):
                    yield secret, rest

    def _end(self, behind: list[str]) -> Iterator[tuple[Secret, bytes]]:
        text = "".join(behind).encode()
        for ended, _, end in self._endings.find(text):
            left, rest = _first(behind, end), text[:end]
            for secret, letters in self._ended[ended] if left else ():
                if letters.endswith(rest) and letters != rest and _tells(secret, left, rest):
                    yield secret, rest

    def _put_in(self, parts: list[str], squeezed: bytes, hits: list[Hit]) -> Iterator[tuple[Secret, bytes]]:
        anchors = dict.fromkeys(found for found, _, _ in hits if found in self._by_anchor)
        asked = [each for anchor in anchors for each in self._by_anchor[anchor] if each.may_be_in(squeezed)]
        for text in map(fold, parts) if asked else ():
            for each in asked:
                yield from ((each.secret, rest) for rest in each.find(text))


def _tells(secret: Secret, left: list[str], rest: bytes) -> bool:
    """Whether what is left of a name is more than words that any text may hold, or than a public label."""
    return not are_ordinary(left) and not any(squeeze(label).startswith(rest) for label in secret.within)


def _last(texts: list[str], size: int) -> list[str]:
    """So many words at the end that they have this size together; none when a word would be split."""
    return _first(texts[::-1], size)[::-1]


def _first(texts: list[str], size: int) -> list[str]:
    """The same at the beginning."""
    sizes = list(accumulate(len(each.encode()) for each in texts))
    return texts[: sizes.index(size) + 1] if size in sizes else []


# --- a word put in ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, repr=False)
class _Parted:
    """The words of a name that tell something, the longest of those that are rare, and how they may stand apart."""

    secret: Secret
    letters: bytes
    words: tuple[bytes, ...]
    anchor: bytes
    first: str
    apart: str

    def may_be_in(self, squeezed: bytes) -> bool:
        """Whether all of its words are there."""
        return all(word in squeezed for word in self.words)

    def find(self, folded: str) -> Iterator[bytes]:
        """Where they follow each other with others between them: the letters of it all."""
        # A pattern that first looks back is tried at every letter; where its first word stands is known much sooner.
        start, apart = folded.find(self.first), re.compile(self.apart)
        while start >= 0:
            found = apart.match(folded, start)
            if found is not None and self.letters not in (rest := squeeze(found[0])):
                yield rest
            start = folded.find(self.first, found.end() if found else start + 1)


def _parted(secret: Secret, letters: bytes) -> _Parted | None:
    """None for a name of too few words or letters: with others between them these are a description."""
    telling, apart, left_out = list[str](), "", 0
    for word in words(secret.text):
        if _tells_nothing(word):
            left_out += 1
            continue
        apart += f"{_put_in(left_out)}{re.escape(word)}" if telling else re.escape(word)
        telling.append(word)
        left_out = 0
    rare = [word for word in telling if not is_word(word)]
    if sum(map(len, telling)) < SURE or not rare or len(telling) < _SEVERAL or len(rare) == 1 == len(telling) - 1:
        return None
    anchor = max(rare, key=len)
    pattern = f"{BEFORE}{apart}{AFTER}"
    return _Parted(secret, letters, tuple(map(str.encode, telling)), anchor.encode(), telling[0], pattern)


@lru_cache(maxsize=1 << 12)
def _tells_nothing(word: str) -> bool:
    return is_frequent(word) or is_form(word)


def _put_in(left_out: int) -> str:
    """Between two words, of which so many others may be missing."""
    return rf"{_GAP}(?:[^\W\d_]+{_GAP}){{0,{MOST_PUT_IN + left_out}}}"
