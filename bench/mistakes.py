"""Every mistake of `tests/broken` as the program tells it now, and as it did before its messages were worked on.

`python -m bench.mistakes [--write]`: the package of that day is taken from git, and reads the same sources.
"""

from __future__ import annotations

import io
import json
import subprocess
import sys
import tarfile
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from bench.in_docs import publish, table
from tests.mistakes import BASE, BROKEN, CASES, FIXED, with_mistake
from tweeluik.problems import SourceHasProblems
from tweeluik.source.load import read_source

ROOT = Path(__file__).parents[1]
BEFORE = "fe1152e~1"
"""The last state before messages had codes, causes and cures of their own."""

_FLOOD = 3
"""So many times the messages that there are now, and more than this in all, is a flood."""

_MANY = 8

_DRIVER = """
import json, sys
from pathlib import Path
from tweeluik.problems import SourceHasProblems
from tweeluik.source.load import read_source
for line in sys.stdin:
    told, crashed = [], False
    try:
        read_source(Path(line.rstrip("\\n")))
    except SourceHasProblems as found:
        told = [[each.place.file, each.place.line, each.hint] for each in found.problems]
    except (Exception, RecursionError):
        crashed = True
    print(json.dumps([told, crashed]), flush=True)
"""


class Told(NamedTuple):
    """One message: where, and what to do."""

    file: str
    line: int
    cure: str


class Outcome(NamedTuple):
    """What a program said of a source; `crashed`: nothing that a person can use."""

    told: tuple[Told, ...]
    crashed: bool = False


def now(content: Path) -> Outcome:
    """What it says today."""
    try:
        read_source(content)
    except SourceHasProblems as found:
        return Outcome(tuple(Told(each.place.file, each.place.line, each.hint) for each in found.problems))
    return Outcome(())


def before(contents: Sequence[Path], package: Path) -> list[Outcome]:
    """What the package of then says of each of these sources."""
    asked = "".join(f"{each}\n" for each in contents)
    done = subprocess.run(
        [sys.executable, "-c", _DRIVER], cwd=package, input=asked, capture_output=True, text=True, check=True
    )
    answers: list[tuple[list[tuple[str, int, str]], bool]] = [json.loads(line) for line in done.stdout.splitlines()]
    return [Outcome(tuple(Told(*each) for each in told), crashed) for told, crashed in answers]


def judge(was: Outcome, base: Outcome, today: Outcome) -> str:
    """How well a mistake was told, measured by what is told of it today, whose every text a test holds."""
    if was.crashed:
        return "a traceback"
    told = [each for each in was.told if each not in base.told]
    if not told:
        return "accepted silently"
    if len(told) > max(_FLOOD * len(today.told), _MANY):
        return "a flood"
    return _beside(told, today)


def _beside(told: Sequence[Told], today: Outcome) -> str:
    """What was told before beside what is told now."""
    places = {(each.file, each.line) for each in told}
    if not all((each.file, each.line) in places for each in today.told):
        return "another place, or not all of it"
    cured = {(each.file, each.line) for each in told if each.cure}
    if not all((each.file, each.line) in cured for each in today.told if each.cure):
        return "without a cure"
    if not {(each.file, each.line, each.cure) for each in today.told} <= {*told}:
        return "with another cure than now"
    return "as now"


ORDER = (
    "as now", "with another cure than now", "without a cure", "another place, or not all of it", "a flood",
    "accepted silently", "a traceback",
)  # fmt: skip


def compare(folder: Path) -> Mapping[str, str]:
    """How each mistake was told before."""
    package = folder / "before"
    archive = subprocess.run(["git", "archive", BEFORE, "tweeluik"], cwd=ROOT, capture_output=True, check=True).stdout
    with tarfile.open(fileobj=io.BytesIO(archive)) as packed:
        packed.extractall(package, filter="data")
    contents = [with_mistake(name, folder / str(at)) for at, name in enumerate(CASES)]
    base, *were = before([BASE, *contents], package)
    return {
        name: judge(was, base, now(content)) for name, content, was in zip(CASES, contents, were, strict=True)
    }  # fmt: skip


def main() -> None:
    """Count them, and tell."""
    with tempfile.TemporaryDirectory() as folder:
        judged = compare(Path(folder))
    found = Counter(judged.values())
    silent = ", ".join(name for name, how in judged.items() if how == "accepted silently")
    mended = sum((BROKEN / name / FIXED).exists() for name in CASES)
    rows = [(each, found[each], len(CASES) if each == ORDER[0] else 0) for each in ORDER]
    last = f"{len(CASES)} mistakes; `check --fix` mends {mended} of them, whole or in part. Accepted then: {silent}."
    publish("bench/mistakes.py", f"{table(('how a mistake is told', 'before', 'now'), rows)}\n\n{last}")


if __name__ == "__main__":
    main()
