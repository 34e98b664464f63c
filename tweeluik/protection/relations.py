"""What every reader knows about how the cells of an edition hang together, before seeing a single number.

Partitions add up. Multi-valued dimensions only bound: a category is at most the total, and the total at most their sum,
because every record is in at least one category.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from tweeluik.disclosure.system import Constraint
from tweeluik.protection.unknowns import Unknowns
from tweeluik.record.cell import TOTAL, Codes
from tweeluik.selection.tables import Table

MOST_CONVERSATIONS = 10_000
"""More conversations than any organisation of an edition can have: only its being finite matters."""


def relations(unknowns: Unknowns) -> tuple[Constraint, ...]:
    """All constraints among the unknowns (terms are indices into `unknowns.every`), each once, in a fixed order."""
    found: dict[Constraint, None] = {}
    for table in unknowns.tables:
        for constraint in _within(unknowns, table):
            found.setdefault(constraint)
    between = (*_between_levels(unknowns), *_conversations_need_partners(unknowns))
    for constraint in (*between, *_subtractions(unknowns)):
        found.setdefault(constraint)
    return tuple(found)


def _equal(left: Iterable[int], right: Iterable[int]) -> Iterator[Constraint]:
    """Left = right, unless that says nothing."""
    terms = _terms(left, right)
    if terms:
        yield Constraint(terms, 0, 0)


def _at_least(left: Iterable[int], right: Iterable[int]) -> Iterator[Constraint]:
    """Left >= right, unless that says nothing."""
    terms = _terms(left, right)
    if any(coefficient < 0 for _, coefficient in terms):
        yield Constraint(terms, 0, None)


def _terms(left: Iterable[int], right: Iterable[int]) -> tuple[tuple[int, int], ...]:
    terms = Counter(left)
    terms.subtract(Counter(right))
    return tuple(sorted((i, coefficient) for i, coefficient in terms.items() if coefficient))


# --- inside one table -------------------------------------------------------------------------------------------------


def _within(unknowns: Unknowns, table: Table) -> Iterator[Constraint]:
    for axis, dimension in enumerate(table.dimensions):
        for line in _lines(table, axis):
            total = unknowns.of(table, _at(line, axis, TOTAL))
            parts = _parts(unknowns, table, line, axis)
            yield from _equal(parts, [total]) if dimension.partition else _bounds(total, parts)
    if len(table.dimensions) == 2 and not any(dimension.partition for dimension in table.dimensions):  # noqa: PLR2004
        yield from _crossings(unknowns, table)


def _subtractions(unknowns: Unknowns) -> Iterator[Constraint]:
    """Complements are what their cells leave."""
    for place, (complement, _) in enumerate(unknowns.complements, start=len(unknowns.index)):
        plus, minus = ([unknowns.index[key] for key in keys] for keys in (complement.plus, complement.minus))
        yield from _equal(plus, [*minus, place])


def _lines(table: Table, axis: int) -> Iterator[Codes]:
    """The addresses with a total on one axis: one per category and total of the others."""
    return (codes for codes in table.cells if codes[axis] == TOTAL)


def _at(codes: Codes, axis: int, code: str) -> Codes:
    return (*codes[:axis], code, *codes[axis + 1 :])


def _bounds(total: int, parts: list[int]) -> Iterator[Constraint]:
    for part in parts:
        yield from _at_least([total], [part])
    yield from _at_least(parts, [total])


def _crossings(unknowns: Unknowns, table: Table) -> Iterator[Constraint]:
    """Whoever is in a and in b, of so many in all, must overlap: both >= a + b - total.

    And whoever is not in a is in at least one b: all b less what they share with a >= total - a.
    """
    everyone = unknowns.of(table, (TOTAL, TOTAL))
    for row, column in table.cells:
        if TOTAL not in (row, column):
            both, one, other = (unknowns.of(table, codes) for codes in ((row, column), (row, TOTAL), (TOTAL, column)))
            yield from _at_least([both, everyone], [one, other])
    for axis in (0, 1):
        for line in _lines(table, axis):
            all_b, shared = (_parts(unknowns, table, each, axis) for each in ((TOTAL, TOTAL), line))
            yield from _at_least([*all_b, unknowns.of(table, line)], [*shared, everyone])


def _parts(unknowns: Unknowns, table: Table, line: Codes, axis: int) -> list[int]:
    return [unknowns.of(table, _at(line, axis, each.code)) for each in table.dimensions[axis].categories]


# --- between tables ---------------------------------------------------------------------------------------------------


def _between_levels(unknowns: Unknowns) -> Iterator[Constraint]:
    """Pillars, themes and measures: whoever is in a child is in its parent, and in a parent only through a child."""
    families: dict[tuple[int, str], list[int]] = {}
    for (counts, pairs), low in unknowns.index.items():
        for pair in sorted(pairs):
            for ancestor in unknowns.keys.ancestors.get(pair, ()):
                high = unknowns.index.get((counts, pairs - {pair} | {ancestor}))
                if high is not None:
                    yield from _at_least([high], [low])
                    families.setdefault((high, pair[0]), []).append(low)
    for (high, _), lows in families.items():
        yield from _at_least(lows, [high])


def _conversations_need_partners(unknowns: Unknowns) -> Iterator[Constraint]:
    """A conversation with a kind, region or first year of partner needs such a partner."""
    for (counts, pairs), conversations in unknowns.index.items():
        partners = unknowns.index.get(("partners", pairs))
        if counts == "conversations" and partners is not None and _describes_partners(pairs):
            yield Constraint(tuple(sorted({partners: MOST_CONVERSATIONS, conversations: -1}.items())), 0, None)


def told_by_names(unknowns: Unknowns) -> frozenset[int]:
    """Where all of an edition are known by name: numbers of partners, and of conversations with whom there are none."""
    partners = [i for i, unknown in enumerate(unknowns.all) if unknown.key[0] == "partners"]
    if not all(unknowns.all[i].members <= unknowns.named for i in partners):
        return frozenset()
    nobody = [unknowns.all[i].key[1] for i in partners if not unknowns.all[i].value]
    none = [pairs for pairs in nobody if _describes_partners(pairs)]
    talks = (
        i for (counts, of), i in unknowns.index.items() if counts == "conversations" and any(p <= of for p in none)
    )
    return frozenset((*partners, *talks))


def _describes_partners(pairs: frozenset[tuple[str, str]]) -> bool:
    return all(name in ("kind", "region", "first_year") for name, _ in pairs)
