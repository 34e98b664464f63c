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
from dataclasses import dataclass, replace
from typing import Literal

from tweeluik.checks.guard.decoding import Reading, readings
from tweeluik.checks.guard.encoded import forms, forms_of_hash
from tweeluik.checks.guard.escapes import decode
from tweeluik.checks.guard.exemptions import Exemption, Exemptions
from tweeluik.checks.guard.patterns import (
    SHORTEST,
    Phrases,
    around,
    is_find,
    is_sure,
    is_within,
    slug_words,
    split_humps,
)
from tweeluik.checks.guard.raw import NotReadable
from tweeluik.problems import Place, Problem
from tweeluik.words.folding import fold, squeeze

_APART = " | "
"""Between texts that do not belong together: no name holds it."""

_KEY_OR_SEALED = re.compile(
    r"AGE-SECRET-KEY-(?:[A-Z0-9]+-)?1[0-9A-Z]{20}|-----BEGIN AGE ENCRYPTED FILE-----|^age-encryption\.org/v1\n-> ",
    re.IGNORECASE,
)
"""Neither has any business in public, whoever's it is (age-encryption.org/v1)."""

Grouped = dict[tuple[str, bool], list[str]]
"""Texts by the kind of place in a file, and whether somebody points at that place."""

CURE = "take it out of the text or the template that put it there; nothing was published"
CURE_OF_A_WORD = f"{CURE}. If the sentence cannot be written in another way, decide an exception"


@dataclass(frozen=True, slots=True, repr=False)
class Secret:
    """A text that must not be public, with the field it comes from and its place in the source.

    `allowed` are the folders of the site in which it may stand (a name with consent, in its edition); `within` are
    public labels that hold an ordinary word as one of theirs; `hashed` texts stand for another.
    """

    kind: Literal["distinctive", "ordinary"]
    field: str
    place: Place
    text: str
    allowed: tuple[str, ...] = ()
    within: tuple[str, ...] = ()
    hashed: bool = False


def find_leaks(
    files: Mapping[str, bytes], secrets: Iterable[Secret], exemptions: Iterable[Exemption] = ()
) -> Iterator[Problem]:
    """Every file with a text that must stay inside, or that cannot be read; one problem per file, reading and field.

    After them every exemption that was not needed.
    """
    secrets = tuple(secrets)
    exempt = Exemptions(exemptions, (each.text for each in secrets))
    guard = _Guard(secrets, exempt)
    for number, path in enumerate(sorted(files), start=1):
        in_name, inside = guard.search_name(path), guard.search(path, files[path])
        found = dict.fromkeys((*in_name, *inside))
        # A message never holds a find: not even when the name of the file is one.
        place = Place(f"file {number} of {len(files)}, by name") if in_name else Place(path)
        yield from (replace(each, place=place) for each in found)
    yield from exempt.find_unused()


class _Guard:
    def __init__(self, secrets: tuple[Secret, ...], exempt: Exemptions) -> None:
        self._exempt = exempt
        self._by_letters: dict[bytes, list[Secret]] = defaultdict(list)
        self._by_form: dict[bytes, list[Secret]] = defaultdict(list)
        self._by_word: dict[str, list[Secret]] = defaultdict(list)
        self._by_slug: dict[str, list[Secret]] = defaultdict(list)
        for secret in secrets:
            self._add(secret)
        self._letters, self._forms = _Machine(self._by_letters), _Machine(self._by_form)
        self._words, self._slugs = Phrases(self._by_word), Phrases(self._by_slug)
        self._labels = Phrases(label for secret in secrets for label in secret.within if label not in self._by_word)
        self._sometimes = [each for each in secrets if each.allowed]
        self._around: dict[bytes, re.Pattern[str]] = {}

    def _add(self, secret: Secret) -> None:
        squeezed = secret.text.encode() if secret.hashed else squeeze(secret.text)
        if secret.kind == "distinctive" and len(squeezed) >= SHORTEST:
            self._by_letters[squeezed].append(secret)
            for form in forms_of_hash(secret.text) if secret.hashed else forms(secret.text):
                self._by_form[form.encode()].append(secret)
        elif squeezed:
            text = " ".join(secret.text.split())
            for form in dict.fromkeys((text, text.upper())):
                self._by_word[form].append(secret)
            self._by_slug[slug_words(fold(secret.text))].append(secret)

    def search_name(self, path: str) -> tuple[Problem, ...]:
        """Every find in the name of a file."""
        return tuple(self._problems(path, {("file name", True): [path, decode(path)]}))

    def search(self, path: str, data: bytes) -> Iterator[Problem]:
        """Every find in a file."""
        try:
            grouped = _grouped(readings(data))
        except NotReadable as failure:
            yield Problem(Place(path), "", f"cannot be searched: {failure}", "publish text, PDF and ODS files only")
            return
        yield from self._problems(path, {place: self._exempt.without(path, texts) for place, texts in grouped.items()})

    def _problems(self, path: str, grouped: Grouped) -> Iterator[Problem]:
        for (where, pointed), parts in grouped.items():
            if any(_KEY_OR_SEALED.search(part) for part in parts):
                yield Problem(Place(path), "", f"{where}: holds an identity or a sealed file", CURE)
            for secret in (*self._by_letter(path, parts), *self._by_words(path, parts, pointed=pointed)):
                what = f"{where}: holds the {secret.field} of a record that must stay inside"
                cure = CURE if secret.kind == "distinctive" else CURE_OF_A_WORD
                yield Problem(Place(path), "", what, f"see {secret.place}; {cure}")

    def _by_letter(self, path: str, parts: list[str]) -> Iterator[Secret]:
        for form, _, _ in self._forms.find(b"\0".join(part.encode(errors="replace") for part in parts)):
            yield from _elsewhere(self._by_form[form], path)
        hits = self._letters.find(b"\0".join(map(squeeze, parts)))
        spans = [(start, end) for letters, start, end in hits if _may(self._by_letters[letters], path)]
        # A shorter name inside a longer one that may be there is not a find of its own.
        apart = {
            letters
            for letters, start, end in hits
            if not is_within(start, end, spans) and not (self._is_turned(letters) and _touches(start, end, spans))
        }
        doubtful = {letters for letters in apart if not is_sure(letters)}
        folded = fold(_APART.join(parts)) if doubtful else ""
        there = {letters for letters, _, _ in hits if _may(self._by_letters[letters], path)} if doubtful else set()
        free = [found.span() for letters in there for found in self._standing(letters, folded)]
        for letters in sorted(apart):
            if letters not in doubtful or any(
                not is_within(*found.span(), free) for found in self._standing(letters, folded)
            ):
                yield from _elsewhere(self._by_letters[letters], path)

    def _is_turned(self, letters: bytes) -> bool:
        """Whether it is only a name with its legal form behind it: in a list the form may be the next name's."""
        return all("," in secret.text for secret in self._by_letters[letters])

    def _standing(self, letters: bytes, folded: str) -> Iterator[re.Match[str]]:
        pattern = self._around.setdefault(letters, around(letters))
        return (found for found in pattern.finditer(folded) if is_find(found[0]))

    def _by_words(self, path: str, parts: list[str], *, pointed: bool) -> Iterator[Secret]:
        text = _APART.join(self._labels.split(_APART.join(parts)))
        here = [each.text for each in self._sometimes if _may((each,), path)]
        yield from _outside(self._words, self._by_word, text, Phrases(here), path)
        if pointed:
            text = slug_words(fold(split_humps(text)))
            yield from _outside(
                self._slugs, self._by_slug, text, Phrases(slug_words(fold(each)) for each in here), path
            )


def _outside(
    phrases: Phrases, secrets: Mapping[str, list[Secret]], text: str, allowed: Phrases, path: str
) -> Iterator[Secret]:
    """The secrets that stand in a text, and not wholly in a name that may be there."""
    finds = list(phrases.spans(text))
    free = [(start, end) for _, start, end in allowed.spans(text)] if finds else []
    for found, start, end in finds:
        if not is_within(start, end, free):
            yield from _elsewhere(secrets[" ".join(found.split())], path)


def _touches(start: int, end: int, spans: Iterable[tuple[int, int]]) -> bool:
    return any(first < end and start < last for first, last in spans)


class _Machine:
    """Finds any of many patterns in one pass."""

    def __init__(self, patterns: Iterable[bytes]) -> None:
        from ahocorasick_rs import BytesAhoCorasick  # noqa: PLC0415 (wanted only when something is searched)

        self._patterns = list(patterns)
        self._machine = BytesAhoCorasick(self._patterns) if self._patterns else None

    def find(self, data: bytes) -> list[tuple[bytes, int, int]]:
        """Every pattern in the data, with where it begins and ends; patterns may overlap."""
        if self._machine is None:
            return []
        hits = self._machine.find_matches_as_indexes(data, overlapping=True)
        return [(self._patterns[number], start, end) for number, start, end in hits]


def _grouped(found: Iterable[Reading]) -> Grouped:
    """The different texts of every kind of place in a file."""
    groups: dict[tuple[str, bool], dict[str, None]] = defaultdict(dict)
    for reading in found:
        groups[reading.where, reading.pointed][reading.text] = None
    return {place: list(texts) for place, texts in groups.items()}


def _may(secrets: Iterable[Secret], path: str) -> bool:
    return any(path.startswith(folder) for secret in secrets for folder in secret.allowed)


def _elsewhere(secrets: Iterable[Secret], path: str) -> Iterator[Secret]:
    if not _may(secrets, path):
        yield from secrets
