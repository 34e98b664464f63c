"""Cases in child processes with a bound on processor time: what one of them does or uses touches no other."""

from __future__ import annotations

import json
import resource
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
Row = dict[str, Any]


def run_each(program: str, cases: Iterable[str], *, seconds: int) -> Iterator[tuple[str, Row]]:
    """Run a module once per case (its one argument), for so many processor seconds at most.

    What it prints last is JSON. A busy machine waits longer, and measures the same.
    """
    for case in cases:
        before = _used()
        command = [sys.executable, "-m", program, "--case", case]
        done = subprocess.run(
            command,
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
            preexec_fn=lambda: _bound(seconds),
            timeout=20 * seconds,
        )
        if done.returncode == 0:
            row: Row = json.loads(done.stdout.splitlines()[-1])
        else:
            ended = done.returncode in (-signal.SIGXCPU, -signal.SIGKILL)
            row = {"outcome": "no answer in time"} if ended else {"outcome": "broken", "said": done.stderr[-600:]}
        yield case, row | {"seconds": _used() - before}


def _bound(seconds: int) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 5))


def _used() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
