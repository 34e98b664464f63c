"""How a page, a sheet or a paper writes a number that is not exact: with the range of what it can be."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from tweeluik.checks.audit.published import NOT_SHOWN, Cell, written

_WRITTEN = r"\d{1,3}(?:\.\d{3})*"
_NUMBER = re.compile(r"(?<![\w.])\d{1,3}(?:\.\d{3})+(?![\w.]\d)|\d+")
_RANGE = rf"\(({_WRITTEN})(?:–({_WRITTEN})| (of meer))?\)"
_SAID = re.compile(rf"({NOT_SHOWN}|{_WRITTEN})(?: ?{_RANGE})?")
_WITH_RANGE = re.compile(rf"({NOT_SHOWN}|(?<![\d.]){_WRITTEN}) ?{_RANGE}")

Known = Mapping[str, frozenset[tuple[Cell, int]]]
"""By what is written of it: every cell that somebody may tell of, with what its edition rounds to."""


def known(cells: Iterable[tuple[Cell, int]]) -> Known:
    """The cells by what is written of them."""
    found: dict[str, set[tuple[Cell, int]]] = {}
    for cell, base in cells:
        found.setdefault(NOT_SHOWN if cell.value is None else written(cell.value), set()).add((cell, base))
    return {text: frozenset(those) for text, those in found.items()}


def without_ranges(text: str, cells: Known) -> str:
    """A text without the ranges behind its numbers; one that no cell leaves stays, with numbers that nobody knows."""

    def bare(found: re.Match[str]) -> str:
        said = any(says(found[0], cell, base) for cell, base in cells.get(found[1], ()))
        return found[1] if said else found[0]

    return _WITH_RANGE.sub(bare, squeeze(text))


def says(text: str, cell: Cell, base: int) -> bool:
    """Whether a text says a cell: its number, or that it is not shown, and then, unless it is exact, a range it leaves.

    A number that is not exact may not stand without its range: `0 (0–4)`, `niet getoond (0 of meer)`.
    """
    found = _SAID.fullmatch(squeeze(text))
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


def numbers(text: str, names: tuple[str, ...]) -> frozenset[int]:
    """The numbers in a text, without those that are part of a name."""
    text = squeeze(text)
    for each in names:
        text = text.replace(squeeze(each), " ")
    return frozenset(int(found.replace(".", "")) for found in _NUMBER.findall(text))


def squeeze(text: str) -> str:
    """With one space wherever there is any."""
    return " ".join(text.split())
