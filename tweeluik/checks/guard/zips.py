"""Whether a zip holds nothing but the files that it lists: one that is left out of the list is still in the bytes."""

from __future__ import annotations

import struct
from zipfile import ZipFile

_LOCAL, _LISTED, _END = 30, 46, 22
"""Bytes of the fixed part of each header (APPNOTE 6.3.10, 4.3.7, 4.3.12 and 4.3.16)."""

_WITH_DESCRIPTOR, _IN_UTF8 = 0x8, 0x800
_DESCRIPTOR = b"PK\x07\x08"


def _lengths(data: bytes, at: int) -> tuple[int, int]:
    """Of the name and of the extra field in the header of a file."""
    found: tuple[int, int] = struct.unpack_from("<HH", data, at + 26)
    return found


def is_whole(data: bytes, packed: ZipFile) -> bool:
    """Whether the files follow each other from the first byte to the list, and the list ends the bytes."""
    at = 0
    for member in sorted(packed.infolist(), key=lambda each: each.header_offset):
        if member.header_offset != at:
            return False
        name, extra = _lengths(data, at)
        at += _LOCAL + name + extra + member.compress_size
        if member.flag_bits & _WITH_DESCRIPTOR:
            at += 16 if data.startswith(_DESCRIPTOR, at) else 12
    if at != packed.start_dir:
        return False
    for member in packed.infolist():
        encoding = "utf-8" if member.flag_bits & _IN_UTF8 else "cp437"
        at += _LISTED + len(member.orig_filename.encode(encoding)) + len(member.extra) + len(member.comment)
    return at + _END + len(packed.comment) == len(data)
