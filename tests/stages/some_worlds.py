"""Small truths for the audit: invented organisations over several publications, and the records that tell of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from itertools import product
from typing import Any

from tests.stages.a_publication import dimension
from tests.stages.an_audit import FORM, KIND, PILLAR, REGION, THEME, an_edition
from tweeluik.checks.audit.published import Edition, read_editions, read_superseded
from tweeluik.checks.audit.worlds import Publication, Records, Talk, Truth, Unit
from tweeluik.record.canonical import serialise
from tweeluik.record.cell import TOTAL, Codes, Content, Shown, Suppressed
from tweeluik.record.model import Dimension, Release, ReleasedTable

FIRST_YEAR = dimension("first_year", (("2025", "Partner sinds 2025"), ("2026", "Nieuw in 2026")))
SIDES = {side.name: side for side in (KIND, REGION, PILLAR, THEME, FORM, FIRST_YEAR)}
THIS: Publication = ("2025", 1)
NEXT: Publication = ("2026", 1)


def a_unit(codes: str, holding: str = "", *, named: bool = False) -> Unit:
    """From `kind:a pillar:1 pillar:2`; who has no holding of its own gets one where the truth is made."""
    return Unit(holding, named, frozenset((name, code) for name, _, code in (p.partition(":") for p in codes.split())))


def units(*groups: tuple[int, str], first: int = 0) -> dict[str, Unit]:
    """So many of each, numbered on."""
    made = [codes for times, codes in groups for _ in range(times)]
    return {f"u{first + i}": a_unit(codes, f"h{first + i}") for i, codes in enumerate(made)}


def a_talk(codes: str, *members: str, holdings: Iterable[str] = (), month: str = "2025-03") -> Talk:
    """With these units, each of the holding of its number."""
    tables = frozenset(holdings) or frozenset(f"h{name[1:]}" for name in members)
    return Talk(frozenset(members), tables, a_unit(codes).codes, month)


Hides = Callable[[str, Codes], bool]
"""Of a table (by id) and an address whether that cell is hidden."""


def hiding(**cells: str) -> Hides:
    """`soort="a b"`: of table `soort` the cells with one of these codes."""
    return lambda table, codes: not set(codes).isdisjoint(cells.get(table, "").split())


def a_table(records: Records, id: str, counts: str, *names: str, hides: Hides = lambda *_: False) -> ReleasedTable:
    """A table counted from bare records, one record at a time."""
    sides = tuple(_side(name, counts) for name in names)
    cells: dict[Codes, Content] = {}
    for codes in product(*((*(each.code for each in side.categories), TOTAL) for side in sides)):
        pairs = {(side.name, code) for side, code in zip(sides, codes, strict=True) if code != TOTAL}
        rows = [_codes(records, each) for each in (records.units if counts == "partners" else records.talks).values()]
        cells[codes] = Suppressed() if hides(id, codes) else Shown(sum(pairs <= row for row in rows))
    return ReleasedTable(id, id, counts, sides, cells)


def _side(name: str, counts: str) -> Dimension:
    side = SIDES[name]
    several = counts == "conversations" and name in ("kind", "region")
    return Dimension(side.name, side.partition and not several, side.categories)


def _codes(records: Records, record: Unit | Talk) -> frozenset[tuple[str, str]]:
    if isinstance(record, Unit):
        return record.codes
    return record.codes.union(*(records.units[name].codes for name in record.units))


def files_of(*releases: Release) -> dict[str, bytes]:
    """The records as they stand in the finished files, older versions in folders of their own."""
    newest = {release.edition: release for release in releases}
    return {
        f"edities/{each.edition}/{'' if newest[each.edition] is each else f'versie-{each.version}/'}release.json":
        serialise(each) for each in releases
    }  # fmt: skip


def published(*releases: Release) -> tuple[Edition, ...]:
    """The records as a stranger reads them from the finished files."""
    files = files_of(*releases)
    return (*read_editions(files)[0], *read_superseded(files)[0])


def release_of(publication: Publication, *tables: ReleasedTable, **changes: Any) -> Release:
    edition, version = publication
    return an_edition(*tables, **{"edition": edition, "version": version, "threshold": 5, **changes})


def truth_of(**records: Mapping[str, Unit]) -> Truth:
    """`y2025={...}`: units per year, first versions."""
    return {(name[1:], 1): Records(dict(each)) for name, each in records.items()}
