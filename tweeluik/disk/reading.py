"""Files that somebody else may have put there: read as plain files of a sane size, or refused, never waited for."""

from __future__ import annotations

import os
import stat
from pathlib import Path

MOST_BYTES = 1 << 26
"""64 MB: more than a hundred times the largest file that this program writes into its register."""


class NotPlain(Exception):
    """What stands there is no plain file, or cannot be read; the message says which, without a value."""


def read_plain(path: Path) -> bytes:
    """The bytes of a file. A pipe, a device, a link or a folder is refused before anything waits for it.

    Raises:
        NotPlain: it is none, too large, or the system refuses.
    """
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        if not stat.S_ISREG(path.lstat().st_mode):
            raise NotPlain("not a plain file")
        with os.fdopen(os.open(path, flags), "rb") as file:
            # Between the look and the opening another may have come in its place.
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise NotPlain("not a plain file")
            data = file.read(MOST_BYTES + 1)
    except OSError as failure:
        raise NotPlain(f"cannot be read: {os.strerror(failure.errno or 0).lower()}") from None
    if len(data) > MOST_BYTES:
        raise NotPlain("too large to be written by this program")
    return data
