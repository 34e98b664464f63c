"""Containers in memory, for tests: what is packed, and what is in it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from tweeluik.confidential.age.watched import Readable
from tweeluik.confidential.bundle.container import Packed
from tweeluik.confidential.bundle.unpacking import Unpacking
from tweeluik.confidential.bundle.waiting import Members


def pack(members: Mapping[str, bytes]) -> bytes:
    """The whole container of these members."""
    return read_all(Packed(members))


def read_all(source: Readable, size: int = 1 << 16) -> bytes:
    """What it gives, with room for so many bytes at a time."""
    room, found = bytearray(size), bytearray()
    while filled := source.readinto(memoryview(room)):
        found += room[:filled]
    return bytes(found)


def unpack(data: bytes, block: int = 1 << 16) -> dict[str, bytes]:
    """The members by their names; the container comes in blocks of this size. Raises `Unsound`."""
    with Members(Path("here")) as members:
        unpacking = Unpacking(members)
        for start in range(0, len(data), block):
            unpacking.write(data[start : start + block])
        return {each.name: b"".join(members.blocks(each.name)) for each in unpacking.finish().listed}
