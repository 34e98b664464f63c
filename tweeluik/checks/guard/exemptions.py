"""Sentences in which a text that must stay inside may stand, because a reader learns nothing from it.

An exemption is bound to one file and one exact sentence. It holds no name: it has a gap where the name stands, and the
hash of the whole sentence, so that no other name fits.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tweeluik.checks.guard.patterns import AFTER, BEFORE
from tweeluik.problems import Place, Problem

GAP = "…"


@dataclass(frozen=True, slots=True, repr=False)
class Exemption:
    """A sentence with a `GAP`, in a file of the site; `digest` is the SHA-256 of the whole sentence in UTF-8."""

    file: str
    sentence: str
    digest: str
    place: Place

    def name_in(self, texts: Iterable[str]) -> str | None:
        """The one text that fits the gap, as the sentence has it."""
        return next((text for text in texts if _digest(self.sentence.replace(GAP, text)) == self.digest), None)


class _Sentence:
    """A sentence with what may stand in its gap; in a page, as text and as text within markup."""

    def __init__(self, exemption: Exemption, name: str) -> None:
        self.exemption = exemption
        pieces = f"({GAP})".join(map(_spaced, exemption.sentence.split(GAP)))
        whole = pieces.replace(f"({GAP})", f"({_spaced(name)})")
        self._pattern = re.compile(rf"{BEFORE}{whole}{AFTER}")

    def gaps(self, text: str) -> Iterator[tuple[int, int]]:
        """Where the name stands in every find of the sentence."""
        for found in self._pattern.finditer(text):
            yield from (found.span(number) for number in range(1, self._pattern.groups + 1))


class Exemptions:
    """All exemptions of one search, and which of them were needed."""

    def __init__(self, exemptions: Iterable[Exemption], texts: Iterable[str]) -> None:
        self._unused = dict.fromkeys(exemptions)
        texts = tuple(dict.fromkeys(way for text in texts for way in _ways(text))) if self._unused else ()
        names = ((each, each.name_in(texts)) for each in self._unused)
        self._sentences = tuple(_Sentence(each, name) for each, name in names if name is not None)

    def without(self, path: str, texts: list[str]) -> list[str]:
        """What a file says without the names that may stand in it: only these, not the rest of their sentences."""
        here = self._of(path)
        return [part for text in texts for part in self._parts(here, text)] if here else texts

    def _of(self, path: str) -> list[_Sentence]:
        return [each for each in self._sentences if each.exemption.file == path]

    def blanked(self, path: str, data: bytes) -> bytes:
        """A text file without the names that may stand in it, on the same lines; other files as they are."""
        here = self._of(path)
        try:
            text = data.decode() if here else ""
        except UnicodeDecodeError:
            return data
        return GAP.join(self._parts(here, text)).encode() if here else data

    def _parts(self, sentences: list[_Sentence], text: str) -> Iterator[str]:
        gaps = set[tuple[int, int]]()
        for each in sentences:
            found = set(each.gaps(text))
            if found:
                self._unused.pop(each.exemption, None)
                gaps |= found
        end = 0
        for start, stop in sorted(gaps):
            yield text[end : max(end, start)]
            end = max(end, stop)
        yield text[end:]

    def find_unused(self) -> Iterator[Problem]:
        """Exemptions that nothing needs: their sentence is gone, stands elsewhere, or holds no name of the source."""
        for each in self._unused:
            hint = "remove it; or check the file, the sentence and its sha256"
            yield Problem(each.place, "", "an exception that nothing needs", hint)


def _ways(text: str) -> tuple[str, ...]:
    """A name as a sentence may have it that means the word: without capitals, too, or with one at its beginning."""
    plain = " ".join(text.split())
    return text, plain, plain.lower(), plain.lower().capitalize(), plain.upper()


def _spaced(text: str) -> str:
    """A pattern of a text over line ends too, its signs as they are or as markup has them."""
    return r"\s+".join("".join(map(_sign, word)) for word in re.split(r"\s+", text))


def _sign(character: str) -> str:
    return _SIGNS.get(character, re.escape(character))


_SIGNS = {"&": "(?:&amp;|&)", "<": "(?:&lt;|<)", ">": "(?:&gt;|>)", '"': '(?:&quot;|&#34;|")', "'": "(?:&#39;|')"}


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
