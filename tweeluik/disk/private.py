"""Private files and folders: all there or not there at all, readable by their owner only, never in place of another."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from tweeluik.disk.durable import create_file, sync_folder
from tweeluik.disk.ending import ending_as_interrupt
from tweeluik.disk.lock import hold_file
from tweeluik.disk.swap import identity
from tweeluik.problems import BuildFailed, Place, Problem, WrongUsage

UNFINISHED = ".onvolledig"
"""Suffix of the folder in which a command works before its result is complete."""

BUSY = ".tweeluik-bezig"
"""The file in that folder which is held by whoever works there."""

AT_WORK = b"1"
"""What stands in it meanwhile."""


class InTheWay(WrongUsage):
    """Something stands where a command wants to write, and stays there."""


@contextlib.contextmanager
def failing_as(failure: type[BuildFailed]) -> Iterator[None]:
    """What is in the way is a failure of this kind, with its exit code."""
    try:
        yield
    except InTheWay as found:
        raise failure(found.problems) from None


def write_new_file(path: Path, data: bytes) -> None:
    """Write a new file (0600) that did not exist: whole, on the disk and read back, or not at all.

    Raises:
        FileExistsError: something stands there, be it a link to nowhere.
        InTheWay: another run is at work.
        OSError: the disk is full, the folder cannot be written, or what was read back is not what was written.
    """
    scratch = _write_scratch(path, data)
    try:
        _move_without_clobber(scratch, path)
    finally:
        with contextlib.suppress(FileNotFoundError):
            scratch.unlink()
    sync_folder(path.parent)


def replace_file(path: Path, data: bytes) -> None:
    """Put a file (0600) in the place of another or of none: afterwards there is the whole new one or still the old one.

    Raises:
        InTheWay: another run is at work.
        OSError: the disk is full, or the folder cannot be written.
    """
    scratch = _write_scratch(path, data)
    try:
        scratch.replace(path)
    except BaseException:
        scratch.unlink()
        raise
    sync_folder(path.parent)


def _write_scratch(path: Path, data: bytes) -> Path:
    scratch = path.with_name(f".{path.name}{UNFINISHED}")
    try:
        create_file(scratch, data)
    except FileExistsError:
        raise _another_run("file", scratch) from None
    return scratch


def _move_without_clobber(source: Path, target: Path) -> None:
    if os.name == "nt":
        source.rename(target)  # refuses an existing target on Windows
    else:
        os.link(source, target)


@contextlib.contextmanager
def new_folder(target: Path) -> Iterator[Path]:
    """A private folder (0700) to work in: it becomes `target` when the block ends well, and vanishes when it does not.

    Also when a signal ends the program. Its name is fixed, so that a second run at the same time finds it and stops.
    What a kill left behind, the next run deletes and tells of: nobody holds the file in it that says that it is ours.
    """
    refuse_used_folder(target)
    scratch = target.with_name(target.name + UNFINISHED)
    with ending_as_interrupt(), _parents_of(scratch):
        _make_scratch(scratch)
        made = identity(scratch)
        try:
            with held(scratch):
                yield scratch
            sync_folder(scratch)
            if os.name == "nt" and target.exists():
                target.rmdir()
            scratch.rename(target)  # refuses a folder that is no longer empty
            sync_folder(target.parent)
        except BaseException:
            shutil.rmtree(target if identity(target) == made else scratch, ignore_errors=True)
            raise


@contextlib.contextmanager
def held(folder: Path) -> Iterator[None]:
    """A file in a folder that says that somebody is at work there, for as long as that is so.

    It says so from when it is held until just before it is let go: empty, it is of somebody who begins or ends.
    """
    busy = folder / BUSY
    handle = hold_file(busy)
    try:
        if handle is not None:
            os.write(handle, AT_WORK)
        yield
    finally:
        if handle is not None:
            with contextlib.suppress(OSError):
                os.ftruncate(handle, 0)
            os.close(handle)
    busy.unlink(missing_ok=True)


@contextlib.contextmanager
def _parents_of(folder: Path) -> Iterator[None]:
    """The folders in which it will lie, made private where they are not there; those go again after a failure."""
    missing = [each for each in folder.parents if not each.exists()]
    try:
        for each in reversed(missing):
            each.mkdir(mode=0o700, exist_ok=True)
        yield
    except BaseException:
        for each in missing:
            with contextlib.suppress(OSError):
                each.rmdir()
        raise


def _make_scratch(scratch: Path) -> None:
    try:
        scratch.mkdir(mode=0o700)
    except FileExistsError:
        if not was_cut_off(scratch):
            raise _another_run("folder", scratch) from None
        shutil.rmtree(scratch)
        raise _refused(
            "an earlier run was cut off here; what it left behind is deleted now", "give the command again"
        ) from None


def was_cut_off(folder: Path) -> bool:
    """Whether it is a folder of ours, of a run that lives no more."""
    busy = folder / BUSY
    if folder.is_symlink() or not busy.is_file() or not busy.stat().st_size:
        return False
    handle = hold_file(busy)
    if handle is None:
        return False
    os.close(handle)
    return True


def refuse_used_folder(target: Path) -> None:
    """Only a folder that is new or empty will do, and no link."""
    if any(each.is_file() for each in target.parents):
        raise _refused("the folder would lie in something that is a file", "name a folder that can be made")
    if target.is_symlink():
        raise _refused("the folder is a link", "name a folder of its own")
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise _refused("the folder is not empty", "name a new or empty folder; nothing is ever overwritten")


def refuse_public_folder(target: Path, *others: Path) -> None:
    """Never inside the public panel, nor inside a folder of the source: what stands there gets published or shared."""
    real = target.resolve()
    for folder in (real, *real.parents):
        if folder.name == "site" or ((folder / "manifest.txt").is_file() and (folder / "index.html").is_file()):
            raise _misplaced("the folder lies inside the public panel", "name a folder outside of it")
    if any(real.is_relative_to(other.resolve()) for other in others):
        raise _misplaced("the folder lies inside the source or its templates", "name a folder outside of them")


def _misplaced(what: str, hint: str) -> WrongUsage:
    return WrongUsage(Problem(Place("folder"), "", what, hint))


def _refused(what: str, hint: str, at: Path = Path("folder")) -> InTheWay:
    return InTheWay(Problem(Place(str(at)), "", what, hint))


def _another_run(kind: str, scratch: Path) -> InTheWay:
    """Named by its place: it begins with a point in some places, and a source has many folders."""
    hint = f"if no other run is at work, delete the {kind} whose name ends in {UNFINISHED} and try again"
    return _refused("another run is at work here, or an earlier one was cut off", hint, scratch)


def no_core_dumps() -> None:
    """Keep the memory of this process out of a core dump, where the system has those."""
    with contextlib.suppress(ImportError):
        import resource  # noqa: PLC0415 (not on Windows)

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
