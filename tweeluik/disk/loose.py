"""Single files among others of a person: all of them get their new content, or none does."""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tweeluik.disk.durable import PRIVATE, READABLE, create_file, sync_folder, writing
from tweeluik.disk.lock import only_one
from tweeluik.problems import Place, Problem, WrongUsage

_SCRATCH = ".new"


@dataclass(frozen=True, slots=True, repr=False)
class Change:
    """A file: what it held when somebody looked (None: it was not there), and what it is to hold.

    `is_private`: a new one is for its owner only; what is there keeps its rights.
    """

    path: Path
    former: bytes | None
    data: bytes
    is_private: bool = False


def replace_together(root: Path, changes: Sequence[Change]) -> None:
    """Give files their new content, in one go: what was written is taken back when one of them fails.

    Two runs that write below `root`, a folder, wait for each other.

    Raises:
        WrongUsage: somebody else changed one of the files meanwhile.
        CannotWrite: the system refused; nothing has changed.
    """
    root = Path.cwd() / root
    with writing(root), only_one(root / _SCRATCH):
        for each in changes:
            if _held(each.path) != each.former:
                hint = "start again; nothing was changed"
                raise WrongUsage(Problem(Place(each.path.name), "", "somebody else changed this file meanwhile", hint))
        _replace(changes)


def _held(path: Path) -> bytes | None:
    return path.read_bytes() if os.path.lexists(path) else None


def _replace(changes: Sequence[Change]) -> None:
    targets = [each.path.resolve() for each in changes]
    done: list[tuple[Path, bytes | None]] = []
    try:
        for target, each in zip(targets, changes, strict=True):
            target.parent.mkdir(exist_ok=True)
            _write_scratch(target, each.data, _mode(target, each))
        for target, each in zip(targets, changes, strict=True):
            done.append((target, each.former))  # first: an interrupt may come between the two
            _scratch(target).replace(target)
        for folder in sorted({target.parent for target in targets}):
            with contextlib.suppress(OSError):  # everything is in place: nothing may fail any more
                sync_folder(folder)
    except BaseException:
        for target, former in done:
            _undo(target, former)
        for target in targets:
            _scratch(target).unlink(missing_ok=True)
        raise


def _undo(target: Path, former: bytes | None) -> None:
    if former is None:
        target.unlink(missing_ok=True)
    else:
        _write_scratch(target, former, stat.S_IMODE(target.stat().st_mode))
        _scratch(target).replace(target)


def _mode(target: Path, change: Change) -> int:
    if target.exists():
        return stat.S_IMODE(target.stat().st_mode)
    return PRIVATE if change.is_private else READABLE


def _scratch(target: Path) -> Path:
    return target.with_name(f".{target.name}{_SCRATCH}")


def _write_scratch(target: Path, data: bytes, mode: int) -> None:
    _scratch(target).unlink(missing_ok=True)  # of a run that was killed
    create_file(_scratch(target), data, mode)
