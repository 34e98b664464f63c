"""Cells that nobody publishes but that a reader can reason about: who is of this kind and from this region and new.

Tables that share margins along a tree tell no more than each does. Two shapes of table sets tell more, because one
crossed table must stand behind all of them: a triangle of partitions, and one agenda dimension beside two partitions.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations, product

from tweeluik.disclosure.system import Constraint
from tweeluik.protection.keys import Key, Pair
from tweeluik.record.model import Dimension
from tweeluik.selection.tables import AGENDA_LEVELS, PARTITIONS, Member, Table

COUNTS = "partners"
"""Conversations have one partition only, their form, so that their tables always make a tree."""

Index = Mapping[Key, int]


class Crossing:
    """Which crossed tables stand behind an edition's tables of partners: their keys, and what binds them."""

    def __init__(self, tables: tuple[Table, ...]) -> None:
        asked = [table.dimensions for table in tables if table.spec.counts == COUNTS]
        self._sides = {each.name: each for sides in asked for each in sides if len(each.categories) > 1}
        together = {frozenset(each.name for each in sides if each.name in self._sides) for sides in asked}
        partitions = sorted(PARTITIONS[COUNTS] & self._sides.keys())
        self._spokes = tuple(
            name for name in partitions if any(name in names and names & set(AGENDA_LEVELS) for names in together)
        )
        closed = all(frozenset(pair) in together for pair in combinations(sorted(PARTITIONS[COUNTS]), 2))
        self._levels = tuple(name for name in AGENDA_LEVELS if name in self._sides) if len(self._spokes) > 1 else ()
        self._crossed = tuple(partitions) if closed else self._spokes if self._levels else ()

    def cells(self) -> Iterator[Key]:
        """The keys of all crossed cells, in an order that no value decides."""
        if self._crossed:
            yield from (self._key(atom) for atom in self._atoms(self._crossed))
        for atom in self._atoms(self._spokes) if self._levels else ():
            yield self._key(atom)
            yield from (self._key((*atom, pair)) for level in self._levels for pair in _pairs(self._sides[level]))

    def relations(self, index: Index) -> Iterator[Constraint]:
        """Crossed cells add up to every cell with fewer pairs, and agenda categories bound the atom they divide."""
        for key, total in index.items():
            if key[0] == COUNTS:
                yield from self._sums(index, key, total)
        for atom in self._atoms(self._spokes) if self._levels else ():
            for level in self._levels:
                parts = [index[self._key((*atom, pair))] for pair in _pairs(self._sides[level])]
                whole = index[self._key(atom)]
                yield from (Constraint(((whole, 1), (part, -1)), 0, None) for part in parts)
                yield Constraint(((whole, -1), *((part, 1) for part in parts)), 0, None)

    def _sums(self, index: Index, key: Key, total: int) -> Iterator[Constraint]:
        agenda = tuple(pair for pair in sorted(key[1]) if pair[0] in AGENDA_LEVELS)
        names = {name for name, _ in key[1]} - set(AGENDA_LEVELS)
        family = self._crossed if not agenda else self._spokes if self._levels else ()
        if len(agenda) > 1 or not names < set(family):
            return
        parts = [index[self._key((*atom, *agenda))] for atom in self._atoms(family) if key[1] <= {*atom, *agenda}]
        yield Constraint(((total, -1), *((part, 1) for part in parts)), 0, 0)

    def _atoms(self, names: tuple[str, ...]) -> Iterator[tuple[Pair, ...]]:
        return product(*(_pairs(self._sides[name]) for name in names))

    @staticmethod
    def _key(pairs: tuple[Pair, ...]) -> Key:
        return COUNTS, frozenset(pairs)


def _pairs(side: Dimension) -> list[Pair]:
    return [(side.name, category.code) for category in side.categories]


def members_of(key: Key, cells: Mapping[Key, frozenset[Member]]) -> frozenset[Member]:
    """Who is in a crossed cell: whoever is in all of its margins."""
    return frozenset.intersection(*(cells[key[0], frozenset({pair})] for pair in sorted(key[1])))
