"""The folders of tests in memory: all together write a hundred thousand files, and remove as many, and none is to last.

Only for a run with workers, which is one of many tests; one test by itself (`-n 0`) leaves its folders where pytest leaves them.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

MEMORY = Path("/dev/shm")
ROOM = 4 << 30
"""Bytes that must be free there: some six times what all tests write."""
_PREFIX = "tweeluik-tests-"


def a_folder(memory: Path | None = None) -> str | None:
    """A folder that is not there yet, in one of our own; None where there is no such memory, or too little."""
    memory = memory or MEMORY
    try:
        if shutil.disk_usage(memory).free < ROOM:
            return None
        _clear_left(memory)
        return str(Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-", dir=memory), "all"))
    except OSError:
        return None


def clear(folder: str | None) -> None:
    """Remove what `a_folder` gave, with the folder around it; any other stays."""
    if folder is not None and Path(folder).parent.name.startswith(f"{_PREFIX}{os.getpid()}-"):
        shutil.rmtree(Path(folder).parent, ignore_errors=True)


def _clear_left(memory: Path) -> None:
    """Remove what a run left that was killed."""
    for left in memory.glob(f"{_PREFIX}*"):
        number = left.name.removeprefix(_PREFIX).partition("-")[0]
        if number.isdigit() and not _is_running(int(number)):
            shutil.rmtree(left, ignore_errors=True)


def _is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
