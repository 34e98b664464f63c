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
LONGEST, AT_LEAST, TIMES = 600, 60, 20
"""Seconds for the tests of one mutant: so many times what they take as the code is, and no less and no more than that.
One that never ends has been noticed too.
"""

_TOOK = "took:"

NOTICED = (1, 2)
"""What pytest exits with when a test failed, or when a file of tests could not even be read."""


class NotAsked(RuntimeError):
    """The tests of a mutant were not run at all, so that nothing is known."""


def main(words: list[str]) -> int:
    """Run the mutants that were asked for; tell who lives."""
    asked = [each for each in MUTANTS if all(word in str(each) for word in words)]
    started, files = time.monotonic(), _tracked()
    ledger = _Ledger(files)
    left = [each for each in asked if not ledger.was_noticed(each)]
    if len(left) < len(asked):
        print(f"{len(asked) - len(left)} were noticed before, and nothing has changed", flush=True)
    with _copies(files, _cores()) as copies, ThreadPoolExecutor(copies.qsize()) as pool:
        tests = sorted({test for each in left for test in each.tests} - set(ledger.took))
        for test, seconds in zip(tests, pool.map(partial(_seconds, copies), tests), strict=True):
            if seconds is None:
                print(f"nothing can be told of its mutants: as it is, the code does not pass {test}", flush=True)
            else:
                ledger.keep_time(test, seconds)
        told = [each for each in left if set(each.tests) <= set(ledger.took)]
        alive = 0
        for each, lives in zip(told, pool.map(partial(_lives, copies, ledger.took), told), strict=True):
            alive += lives
            if lives:
                print(f"LIVES  {each}", flush=True)
            else:
                ledger.keep(each)
    seconds, untold = time.monotonic() - started, len(left) - len(told)
    noticed = len(asked) - alive - untold
    print(f"{len(asked)} mutants, {noticed} noticed, {alive} alive, {untold} not told, {seconds:.0f} s")
    return 1 if alive or untold else 0


class _Ledger:
    """What is known of the project as it is, byte for byte: which mutants were noticed, and how long tests take."""

    def __init__(self, files: Sequence[str]) -> None:
        digest = hashlib.sha256()
        for each in files:
            digest.update(each.encode() + b"\0" + hashlib.sha256((ROOT / each).read_bytes()).digest())
        self._file = ROOT / "build-output" / "mutants" / f"{digest.hexdigest()[:16]}.txt"
        lines = self._file.read_text("utf-8").splitlines() if self._file.exists() else []
        self._noticed = {line for line in lines if not line.startswith(_TOOK)}
        self.took = {
            test: float(seconds) for _, test, seconds in (each.split() for each in lines if each.startswith(_TOOK))
        }

    def was_noticed(self, mutant: Mutant) -> bool:
        """Whether a run before this one saw a test fail."""
        return self._line(mutant) in self._noticed

    def keep(self, mutant: Mutant) -> None:
        """A test failed."""
        self._write(self._line(mutant))

    def keep_time(self, test: str, seconds: float) -> None:
        """A test passed as the code is."""
        self.took[test] = seconds
        self._write(f"{_TOOK} {test} {seconds:.1f}")

    @staticmethod
    def _line(mutant: Mutant) -> str:
        return f"{mutant.file} {mutant.old!r} {mutant.new!r}"

    def _write(self, line: str) -> None:
        self._file.parent.mkdir(parents=True, exist_ok=True)
        with self._file.open("a", encoding="utf-8") as file:
            file.write(line + "\n")


def _cores() -> int:
    """How many this process may use."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1


def _tracked() -> list[str]:
    """What git tracks and is there."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    return [each for each in listed.stdout.split("\0") if each and (ROOT / each).is_file()]


def _seconds(copies: queue.Queue[Path], test: str) -> float | None:
    """How long a test takes as the code is; None when it fails. The bytecode that is left makes all that follows start faster."""
    copy, started = copies.get(), time.monotonic()
    try:
        return time.monotonic() - started if _pass(copy, (test,), {}) else None
    finally:
        copies.put(copy)


def _lives(copies: queue.Queue[Path], took: Mapping[str, float], mutant: Mutant) -> bool:
    copy = copies.get()
    file = copy / mutant.file
    before = file.read_text("utf-8")
    try:
        file.write_text(mutant.applied(copy), "utf-8")
        tests = tuple(sorted(mutant.tests, key=lambda test: took[test]))
        longest = min(LONGEST, max(AT_LEAST, TIMES * sum(map(took.__getitem__, tests))))
        return _pass(copy, tests, {"PYTHONDONTWRITEBYTECODE": "1"}, longest)
    finally:
        file.write_text(before, "utf-8")
        copies.put(copy)


def _pass(copy: Path, tests: tuple[str, ...], environment: Mapping[str, str], longest: float = LONGEST) -> bool:
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-n", "0", "-p", "no:cacheprovider"]
    try:
        done = subprocess.run(
            [*command, *(f"tests/{each}" for each in tests)],
            cwd=copy, env={**os.environ, **environment}, capture_output=True, text=True, check=False, timeout=longest,
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
