"""What every test may ask for."""

from __future__ import annotations

import os
import shutil

import pytest


def need_program(name: str) -> str:
    """The path of a system program; without it a test fails in CI and is skipped elsewhere, with the reason."""
    path = shutil.which(name)
    if path is None and os.environ.get("CI"):
        pytest.fail(f"the program {name} is not installed")
    if path is None:
        pytest.skip(f"needs the program {name}")
    return path
