"""What every reader knows about how published cells hang together: one linked system over all editions.

Partition dimensions add up. Multi-valued ones only bound: a category is at most the total, the total at most their sum.
Pillars, themes and measures bound each other likewise. Two categories of so many records in all must overlap. A
conversation with a kind of partner needs such a partner. Worked out from the labels of `release.json` alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations

from tweeluik.checks.audit.published import Edition, Key, Table
from tweeluik.checks.audit.system import Bounds, Published, Relation, read_bounds
from tweeluik.problems import Place, Problem
from tweeluik.record.cell import TOTAL, Codes

LEVELS = ("pillar", "theme", "measure")
"""The agenda's dimensions, from coarse to fine."""

OF_PARTNERS = frozenset({"kind", "region", "first_year"})
"""Dimensions in which a conversation has the categories of its partners."""

MANY = 10_000
"""More conversations than any organisation can have in an edition: only its being finite matters."""


def link(
    editions: Iterable[Edition], agenda: Iterable[tuple[str, str, str]] = ()
) -> tuple[Published, tuple[Problem, ...]]:
    """The linked system, and where tables contradict each other about one cell.

    `agenda`: (level, code, code one level up) for what the records do not tell themselves.
    """
    linker, editions = _Linker(), tuple(editions)
    for edition in editions:
        for table in edition.tables:
            linker.take(edition, table)
    for edition in editions:
        for table in edition.tables:
            linker.relate(edition, table)
    linker.relate_levels(editions, {(level, code): parent for level, code, parent in agenda})
    linker.relate_conversations()
    bounds = tuple(linker.bounds)
    hidden = tuple(linker.statuses[key] == "suppressed" for key in linker.index)
    published = Published(tuple(linker.index), bounds, hidden, tuple(linker.relations), linker.index)
    return published, tuple(linker.problems)


class _Linker:
    def __init__(self) -> None:
        self.index: dict[Key, int] = {}
        self.bounds: list[Bounds] = []
        self.statuses: dict[Key, str] = {}
        self.relations: dict[Relation, None] = {}
        self.problems: list[Problem] = []
        self._edition_of: list[str] = []

    def take(self, edition: Edition, table: Table) -> None:
        for codes, cell in table.cells.items():
            key, bounds = edition.key(table, codes), read_bounds(cell, edition.base)
            if self.index.setdefault(key, len(self.bounds)) == len(self.bounds):
                self.bounds.append(bounds)
                self._edition_of.append(edition.id)
                self.statuses[key] = cell.status
                continue
            both = self.bounds[self.index[key]].within(bounds)
            if self.statuses[key] != cell.status or not both.possible:
                place = Place(f"{edition.folder}/release.json")
                what = f"cell {', '.join(codes)} of table {table.id} differs from the same cell in another table"
                self.problems.append(Problem(place, "", what))
            else:
                self.bounds[self.index[key]] = both

    # --- inside one table ---------------------------------------------------------------------------------------------

    def relate(self, edition: Edition, table: Table) -> None:
        for axis, side in enumerate(table.sides):
            for line in (codes for codes in table.cells if codes[axis] == TOTAL):
                total = self.index[edition.key(table, line)]
                parts = [self.index[edition.key(table, _at(line, axis, code))] for code in side.labels]
                self._add_up(total, parts) if side.partition else self._bound(total, parts)
        for axes in combinations((i for i, side in enumerate(table.sides) if not side.partition), 2):
            self._cross(edition, table, axes)

    def _add_up(self, total: int, parts: list[int]) -> None:
        self._note({total: -1, **dict.fromkeys(parts, 1)}, equal=True)

    def _bound(self, total: int, parts: list[int]) -> None:
        for part in parts:
            self._note({total: 1, part: -1})
        self._note({total: -1, **dict.fromkeys(parts, 1)})

    def _cross(self, edition: Edition, table: Table, axes: tuple[int, int]) -> None:
        one, other = axes
        for codes in table.cells:
            if TOTAL not in (codes[one], codes[other]):
                rows, columns = _at(codes, other, TOTAL), _at(codes, one, TOTAL)
                corners = (codes, rows, columns, _at(rows, one, TOTAL))
                both, row, column, everyone = (self.index[edition.key(table, each)] for each in corners)
                self._note({both: 1, row: -1, column: -1, everyone: 1})
        for axis, along in (axes, axes[::-1]):
            for line in (codes for codes in table.cells if codes[along] == TOTAL != codes[axis]):
                self._cover(edition, table, line, axis, along)

    def _cover(self, edition: Edition, table: Table, line: Codes, axis: int, along: int) -> None:
        """Whoever of all is not in this line is in at least one category along it."""
        everyone, terms = _at(line, axis, TOTAL), Counter[int]()
        for codes, sign in ((line, 1), (everyone, -1)):
            terms[self.index[edition.key(table, codes)]] += sign
            for code in table.sides[along].labels:
                terms[self.index[edition.key(table, _at(codes, along, code))]] -= sign
        self._note({i: times for i, times in terms.items() if times})

    def _note(self, terms: dict[int, int], *, equal: bool = False) -> None:
        self.relations.setdefault(Relation(tuple(sorted(terms.items())), equal))

    # --- between tables -----------------------------------------------------------------------------------------------

    def relate_levels(self, editions: tuple[Edition, ...], agenda: Mapping[tuple[str, str], str]) -> None:
        parents = {edition.id: {**agenda, **_parents(edition)} for edition in editions}
        children: dict[tuple[int, str], list[int]] = {}
        for key, low in self.index.items():
            edition, counts, pairs = key
            for level, code in _agenda(pairs):
                for coarse, ancestor in _ancestors(parents[edition], level, code):
                    above = (edition, counts, pairs - {(level, code)} | {(coarse, ancestor)})
                    if (coarse, ancestor) in pairs:
                        self._same(low, (edition, counts, pairs - {(coarse, ancestor)}))
                    elif above in self.index:
                        self._note({self.index[above]: 1, low: -1})
                        children.setdefault((self.index[above], level), []).append(low)
        whole = _whole_levels(editions, parents)
        for (high, level), lows in children.items():
            if (self._edition_of[high], level) in whole:
                self._note({high: -1, **dict.fromkeys(lows, 1)})

    def _same(self, low: int, wider: Key) -> None:
        """Whoever is in a theme is in its pillar: with or without the pillar it is the same cell."""
        if wider in self.index:
            self._note({low: 1, self.index[wider]: -1}, equal=True)

    def relate_conversations(self) -> None:
        for (edition, counts, pairs), talks in self.index.items():
            partners = self.index.get((edition, "partners", pairs))
            if counts == "conversations" and partners is not None and {name for name, _ in pairs} <= OF_PARTNERS:
                self._note({partners: MANY, talks: -1})


def _at(codes: Codes, axis: int, code: str) -> Codes:
    return (*codes[:axis], code, *codes[axis + 1 :])


def _agenda(pairs: frozenset[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    return (pair for pair in sorted(pairs) if pair[0] in LEVELS[1:])


def _parents(edition: Edition) -> dict[tuple[str, str], str]:
    """(level, code) -> code one level up, as the edition's own record tells."""
    sides = (side for table in edition.tables for side in table.sides)
    return {(side.name, code): parent for side in sides for code, parent in side.parents.items()}


def _ancestors(parents: dict[tuple[str, str], str], level: str, code: str) -> Iterator[tuple[str, str]]:
    """(level, code) of everything above a theme or measure, nearest first."""
    for coarse in reversed(LEVELS[: LEVELS.index(level)]):
        if (level, code) not in parents:
            return
        code = parents[level, code]
        level = coarse
        yield level, code


def _whole_levels(
    editions: tuple[Edition, ...], parents: dict[str, dict[tuple[str, str], str]]
) -> frozenset[tuple[str, str]]:
    """(edition, level) where everything above every code is known, so that no child of a parent is overlooked."""
    sides = [(edition.id, side) for edition in editions for table in edition.tables for side in table.sides]
    known = {(name, side.name): True for name, side in sides if side.name in LEVELS[1:]}
    for name, side in sides:
        if side.name in LEVELS[1:]:
            above = LEVELS.index(side.name)
            full = all(len(list(_ancestors(parents[name], side.name, code))) == above for code in side.labels)
            known[name, side.name] &= full
    return frozenset(each for each, full in known.items() if full)
