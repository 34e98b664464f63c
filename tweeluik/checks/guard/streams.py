"""Packed streams of bytes, unpacked whole or not at all."""

from __future__ import annotations

import zlib
from typing import Protocol

from tweeluik.checks.guard.raw import NotReadable

MOST_BYTES = 64_000_000
"""What may come out of one packed member: more is a bomb."""


class Decompressor(Protocol):
    """What gzip, bzip2 and xz have in common in the standard library."""

    @property
    def eof(self) -> bool:
        """Whether the end was reached."""

    @property
    def unused_data(self) -> bytes:
        """What stands behind the end."""

    def decompress(self, data: bytes, max_length: int = ..., /) -> bytes:
        """At most so many bytes of what was packed."""


def unpacked(decompressor: Decompressor, data: bytes) -> bytes:
    """All that was packed.

    Raises:
        EOFError: the end is missing.
        NotReadable: more comes out than anybody packs, or something stands behind the end.
    """
    inner = decompressor.decompress(data, MOST_BYTES + 1)
    if len(inner) > MOST_BYTES:
        raise NotReadable("a packed file is too large")
    if not decompressor.eof:
        raise EOFError
    if decompressor.unused_data:
        raise NotReadable("a packed file with something behind its end")
    return inner


def inflated(data: bytes) -> bytes | None:
    """Text that was packed with zlib, or without its two bytes and its checksum, when it is that.

    No stream of chance passes the checksum; without one, what comes out must be text to the end.
    """
    if data[:1] == b"\x78" and int.from_bytes(data[:2]) % 31 == 0:
        try:
            return unpacked(zlib.decompressobj(), data)
        except (zlib.error, EOFError):
            pass
    return _inflated_without_head(data)


_LEAST_TEXT = 6


def _inflated_without_head(data: bytes) -> bytes | None:
    packed = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        inner = packed.decompress(data, MOST_BYTES + 1)
    except zlib.error:
        return None
    if len(inner) > MOST_BYTES:
        raise NotReadable("a packed file is too large")
    return inner if packed.eof and len(inner) >= _LEAST_TEXT and is_text(inner) else None


def is_text(data: bytes) -> bool:
    """Whether it is text in UTF-8, without the sign that no text has."""
    try:
        return "\0" not in data.decode()
    except UnicodeDecodeError:
        return False
