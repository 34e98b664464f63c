"""What comes with the program: its templates and the example, in the package or beside it in a clone."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

_PACKAGE = Path(__file__).parents[1]


def _found(name: str) -> Path:
    packed = _PACKAGE / "data" / name
    return packed if packed.is_dir() else _PACKAGE.parent / name


TEMPLATES = _found("templates")
EXAMPLE = _found("content")


def default_templates() -> Path:
    """Those of the folder where somebody works, or else those of the program."""
    here = Path("templates")
    return here if here.is_dir() else TEMPLATES


def program_mark() -> bytes:
    """Another one after every change of the program, of Python or of a package that is installed; no file is read.

    Raises:
        NotPlain: the program is not whole files, or they cannot be looked at.
    """
    from tweeluik.disk.fingerprint import touched  # noqa: PLC0415 - only for whoever asks

    around = "\n".join((sys.version, sys.platform, *_packages()))
    return sha256(touched(_PACKAGE) + around.encode(errors="surrogateescape")).digest()


def _packages() -> Iterator[str]:
    """Every package that Python may import, by name and version, and when it was put there."""
    for folder in dict.fromkeys(sys.path):
        try:
            with os.scandir(folder or ".") as entries:
                found = {each.name: each.stat() for each in entries if each.name.endswith(".dist-info")}
            yield from (f"{name} {told.st_mtime_ns} {told.st_ctime_ns}" for name, told in sorted(found.items()))
        except OSError:
            continue
