"""Moves that a search may make, by what they do to the cells that matter, and in which rooms these may change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from operator import itemgetter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tweeluik.protection.worlds.crowd import Crowd, Prepared
from tweeluik.protection.worlds.demands import Asker, flags_of
from tweeluik.protection.worlds.world import NOBODY, Effect, Known, Move

MOST_ADDED = 1_000
"""More records than ever come."""

A_CHANGE = 8
"""The bytes of one cell in an effect (`Prepared`)."""

Room = tuple[float, float]
"""How far a cell may fall below (zero or less) and rise above what the truth has in it."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A rounded cell that may still turn: its room now, its room at the other multiple, and what that costs."""

    here: Room
    there: Room
    cost: float


@dataclass(frozen=True, slots=True)
class Rooms:
    """Per cell its room (cells that are not in it are free); cells that may be hidden, at a cost; cells that may turn.

    `sums`: what must keep adding up when cells turn: (cell, coefficient), all together zero. `around`: the room that a
    cell keeps as long as it is neither hidden nor turned, where that is more than its number.
    """

    fixed: Mapping[int, Room]
    hideable: Mapping[int, float] = field(default_factory=dict)
    turns: Mapping[int, Turn] = field(default_factory=dict)
    sums: Sequence[tuple[tuple[int, int], ...]] = ()
    around: Mapping[int, Room] = field(default_factory=dict)

    @property
    def bound(self) -> frozenset[int]:
        """The cells of which it matters what happens to them."""
        return frozenset((*self.fixed, *self.hideable, *self.turns))


class Moves:
    """Moves with what they do to the cells that matter; those that do the same, together.

    `alike`: per class the places of its moves in `all`; `members`: these moves; `leaves`: the few (by number) whom its
    records do not look like any more. `class_of`: per place its class; `in_order`: the places, class by class. `rooms`:
    of cells that every move changes alike, as in two versions of one edition, one stands for all; `given`: what they
    were made of. `seated`: the classes that have to do with seats. `cells`, `signs`: the effects of all classes, one
    behind the other; `lengths`, `first`: how long each is, and where it begins.
    """

    def __init__(self, crowd: Crowd[Any], moves: Sequence[Move], rooms: Rooms) -> None:
        self.all, self.given = moves, rooms
        prepared = list(map(crowd.prepared, moves))
        told = _Told(prepared)
        self.rooms = told.once(rooms)
        effects = told.among(self.rooms.bound)
        number: dict[tuple[bytes, int], int] = {}
        class_of = [
            number.setdefault((effect, each.sort), len(number))
            for effect, each in zip(effects, prepared, strict=True)
        ]  # fmt: skip
        places: list[list[int]] = [[] for _ in number]
        for place, group in enumerate(class_of):
            places[group].append(place)
        self.alike: Sequence[Sequence[int]] = places
        self.members = [tuple(moves[i] for i in group) for group in places]
        self.leaves = [prepared[group[0]].leaves for group in places]
        self.class_of: Places = np.array(class_of, dtype=np.intp)
        self.in_order: Places = np.argsort(self.class_of, kind="stable")
        self._sources: Places = np.array([move.source for move in moves], dtype=np.intp)
        self._targets: Places = np.array([move.target for move in moves], dtype=np.intp)
        self._kinds = len(crowd.tokens)
        self._able: Places = np.array([*map(len, crowd.free), MOST_ADDED], dtype=np.intp)  # nobody is the last
        self.seated = [n for n, group in enumerate(self.members) if self.leaves[n] or group[0].few is not None]
        self.lengths: Places = np.array([len(effect) // A_CHANGE for effect, _ in number], dtype=np.intp)
        self.first: Places = np.cumsum(self.lengths) - self.lengths
        changes = np.frombuffer(b"".join(effect for effect, _ in number), dtype=np.int32).reshape(-1, 2)
        self.cells: Places = changes[:, 0].astype(np.intp)
        self.signs: Places = changes[:, 1].astype(np.intp)
        self._crowd = crowd

    @property
    def effects(self) -> list[Effect]:
        """Per move what it does to the cells that matter."""
        ends = zip(self.first.tolist(), (self.first + self.lengths).tolist(), strict=True)
        told = [tuple(zip(self.cells[i:j].tolist(), self.signs[i:j].tolist(), strict=True)) for i, j in ends]
        return [told[group] for group in self.class_of.tolist()]

    def able(self, free: Free) -> Places:
        """Per move (by place) how many records can make it, beside those that somebody knows."""
        found = (self._able - free.staying(self._kinds))[self._sources]
        for kind, where in free.met.items():
            places = np.flatnonzero(self._sources == kind)
            looks, seen = self._looks
            met = [sum(not each.isdisjoint(publications) for publications in where) for each in seen]
            found[places] -= np.array(met, dtype=np.intp)[looks[places]]
        return found

    @cached_property
    def _looks(self) -> tuple[Places, Sequence[frozenset[int]]]:
        """Per move in which publications those who met its record see it: its place among all that there are."""
        number: dict[frozenset[int], int] = {}
        places = [number.setdefault(self._crowd.acquaintance.seen_in(move), len(number)) for move in self.all]
        return np.array(places, dtype=np.intp), tuple(number)

    def many(self, able: Places) -> Places:
        """Per class how many records can make one of its moves."""
        return np.bincount(self.class_of, able, len(self.alike)).astype(np.intp)

    def only_of(self, records: frozenset[int], known: frozenset[int]) -> Sequence[int]:
        """The classes whose moves nobody can make but these records, and perhaps some that are known."""
        others = self._able.copy()
        for record in records.union(known):
            if record not in self._crowd.known:
                others[self._crowd.type_of[record]] -= 1
        found = np.ones(len(self.alike), dtype=np.bool_)
        found[self.class_of[others[self._sources] > 0]] = False
        classes: list[int] = np.flatnonzero(found).tolist()
        return classes

    def within(self, asker: Asker) -> tuple[Places, Places]:
        """Per move (by place) whether its source is in a set (1, else 0), and whether its target is."""
        found = asker.flags(self._kinds).astype(np.intp)
        return found[self._sources], found[self._targets]

    def touched(self, asker: Asker, barred: int) -> NDArray[np.bool_]:
        """The classes with moves from or to types in a set, or types that no record becomes (a bit per type)."""
        near = flags_of(asker.bits | barred, self._kinds)
        found = np.zeros(len(self.alike), dtype=np.bool_)
        found[self.class_of[near[self._sources] | near[self._targets]]] = True
        return found

    def parted(
        self, classes: NDArray[np.bool_], asker: Asker, barred: int, able: Places, coming: Places
    ) -> list[Parted]:
        """The moves of some classes by what they do to a set, as far as any record can make them.

        None that does nothing, and none to types that no record becomes. `coming`: as `able`, of moves into the set.
        """
        before, after = self.within(asker)
        to_barred = flags_of(barred, self._kinds)[self._targets]
        places = self.in_order
        group, change = self.class_of[places], (after - before)[places]
        kept = classes[group] & ((self.lengths[group] > 0) | (change != 0)) & ~to_barred[places]
        places, group, change = places[kept], group[kept], change[kept]
        source = np.where(before[places] > 0, self._sources[places], NOBODY)
        key = (3 * group + change + 1) * (self._kinds + 1) + source + 1
        _, first, which = np.unique(key, return_index=True, return_inverse=True)
        most = np.bincount(which, np.where(change > 0, coming[places], able[places])).astype(np.intp)
        moves: list[list[Move]] = [[] for _ in first]
        for part, place in zip(which.tolist(), places.tolist(), strict=True):
            moves[part].append(self.all[place])
        told = zip(group[first].tolist(), change[first].tolist(), source[first].tolist(), strict=True)
        found = [Parted(*each, alike, n) for each, alike, n in zip(told, moves, most.tolist(), strict=True) if n]
        order = [first[part] for part in np.flatnonzero(most).tolist()]
        return [each for _, each in sorted(zip(order, found, strict=True), key=itemgetter(0))]


@dataclass(frozen=True, slots=True)
class Parted:
    """Moves of one class that do the same to a set: by how many they change it, from which type in it (or nobody's).

    `most`: so many records can make one of them.
    """

    group: int
    change: int
    source: int
    moves: Sequence[Move]
    most: int


Places = NDArray[np.intp]
"""Whole numbers, one for each of some moves, classes or cells."""


class _Told:
    """The effects of moves, one behind the other."""

    def __init__(self, prepared: Sequence[Prepared]) -> None:
        told = np.frombuffer(b"".join(each.effect for each in prepared), dtype=np.int32).reshape(-1, 2)
        self._told, self._cells = told, told[:, 0].astype(np.intp)
        self._lengths: Places = np.array([len(each.effect) // A_CHANGE for each in prepared], dtype=np.intp)

    def once(self, rooms: Rooms) -> Rooms:
        """The same rooms, of cells that all moves change alike as one."""
        place = np.repeat(np.arange(len(self._lengths)), self._lengths)
        order = np.argsort(self._cells, kind="stable")
        cells, begin = np.unique(self._cells[order], return_index=True)
        changes = np.column_stack((place, self._told[:, 1]))[order]
        end = [*begin[1:], len(order)][: len(cells)]
        spans = zip(cells.tolist(), begin, end, strict=True)
        alike = {cell: changes[first:last].tobytes() for cell, first, last in spans}
        first: dict[bytes, int] = {}
        fixed: dict[int, Room] = {}
        for cell, (low, high) in rooms.fixed.items():
            same = first.setdefault(alike.get(cell, b""), cell)
            narrow_low, narrow_high = fixed.get(same, (low, high))
            fixed[same] = max(low, narrow_low), min(high, narrow_high)
        return replace(rooms, fixed=fixed)

    def among(self, cells: frozenset[int]) -> list[bytes]:
        """Per move what it does to some cells."""
        some = np.zeros(1 + max((*cells, self._cells.max(initial=0))), dtype=np.bool_)
        some[list(cells)] = True
        inside = some[self._cells]
        data = self._told[inside].tobytes()
        ends = A_CHANGE * np.concatenate(([0], np.cumsum(inside)))[np.cumsum(self._lengths)]
        begin = 0
        found: list[bytes] = []
        for end in ends.tolist():
            found.append(data[begin:end])
            begin = end
        return found


class Free:
    """How many records may move, beside those that somebody knows.

    `met`: per type of those that somebody met in which publications, record by record.
    """

    def __init__(self, crowd: Crowd[Any], known: Known) -> None:
        self._crowd = crowd
        self._stay = Counter(crowd.type_of[record] for record in known.own if record not in crowd.known)
        self.met: dict[int, list[frozenset[int]]] = {}
        for record, where in known.met.items():
            if record not in known.own and record not in crowd.known:
                self.met.setdefault(crowd.type_of[record], []).append(where)

    def of(self, move: Move) -> int:
        """Records that can make a move."""
        return self.most(move.source) - self.seen(move)

    def seen(self, move: Move) -> int:
        """Records that cannot make a move because whom they met would see it."""
        if move.source not in self.met:
            return 0
        seen = self._crowd.acquaintance.seen_in(move)
        return sum(not seen.isdisjoint(where) for where in self.met[move.source])

    def staying(self, kinds: int) -> Places:
        """Of so many types how many records stay whatever is asked; nobody is the last."""
        found = np.zeros(kinds + 1, dtype=np.intp)
        found[list(self._stay)] = list(self._stay.values())
        return found

    def most(self, kind: int) -> int:
        """Records of a type that can make some move."""
        return MOST_ADDED if kind == NOBODY else len(self._crowd.free[kind]) - self._stay[kind]
