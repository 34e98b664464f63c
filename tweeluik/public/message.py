"""What one table says, in a sentence that claims nothing that its published figures do not show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from tweeluik.public.grid import Figure, Grid, bounds
from tweeluik.record.model import Category, Release
from tweeluik.words.wording import WITH_MOST

Sentence = tuple[str | Figure, ...]
"""Text and figures in turn, so that a page can mark every published number as data."""


def plain(sentence: Sentence) -> str:
    """A sentence as text."""
    return "".join(part.text if isinstance(part, Figure) else part for part in sentence)


def about(figure: Figure) -> str:
    """The word before a rounded number."""
    return "ongeveer " if figure.status == "rounded" else ""


def is_surely_more(left: Figure, right: Figure, of_left: Release, of_right: Release) -> bool:
    """Whether every number that `left` can stand for is greater than every number that `right` can stand for."""
    greatest = bounds(right, of_right.rounding_base)[1]
    return greatest is not None and bounds(left, of_left.rounding_base)[0] > greatest


def message(grid: Grid) -> Sentence | None:
    """How many are new when the table is about that, otherwise which groups are the largest; None: neither is sure.

    Only one or two categories of the first dimension can be the largest: a third is no message any more.
    """
    said = _newest(grid)
    if said is not None:
        return said
    found = largest(grid)
    return None if found is None else _largest(grid, found.top, among_shown=found.among_shown)


@dataclass(frozen=True, slots=True)
class Largest:
    """One or two categories with more than all others, or than all others that are shown."""

    top: tuple[tuple[Category, Figure], ...]
    among_shown: bool


def largest(grid: Grid) -> Largest | None:
    """The largest categories of the first dimension; None when the figures do not tell."""
    margin = sorted(grid.margin(0), key=_largest_first)
    seen = [each for each in margin if each[1].value is not None]
    for count, ((_, last), (_, following)) in enumerate(pairwise(seen[:3]), start=1):
        if last.value and is_surely_more(last, following, grid.release, grid.release):
            return Largest(tuple(seen[:count]), among_shown=len(seen) < len(margin))
    return None


def _largest_first(each: tuple[Category, Figure]) -> int:
    return -(each[1].value or 0)


def _newest(grid: Grid) -> Sentence | None:
    """How many there are in the last year of a table by first year: its categories stand in the order of years."""
    for position, dimension in enumerate(grid.table.dimensions):
        if dimension.name == "first_year":
            category, seen = grid.margin(position)[-1]
            if seen.value is not None and grid.total.value is not None:
                total = grid.total
                return (f"‘{category.label}’: {about(seen)}", seen, f" van de {about(total)}", total, f" {grid.unit}")
    return None


def _largest(grid: Grid, top: Sequence[tuple[Category, Figure]], *, among_shown: bool) -> Sentence:
    words = WITH_MOST[grid.table.dimensions[0].name]
    most = f"de meeste {grid.unit}"
    (first, figure), *others = top
    if not others and among_shown:
        return (f"Van de getoonde {words.other} heeft ‘{first.label}’ {most}: {about(figure)}", figure)
    if not others:
        return (f"{words.one} met {most} is ‘{first.label}’: {about(figure)}", figure)
    second, other = others[0]
    both = (f"‘{first.label}’ ({about(figure)}", figure, f") en ‘{second.label}’ ({about(other)}", other, ")")
    if among_shown:
        return (f"Van de getoonde {words.other} hebben deze twee {most}: ", *both)
    return (f"De {words.other} met {most} zijn ", *both)
