"""`python -m tools.mutants [WORD…]`: apply each change to a copy of the project, run its tests, and name who lives.

WORD: only mutants whose line holds all of these. Before any change the tests that are asked must pass. Exit code 1 when
a mutant lives or the tests do not pass as they are; an error when the list is behind the code.
"""

from __future__ import annotations

import os
import queue
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from tools.mutants.catalogue import MUTANTS
from tools.mutants.mutant import Mutant

ROOT = Path(__file__).parents[2]
LONGEST = 300
"""Seconds for the tests of one mutant; one that never ends has been noticed too."""

NOTICED = (1, 2)
"""What pytest exits with when a test failed, or when a file of tests could not even be read."""


class NotAsked(RuntimeError):
    """The tests of a mutant were not run at all, so that nothing is known."""


def main(words: list[str]) -> int:
    """Run the mutants that were asked for; tell who lives."""
    asked = [each for each in MUTANTS if all(word in str(each) for word in words)]
    started, alive = time.monotonic(), 0
    with _copies(os.cpu_count() or 1) as copies, ThreadPoolExecutor(copies.qsize()) as pool:
        tests = sorted({test for each in asked for test in each.tests})
        failing = [
            test for test, passes in zip(tests, pool.map(partial(_passes, copies), tests), strict=True) if not passes
        ]
        if failing:
            print(f"nothing can be told of mutants: as it is, the code does not pass {', '.join(failing)}")
            return 1
        for each, lives in zip(asked, pool.map(partial(_lives, copies), asked), strict=True):
            alive += lives
            if lives:
                print(f"LIVES  {each}", flush=True)
    seconds = time.monotonic() - started
    print(f"{len(asked)} mutants, {len(asked) - alive} noticed, {alive} alive, {seconds:.0f} s")
    return 1 if alive else 0


def _passes(copies: queue.Queue[Path], test: str) -> bool:
    """Whether a test passes as the code is; the bytecode that this leaves makes all that follows start faster."""
    copy = copies.get()
    try:
        return _pass(copy, (test,), {})
    finally:
        copies.put(copy)


def _lives(copies: queue.Queue[Path], mutant: Mutant) -> bool:
    copy = copies.get()
    file = copy / mutant.file
    before = file.read_text("utf-8")
    try:
        file.write_text(mutant.applied(copy), "utf-8")
        return _pass(copy, mutant.tests, {"PYTHONDONTWRITEBYTECODE": "1"})
    finally:
        file.write_text(before, "utf-8")
        copies.put(copy)


def _pass(copy: Path, tests: tuple[str, ...], environment: Mapping[str, str]) -> bool:
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-n", "0", "-p", "no:cacheprovider"]
    try:
        done = subprocess.run(
            [*command, *(f"tests/{each}" for each in tests)],
            cwd=copy, env={**os.environ, **environment}, capture_output=True, text=True, check=False, timeout=LONGEST,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return False
    if done.returncode not in (0, *NOTICED):
        raise NotAsked(f"{' '.join(tests)}: {done.stdout[-300:]}{done.stderr[-300:]}")
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
