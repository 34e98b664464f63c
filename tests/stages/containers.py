"""Containers in memory, for tests: what is packed, and what is in it."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO

from tweeluik.confidential.bundle.container import Packed
from tweeluik.confidential.bundle.unpacking import Unpacking


def pack(members: Mapping[str, bytes]) -> bytes:
    """The whole container of these members."""
    packed = Packed(members)
    return b"".join(iter(lambda: packed.read(1 << 16), b""))


def unpack(data: bytes, block: int = 1 << 16) -> dict[str, bytes]:
    """The members by their names; the container comes in blocks of this size. Raises `Unsound`."""
    unpacking = Unpacking(BytesIO())
    for start in range(0, len(data), block):
        unpacking.write(data[start : start + block])
    found = unpacking.finish()
    return {each.name: b"".join(found.blocks(each)) for each in found.listed}
