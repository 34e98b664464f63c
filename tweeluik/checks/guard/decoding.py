"""Every reading of a file's bytes: as text, decoded to a fixed point, without tags, and whatever is packed inside.

What cannot be read is an error, never passed over.
"""

from __future__ import annotations

import bz2
import html
import io
import lzma
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain

from tweeluik.checks.guard.encoded import NO_RUNS, Runs, data_addresses, encoded, runs_in
from tweeluik.checks.guard.escapes import decode
from tweeluik.checks.guard.markup import as_seen, without_comments, without_sections, without_tags
from tweeluik.checks.guard.pdf import read_pdf
from tweeluik.checks.guard.png import is_picture, read_png
from tweeluik.checks.guard.raw import NotReadable, printable_runs
from tweeluik.checks.guard.signs import encoded_in_signs
from tweeluik.checks.guard.streams import MOST_BYTES, Decompressor, inflated, unpacked
from tweeluik.checks.guard.zips import is_whole
from tweeluik.words.folding import beyond_ascii

DEEPEST = 6
"""Containers within containers, and text within encoded text."""

_BACKWARDS = ("\u202b", "\u202e", "\u202d", "\u2067")


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a part of a file.

    `pointed`: where any use of a name counts, such as the name of a file in a zip. `words`: its words follow each other
    as they do for a reader or a program; otherwise only its letters do. `again`: of a text that is read in another way
    too, so that nothing in disguise is looked for in this one.
    """

    where: str
    text: str
    pointed: bool = False
    words: bool = True
    again: bool = False
    runs: Runs = NO_RUNS


def readings(data: bytes) -> Iterator[Reading]:
    """Every reading of a file.

    Raises:
        NotReadable: a part can be read in no way that is known here.
    """
    if is_picture(data):
        read_png(data)
        yield Reading("bytes of a picture", printable_runs(data))
        return
    yield from _read(data, "text", 0)


def _read(data: bytes, where: str, depth: int) -> Iterator[Reading]:
    if depth > DEEPEST:
        raise NotReadable("packed too deeply")
    unpack = next((unpack for magic, unpack in _CONTAINERS if data.startswith(magic)), None)
    if unpack is None:
        yield from _read_text(_as_text(data), where, depth)
        return
    # Comments, names and gaps that no reader of this kind of file would show. A PDF has none: it is read from its first
    # byte to its last, and `/P 110 0 R` in it would pass for the id `p-110`.
    if unpack is not _read_pdf:
        yield Reading("bytes of a packed file", printable_runs(data))
    yield from unpack(data, where, depth)


def _as_text(data: bytes) -> str:
    encoding = "utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        raise NotReadable("neither text nor a known kind of file") from None
    if "\0" in text:
        raise NotReadable("neither text nor a known kind of file")
    if _OWN_ENTITY.search(text):
        raise NotReadable("a text that defines entities of its own")
    if _UNSEEN_RUN.search(beyond_ascii(text)) and _UNSEEN_RUN.search(text):
        raise NotReadable("signs in a row that nobody sees")
    return text


_OWN_ENTITY = re.compile(r"<!DOCTYPE[^<>\[]*\[[^\]]*<!ENTITY", re.IGNORECASE)
"""With these a name is put together by whatever reads the text, and by nothing else."""

_UNSEEN_RUN = re.compile(
    "[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u206a-\u206f\ufe00-\ufe0f\ufeff\U000e0100-\U000e01ef]{12}"
)
"""Selectors of variants and signs without width: a row of them, which no writing has, holds a text in bits or bytes."""


# --- text -------------------------------------------------------------------------------------------------------------


def _read_text(text: str, where: str, depth: int) -> Iterator[Reading]:
    decoded = without_sections(decode(text))
    runs = runs_in(decoded)
    yield Reading(where, decoded, runs=runs)
    if decoded != text:
        yield Reading(where, text, again=True)
    if "<!--" in decoded or "/*" in decoded:
        yield Reading(where, without_comments(decoded), words=False)
    if "<" in decoded:
        yield Reading(where, without_tags(decoded), words=False)
        yield Reading(where, as_seen(decoded), again=True)
    if any(sign in decoded for sign in _BACKWARDS):
        yield Reading(where, decoded[::-1])
    for data in data_addresses(html.unescape(text)):
        yield from _read(data, "data address", depth + 1)
    for data in chain(encoded(runs), encoded_in_signs(text)):
        yield from _read_encoded(data, depth + 1)


def _read_encoded(data: bytes, depth: int) -> Iterator[Reading]:
    """Runs of digits that only look encoded give nothing; those that hold text or a container are read."""
    if depth > DEEPEST:
        return
    known = any(data.startswith(magic) for magic, _ in _CONTAINERS)
    deflated = None if known else inflated(data)
    if known or deflated is not None:
        yield from _read(data if deflated is None else deflated, "encoded text", depth)
        return
    text, size = _as_likely_text(data)
    # Of bytes by chance so few are text that nobody need count them.
    if len(text) > 4 and len(text) * 10 >= size * 7 <= 10 * sum(map(str.isprintable, text)):  # noqa: PLR2004
        yield from _read_text(text, "encoded text", depth)
    elif len(data) >= _LEAST_MIXED:
        yield Reading("encoded text", printable_runs(data), words=False)


_LEAST_MIXED = 12
"""Text among bytes that are none is looked for in so many: shorter secrets are known by their encoded forms."""


def _as_likely_text(data: bytes) -> tuple[str, int]:
    """As text in one byte a letter or in two, with its size in such letters."""
    even, odd = data[::2].count(0), data[1::2].count(0)
    if max(even, odd) * 10 < len(data) * 3:
        return data.decode(errors="ignore"), len(data)
    return data.decode("utf-16-le" if odd > even else "utf-16-be", errors="ignore"), len(data) // 2


# --- containers -------------------------------------------------------------------------------------------------------


def _read_stream(decompressor: Callable[[], Decompressor]) -> Callable[[bytes, str, int], Iterator[Reading]]:
    def read(data: bytes, _where: str, depth: int) -> Iterator[Reading]:
        try:
            inner = unpacked(decompressor(), data)
        except (OSError, EOFError, lzma.LZMAError, zlib.error, ValueError):
            raise NotReadable("a packed file that cannot be opened") from None
        yield from _read(inner, "packed file", depth + 1)

    return read


_BROKEN_ZIP = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error,
    RuntimeError, OSError, EOFError, ValueError, LookupError,
)  # fmt: skip
"""NotImplementedError, for a method that is not known here, is a RuntimeError."""


def _read_zip(data: bytes, _where: str, depth: int) -> Iterator[Reading]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if not is_whole(data, packed):
                raise NotReadable("a zip with bytes that belong to no file in it")
            yield Reading("comment in a zip", packed.comment.decode(errors="replace"), pointed=True)
            for member in packed.infolist():
                yield Reading("file name in a zip", member.filename, pointed=True)
                yield Reading("comment in a zip", member.comment.decode(errors="replace"), pointed=True)
                yield Reading("extra field in a zip", member.extra.decode("latin-1"), pointed=True)
                if member.file_size > MOST_BYTES:
                    raise NotReadable("a packed file is too large")
                if not member.is_dir():
                    yield from _read(packed.read(member), "packed file", depth + 1)
    except _BROKEN_ZIP:
        raise NotReadable("a zip that cannot be opened") from None


def _read_pdf(data: bytes, _where: str, depth: int) -> Iterator[Reading]:
    for part in read_pdf(data):
        if isinstance(part.content, bytes):
            yield from _read(part.content, part.where, depth + 1)
            continue
        yield Reading(part.where, part.content, pointed=part.pointed)
        yield from () if part.plain else _read_text(part.content, part.where, depth + 1)


_CONTAINERS: tuple[tuple[bytes, Callable[[bytes, str, int], Iterator[Reading]]], ...] = (
    (b"PK\x03\x04", _read_zip),
    (b"PK\x05\x06", _read_zip),
    (b"%PDF-", _read_pdf),
    (b"\x1f\x8b\x08", _read_stream(lambda: zlib.decompressobj(31))),
    (b"BZh", _read_stream(bz2.BZ2Decompressor)),
    (b"\xfd7zXZ\x00", _read_stream(lzma.LZMADecompressor)),
)
