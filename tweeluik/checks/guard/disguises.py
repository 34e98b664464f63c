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
        self._by_shape: dict[bytes, dict[tuple[Secret, bytes], None]] = defaultdict(dict)
        for secret, letters in named:
            for way in (letters, letters[::-1]) if len(letters) >= SURE else ():
                self._by_shape[way.translate(_SHAPES)][secret, letters] = None
        self._shapes = BytesMachine(self._by_shape)
        self._moved = _Moved((secret, _bare(letters)) for secret, letters in named)
        accented = (secret for secret, _ in named if not secret.text.isascii())
        self._moved_without_accents = _Moved((secret, _without_accents(secret.text)) for secret in accented)

    def find(self, path: str, parts: list[str], squeezed: bytes) -> Iterator[Secret]:
        """Every name that stands in these parts of a file so, and may not; `squeezed` are the letters of all parts."""
        if self._by_shape:
            found = dict.fromkeys(self._disguised(parts, squeezed))
            yield from (each for each in found if not may_stand((each,), path))

    def _disguised(self, parts: list[str], squeezed: bytes) -> Iterator[Secret]:
        yield from self._in_shape(squeezed)
        for part in parts:
            if _WITHIN_A_WORD.search(part):
                yield from self._in_shape(squeeze(_with_signs_as_digits(part)))
        yield from self._moved.find(_bare(squeezed))
        if self._moved_without_accents:
            # Who moves letters leaves those with an accent as they are.
            for part in parts:
                yield from self._moved_without_accents.find(_without_accents(part))

    def _in_shape(self, text: bytes) -> Iterator[Secret]:
        for shape, start, end in self._shapes.find(text.translate(_SHAPES)):
            yield from (secret for secret, letters in self._by_shape[shape] if text[start:end] != letters)


class _Moved:
    """Names to be found with all their letters moved equally far along the alphabet, or mirrored in it."""

    def __init__(self, names: Iterable[tuple[Secret, bytes]]) -> None:
        self._by_steps: dict[bytes, dict[tuple[Secret, bytes], None]] = defaultdict(dict)
        for secret, plain in names:
            steps = _steps(plain) if len(plain) >= SURE else b""
            for way in (steps, steps.translate(_MIRRORED)) if steps else ():
                self._by_steps[way][secret, plain] = None
        self._machine = BytesMachine(self._by_steps)

    def __bool__(self) -> bool:
        return bool(self._by_steps)

    def find(self, text: bytes) -> Iterator[Secret]:
        """Every name of which the steps stand in these letters, and not the name itself."""
        for steps, start, end in self._machine.find(_steps(text)) if self else ():
            yield from (secret for secret, plain in self._by_steps[steps] if text[start : end + 1] != plain)


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
