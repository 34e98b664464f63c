"""What the audit takes for a source, against all sources that there are: whole lives of one organisation, listed.

A life is of a kind on every day, works on parts of the agenda in every year, and belongs on a day or not (endorsements
come and go). Whatever world the audit lets pass, some life gives; and every life passes as itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import product
from random import Random

import pytest

from tests.stages.some_worlds import a_table, a_unit, published, release_of
from tweeluik.checks.audit.counting import Counting
from tweeluik.checks.audit.published import Edition
from tweeluik.checks.audit.reality import Reality, agenda_of
from tweeluik.checks.audit.worlds import Publication, Records, Truth, Unit, World

PUBLICATIONS: dict[Publication, tuple[tuple[int, ...], date, date]] = {
    ("2025-1", 1): ((2025,), date(2025, 1, 1), date(2025, 6, 30)),
    ("2025", 1): ((2025,), date(2025, 1, 1), date(2025, 12, 31)),
    ("2025-en", 1): ((2025,), date(2025, 1, 1), date(2025, 12, 31)),
    ("2026", 1): ((2026,), date(2026, 1, 1), date(2026, 12, 31)),
    ("2025-2026", 1): ((2025, 2026), date(2025, 1, 1), date(2026, 12, 31)),
}
TELLS_PILLARS = ("2025-en", 1)
"""All others tell themes, each the only one of its pillar."""

DAYS = sorted({last for _, _, last in PUBLICATIONS.values()})
KINDS, PARTS = ("a", "b"), ((), ("1.1",), ("2.1",), ("1.1", "2.1"))

Seen = tuple[str | None, ...]
"""What an organisation is in every publication, in their order: its codes; None: it is not there."""


def told(kind: str, parts: frozenset[str], key: Publication) -> str:
    works = (f"pillar:{each[0]}" if key == TELLS_PILLARS else f"theme:{each}" for each in sorted(parts))
    return " ".join([f"kind:{kind}", *works])


def every_life() -> set[Seen]:
    days, works = list(product(KINDS, repeat=3)), list(product(PARTS, repeat=2))
    return {
        seen(
            dict(zip(DAYS, kinds, strict=True)),
            dict(zip((2025, 2026), does, strict=True)),
            dict(zip(DAYS, there, strict=True)),
        )
        for kinds, does, there in product(days, works, product((True, False), repeat=3))
    }


def seen(on: Mapping[date, str], does: Mapping[int, tuple[str, ...]], belongs: Mapping[date, bool]) -> Seen:
    found = []
    for key, (years, _, last) in PUBLICATIONS.items():
        parts = frozenset(part for year in years for part in does[year])
        found.append(told(on[last], parts, key) if parts and belongs[last] else None)
    return tuple(found)


LIVES = every_life()
RECORDS: Mapping[Publication, Sequence[str | None]] = {
    key: [None, *(told(kind, frozenset(parts), key) for kind in KINDS for parts in PARTS if parts)]
    for key in PUBLICATIONS
}


def truth_of(seen: Seen) -> Truth:
    """One organisation, beside others that have every category."""
    made = {}
    for key, codes in zip(PUBLICATIONS, seen, strict=True):
        every = (told(kind, frozenset({part}), key) for kind, part in product(KINDS, ("1.1", "2.1")))
        others = {f"o{n}": a_unit(each, f"p{n}") for n, each in enumerate(every)}
        made[key] = Records(others | ({} if codes is None else {"u": a_unit(codes, "h")}))
    return made


def editions_of(truth: Truth) -> tuple[Edition, ...]:
    releases = []
    for key, records in truth.items():
        names = ("kind", "pillar" if key == TELLS_PILLARS else "theme")
        tables = [a_table(records, name, "partners", name, hides=lambda *_: True) for name in names]
        _, first, last = PUBLICATIONS[key]
        releases.append(release_of(key, *tables, period_from=first, period_until=last))
    return published(*releases)


EDITIONS = editions_of(truth_of(min(LIVES, key=str)))


def passes(true: Seen, others: Sequence[Seen]) -> list[bool]:
    worlds = [
        World(
            {(key, "u"): _unit(there) for key, was, there in zip(PUBLICATIONS, true, each, strict=True) if was != there}
        )
        for each in others
    ]
    counting, reality = Counting(truth_of(true), worlds), Reality(EDITIONS, agenda_of(EDITIONS))
    return [reality.holds(counting, number) for number in range(1, len(worlds) + 1)]


def _unit(codes: str | None) -> Unit | None:
    return None if codes is None else a_unit(codes, "h")


def some(number: int, seed: int) -> list[Seen]:
    return Random(seed).sample(sorted(LIVES, key=str), number)


@pytest.mark.parametrize("true", some(12, 1), ids=str)
def test_whatever_passes_for_a_source_some_life_gives(true: Seen) -> None:
    chance = Random(str(true))
    others = [tuple(map(chance.choice, RECORDS.values())) for _ in range(800)]
    others += [
        tuple(chance.choice((was, chance.choice(told))) for was, told in zip(true, RECORDS.values(), strict=True))
        for _ in range(800)
    ]
    strange = [each for each in others if each not in LIVES]
    assert len(strange) > 100
    assert [each for each, fine in zip(strange, passes(true, strange), strict=True) if fine] == []


@pytest.mark.parametrize("true", some(6, 2), ids=str)
def test_a_life_without_oddities_is_a_world_for_everybody(true: Seen) -> None:
    """Who is of one kind, belongs on every day and works on the same in both years."""
    works = [frozenset(parts) for parts in PARTS if parts]
    plain = [tuple(told(kind, parts, key) for key in PUBLICATIONS) for kind in KINDS for parts in works]
    assert passes(true, plain) == [True] * len(plain) != []
