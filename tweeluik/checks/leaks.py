"""The last line of defence: a reader with a search program, who knows every value that must stay inside.

A find is reported by file and by the field it comes from, never by what was found. A file that cannot be read is a
failure. Two tiers: distinctive texts count wherever their letters and digits follow each other; ordinary words that
happen to be a name count in that very form between word boundaries, and in any form where a program or a browser points
at them: titles, attributes, keys and file names.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from tweeluik.checks.decoding import Reading, readings
from tweeluik.checks.folding import fold, squeeze
from tweeluik.checks.pdf import NotReadable
from tweeluik.problems import Place, Problem

SHORTEST = 6
"""Fewer letters and digits occur by chance in any page once everything between them is left out."""

_APART = " | "
"""Between texts that do not belong together: no name holds it."""

CURE = "take it out of the text or the template that put it there; nothing was published"


@dataclass(frozen=True, slots=True, repr=False)
class Secret:
    """A text that must not be public, with the field it comes from and its place in the source.

    `allowed` are the folders of the site in which it may stand (a name with consent, in its edition).
    """

    kind: Literal["distinctive", "ordinary"]
    field: str
    place: Place
    text: str
    allowed: tuple[str, ...] = ()


def find_leaks(files: Mapping[str, bytes], secrets: Iterable[Secret]) -> Iterator[Problem]:
    """Every file with a text that must stay inside, or that cannot be read; one problem per file, reading and field."""
    guard = _Guard(tuple(secrets))
    for path in sorted(files):
        yield from dict.fromkeys(guard.search(path, files[path]))


class _Guard:
    def __init__(self, secrets: tuple[Secret, ...]) -> None:
        from ahocorasick_rs import BytesAhoCorasick  # noqa: PLC0415 (wanted only when something is searched)

        self._by_pattern: dict[bytes, list[Secret]] = defaultdict(list)
        self._by_word: dict[str, list[Secret]] = defaultdict(list)
        for secret in secrets:
            squeezed = squeeze(secret.text)
            if secret.kind == "distinctive" and len(squeezed) >= SHORTEST:
                self._by_pattern[squeezed].append(secret)
            elif squeezed:
                self._by_word[" ".join(secret.text.split())].append(secret)
        self._sometimes = sorted((each for each in secrets if each.allowed), key=lambda each: -len(each.text))
        self._patterns = list(self._by_pattern)
        self._machine = BytesAhoCorasick(self._patterns) if self._patterns else None
        self._exact = _any_of(self._by_word)
        self._folded_words = self._fold_words()
        self._folded = _any_of(self._folded_words)

    def _fold_words(self) -> dict[str, list[Secret]]:
        folded: dict[str, list[Secret]] = defaultdict(list)
        for word, secrets in self._by_word.items():
            folded[" ".join(fold(word).split())].extend(secrets)
        return folded

    def search(self, path: str, data: bytes) -> Iterator[Problem]:
        try:
            grouped = _grouped(readings(path, data))
        except NotReadable as failure:
            yield Problem(Place(path), "", f"cannot be searched: {failure}", "publish text, PDF and ODS files only")
            return
        allowed = _any_of(each.text for each in self._sometimes if _may((each,), path))
        for (where, pointed), texts in grouped.items():
            for secret in self._found(path, allowed, texts, pointed=pointed):
                what = f"{where}: holds the {secret.field} of a record that must stay inside"
                yield Problem(Place(path), "", what, f"see {secret.place}; {CURE}")

    def _found(
        self, path: str, allowed: re.Pattern[str] | None, texts: Iterable[str], *, pointed: bool
    ) -> Iterator[Secret]:
        # No part of a name that may stand here counts as another's name, nor as the beginning of one.
        parts = [part for text in texts for part in ((text,) if allowed is None else allowed.split(text))]
        yield from self._found_letters(path, b"\0".join(map(squeeze, parts)))
        together = _APART.join(parts)
        if self._exact is not None:
            for found in self._exact.finditer(together):
                yield from _elsewhere(self._by_word[" ".join(found[0].split())], path)
        if pointed and self._folded is not None:
            for found in self._folded.finditer(fold(together)):
                yield from _elsewhere(self._folded_words[" ".join(found[0].split())], path)

    def _found_letters(self, path: str, letters: bytes) -> Iterator[Secret]:
        if self._machine is None:
            return
        hits = self._machine.find_matches_as_indexes(letters, overlapping=True)
        spans = [(start, end) for i, start, end in hits if _may(self._by_pattern[self._patterns[i]], path)]
        for i, start, end in hits:
            # A shorter name inside a longer one that may be there is not a find of its own.
            if not any(first <= start and end <= last for first, last in spans):
                yield from _elsewhere(self._by_pattern[self._patterns[i]], path)


def _grouped(found: Iterable[Reading]) -> dict[tuple[str, bool], list[str]]:
    """The different texts of every kind of place in a file."""
    groups: dict[tuple[str, bool], dict[str, None]] = defaultdict(dict)
    for reading in found:
        groups[reading.where, reading.pointed][reading.text] = None
    return {place: list(texts) for place, texts in groups.items()}


def _any_of(texts: Iterable[str]) -> re.Pattern[str] | None:
    """Any of these texts between word boundaries, over line ends too, the longest first."""
    ordered = sorted(texts, key=lambda text: (-len(text), text))
    spaced = (r"\s+".join(map(re.escape, text.split())) for text in ordered)
    return re.compile(rf"(?<!\w)(?:{'|'.join(spaced)})(?!\w)") if ordered else None


def _may(secrets: Iterable[Secret], path: str) -> bool:
    return any(path.startswith(folder) for secret in secrets for folder in secret.allowed)


def _elsewhere(secrets: Iterable[Secret], path: str) -> Iterator[Secret]:
    if not _may(secrets, path):
        yield from secrets
