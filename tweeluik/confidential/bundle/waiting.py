"""Where what was in a bundle waits until everything about it is known: nowhere that anybody could find it.

A little waits in memory. More waits on the disk in files without a name, which are their owner's only, and which the
system takes away with this program, however that ends. Where such a file may take a name afterwards, nothing is written
twice.
"""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

from tweeluik.confidential.age.watched import Readable
from tweeluik.disk.durable import Nameless, creating, nameless

MEMORY = 1 << 24
"""Bytes that are held in memory: far more than a bundle of this program has."""

MOST_FILES = 100
"""Files without a name that are held open at a time: some systems let a program have 256 of all kinds."""

BLOCK = 1 << 18


class _Waiting:
    """A spool on the disk on which `into` will stand, and the files beside it."""

    def __init__(self, into: Path) -> None:
        self._folder = next(each for each in into.absolute().parents if each.is_dir())
        self._closing = contextlib.ExitStack()
        self._spool = tempfile.SpooledTemporaryFile(  # noqa: SIM115 (closed below)
            MEMORY, buffering=BLOCK, dir=str(self._folder)
        )
        self._closing.callback(self._spool.close)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, failure: BaseException | None, trace: TracebackType | None
    ) -> None:
        with contextlib.suppress(OSError):  # on a full disk: what could not be written is needed no more
            self._closing.close()


class Whole(_Waiting):
    """A container as it came, to be read once more."""

    def take(self, block: bytes | memoryview) -> None:
        """The next bytes of it."""
        self._spool.write(block)

    def begin(self, name: str, size: int) -> None:
        """Members are nothing by themselves here."""

    def write(self, part: memoryview) -> None:
        """It was taken already."""

    def again(self) -> Readable:
        """The whole of it, from its first byte."""
        self._spool.seek(0)
        return self._spool


class Members(_Waiting):
    """The members of a container, to be put where they will stand."""

    def __init__(self, into: Path) -> None:
        super().__init__(into)
        self._filled = 0
        self._spooled = dict[str, tuple[int, int]]()
        self._files = dict[str, Nameless]()
        self._file: Nameless | None = None

    def take(self, block: bytes | memoryview) -> None:
        """What stands between members is kept nowhere."""

    def begin(self, name: str, size: int) -> None:
        """What is written next is this member, of so many bytes."""
        self._file = self._new_file() if self._filled + size > MEMORY else None
        if self._file:
            self._files[name] = self._file
        else:
            self._spooled[name] = (self._filled, size)
            self._filled += size

    def _new_file(self) -> Nameless | None:
        """None where there is no such thing: then the spool goes on on the disk."""
        file = nameless(self._folder) if len(self._files) < MOST_FILES else None
        if file:
            self._closing.callback(file.close)
        return file

    def write(self, part: memoryview) -> None:
        """The next bytes of the member that was begun."""
        (self._file or self._spool).write(part)

    def put(self, name: str, path: Path) -> None:
        """Make a member a file, synced to the disk, in a folder that is there. Raises `OSError`: then no file is."""
        file = self._files.get(name)
        if not file or not file.take_name(path):
            with creating(path) as new:
                for block in self.blocks(name):
                    new.write(block)

    def blocks(self, name: str) -> Iterator[bytes]:
        """The bytes of a member."""
        if name in self._files:
            yield from self._files[name].blocks()
            return
        at, left = self._spooled[name]
        self._spool.seek(at)
        while left:
            block = self._spool.read(min(left, BLOCK))
            if not block:
                raise OSError("less was read back than was written")
            left -= len(block)
            yield block
