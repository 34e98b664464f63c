"""Whole sources by chance, from a seed: organisations, umbrellas, consent, conversations, and any set of tables."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from random import Random

from tests.factories import HERE, a_collaboration, a_conversation, a_partner, a_source, a_table, an_edition
from tweeluik.source.records import Conversation, Edition, Naming, Partner, Period, Protection, Source, TableSpec, Term

MEASURES = ("1.1a", "1.1b", "1.2a", "2.1a")
CHOICES = {
    "partners": ("kind", "region", "pillar", "theme", "measure", "first_year"),
    "conversations": ("kind", "region", "pillar", "theme", "form"),
}


def generate(seed: int, protection: Protection, *, editions: int = 1) -> Source:
    """A source with one edition a year from 2025; every edition asks for the same tables."""
    chance = Random(seed)
    source = a_source()
    kinds, regions = _terms("k", chance.randint(2, 5)), _terms("r", chance.randint(2, 5))
    vocabulary = replace(source.vocabulary, kinds=kinds, regions=regions)
    years = range(2025, 2025 + editions)
    partners = tuple(_partner(chance, n, kinds, regions, years) for n in range(chance.randint(5, 60)))
    conversations = tuple(_conversation(chance, partners, years) for _ in range(chance.randint(0, 150)))
    tables = _tables(chance)
    return replace(
        source,
        vocabulary=vocabulary,
        partners=partners,
        conversations=tuple(sorted(conversations, key=lambda each: each.date)),
        editions=tuple(_edition(year, tables, protection) for year in years),
    )


def _terms(letter: str, number: int) -> tuple[Term, ...]:
    return tuple(Term(f"{letter}{n}", f"{letter}{n}", None, HERE) for n in range(number))


def _partner(chance: Random, n: int, kinds: tuple[Term, ...], regions: tuple[Term, ...], years: range) -> Partner:
    last = years.stop - 1
    first = chance.choices(list(years), weights=[4] + [1] * (len(years) - 1))[0]
    named = chance.random() < 0.08
    return a_partner(
        f"p-{n:03}",
        kind=chance.choices(kinds, weights=[3**-i for i in range(len(kinds))])[0].code,
        region=chance.choices(regions, weights=[2**-i for i in range(len(regions))])[0].code,
        umbrella=f"p-{n // 8 * 8:03}" if n % 8 and chance.random() < 0.2 else None,
        collaborations=tuple(
            a_collaboration(year, *sorted(chance.sample(MEASURES, chance.choice([1, 1, 2, 3]))))
            for year in years
            if year >= first and (year < last or chance.random() < 0.95)
        )
        or (a_collaboration(last, "1.1a"),),
        named_in=tuple(Naming(str(year), date(year, 6, 1), None, HERE) for year in years) if named else (),
    )


def _conversation(chance: Random, partners: tuple[Partner, ...], years: range) -> Conversation:
    day = date(chance.choice(list(years)), 1, 1) + timedelta(days=chance.randrange(365))
    present = {chance.choice(partners).id for _ in range(chance.choice([1, 1, 1, 2, 3]))}
    form = "gesprek" if chance.random() < 0.8 else "werkbezoek"
    return a_conversation(day, *sorted(present), form=form, measures=(chance.choice(MEASURES),))


def _tables(chance: Random) -> tuple[TableSpec, ...]:
    found: dict[tuple[str, ...], TableSpec] = {}
    for n in range(chance.randint(1, 4)):
        counts = chance.choices(list(CHOICES), weights=[2, 1])[0]
        names = tuple(chance.sample(CHOICES[counts], chance.choice([1, 2, 2])))
        found.setdefault((counts, *sorted(names)), replace(a_table(counts, *names), id=f"tabel-{n}"))
    return tuple(found.values())


def _edition(year: int, tables: tuple[TableSpec, ...], protection: Protection) -> Edition:
    return an_edition(
        *tables,
        id=str(year),
        title=f"Partneroverzicht {year}",
        period=Period(date(year, 1, 1), date(year, 12, 31)),
        protection=protection,
    )
