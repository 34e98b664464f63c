"""The package as a wheel: `python -m tools.wheel FOLDER`, from a copy of what git tracks, so that nothing else gets in.

The time in it is SOURCE_DATE_EPOCH, and rights are the same for all: the same commit gives the same bytes.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
NEEDED = ("tweeluik", "pyproject.toml", "README.md", "LICENSE")
DATA = ("templates", "content")
"""What stands beside the package in a clone, and inside it (`tweeluik/data`) when it is installed."""

BUILD = "import sys; from setuptools import build_meta; print(build_meta.build_wheel(sys.argv[1]))"


def main(folder: str) -> None:
    """Build it, and tell its name."""
    if "SOURCE_DATE_EPOCH" not in os.environ:
        sys.exit("set SOURCE_DATE_EPOCH, as `make wheel` does")
    target = Path(folder).absolute()
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        _copy(Path(name))
        done = subprocess.run(
            [sys.executable, "-c", BUILD, str(target)], cwd=name, capture_output=True, text=True, check=False
        )
    if done.returncode:
        sys.exit(done.stderr)
    print(target / done.stdout.strip().splitlines()[-1])


def _copy(into: Path) -> None:
    listed = subprocess.run(["git", "ls-files", *NEEDED, *DATA], cwd=ROOT, capture_output=True, text=True, check=True)
    for name in listed.stdout.splitlines():
        file = into / "tweeluik" / "data" / name if name.startswith(DATA) else into / name
        file.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / name, file)
        file.chmod(0o644)


if __name__ == "__main__":
    main(sys.argv[1])
