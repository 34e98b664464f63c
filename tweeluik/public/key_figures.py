"""The figures that a reader should see first: how many, on what, and what it was the edition before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tweeluik.public.figure import Figure
from tweeluik.public.grid import Grid, grids
from tweeluik.public.message import Sentence, about, largest
from tweeluik.public.points import SUBJECTS, are_whole_years, in_period, noun, total_of
from tweeluik.public.texts import as_of
from tweeluik.record.model import Release
from tweeluik.words.dutch import period
from tweeluik.words.wording import COUNTED, DIMENSIONS


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """A figure, the words under it, and what it was in the edition before, if that can be compared."""

    figure: Figure
    caption: str
    before: Sentence | None = None


def key_figures(release: Release, earlier: Release | None) -> tuple[KeyFigure, ...]:
    """The grand totals, then the largest subject."""
    return (*_totals(release, earlier), *_subjects(release))


def _totals(release: Release, earlier: Release | None) -> Iterator[KeyFigure]:
    start = in_period(release)
    for counts in COUNTED:
        seen = total_of(release, counts)
        if seen is not None:
            caption = f"{noun(seen, counts)} {start[0].lower()}{start[1:]}{_marks(release, seen)}"
            yield KeyFigure(seen, caption, _before(release, earlier, counts))


def _before(release: Release, earlier: Release | None, counts: str) -> Sentence | None:
    then = None if earlier is None else total_of(earlier, counts)
    if earlier is None or then is None or then.value is None or not are_whole_years(release, earlier):
        return None
    return (f"In {period(earlier.period_from, earlier.period_until)}: {about(then)}", then)


def _subjects(release: Release) -> Iterator[KeyFigure]:
    """The one category that is surely the largest of the first table about what partners work on."""
    about_subjects = (grid for grid in grids(release) if grid.table.dimensions[0].name in SUBJECTS)
    grid = next((grid for grid in about_subjects if grid.table.counts == "partners"), None)
    found = None if grid is None else largest(grid)
    if grid is not None and found is not None and len(found.top) == 1:
        ((category, seen),) = found.top
        which = _which(grid, among_shown=found.among_shown)
        yield KeyFigure(seen, f"{noun(seen, 'partners')} bij {which}: {category.label}{_marks(release, seen)}")


def _which(grid: Grid, *, among_shown: bool) -> str:
    name = grid.table.dimensions[0].name
    article = "het" if name == "theme" else "de"
    return f"{article} grootste {'getoonde ' if among_shown else ''}{DIMENSIONS[name].one.lower()}"


def _marks(release: Release, seen: Figure) -> str:
    marks = ", ".join(each for each in ("afgerond" if seen.status == "rounded" else "", as_of(release)) if each)
    return marks and f" ({marks})"
