"""What next year would do to a table: drawn from the turnover of the source, and right about as often as it says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from tests.factories import HERE, a_collaboration, a_partner, a_source, a_table, an_edition
from tests.play.ministry import Ministry
from tests.play.script import events, play
from tweeluik.protection.forecast import forecast, turnover_of
from tweeluik.selection.rules import select
from tweeluik.selection.tables import tabulate
from tweeluik.source.load import read_source
from tweeluik.source.records import Edition, Endorsement, Period, Source

EXAMPLE = Path(__file__).parents[2] / "content"
POINTS = 0.10
ENOUGH = 10
"""Numbers, before a share of them says anything."""

Told = tuple[float, bool]
"""The share of drawn years in which a number is small, and whether it was when the year came."""


def told(source: Source) -> Iterator[Told]:
    """Of every number of two editions that follow each other, where there was one before."""
    own = (each for each in source.editions if each.population == "agenda-partners")
    editions = sorted(own, key=lambda each: each.period.until)
    threshold = source.policy.threshold.value
    for one, next_one in pairwise(editions):
        now, then = select(source, one), select(source, next_one)
        drawn = forecast(source, now, tabulate(source, now))
        came = {table.spec.id: table.cells for table in tabulate(source, then)}
        for table, cells in () if drawn is None else drawn.small.items():
            for codes, share in cells.items():
                if codes in came.get(table, {}):
                    holdings = {then.holding[str(each)] for each in came[table][codes]}
                    yield share, 0 < len(holdings) < threshold


@pytest.fixture(scope="module")
def of_the_play(tmp_path_factory: pytest.TempPathFactory) -> Source:
    ministry = Ministry(tmp_path_factory.mktemp("spel"))
    for event in events():
        play(ministry, event)
    ministry.write()
    return read_source(ministry.content)


def test_it_is_calibrated_on_the_play_and_the_example(of_the_play: Source) -> None:
    found = [*told(of_the_play), *told(read_source(EXAMPLE))]
    assert len(found) >= 100
    fifths = [[each for each in found if fifth <= each[0] * 5 < fifth + 1 + (fifth == 4)] for fifth in range(5)]
    for numbers in (found, *(each for each in fifths if len(each) >= ENOUGH)):
        said = sum(share for share, _ in numbers) / len(numbers)
        was = sum(small for _, small in numbers) / len(numbers)
        assert abs(said - was) <= POINTS, (said, was, len(numbers))


def a_two_year_source() -> Source:
    """Eight work in 2024, of whom six go on in 2025 (two with other work), and two come."""
    both = (a_collaboration(2024), a_collaboration(2025))
    partners = [a_partner(f"p-{n}", collaborations=both) for n in range(4)]
    other = (a_collaboration(2024), a_collaboration(2025, "2.1a"))
    partners += [a_partner(f"q-{n}", collaborations=other) for n in range(2)]
    partners += [a_partner(f"r-{n}", collaborations=(a_collaboration(2024),)) for n in range(2)]
    partners += [a_partner(f"s-{n}", collaborations=(a_collaboration(2025),)) for n in range(2)]
    partners = [replace(each, endorsed=(Endorsement(date(2024, 1, 1), None, HERE),)) for each in partners]
    return replace(a_source(tuple(partners)), editions=tuple(map(an_edition_of, (2024, 2025))))


def an_edition_of(year: int) -> Edition:
    period = Period(date(year, 1, 1), date(year, 12, 31))
    return an_edition(a_table("partners", "kind"), id=str(year), period=period, status="final")


def test_turnover_is_what_the_source_shows() -> None:
    source = a_two_year_source()
    before, now = (select(source, each) for each in source.editions)
    found = turnover_of(source, before, now)
    assert found is not None
    assert (found.stayed, found.otherwise, found.came) == (6 / 8, 2 / 6, 2 / 8)
    assert set(found.newcomers) == {"s-0", "s-1"}


def test_the_same_source_draws_the_same_years() -> None:
    source = a_two_year_source()
    now = select(source, source.editions[1])
    first, second = (forecast(source, now, tabulate(source, now)) for _ in range(2))
    assert first is not None
    assert first == second


def test_without_an_edition_before_nothing_is_told() -> None:
    source = a_two_year_source()
    now = select(source, source.editions[0])
    assert forecast(source, now, tabulate(source, now)) is None
