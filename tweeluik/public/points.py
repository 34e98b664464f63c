"""What the numbers say, in sentences. They claim nothing that the published figures do not show."""

from __future__ import annotations

from collections.abc import Iterator

from tweeluik.public.figure import Figure
from tweeluik.public.grid import grids
from tweeluik.public.message import Sentence, about, is_surely_more, message
from tweeluik.public.texts import as_of
from tweeluik.record.model import Release
from tweeluik.words.dutch import is_one_year, period, plural
from tweeluik.words.wording import COUNTED

MOST_POINTS = 6
SUBJECTS = ("theme", "pillar", "measure")
"""The dimensions that say what partners work on."""


def main_points(release: Release, earlier: Release | None) -> tuple[Sentence, ...]:
    """The main points of an edition, at most six; `earlier` is the edition to compare with."""
    return tuple(_marked(release, each) for each in _points(release, earlier))[:MOST_POINTS]


def _marked(release: Release, sentence: Sentence) -> Sentence:
    """With the day that its numbers reach, where that is not the end of the period."""
    if release.as_of is None:
        return sentence
    return (*sentence, f" {as_of(release).capitalize()}.")


def headline(release: Release) -> Sentence:
    """The edition in one sentence."""
    return _marked(release, _headline(release))


def _headline(release: Release) -> Sentence:
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


def _points(release: Release, earlier: Release | None) -> Iterator[Sentence]:
    """How many and how that moved, on what, how many conversations, then table by table."""
    yield _headline(release)
    if earlier is not None:
        yield from _compare(release, earlier)
    subjects = [grid for grid in grids(release) if grid.table.dimensions[0].name in SUBJECTS]
    rest = [grid for grid in grids(release) if grid.table.dimensions[0].name not in SUBJECTS]
    said = [message(grid) for grid in subjects]
    said += [_conversations(release), *map(message, rest)]
    # Two tables may have the same first dimension, and then say the same.
    yield from dict.fromkeys((*each, ".") for each in said if each)


def _conversations(release: Release) -> Sentence | None:
    total = total_of(release, "conversations")
    if total is None or not total.value:
        return None
    verb = plural(total.value, "is", "zijn")
    return (f"Er {verb} {about(total)}", total, f" {noun(total, 'conversations')} met partners gevoerd")


def _compare(release: Release, earlier: Release) -> Iterator[Sentence]:
    now, then = total_of(release, "partners"), total_of(earlier, "partners")
    if now is None or then is None or now.value is None or then.value is None or not are_whole_years(release, earlier):
        return
    when = period(earlier.period_from, earlier.period_until)
    among = (f"{about(then)}", then)
    if is_surely_more(now, then):
        yield (f"Dat zijn er meer dan in {when}: toen waren het er ", *among, ".")
    elif is_surely_more(then, now):
        yield (f"Dat zijn er minder dan in {when}: toen waren het er ", *among, ".")
    elif "rounded" in (now.status, then.status):
        yield (
            f"In {when} waren het er ",
            *among,
            ". Door de afronding is niet te zeggen of het er nu meer of minder zijn.",
        )
    else:
        yield (f"Dat zijn er evenveel als in {when}: ", then, ".")


def are_whole_years(*releases: Release) -> bool:
    """Whether every edition has the numbers of a whole calendar year: only such may be set beside each other."""
    return all(each.is_whole and is_one_year(each.period_from, each.period_until) for each in releases)


def total_of(release: Release, counts: str) -> Figure | None:
    """The grand total of what is counted; None when no table counts it."""
    return next((grid.total for grid in grids(release) if grid.table.counts == counts), None)


def noun(figure: Figure, counts: str) -> str:
    """The word for what is counted, in the form that goes with the number."""
    words = COUNTED[counts]
    return words.other if figure.value is None else plural(figure.value, words.one, words.other)


def in_period(release: Release) -> str:
    """The period at the start of a sentence."""
    when = period(release.period_from, release.period_until)
    return f"In {when}" if is_one_year(release.period_from, release.period_until) else f"Van {when}"
