"""Locks: two runs at once wait for each other, or find out that the other lives."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
from collections.abc import Iterator
from pathlib import Path

if sys.platform == "win32":
    import msvcrt

    def _wait(descriptor: int) -> None:
        """Windows gives up after ten seconds, and a publication may take longer."""
        while True:
            try:
                msvcrt.locking(descriptor, msvcrt.LK_LOCK, 1)
            except OSError as error:
                if error.errno != errno.EDEADLOCK:
                    raise
            else:
                return

    def _try(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _wait(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX)

    def _try(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


@contextlib.contextmanager
def only_one(target: Path) -> Iterator[None]:
    """Wait until no other run writes this target. Where a folder can be locked itself, no lock file is left behind."""
    windows = sys.platform == "win32"
    descriptor = os.open(_lock_file(target), os.O_RDWR | os.O_CREAT) if windows else os.open(target.parent, os.O_RDONLY)
    try:
        _wait(descriptor)
        yield
    finally:
        # The work is done or undone by now: neither may be called a failure for want of a closed lock.
        with contextlib.suppress(OSError, KeyboardInterrupt):
            os.close(descriptor)


def _lock_file(target: Path) -> Path:
    return target.with_name(f".{target.name}.lock")


def hold_file(file: Path) -> int | None:
    """Hold a file as long as this process lives, or until what is returned is closed; None: it cannot be held.

    It is made (0600) where it is not there.
    """
    try:
        handle = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError:
        return None
    try:
        _try(handle)
    except OSError:
        os.close(handle)
        return None
    return handle
