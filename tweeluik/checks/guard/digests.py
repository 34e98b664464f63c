"""Digests that stand for a text: a hash hides nothing, since all names and numbers can be hashed in minutes.

The runs of digits in the files are gathered first, and then every digest of every text is looked up among them: the
digests themselves, millions of a large source, are not kept.
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
from contextlib import suppress
from functools import lru_cache, partial
from importlib import import_module
from typing import NamedTuple, Protocol, cast

from tweeluik.checks.guard.encoded import LEAST_OF_HEXADECIMAL, Runs
from tweeluik.checks.guard.secret import Secret, may_stand
from tweeluik.problems import Place
from tweeluik.words.folding import words

CUT = 12
"""Programs cut hashes short; so many hexadecimal digits are no chance any more, wherever they stand."""

LEAST = LEAST_OF_HEXADECIMAL
"""So many are, when they stand alone, and are the beginning of a usual digest of a usual spelling."""

_UUID = re.compile(r"(?<![0-9A-Za-z])[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}(?![0-9A-Za-z])")
_DIGITS_OF_64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
_FEW_CAPITALS = 26

_LONGEST = 1000
"""Longer runs of digits hold data: these are decoded and read."""


_Place = tuple[str, str]
"""A file, and where in it."""


class _Digest(Protocol):
    @property
    def name(self) -> str: ...
    def copy(self) -> _Digest: ...
    def update(self, data: bytes, /) -> None: ...
    def digest(self) -> bytes: ...
    def hexdigest(self) -> str: ...


Make = Callable[[bytes], _Digest]


def _md5() -> Make:
    """As Python makes it by itself, where it does: of a few letters in half the time that OpenSSL takes.

    Of the others OpenSSL is faster, which uses what processors have for them.
    """
    with suppress(ImportError, AttributeError):
        return cast("Make", import_module("_md5").md5)
    return hashlib.md5


_MD5 = _md5()

_BY_NAME: tuple[Make, ...] = (hashlib.sha1, _MD5)
"""How identifiers are made of a name (RFC 9562)."""

_USUAL_SPACES = (uuid.NAMESPACE_DNS.bytes, uuid.NAMESPACE_URL.bytes)
_SPACES = (uuid.NAMESPACE_OID.bytes, uuid.NAMESPACE_X500.bytes)
"""Beside those that programs use."""


def _uuid(make: Make, space: bytes, name: bytes) -> str:
    """The digest behind an identifier, which is the same but in two digits between those by which it is found."""
    return make(space + name).hexdigest()[:_OF_A_UUID]


USUAL: tuple[tuple[Make, int], ...] = (
    (_MD5, 32),
    (hashlib.sha1, 40),
    (hashlib.sha256, 64),
    (hashlib.sha512, 128),
)
SELDOM: tuple[tuple[Make, int], ...] = (
    (hashlib.sha224, 56), (hashlib.sha384, 96), (hashlib.sha3_256, 64), (hashlib.sha3_512, 128),
    (hashlib.blake2b, 128), (hashlib.blake2s, 64),
)  # fmt: skip
"""Each with its number of hexadecimal digits. The seldom ones are looked for of a text as it is and with a line end;
in other spellings where a run has all of their digits."""

Long = Callable[[bytes], str]
WHOLE: tuple[tuple[int, tuple[Long, ...]], ...] = (
    (32, (
        lambda data: hashlib.blake2b(data, digest_size=16).hexdigest(),
        lambda data: hashlib.blake2s(data, digest_size=16).hexdigest(),
        lambda data: hashlib.shake_128(data).hexdigest(16),
        *(partial(_uuid, make, space) for make in _BY_NAME for space in _SPACES),
    )),
    (40, (
        lambda data: hashlib.blake2b(data, digest_size=20).hexdigest(),
        lambda data: hashlib.blake2s(data, digest_size=20).hexdigest(),
    )),
    (56, (lambda data: hashlib.sha3_224(data).hexdigest(),)),
    (64, (
        lambda data: hashlib.blake2b(data, digest_size=32).hexdigest(),
        lambda data: hashlib.shake_128(data).hexdigest(32),
        lambda data: hashlib.shake_256(data).hexdigest(32),
    )),
    (96, (
        lambda data: hashlib.sha3_384(data).hexdigest(),
        lambda data: hashlib.blake2b(data, digest_size=48).hexdigest(),
    )),
    (128, (lambda data: hashlib.shake_256(data).hexdigest(64),)),
)  # fmt: skip
"""What is made seldom, by its number of hexadecimal digits: looked for only where a run has all of them."""

_JOINTS = ("", "-", ",", "|", ":", " ", "_", ";")
"""What a program puts between two texts."""

_YEARS = tuple(f"{year}".encode() for year in range(2020, 2036))
"""What a program puts behind an id to make another pseudonym each year."""

MOST_IDS = 400

Tried = dict[int, set[str]]
"""Per size of a digest the beginnings of runs in files that were found to be no digest of two texts."""

_OF_A_UUID, _OF_A_BLOB = 32, 40

FULL = frozenset(size for _, size in (*USUAL, *SELDOM))


class Found(NamedTuple):
    """A digest in a file, and all its digits."""

    path: str
    where: str
    digits: str


class Digests:
    """All runs of digits that the files hold."""

    def __init__(self) -> None:
        self._begun: dict[str, dict[_Place, None]] = defaultdict(dict)
        self._alone: dict[str, dict[_Place, None]] = defaultdict(dict)
        self._shortest = max(FULL)
        self._sizes = set[int]()
        self._has_uuids = False
        """Whether there is what the last group of one may be: in small letters its dashes part it."""

    def note(self, path: str, where: str, text: str, runs: Runs) -> None:
        """Remember the runs of digits of a text, in whichever of the usual encodings."""
        place = path, where
        for run in runs.hexadecimal:
            if not _is_of_nothing(run):
                self._note_hexadecimal(place, run.lower(), text)
        for run in runs.dumps:
            self._note_begin(place, run.lower(), len(run))
        for run in runs.base64:
            for part in _UUID.findall(run):
                self._note_begin(place, part.replace("-", "").lower(), _OF_A_UUID)
            if any(map(str.isdigit, run)):
                # Also behind a sign that may part words.
                for start in (0, *(found.end() for found in re.finditer("[-_/+]", run))):
                    part = run[start:].rstrip("=")
                    self._note_bytes(place, _from_base64(part), len(part) * 6 // 8, is_whole=_is_whole(part))
        for run in runs.base32:
            self._note_bytes(place, _from_base32(run), len(run) * 5 // 8)

    def _note_hexadecimal(self, place: _Place, run: str, text: str) -> None:
        self._has_uuids = self._has_uuids or len(run) == CUT
        if len(run) < CUT:
            if not run.isdigit() and not run.isalpha() and _stands_alone(run, text):
                self._alone[run][place] = None
            return
        if len(run) in FULL or len(run) > _LONGEST or run.isdigit():
            self._note_begin(place, run, len(run))
            self._note_begin(place, run[-CUT:], len(run))
        else:
            for start in range(len(run) - CUT + 1):
                self._note_begin(place, run[start:], 0)

    def _note_bytes(self, place: _Place, data: bytes, size: int, *, is_whole: bool = True) -> None:
        self._note_begin(place, data[: CUT // 2].hex(), size * 2, is_whole=is_whole)

    def _note_begin(self, place: _Place, digits: str, size: int, *, is_whole: bool = True) -> None:
        if len(digits) >= CUT:
            self._begun[digits[:CUT]][place] = None
            self._shortest = min(self._shortest, size)
            if is_whole:
                self._sizes.add(size)

    def find(self, secrets: Iterable[Secret]) -> Iterator[tuple[Secret, Found]]:
        """Every text of which a digest stands in a file in which it may not."""
        if not self._begun and not self._alone:
            return
        lengths = sorted({len(each) for each in self._alone})
        least = LEAST if lengths else self._shortest
        starts = frozenset(each[:LEAST] for each in (*self._begun, *self._alone))
        sizes = frozenset(self._sizes | ({_OF_A_UUID} if self._has_uuids else set()))
        for secret in secrets:
            for digits in _digests_of(secret.text, least, sizes):
                # Of tens of thousands hardly one begins or ends as a run does: that is seen before it is asked how.
                if digits[:LEAST] in starts or digits[-CUT:] in self._begun:
                    yield from self._met(secret, digits, lengths)

    def _met(self, secret: Secret, digits: str, lengths: Iterable[int]) -> Iterator[tuple[Secret, Found]]:
        yield from _places(secret, self._begun.get(digits[:CUT], ()), digits)
        yield from _places(secret, self._begun.get(digits[-CUT:], ()), digits)
        for length in lengths:
            yield from _places(secret, self._alone.get(digits[:length], ()), digits)

    def find_of_two(self, secrets: Iterable[Secret], tried: Tried) -> Iterator[tuple[Secret, Found]]:
        """Every text of which a digest together with another's stands in a file in which it may not.

        Of two texts of one organisation, of two ids, in either order, and of a text with a year behind it. Of more ids
        than `MOST_IDS` no two of different organisations are looked for: their number grows with the square. What was
        `tried` for these very secrets is not tried again, and what is now is added when nothing was found.
        """
        twos: list[tuple[Secret, list[bytes]]] = []
        for make, size in (each for each in USUAL if each[1] in self._sizes):
            begun = frozenset(map(bytes.fromhex, self._begun.keys() - tried.setdefault(size, set())))
            matched = False
            if begun and not twos:
                twos = list(_twos(list(secrets)))
            for one, ends in twos if begun else ():
                for begin in (make(f"{one.text}{joint}".encode()) for joint in _JOINTS):
                    for end in ends:
                        # The innermost of the guard: a million times for some hundreds of organisations.
                        digest = begin.copy()
                        digest.update(end)
                        if digest.digest()[: CUT // 2] in begun:
                            matched, digits = True, digest.hexdigest()
                            yield from _places(one, self._begun[digits[:CUT]], digits)
            if not matched:
                tried[size].update(self._begun)


def _twos(secrets: list[Secret]) -> Iterator[tuple[Secret, list[bytes]]]:
    """Per text what may stand behind it."""
    of_one = defaultdict[Place, list[Secret]](list)
    for each in secrets:
        of_one[each.place].append(each)
    ids = [each for each in secrets if each.field == "id"]
    for group in of_one.values():
        yield from ((one, [*others, *_YEARS]) for one, others in _with_others(group))
    if len(ids) <= MOST_IDS:
        yield from _with_others(ids)


def _with_others(group: list[Secret]) -> Iterator[tuple[Secret, list[bytes]]]:
    """Each with the texts of all the others."""
    texts = [each.text.encode() for each in group]
    for place, one in enumerate(group):
        yield one, [*texts[:place], *texts[place + 1 :]]


def _places(secret: Secret, places: Iterable[_Place], digits: str) -> Iterator[tuple[Secret, Found]]:
    return ((secret, Found(path, where, digits)) for path, where in places if not may_stand((secret,), path))


@lru_cache(maxsize=1 << 11)
def _digests_of(text: str, least: int, sizes: frozenset[int]) -> tuple[str, ...]:
    """Kept for so many texts as a small source has: a preview asks again at every change."""
    return tuple(_digests(text, least, sizes))


def _digests(text: str, least: int, sizes: frozenset[int]) -> Iterator[str]:
    """All of a text that have so many digits or more; the rare ones of these sizes only."""
    usual = [make for make, size in USUAL if size >= least]
    for data in _spellings(text):
        for make in usual:
            yield make(data).hexdigest()
    seldom = [make for make, size in SELDOM if size >= least]
    for data in (text.encode(), f"{text}\n".encode()):
        for make in seldom:
            yield make(data).hexdigest()
        for size, makes in WHOLE:
            if size in sizes:
                yield from (each(data) for each in makes)
    yield from _of_other_spellings(text, sizes)
    if least <= _OF_A_BLOB:
        yield from _by_programs(text)


def _is_of_nothing(run: str) -> bool:
    """Whether a run is as long as a digest and one digit all along: so no text has it. The log begins with zeros."""
    return len(run) >= _OF_A_UUID and run == run[0] * len(run)


def _stands_alone(run: str, text: str) -> bool:
    return re.search(rf"(?<![0-9A-Za-z]){run}(?![0-9A-Za-z])", text, re.IGNORECASE) is not None


def _is_whole(run: str) -> bool:
    """Whether a run in base64 may be all of a digest: its last bits are none (RFC 4648, 3.5), and it is no word.

    Of the usual digests one in fifty thousand has so few capitals as a word with a number behind it.
    """
    last_bits = _DIGITS_OF_64.find(run[-1:]) % (1 << len(run) * 6 % 8)
    return not last_bits and sum(map(str.isupper, run)) * _FEW_CAPITALS > len(run)


def _from_base64(run: str) -> bytes:
    plain = run.replace("-", "+").replace("_", "/").rstrip("=")
    return base64.b64decode(plain[: len(plain) // 4 * 4])


def _from_base32(run: str) -> bytes:
    try:
        return base64.b32decode(run[: len(run) // 8 * 8])
    except binascii.Error:
        return b""


def _spellings(text: str) -> dict[bytes, None]:
    """What a program or a person hands to a hash function for this text."""
    parts = words(text)
    written = (
        text, text.lower(), text.upper(), f"{text}\n", f"{text}\r\n", f"{text.lower()}\n", "-".join(parts),
        "_".join(parts), "".join(parts), " ".join(parts), json.dumps(text), unicodedata.normalize("NFD", text),
        unicodedata.normalize("NFC", text),
    )  # fmt: skip
    bare = () if text.isascii() else (_without_accents(text), _without_accents(text).lower())
    others = (text.encode("utf-16-le"), text.encode("cp1252", "ignore"))
    return dict.fromkeys((*(each.encode() for each in (*written, *bare)), *others))


def _of_other_spellings(text: str, sizes: frozenset[int]) -> Iterator[str]:
    seldom = [make for make, size in SELDOM if size in sizes]
    if not seldom and _OF_A_UUID not in sizes:
        return
    parts = words(text)
    written = (text.lower(), text.upper(), f"{text}\r\n", f"{text.lower()}\n", "-".join(parts), " ".join(parts))
    for way in dict.fromkeys(written):
        yield from (make(way.encode()).hexdigest() for make in seldom)
        if _OF_A_UUID in sizes and way.isprintable():
            yield from _uuids(way)


def _uuids(text: str) -> Iterator[str]:
    name = text.encode()
    return (_uuid(make, space, name) for space in _USUAL_SPACES for make in _BY_NAME)


def _without_accents(text: str) -> str:
    return "".join(each for each in unicodedata.normalize("NFKD", text) if not unicodedata.combining(each))


def _by_programs(text: str) -> Iterator[str]:
    """Identifiers that programs make from a text: uuids, the blobs of git, a checksum."""
    data = text.encode()
    yield from _uuids(text)
    for blob in (data, data + b"\n"):
        yield hashlib.sha1(b"blob %d\0" % len(blob) + blob, usedforsecurity=False).hexdigest()
    yield f"{zlib.crc32(data):08x}"
