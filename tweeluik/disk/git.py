"""What git knows of a folder."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path


def has_git() -> bool:
    """Whether it is there to be asked."""
    return shutil.which("git") is not None


def ask_git(folder: Path, *arguments: str) -> bytes | None:
    """What git answers about a folder; None when it is not there, or has no answer: the folder is in no repository."""
    program = shutil.which("git")
    if program is None or not folder.is_dir():
        return None
    done = subprocess.run([program, "-C", str(folder), *arguments], capture_output=True, check=False)  # noqa: S603
    return None if done.returncode else done.stdout
