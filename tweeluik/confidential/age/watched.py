"""Streams of which every read and write is watched, for a library that forgets why one of them failed.

pyrage opens in pieces of 8 KiB. Python's own buffers cut and gather them, in C, so that what is here is called once in
`BLOCK` bytes.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

from tweeluik.confidential.age.header import HEADER_LIMIT

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer, WriteableBuffer

BLOCK = 1 << 18
"""Bytes that are read and written at a time."""

START = 1 << 17
"""Bytes that hold the head of whatever is sealed here."""


class Readable(Protocol):
    """Gives at most as many bytes as there is room for, and none at its end."""

    def readinto(self, room: memoryview, /) -> int | None:
        """The next bytes, and how many they are."""


class Writable(Protocol):
    """Takes all bytes that it is given, and keeps no view of them: what they stand in is used again."""

    def write(self, data: bytes | memoryview, /) -> object:
        """Take them."""


class Reading(io.RawIOBase):
    """A source for pyrage, which forgets why a read failed."""

    def __init__(self, source: Readable) -> None:
        self._source = source
        self._start = memoryview(b"")
        self.size = 0
        self.failure: BaseException | None = None

    def peek(self) -> bytes:
        """The first bytes, enough for any head, which are still to be read."""
        room, filled = memoryview(bytearray(HEADER_LIMIT)), 0
        while filled < HEADER_LIMIT and (found := self.readinto(room[filled:])):
            filled += found
        self._start, self.size = room[:filled], 0
        return bytes(self._start)

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, room: WriteableBuffer) -> int:
        """The next bytes, none at the end."""
        try:
            found = self._again(memoryview(room)) or self._source.readinto(memoryview(room)) or 0
        except BaseException as failure:
            self.failure = failure
            raise
        self.size += found
        return found

    def _again(self, room: memoryview) -> int:
        """What was looked at beforehand."""
        part, self._start = self._start[: len(room)], self._start[len(room) :]
        room[: len(part)] = part
        return len(part)


class Writing(io.RawIOBase):
    """A target for pyrage, which may forget that the last write failed. `start`: enough for the head of a file."""

    def __init__(self, target: Writable) -> None:
        self._target: Writable | None = target
        self.start = bytearray()
        self.size = 0
        self.failure: BaseException | None = None

    def writable(self) -> bool:
        """It is."""
        return True

    def write(self, data: ReadableBuffer) -> int:
        """Take all of it."""
        view = memoryview(data)
        if self._target is None:
            return len(view)
        if len(self.start) < START:
            self.start += view
        self.size += len(view)
        try:
            self._target.write(view)
        except BaseException as failure:
            self.failure = failure
            self.let_go()
            raise
        return len(view)

    def let_go(self) -> None:
        """Nothing reaches the target any more: a buffer that is thrown away writes once again what it held."""
        self._target = None


@contextmanager
def watched(
    reading: Reading, writing: Writing
) -> Iterator[tuple[io.BufferedReader[Reading], io.BufferedWriter[Writing]]]:
    """What to give to pyrage: all that is written is handed on, and what a read or a write raised is raised here."""
    source, target = io.BufferedReader(reading, BLOCK), io.BufferedWriter(writing, BLOCK)
    try:
        yield source, target
        target.flush()
    except BaseException:
        _raise_first(reading, writing)
        raise
    finally:
        writing.let_go()
    _raise_first(reading, writing)


def _raise_first(reading: Reading, writing: Writing) -> None:
    for failure in (writing.failure, reading.failure):
        if failure is not None:
            raise failure from None
