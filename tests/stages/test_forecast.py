"""What next year would do to a table: drawn from the turnover of the source, and right about as often as it says."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from bench.calibration import ENOUGH, EXAMPLE, by_fifths, of_the_play, shares, told
from tests.factories import HERE, a_collaboration, a_partner, a_source, a_table, an_edition
from tweeluik.protection.forecast import forecast, turnover_of
from tweeluik.selection.rules import select
from tweeluik.selection.tables import tabulate
from tweeluik.source.load import read_source
from tweeluik.source.records import Edition, Endorsement, Period, Source

POINTS = 0.10


def test_it_is_calibrated_on_the_play_and_the_example(tmp_path: Path) -> None:
    """`python -m bench.calibration` asks it of twenty ministries more."""
    found = [*told(of_the_play(tmp_path)), *told(read_source(EXAMPLE))]
    assert len(found) >= 80
    for numbers in (found, *(each for each in by_fifths(found) if len(each) >= ENOUGH)):
        said, were = shares(numbers)
        assert abs(said - were) <= POINTS, (said, were, len(numbers))


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
