"""What every reader knows about how the cells of an edition hang together, before seeing a single number.

Partitions add up. Multi-valued dimensions only bound: a category is at most the total, and the total at most their sum,
because every record is in at least one category.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from tweeluik.cell import TOTAL, Codes
from tweeluik.disclosure.system import Constraint
from tweeluik.protection.unknowns import Key, Unknowns
from tweeluik.source.records import Agenda
from tweeluik.tables import AGENDA_LEVELS, Table

Terms = dict[int, int]

MOST_CONVERSATIONS = 10_000
"""More conversations than any organisation of an edition can have: only its being finite matters."""


def relations(unknowns: Unknowns, agenda: Agenda) -> tuple[Constraint, ...]:
    """All constraints among the unknowns (terms are indices into `unknowns.all`), each once, in a fixed order."""
    found: dict[Constraint, None] = {}
    for table in unknowns.tables:
        for constraint in _within(unknowns, table):
            found.setdefault(constraint)
    for constraint in (*_between_levels(unknowns, agenda), *_conversations_need_partners(unknowns)):
        found.setdefault(constraint)
    return tuple(found)


def _equal(terms: Terms) -> Constraint:
    return Constraint(tuple(sorted(terms.items())), 0, 0)


def _not_negative(terms: Terms) -> Constraint:
    return Constraint(tuple(sorted(terms.items())), 0, None)


# --- inside one table -------------------------------------------------------------------------------------------------


def _within(unknowns: Unknowns, table: Table) -> Iterator[Constraint]:
    for axis, dimension in enumerate(table.dimensions):
        for line in _lines(table, axis):
            total = unknowns.of(table, _at(line, axis, TOTAL))
            parts = [unknowns.of(table, _at(line, axis, category.code)) for category in dimension.categories]
            yield from _adds_up(total, parts) if dimension.partition else _bounds(total, parts)
    if len(table.dimensions) == 2 and not any(dimension.partition for dimension in table.dimensions):  # noqa: PLR2004
        yield from _crossings(unknowns, table)


def _lines(table: Table, axis: int) -> Iterator[Codes]:
    """The addresses with a total on one axis: one per category and total of the others."""
    return (codes for codes in table.cells if codes[axis] == TOTAL)


def _at(codes: Codes, axis: int, code: str) -> Codes:
    return (*codes[:axis], code, *codes[axis + 1 :])


def _adds_up(total: int, parts: list[int]) -> Iterator[Constraint]:
    if parts != [total]:
        yield _equal({total: -1, **dict.fromkeys(parts, 1)})


def _bounds(total: int, parts: list[int]) -> Iterator[Constraint]:
    if parts == [total]:
        return
    for part in parts:
        yield _not_negative({total: 1, part: -1})
    yield _not_negative({total: -1, **dict.fromkeys(parts, 1)})


def _crossings(unknowns: Unknowns, table: Table) -> Iterator[Constraint]:
    """Whoever is in a and in b, of so many in all, must overlap: both >= a + b - total."""
    everyone = unknowns.of(table, (TOTAL, TOTAL))
    for row, column in table.cells:
        if TOTAL not in (row, column):
            both, one, other = (unknowns.of(table, codes) for codes in ((row, column), (row, TOTAL), (TOTAL, column)))
            if len({both, one, other, everyone}) == 4:  # noqa: PLR2004
                yield _not_negative({both: 1, one: -1, other: -1, everyone: 1})


# --- between tables ---------------------------------------------------------------------------------------------------


def _between_levels(unknowns: Unknowns, agenda: Agenda) -> Iterator[Constraint]:
    """Pillars, themes and measures: whoever is in a child is in its parent, and in a parent only through a child."""
    ancestors = _ancestors(agenda)
    groups: dict[tuple[int, str], list[int]] = {}
    for key, low in unknowns.index.items():
        for fine, coarse in combinations(reversed(AGENDA_LEVELS), 2):
            codes = dict(key[1])
            ancestor = ancestors.get((fine, codes.get(fine, ""), coarse))
            high = unknowns.index.get(_lifted(key, fine, coarse, ancestor)) if ancestor else None
            if high is not None and coarse not in codes:
                yield _not_negative({high: 1, low: -1})
                groups.setdefault((high, fine), []).append(low)
    for (high, _), lows in groups.items():
        yield _not_negative({high: -1, **dict.fromkeys(lows, 1)})


def _lifted(key: Key, fine: str, coarse: str, ancestor: str) -> Key:
    counts, pairs = key
    return counts, frozenset(pair for pair in pairs if pair[0] != fine) | {(coarse, ancestor)}


def _ancestors(agenda: Agenda) -> dict[tuple[str, str, str], str]:
    """(level, code, higher level) -> code of the ancestor."""
    pillar_of = {theme.code: theme.parent for theme in agenda.themes if theme.parent}
    found = {("theme", code, "pillar"): pillar for code, pillar in pillar_of.items()}
    for measure in agenda.measures:
        if measure.parent:
            found["measure", measure.code, "theme"] = measure.parent
            found["measure", measure.code, "pillar"] = pillar_of.get(measure.parent, "")
    return found


def _conversations_need_partners(unknowns: Unknowns) -> Iterator[Constraint]:
    """A conversation with a kind, region or first year of partner needs such a partner."""
    for (counts, pairs), conversations in unknowns.index.items():
        partners = unknowns.index.get(("partners", pairs))
        if counts == "conversations" and partners is not None and _describes_partners(pairs):
            yield _not_negative({partners: MOST_CONVERSATIONS, conversations: -1})


def _describes_partners(pairs: frozenset[tuple[str, str]]) -> bool:
    return all(name in ("kind", "region", "first_year") for name, _ in pairs)
