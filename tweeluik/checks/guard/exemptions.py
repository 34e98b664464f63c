"""Sentences in which a text that must stay inside may stand, because a reader learns nothing from it.

An exemption is bound to one file and one exact sentence. It holds no name: it has a gap where the name stands, and the
hash of the whole sentence, so that no other name fits.
"""

from __future__ import annotations

import hashlib
import html
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from tweeluik.checks.guard.patterns import Phrases
from tweeluik.problems import Place, Problem

GAP = "…"


@dataclass(frozen=True, slots=True, repr=False)
class Exemption:
    """A sentence with a `GAP`, in a file of the site; `digest` is the SHA-256 of the whole sentence in UTF-8."""

    file: str
    sentence: str
    digest: str
    place: Place

    def whole(self, texts: Iterable[str]) -> str | None:
        """The sentence with the one text in it that it was made for."""
        return next((whole for whole in self._filled(texts) if _digest(whole) == self.digest), None)

    def _filled(self, texts: Iterable[str]) -> Iterator[str]:
        return (self.sentence.replace(GAP, text) for text in texts)


class _Sentence(NamedTuple):
    exemption: Exemption
    text: str

    def written(self) -> tuple[str, ...]:
        """As text, and as text within a page."""
        return self.text, html.escape(self.text, quote=False), html.escape(self.text).replace("&#x27;", "&#39;")


class Exemptions:
    """All exemptions of one search, and which of them were needed."""

    def __init__(self, exemptions: Iterable[Exemption], texts: Iterable[str]) -> None:
        self._unused = dict.fromkeys(exemptions)
        texts = tuple(dict.fromkeys(texts)) if self._unused else ()
        sentences = (_Sentence(each, whole) for each in self._unused if (whole := each.whole(texts)) is not None)
        self._sentences = tuple(sentences)

    def in_file(self, path: str, texts: Iterable[str]) -> tuple[str, ...]:
        """The sentences that may stand in a file and do, in every way in which they may be written there."""
        here = [each for each in self._sentences if each.exemption.file == path]
        for each in here:
            phrase = Phrases(each.written())
            if any(next(phrase.find(text), None) is not None for text in texts):
                self._unused.pop(each.exemption, None)
        return tuple(text for each in here for text in each.written())

    def find_unused(self) -> Iterator[Problem]:
        """Exemptions that nothing needs: their sentence is gone, stands elsewhere, or holds no name of the source."""
        for each in self._unused:
            hint = "remove it; or check the file, the sentence and its sha256"
            yield Problem(each.place, "", "an exception that nothing needs", hint)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
