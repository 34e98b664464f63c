"""Bytes into a directory, all or nothing: whatever goes wrong, the target is what it was, byte for byte.

A fresh tree is written beside the target and forced to the disk; then one swap puts it in place. What a crash leaves
behind stands under names of its own, beside the target, and the next run clears it.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import NoReturn, Protocol

from tweeluik.disk.durable import PRIVATE, READABLE, CannotWrite, create_file, sync_folder, writing
from tweeluik.disk.lock import only_one
from tweeluik.disk.manifest import FOLDER_MODE, find_foreign
from tweeluik.disk.swap import identity, swap, swap_back
from tweeluik.problems import Place, Problem, WrongUsage

_TOLD = 10
"""So many foreign files are named."""

Add = Callable[[Mapping[str, bytes]], None]

IsPrivate = Callable[[str], bool]
"""Whether a path below the folder is for its owner only."""


class Replace(Protocol):
    """Gives a folder that one holds all that it is to hold."""

    def __call__(self, files: Mapping[str, bytes], is_private: IsPrivate = ...) -> None:
        """Paths below the folder, with `/`, to contents."""


def _nothing_is(_path: str) -> bool:
    return False


def replace_tree(target: Path, files: Mapping[str, bytes]) -> None:
    """Make `target` a folder that holds exactly `files` (paths below it, with `/`, to contents).

    Folders get mode 0755 and files 0644. Two runs at once wait for each other.

    Raises:
        WrongUsage: the target is a link, a file, or a folder that we did not make.
        CannotWrite: the system refused; nothing has changed.
    """
    target = Path.cwd() / target
    _refuse_no_folder(target)
    _refuse_paths_outside(files)
    with writing(target), only_one(target):
        _refuse_foreign(target)
        if _repair(target):
            _refuse_foreign(target)
        _replace(target, files)


def _replace(target: Path, files: Mapping[str, bytes], is_private: IsPrivate = _nothing_is) -> None:
    fresh, former = _fresh(target), _former(target)
    made, is_done = None, False
    try:
        _write_tree(fresh, files, is_private)
        made = identity(fresh)
        swap(fresh, target, former)
        sync_folder(target.parent)
        # The new tree is in place: from here on nothing may fail any more, and what stays behind goes in the next run.
        is_done = True
        _remove(fresh)
        _remove(former)
    except BaseException as failure:
        if is_done and isinstance(failure, OSError | KeyboardInterrupt):
            return
        # An interrupt may come right behind the swap, so that which tree stands there is asked of the disk.
        if made is not None and identity(target) == made:
            swap_back(fresh, target, former)
        _remove(fresh)
        raise


def write_files(folder: Path, files: Mapping[str, bytes]) -> None:
    """Put files into a folder (made when missing), each whole or not at all; other files there stay.

    Raises:
        CannotWrite: the system refused.
    """
    folder = Path.cwd() / folder
    with writing(folder):
        folder.mkdir(parents=True, exist_ok=True)
        with only_one(folder):
            for name in sorted(files):
                scratch = _fresh(folder / name)
                scratch.unlink(missing_ok=True)
                create_file(scratch, files[name], READABLE)
                scratch.replace(folder / name)
            sync_folder(folder)


def remove_file(folder: Path, name: str, data: bytes) -> None:
    """Remove a file from a folder that others write too, if it holds these bytes and no others by now.

    Raises:
        CannotWrite: the system refused.
    """
    folder = Path.cwd() / folder
    with writing(folder), only_one(folder):
        path = folder / name
        if path.is_file() and path.read_bytes() == data:
            path.unlink()
            sync_folder(folder)


@contextlib.contextmanager
def growing(target: Path) -> Iterator[Add]:
    """Hold a folder to which files are added (made when missing); yields what adds: all of them in one step, or none.

    What stands there stays, but for namesakes of the files (paths below the folder, with `/`). Whoever holds the folder
    may read before it adds: other runs wait, and readers find either what was or what is new, never a part of it.

    Raises:
        WrongUsage: the target is a link or a file, or its own folder is not there.
        CannotWrite: the system refused, or something in the folder is no plain file; nothing has changed.
    """
    with changing(target) as replace:
        yield lambda files: replace({**read_tree(Path.cwd() / target), **files})


@contextlib.contextmanager
def changing(target: Path) -> Iterator[Replace]:
    """Hold a folder of which something may go, too; yields what gives it all that it is to hold, in one step or not.

    Raises:
        WrongUsage: as `growing`.
        CannotWrite: the system refused; nothing has changed.
    """
    target = Path.cwd() / target
    _refuse_no_folder(target)
    with writing(target), only_one(target):
        _repair(target)
        yield partial(_change, target)


def _change(target: Path, files: Mapping[str, bytes], is_private: IsPrivate = _nothing_is) -> None:
    _refuse_paths_outside(files)
    _replace(target, files, is_private)


def read_tree(target: Path) -> dict[str, bytes]:
    """Every file below a folder, by its path with `/`; nothing where there is no folder.

    Raises:
        CannotWrite: something in it is no plain file.
        OSError: a part of it cannot be read.
    """
    files: dict[str, bytes] = {}
    for folder, folders, names in os.walk(target, onerror=_fail) if target.exists() else ():
        for path in (Path(folder, name) for name in (*folders, *names)):
            if path.is_symlink() or not (path.is_file() or path.is_dir()):
                raise CannotWrite(_problem(path, "is no plain file", "remove it, or put the file itself there"))
            if path.is_file():
                files[path.relative_to(target).as_posix()] = path.read_bytes()
    return files


def _fail(error: OSError) -> NoReturn:
    """A folder that cannot be read may not be taken for an empty one: what is in it would be lost."""
    raise error


def is_cut_off(target: Path) -> bool:
    """Whether a run was killed between taking a folder away and putting the new one there.

    Only where the system cannot exchange two folders in one step. What stood there is called `.NAME.old` until the next
    run that writes; who reads before that may not think that there was nothing.
    """
    return not target.exists() and _former(target).is_dir()


# --- what may be replaced ---------------------------------------------------------------------------------------------


def refuse_foreign(target: Path) -> None:
    """Only a folder that is wholly our own by its manifest, an empty one or a new name may become the target.

    Raises:
        WrongUsage: it is a link or a file, would stand in a folder that is not there, or holds something of another:
            a file that we did not make, or that was changed since.
    """
    target = Path.cwd() / target
    _refuse_no_folder(target)
    with writing(target), only_one(target):  # another run may be changing it just now
        _refuse_foreign(target)


def _refuse_foreign(target: Path) -> None:
    foreign = list(islice(find_foreign(target), _TOLD)) if target.exists() else []
    if foreign:
        hint = "move it elsewhere or remove it; or name a new or an empty folder"
        raise WrongUsage(tuple(_problem(path, what, hint) for path, what in foreign))


def _refuse_no_folder(target: Path) -> None:
    if target.name in {"", ".."}:
        raise WrongUsage(_problem(target, "is not the name of a folder", "name a folder, such as site"))
    if target.is_symlink():
        raise WrongUsage(_problem(target, "is a link", "name the folder itself"))
    if not target.parent.is_dir():
        raise WrongUsage(_problem(target.parent, "the folder is not there", "make it first"))
    if target.exists() and not target.is_dir():
        raise WrongUsage(_problem(target, "is not a folder", "name a new or an empty folder"))


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


def _write_tree(root: Path, files: Mapping[str, bytes], is_private: IsPrivate) -> None:
    paths = {root.joinpath(*PurePosixPath(name).parts): name for name in files}
    folders = sorted({root} | {each for path in paths for each in path.parents if each.is_relative_to(root)})
    for folder in folders:
        folder.mkdir()
        folder.chmod(FOLDER_MODE)
    for path, name in sorted(paths.items()):
        create_file(path, files[name], PRIVATE if is_private(name) else READABLE)
    for folder in reversed(folders):
        sync_folder(folder)


# --- after a crash ----------------------------------------------------------------------------------------------------


def _repair(target: Path) -> bool:
    """Undo what a run left that was killed: put the former tree back when the target is gone, and clear the rest.

    Whether the former tree was put back.
    """
    former, is_away = _former(target), is_cut_off(target)
    if is_away:
        former.rename(target)
    _remove(_fresh(target))
    _remove(former)
    return is_away


def clear_left(target: Path) -> frozenset[str]:
    """Remove what a killed run left beside a folder; the paths below it of the files that went.

    Raises:
        CannotWrite: the system refused.
    """
    target = Path.cwd() / target
    with writing(target), only_one(target):
        beside = (_fresh(target),) if is_cut_off(target) else (_fresh(target), _former(target))
        left = {
            each.relative_to(tree).as_posix()
            for tree in beside
            if not tree.is_symlink()
            for each in tree.rglob("*")
            if not each.is_dir()
        }
        _repair(target)
    return frozenset(left)


def _remove(path: Path) -> None:
    if path.is_symlink():
        path.unlink()
    elif path.is_dir():
        shutil.rmtree(path)
