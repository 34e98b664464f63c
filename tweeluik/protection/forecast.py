"""What next year would do to a table: plausible next years, drawn from the turnover that the source itself shows.

Field term: a nonparametric bootstrap. Who works together this year stays with the chance that others stayed this year;
who stays takes up other work with the chance that others did; who comes is like those who came. Each drawn year is
counted in the same cells, and the share of years is told in which a number would be small. It decides nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from tweeluik.protection.keyed_noise import KeyedNoise
from tweeluik.record.cell import Codes
from tweeluik.selection.rules import Selection, select
from tweeluik.selection.tables import Member, Table
from tweeluik.source.records import Edition, Source

YEARS = 200
"""Drawn next years; a share of them is within 7 points of what more would give, 19 times out of 20."""


@dataclass(frozen=True, slots=True)
class Turnover:
    """What happened from the edition before to this one, as shares: who stayed, of those who did other work, who came.

    `newcomers` are ids; each is as good a pattern for who comes next.
    """

    stayed: float
    otherwise: float
    came: float
    newcomers: tuple[str, ...]


@dataclass(frozen=True, slots=True, repr=False)
class Forecast:
    """Per table of partners, by id, the share of drawn years in which a cell would be sensitive by the threshold."""

    turnover: Turnover
    small: Mapping[str, Mapping[Codes, float]]


def forecast(source: Source, now: Selection, tables: Sequence[Table]) -> Forecast | None:
    """A forecast of the year after an edition; None when no edition before it shows any turnover."""
    before = _edition_before(source, now.edition)
    turnover = None if before is None or not tables else turnover_of(source, select(source, before), now)
    if turnover is None:
        return None
    years = [_drawn(source, now, turnover, year) for year in range(YEARS)]
    threshold = source.policy.threshold.value
    counted = [table for table in tables if table.spec.counts == "partners"]
    return Forecast(turnover, {table.spec.id: dict(_shares(table, years, threshold)) for table in counted})


def _edition_before(source: Source, edition: Edition) -> Edition | None:
    """The latest one of the same population that ends before this one begins."""
    own = (each for each in source.editions if each.population == edition.population)
    earlier = [each for each in own if each.period.until < edition.period.start]
    return max(earlier, key=lambda each: (each.period.until, each.id), default=None)


def turnover_of(source: Source, before: Selection, now: Selection) -> Turnover | None:
    """The turnover between two selections; None when there was nobody then or is nobody now."""
    then, there = ({each.id for each in selection.partners} for selection in (before, now))
    if not then or not there:
        return None
    stayed, came = then & there, tuple(sorted(there - then))
    work = {each.id: {year.year: year.measures for year in each.collaborations} for each in source.partners}
    years = before.edition.covered.years.start, now.edition.covered.years.start
    other = sum(work[each].get(years[0]) != work[each].get(years[1]) for each in stayed)
    return Turnover(
        stayed=len(stayed) / len(then),
        otherwise=other / len(stayed) if stayed else 0.0,
        came=len(came) / len(then),
        newcomers=came or tuple(sorted(there)),
    )


Person = tuple[str, str]
"""A holding, and the id of the partner whose cells it is counted in."""


def _drawn(source: Source, now: Selection, turnover: Turnover, year: int) -> tuple[Person, ...]:
    """The partners of one drawn year; the same source draws the same."""
    noise = KeyedNoise.of(source)
    alike: dict[tuple[str, str], list[str]] = {}
    for each in now.partners:
        alike.setdefault((each.kind, each.region), []).append(each.id)

    def draw() -> Iterator[Person]:
        for each in now.partners:
            if noise.fraction("stays", year, each.id) < turnover.stayed:
                changes = noise.fraction("changes", year, each.id) < turnover.otherwise
                others = alike[each.kind, each.region] if changes else [each.id]
                yield now.holding[each.id], _one(others, noise.fraction("as", year, each.id))
        for place in range(len(now.partners)):
            if noise.fraction("comes", year, place) < turnover.came:
                yield f"new {place}", _one(turnover.newcomers, noise.fraction("who", year, place))

    return tuple(draw())


def _one(values: Sequence[str], fraction: float) -> str:
    return values[int(fraction * len(values))]


def _shares(table: Table, years: Sequence[tuple[Person, ...]], threshold: int) -> Iterator[tuple[Codes, float]]:
    where: dict[Member, list[Codes]] = {}
    for codes, members in table.cells.items():
        for member in members:
            where.setdefault(member, []).append(codes)
    small = dict.fromkeys(table.cells, 0)
    for people in years:
        holdings: dict[Codes, set[str]] = {}
        for holding, pattern in people:
            for codes in where.get(pattern, ()):
                holdings.setdefault(codes, set()).add(holding)
        for codes, found in holdings.items():
            small[codes] += len(found) < threshold
    return ((codes, count / len(years)) for codes, count in small.items())
