"""Bytes into a directory, all or nothing: whatever goes wrong, the target is what it was, byte for byte.

A fresh tree is written beside the target and forced to the disk; then one swap puts it in place. What a crash leaves
behind stands under names of its own, beside the target, and the next run clears it.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath

from tweeluik.disk.swap import swap
from tweeluik.problems import BuildFailed, Place, Problem, WrongUsage

if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_LOCK, 1)

else:
    import fcntl

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX)


MARK = "manifest.txt"
"""A folder that holds this file was made by us, and may be replaced."""

_FOLDER_MODE = 0o755
_FILE_MODE = 0o644


class CannotWrite(BuildFailed):
    """The disk or its rights did not allow it; the target is what it was."""

    exit_code = 1


def replace_tree(target: Path, files: Mapping[str, bytes]) -> None:
    """Make `target` a folder that holds exactly `files` (paths below it, with `/`, to contents).

    Folders get mode 0755 and files 0644. Two runs at once wait for each other.

    Raises:
        WrongUsage: the target is a link, a file, or a folder that we did not make.
        CannotWrite: the system refused; nothing has changed.
    """
    target = Path.cwd() / target
    refuse_foreign(target)
    _refuse_paths_outside(files)
    with writing(target), _only_one(target):
        _repair(target)
        refuse_foreign(target)
        _replace(target, files)


def _replace(target: Path, files: Mapping[str, bytes]) -> None:
    fresh = _fresh(target)
    try:
        _write_tree(fresh, files)
        undo = swap(fresh, target, _former(target))
        try:
            sync_folder(target.parent)
        except BaseException:
            undo()
            raise
    except BaseException:
        _remove(fresh)
        raise
    # The new tree is in place: from here on nothing may fail any more, and what stays behind goes in the next run.
    with contextlib.suppress(OSError, KeyboardInterrupt):
        _remove(fresh)
        _remove(_former(target))


def write_files(folder: Path, files: Mapping[str, bytes]) -> None:
    """Put files into a folder (made when missing), each whole or not at all; other files there stay.

    Raises:
        CannotWrite: the system refused.
    """
    with writing(folder):
        folder.mkdir(parents=True, exist_ok=True)
        for name in sorted(files):
            scratch = folder / f".{name}.new"
            scratch.unlink(missing_ok=True)
            _write_file(scratch, files[name])
            scratch.replace(folder / name)
        sync_folder(folder)


@contextlib.contextmanager
def writing(target: Path) -> Iterator[None]:
    """Tell a refusal of the system in words, with its own reason and the place that it was about.

    Raises:
        CannotWrite: the block raised OSError.
    """
    try:
        yield
    except OSError as failure:
        why = os.strerror(failure.errno).lower() if failure.errno else "refused by the system"
        hint = "make room, or check the rights of its folder"
        raise CannotWrite(_problem(target, f"cannot be written: {why}", hint)) from None


# --- what may be replaced ---------------------------------------------------------------------------------------------


def refuse_foreign(target: Path) -> None:
    """Only a folder of our own, an empty one or a new name may become the target.

    Raises:
        WrongUsage: it is a link, a file, or somebody else's folder, or would stand in a folder that is not there.
    """
    if target.name in {"", ".."}:
        raise WrongUsage(_problem(target, "is not the name of a folder", "name a folder, such as site"))
    if target.is_symlink():
        raise WrongUsage(_problem(target, "is a link", "name the folder itself"))
    if not target.parent.is_dir():
        raise WrongUsage(_problem(target.parent, "the folder is not there", "make it first"))
    if target.exists() and not target.is_dir():
        raise WrongUsage(_problem(target, "is not a folder", "name a new or an empty folder"))
    with writing(target):
        foreign = target.exists() and any(target.iterdir()) and not (target / MARK).is_file()
    if foreign:
        hint = f"it has no {MARK}; name a new or an empty folder"
        raise WrongUsage(_problem(target, "was not made by this program and is not empty", hint))


def _refuse_paths_outside(files: Mapping[str, bytes]) -> None:
    for name in files:
        parts = PurePosixPath(name).parts
        if not parts or name != "/".join(parts) or name.startswith("/") or ".." in parts or "\\" in name or ":" in name:
            raise ValueError("a path of the output is not a plain path below its folder")


def _problem(target: Path, what: str, hint: str) -> Problem:
    return Problem(Place(str(target)), "", what, hint)


# --- the fresh tree ---------------------------------------------------------------------------------------------------


def _fresh(target: Path) -> Path:
    return target.with_name(f".{target.name}.new")


def _former(target: Path) -> Path:
    return target.with_name(f".{target.name}.old")


def _write_tree(root: Path, files: Mapping[str, bytes]) -> None:
    paths = {root.joinpath(*PurePosixPath(name).parts): content for name, content in files.items()}
    folders = sorted({root} | {each for path in paths for each in path.parents if each.is_relative_to(root)})
    for folder in folders:
        folder.mkdir()
        folder.chmod(_FOLDER_MODE)
    for path in sorted(paths):
        _write_file(path, paths[path])
    for folder in reversed(folders):
        sync_folder(folder)


def _write_file(path: Path, content: bytes) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)
    descriptor = os.open(path, flags, 0o600)
    try:
        rest = memoryview(content)
        while rest:
            rest = rest[os.write(descriptor, rest) :]
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    path.chmod(_FILE_MODE)


def sync_folder(folder: Path) -> None:
    """Force a folder's list of names to the disk, so that it lasts through a power cut. Windows has no such call."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


# --- one at a time, and after a crash ---------------------------------------------------------------------------------


@contextlib.contextmanager
def _only_one(target: Path) -> Iterator[None]:
    """Wait until no other run writes this target. Where a folder can be locked itself, no lock file is left behind."""
    windows = sys.platform == "win32"
    descriptor = os.open(_lock_file(target), os.O_RDWR | os.O_CREAT) if windows else os.open(target.parent, os.O_RDONLY)
    try:
        _lock(descriptor)
        yield
    finally:
        # The work is done or undone by now: neither may be called a failure for want of a closed lock.
        with contextlib.suppress(OSError, KeyboardInterrupt):
            os.close(descriptor)


def _lock_file(target: Path) -> Path:
    return target.with_name(f".{target.name}.lock")


def _repair(target: Path) -> None:
    """Undo what a run left that was killed: put the former tree back when the target is gone, and clear the rest."""
    former = _former(target)
    if former.is_dir() and not target.exists():
        former.rename(target)
    _remove(_fresh(target))
    _remove(former)


def _remove(path: Path) -> None:
    if path.is_symlink():
        path.unlink()
    elif path.is_dir():
        shutil.rmtree(path)
