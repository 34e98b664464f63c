"""Tabulation: all worlds at once, counted from their bare records by published labels alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from tweeluik.checks.audit.published import Edition, Table
from tweeluik.checks.audit.questions import Among, Expression, Label, every
from tweeluik.checks.audit.worlds import Pair, Publication, Records, Talk, Truth, Unit, World
from tweeluik.record.cell import TOTAL, Codes

Flags = NDArray[np.bool_]
"""Per world (the true one first) and record, or per record alone, whether something holds."""

Counts = NDArray[np.int64]

OF_PARTNERS = ("kind", "region", "first_year")
"""Dimensions in which a conversation has the categories of its partners."""

EMPTY = Records({}, {})

R = TypeVar("R", Unit, Talk)


def expression(publication: Publication, table: Table, codes: Codes) -> Expression:
    """The records that a cell counts, in published labels."""
    sides = zip(table.sides, codes, strict=True)
    pairs = tuple((side.name, code) for side, code in sides if code != TOTAL)
    labels = tuple(Label(publication, pair) for pair in pairs)
    return every(*labels) if len(labels) > 1 else labels[0] if labels else Label(publication)


class Counting:
    """The truth and some worlds, ready to be counted. World 0 is the truth; the worlds follow in their order."""

    def __init__(self, truth: Truth, worlds: Sequence[World] = ()) -> None:
        self.truth, self.worlds = truth, tuple(worlds)
        self.units = _Crowd({key: records.units for key, records in truth.items()}, [world.units for world in worlds])
        self.talks = _Crowd({key: records.talks for key, records in truth.items()}, [world.talks for world in worlds])
        self._labels: dict[tuple[str, Label], Flags] = {}

    @property
    def size(self) -> int:
        """How many worlds there are, the true one included."""
        return 1 + len(self.worlds)

    # --- sets ---------------------------------------------------------------------------------------------------------

    def members(self, counts: str, of: Expression) -> Flags:
        """Which records are in a set, per world."""
        if isinstance(of, Among):
            return self._among(counts, of)
        key = (counts, of)
        if key not in self._labels:
            self._labels[key] = self._label(counts, of)
        return self._labels[key]

    def _among(self, counts: str, of: Among) -> Flags:
        parts = [self.members(counts, part) for part in of.parts]
        if of.least == of.most == len(parts):
            return np.logical_and.reduce(parts) if len(parts) > 2 else parts[0] & parts[-1]  # noqa: PLR2004
        if of.most == 0:
            return ~(np.logical_or.reduce(parts) if len(parts) > 1 else parts[0])
        number = np.sum(parts, axis=0)
        return np.asarray((number >= of.least) & (number <= of.most))

    def _label(self, counts: str, of: Label) -> Flags:
        if counts == "partners":
            return self.units.flags(of.publication, lambda unit: of.pair is None or of.pair in unit.codes)
        if of.pair is None or of.pair[0] not in OF_PARTNERS:
            return self.talks.flags(of.publication, lambda talk: of.pair is None or of.pair in talk.codes)
        return self._of_partners(of.publication, of.pair)

    def _of_partners(self, publication: Publication, pair: Pair) -> Flags:
        """Conversations with a partner in a category: where a partner differs, its conversations do."""
        true = self.truth.get(publication, EMPTY).units
        flags = self.talks.flags(
            publication, lambda talk: any(pair in true[unit].codes for unit in talk.units if unit in true)
        ).copy()
        for world, place, talk in self.disturbed(publication):
            there = (self.unit(world, publication, unit) for unit in talk.units)
            flags[world, place] = any(unit is not None and pair in unit.codes for unit in there)
        return flags

    # --- records ------------------------------------------------------------------------------------------------------

    def unit(self, world: int, publication: Publication, name: str) -> Unit | None:
        """An organisation of a publication, as it is in a world."""
        true = self.truth.get(publication, EMPTY).units.get(name)
        return self.worlds[world - 1].units.get((publication, name), true) if world else true

    def talk(self, world: int, publication: Publication, name: str) -> Talk | None:
        """A conversation of a publication, as it is in a world."""
        true = self.truth.get(publication, EMPTY).talks.get(name)
        return self.worlds[world - 1].talks.get((publication, name), true) if world else true

    def disturbed(self, publication: Publication) -> Iterator[tuple[int, int, Talk]]:
        """(world, place, conversation) of those that differ, or that a partner who differs took part in."""
        for number, world in enumerate(self.worlds, start=1):
            names = {name for key, name in world.talks if key == publication}
            for key, unit in world.units:
                if key == publication:
                    names.update(self._attended.get((publication, unit), ()))
            for name in sorted(names):
                talk = self.talk(number, publication, name)
                if talk is not None:
                    yield number, self.talks.place[name], talk

    @cached_property
    def _attended(self) -> Mapping[tuple[Publication, str], Sequence[str]]:
        """Per organisation of a publication its conversations there, in the truth."""
        found: dict[tuple[Publication, str], list[str]] = {}
        for publication, records in self.truth.items():
            for name, talk in records.talks.items():
                for unit in talk.units:
                    found.setdefault((publication, unit), []).append(name)
        return found

    # --- cells --------------------------------------------------------------------------------------------------------

    def tabulate(self, edition: Edition, table: Table) -> Mapping[Codes, Counts]:
        """Per cell its number in every world."""
        return {
            codes: self.members(table.counts, expression(edition.publication, table, codes)).sum(axis=1)
            for codes in table.cells
        }


class _Crowd(Generic[R]):
    """The records of one kind in all publications and worlds; `place` is where each id stands."""

    def __init__(
        self,
        truth: Mapping[Publication, Mapping[str, R]],
        worlds: Sequence[Mapping[tuple[Publication, str], R | None]],
    ) -> None:
        true = {name for records in truth.values() for name in records}
        names = true | {name for world in worlds for _, name in world}
        self.names = tuple(sorted(names))
        self.place = {name: i for i, name in enumerate(self.names)}
        self._truth: Mapping[Publication, Mapping[str, R]] = truth
        self._shape = (1 + len(worlds), len(names))
        self._changes: dict[Publication, list[tuple[int, int, R | None]]] = {}
        for number, world in enumerate(worlds, start=1):
            for (publication, name), record in world.items():
                self._changes.setdefault(publication, []).append((number, self.place[name], record))

    def flags(self, publication: Publication, holds: Callable[[R], bool]) -> Flags:
        """Per world, which records of a publication something holds of. Not to be written to."""
        true = np.zeros(self._shape[1], dtype=bool)
        places = [self.place[name] for name, record in self._truth.get(publication, {}).items() if holds(record)]
        true[places] = True
        everywhere = np.broadcast_to(true, self._shape)
        changes = self._changes.get(publication, ())
        if not changes:
            return everywhere
        flags, (worlds, at, records) = everywhere.copy(), zip(*changes, strict=True)
        flags[worlds, at] = [record is not None and holds(record) for record in records]
        return flags
