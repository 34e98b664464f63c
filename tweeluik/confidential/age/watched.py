"""Streams of which every read and write is watched, for a library that forgets why one of them failed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from tweeluik.confidential.age.header import HEADER_LIMIT

BLOCK = 1 << 18
"""Bytes that are read at a time."""

LARGE = 1 << 15
"""Bytes that are handed on as they come: pyrage seals in pieces of 64 KiB, and opens in pieces of 8."""

START = 1 << 17
"""Bytes that hold the head of whatever is sealed here."""


class Readable(Protocol):
    """Gives at most so many bytes, and none at its end."""

    def read(self, size: int, /) -> bytes:
        """The next bytes."""


class Writable(Protocol):
    """Takes all bytes that it is given."""

    def write(self, data: bytes, /) -> object:
        """Take them."""


class Reading:
    """A source for pyrage, which asks for 8 KiB at a time and forgets why a read failed."""

    def __init__(self, source: Readable) -> None:
        self._source = source
        self._block = b""
        self._at = 0
        self.size = 0
        self.failure: BaseException | None = None

    def peek(self) -> bytes:
        """The first bytes, enough for any head, which are still to be read."""
        while len(self._block) < HEADER_LIMIT and (more := self._source.read(BLOCK)):
            self._block += more
        return self._block[:HEADER_LIMIT]

    def read(self, size: int = BLOCK) -> bytes:
        """The next bytes, none at the end."""
        if self._at == len(self._block):
            try:
                self._block, self._at = self._source.read(BLOCK), 0
            except BaseException as failure:
                self.failure = failure
                raise
        part = self._block[self._at : self._at + size]
        self._at += len(part)
        self.size += len(part)
        return part


class Writing:
    """A target for pyrage, which may forget that the last write failed. `start`: enough for the head of a file.

    pyrage opens in pieces of 8 KiB: they are gathered, so that the target is called a thirtieth as often.
    """

    def __init__(self, target: Writable) -> None:
        self._target = target
        self._gathered = bytearray()
        self.start = bytearray()
        self.size = 0
        self.failure: BaseException | None = None

    def write(self, data: bytes) -> int:
        """Take all of it."""
        if len(self.start) < START:
            self.start += data
        self.size += len(data)
        if len(data) >= LARGE and not self._gathered:
            self._hand_on(data)
            return len(data)
        self._gathered += data
        if len(self._gathered) >= BLOCK:
            self.hand_on()
        return len(data)

    def hand_on(self) -> None:
        """What is gathered, to the target."""
        gathered, self._gathered = bytes(self._gathered), bytearray()
        self._hand_on(gathered)

    def _hand_on(self, data: bytes) -> None:
        try:
            self._target.write(data)
        except BaseException as failure:
            self.failure = failure
            raise

    def flush(self) -> None:
        """Nothing: what is gathered is handed on at the end."""


@contextmanager
def watched(reading: Reading, writing: Writing) -> Iterator[None]:
    """Hand on all that was written, and raise what a read or a write raised, whatever pyrage makes of that."""
    try:
        yield
        writing.hand_on()
    except BaseException:
        _raise_first(reading, writing)
        raise
    _raise_first(reading, writing)


def _raise_first(reading: Reading, writing: Writing) -> None:
    for failure in (writing.failure, reading.failure):
        if failure is not None:
            raise failure from None
