"""Who goes on as whom, worked out twice: by protection, and by who looks at what it hands on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from random import Random

import pytest

from tests.adversary.a_producer import Said, publish
from tests.adversary.small_sources import of, overview, sources
from tests.factories import a_collaboration, a_partner
from tweeluik.checks.audit.worlds import Publication, Records, Unit
from tweeluik.pipeline.successors import _Lines
from tweeluik.protection.worlds.lineage import Ended, as_one
from tweeluik.selection.microdata import unit_id
from tweeluik.selection.succession import Succession
from tweeluik.source.records import Partner, Source

KEY = b"a key"
DAYS: Mapping[Publication, date] = {(str(year), 1): date(year, 12, 31) for year in range(2025, 2029)}


def some(chance: Random) -> tuple[Partner, ...]:
    """Organisations of which some ended, and others succeed them: mergers, splits, and rows of them."""
    ids = [f"p-{n}" for n in range(6)]
    made = []
    for n, name in enumerate(ids):
        years = sorted(chance.sample(range(2025, 2029), chance.randint(0, 2)))
        later = ids[n + 1 :]
        ends = bool(later) and chance.random() < 0.7
        heirs = tuple(sorted(chance.sample(later, min(len(later), chance.choice((1, 1, 1, 2)))))) if ends else ()
        ended = date(chance.randint(2025, 2027), chance.choice((6, 12)), 30) if ends else None
        work = tuple(map(a_collaboration, years))
        made.append(a_partner(name, ended=ended, successors=heirs, collaborations=work))
    chance.shuffle(made)
    return tuple(made)


@pytest.mark.parametrize("first", range(0, 2000, 200))
def test_both_find_the_same_lines(first: int) -> None:
    for seed in range(first, first + 200):
        are_the_same(Random(seed))


def are_the_same(chance: Random) -> None:
    partners = some(chance)
    there = {each: {unit_id(KEY, p.id) for p in partners if chance.random() < 0.4} for each in DAYS}
    ended = {
        unit_id(KEY, each.id): Ended(each.ended or date.max, [unit_id(KEY, heir) for heir in each.successors])
        for each in Succession(partners, date.max).ended()
    }
    truth = {each: Records({who: Unit(who, False, frozenset()) for who in there[each]}) for each in DAYS}
    theirs = as_one(truth, ended, DAYS)
    lines = _Lines(partners, KEY, there, DAYS).lines()
    for each, records in theirs.items():
        assert {unit.holding: name for name, unit in records.units.items()} == {
            who: lines.get(who, who) for who in there[each]
        }


def named_beside_each_other() -> list[Source]:
    """One ended with 2025 and another goes on as it, which was found since; a list without numbers names both in 2025."""
    old, new = of(1, "k0", "1.1a", "", named=("2025-en",)), of(1, named=("2025-en",), found=1)
    made = sources(
        (of(14), old, new, of(15, "k1")), overview("2025", "kind"), overview("2025-en"), overview("2026", "kind")
    )
    return [replace(each, partners=tuple(map(_followed, each.partners))) for each in made]


def _followed(partner: Partner) -> Partner:
    if partner.id != "p-01000":
        return partner
    return replace(partner, ended=date(2025, 12, 31), successors=("p-02000",))


def test_who_stands_beside_each_other_on_a_list_of_names_is_not_one() -> None:
    """Both look at lists too: what is handed on is taken for the records of the source."""
    assert publish(*named_beside_each_other()).said == Said()
