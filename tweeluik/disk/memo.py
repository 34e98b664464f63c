"""What an earlier run worked out, kept for the next one in a private folder of whoever runs the program.

An entry is signed with a key that only the source has: what somebody else put there, or what is damaged, is not there.
Nothing waits for a memo and nothing fails for want of one; losing it costs time.
"""

from __future__ import annotations

import contextlib
import hmac
import os
import stat
import sys
from collections.abc import Mapping
from pathlib import Path

from tweeluik.disk.durable import PRIVATE
from tweeluik.disk.reading import NotPlain, read_plain

_FOLDER = "tweeluik"
_FOLDER_MODE = 0o700
_TAG = 32
_PURPOSE = b"tweeluik: what an earlier run worked out"
MOST_KEPT = 1 << 28
"""Bytes of all sources together; the oldest entries go."""


class Memo:
    """The entries of one source."""

    def __init__(self, folder: Path, secret: bytes) -> None:
        """In a folder of `private_cache`; `secret` is that of the source, and is not kept itself."""
        self._folder = folder
        self._key = hmac.digest(secret, _PURPOSE, "sha256")

    def recall(self, name: str) -> bytes | None:
        """What was remembered under a name; None when there is nothing, or nothing that we wrote."""
        try:
            entry = read_plain(self._file(name)) if is_private(self._folder) else b""
        except NotPlain:
            return None
        tag, data = entry[:_TAG], entry[_TAG:]
        return data if hmac.compare_digest(tag, self._tag(name, data)) else None

    def remember(self, name: str, data: bytes) -> None:
        """Keep it in place of what was there; where that cannot be done, nothing is kept."""
        file = self._file(name)
        scratch = file.with_name(f"{file.name}.{os.getpid()}")
        with contextlib.suppress(OSError):
            self._folder.mkdir(_FOLDER_MODE, parents=True, exist_ok=True)
            if is_private(self._folder):
                _write(scratch, self._tag(name, data) + data)
                scratch.replace(file)
                _prune(self._folder)

    def forget(self, name: str) -> None:
        """Remove what is kept under a name."""
        with contextlib.suppress(OSError):
            self._file(name).unlink(missing_ok=True)

    def derived(self, purpose: bytes) -> bytes:
        """A key that follows from that of the memo."""
        return hmac.digest(self._key, purpose, "sha256")

    def _file(self, name: str) -> Path:
        """Who does not have the key cannot tell of what an entry is."""
        return self._folder / hmac.digest(self._key, name.encode(errors="surrogateescape"), "sha256").hex()

    def _tag(self, name: str, data: bytes) -> bytes:
        return hmac.digest(self._key, name.encode(errors="surrogateescape") + b"\0" + data, "sha256")


def private_cache(environment: Mapping[str, str], *apart: Path) -> Path | None:
    """Where the user of a system has programs keep what they can make again; None where no such place is named.

    Never inside one of the folders that lie `apart`: what stands there gets published, or shared.
    """
    named = environment.get("XDG_CACHE_HOME") or environment.get("LOCALAPPDATA" if os.name == "nt" else "")
    home = environment.get("HOME")
    if named:
        folder = Path(named) / _FOLDER
    elif home:
        folder = Path(home, "Library/Caches" if sys.platform == "darwin" else ".cache", _FOLDER)
    else:
        return None
    real = folder.resolve()
    return folder if folder.is_absolute() and not any(real.is_relative_to(each.resolve()) for each in apart) else None


def is_private(folder: Path) -> bool:
    """Whether it is a folder of ours in which nobody else can read or write; Windows keeps its own for each user."""
    try:
        told = folder.lstat()
    except OSError:
        return False
    if sys.platform == "win32":
        return stat.S_ISDIR(told.st_mode)
    return stat.S_ISDIR(told.st_mode) and told.st_uid == os.getuid() and not told.st_mode & 0o077


def _write(file: Path, data: bytes) -> None:
    """Not forced to the disk: half an entry has no right tag, and is none."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    file.unlink(missing_ok=True)
    with os.fdopen(os.open(file, flags, PRIVATE), "wb") as stream:
        stream.write(data)


def _prune(folder: Path) -> None:
    with os.scandir(folder) as entries:
        told = ((each.path, each.stat(follow_symlinks=False)) for each in entries)
        files = sorted(((each.st_mtime_ns, path, each.st_size) for path, each in told), reverse=True)
    left = MOST_KEPT
    for _, path, size in files:
        left -= size
        if left < 0:
            Path(path).unlink(missing_ok=True)
