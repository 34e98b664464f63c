"""Bar charts from published figures: positions are worked out here, the templates draw them as SVG.

A label stands above its bars, so that one drawing fits a phone, a screen and paper. Widths are percentages, worked
out from the published number alone; a figure that is not shown has a drawing of one fixed size.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

from tweeluik.public.figure import Figure
from tweeluik.public.grid import TOTAL_LABEL, Grid
from tweeluik.public.message import Sentence, message
from tweeluik.record.cell import TOTAL, Codes
from tweeluik.record.model import Category
from tweeluik.words.wording import DIMENSIONS

WIDEST = 78
"""Width of the longest bar, in percent; the rest is for its number."""
LABEL_WIDTH = 40
"""Characters on a line of a label: what fits the narrowest screen."""
LINE, BAR, GAP = 18, 14, 12
"""Heights in pixels: a line of a label, a bar, the room under a group."""
MOST_SERIES = 3
"""Bars in a group, the total included."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One figure; `series` counts from 0, `top` is in pixels, `width` in percent (0 when there is no number)."""

    figure: Figure
    series: int
    top: int
    width: float


@dataclass(frozen=True, slots=True)
class Group:
    """A category: the lines of its label and its bars."""

    label: str
    lines: tuple[str, ...]
    top: int
    bars: tuple[Bar, ...]

    @property
    def base(self) -> int:
        """Where the line at zero begins."""
        return self.bars[0].top - 2

    @property
    def foot(self) -> int:
        """Where the line at zero ends."""
        return self.bars[-1].top + BAR + 2


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing of one table: `title` is the message, `subtitle` says what is drawn, `description` reads it out."""

    id: str
    title: Sentence
    subtitle: str
    description: str
    series: tuple[str, ...]
    groups: tuple[Group, ...]
    height: int


def chart(grid: Grid) -> Chart | None:
    """The chart of a table; None when there is no number to draw.

    A narrow second dimension is drawn beside the total, a wide one is left to the table.
    """
    columns = _columns(grid)
    rows = tuple((each.label, tuple(grid.at((each.code, *column)) for column, _ in columns)) for each in _rows(grid))
    names = tuple(label for _, label in columns) if len(columns) > 1 else ()
    title = message(grid) or (grid.table.title,)
    return draw(f"figuur-{grid.table.id}", title, subtitle(grid, names), names, rows)


def _rows(grid: Grid) -> tuple[Category, ...]:
    return grid.table.dimensions[0].categories


def _columns(grid: Grid) -> tuple[tuple[Codes, str], ...]:
    """What stands side by side in every group: the rest of a cell's address, and its name."""
    if len(grid.table.dimensions) == 1:
        return (((), grid.unit),)
    categories = grid.table.dimensions[1].categories
    narrow = categories if len(categories) < MOST_SERIES else ()
    return (((TOTAL,), TOTAL_LABEL), *(((each.code,), each.label) for each in narrow))


def subtitle(grid: Grid, names: tuple[str, ...] = ()) -> str:
    """What is drawn; `names`: of the bars that stand side by side in every group."""
    sides = [DIMENSIONS[each.name].one.lower() for each in grid.table.dimensions[: 2 if names else 1]]
    return f"Aantal {grid.unit} naar {' en '.join(sides)}{grid.rounding}"


def draw(
    id: str,  # noqa: A002 — the name that HTML gives it
    title: Sentence,
    subtitle: str,
    series: tuple[str, ...],
    rows: Sequence[tuple[str, tuple[Figure, ...]]],
) -> Chart | None:
    """A chart of figures per row and series; None when no figure has a number above zero."""
    greatest = max((seen.value or 0 for _, figures in rows for seen in figures), default=0)
    if not greatest:
        return None
    groups: list[Group] = []
    top = 0
    for label, figures in rows:
        group = _group(label, figures, top, greatest)
        groups.append(group)
        top += len(group.lines) * LINE + len(figures) * (BAR + 2) + GAP
    return Chart(id, title, subtitle, _description(series, rows), series, tuple(groups), top)


def _group(label: str, figures: tuple[Figure, ...], top: int, greatest: int) -> Group:
    lines = tuple(textwrap.wrap(label, LABEL_WIDTH)) or ("",)
    start = top + len(lines) * LINE
    bars = tuple(
        Bar(seen, place, start + place * (BAR + 2), round(WIDEST * (seen.value or 0) / greatest, 1))
        for place, seen in enumerate(figures)
    )
    return Group(label, lines, top, bars)


def _description(series: tuple[str, ...], rows: Sequence[tuple[str, tuple[Figure, ...]]]) -> str:
    names = [f"{name}: " for name in series] or [""]
    said = (
        f"{label}: {', '.join(f'{name}{seen.text}' for name, seen in zip(names, figures, strict=True))}."
        for label, figures in rows
    )
    return " ".join(("Staafdiagram.", *said))
