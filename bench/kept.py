"""Rows of long runs, kept as they come: what is stopped goes on where it was, and says by which versions it was made.

A line of `build-output/rows/PROGRAM.jsonl` is a case, the version of the product that it was run on, and what came out.
Remove the file to begin anew.
"""

from __future__ import annotations

import json
import subprocess
from collections import Counter
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
Row = dict[str, Any]


class Kept:
    """The rows of one program."""

    def __init__(self, program: str, folder: Path = ROOT / "build-output" / "rows") -> None:
        self._file = folder / f"{program.rpartition('.')[2]}.jsonl"
        lines = self._file.read_text("utf-8").splitlines() if self._file.exists() else []
        self._rows: dict[str, tuple[str, Row]] = {case: (version, row) for case, version, row in map(json.loads, lines)}

    def __contains__(self, case: str) -> bool:
        return case in self._rows

    def row(self, case: str) -> Row:
        """What came out of a case."""
        return self._rows[case][1]

    def add(self, case: str, row: Row) -> None:
        """Keep what came out of a case."""
        self._rows[case] = self._version, row
        self._file.parent.mkdir(parents=True, exist_ok=True)
        with self._file.open("a", encoding="utf-8") as file:
            file.write(json.dumps([case, self._version, row]) + "\n")

    def versions(self, cases: Iterable[str]) -> str:
        """By which versions of the product some cases were run, and how many by each."""
        found = Counter(self._rows[case][0] for case in cases if case in self._rows)
        return ", ".join(f"{version} ({number})" for version, number in found.items())

    @cached_property
    def _version(self) -> str:
        """The last commit that changed the product."""
        last = ["git", "log", "-1", "--format=%h", "--", "tweeluik"]
        return subprocess.run(last, cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()
