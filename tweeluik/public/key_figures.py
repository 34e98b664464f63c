"""The figures that a reader should see first: how many, on what, and what it was the edition before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tweeluik.public.figure import Figure
from tweeluik.public.message import Sentence, about, largest
from tweeluik.public.points import are_whole_years, first_subject, inside_period, noun, total_of
from tweeluik.public.texts import as_of
from tweeluik.public.words import words
from tweeluik.record.model import Release
from tweeluik.words.dutch import period
from tweeluik.words.wording import COUNTED


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
    for counts in COUNTED:
        seen = total_of(release, counts)
        if seen is not None:
            told = {
                "noun": noun(release, seen, counts),
                "inside": inside_period(release),
                "marks": _marks(release, seen),
            }
            yield KeyFigure(seen, words(release).text("key_figure.total", **told), _before(release, earlier, counts))


def _before(release: Release, earlier: Release | None, counts: str) -> Sentence | None:
    then = None if earlier is None else total_of(earlier, counts)
    if earlier is None or then is None or then.value is None or not are_whole_years(release, earlier):
        return None
    said, when = words(release), period(earlier.period_from, earlier.period_until)
    return said.parts("key_figure.before", period=when, about=about(then, said), figure=then)


def _subjects(release: Release) -> Iterator[KeyFigure]:
    """The one category that is surely the largest of the first table about what partners work on."""
    grid = first_subject(release)
    found = None if grid is None else largest(grid)
    if grid is not None and found is not None:
        ((category, seen),) = found.top
        told = {
            "noun": noun(release, seen, "partners"),
            "side": grid.words.noun(grid.table.dimensions[0].name).inside.one,
            "label": category.label,
            "marks": _marks(release, seen),
        }
        key = "key_figure.subject_shown" if found.among_shown else "key_figure.subject"
        yield KeyFigure(seen, words(release).text(key, **told))


def _marks(release: Release, seen: Figure) -> str:
    said = words(release)
    rounded = said.text("key_figure.rounded") if seen.status == "rounded" else ""
    marks = ", ".join(filter(None, (rounded, as_of(release))))
    return said.text("key_figure.marks", marks=marks) if marks else ""
