"""Which worlds fit: everything ever published, and what an attacker knows of himself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from tweeluik.checks.audit.counting import EMPTY, OF_PARTNERS, Counting
from tweeluik.checks.audit.crowd import Flags
from tweeluik.checks.audit.published import Edition, Table
from tweeluik.checks.audit.questions import OUTSIDER, Memory
from tweeluik.checks.audit.reality import Agenda, Reality
from tweeluik.checks.audit.system import read_bounds
from tweeluik.checks.audit.worlds import Pair, Publication, Truth, Unit, World
from tweeluik.record.cell import Codes

Crowds = int
"""A set of attackers, as bits; the outsider is the first."""


def agreeing(counting: Counting, edition: Edition, table: Table) -> Mapping[Codes, Flags]:
    """Per cell of a table, the worlds whose number is the one that is shown, or lies in its window."""
    found: dict[Codes, Flags] = {}
    for codes, counts in counting.tabulate(edition, table).items():
        bounds = read_bounds(table.cells[codes], edition.base)
        found[codes] = (
            counts >= bounds.least if bounds.most is None else (counts >= bounds.least) & (counts <= bounds.most)
        )
    return found


class Real:
    """Which worlds of one truth could be a real source, whatever the numbers in the tables are; each is asked once."""

    def __init__(self, editions: Sequence[Edition], agenda: Agenda) -> None:
        self._reality = Reality(editions, agenda)
        self._found: dict[int, tuple[World, bool]] = {}

    def __call__(self, counting: Counting, world: int) -> bool:
        """Whether a world could be."""
        told = counting.worlds[world - 1]
        known = self._found.get(id(told))
        if known is None:
            known = self._found[id(told)] = told, self._reality.holds(counting, world)
        return known[1]


def fitting(counting: Counting, editions: Sequence[Edition], real: Real) -> list[bool]:
    """Per world whether it gives everything published and could be a real source. The truth is only counted."""
    agree = np.ones(counting.size, dtype=np.bool_)
    for edition in editions:
        for table in edition.tables:
            for flags in agreeing(counting, edition, table).values():
                agree &= flags
    return [
        agrees and (not world or (_keeps_holdings(counting, world) and real(counting, world)))
        for world, agrees in enumerate(agree.tolist())
    ]


def _keeps_holdings(counting: Counting, world: int) -> bool:
    """Who counts as one with whom is as it truly is, wherever it is known."""
    for (publication, name), unit in counting.worlds[world - 1].units.items():
        if unit is not None and unit.holding not in counting.holdings_of(publication, name):
            return False
    return True


class Insiders:
    """Every holding, and the outsider, who is the first; per world who knows by his own records that it is not so.

    `seen`: of worlds of the same truth that were looked at before, who does.
    """

    def __init__(self, counting: Counting, seen: dict[int, tuple[World, Crowds]] | None = None) -> None:
        self._counting, self._seen = counting, {} if seen is None else seen
        units = [unit for records in counting.truth.values() for unit in records.units.values()]
        talks = [talk for records in counting.truth.values() for talk in records.talks.values()]
        holdings = {unit.holding for unit in units}.union(*(talk.holdings for talk in talks))
        self.names = (OUTSIDER, *sorted(holdings))
        self.place = {name: i for i, name in enumerate(self.names)}
        self._owners = owners_of(counting.truth, self.place)
        self.touched: Sequence[Crowds] = [0, *map(self._touched_once, range(1, counting.size))]

    def _touched_once(self, world: int) -> Crowds:
        told = self._counting.worlds[world - 1]
        known = self._seen.get(id(told))
        if known is None:
            known = self._seen[id(told)] = told, self._touched(world)
        return known[1]

    def _touched(self, world: int) -> Crowds:
        """Who knows that a world, other than the true one, is not so."""
        counting, found = self._counting, 0
        for publication, name in counting.worlds[world - 1].units:
            for unit in (counting.unit(0, publication, name), counting.unit(world, publication, name)):
                found |= self._of(() if unit is None else (unit.holding,))
            found |= self._owners.of(name)
            if self._looks_otherwise(world, publication, name):
                found |= self._of(h for talk in counting.talks_with(publication, name) for h in talk.holdings)
        for publication, name in counting.worlds[world - 1].talks:
            for talk in (counting.talk(0, publication, name), counting.talk(world, publication, name)):
                found |= self._of(() if talk is None else talk.holdings)
        return found

    def _of(self, holdings: Iterable[str]) -> Crowds:
        found = 0
        for holding in holdings:
            found |= 1 << self.place[holding] if holding in self.place else 0
        return found

    def _looks_otherwise(self, world: int, publication: Publication, name: str) -> bool:
        """Whether those who sat with an organisation know that it is not so."""
        true, other = (_traits(self._counting.unit(each, publication, name)) for each in (0, world))
        return true != other


class Attackers:
    """Everybody who attacks, and per world and attacker whether it leaves alone all that he knows.

    The first is the outsider: he knows the organisations that are named, as far as his `memory` goes. Every holding
    knows that too; all its own records, and that it has no others; who else sat at its tables, and what they talked
    about. A world that touches none of this contains exactly what he knows. An organisation that went from one holding
    to another knows itself in all years: its records are own ones of both.
    """

    def __init__(self, counting: Counting, memory: Memory, insiders: Insiders | None = None) -> None:
        insiders = insiders or Insiders(counting)
        self._counting, self._memory = counting, memory
        self.names, self.place = insiders.names, insiders.place
        self._named = frozenset(
            (key, name) for key, records in counting.truth.items() for name, unit in records.units.items() if unit.named
        )
        self._ever = frozenset(name for _, name in self._named)
        self._told: dict[Crowds, tuple[str, ...]] = {}
        self.everybody: Crowds = (1 << len(self.names)) - 1
        self.untouched = [
            0 if world and self._touches_named(world) else self.everybody & ~touched
            for world, touched in enumerate(insiders.touched)
        ]

    def _touches_named(self, world: int) -> bool:
        """Whether somebody whom everybody knows by name is otherwise."""
        return any(
            (publication, name) in self._named or (self._memory is not Memory.HERE and name in self._ever)
            for publication, name in self._counting.worlds[world - 1].units
        )

    def names_in(self, attackers: Crowds) -> tuple[str, ...]:
        """The attackers in a set."""
        if attackers not in self._told:
            self._told[attackers] = tuple(name for i, name in enumerate(self.names) if attackers >> i & 1)
        return self._told[attackers]

    def known(self, about: frozenset[Publication]) -> frozenset[str]:
        """The organisations that everybody knows in these publications, by id."""
        if self._memory is not Memory.HERE:
            return self._ever
        unnamed = {
            name
            for key in about
            for name, unit in self._counting.truth.get(key, EMPTY).units.items()
            if not unit.named
        }  # fmt: skip
        return frozenset(name for key, name in self._named if key in about) - unnamed


class Known:
    """Per organisation the attackers who know it, each by its place; put together when somebody asks.

    Of a hundred thousand organisations at once, with a bit for every attacker, they would take gigabytes.
    """

    def __init__(self) -> None:
        self._by: dict[str, set[int]] = {}
        self._put: dict[str, Crowds] = {}

    def add(self, name: str, places: Iterable[int]) -> None:
        """Some attackers who know an organisation."""
        self._by.setdefault(name, set()).update(places)

    def of(self, name: str) -> Crowds:
        """Who knows an organisation."""
        if name not in self._put:
            self._put[name] = sum(1 << place for place in self._by.get(name, ()))
        return self._put[name]


def owners_of(truth: Truth, place: Mapping[str, int]) -> Known:
    """Per organisation whose it is."""
    owners = Known()
    for records in truth.values():
        for name, unit in records.units.items():
            owners.add(name, (place[unit.holding],))
    return owners


def acquainted(true: Counting, place: Mapping[str, int]) -> Known:
    """Per organisation who knows of it by himself: it is his own, or sat at a table with him."""
    met = owners_of(true.truth, place)
    for records in true.truth.values():
        for talk in records.talks.values():
            table = [place[holding] for holding in talk.holdings]
            for name in talk.units:
                met.add(name, table)
    return met


def _traits(unit: Unit | None) -> frozenset[Pair] | None:
    return None if unit is None else frozenset(pair for pair in unit.codes if pair[0] in OF_PARTNERS)
