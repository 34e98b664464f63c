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
"""Bytes to write and read back at a time."""


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
        with contextlib.closing(NewFile(handle)) as growing:
            yield growing
            growing.sync()
        if mode != PRIVATE:
            path.chmod(mode)
    except BaseException:
        path.unlink()
        raise


class NewFile:
    """A file that grows; every block is read back as soon as it stands there, while it is at hand to compare with."""

    def __init__(self, handle: int) -> None:
        """Takes over the handle, which may be read and written."""
        self._file = os.fdopen(handle, "r+b", buffering=0)
        self._size = 0
        self._back = bytearray()

    def write(self, data: bytes | memoryview) -> int:
        """Append all of it. Raises `OSError`, also when what is read back is not what was written."""
        rest = memoryview(data)
        for block in (rest[start : start + BLOCK] for start in range(0, max(1, len(rest)), BLOCK)):
            _write_all(self._file.fileno(), block)
            self._file.seek(self._size)
            self._read_back(block)
            self._size += len(block)
        return len(data)

    def _read_back(self, block: memoryview) -> None:
        """Compare with as many bytes of the file, from where it stands; it stands behind them afterwards."""
        if len(self._back) != len(block):
            self._back = bytearray(len(block))
        with memoryview(self._back) as room:
            position = 0
            while position < len(block):
                found = self._file.readinto(room[position:])
                if not found:
                    raise OSError("less was read back than was written")
                position += found
        if self._back != block:  # in this order: a memoryview on the left compares ten times slower
            raise OSError("what was read back is not what was written")

    def blocks(self) -> Iterator[bytes]:
        """All that was written, once more."""
        self._file.seek(0)
        while block := self._file.read(BLOCK):
            yield block

    def sync(self) -> None:
        """Force what was written to the disk."""
        os.fsync(self._file.fileno())

    def close(self) -> None:
        """Give the handle back."""
        self._file.close()


class Nameless(NewFile):
    """A new file that nobody can find, and that is gone with this program, until it takes a name."""

    def take_name(self, path: Path) -> bool:
        """Stand there, whole and synced; False where the system cannot do that, or something stands there already."""
        self.sync()
        handle = self._file.fileno()
        try:
            # That the source lies below a handle makes Python follow the link of which /proc consists.
            os.link(f"/proc/self/fd/{handle}", path, src_dir_fd=handle, follow_symlinks=True)
        except (OSError, NotImplementedError):
            return False
        return True


def nameless(folder: Path) -> Nameless | None:
    """One on the disk of this folder, its owner's only; None where there are none, or this program may hold no more."""
    if not hasattr(os, "O_TMPFILE"):
        return None
    try:
        return Nameless(os.open(folder, os.O_TMPFILE | os.O_RDWR, PRIVATE))
    except OSError:
        return None


def sync_folder(folder: Path) -> None:
    """Force a folder's list of names to the disk, so that it lasts through a power cut. Windows has no such call."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _write_all(handle: int, rest: memoryview) -> None:
    while rest:
        rest = rest[os.write(handle, rest) :]
