"""The container inside a sealed file: a ZIP that Windows Explorer opens, and whose every byte follows from its members.

Stored (deflate differs between zlib builds), in the order of the names, with one fixed time, and padded
(`confidential/age/padding.py`) so that the size outside tells little about the size inside. Because nothing is free,
who reads it (`unpacking.py`) need not trust: it makes every head once more and compares.
"""

from __future__ import annotations

import re
import stat
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
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
LOCAL_MARK, CENTRAL_MARK, END_MARK = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
VERSION = 20
DAY = 33
"""1 January 1980, the first of a ZIP."""

REGULAR = (stat.S_IFREG | 0o600) << 16
UNIX = 3


class Unsound(ValueError):
    """The bytes are no container of ours; the message says why, without names."""


class Packed:
    """One ZIP with the members and the padding, to be read piece by piece: the whole of it is never held."""

    def __init__(self, members: Mapping[str, bytes]) -> None:
        """Raises `Unsound` for a name that is not safe everywhere."""
        refuse_names(members)
        self._pieces = _pieces(members)
        self._piece = memoryview(b"")

    def readinto(self, room: memoryview, /) -> int:
        """At most as many bytes as there is room for, and how many; none at the end."""
        while not self._piece:
            piece = next(self._pieces, None)
            if piece is None:
                return 0
            self._piece = memoryview(piece)
        part, self._piece = self._piece[: len(room)], self._piece[len(room) :]
        room[: len(part)] = part
        return len(part)


def _pieces(members: Mapping[str, bytes]) -> Iterator[bytes]:
    """The container piece by piece (APPNOTE 6.3.10, 4.3): heads and members in turn, the directory, the end record."""
    bare = _zip_size({**members, PADDING: b""})
    content = {**members, PADDING: bytes(padme(bare) - bare)}
    directory = Directory()
    for name in sorted(content):
        yield directory.add(name, crc32(content[name]), len(content[name]))
        yield content[name]
    yield directory.ending


@dataclass(slots=True)
class Directory:
    """What stands around the bytes of the members, as it grows member by member: `entries` are the central heads."""

    entries: list[bytes] = field(default_factory=list)
    offset: int = 0

    def add(self, name: str, crc: int, size: int) -> bytes:
        """The local head of the next member."""
        letters = name.encode("ascii")
        about = (0, 0, 0, DAY, crc, size, size, len(letters), 0)
        made_by = (VERSION, UNIX, VERSION)
        central = CENTRAL.pack(CENTRAL_MARK, *made_by, *about, 0, 0, 0, REGULAR, self.offset)
        self.entries.append(central + letters)
        self.offset += LOCAL.size + len(letters) + size
        return LOCAL.pack(LOCAL_MARK, VERSION, *about) + letters

    @property
    def ending(self) -> bytes:
        """The directory and the end record, behind the last member."""
        count, size = len(self.entries), sum(map(len, self.entries))
        end = END.pack(END_MARK, 0, 0, count, count, size, self.offset, 0)
        return b"".join((*self.entries, end))


def _zip_size(members: Mapping[str, bytes]) -> int:
    """Per member a local header, a central one and its name in both; then the end record (APPNOTE 6.3.10, 4.3)."""
    return END.size + sum(LOCAL.size + CENTRAL.size + 2 * len(name) + len(data) for name, data in members.items())


def refuse_names(names: Collection[str]) -> None:
    """Each is safe on every system, and none is another or a folder of another; the opener's `zip.js` asks the same."""
    folded = {name.casefold() for name in names}
    if len(folded) < len(names):
        raise Unsound("it has two members with one name")
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
