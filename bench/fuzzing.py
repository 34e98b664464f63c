"""For how long every reader was fuzzed, and what that found: `python -m bench.fuzzing [SECONDS] [--write]`.

Every target of `tools/fuzz/targets.py` gets the time that it misses, half an hour by default, of the processor; what it
had before counts: what `build-output/fuzz/` has, or on a new machine what the page has. Needs atheris. A find ends the
run of its target: it is a test first, then it is mended, then this goes on. With 0 seconds it tells what was done.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

from bench.in_docs import PAGE, numbers, publish, table
from tools.fuzz.targets import TARGETS

HALF_AN_HOUR = 1800
WORK = Path("build-output") / "fuzz"
HEADS = ("reader", "processor", "inputs", "finds")


class Ran(NamedTuple):
    """What a target had: seconds of the processor, inputs, finds."""

    seconds: int = 0
    inputs: int = 0
    finds: int = 0

    @classmethod
    def of(cls, name: str) -> Ran:
        """All runs of a target together."""
        file = WORK / f"{name}.ran"
        lines = file.read_text("utf-8").splitlines() if file.exists() else published(name)
        runs = [[int(each) for each in line.split()] for line in lines]
        return cls(*map(sum, zip(*runs, strict=True))) if runs else cls()


def published(name: str) -> list[str]:
    """What the page says that a target had, as a line of its runs: that is kept where no machine is."""
    rows = (
        line.strip("| ").split(" | ") for line in PAGE.read_text("utf-8").splitlines() if line.startswith(f"| {name} |")
    )
    figures = (["".join(filter(str.isdigit, each)) for each in row[1:]] for row in rows if len(row) == len(HEADS))
    return [" ".join(each) for each in figures if all(each)][:1]


def carry_over() -> None:
    """Begin with what was published where this machine has not run a target before."""
    WORK.mkdir(parents=True, exist_ok=True)
    for name in TARGETS:
        file = WORK / f"{name}.ran"
        if not file.exists():
            file.write_text("".join(f"{line}\n" for line in published(name)), encoding="utf-8")


def main() -> None:
    """Fuzz what has not had its time, and tell."""
    carry_over()
    seconds = numbers()[0] if numbers() else HALF_AN_HOUR
    for name in TARGETS:
        left = seconds - Ran.of(name).seconds
        if left > 0:
            subprocess.run([sys.executable, "-m", "tools.fuzz", name, str(left)], check=False)
    told = ((name, Ran.of(name)) for name in TARGETS)
    rows = [(name, f"{ran.seconds:,} s", f"{ran.inputs:,}", ran.finds) for name, ran in told]
    publish("bench/fuzzing.py", table(HEADS, rows))


if __name__ == "__main__":
    main()
