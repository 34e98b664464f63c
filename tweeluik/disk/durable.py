"""The one way in which bytes reach the disk: a new file, forced to it and read back, or no file at all.

What others may read and what may be replaced is decided by whoever writes: `tree`, `register`, `private`.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

from tweeluik.problems import BuildFailed, Place, Problem

PRIVATE = 0o600
"""Its owner only."""

READABLE = 0o644
"""Everyone reads, its owner writes."""

BLOCK = 1 << 20
"""Bytes to write and read back at a time; they are compared as bytes: a memoryview compares ten times slower."""


class CannotWrite(BuildFailed):
    """The disk or its rights did not allow it; the target is what it was."""

    exit_code = 1


@contextlib.contextmanager
def writing(target: Path) -> Iterator[None]:
    """Tell a refusal of the system in words, with its own reason and the place that it was about.

    Raises:
        CannotWrite: the block raised OSError.
    """
    try:
        yield
    except OSError as failure:
        hint = "make room, or check the rights of its folder"
        raise CannotWrite(Problem(Place(str(target)), "", f"cannot be written: {reason(failure)}", hint)) from None


def reason(error: OSError) -> str:
    """Why the system refused, in its own words and without the path."""
    return (os.strerror(error.errno) if error.errno else "the disk did not keep what was written").lower()


def create_file(path: Path, data: bytes, mode: int = PRIVATE) -> None:
    """Create a file under its own name, sync it and read it back; remove it when any of that fails.

    Its folder is not synced: who writes several files does that once, with `sync_folder`.

    Raises:
        FileExistsError: something stands there, be it a link to nowhere.
        OSError: the system refused, or what was read back is not what was written.
    """
    with creating(path, mode) as file:
        file.write(data)


@contextlib.contextmanager
def creating(path: Path, mode: int = PRIVATE) -> Iterator[NewFile]:
    """The same, piece by piece: the file is synced and whole when the block ends well, and gone when it does not."""
    handle = os.open(
        path, os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0), PRIVATE
    )
    try:
        with os.fdopen(handle, "r+b", buffering=0) as file:
            growing = NewFile(file.fileno())
            yield growing
            os.fsync(file.fileno())
        if mode != PRIVATE:
            path.chmod(mode)
    except BaseException:
        path.unlink()
        raise


class NewFile:
    """A file that grows; every block is read back as soon as it stands there, while it is at hand to compare with."""

    def __init__(self, handle: int) -> None:
        self._handle = handle

    def write(self, data: bytes) -> int:
        """Append all of it. Raises `OSError`, also when what is read back is not what was written."""
        for block in (data[start : start + BLOCK] for start in range(0, max(1, len(data)), BLOCK)):
            _write_all(self._handle, block)
            os.lseek(self._handle, -len(block), os.SEEK_CUR)
            _read_back(self._handle, block)
        return len(data)


def sync_folder(folder: Path) -> None:
    """Force a folder's list of names to the disk, so that it lasts through a power cut. Windows has no such call."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _write_all(handle: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(handle, rest) :]


def _read_back(handle: int, data: bytes) -> None:
    """Compare with as many bytes of the file, from where it stands; it stands behind them afterwards."""
    position = 0
    while position < len(data):
        block = os.read(handle, len(data) - position)
        if not block:
            raise OSError("less was read back than was written")
        if data[position : position + len(block)] != block:
            raise OSError("what was read back is not what was written")
        position += len(block)
