"""How a page, a sheet or a paper writes a number that is not exact: with the range of what it can be."""

from __future__ import annotations

import re

from tweeluik.checks.audit.published import NOT_SHOWN, Cell, written

_WRITTEN = r"\d{1,3}(?:\.\d{3})*"
_SAID = re.compile(rf"({NOT_SHOWN}|{_WRITTEN})(?: ?\(({_WRITTEN})(?:–({_WRITTEN})| (of meer))?\))?")


def says(text: str, cell: Cell, base: int) -> bool:
    """Whether a text says a cell: its number, or that it is not shown, and then, unless it is exact, a range it leaves.

    A number that is not exact may not stand without its range: `0 (0–4)`, `niet getoond (0 of meer)`.
    """
    found = _SAID.fullmatch(" ".join(text.split()))
    if found is None or found[1] != (NOT_SHOWN if cell.value is None else written(cell.value)):
        return False
    if cell.status == "shown":
        return found[2] is None
    if found[2] is None:
        return False
    low = _number(found[2])
    return holds(low, None if found[4] else _number(found[3] or found[2]), cell, base)


def holds(low: int, high: int | None, cell: Cell, base: int) -> bool:
    """Whether an interval is one that the cell itself leaves: just the number, or no wider than its rounding."""
    if cell.value is None:
        return high is None or low <= high
    margin = base - 1 if cell.status == "rounded" else 0
    return high is not None and max(0, cell.value - margin) <= low <= high <= cell.value + margin


def _number(text: str) -> int:
    return int(text.replace(".", ""))
