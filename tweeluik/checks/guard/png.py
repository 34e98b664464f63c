"""A picture in PNG that holds pixels and nothing else: no text, no second file behind its end.

What is drawn in it nobody can search. So a site has such a picture only beside the drawing that it was made from
(`declared.py`), and that one is searched.
"""

from __future__ import annotations

import struct
import zlib

from tweeluik.checks.guard.raw import NotReadable
from tweeluik.checks.guard.streams import unpacked

SIGNATURE = b"\x89PNG\r\n\x1a\n"

_ABOUT_PIXELS = frozenset({b"IHDR", b"PLTE", b"tRNS", b"sRGB", b"gAMA", b"cHRM", b"pHYs", b"IDAT", b"IEND"})
"""Chunks that hold no words (PNG, third edition, 11)."""
_LENGTHS = {b"IHDR": 13, b"sRGB": 1, b"gAMA": 4, b"cHRM": 32, b"pHYs": 9, b"IEND": 0}
_CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
"""Samples per pixel, by the type of its colours."""


def is_picture(data: bytes) -> bool:
    """Whether it begins as a picture in PNG does."""
    return data.startswith(SIGNATURE)


def read_png(data: bytes) -> None:
    """Look through a picture.

    Raises:
        NotReadable: it is broken, or there is more in it than pixels.
    """
    chunks = _chunks(data)
    names = [name for name, _ in chunks]
    if names[:1] != [b"IHDR"] or names[-1:] != [b"IEND"] or names.count(b"IHDR") + names.count(b"IEND") != 2:  # noqa: PLR2004
        raise NotReadable("a picture that is not whole")
    try:
        pixels = unpacked(zlib.decompressobj(), b"".join(content for name, content in chunks if name == b"IDAT"))
    except (zlib.error, EOFError):
        raise NotReadable("a picture that is not whole") from None
    if len(pixels) != _size(chunks[0][1]):
        raise NotReadable("a picture with more in it than its pixels")


def _chunks(data: bytes) -> list[tuple[bytes, bytes]]:
    found, at = list[tuple[bytes, bytes]](), len(SIGNATURE)
    while at < len(data):
        head = data[at : at + 8]
        length, name = (int.from_bytes(head[:4]), head[4:])
        content, check = data[at + 8 : at + 8 + length], data[at + 8 + length : at + 12 + length]
        if name not in _ABOUT_PIXELS or _LENGTHS.get(name, length) != length:
            raise NotReadable("a picture with more in it than its pixels")
        if check != struct.pack(">I", zlib.crc32(name + content)):
            raise NotReadable("a picture that is not whole")
        found.append((name, content))
        at += 12 + length
    return found


def _size(head: bytes) -> int:
    """Of the pixels, in bytes: every line has a byte before it. A picture in seven passes is refused."""
    width, height, depth, colours, packing, filtering, passes = struct.unpack(">IIBBBBB", head)
    if colours not in _CHANNELS or (packing, filtering, passes) != (0, 0, 0):
        raise NotReadable("a picture of a kind that is not known")
    bits: int = width * depth * _CHANNELS[colours]
    return int(height) * (1 + -(-bits // 8))
