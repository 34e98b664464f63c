"""What a site of ours says of itself in `manifest.txt`, and what in its folder is not from us."""

from __future__ import annotations

import hashlib
import os
import re
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NoReturn

from tweeluik.disk.durable import READABLE
from tweeluik.disk.fingerprint import Found, digest_of, walk
from tweeluik.disk.reading import NotPlain, read_plain

MARK = "manifest.txt"
FOLDER_MODE = 0o755
"""Everyone may look into a folder of a site."""

_LINE = re.compile(r"([0-9a-f]{64})  (.+)")
_OF_THE_SYSTEM = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})
"""Left by systems that show a folder on a screen; nobody misses them."""


def find_foreign(folder: Path) -> Iterator[tuple[Path, str]]:
    """Everything in a folder that its manifest does not answer for, with what is the matter; the folder is there.

    A link or a pipe is never followed or waited for.

    Raises:
        OSError: a part of the folder cannot be read: nobody knows what is in it.
    """
    digests = _digests(folder / MARK)
    if digests is None:
        if any(folder.iterdir()):
            yield folder, f"was not made by this program (it has no {MARK} of ours) and is not empty"
        return
    known = {parent for path in digests for parent in Path(path).parents}
    for where, folders, names in os.walk(folder, onerror=_fail):
        inside = Path(where).relative_to(folder)
        links = [each for each in folders if Path(where, each).is_symlink()]
        strange = [each for each in folders if each in links or inside / each not in known]
        yield from ((Path(where, each), "was not made by this program") for each in sorted(strange))
        folders[:] = sorted(set(folders) - set(strange))
        for name in sorted(names):
            what = None if name in _OF_THE_SYSTEM else _matter(Path(where, name), (inside / name).as_posix(), digests)
            if what is not None:
                yield Path(where, name), what


def digest(folder: Path) -> str | None:
    """The SHA-256 of the manifest of a folder, in which all others are; None when there is none."""
    try:
        return hashlib.sha256(read_plain(folder / MARK)).hexdigest()
    except NotPlain:
        return None


def is_whole(folder: Path, manifest: str) -> bool:
    """Whether a folder holds the files of the manifest with this digest, byte for byte, and nothing else at all."""
    try:
        digests = _digests(folder / MARK) if digest(folder) == manifest else None
        return digests is not None and _is_exactly(folder, {MARK: manifest, **digests})
    except (NotPlain, OSError):
        return False


def _is_exactly(folder: Path, digests: Mapping[str, str]) -> bool:
    folders = {each.as_posix() for path in digests for each in Path(path).parents} - {"."}
    found = tuple(walk(folder, without=""))
    wanted = {**dict.fromkeys(digests, False), **dict.fromkeys(folders, True)}
    return {each.name: each.is_folder for each in found} == wanted and all(
        _has_mode(each) and (each.is_folder or digest_of(each.path).hex() == digests[each.name]) for each in found
    )


def _has_mode(each: Found) -> bool:
    """Whether it may be read by those who may read what we make; Windows has no such rights."""
    return os.name == "nt" or stat.S_IMODE(each.told.st_mode) == (FOLDER_MODE if each.is_folder else READABLE)


def _matter(file: Path, path: str, digests: Mapping[str, str]) -> str | None:
    """What is wrong with a file; None when it is as we made it."""
    if path == MARK:
        return None
    if path not in digests:
        return "was not made by this program"
    if not _is_plain(file):
        return "is not the file that this program made"
    same = hashlib.sha256(file.read_bytes()).hexdigest() == digests[path]
    return None if same else "was changed since this program made it"


def _is_plain(file: Path) -> bool:
    return stat.S_ISREG(file.lstat().st_mode)


def _digests(file: Path) -> Mapping[str, str] | None:
    """SHA-256 per path; None when it is no manifest of ours: those are sorted, and do not list themselves."""
    try:
        lines = file.read_bytes().decode().splitlines() if _is_plain(file) else []
    except (FileNotFoundError, UnicodeDecodeError):
        return None
    found = [_LINE.fullmatch(line) for line in lines]
    digests = {each[2]: each[1] for each in found if each is not None}
    is_ours = len(digests) == len(lines) > 0 and list(digests) == sorted(digests) and MARK not in digests
    return digests if is_ours else None


def _fail(error: OSError) -> NoReturn:
    raise error
