"""Where a series breaks: why two editions are not quite comparable, in words."""

from __future__ import annotations

from collections.abc import Iterator

from tweeluik.public.grid import Grid
from tweeluik.public.words import words
from tweeluik.record.model import Category, Release
from tweeluik.words.dutch import is_one_year, period
from tweeluik.words.phrases import Words
from tweeluik.words.wording import multiples


def method_breaks(before: Release, after: Release) -> Iterator[str]:
    """What holds for every table of two editions: another way of protecting, or another length of time."""
    said, periods = words(after), {"then": when(before), "now": when(after)}
    if (before.protection, before.rounding_base) != (after.protection, after.rounding_base):
        ways = {"method_then": _method(said, before), "method_now": _method(said, after)}
        yield said.text("break.method", **periods, **ways)
    if not (_is_year(before) and _is_year(after)):
        yield said.text("break.no_year", **periods)


def table_breaks(before: Grid, after: Grid) -> Iterator[str]:
    """What holds for one table of two editions: other groups, or groups with another name."""
    said, then, now = after.words, when(before.release), when(after.release)
    if before.table.dimensions[0].partition != after.table.dimensions[0].partition:
        yield said.text("break.other_groups", then=then, now=now)
    old = {each.code: each for each in _categories(before)}
    new = {each.code: each for each in _categories(after)}
    for code in sorted(old.keys() & new.keys()):
        if old[code].label != new[code].label:
            yield said.text("break.renamed", then=then, now=now, old=old[code].label, new=new[code].label)
    renamed = {code: new_code(before, after, old[code])[0] for code in sorted(old.keys() - new.keys())}
    for code, now_code in renamed.items():
        yield said.text("break.gone" if now_code == code else "break.code", label=old[code].label, now=now)
    come = sorted(new.keys() - old.keys() - set(renamed.values()))
    yield from (said.text("break.new", label=new[code].label, now=now) for code in come)


def new_code(before: Grid, after: Grid, category: Category) -> tuple[str, str]:
    """Code and label under which a category goes on in a later edition: its own, unless only the code is new there."""
    old, new = ({each.code for each in _categories(grid)} for grid in (before, after))
    same = [each.code for each in _categories(after) if each.label == category.label and each.code not in old]
    goes_on = category.code not in new and len(same) == 1
    return (same[0] if goes_on else category.code), category.label


def _categories(grid: Grid) -> tuple[Category, ...]:
    return grid.table.dimensions[0].categories


def when(release: Release) -> str:
    """The period of an edition."""
    return period(release.period_from, release.period_until)


def _is_year(release: Release) -> bool:
    return is_one_year(release.period_from, release.period_until)


def _method(said: Words, release: Release) -> str:
    base = release.rounding_base
    return said.text("break.exact") if base is None else said.text("break.rounded", multiples=multiples(said, base))
