"""Through the years: what can be compared over the editions, and where a series breaks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from tweeluik.cell import TOTAL
from tweeluik.public.charts import Chart, draw
from tweeluik.public.dutch import is_one_year, period
from tweeluik.public.grid import TOTAL_LABEL, Figure, Grid, grids
from tweeluik.public.points import about, is_surely_more
from tweeluik.public.wording import COUNTED, DIMENSIONS, multiples
from tweeluik.record import Category, Release

Key = tuple[str, str]
"""A category's code and label: only where both are the same is it one series."""


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


def comparable(releases: Iterable[Release]) -> tuple[Release, ...]:
    """The editions with tables about the partners of the Actieagenda, oldest first."""
    chosen = (each for each in releases if each.tables and each.population == "agenda-partners")
    return tuple(sorted(chosen, key=lambda each: (each.period_from, each.edition)))


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
    margins = [{(category.code, category.label): seen for category, seen in grid.margin(0)} for grid in over]
    keys = dict.fromkeys(key for margin in reversed(margins) for key in margin)
    rows = [
        SeriesRow(code, label, tuple(margin.get((code, label)) for margin in margins), False) for code, label in keys
    ]
    total = SeriesRow(TOTAL, TOTAL_LABEL, tuple(grid.total for grid in over), True)
    name = latest.table.dimensions[0].name
    return Series(
        latest.table.id,
        f"{latest.unit.capitalize()} naar {DIMENSIONS[name].one.lower()}",
        latest.table.counts,
        name,
        latest.unit,
        latest.corner,
        tuple(grid.release for grid in over),
        (*rows, total),
        tuple(_breaks(over)),
    )


def _breaks(over: list[Grid]) -> Iterator[str]:
    """Every reason why two neighbouring editions are not quite comparable, in words."""
    for before, after in pairwise(over):
        then, now = _when(before.release), _when(after.release)
        if before.release.protection != after.release.protection:
            yield f"De getallen van {then} zijn {_method(before.release)}, die van {now} zijn {_method(after.release)}."
        if not (_is_year(before.release) and _is_year(after.release)):
            yield f"Niet elke periode is een heel jaar: vergelijk {then} niet zomaar met {now}."
        if before.table.dimensions[0].partition != after.table.dimensions[0].partition:
            yield f"De groepen van {then} en {now} zijn op een andere manier ingedeeld."
        yield from _label_breaks(before, after, then, now)


def _label_breaks(before: Grid, after: Grid, then: str, now: str) -> Iterator[str]:
    old = {each.code: each for each in _categories(before)}
    new = {each.code: each for each in _categories(after)}
    for code in sorted(old.keys() & new.keys()):
        if old[code].label != new[code].label:
            yield (
                f"Wat in {then} ‘{old[code].label}’ heette, heet in {now} ‘{new[code].label}’. "
                "Omdat ook de betekenis kan zijn veranderd, staan ze op twee regels."
            )
    yield from (f"‘{old[code].label}’ staat niet meer in {now}." for code in sorted(old.keys() - new.keys()))
    yield from (f"‘{new[code].label}’ is nieuw in {now}." for code in sorted(new.keys() - old.keys()))


def _categories(grid: Grid) -> tuple[Category, ...]:
    return grid.table.dimensions[0].categories


def _when(release: Release) -> str:
    return period(release.period_from, release.period_until)


def _is_year(release: Release) -> bool:
    return is_one_year(release.period_from, release.period_until)


def _method(release: Release) -> str:
    return "precies" if release.rounding_base is None else f"afgerond op {multiples(release.rounding_base)}"


def totals_chart(releases: Iterable[Release], counts: str) -> Chart | None:
    """The grand totals per edition; None with fewer than two of them."""
    over = [
        (each, next(grid.total for grid in grids(each) if grid.table.counts == counts))
        for each in comparable(releases)
        if any(table.counts == counts for table in each.tables)
    ]
    if len(over) < 2:  # noqa: PLR2004 — one number is no series
        return None
    rows = [(_when(release), (seen,)) for release, seen in over]
    unit = COUNTED[counts].other
    title = _movement(over[-2], over[-1], unit)
    return draw(f"figuur-jaren-{counts}", title, f"Aantal {unit} per editie", (), rows)


def _movement(before: tuple[Release, Figure], after: tuple[Release, Figure], unit: str) -> tuple[str | Figure, ...]:
    (earlier, then), (later, now) = before, after
    if then.value is None or now.value is None:
        return (f"{unit.capitalize()} per editie",)
    figures = (f": van {about(then)}", then, f" naar {about(now)}", now)
    side_by_side = (f": {about(then)}", then, f" en {about(now)}", now)
    if is_surely_more(now, then, later, earlier):
        return (f"In {_when(later)} meer {unit} dan in {_when(earlier)}", *figures)
    if is_surely_more(then, now, earlier, later):
        return (f"In {_when(later)} minder {unit} dan in {_when(earlier)}", *figures)
    return (f"{unit.capitalize()} in {_when(earlier)} en {_when(later)}", *side_by_side)
