"""How much of the program is typed precisely, by mypy's own count of expressions that may be anything.

Reads the folder of `mypy --any-exprs-report`; exits with 1, and names the modules that have most of them, when the
share of all others is below `LEAST`.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import NamedTuple

LEAST = 99.5
"""Per cent of all expressions."""

PROGRAM = frozenset({"tweeluik", "verify_certificate"})
"""What of all that is checked is measured."""

SHOWN = 10


class Module(NamedTuple):
    """A module, how many of its expressions may be anything, and how many it has."""

    name: str
    anything: int
    expressions: int


def modules(report: str) -> list[Module]:
    """The rows of the report that are of the program: not its head and its total, nor tests and tools."""
    rows = (line.split() for line in report.splitlines() if line.endswith("%"))
    return [
        Module(name, int(anything), int(every))
        for name, anything, every, _ in rows
        if name.partition(".")[0] in PROGRAM
    ]


def precision(found: list[Module]) -> float:
    """Per cent of all expressions that have one type."""
    return 100 - 100 * sum(each.anything for each in found) / sum(each.expressions for each in found)


def main(folder: str) -> int:
    """Print the share; returns the exit code."""
    found = modules(Path(folder, "any-exprs.txt").read_text())
    share = precision(found)
    print(f"types: {share:.2f}% of {sum(each.expressions for each in found)} expressions are precise")
    if share >= LEAST:
        return 0
    print(f"at least {LEAST}% must be; most of the others are in", file=sys.stderr)
    for each in sorted(found, key=lambda module: -module.anything)[:SHOWN]:
        print(f"  {each.name}: {each.anything} of {each.expressions}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
