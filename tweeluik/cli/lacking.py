"""That a Python lacks the packages that the program is made with: not a bug, and told with what to type."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from tweeluik.problems import Place, Problem, WrongUsage

_ROOT = Path(__file__).parents[2]


def lacks_packages(error: BaseException) -> bool:
    """Whether an import failed for want of a package of others: a module of our own that is not there is a bug."""
    if not isinstance(error, ModuleNotFoundError) or not error.name:
        return False
    return error.name.partition(".")[0] != __name__.partition(".")[0]


def say_what_lacks(program: str) -> WrongUsage:
    """The cure is the Python of `.venv` when it stands beside the program and is not this one."""
    inside = Path("Scripts", "python.exe") if os.name == "nt" else Path("bin", "python")
    python = Path(".venv") / inside
    if (_ROOT / python).exists() and Path(sys.prefix).resolve() != (_ROOT / ".venv").resolve():
        hint = f"use the Python that has them: {python} {program}"
    else:
        hint = "install what requirements.lock names, as the README says"
    return WrongUsage(Problem(Place(program), "", "this Python lacks packages that the program needs", hint))
