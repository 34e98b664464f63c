"""How large what is needed at run time is, once installed: `python -m bench.installed [--write]`.

Everything in `requirements.lock` is installed by pip into a folder of its own, as its hashes say, and the wheel of this
project with it. Told is what the files hold, bytecode too, in MB of a million bytes, by package.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from importlib.metadata import Distribution, distributions
from pathlib import Path

from bench.in_docs import publish, table

ROOT = Path(__file__).parents[1]
MB = 1_000_000
A_DAY = 1_735_689_600
"""Which the wheel bears; a wheel has no day before 1980."""
LEAST = 0.5
"""In MB: smaller packages are told together."""


def install(folder: Path) -> None:
    """What is locked, and this project, into a folder."""
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", str(folder)]
    subprocess.run([*pip, "--require-hashes", "--requirement", str(ROOT / "requirements.lock")], check=True)
    made = folder / "wheel"
    environment = {**os.environ, "SOURCE_DATE_EPOCH": str(A_DAY)}
    subprocess.run(
        [sys.executable, "-m", "tools.wheel", made], cwd=ROOT, env=environment, check=True, capture_output=True
    )
    subprocess.run([*pip, *map(str, made.glob("*.whl"))], check=True)
    shutil.rmtree(made)


def size(package: Distribution) -> int:
    """Bytes of all its files."""
    files = (Path(str(package.locate_file(each))) for each in package.files or ())
    return sum(each.stat().st_size for each in files if each.is_file())


def main() -> None:
    """Install, and publish the table."""
    with tempfile.TemporaryDirectory() as folder:
        install(Path(folder))
        sizes = Counter({each.name: size(each) for each in distributions(path=[folder])})
    own = sizes.pop("tweeluik")
    large = [(name, many) for name, many in sizes.most_common() if many >= LEAST * MB]
    rest = [many for many in sizes.values() if many < LEAST * MB]
    rows = [
        *large,
        (f"{len(rest)} more", sum(rest)),
        ("all that is needed", sizes.total()),
        ("the project itself", own),
    ]
    publish("bench/installed.py", table(("package", "MB"), [(name, f"{many / MB:.1f}") for name, many in rows]))


if __name__ == "__main__":
    main()
