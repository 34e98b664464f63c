"""Moves that a search may make, by what they do to the cells that matter, and in which rooms these may change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from tweeluik.protection.worlds.crowd import Crowd
from tweeluik.protection.worlds.demands import Asker
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

    def binds(self, cell: int) -> bool:
        """Whether what happens to a cell matters."""
        return cell in self.fixed or cell in self.hideable or cell in self.turns


class Moves:
    """Moves with what they do to the cells that matter; those that do the same, together.

    `alike`: per class the places of its moves in `all`; `members`: these moves; `leaves`: the few (by number) whom its
    records do not look like any more. `class_of`: per place its class. `rooms`: of cells that every move changes alike,
    as in two versions of one edition, one stands for all; `given`: what they were made of.
    """

    def __init__(self, crowd: Crowd[Any], moves: Sequence[Move], rooms: Rooms) -> None:
        self.all, self.given, self.rooms = moves, rooms, _told_once(moves, rooms)
        binds = self.rooms.binds
        self.effects: list[Effect] = [tuple(each for each in move.effect if binds(each[0])) for move in moves]
        self.class_of: list[int] = []
        self._from: dict[int, dict[int, list[Move]]] = {}
        self._touching: dict[int, list[int]] = {}
        self._changing: dict[int, tuple[Asker, dict[int, int]]] = {}
        number: dict[tuple[Effect, int | None, Way | None, tuple[int, ...]], int] = {}
        places: list[list[int]] = []
        self.leaves: list[tuple[int, ...]] = []
        for i, (move, effect) in enumerate(zip(moves, self.effects, strict=True)):
            self._touching.setdefault(move.source, []).append(i)
            self._touching.setdefault(move.target, []).append(i)
            leaves = crowd.leaves(move)
            group = number.setdefault((effect, move.few, move.way, leaves), len(number))
            if group == len(places):
                places.append([])
                self.leaves.append(leaves)
            places[group].append(i)
            self.class_of.append(group)
            self._from.setdefault(move.source, {}).setdefault(group, []).append(move)
        self.alike: Sequence[Sequence[int]] = places
        self.members = [tuple(moves[i] for i in group) for group in places]
        self._crowd = crowd
        self._free = Free(crowd, Known())
        self._many = [sum(map(self._free.of, group)) for group in self.members]

    def many(self, known: Known, free: Free) -> Sequence[int]:
        """Per class how many records can make one of its moves; `free`: which these are beside the known ones."""
        found = list(self._many)
        for kind in {self._crowd.type_of[record] for record in known.all}:
            for group, moves in self._from.get(kind, {}).items():
                found[group] -= sum(self._free.of(move) - free.of(move) for move in moves)
        return found

    def touching(self, kind: int) -> Iterable[int]:
        """The places of the moves from and to a type."""
        return self._touching.get(kind, ())

    def changing(self, asker: Asker) -> Mapping[int, int]:
        """Per move (its place) that makes a set larger or smaller by how many."""
        found = self._changing.get(id(asker))
        if found is None:
            near = {i for kind in asker.types for i in self._touching.get(kind, ()) if kind != NOBODY}
            change = {i: asker.of_move(self.all[i].source, self.all[i].target) for i in sorted(near)}
            found = self._changing[id(asker)] = asker, {i: each for i, each in change.items() if each}
        return found[1]


def _told_once(moves: Sequence[Move], rooms: Rooms) -> Rooms:
    """The same rooms, of cells that all moves change alike as one."""
    changes: dict[int, list[tuple[int, int]]] = {}
    for i, move in enumerate(moves):
        for cell, by in move.effect:
            if cell in rooms.fixed:
                changes.setdefault(cell, []).append((i, by))
    first: dict[tuple[tuple[int, int], ...], int] = {}
    fixed: dict[int, Room] = {}
    for cell, (low, high) in rooms.fixed.items():
        same = first.setdefault(tuple(changes.get(cell, ())), cell)
        narrow_low, narrow_high = fixed.get(same, (low, high))
        fixed[same] = max(low, narrow_low), min(high, narrow_high)
    return replace(rooms, fixed=fixed)


class Free:
    """How many records may move, beside those that somebody knows."""

    def __init__(self, crowd: Crowd[Any], known: Known) -> None:
        self._crowd, self._any = crowd, _beside(crowd, known.own)
        self._met: dict[int, list[frozenset[int]]] = {}
        for record, where in known.met.items():
            if record not in known.own and record not in crowd.known:
                self._met.setdefault(crowd.type_of[record], []).append(where)

    def of(self, move: Move) -> int:
        """Records that can make a move."""
        found = self._any.get(move.source, 0)
        if move.source in self._met:
            seen = self._crowd.seen_in(move)
            found -= sum(not seen.isdisjoint(where) for where in self._met[move.source])
        return found

    def most(self, kind: int) -> int:
        """Records of a type that can make some move."""
        return self._any.get(kind, 0)


def _beside(crowd: Crowd[Any], stay: frozenset[int]) -> Mapping[int, int]:
    free = {kind: len(records) for kind, records in enumerate(crowd.free) if records}
    for record in stay:
        kind = crowd.type_of[record]
        if record not in crowd.known:
            free[kind] -= 1
    free[NOBODY] = MOST_ADDED
    return free
