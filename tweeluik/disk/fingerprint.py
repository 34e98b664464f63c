"""Whether a folder is what it was: a digest of every name and byte in it, and of what the system notes of its files."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from tweeluik.disk.reading import NotPlain

_BLOCK = 1 << 20
_OF_GIT = ".git"
"""A history may lie beside what it is of, at the top of a folder; nothing is made of it."""


class Fingerprint(NamedTuple):
    """Two SHA-256: of all names and bytes, and of what changes as soon as anybody writes, be it the same bytes."""

    content: bytes
    touched: bytes


class Found(NamedTuple):
    """A file or a folder below another: its name with `/`, its path, and what the system tells of it."""

    name: str
    path: str
    told: os.stat_result

    @property
    def is_folder(self) -> bool:
        """Whether it is a folder; else it is a plain file."""
        return stat.S_ISDIR(self.told.st_mode)


def fingerprint(folder: Path) -> Fingerprint:
    """Of everything below a folder.

    Raises:
        NotPlain: there is a link, a pipe or what cannot be read: nobody knows what that will be the next time.
    """
    content, touched = sha256(), sha256()
    for each in walk(folder):
        content.update(f"{each.name}\0".encode(errors="surrogateescape"))
        content.update(b"/" if each.is_folder else digest_of(each.path))
        touched.update(_mark(each))
    return Fingerprint(content.digest(), touched.digest())


def touched(folder: Path) -> bytes:
    """The second digest alone, without reading a file; of caches of Python nothing.

    Raises:
        NotPlain: as `fingerprint`.
    """
    marks = sha256()
    for each in walk(folder, without="__pycache__"):
        marks.update(_mark(each))
    return marks.digest()


def walk(folder: Path, *, without: str = _OF_GIT) -> Iterator[Found]:
    """All files and folders below a folder, sorted by their names, but for what is called `without`.

    Raises:
        NotPlain: as `fingerprint`.
    """
    try:
        yield from _walk(os.fspath(folder), "", without)
    except OSError as failure:
        raise NotPlain(f"cannot be read: {os.strerror(failure.errno or 0).lower()}") from None


def digest_of(path: str) -> bytes:
    """The SHA-256 of a plain file.

    Raises:
        OSError: the system refuses; also where a link came in its place.
    """
    digest = sha256()
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    handle = os.open(path, flags)
    try:
        while block := os.read(handle, _BLOCK):
            digest.update(block)
    finally:
        os.close(handle)
    return digest.digest()


def _walk(folder: str, prefix: str, without: str) -> Iterator[Found]:
    with os.scandir(folder) as entries:
        found = sorted(entries, key=lambda each: each.name)
    for entry in found:
        if entry.name == without:
            continue
        told = os.lstat(entry.path)
        if not (stat.S_ISDIR(told.st_mode) or stat.S_ISREG(told.st_mode)):
            raise NotPlain("not a plain file")
        yield Found(prefix + entry.name, entry.path, told)
        if stat.S_ISDIR(told.st_mode):
            yield from _walk(entry.path, f"{prefix}{entry.name}/", without)


def _mark(each: Found) -> bytes:
    """The time of the last change of a file, which no program sets, tells of every writing."""
    told = each.told
    times = (0, 0) if each.is_folder else (told.st_mtime_ns, told.st_ctime_ns)
    size = 0 if each.is_folder else told.st_size
    return f"{each.name}\0{told.st_mode} {told.st_ino} {size} {times[0]} {times[1]}\0".encode(errors="surrogateescape")
