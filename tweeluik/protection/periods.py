"""Conversations over days that several publications have in common: what adding and subtracting periods tells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from tweeluik.protection.differences import Earlier
from tweeluik.protection.keys import Key
from tweeluik.protection.safety import is_sensitive_sum
from tweeluik.protection.unknowns import Unknowns
from tweeluik.record.cell import Rounded, Shown, Suppressed
from tweeluik.selection.microdata import Microdata
from tweeluik.source.records import Edition

Days = tuple[date, date]


OF_PARTNERS = ("kind", "region", "first_year")
"""Dimensions in which a conversation has the categories of its partners."""


def told_by_periods(unknowns: Unknowns, mine: Microdata, earlier: Sequence[Earlier], p_percent: int) -> frozenset[int]:
    """The conversations that may not be shown, for what others tell of the same days; `mine`: its records."""
    if all(each.key[0] == "partners" for each in unknowns.all):
        return frozenset()
    told = [each for each in earlier if each.period is not None]
    return frozenset((*_hidden_elsewhere(unknowns, told), *_rests(unknowns, mine, told, p_percent)))


def _hidden_elsewhere(unknowns: Unknowns, told: Sequence[Earlier]) -> Iterator[int]:
    """What a publication over days in common does not show; nor one over other days, where a third has days of both."""
    days = _days(unknowns.selection.edition)
    for i, unknown in enumerate(unknowns.all):
        hidden = [each for each in told if isinstance(each.published.get(unknown.key), Suppressed)]
        between = [days, *(each.period for each in _beside(days, told, unknown.key))]
        if unknown.key[0] == "conversations" and any(_meet(each.period, other) for each in hidden for other in between):
            yield i


def _rests(unknowns: Unknowns, mine: Microdata, told: Sequence[Earlier], p_percent: int) -> Iterator[int]:
    """What would be sensitive of the days that only one of two publications has: their difference tells it."""
    here = _days(unknowns.selection.edition)
    for i, unknown in enumerate(unknowns.all):
        for each in _beside(here, told, unknown.key) if unknown.key[0] == "conversations" else ():
            both = ((mine, each.period), (each.memory, here))
            if any(data and days and _is_sensitive_outside(data, days, unknown.key, p_percent) for data, days in both):
                yield i


def _is_sensitive_outside(data: Microdata, days: Days, key: Key, p_percent: int) -> bool:
    """Whether the conversations of a cell in other months than these are few contributors'."""
    units = {unit.id: unit for unit in data.units}
    of_partners = {pair for pair in key[1] if pair[0] in OF_PARTNERS}
    found: dict[str, set[str]] = {}
    for talk in data.talks:
        there = [units[each] for each in talk.units if each in units]
        codes = {*talk.codes, *(pair for unit in there for pair in unit.codes if pair[0] in OF_PARTNERS)}
        if key[1] <= codes and not f"{days[0]:%Y-%m}" <= talk.month <= f"{days[1]:%Y-%m}":
            for unit in there:
                if of_partners <= {*unit.codes}:
                    found.setdefault(unit.holding, set()).add(talk.id)
    contributions = {holding: frozenset(talks) for holding, talks in found.items()}
    return is_sensitive_sum(frozenset().union(*contributions.values()), contributions, p_percent)


def _beside(days: Days, told: Iterable[Earlier], key: Key) -> list[Earlier]:
    """Publications with days in common that tell a number."""
    telling = (each for each in told if isinstance(each.published.get(key), Shown | Rounded))
    return [each for each in telling if _meet(days, each.period)]


def _days(edition: Edition) -> Days:
    return edition.period.start, edition.period.until


def _meet(one: Days | None, other: Days | None) -> bool:
    """Whether two periods have days in common."""
    return one is not None and other is not None and one[0] <= other[1] and other[0] <= one[1]
