"""Two folders change places.

On Linux in a single step of the file system (`renameat2` with RENAME_EXCHANGE), so that a reader never finds the target
missing. Elsewhere in two renames, the first undone when the second fails.
"""

from __future__ import annotations

import ctypes
import errno
import os
import sys
from collections.abc import Callable
from pathlib import Path

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
_NOT_HERE = frozenset({errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP})


def swap(fresh: Path, target: Path, former: Path) -> Callable[[], object]:
    """Put `fresh` in the place of `target`; returns what takes that back.

    What stood there (if anything) is afterwards called `fresh`, or `former` where the system cannot exchange.

    Raises:
        OSError: the system refused; all is as it was.
    """
    if not target.exists():
        fresh.rename(target)
        return lambda: target.rename(fresh)
    if _exchange(fresh, target):
        return lambda: _exchange(fresh, target)
    return _rename_twice(fresh, target, former)


def _rename_twice(fresh: Path, target: Path, former: Path) -> Callable[[], object]:
    target.rename(former)
    try:
        fresh.rename(target)
    except BaseException:
        former.rename(target)
        raise
    return lambda: (target.rename(fresh), former.rename(target))


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
