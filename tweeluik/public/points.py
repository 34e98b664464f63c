"""What the numbers say, in sentences. They claim nothing that the published figures do not show."""

from __future__ import annotations

from collections.abc import Iterator

from tweeluik.public.figure import Figure
from tweeluik.public.grid import Grid, grids
from tweeluik.public.message import Sentence, about, form_of, is_surely_more, largest, message
from tweeluik.public.words import words
from tweeluik.record.model import Release
from tweeluik.words.dutch import day, is_one_year, period, plural
from tweeluik.words.wording import COUNTED

MOST_POINTS = 6
SUBJECTS = ("theme", "pillar", "measure")
"""The dimensions that say what partners work on."""


def main_points(release: Release, earlier: Release | None) -> tuple[Sentence, ...]:
    """The main points of an edition, at most six; `earlier` is the edition to compare with.

    They do not repeat what the key figures say; where there are none, or nothing else is sure, the headline is left.
    """
    points = tuple(_marked(release, each) for each in _points(release, earlier))[:MOST_POINTS]
    return points or (headline(release),)


def _marked(release: Release, sentence: Sentence) -> Sentence:
    """With the day that its numbers reach, where that is not the end of the period."""
    if release.as_of is None or release.withdrawal is not None:
        return sentence
    return (*sentence, words(release).text("point.as_of", day=day(release.as_of)))


def headline(release: Release) -> Sentence:
    """The edition in one sentence."""
    return _marked(release, _headline(release))


def _headline(release: Release) -> Sentence:
    said, start = words(release), in_period(release)
    if release.withdrawal is not None:
        return said.parts("point.withdrawn", day=day(release.withdrawal.date), note=release.withdrawal.note)
    counts = next((each for each in COUNTED if total_of(release, each) is not None), "")
    total = total_of(release, counts)
    if total is None:
        return said.parts("point.no_tables")
    if total.value is None:
        return said.parts("point.hidden", noun=said.noun(counts).other, inside=inside_period(release), total=total)
    if total.value == 0 and counts == "partners":
        if total.status == "rounded":
            return said.parts("point.rounded_zero", **{"in": start}, total=total, base=str(release.rounding_base))
        return said.parts("point.zero", **{"in": start}, total=total)
    key = "point.headline" if counts == "partners" else "point.talks"
    told = {"in": start, "about": about(total, said), "noun": noun(release, total, counts)}
    return said.parts(plural(total.value, f"{key}_one", key), **told, total=total)


def _points(release: Release, earlier: Release | None) -> Iterator[Sentence]:
    """How that moved, on what, then table by table."""
    if earlier is not None:
        yield from _compare(release, earlier)
    told = first_subject(release)
    rest = [grid for grid in grids(release) if grid is not told]
    ordered = sorted(rest, key=lambda grid: grid.table.dimensions[0].name not in SUBJECTS)
    # Two tables may have the same first dimension, and then say the same.
    yield from dict.fromkeys((*each, ".") for each in map(message, ordered) if each)


def first_subject(release: Release) -> Grid | None:
    """The first table about what partners work on, when one category of it is surely the largest: a key figure."""
    found = (
        grid for grid in grids(release) if grid.table.dimensions[0].name in SUBJECTS and grid.table.counts == "partners"
    )
    grid = next(found, None)
    top = None if grid is None else largest(grid)
    return grid if top is not None and len(top.top) == 1 else None


def _compare(release: Release, earlier: Release) -> Iterator[Sentence]:
    now, then = total_of(release, "partners"), total_of(earlier, "partners")
    if now is None or then is None or now.value is None or then.value is None or not are_whole_years(release, earlier):
        return
    said = words(release)
    is_rounded = "rounded" in (now.status, then.status)
    key = "unknown" if is_rounded else "same"
    key = "more" if is_surely_more(now, then) else "fewer" if is_surely_more(then, now) else key
    if key != "same":
        key = plural(then.value, f"{key}_one", key)
    told = {
        "now": period(release.period_from, release.period_until),
        "then": period(earlier.period_from, earlier.period_until),
        "noun": noun(earlier, then, "partners") if key == "unknown_one" else said.noun("partners").other,
        "about": about(then, said),
    }
    yield said.parts(f"point.{key}", **told, total=then)


def are_whole_years(*releases: Release) -> bool:
    """Whether every edition has the numbers of a whole calendar year: only such may be set beside each other."""
    return all(each.is_whole and is_one_year(each.period_from, each.period_until) for each in releases)


def total_of(release: Release, counts: str) -> Figure | None:
    """The grand total of what is counted; None when no table counts it."""
    return next((grid.total for grid in grids(release) if grid.table.counts == counts), None)


def noun(release: Release, figure: Figure, counts: str) -> str:
    """The word for what is counted, in the form that goes with the number."""
    return form_of(words(release).noun(counts), figure)


def in_period(release: Release) -> str:
    """The period at the start of a sentence."""
    return _period(release, "in", "from")


def inside_period(release: Release) -> str:
    """The period inside a sentence."""
    return _period(release, "inside", "inside_from")


def _period(release: Release, year: str, other: str) -> str:
    key = year if is_one_year(release.period_from, release.period_until) else other
    return words(release).text(f"period.{key}", period=period(release.period_from, release.period_until))
