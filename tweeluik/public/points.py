"""What the numbers say, in sentences. They claim nothing that the published figures do not show."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from tweeluik.public.dutch import is_one_year, period, plural
from tweeluik.public.grid import Figure, Grid, bounds, grids
from tweeluik.public.wording import COUNTED, WITH_MOST
from tweeluik.record import Category, Release

Sentence = tuple[str | Figure, ...]
"""Text and figures in turn, so that a page can mark every published number as data."""

MOST_POINTS = 6


def plain(sentence: Sentence) -> str:
    """A sentence as text."""
    return "".join(part.text if isinstance(part, Figure) else part for part in sentence)


def main_points(release: Release, earlier: Release | None) -> tuple[Sentence, ...]:
    """The main points of an edition, at most six; `earlier` is the edition to compare with."""
    return tuple(_points(release, earlier))[:MOST_POINTS]


def earlier_than(release: Release, releases: Iterable[Release]) -> Release | None:
    """The latest edition with tables before this one about the same population."""
    candidates = (
        each
        for each in releases
        if each.tables and each.population == release.population and each.period_until < release.period_from
    )
    return max(candidates, key=lambda each: each.period_until, default=None)


def next_due(release: Release, releases: Iterable[Release]) -> Release | None:
    """The first edition after this one about the same population that is announced and not sent yet."""
    candidates = (
        each
        for each in releases
        if each.due
        and not each.sent
        and each.population == release.population
        and each.period_from > release.period_until
    )
    return min(candidates, key=lambda each: each.period_from, default=None)


def headline(release: Release) -> Sentence:
    """The edition in one sentence."""
    total = total_of(release, "partners")
    when = in_period(release)
    if not release.tables:
        return ("Deze editie heeft geen tabellen.",)
    if total is None or total.value is None:
        return (f"Het aantal partners {when[0].lower()}{when[1:]} is niet getoond.",)
    if total.status == "rounded" and total.value == 0:
        return (f"{when} waren er afgerond ", total, f" partners: minder dan {release.rounding_base}.")
    if total.value == 0:
        return (f"{when} waren er geen partners: ", total, ".")
    verb = plural(total.value, "werkte", "werkten")
    return (
        f"{when} {verb} {about(total)}",
        total,
        f" maatschappelijke {noun(total, 'partners')} mee aan de Actieagenda.",
    )


def key_figures(release: Release) -> tuple[tuple[Figure, str], ...]:
    """The grand totals, each with the words to go under it."""
    totals = ((total_of(release, counts), counts) for counts in COUNTED)
    return tuple((seen, _caption(release, seen, counts)) for seen, counts in totals if seen is not None)


def _caption(release: Release, seen: Figure, counts: str) -> str:
    rounded = " (afgerond)" if seen.status == "rounded" else ""
    start = in_period(release)
    return f"{noun(seen, counts)} {start[0].lower()}{start[1:]}{rounded}"


def _points(release: Release, earlier: Release | None) -> Iterator[Sentence]:
    yield headline(release)
    if earlier is not None:
        yield from _compare(release, earlier)
    conversations = total_of(release, "conversations")
    if conversations is not None and conversations.value:
        verb = plural(conversations.value, "is", "zijn")
        yield (
            f"Er {verb} {about(conversations)}",
            conversations,
            f" {noun(conversations, 'conversations')} met partners gevoerd.",
        )
    for grid in grids(release):
        said = message(grid)
        if said:
            yield (*said, ".")


def _compare(release: Release, earlier: Release) -> Iterator[Sentence]:
    now, then = total_of(release, "partners"), total_of(earlier, "partners")
    if now is None or then is None or now.value is None or then.value is None or not _are_years(release, earlier):
        return
    when = period(earlier.period_from, earlier.period_until)
    among = (f"{about(then)}", then)
    if is_surely_more(now, then, release, earlier):
        yield (f"Dat zijn er meer dan in {when}: toen waren het er ", *among, ".")
    elif is_surely_more(then, now, earlier, release):
        yield (f"Dat zijn er minder dan in {when}: toen waren het er ", *among, ".")
    elif "rounded" in (now.status, then.status):
        yield (
            f"In {when} waren het er ",
            *among,
            ". Door de afronding is niet te zeggen of het er nu meer of minder zijn.",
        )
    else:
        yield (f"Dat zijn er evenveel als in {when}: ", then, ".")


def _are_years(*releases: Release) -> bool:
    return all(is_one_year(each.period_from, each.period_until) for each in releases)


def is_surely_more(left: Figure, right: Figure, of_left: Release, of_right: Release) -> bool:
    """Whether every number that `left` can stand for is greater than every number that `right` can stand for."""
    greatest = bounds(right, of_right.rounding_base)[1]
    return greatest is not None and bounds(left, of_left.rounding_base)[0] > greatest


def message(grid: Grid) -> Sentence | None:
    """Which category of the first dimension is the largest, or which two are; None when the figures do not tell."""
    margin = sorted(grid.margin(0), key=_largest_first)
    seen = [each for each in margin if each[1].value is not None]
    hidden = len(seen) < len(margin)
    for count, ((_, last), (_, following)) in enumerate(pairwise(seen), start=1):
        if count > 2:  # noqa: PLR2004 — a third category is no message any more
            return None
        if last.value and is_surely_more(last, following, grid.release, grid.release):
            return _largest(grid, seen[:count], among_shown=hidden)
    return None


def _largest_first(each: tuple[Category, Figure]) -> int:
    return -(each[1].value or 0)


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


def total_of(release: Release, counts: str) -> Figure | None:
    """The grand total of what is counted; None when no table counts it."""
    return next((grid.total for grid in grids(release) if grid.table.counts == counts), None)


def about(figure: Figure) -> str:
    """The word before a rounded number."""
    return "ongeveer " if figure.status == "rounded" else ""


def noun(figure: Figure, counts: str) -> str:
    """The word for what is counted, in the form that goes with the number."""
    words = COUNTED[counts]
    return words.other if figure.value is None else plural(figure.value, words.one, words.other)


def in_period(release: Release) -> str:
    """The period at the start of a sentence."""
    when = period(release.period_from, release.period_until)
    return f"In {when}" if is_one_year(release.period_from, release.period_until) else f"Van {when}"
