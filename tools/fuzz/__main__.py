"""`python -m tools.fuzz TARGET [SECONDS]`: bytes that reach new lines of the code are kept, and changed further.

SECONDS are of the processor: on a busy machine a run takes longer and does as much. What a target had is added up in
`build-output/fuzz/TARGET.ran`: seconds, inputs, finds, a line a minute.

Needs atheris (Google, Apache-2.0; `pip install atheris`), which is wanted for nothing else. A find is written to
`build-output/fuzz/`; put it in `tests/adversary/data/fuzzed/TARGET/NAME.bin`, and `test_fuzzed.py` reads it ever after.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import atheris  # type: ignore[import-untyped]

with atheris.instrument_imports(include=["tweeluik", "verify_certificate"]):
    # What a target imports when it reads must be here too: nothing is known of where else its inputs come.
    import verify_certificate  # noqa: F401
    from tools.fuzz.targets import IN_JSON, TARGETS, Target, try_one

from tools.fuzz.trees import changed_tree

WORK = Path("build-output") / "fuzz"
HALF_AN_HOUR = 1800
LONGEST = 20_000
"""Bytes of an input."""

A_MINUTE = 60
TOO_LONG = 20
"""Seconds of the processor for one input: what needs more is a find."""


class TooLong(AssertionError):
    """A reader did not end in time."""


class Run:
    """A target, the processor time that it may have yet, and what it did."""

    def __init__(self, name: str, seconds: int) -> None:
        self._target: Target = TARGETS[name]
        self._ran = WORK / f"{name}.ran"
        self._seconds = seconds
        self._started = self._noted = time.process_time()
        self._inputs = 0

    def read(self, data: bytes) -> None:
        """Read an input; end the process when the time is over.

        Raises:
            Exception: a find.
        """
        began = time.process_time()
        self._inputs += 1
        try:
            try_one(self._target, data)
            _ended_in_time(time.process_time() - began)
        except BaseException:
            self._note(finds=1)
            raise
        now = time.process_time()
        if now - self._started > self._seconds:
            self._note(finds=0)
            os._exit(0)
        if now - self._noted > A_MINUTE:
            self._note(finds=0)

    def _note(self, *, finds: int) -> None:
        now = time.process_time()
        with self._ran.open("a", encoding="utf-8") as file:
            file.write(f"{now - self._noted:.0f} {self._inputs} {finds}\n")
        self._noted, self._inputs = now, 0


def _ended_in_time(seconds: float) -> None:
    if seconds > TOO_LONG:
        raise TooLong


def _mutate(data: bytes, longest: int, seed: int) -> bytes:
    """A change of what JSON says three times in four; else, and of what is no JSON, one of bytes."""
    found = changed_tree(data, seed) if seed % 4 else None
    if found is None or len(found) > longest:
        changed: bytes = atheris.Mutate(data, longest)
        return changed
    return found


def main(name: str, seconds: int = HALF_AN_HOUR) -> None:
    """Fuzz a target until its time is over or something is found."""
    work = WORK / name
    work.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(TARGETS[name].seeds()):
        (work / f"seed-{number}").write_bytes(seed)
    limits = [f"-max_len={LONGEST}", "-timeout=1200"]
    run = Run(name, seconds)
    told = [sys.argv[0], *limits, f"-artifact_prefix={work}/find-", str(work)]
    atheris.Setup(told, run.read, **({"custom_mutator": _mutate} if name in IN_JSON else {}))
    atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:3]))
