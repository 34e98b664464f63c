"""Digests that stand for a text: a hash hides nothing, since all names and numbers can be hashed in minutes.

The runs of digits in the files are gathered first, and then every digest of every text is looked up among them: the
digests themselves, millions of a large source, are never kept.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import re
import unicodedata
import uuid
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple, Protocol

from tweeluik.checks.guard.encoded import base32_runs, base64_runs, dumped
from tweeluik.checks.guard.secret import Secret, may_stand
from tweeluik.words.folding import words

CUT = 12
"""Programs cut hashes short; so many hexadecimal digits are no chance any more, wherever they stand."""

LEAST = 8
"""So many are, when they stand alone, and are the beginning of a usual digest of a usual spelling."""

_RUN = re.compile(rf"[0-9A-Fa-f]{{{LEAST},}}")
_UUID = re.compile(r"(?<![0-9A-Za-z])[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}(?![0-9A-Za-z])")
_LONGEST = 1000
"""Longer runs of digits hold data: these are decoded and read."""


class _Digest(Protocol):
    def hexdigest(self) -> str: ...


Make = Callable[[bytes], _Digest]

USUAL: tuple[tuple[Make, int], ...] = (
    (hashlib.md5, 32),
    (hashlib.sha1, 40),
    (hashlib.sha256, 64),
    (hashlib.sha512, 128),
)
SELDOM: tuple[tuple[Make, int], ...] = (
    (hashlib.sha224, 56), (hashlib.sha384, 96), (hashlib.sha3_256, 64), (hashlib.sha3_512, 128),
    (hashlib.blake2b, 128), (hashlib.blake2s, 64),
)  # fmt: skip
"""Each with its number of hexadecimal digits. The seldom ones are looked for of a text as it is and with a line end."""

_SIZES_OF_PROGRAMS = (8, 32, 40)
"""Of a checksum, a uuid and a blob of git."""

FULL = frozenset(size for _, size in (*USUAL, *SELDOM))


class Found(NamedTuple):
    """A digest in a file, and all its digits."""

    path: str
    where: str
    digits: str


class Digests:
    """All runs of digits that the files hold."""

    def __init__(self) -> None:
        self._begun: dict[str, dict[tuple[str, str], None]] = defaultdict(dict)
        self._alone: dict[str, dict[tuple[str, str], None]] = defaultdict(dict)
        self._shortest = max(FULL)

    def note(self, path: str, where: str, text: str) -> None:
        """Remember the runs of digits of a text, in whichever of the usual encodings."""
        runs: list[str] = _RUN.findall(text)
        for run in dict.fromkeys(runs):
            self._note_hexadecimal((path, where), run.lower(), text)
        uuids: list[str] = _UUID.findall(text)
        for run in dict.fromkeys((*uuids, *dumped(text))):
            self._note_begin((path, where), run.replace("-", "").lower()[:CUT], 0)
        for data in _decoded(text):
            self._note_begin((path, where), data[: CUT // 2].hex(), len(data) * 2)

    def _note_hexadecimal(self, place: tuple[str, str], run: str, text: str) -> None:
        if len(run) < CUT:
            if not run.isdigit() and re.search(rf"(?<![0-9A-Za-z]){run}(?![0-9A-Za-z])", text, re.IGNORECASE):
                self._alone[run][place] = None
            return
        starts = (0, len(run) - CUT) if len(run) in FULL or len(run) > _LONGEST else range(len(run) - CUT + 1)
        for start in starts:
            self._note_begin(place, run[start : start + CUT], len(run) if len(run) in FULL else 0)

    def _note_begin(self, place: tuple[str, str], digits: str, size: int) -> None:
        if len(digits) == CUT:
            self._begun[digits][place] = None
            self._shortest = min(self._shortest, size)

    def find(self, secrets: Iterable[Secret]) -> Iterator[tuple[Secret, Found]]:
        """Every text of which a digest stands in a file in which it may not."""
        if not self._begun and not self._alone:
            return
        lengths = sorted({len(each) for each in self._alone})
        least = min(CUT, *lengths) if lengths else self._shortest
        for secret in secrets:
            for digits in _digests(secret.text, least):
                yield from _places(secret, self._begun.get(digits[:CUT], ()), digits)
                yield from _places(secret, self._begun.get(digits[-CUT:], ()), digits)
                for length in lengths:
                    yield from _places(secret, self._alone.get(digits[:length], ()), digits)


def _places(secret: Secret, places: Iterable[tuple[str, str]], digits: str) -> Iterator[tuple[Secret, Found]]:
    return ((secret, Found(path, where, digits)) for path, where in places if not may_stand((secret,), path))


def _digests(text: str, least: int) -> Iterator[str]:
    """All of a text that have so many digits or more."""
    usual = [make for make, size in USUAL if size >= least]
    for data in _spellings(text):
        for make in usual:
            yield make(data).hexdigest()
    seldom = [make for make, size in SELDOM if size >= least]
    for data in (text.encode(), f"{text}\n".encode()):
        for make in seldom:
            yield make(data).hexdigest()
    if least <= max(_SIZES_OF_PROGRAMS):
        yield from _by_programs(text)


def _decoded(text: str) -> Iterator[bytes]:
    """Runs of base64 and of base32 from where they may begin: also behind a sign that may part words."""
    for run in base64_runs(text):
        for start in (0, *(found.end() for found in re.finditer("[-_/+]", run))):
            yield from _first_bytes(run[start:])
    for run in base32_runs(text):
        try:
            yield base64.b32decode(run[: len(run) // 8 * 8])
        except binascii.Error:
            continue


def _first_bytes(run: str) -> Iterator[bytes]:
    plain = run.replace("-", "+").replace("_", "/").rstrip("=")
    if len(plain) >= CUT * 4 // 6:
        yield base64.b64decode(plain[: len(plain) // 4 * 4])


def _spellings(text: str) -> dict[bytes, None]:
    """What a program or a person hands to a hash function for this text."""
    parts = words(text)
    written = (
        text, text.lower(), text.upper(), f"{text}\n", f"{text.lower()}\n", "-".join(parts), "_".join(parts),
        json.dumps(text), unicodedata.normalize("NFD", text), unicodedata.normalize("NFC", text),
    )  # fmt: skip
    return dict.fromkeys((*(each.encode() for each in written), text.encode("utf-16-le")))


def _by_programs(text: str) -> Iterator[str]:
    """Identifiers that programs make from a text: uuids, the blobs of git, a checksum."""
    data = text.encode()
    for space in (uuid.NAMESPACE_DNS, uuid.NAMESPACE_URL):
        yield uuid.uuid5(space, text).hex
        yield uuid.uuid3(space, text).hex
    for blob in (data, data + b"\n"):
        yield hashlib.sha1(b"blob %d\0" % len(blob) + blob, usedforsecurity=False).hexdigest()
    yield f"{zlib.crc32(data):08x}"
