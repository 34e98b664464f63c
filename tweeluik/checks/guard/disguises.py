"""Names in other letters than their own: moved along the alphabet, mirrored in it, as digits, or written backwards.

Only names of so many letters that chance makes none of them. What stands as it is, `letters.py` finds.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from tweeluik.checks.guard.machine import BytesMachine
from tweeluik.checks.guard.patterns import SURE
from tweeluik.checks.guard.secret import Secret, may_stand
from tweeluik.words.folding import squeeze

_SHAPES = bytes.maketrans(b"013456789i", b"oleasgtbgl")
"""Digits as the letters that they look like; "i" and "l" are one letter in names too, since 1 is read as either."""

_SIGNS = {"@": "4", "$": "5", "!": "1", "|": "1", "€": "3"}
"""Signs as the digits that look like the same letters."""

_WITHIN_A_WORD = re.compile(r"[@$!|€](?<=[^\W\d_].)[@$!|€]*(?=[^\W\d_])")

_LETTERS = bytes(range(ord("a"), ord("z") + 1))
_OTHERS = bytes(code for code in range(256) if code not in _LETTERS)
_PLACES = bytes(_LETTERS.find(code) % 256 for code in range(256))
_REMAINDERS = bytes(code % len(_LETTERS) for code in range(256))
_MIRRORED = bytes(-code % len(_LETTERS) for code in range(256))


class Disguises:
    """All names that are long enough, to be searched for together."""

    def __init__(self, secrets: Iterable[tuple[Secret, bytes]]) -> None:
        named = [(secret, letters) for secret, letters in secrets if secret.field in ("name", "alias")]
        self._alike = _Begun(
            (way.translate(_SHAPES), letters, secret) for secret, letters in named for way in (letters, letters[::-1])
        )
        self._moved = _moved((secret, _bare(letters)) for secret, letters in named)
        accented = (secret for secret, _ in named if not secret.text.isascii())
        self._moved_without_accents = _moved((secret, _without_accents(secret.text)) for secret in accented)

    def find(self, path: str, parts: list[str], squeezed: bytes) -> Iterator[Secret]:
        """Every name that stands in these parts of a file so, and may not; `squeezed` are the letters of all parts."""
        found = dict.fromkeys(self._disguised(parts, squeezed)) if self._alike else ()
        yield from (each for each in found if not may_stand((each,), path))

    def _disguised(self, parts: list[str], squeezed: bytes) -> Iterator[Secret]:
        yield from self._in_shape(squeezed)
        for part in parts:
            if _WITHIN_A_WORD.search(part):
                yield from self._in_shape(squeeze(_with_signs_as_digits(part)))
        yield from _find_moved(self._moved, _bare(squeezed))
        if self._moved_without_accents:
            # Who moves letters leaves those with an accent as they are.
            for part in parts:
                yield from _find_moved(self._moved_without_accents, _without_accents(part))

    def _in_shape(self, text: bytes) -> Iterator[Secret]:
        for start, end, letters, secret in self._alike.find(text.translate(_SHAPES)):
            if text[start:end] != letters:
                yield secret


class _Begun:
    """Long patterns, each with the letters and the name that it stands for: looked for by their beginnings."""

    def __init__(self, patterns: Iterable[tuple[bytes, bytes, Secret]]) -> None:
        self._by_beginning: dict[bytes, list[tuple[bytes, bytes, Secret]]] = defaultdict(list)
        for pattern, letters, secret in patterns:
            if len(letters) >= SURE:
                self._by_beginning[pattern[: SURE - 1]].append((pattern, letters, secret))
        self._machine = BytesMachine(self._by_beginning)

    def __bool__(self) -> bool:
        return bool(self._by_beginning)

    def find(self, text: bytes) -> Iterator[tuple[int, int, bytes, Secret]]:
        """Every pattern in a text: where it begins and ends, and what it stands for."""
        for beginning, start, _ in self._machine.find(text):
            for pattern, letters, secret in self._by_beginning[beginning]:
                if text.startswith(pattern, start):
                    yield start, start + len(pattern), letters, secret


def _moved(names: Iterable[tuple[Secret, bytes]]) -> _Begun:
    """Names to be found with all their letters moved equally far along the alphabet, or mirrored in it."""
    return _Begun(
        (way, plain, secret)
        for secret, plain in names
        for steps in (_steps(plain),)
        for way in (steps, steps.translate(_MIRRORED))
    )


def _find_moved(names: _Begun, text: bytes) -> Iterator[Secret]:
    """Every name of which the steps stand in these letters, and not the name itself."""
    for start, end, plain, secret in names.find(_steps(text)):
        if text[start : end + 1] != plain:
            yield secret


def _with_signs_as_digits(text: str) -> str:
    for sign, digit in _SIGNS.items():
        text = text.replace(sign, digit)
    return text


def _bare(squeezed: bytes) -> bytes:
    """The letters of ASCII, in small letters."""
    return squeezed.translate(None, _OTHERS)


def _without_accents(text: str) -> bytes:
    """The same of a text, without folding the others to these."""
    return _bare(text.encode("ascii", "ignore").lower())


def _steps(letters: bytes) -> bytes:
    """How far each letter is from the one before it, round the alphabet: the same however far all of them are moved.

    All at once, as one long number with a byte for each letter.
    """
    places = int.from_bytes(letters.translate(_PLACES))
    rounds = int.from_bytes(bytes([len(_LETTERS)]) * len(letters))
    return (places + rounds - (places >> 8)).to_bytes(len(letters) + 1).translate(_REMAINDERS)[2:]
