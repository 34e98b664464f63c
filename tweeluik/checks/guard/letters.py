"""Distinctive texts: found by their letters and digits, whatever stands between these, and in short encoded forms."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from tweeluik.checks.guard.encoded import LEAST_BYTES, forms
from tweeluik.checks.guard.machine import BytesMachine, Hit
from tweeluik.checks.guard.patterns import around, is_find, is_sure, is_within
from tweeluik.checks.guard.secret import Secret, elsewhere, may_stand
from tweeluik.problems import Place
from tweeluik.words.folding import fold, squeeze

_APART = " | "
"""Between texts that do not belong together: no name holds it."""


class Letters:
    """All distinctive texts, to be searched for together."""

    def __init__(self, secrets: Iterable[tuple[Secret, bytes]]) -> None:
        self._by_letters: dict[bytes, list[Secret]] = defaultdict(list)
        self._by_form: dict[bytes, list[Secret]] = defaultdict(list)
        for secret, squeezed in secrets:
            self._by_letters[squeezed].append(secret)
            if len(secret.text.encode()) < LEAST_BYTES:
                for form in forms(secret.text):
                    self._by_form[form.encode()].append(secret)
        self._forms = BytesMachine(self._by_form)
        self._around: dict[bytes, re.Pattern[str]] = {}

    @property
    def wanted(self) -> Iterable[bytes]:
        """What is to be looked for in the letters of all parts."""
        return self._by_letters

    def find(self, path: str, parts: list[str], hits: list[Hit]) -> Iterator[Secret]:
        """Every text that stands in these parts of a file, and may not; `hits` are those of what is wanted."""
        for form, _, _ in self._forms.find(b"\0".join(part.encode(errors="replace") for part in parts)):
            yield from elsewhere(self._by_form[form], path)
        hits = [hit for hit in hits if hit[0] in self._by_letters]
        if hits:
            yield from self._judged(path, parts, hits)

    def _judged(self, path: str, parts: list[str], hits: list[Hit]) -> Iterator[Secret]:
        spans = [(start, end) for letters, start, end in hits if may_stand(self._by_letters[letters], path)]
        # A shorter name inside a longer one that may be there is not a find of its own.
        apart = {
            letters
            for letters, start, end in hits
            if not is_within(start, end, spans) and not (self._is_turned(letters) and _touches(start, end, spans))
        }
        doubtful = {letters for letters in apart if not is_sure(letters)}
        folded = fold(_APART.join(parts)) if doubtful else ""
        there = {letters for letters, _, _ in hits if may_stand(self._by_letters[letters], path)} if doubtful else set()
        free = [found.span() for letters in there for found in self._standing(letters, folded)]
        for letters in sorted(apart):
            if letters not in doubtful or any(
                not is_within(*found.span(), free) for found in self._standing(letters, folded)
            ):
                yield from elsewhere(self._by_letters[letters], path)

    def _is_turned(self, letters: bytes) -> bool:
        """Whether it is only a name with its legal form behind it: in a list the form may be the next name's."""
        return all("," in secret.text for secret in self._by_letters[letters])

    def _standing(self, letters: bytes, folded: str) -> Iterator[re.Match[str]]:
        pattern = self._around.setdefault(letters, around(letters))
        return (found for found in pattern.finditer(folded) if is_find(found, folded))


def needed(secrets: Iterable[Secret]) -> list[tuple[Secret, bytes]]:
    """These with their letters, without those that are never found but where a shorter spelling of the same is.

    A name with consent keeps all its spellings, and so does one that may lie within such a name.
    """
    return list(_needed([(way, squeeze(way.text)) for secret in secrets for way in _in_every_case(secret)]))


def _in_every_case(secret: Secret) -> Iterator[Secret]:
    """Some letters look like others of ours as a capital than as a small letter, such as eta and the Cyrillic be."""
    yield secret
    if secret.text.isascii():
        return
    for way in (secret.text.lower(), secret.text.upper(), secret.text.title()):
        if squeeze(way) != squeeze(secret.text):
            yield replace(secret, text=way)


def _needed(secrets: list[tuple[Secret, bytes]]) -> Iterator[tuple[Secret, bytes]]:
    free = b"\0".join(squeezed for secret, squeezed in secrets if secret.allowed)
    sure: dict[tuple[Place, str], list[bytes]] = defaultdict(list)
    for secret, squeezed in sorted(secrets, key=lambda each: len(each[1])):
        shorter = sure[secret.place, secret.field]
        if not secret.allowed and any(each in squeezed for each in shorter):
            continue
        yield secret, squeezed
        if is_sure(squeezed) and not secret.allowed and squeezed not in free:
            shorter.append(squeezed)


def _touches(start: int, end: int, spans: Iterable[tuple[int, int]]) -> bool:
    return any(first < end and start < last for first, last in spans)
