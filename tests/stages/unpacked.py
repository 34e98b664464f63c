"""What is in a container, for tests: all of it in memory."""

from __future__ import annotations

from io import BytesIO

from tweeluik.confidential.bundle.unpacking import Unpacking


def unpack(data: bytes, block: int = 1 << 16) -> dict[str, bytes]:
    """The members by their names; the container comes in blocks of this size. Raises `Unsound`."""
    unpacking = Unpacking(BytesIO())
    for start in range(0, len(data), block):
        unpacking.write(data[start : start + block])
    found = unpacking.finish()
    return {each.name: b"".join(found.blocks(each)) for each in found.listed}
