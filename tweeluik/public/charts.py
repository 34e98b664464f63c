"""Bar charts from published figures: positions are worked out here, the templates draw them as SVG.

A label stands above its bars, so that one drawing fits a phone, a screen and paper. A bar is as long as its number
surely is; what it may be more is a band behind it. Lengths are percentages, worked out from what is published alone.
Groups without an order of their own stand by their published numbers, those that are not shown last, by their codes:
an order tells nothing that a number does not.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from tweeluik.public.figure import Figure
from tweeluik.public.grid import Grid
from tweeluik.public.message import Sentence, message
from tweeluik.record.cell import TOTAL, Codes
from tweeluik.record.labels import TOTAL_LABEL
from tweeluik.record.model import Category
from tweeluik.words.phrases import Words

WIDEST = 58
"""Length of the longest bar, in percent, at most; the rest is for its number."""
LEAST_WIDE = 20
"""Its length at least: a shorter one tells nothing."""
NARROWEST, LETTER, BESIDE = 300, 7, 6
"""Widths in pixels: of a drawing on the narrowest screen (320, WCAG 2.2 SC 1.4.10), a sign of a number, before it."""
LABEL_WIDTH = 40
"""Characters on a line of a label: what fits the narrowest screen."""
LINE, BAR, GAP = 18, 14, 12
"""Heights in pixels: a line of a label, a bar, the room under a group."""
MOST_SERIES = 3
"""Bars in a group, the total included."""
MOST_TOGETHER, PER_PART = 15, 8
"""Groups that are drawn as one, which fits a page; of more, how many stay together: between them a page may end."""
ORDERED = frozenset({"pillar", "theme", "measure", "first_year"})
"""Dimensions whose categories have an order of their own."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One figure; `series` counts from 0, `top` is in pixels, `sure` and `end` in percent: its bar and its band."""

    figure: Figure
    series: int
    top: int
    sure: float
    end: float

    @property
    def band(self) -> float:
        """How long its band is; 0 when its number is exact."""
        return round(self.end - self.sure, 1)


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
class Part:
    """Groups that stay together on paper; `top` is where they begin in the whole drawing, in pixels."""

    groups: tuple[Group, ...]
    top: int
    height: int


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing of one table: `title` is the message, `subtitle` says what is drawn, `description` reads it out.

    `longest` is the length of its longest bar, in percent.
    """

    id: str
    title: Sentence
    subtitle: str
    description: str
    series: tuple[str, ...]
    groups: tuple[Group, ...]
    height: int
    longest: float

    @property
    def parts(self) -> tuple[Part, ...]:
        """All groups, in parts of which none is larger than a page and the last not much smaller than the others."""
        count = 1 if len(self.groups) <= MOST_TOGETHER else -(-len(self.groups) // PER_PART)
        starts = [len(self.groups) * at // count for at in range(count)]
        tops = [*(self.groups[start].top for start in starts), self.height]
        return tuple(
            Part(self.groups[start:end], top, bottom - top)
            for (start, end), (top, bottom) in zip(pairwise([*starts, len(self.groups)]), pairwise(tops), strict=True)
        )

    @property
    def has_bands(self) -> bool:
        """Whether a number may be more than its bar."""
        return any(bar.figure.status != "shown" for group in self.groups for bar in group.bars)


Rows = Sequence[tuple[str, tuple[Figure, ...]]]
"""Per group its label and its figures."""


def chart(grid: Grid) -> Chart | None:
    """The chart of a table; None when there is no number to draw, or most of them are not shown.

    A narrow second dimension is drawn beside the total, a wide one is left to the table.
    """
    columns = _columns(grid)
    rows = [(each.label, tuple(grid.at((each.code, *column)) for column, _ in columns)) for each in in_order(grid)]
    if 2 * sum(figures[0].value is None for _, figures in rows) > len(rows):
        return None
    names = tuple(label for _, label in columns) if len(columns) > 1 else ()
    title = message(grid, sides=2 if names else 1) or (grid.table.title,)
    return draw(grid.words, f"figuur-{grid.table.id}", title, subtitle=subtitle(grid, names), series=names, rows=rows)


def in_order(grid: Grid) -> tuple[Category, ...]:
    """The categories of the first dimension as a drawing has them."""
    categories = grid.table.dimensions[0].categories
    if grid.table.dimensions[0].name in ORDERED:
        return categories
    seen = {category.code: figure.value for category, figure in grid.margin(0)}
    return tuple(sorted(categories, key=lambda each: _place(each.code, seen[each.code])))


def _place(code: str, value: int | None) -> tuple[bool, int, str]:
    return value is None, -(value or 0), code


def _columns(grid: Grid) -> tuple[tuple[Codes, str], ...]:
    """What stands side by side in every group: the rest of a cell's address, and its name."""
    if len(grid.table.dimensions) == 1:
        return (((), grid.unit),)
    categories = grid.table.dimensions[1].categories
    narrow = categories if len(categories) < MOST_SERIES else ()
    return (((TOTAL,), TOTAL_LABEL), *(((each.code,), each.label) for each in narrow))


def subtitle(grid: Grid, names: tuple[str, ...] = ()) -> str:
    """What is drawn; `names`: of the bars that stand side by side in every group."""
    sides = [grid.words.noun(each.name).inside.one for each in grid.table.dimensions[: 2 if names else 1]]
    by = grid.words.text("text.and").join(sides)
    return grid.words.text("chart.subtitle", unit=grid.unit, sides=by, rounding=grid.rounding)


def draw(
    words: Words,
    id: str,  # noqa: A002 — the name that HTML gives it
    title: Sentence,
    *,
    subtitle: str,
    series: tuple[str, ...],
    rows: Rows,
) -> Chart | None:
    """A chart of figures per row and series; None when no figure has a number above zero.

    A band of what is not shown runs to the end of the longest bar at most: without a bound it may be anything.
    """
    most = max((end_of(seen) for _, figures in rows for seen in figures if seen.value), default=0)
    if not most:
        return None
    groups: list[Group] = []
    top, longest = 0, _longest([seen for _, figures in rows for seen in figures], most)
    for label, figures in rows:
        group = _group(label, figures, top, (most, longest))
        groups.append(group)
        top += len(group.lines) * LINE + len(figures) * (BAR + 2) + GAP
    return Chart(id, title, subtitle, describe(words, series, groups), series, tuple(groups), top, longest)


def end_of(seen: Figure) -> int:
    """The most that a number can be, or the least where nobody knows the most."""
    return seen.low if seen.high is None else seen.high


def _longest(figures: Sequence[Figure], most: int) -> float:
    """As much as leaves every number its room behind its bar."""
    ends = ((BESIDE + LETTER * len(each.full), min(_drawn_to(each, most), most)) for each in figures)
    room = (100 * (NARROWEST - wide) / NARROWEST * most / end for wide, end in ends if end)
    return round(max(LEAST_WIDE, min((WIDEST, *room))), 1)


Scale = tuple[int, float]
"""The most that is drawn, and how long that is in percent."""


def _group(label: str, figures: tuple[Figure, ...], top: int, scale: Scale) -> Group:
    lines = tuple(textwrap.wrap(label, LABEL_WIDTH)) or ("",)
    start = top + len(lines) * LINE
    bars = tuple(_bar(seen, place, start + place * (BAR + 2), scale) for place, seen in enumerate(figures))
    return Group(label, lines, top, bars)


def _bar(seen: Figure, series: int, top: int, scale: Scale) -> Bar:
    most, longest = scale
    sure, end = (round(longest * min(value, most) / most, 1) for value in (seen.low, _drawn_to(seen, most)))
    return Bar(seen, series, top, sure, end)


def _drawn_to(seen: Figure, most: int) -> int:
    return most if seen.high is None else seen.high


def describe(words: Words, series: tuple[str, ...], groups: Sequence[Group]) -> str:
    """What a drawing of these groups shows, in words."""
    names = [f"{name}: " for name in series] or [""]
    said = (
        f"{group.label}: {', '.join(f'{name}{bar.figure.full}' for name, bar in zip(names, group.bars, strict=True))}."
        for group in groups
    )
    return " ".join((words.text("chart.kind"), *said))
