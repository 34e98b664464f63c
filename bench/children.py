"""Cases in child processes with a bound on processor time: what one of them does or uses touches no other."""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Timer

from bench.kept import ROOT, Kept, Row

CORES = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1


def run_each(
    program: str, cases: Iterable[str], *, seconds: int, at_once: int = 1, kept: Kept | None = None
) -> Iterator[tuple[str, Row]]:
    """Run a module once per case (its one argument), for so many processor seconds at most, some of them `at_once`.

    What it prints last is JSON. A busy machine waits longer, and measures the same, or nearly. Cases that are `kept`
    are not run again.
    """
    cases = tuple(cases)
    with ThreadPoolExecutor(at_once) as workers:
        try:
            yield from zip(cases, workers.map(partial(_run, program, seconds, kept), cases), strict=True)
        finally:
            workers.shutdown(wait=False, cancel_futures=True)


def _run(program: str, seconds: int, kept: Kept | None, case: str) -> Row:
    if kept is None:
        return _run_child(program, seconds, case)
    if case not in kept:
        kept.add(case, _run_child(program, seconds, case))
    return kept.row(case)


def _run_child(program: str, seconds: int, case: str) -> Row:
    command = [sys.executable, "-m", program, "--case", case]
    with tempfile.TemporaryFile() as said, tempfile.TemporaryFile() as failed:
        child = subprocess.Popen(command, cwd=ROOT, stdout=said, stderr=failed)
        resource.prlimit(child.pid, resource.RLIMIT_CPU, (seconds, seconds + 5))
        late = Timer(20 * seconds, child.kill)
        late.start()
        _, status, used = os.wait4(child.pid, 0)
        late.cancel()
        child.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0)
        failed.seek(0)
        row = _row(child.returncode, said.read().decode(), failed.read().decode())
    return row | {"seconds": used.ru_utime + used.ru_stime}


def _row(code: int, said: str, failed: str) -> Row:
    if code == 0:
        row: Row = json.loads(said.splitlines()[-1])
        return row
    ended = code in (-signal.SIGXCPU, -signal.SIGKILL)
    return {"outcome": "no answer in time"} if ended else {"outcome": "broken", "said": failed[-600:]}
