"""Every reading of a file's bytes: as text, decoded to a fixed point, without tags, and whatever is packed inside.

What cannot be read is an error, never passed over.
"""

from __future__ import annotations

import base64
import binascii
import bz2
import gzip
import html
import io
import lzma
import quopri
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from tweeluik.checks.pdf import NotReadable, read_pdf

DEEPEST = 6
"""Containers within containers, and text within encoded text."""

MOST_BYTES = 64_000_000
"""What may come out of one packed member: more is a bomb."""

LEAST_ENCODED = 16
"""Shorter runs of base64 or hexadecimal digits hold no name."""

_ROUNDS = 6


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a part of a file. `pointed`: a place where any use of a name counts, such as a title or a key."""

    where: str
    text: str
    pointed: bool = False


def readings(path: str, data: bytes) -> Iterator[Reading]:
    """Every reading of a file, its own name first.

    Raises:
        NotReadable: a part can be read in no way that is known here.
    """
    yield Reading("file name", path, pointed=True)
    yield from _read(data, "text", 0)


def _read(data: bytes, where: str, depth: int) -> Iterator[Reading]:
    if depth > DEEPEST:
        raise NotReadable("packed too deeply")
    unpack = next((unpack for magic, unpack in _CONTAINERS if data.startswith(magic)), None)
    if unpack is not None:
        yield from unpack(data, where, depth)
        return
    yield from _read_text(_as_text(data), where, depth)


def _as_text(data: bytes) -> str:
    encoding = "utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        raise NotReadable("neither text nor a known kind of file") from None
    if "\0" in text:
        raise NotReadable("neither text nor a known kind of file")
    return text


# --- text -------------------------------------------------------------------------------------------------------------


def _read_text(text: str, where: str, depth: int) -> Iterator[Reading]:
    decoded = decode(text)
    yield Reading(where, text)
    yield Reading(where, decoded)
    if "<" in decoded:
        yield Reading(where, _TAG.sub(" ", decoded))
        yield from (Reading("attribute", value, pointed=True) for value in _attributes(decoded))
        yield from (Reading("title", title, pointed=True) for title in _TITLE.findall(decoded))
    yield from (Reading("key", key, pointed=True) for key in _KEY.findall(decoded))
    for inner in _encoded(decoded):
        yield from _read_encoded(inner, depth + 1)


_TAG = re.compile(r"<!--|-->|<[^<>]*>")
_ATTRIBUTE = re.compile(r"""[\w:-]+\s*=\s*(?:"([^"<>]*)"|'([^'<>]*)')""")
_TITLE = re.compile(r"<title[^>]*>([^<]*)</title>", re.IGNORECASE)
_KEY = re.compile(r'"([^"\n]{1,200})"\s*:')


def _attributes(text: str) -> set[str]:
    return {double or single for tag in _OPEN_TAG.findall(text) for double, single in _ATTRIBUTE.findall(tag)}


_OPEN_TAG = re.compile(r"<[a-zA-Z][^<>]*>")


def decode(text: str) -> str:
    """A text after every escape that a browser, a program or a mail reader would undo, until nothing changes."""
    for _ in range(_ROUNDS):
        before = text
        for undo in _ESCAPES:
            text = undo(text)
        if text == before:
            break
    return text


def _undo_percent(text: str) -> str:
    return unquote(text, errors="replace") if "%" in text else text


def _undo_backslash(text: str) -> str:
    return _BACKSLASH.sub(_character, text) if "\\" in text else text


_BACKSLASH = re.compile(
    r"\\u\{([0-9a-fA-F]{1,6})\}|\\u([0-9a-fA-F]{4})|\\x([0-9a-fA-F]{2})|\\([0-9a-fA-F]{1,6})\s?"
)


def _character(found: re.Match[str]) -> str:
    code = int(next(group for group in found.groups() if group), 16)
    return chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else "\N{REPLACEMENT CHARACTER}"  # noqa: PLR2004


def _undo_quoted_printable(text: str) -> str:
    if not _QUOTED.search(text):
        return text
    return _QUOTED.sub(lambda run: quopri.decodestring(run[0].encode()).decode(errors="replace"), text)


_QUOTED = re.compile(r"(?:=[0-9A-F]{2}|=\r?\n)+")


def _undo_punycode(text: str) -> str:
    return _PUNYCODE.sub(_unpunycoded, text) if "xn--" in text.lower() else text


_PUNYCODE = re.compile(r"xn--([a-z0-9-]+)", re.IGNORECASE)


def _unpunycoded(found: re.Match[str]) -> str:
    try:
        return found[1].encode().decode("punycode")
    except (UnicodeError, ValueError):
        return found[1]


_ESCAPES: tuple[Callable[[str], str], ...] = (
    html.unescape,
    _undo_percent,
    _undo_backslash,
    _undo_quoted_printable,
    _undo_punycode,
)

# --- text within text -------------------------------------------------------------------------------------------------

_BASE64 = re.compile(rf"[A-Za-z0-9+/_-]{{{LEAST_ENCODED},}}={{0,2}}")
_HEX = re.compile(rf"(?:[0-9a-fA-F]{{2}}){{{LEAST_ENCODED // 2},}}")


def _encoded(text: str) -> Iterator[bytes]:
    """Bytes that stand in a text as base64 or hexadecimal digits."""
    for run in dict.fromkeys(_BASE64.findall(text)):
        for start in range(4):
            yield from _unbase64(run[start:])
    for run in dict.fromkeys(_HEX.findall(text)):
        yield bytes.fromhex(run)
        yield bytes.fromhex(run[1:-1]) if len(run) > LEAST_ENCODED else b""


def _unbase64(run: str) -> Iterator[bytes]:
    plain = run.rstrip("=").translate(str.maketrans("-_", "+/"))
    try:
        yield base64.b64decode(plain[: len(plain) - (len(plain) % 4 == 1)] + "=" * (-len(plain) % 4), validate=True)
    except binascii.Error:
        return


def _read_encoded(data: bytes, depth: int) -> Iterator[Reading]:
    """Runs of digits that only look encoded give nothing; those that hold text or a container are read."""
    if depth > DEEPEST:
        return
    known = any(data.startswith(magic) for magic, _ in _CONTAINERS if len(magic) > 2)  # noqa: PLR2004
    try:
        yield from _read(data, "encoded text", depth) if known else _read_printable(data, depth)
    except NotReadable:
        if known:
            raise


def _read_printable(data: bytes, depth: int) -> Iterator[Reading]:
    text = data.decode(errors="ignore")
    printable = sum(each.isprintable() for each in text)
    if len(text) > 4 and printable * 10 >= len(data) * 7:  # noqa: PLR2004
        yield from _read_text(text, "encoded text", depth)


# --- containers -------------------------------------------------------------------------------------------------------


def _read_zip(data: bytes, _where: str, depth: int) -> Iterator[Reading]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            yield Reading("comment in a zip", packed.comment.decode(errors="replace"), pointed=True)
            for member in packed.infolist():
                yield Reading("file name in a zip", member.filename, pointed=True)
                yield Reading("comment in a zip", member.comment.decode(errors="replace"), pointed=True)
                yield Reading("extra field in a zip", member.extra.decode("latin-1"), pointed=True)
                if member.file_size > MOST_BYTES:
                    raise NotReadable("a packed file is too large")
                if not member.is_dir():
                    yield from _read(packed.read(member), "packed file", depth + 1)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, zlib.error, OSError, EOFError):
        raise NotReadable("a zip that cannot be opened") from None


def _read_stream(decompressor: Callable[[bytes], bytes]) -> Callable[[bytes, str, int], Iterator[Reading]]:
    def read(data: bytes, _where: str, depth: int) -> Iterator[Reading]:
        try:
            inner = decompressor(data)
        except (OSError, EOFError, lzma.LZMAError, zlib.error, ValueError):
            raise NotReadable("a packed file that cannot be opened") from None
        if len(inner) > MOST_BYTES:
            raise NotReadable("a packed file is too large")
        yield from _read(inner, "packed file", depth + 1)

    return read


def _read_pdf(data: bytes, _where: str, depth: int) -> Iterator[Reading]:
    for part in read_pdf(data):
        if isinstance(part.content, str):
            yield Reading(part.where, part.content, pointed=part.pointed)
            yield from _read_text(part.content, part.where, depth + 1)
        else:
            yield from _read(part.content, part.where, depth + 1)


_CONTAINERS: tuple[tuple[bytes, Callable[[bytes, str, int], Iterator[Reading]]], ...] = (
    (b"PK\x03\x04", _read_zip),
    (b"PK\x05\x06", _read_zip),
    (b"%PDF-", _read_pdf),
    (b"\x1f\x8b", _read_stream(gzip.decompress)),
    (b"BZh", _read_stream(bz2.decompress)),
    (b"\xfd7zXZ\x00", _read_stream(lzma.decompress)),
)
