"""A private folder for as long as a person works on a file in clear: in memory where the system has that.

It goes when the work ends, also when that was by a failure, Ctrl-C, or a signal to end. Only a kill that no program can
answer leaves it; the next one to come clears that away.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tweeluik.disk.ending import ending_as_interrupt
from tweeluik.disk.private import held, was_cut_off
from tweeluik.problems import BuildFailed, Place, Problem

PREFIX = "tweeluik-bewerken-"
_INNER = "werk"
MEMORY = Path("/dev/shm")  # noqa: S108 (mkdtemp makes a private folder in it)


class NotCleared(BuildFailed):
    """A file in clear was left behind, and must be deleted by hand."""

    exit_code = 1


@contextlib.contextmanager
def private_folder(where: Path | None = None) -> Iterator[Path]:
    """A new folder (0700) below `where`, or in memory; it and all in it are deleted at the end.

    Raises:
        NotCleared: the system refused to delete it.
    """
    parent = where or (MEMORY if os.access(MEMORY, os.W_OK) else Path(tempfile.gettempdir()))
    _clear_left(parent)
    with ending_as_interrupt():
        outer = Path(tempfile.mkdtemp(prefix=PREFIX, dir=parent))
        try:
            with held(outer), _inner(outer / _INNER) as folder:
                yield folder
        finally:
            _delete(outer)


@contextlib.contextmanager
def _inner(folder: Path) -> Iterator[Path]:
    """What is in clear lies in a folder of its own, which is gone before the one around it is let go."""
    folder.mkdir(mode=0o700)
    try:
        yield folder
    finally:
        _delete(folder)


def _delete(folder: Path) -> None:
    try:
        shutil.rmtree(folder)
    except OSError:
        hint = "close the editor and delete this folder: it holds a file in clear"
        raise NotCleared(Problem(Place(str(folder)), "", "the folder could not be deleted", hint)) from None


def _clear_left(parent: Path) -> None:
    """Delete our folders of which the program was killed: nobody holds the file that says that it is at work."""
    for folder in parent.glob(f"{PREFIX}*"):
        if folder.is_symlink() or not _is_own(folder):
            continue
        if was_cut_off(folder):
            shutil.rmtree(folder, ignore_errors=True)


def _is_own(folder: Path) -> bool:
    """Windows has a place for such files for each user."""
    try:
        return not hasattr(os, "getuid") or folder.stat().st_uid == os.getuid()
    except OSError:
        return False
