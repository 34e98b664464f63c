"""Two folders change places.

On Linux in a single step of the file system (`renameat2` with RENAME_EXCHANGE), so that a reader never finds the target
missing. Elsewhere in two renames, the first undone when the second fails.
"""

from __future__ import annotations

import ctypes
import errno
import os
import sys
from pathlib import Path

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
_NOT_HERE = frozenset({errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP})


def identity(folder: Path) -> tuple[int, int] | None:
    """Which folder it is, whatever it is called; None when there is none."""
    try:
        found = folder.lstat()
    except FileNotFoundError:
        return None
    return found.st_dev, found.st_ino


def swap(fresh: Path, target: Path, former: Path) -> None:
    """Put `fresh` in the place of `target`.

    What stood there (if anything) is afterwards called `fresh`, or `former` where the system cannot exchange.

    Raises:
        OSError: the system refused; all is as it was.
    """
    if not target.exists():
        fresh.rename(target)
    elif not _exchange(fresh, target):
        _rename_twice(fresh, target, former)


def swap_back(fresh: Path, target: Path, former: Path) -> None:
    """Take a swap back, after which nothing was removed."""
    if fresh.exists() and _exchange(fresh, target):
        return
    target.rename(fresh)
    if former.exists():
        former.rename(target)


def _rename_twice(fresh: Path, target: Path, former: Path) -> None:
    try:
        target.rename(former)
        fresh.rename(target)
    except BaseException:
        if former.exists() and not target.exists():  # an interrupt may come behind either
            former.rename(target)
        raise


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two names in one step; False when this system or its file system cannot."""
    if not sys.platform.startswith("linux"):
        return False
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if rename is None:
        return False
    if rename(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE) == 0:
        return True
    code = ctypes.get_errno()
    if code in _NOT_HERE:
        return False
    raise OSError(code, os.strerror(code))
