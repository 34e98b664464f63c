"""Through the years: what can be compared over the editions, and where a series breaks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from tweeluik.public.breaks import method_breaks, new_code, table_breaks, when
from tweeluik.public.charts import Chart, draw
from tweeluik.public.figure import Figure
from tweeluik.public.grid import Grid, grids
from tweeluik.public.message import Sentence, about, is_surely_more
from tweeluik.public.points import are_whole_years
from tweeluik.public.words import words
from tweeluik.record.cell import TOTAL
from tweeluik.record.labels import TOTAL_LABEL
from tweeluik.record.model import Release

Key = tuple[str, str]
"""A category's code and label: only where both are the same, or only the code is new, is it one series."""


@dataclass(frozen=True, slots=True)
class SeriesRow:
    """One category over the editions; None where an edition has no such category."""

    code: str
    label: str
    figures: tuple[Figure | None, ...]
    is_total: bool


@dataclass(frozen=True, slots=True)
class Series:
    """One table over the editions, oldest first."""

    id: str
    title: str
    counts: str
    dimension: str
    unit: str
    corner: str
    releases: tuple[Release, ...]
    rows: tuple[SeriesRow, ...]
    breaks: tuple[str, ...]
    """Why the editions are not comparable in this table, apart from what holds for all tables."""

    @property
    def columns(self) -> tuple[tuple[Release, str, bool], ...]:
        """Every edition with what marks its numbers, and whether all of them break with the edition before."""
        neighbours = pairwise((None, *self.releases))
        return tuple((after, _mark(after), _is_broken(before, after)) for before, after in neighbours if after)


def comparable(releases: Iterable[Release]) -> tuple[Release, ...]:
    """The editions with tables about the partners of the Actieagenda, oldest first: those that are whole."""
    chosen = (each for each in releases if each.tables and each.is_whole and each.population == "agenda-partners")
    return tuple(sorted(chosen, key=lambda each: (each.period_from, each.edition)))


def left_out(releases: Iterable[Release]) -> tuple[Release, ...]:
    """The editions that no series has, because their period is not whole yet."""
    return tuple(
        each for each in releases if each.tables and not each.is_whole and each.population == "agenda-partners"
    )


def all_series(releases: Iterable[Release]) -> tuple[Series, ...]:
    """A series for every table that two editions or more have, in the order of the newest edition."""
    ordered = comparable(releases)
    found: dict[tuple[str, str, str], list[Grid]] = {}
    for release in reversed(ordered):
        for grid in grids(release):
            found.setdefault((grid.table.id, grid.table.counts, grid.table.dimensions[0].name), []).insert(0, grid)
    return tuple(_series(each) for each in found.values() if len(each) > 1)


def _series(over: list[Grid]) -> Series:
    latest = over[-1]
    margins = [
        {new_code(grid, latest, category): seen for category, seen in grid.margin(0)} for at, grid in enumerate(over)
    ]
    rows = [
        SeriesRow(code, label, tuple(margin.get((code, label)) for margin in margins), False)
        for code, label in _keys(margins)
    ]
    total = SeriesRow(TOTAL, TOTAL_LABEL, tuple(grid.total for grid in over), True)
    name = latest.table.dimensions[0].name
    return Series(
        latest.table.id,
        latest.words.text("series.title", unit=latest.unit.capitalize(), side=latest.words.noun(name).inside.one),
        latest.table.counts,
        name,
        latest.unit,
        latest.corner,
        tuple(grid.release for grid in over),
        (*rows, total),
        tuple(each for before, after in pairwise(over) for each in table_breaks(before, after)),
    )


def _keys(margins: Iterable[Iterable[Key]]) -> tuple[Key, ...]:
    """In the order of the newest edition, what its predecessors had right below what has the same code."""
    newest_first = tuple(dict.fromkeys(key for margin in reversed(tuple(margins)) for key in margin))
    codes = dict.fromkeys(code for code, _ in newest_first)
    return tuple(key for code in codes for key in newest_first if key[0] == code)


def shared_breaks(releases: Iterable[Release]) -> tuple[str, ...]:
    """Why the editions are not comparable in any table."""
    return tuple(each for before, after in pairwise(comparable(releases)) for each in method_breaks(before, after))


def _is_broken(before: Release | None, after: Release) -> bool:
    return before is not None and any(method_breaks(before, after))


def totals_chart(releases: Iterable[Release], counts: str) -> Chart | None:
    """The grand totals per edition; None with fewer than two of them."""
    over = [
        (each, next(grid.total for grid in grids(each) if grid.table.counts == counts))
        for each in comparable(releases)
        if any(table.counts == counts for table in each.tables)
    ]
    if len(over) < 2:  # noqa: PLR2004 — one number is no series
        return None
    rows = [(f"{when(release)}{_mark(release)}", (seen,)) for release, seen in over]
    said = words(over[-1][0])
    unit = said.noun(counts).other
    subtitle = said.text("series.count_per_edition", unit=unit)
    title = _movement(over[-2], over[-1], unit)
    return draw(said, f"figuur-jaren-{counts}", title, subtitle=subtitle, series=(), rows=rows)


def _mark(release: Release) -> str:
    return "" if release.rounding_base is None else words(release).text("series.rounded")


def _movement(before: tuple[Release, Figure], after: tuple[Release, Figure], unit: str) -> Sentence:
    (earlier, then), (later, now) = before, after
    said, big = words(later), unit.capitalize()
    if then.value is None or now.value is None:
        return said.parts("series.per_edition", unit=big)
    are_whole = are_whole_years(earlier, later)
    key = "more" if is_surely_more(now, then) else "fewer" if is_surely_more(then, now) else "side_by_side"
    key = key if are_whole else "side_by_side"
    told = {"now": when(later), "then": when(earlier), "unit": big if key == "side_by_side" else unit}
    abouts = {"about_before": about(then, said), "about": about(now, said)}
    return said.parts(f"series.{key}", **told, **abouts, before=then, after=now)
