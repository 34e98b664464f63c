"""For how long every reader was fuzzed, and what that found: `python -m bench.fuzzing [SECONDS] [--write]`.

Every target of `tools/fuzz/targets.py` gets the time that it misses, half an hour by default, of the processor; what it
had before counts (`build-output/fuzz/`). Needs atheris. A find ends the run of its target: it is a test first, then it
is mended, then this goes on. With 0 seconds it tells what was done.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

from bench.in_docs import numbers, publish, table
from tools.fuzz.targets import TARGETS

HALF_AN_HOUR = 1800
WORK = Path("build-output") / "fuzz"


class Ran(NamedTuple):
    """What a target had: seconds of the processor, inputs, finds."""

    seconds: int = 0
    inputs: int = 0
    finds: int = 0

    @classmethod
    def of(cls, name: str) -> Ran:
        """All runs of a target together."""
        file = WORK / f"{name}.ran"
        lines = file.read_text("utf-8").splitlines() if file.exists() else []
        runs = [[int(each) for each in line.split()] for line in lines]
        return cls(*map(sum, zip(*runs, strict=True))) if runs else cls()


def main() -> None:
    """Fuzz what has not had its time, and tell."""
    seconds = numbers()[0] if numbers() else HALF_AN_HOUR
    for name in TARGETS:
        left = seconds - Ran.of(name).seconds
        if left > 0:
            subprocess.run([sys.executable, "-m", "tools.fuzz", name, str(left)], check=False)
    told = ((name, Ran.of(name)) for name in TARGETS)
    rows = [(name, f"{ran.seconds:,} s", f"{ran.inputs:,}", ran.finds) for name, ran in told]
    publish("bench/fuzzing.py", table(("reader", "processor", "inputs", "finds"), rows))


if __name__ == "__main__":
    main()
