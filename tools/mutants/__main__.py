"""`python -m tools.mutants [WORD…]`: apply each change to a copy of the project, run its tests, and name who lives.

WORD: only mutants whose line holds all of these. Before any change the tests that are asked must pass; of the tests of a
mutant those that took least then are asked first. What was noticed is kept in `build-output/mutants/` for as long as no
file of the project changes, so that a run that was stopped goes on where it was. Exit code 1 when a mutant lives or the
tests do not pass as they are; an error when the list is behind the code.
"""

from __future__ import annotations

import hashlib
import os
import queue
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
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
    started, files = time.monotonic(), _tracked()
    ledger = _ledger(files)
    noticed = set(ledger.read_text("utf-8").splitlines()) if ledger.exists() else set[str]()
    left = [each for each in asked if _line(each) not in noticed]
    if noticed:
        print(f"{len(asked) - len(left)} were noticed before, and nothing has changed", flush=True)
    with _copies(files, _cores()) as copies, ThreadPoolExecutor(copies.qsize()) as pool:
        tests = sorted({test for each in left for test in each.tests})
        took = dict(zip(tests, pool.map(partial(_seconds, copies), tests), strict=True))
        if failing := [test for test, seconds in took.items() if seconds is None]:
            print(f"nothing can be told of mutants: as it is, the code does not pass {', '.join(failing)}")
            return 1
        alive = 0
        for each, lives in zip(left, pool.map(partial(_lives, copies, took), left), strict=True):
            alive += lives
            if lives:
                print(f"LIVES  {each}", flush=True)
            else:
                _keep(ledger, each)
    seconds = time.monotonic() - started
    print(f"{len(asked)} mutants, {len(asked) - alive} noticed, {alive} alive, {seconds:.0f} s")
    return 1 if alive else 0


def _cores() -> int:
    """How many this process may use."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1


def _tracked() -> list[str]:
    """What git tracks and is there."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    return [each for each in listed.stdout.split("\0") if each and (ROOT / each).is_file()]


def _ledger(files: Sequence[str]) -> Path:
    """Where is kept what was noticed of the project as it is, byte for byte."""
    digest = hashlib.sha256()
    for each in files:
        digest.update(each.encode() + b"\0" + hashlib.sha256((ROOT / each).read_bytes()).digest())
    return ROOT / "build-output" / "mutants" / f"{digest.hexdigest()[:16]}.txt"


def _line(mutant: Mutant) -> str:
    return f"{mutant.file} {mutant.old!r} {mutant.new!r}"


def _keep(ledger: Path, mutant: Mutant) -> None:
    ledger.parent.mkdir(parents=True, exist_ok=True)
    with ledger.open("a", encoding="utf-8") as file:
        file.write(_line(mutant) + "\n")


def _seconds(copies: queue.Queue[Path], test: str) -> float | None:
    """How long a test takes as the code is; None when it fails. The bytecode that is left makes all that follows start faster."""
    copy, started = copies.get(), time.monotonic()
    try:
        return time.monotonic() - started if _pass(copy, (test,), {}) else None
    finally:
        copies.put(copy)


def _lives(copies: queue.Queue[Path], took: Mapping[str, float | None], mutant: Mutant) -> bool:
    copy = copies.get()
    file = copy / mutant.file
    before = file.read_text("utf-8")
    try:
        file.write_text(mutant.applied(copy), "utf-8")
        tests = tuple(sorted(mutant.tests, key=lambda test: took[test] or 0))
        return _pass(copy, tests, {"PYTHONDONTWRITEBYTECODE": "1"})
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
def _copies(files: Sequence[str], number: int) -> Iterator[queue.Queue[Path]]:
    """So many copies of the files, for as long as the work lasts."""
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
