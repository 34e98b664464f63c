"""Small drawings beside each other, one per group over the years, all on one scale: how each went, at one look."""

from __future__ import annotations

from dataclasses import dataclass

from tweeluik.public.breaks import when
from tweeluik.public.charts import end_of
from tweeluik.public.figure import Figure
from tweeluik.public.series import Series, SeriesRow
from tweeluik.public.words import words

HEIGHT = 64
"""Pixels of the highest column."""

GAP = 0.25
"""Of the room of a year, what stays empty."""


@dataclass(frozen=True, slots=True)
class Column:
    """A year: where it begins and how wide it is in percent, and in pixels from the top its band and what is sure."""

    figure: Figure
    left: float
    width: float
    band_top: int
    sure_top: int

    @property
    def band(self) -> int:
        """Height of what it may be more."""
        return self.sure_top - self.band_top

    @property
    def sure(self) -> int:
        """Height of what it surely is."""
        return HEIGHT - self.sure_top


@dataclass(frozen=True, slots=True)
class Small:
    """One group: its newest number and the year of that, a text that reads all, and its columns."""

    id: str
    label: str
    newest: Figure
    year: str
    description: str
    columns: tuple[Column, ...]
    first: str
    last: str


def small_multiples(series: Series) -> tuple[Small, ...]:
    """A drawing per group that has a number in two years at least; none when there is nothing to draw."""
    most = max((end_of(seen) for row in series.rows[:-1] for seen in row.figures if seen and seen.value), default=0)
    if not most:
        return ()
    rows = (row for row in series.rows[:-1] if sum(seen is not None for seen in row.figures) > 1)
    return tuple(_small(series, row, most) for row in rows)


def _small(series: Series, row: SeriesRow, most: int) -> Small:
    years = [when(each) for each in series.releases]
    seen = [(year, figure) for year, figure in zip(years, row.figures, strict=True) if figure is not None]
    said = words(series.releases[-1])
    told = "; ".join(f"{year}: {figure.full}" for year, figure in seen)
    room = 100 / len(years)
    columns = tuple(
        _column(figure, round(room * (at + GAP / 2), 2), round(room * (1 - GAP), 2), most)
        for at, figure in enumerate(row.figures)
        if figure is not None
    )
    year, newest = seen[-1]
    text = said.text("series.small", label=row.label, told=told)
    return Small(f"reeks-{series.id}-{row.code}", row.label, newest, year, text, columns, years[0], years[-1])


def _column(figure: Figure, left: float, width: float, most: int) -> Column:
    """What is not shown and has no bound reaches to the top."""
    high = most if figure.high is None else min(figure.high, most)
    band, sure = (HEIGHT - round(HEIGHT * min(value, most) / most) for value in (high, figure.low))
    return Column(figure, left, width, band, max(band, sure))
