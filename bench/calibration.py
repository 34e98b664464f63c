"""Is the forecast of next year right as often as it says? Over years that came: the play, the example, chance.

`python -m bench.calibration --write`: of every number of two editions that follow each other the share of drawn next
years in which it would be small, beside whether it was when the year came; together, and by fifths of what was said.
The play is five years of an invented ministry, event by event; by chance are twenty ministries of five years, each with
shares of its own of who stays, does other work and comes, which move a little from year to year.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path
from random import Random

from bench.in_docs import publish, table
from tests.factories import HERE, a_collaboration, a_partner, a_source, a_table, an_edition
from tests.play.ministry import Ministry
from tests.play.script import events, play
from tweeluik.protection.forecast import forecast
from tweeluik.selection.rules import select
from tweeluik.selection.tables import tabulate
from tweeluik.source.load import read_source
from tweeluik.source.records import Edition, Partner, Period, Source, Term

EXAMPLE = Path(__file__).parents[1] / "content"
YEARS = range(2025, 2030)
MINISTRIES = 20
MEASURES = ("1.1a", "1.1b", "1.2a", "2.1a")
FIFTHS = 5
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
        for name, cells in () if drawn is None else drawn.small.items():
            for codes, share in cells.items():
                if codes in came.get(name, {}):
                    holdings = {then.holding[str(each)] for each in came[name][codes]}
                    yield share, 0 < len(holdings) < threshold


def by_fifths(found: Sequence[Told]) -> list[list[Told]]:
    """The same by what was said: up to 20 %, up to 40 %, and so on."""
    at = [min(int(share * FIFTHS), FIFTHS - 1) for share, _ in found]
    return [[each for each, place in zip(found, at, strict=True) if place == fifth] for fifth in range(FIFTHS)]


def shares(numbers: Sequence[Told]) -> tuple[float, float]:
    """How often they were said to be small, and how often they were."""
    said = sum(share for share, _ in numbers) / len(numbers)
    return said, sum(small for _, small in numbers) / len(numbers)


def of_the_play(folder: Path) -> Source:
    """The source at the end of the play."""
    ministry = Ministry(folder)
    for event in events():
        play(ministry, event)
    ministry.write()
    return read_source(ministry.content)


def by_chance(seed: int) -> Source:
    """Five years of a ministry whose partners stay, do other work and come by shares of its own."""
    chance = Random(seed)
    kinds, regions = (_terms(letter, chance.randint(3, 7)) for letter in "kr")
    stays, changes, size = chance.uniform(0.75, 0.97), chance.uniform(0.05, 0.5), chance.randint(30, 160)
    works: dict[int, list[tuple[int, str]]] = {}
    for year in YEARS:
        drift = chance.uniform(-0.04, 0.04)
        for each in [name for name, done in works.items() if done[-1][0] == year - 1]:
            if chance.random() < stays + drift:
                same = chance.random() >= changes
                works[each].append((year, works[each][-1][1] if same else chance.choice(MEASURES)))
        comers = size if year == YEARS.start else round(size * (1 - stays - drift))
        for number in range(len(works), len(works) + comers):
            works[number] = [(year, chance.choice(MEASURES))]
    partners = tuple(_partner(chance, number, done, kinds, regions) for number, done in works.items())
    source = a_source(partners)
    return replace(
        source,
        vocabulary=replace(source.vocabulary, kinds=kinds, regions=regions),
        editions=tuple(map(_edition, YEARS)),
    )


def _terms(letter: str, number: int) -> tuple[Term, ...]:
    return tuple(Term(f"{letter}{n}", f"{letter}{n}", None, HERE) for n in range(number))


def _partner(
    chance: Random, number: int, done: Sequence[tuple[int, str]], kinds: Sequence[Term], regions: Sequence[Term]
) -> Partner:
    def one(terms: Sequence[Term], base: float) -> str:
        return chance.choices(terms, weights=[base**-i for i in range(len(terms))])[0].code

    work = tuple(a_collaboration(year, measure) for year, measure in done)
    return a_partner(f"p-{number:03}", kind=one(kinds, 1.7), region=one(regions, 1.4), collaborations=work)


def _edition(year: int) -> Edition:
    period = Period(date(year, 1, 1), date(year, 12, 31))
    sides = {"soort": ("kind", "pillar"), "regio": ("region", None)}
    tables = (replace(a_table("partners", *each), id=name) for name, each in sides.items())
    return an_edition(*tables, id=str(year), period=period, status="final")


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        sources = {
            "the play": [of_the_play(Path(folder))],
            "the example": [read_source(EXAMPLE)],
            f"{MINISTRIES} by chance": [by_chance(seed) for seed in range(MINISTRIES)],
        }
        found = {name: [each for one in of for each in told(one)] for name, of in sources.items()}
    rows = [_row(name, "all", numbers) for name, numbers in found.items()]
    together = [each for numbers in found.values() for each in numbers]
    for fifth, numbers in enumerate(by_fifths(together)):
        said = f"{fifth * 100 // FIFTHS} to {(fifth + 1) * 100 // FIFTHS} %"
        rows.append(_row("together", said, numbers))
    publish("bench/calibration.py", table(["source", "said to be small", "numbers", "said, %", "were, %"], rows))


def _row(name: str, which: str, numbers: Sequence[Told]) -> list[object]:
    said, were = shares(numbers) if numbers else (0.0, 0.0)
    return [name, which, len(numbers), f"{100 * said:.1f}", f"{100 * were:.1f}"]


if __name__ == "__main__":
    main()
