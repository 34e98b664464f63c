"""Which worlds fit: everything ever published, and what an attacker knows of himself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from tweeluik.checks.audit.counting import EMPTY, OF_PARTNERS, Counting, Flags
from tweeluik.checks.audit.published import Edition, Table
from tweeluik.checks.audit.questions import OUTSIDER, Memory
from tweeluik.checks.audit.reality import Agenda, Reality
from tweeluik.checks.audit.system import read_bounds
from tweeluik.checks.audit.worlds import Pair, Publication, Unit
from tweeluik.record.cell import Codes


def agreeing(counting: Counting, edition: Edition, table: Table) -> Mapping[Codes, Flags]:
    """Per cell of a table, the worlds whose number is the one that is shown, or lies in its window."""
    found: dict[Codes, Flags] = {}
    for codes, counts in counting.tabulate(edition, table).items():
        bounds = read_bounds(table.cells[codes], edition.base)
        found[codes] = (counts >= bounds.least) & (bounds.most is None or counts <= bounds.most)
    return found


def fitting(counting: Counting, editions: Sequence[Edition], agenda: Agenda) -> Flags:
    """Per world whether it gives everything published and could be a real source. The truth is only counted."""
    fits = np.ones(counting.size, dtype=bool)
    for edition in editions:
        for table in edition.tables:
            for flags in agreeing(counting, edition, table).values():
                fits &= flags
    reality = Reality(editions, agenda)
    for world in range(1, counting.size):
        fits[world] = fits[world] and _keeps_holdings(counting, world) and reality.holds(counting, world)
    return fits


def _keeps_holdings(counting: Counting, world: int) -> bool:
    """Who counts as one with whom is as it truly is, wherever it is known."""
    for (publication, name), unit in counting.worlds[world - 1].units.items():
        if unit is not None and unit.holding not in counting.holdings_of(publication, name):
            return False
    return True


class Attackers:
    """Everybody who attacks, and per world and attacker whether it leaves alone all that he knows.

    The first is the outsider: he knows the organisations that are named, as far as his `memory` goes. Every holding
    knows that too; all its own records, and that it has no others; who else sat at its tables, and what they talked
    about. A world that touches none of this contains exactly what he knows.
    """

    def __init__(self, counting: Counting, memory: Memory) -> None:
        self._counting, self._memory = counting, memory
        units = [unit for records in counting.truth.values() for unit in records.units.values()]
        talks = [talk for records in counting.truth.values() for talk in records.talks.values()]
        holdings = {unit.holding for unit in units}.union(*(talk.holdings for talk in talks))
        self.names = (OUTSIDER, *sorted(holdings))
        self.place = {name: i for i, name in enumerate(self.names)}
        self._named = frozenset(
            (key, name) for key, records in counting.truth.items() for name, unit in records.units.items() if unit.named
        )
        self._ever = frozenset(name for _, name in self._named)
        self.untouched = np.ones((counting.size, len(self.names)), dtype=bool)
        for world in range(1, counting.size):
            self._touch(world)

    def known(self, about: frozenset[Publication]) -> frozenset[str]:
        """The organisations that everybody knows in these publications, by id."""
        if self._memory is Memory.EVER:
            return self._ever
        unnamed = {
            name
            for key in about
            for name, unit in self._counting.truth.get(key, EMPTY).units.items()
            if not unit.named
        }  # fmt: skip
        return frozenset(name for key, name in self._named if key in about) - unnamed

    def _touch(self, world: int) -> None:
        counting = self._counting
        for publication, name in counting.worlds[world - 1].units:
            if (publication, name) in self._named or (self._memory is Memory.EVER and name in self._ever):
                self.untouched[world] = False
                return
            for unit in (counting.unit(0, publication, name), counting.unit(world, publication, name)):
                self._disturb(world, () if unit is None else (unit.holding,))
            if self._looks_otherwise(world, publication, name):
                for talk in counting.talks_with(publication, name):
                    self._disturb(world, talk.holdings)
        for publication, name in counting.worlds[world - 1].talks:
            for talk_or_none in (counting.talk(0, publication, name), counting.talk(world, publication, name)):
                self._disturb(world, () if talk_or_none is None else talk_or_none.holdings)

    def _disturb(self, world: int, holdings: Iterable[str]) -> None:
        for holding in holdings:
            if holding in self.place:
                self.untouched[world, self.place[holding]] = False

    def _looks_otherwise(self, world: int, publication: Publication, name: str) -> bool:
        """Whether those who sat with an organisation know that it is not so."""
        true, other = (_traits(self._counting.unit(each, publication, name)) for each in (0, world))
        return true != other


def acquainted(true: Counting, place: Mapping[str, int]) -> Flags:
    """Per attacker (a row at his place) and organisation, whether it is his own or sat at a table with him."""
    found = np.zeros((len(place), len(true.units.names)), dtype=bool)
    for records in true.truth.values():
        for name, unit in records.units.items():
            found[place[unit.holding], true.units.place[name]] = True
        for talk in records.talks.values():
            rows = [place[each] for each in talk.holdings]
            found[np.ix_(rows, [true.units.place[each] for each in talk.units])] = True
    return found


def _traits(unit: Unit | None) -> frozenset[Pair] | None:
    return None if unit is None else frozenset(pair for pair in unit.codes if pair[0] in OF_PARTNERS)
