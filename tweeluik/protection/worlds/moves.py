"""Moves that a search may make, by what they do to the cells that matter, and in which rooms these may change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tweeluik.protection.worlds.crowd import Crowd
from tweeluik.protection.worlds.demands import Asker, flags_of
from tweeluik.protection.worlds.world import NOBODY, Effect, Known, Move, Way

MOST_ADDED = 1_000
"""More records than ever come."""

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

    `sums`: what must keep adding up when cells turn: (cell, coefficient), all together zero.
    """

    fixed: Mapping[int, Room]
    hideable: Mapping[int, float] = field(default_factory=dict)
    turns: Mapping[int, Turn] = field(default_factory=dict)
    sums: Sequence[tuple[tuple[int, int], ...]] = ()

    @property
    def bound(self) -> frozenset[int]:
        """The cells of which it matters what happens to them."""
        return frozenset((*self.fixed, *self.hideable, *self.turns))


class Moves:
    """Moves with what they do to the cells that matter; those that do the same, together.

    `alike`: per class the places of its moves in `all`; `members`: these moves; `leaves`: the few (by number) whom its
    records do not look like any more. `class_of`: per place its class. `rooms`: of cells that every move changes alike,
    as in two versions of one edition, one stands for all; `given`: what they were made of. `seated`: the classes that
    have to do with seats. `cells`, `signs`: the effects of all classes, one behind the other; `lengths`, `first`: how
    long each is, and where it begins.
    """

    def __init__(self, crowd: Crowd[Any], moves: Sequence[Move], rooms: Rooms) -> None:
        self.all, self.given, self.rooms = moves, rooms, _told_once(moves, rooms)
        bound = self.rooms.bound
        self.effects: list[Effect] = [tuple([each for each in move.effect if each[0] in bound]) for move in moves]
        class_of: list[int] = []
        self._from: dict[int, dict[int, list[Move]]] = {}
        self._inside: dict[int, tuple[Asker, Places]] = {}
        number: dict[tuple[Effect, int | None, Way | None, tuple[int, ...]], int] = {}
        places: list[list[int]] = []
        self.leaves: list[tuple[int, ...]] = []
        for i, (move, effect) in enumerate(zip(moves, self.effects, strict=True)):
            leaves = crowd.leaves(move)
            group = number.setdefault((effect, move.few, move.way, leaves), len(number))
            if group == len(places):
                places.append([])
                self.leaves.append(leaves)
            places[group].append(i)
            class_of.append(group)
            self._from.setdefault(move.source, {}).setdefault(group, []).append(move)
        self.alike: Sequence[Sequence[int]] = places
        self.members = [tuple(moves[i] for i in group) for group in places]
        self.class_of: Places = np.array(class_of, dtype=np.intp)
        self._sources: Places = np.array([move.source for move in moves], dtype=np.intp)
        self._targets: Places = np.array([move.target for move in moves], dtype=np.intp)
        self._kinds = len(crowd.tokens)
        self._able: Places = np.array([*map(len, crowd.free), MOST_ADDED], dtype=np.intp)  # nobody is the last
        effects = [self.effects[group[0]] for group in places]
        self.seated = [n for n, group in enumerate(self.members) if self.leaves[n] or group[0].few is not None]
        self.lengths: Places = np.array([len(each) for each in effects], dtype=np.intp)
        self.first: Places = np.cumsum(self.lengths) - self.lengths
        told = np.array(list(chain.from_iterable(effects)), dtype=np.intp).reshape(-1, 2)
        self.cells, self.signs = told[:, 0], told[:, 1]
        self._crowd = crowd
        free = Free(crowd, Known())
        self._many: Places = np.array([sum(map(free.of, group)) for group in self.members], dtype=np.intp)

    def many(self, known: Known, free: Free) -> Places:
        """Per class how many records can make one of its moves; `free`: which these are beside the known ones."""
        stay = free.staying(self._kinds)[self._sources]
        found = self._many - np.bincount(self.class_of, stay, len(self.alike)).astype(np.intp)
        for kind in {self._crowd.type_of[record] for record in known.met}:
            for group, moves in self._from.get(kind, {}).items():
                found[group] -= sum(map(free.seen, moves))
        return found

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
        found = self._inside.get(id(asker))
        if found is None:
            found = self._inside[id(asker)] = asker, asker.flags(self._kinds).astype(np.intp)
        return found[1][self._sources], found[1][self._targets]

    def touched(self, asker: Asker, barred: int) -> NDArray[np.bool_]:
        """The classes with moves from or to types in a set, or types that no record becomes (a bit per type)."""
        near = flags_of(asker.bits | barred, self._kinds)
        found = np.zeros(len(self.alike), dtype=np.bool_)
        found[self.class_of[near[self._sources] | near[self._targets]]] = True
        return found


Places = NDArray[np.intp]
"""Whole numbers, one for each of some moves, classes or cells."""


def _told_once(moves: Sequence[Move], rooms: Rooms) -> Rooms:
    """The same rooms, of cells that all moves change alike as one."""
    told = np.array(list(chain.from_iterable(move.effect for move in moves)), dtype=np.intp).reshape(-1, 2)
    place = np.repeat(np.arange(len(moves)), [len(move.effect) for move in moves])
    order = np.argsort(told[:, 0], kind="stable")
    cells, begin = np.unique(told[order, 0], return_index=True)
    changes = np.column_stack((place, told[:, 1]))[order]
    end = [*begin[1:], len(order)][: len(cells)]
    alike = {cell: changes[first:last].tobytes() for cell, first, last in zip(cells.tolist(), begin, end, strict=True)}
    first: dict[bytes, int] = {}
    fixed: dict[int, Room] = {}
    for cell, (low, high) in rooms.fixed.items():
        same = first.setdefault(alike.get(cell, b""), cell)
        narrow_low, narrow_high = fixed.get(same, (low, high))
        fixed[same] = max(low, narrow_low), min(high, narrow_high)
    return replace(rooms, fixed=fixed)


class Free:
    """How many records may move, beside those that somebody knows."""

    def __init__(self, crowd: Crowd[Any], known: Known) -> None:
        self._crowd = crowd
        self._stay = Counter(crowd.type_of[record] for record in known.own if record not in crowd.known)
        self._met: dict[int, list[frozenset[int]]] = {}
        for record, where in known.met.items():
            if record not in known.own and record not in crowd.known:
                self._met.setdefault(crowd.type_of[record], []).append(where)

    def of(self, move: Move) -> int:
        """Records that can make a move."""
        return self.most(move.source) - self.seen(move)

    def seen(self, move: Move) -> int:
        """Records that cannot make a move because whom they met would see it."""
        if move.source not in self._met:
            return 0
        seen = self._crowd.seen_in(move)
        return sum(not seen.isdisjoint(where) for where in self._met[move.source])

    def staying(self, kinds: int) -> NDArray[np.float64]:
        """Of so many types how many records stay whatever is asked; nobody is the last."""
        found = np.zeros(kinds + 1)
        found[list(self._stay)] = list(self._stay.values())
        return found

    def most(self, kind: int) -> int:
        """Records of a type that can make some move."""
        return MOST_ADDED if kind == NOBODY else len(self._crowd.free[kind]) - self._stay[kind]
