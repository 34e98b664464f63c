"""The container inside a sealed file: a ZIP that Windows Explorer opens, and whose every byte follows from its members.

Stored (deflate differs between zlib builds), in the order of the names, with one fixed time, and padded
(`confidential/age/padding.py`) so that the size outside tells little about the size inside. Because nothing is free,
`unpack` need not trust: it packs what it found once more and compares.
"""

from __future__ import annotations

import io
import re
import stat
import zipfile
from collections.abc import Collection, Iterator, Mapping
from pathlib import PurePosixPath
from struct import Struct
from zlib import crc32

from tweeluik.confidential.age.padding import padme
from tweeluik.words.reserved import is_reserved

PADDING = "vulling.bin"
LIMIT = 2**30
"""Bytes; a browser holds no larger one, and it is no dossier."""

MEMBERS_LIMIT = 500
SAFE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*(/[A-Za-z0-9][A-Za-z0-9._-]*)*")
LONGEST_NAME = 100
"""Letters, folders included: with the path of a folder in front it still fits in the 260 of Windows."""

LOCAL, CENTRAL, END = Struct("<4s5H3I2H"), Struct("<4s2B5H3I5H2I"), Struct("<4s4H2IH")
VERSION = 20
DAY = 33
"""1 January 1980, the first of a ZIP."""

REGULAR = (stat.S_IFREG | 0o600) << 16
UNIX = 3


class Unsound(ValueError):
    """The bytes are no container of ours; the message says why, without names."""


def pack(members: Mapping[str, bytes]) -> bytes:
    """One ZIP with the members and the padding. Raises `Unsound` for a name that is not safe everywhere."""
    return b"".join(_pieces(members))


def _pieces(members: Mapping[str, bytes]) -> Iterator[bytes]:
    """The container piece by piece (APPNOTE 6.3.10, 4.3): heads and members in turn, the directory, the end record."""
    _refuse_names(members)
    bare = _zip_size({**members, PADDING: b""})
    content = {**members, PADDING: bytes(padme(bare) - bare)}
    directory, offset = list[bytes](), 0
    for name in sorted(content):
        data, letters = content[name], name.encode("ascii")
        about = (0, 0, 0, DAY, crc32(data), len(data), len(data), len(letters), 0)
        yield LOCAL.pack(b"PK\x03\x04", VERSION, *about) + letters
        yield data
        made_by = (VERSION, UNIX, VERSION)
        directory.append(CENTRAL.pack(b"PK\x01\x02", *made_by, *about, 0, 0, 0, REGULAR, offset) + letters)
        offset += LOCAL.size + len(letters) + len(data)
    yield from directory
    yield END.pack(b"PK\x05\x06", 0, 0, len(content), len(content), sum(map(len, directory)), offset, 0)


def _zip_size(members: Mapping[str, bytes]) -> int:
    """Per member a local header, a central one and its name in both; then the end record (APPNOTE 6.3.10, 4.3)."""
    return END.size + sum(LOCAL.size + CENTRAL.size + 2 * len(name) + len(data) for name, data in members.items())


def unpack(data: bytes) -> dict[str, bytes]:
    """The members, without the padding.

    Raises:
        Unsound: a member is compressed, double, a link or outside the folder; or any byte is not as `pack` writes it.
    """
    if len(data) > LIMIT:
        raise Unsound("it is larger than a bundle can be")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _refuse_entries(archive.infolist(), len(data))
            members = {entry.filename: archive.read(entry) for entry in archive.infolist()}
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError, OverflowError) as error:
        raise error if isinstance(error, Unsound) else Unsound("it holds no sound ZIP file") from None
    if members.pop(PADDING, None) is None:
        raise Unsound("the padding is missing")
    if not _is_made_of(data, _pieces(members)):
        raise Unsound("it holds bytes that belong to no member, or padding that is not as prescribed")
    return members


def _is_made_of(data: bytes, pieces: Iterator[bytes]) -> bool:
    """Whether these are the pieces, one after the other; nothing large is copied to see that."""
    at = 0
    for piece in pieces:
        if not data.startswith(piece, at):
            return False
        at += len(piece)
    return at == len(data)


def _refuse_entries(entries: list[zipfile.ZipInfo], size: int) -> None:
    names = [entry.filename for entry in entries]
    if len(names) > MEMBERS_LIMIT:
        raise Unsound("it has too many members")
    if len({name.casefold() for name in names}) < len(names):
        raise Unsound("it has two members with one name")
    if any(entry.compress_type != zipfile.ZIP_STORED or entry.compress_size != entry.file_size for entry in entries):
        raise Unsound("a member is compressed")
    if sum(entry.file_size for entry in entries) > size:
        raise Unsound("its members are larger than the whole")
    _refuse_names(names)
    for entry in entries:
        if entry.external_attr != REGULAR or entry.create_system != UNIX or entry.flag_bits:
            raise Unsound("a member is no plain file")


def _refuse_names(names: Collection[str]) -> None:
    """Each is safe on every system, and none is a folder of another; the opener's `zip.js` asks the same."""
    folded = {name.casefold() for name in names}
    for name in names:
        _refuse_name(name)
        if any(parent.as_posix().casefold() in folded for parent in PurePosixPath(name).parents):
            raise Unsound("a member lies in another as if that were a folder")


def _refuse_name(name: str) -> None:
    if (
        len(name) > LONGEST_NAME
        or not SAFE_NAME.fullmatch(name)
        or any(is_reserved(part) or part.endswith(".") for part in PurePosixPath(name).parts)
    ):
        raise Unsound("a member has a name that could end up outside the folder")
