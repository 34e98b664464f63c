"""Sentences in which a text that must stay inside may stand, because a reader learns nothing from it.

An exemption is bound to one file and one exact sentence. It holds no name: it has a gap where the name stands, and the
hash of the whole sentence, so that no other name fits. What stands in the gap must have the letters of a text that is
looked for, however it is spelled there, and no more: a sentence lets through its own find and nothing else.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from typing import NamedTuple

from tweeluik.checks.guard.patterns import AFTER, BEFORE
from tweeluik.problems import Place, Problem
from tweeluik.words.folding import squeeze

GAP = "…"
LEFT = "x"
"""Stands for a name that may stand there: a word like any other, so that what is beside it is read as it was."""

_LONGEST = 200
"""Characters of a name, with its signs as markup has them."""

_GENITIVE = re.compile(r"['’]?s$")


@dataclass(frozen=True, slots=True, repr=False)
class Exemption:
    """A sentence with a `GAP`, in a file of the site; `digest` is the SHA-256 of the whole sentence in UTF-8."""

    file: str
    sentence: str
    digest: str
    place: Place

    def fits(self, written: str) -> bool:
        """Whether this is what stood in the gap."""
        return hashlib.sha256(self.sentence.replace(GAP, written).encode()).hexdigest() == self.digest


class Gap(NamedTuple):
    """Where a name that may stand there begins and ends in a text, and its letters."""

    start: int
    end: int
    letters: bytes


class _Sentence:
    """A sentence with what may stand in its gap; in a page, as text and as text within markup."""

    def __init__(self, exemption: Exemption) -> None:
        self.exemption = exemption
        before, _, behind = exemption.sentence.partition(GAP)
        self._before, self._behind = re.compile(BEFORE + _spaced(before)), re.compile(_spaced(behind) + AFTER)
        self._begins, self._ends = not before.strip(), not behind.strip()

    def gaps(self, text: str, known: frozenset[bytes]) -> Iterator[Gap]:
        """Where the name stands in every find of the sentence; `known` are the letters of all that is looked for."""
        starts = None if self._begins else [each.end() for each in self._before.finditer(text)]
        ends = None if self._ends else [each.start() for each in self._behind.finditer(text)]
        for start, end in _pairs(starts, ends, len(text)):
            letters = self._letters(text[start:end], known) if _is_apart(text, start, end) else None
            if letters is not None:
                yield Gap(start, end, letters)

    def _letters(self, written: str, known: frozenset[bytes]) -> bytes | None:
        plain = unescape(written)
        one_line = " ".join(plain.split())
        ways = dict.fromkeys(squeeze(way) for way in (one_line, _GENITIVE.sub("", one_line)))
        letters = next((each for each in ways if each in known), None)
        is_it = letters is not None and any(map(self.exemption.fits, dict.fromkeys((one_line, plain, written))))
        return letters if is_it else None


def _pairs(starts: list[int] | None, ends: list[int] | None, size: int) -> Iterator[tuple[int, int]]:
    """Where a gap may begin and end; None: anywhere, because the sentence begins or ends with it."""
    if starts is None:
        for end in ends or ():
            yield from ((start, end) for start in range(max(0, end - _LONGEST), end))
        return
    for start in starts:
        until = min(size, start + _LONGEST)
        near = range(start + 1, until + 1) if ends is None else ends
        yield from ((start, end) for end in near if start < end <= until)


def _is_apart(text: str, start: int, end: int) -> bool:
    """Whether a gap holds whole words, and nothing around them."""
    before, behind = text[start - 1 : start], text[end : end + 1]
    inner = text[start:end]
    return inner == inner.strip() and not (
        (before.isalnum() and inner[:1].isalnum()) or (behind.isalnum() and inner[-1:].isalnum())
    )


class Exemptions:
    """All exemptions of one search, and which of them were needed; `texts` are all that is looked for."""

    def __init__(self, exemptions: Iterable[Exemption], texts: Iterable[str]) -> None:
        self._unused = dict.fromkeys(exemptions)
        self._sentences = tuple(map(_Sentence, self._unused))
        self._known = frozenset(filter(None, map(squeeze, texts))) if self._unused else frozenset()

    def without(self, path: str, texts: list[str]) -> list[str]:
        """What a file says without the names that may stand in it: only these, not the rest of their sentences."""
        return [_left(text, self._gaps(path, text)) for text in texts]

    def each_with(self, path: str, texts: Iterable[str]) -> Mapping[bytes, list[str]]:
        """The texts with one name that may stand there and no other, by its letters: a longer one may hold it."""
        found: dict[bytes, list[str]] = {}
        for text in texts:
            gaps = self._gaps(path, text)
            for letters in dict.fromkeys(each.letters for each in gaps):
                others = [each for each in gaps if each.letters != letters]
                found.setdefault(letters, []).append(_left(text, others))
        return found

    def blanked(self, path: str, data: bytes) -> bytes:
        """A text file without the names that may stand in it, on the same lines; other files as they are."""
        try:
            text = data.decode() if self.of(path) else ""
        except UnicodeDecodeError:
            return data
        return _left(text, self._gaps(path, text)).encode() if text else data

    def find_unused(self) -> Iterator[Problem]:
        """Exemptions that nothing needs: their sentence is gone, stands elsewhere, or holds no name of the source."""
        for each in self._unused:
            hint = "remove it; or check the file, the sentence and its sha256"
            yield Problem(each.place, "", "an exception that nothing needs", hint)

    def of(self, path: str) -> list[_Sentence]:
        """Those about a file."""
        return [each for each in self._sentences if each.exemption.file == path]

    def _gaps(self, path: str, text: str) -> list[Gap]:
        gaps = set[Gap]()
        for each in self.of(path):
            found = set(each.gaps(text, self._known))
            if found:
                self._unused.pop(each.exemption, None)
                gaps |= found
        return sorted(gaps)


def _left(text: str, gaps: Iterable[Gap]) -> str:
    parts, end = list[str](), 0
    for gap in gaps:
        if gap.start >= end:
            # On as many lines as before.
            parts += (text[end : gap.start], LEFT, "\n" * text.count("\n", gap.start, gap.end))
        end = max(end, gap.end)
    return "".join((*parts, text[end:]))


def _spaced(text: str) -> str:
    """A pattern of a text over line ends too, its signs as they are or as markup has them."""
    return r"\s+".join("".join(map(_sign, word)) for word in re.split(r"\s+", text))


def _sign(character: str) -> str:
    return _SIGNS.get(character, re.escape(character))


_SIGNS = {"&": "(?:&amp;|&)", "<": "(?:&lt;|<)", ">": "(?:&gt;|>)", '"': '(?:&quot;|&#34;|")', "'": "(?:&#39;|')"}
