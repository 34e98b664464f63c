"""`python -m tools.mutants [WORD]`: apply each change to a copy of the project, run its tests, and name who lives.

WORD: only mutants whose line holds it. Exit code 1 when one lives, or when the list is behind the code.
"""

from __future__ import annotations

import os
import queue
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from tools.mutants.catalogue import MUTANTS
from tools.mutants.mutant import Mutant

ROOT = Path(__file__).parents[2]
LONGEST = 300
"""Seconds for the tests of one mutant; one that never ends has been noticed too."""


def main(words: list[str]) -> int:
    """Run the mutants that were asked for; tell who lives."""
    asked = [each for each in MUTANTS if all(word in str(each) for word in words)]
    with _copies(os.cpu_count() or 1) as copies, ThreadPoolExecutor(copies.qsize()) as pool:
        living = [each for each, lives in zip(asked, pool.map(lambda m: _lives(m, copies), asked), strict=True) if lives]
    for each in living:
        print(f"LIVES  {each}")
    print(f"{len(asked)} mutants, {len(asked) - len(living)} noticed, {len(living)} alive")
    return 1 if living else 0


def _lives(mutant: Mutant, copies: queue.Queue[Path]) -> bool:
    copy = copies.get()
    file = copy / mutant.file
    before = file.read_text("utf-8")
    try:
        file.write_text(mutant.applied(copy), "utf-8")
        return _pass(copy, mutant.tests)
    finally:
        file.write_text(before, "utf-8")
        copies.put(copy)


def _pass(copy: Path, tests: tuple[str, ...]) -> bool:
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-n", "0", "-p", "no:cacheprovider"]
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    try:
        done = subprocess.run(
            [*command, *(f"tests/{each}" for each in tests)],
            cwd=copy, env=environment, capture_output=True, check=False, timeout=LONGEST,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return False
    return done.returncode == 0


@contextmanager
def _copies(number: int) -> Iterator[queue.Queue[Path]]:
    """So many copies of what git tracks, for as long as the work lasts."""
    tracked = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    files = [each for each in tracked.stdout.split("\0") if each and (ROOT / each).is_file()]
    with tempfile.TemporaryDirectory() as folder:
        copies = queue.Queue[Path]()
        for n in range(number):
            copy = Path(folder, str(n))
            for each in files:
                (copy / each).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(ROOT / each, copy / each)
            copies.put(copy)
        yield copies


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
