"""One world at a time: a small integer program over moves, from the truth to what a reader must not exclude.

Moves with the same effect are one column: which record carries it is chosen afterwards, so that one solution gives
worlds for many attackers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tweeluik.disclosure.solver import INFINITY, Column, Row, SolverFailed, Status
from tweeluik.protection.worlds.carriers import Class, TooFew, carriers, tellings
from tweeluik.protection.worlds.crowd import NOBODY, Crowd, Known, Move, World
from tweeluik.protection.worlds.demands import Asker
from tweeluik.protection.worlds.whole import Whole

MOVED = 1.0
MISSED = 25.0
"""What a wanted world that misses its mark by one costs, in moved records."""

NEAR = 300
"""Moves that are tried in whole numbers beside those of the best solution in fractions."""

MOST_CUTS = 12

MOST_ADDED = 1_000
"""More records than ever come."""

A_MOVE = 100
"""The work in putting a move into a program (`effort.py`)."""

Room = tuple[float, float]
"""How far a cell may fall below (zero or less) and rise above what the truth has in it."""


@dataclass(frozen=True, slots=True)
class Want:
    """A set whose records should become at most `low` or at least `high` (one of the two is None), from `now`."""

    asker: Asker
    now: int
    low: int | None = None
    high: int | None = None


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


@dataclass(frozen=True, slots=True)
class Found:
    """A world, told with different records; cells that it needs hidden, and rounded cells that it needs turned."""

    worlds: tuple[World, ...]
    cost: float
    hidden: frozenset[int] = frozenset()
    turned: frozenset[int] = frozenset()


class Moves:
    """Moves that a search may make, by what they do to the cells that matter."""

    def __init__(self, moves: Sequence[Move], rooms: Rooms) -> None:
        self.all, self.rooms = moves, rooms
        binds = rooms.binds
        self.effects = [tuple(each for each in move.effect if binds(each[0])) for move in moves]
        self._touching: dict[int, list[int]] = {}
        for i, move in enumerate(moves):
            self._touching.setdefault(move.source, []).append(i)
            self._touching.setdefault(move.target, []).append(i)
        self._changing: dict[int, tuple[Asker, dict[int, int]]] = {}

    def changing(self, asker: Asker) -> Mapping[int, int]:
        """Per move (its place) that makes a set larger or smaller by how many."""
        found = self._changing.get(id(asker))
        if found is None:
            near = {i for kind in asker.types for i in self._touching.get(kind, ()) if kind != NOBODY}
            change = {i: asker.of_move(self.all[i].source, self.all[i].target) for i in sorted(near)}
            found = self._changing[id(asker)] = asker, {i: each for i, each in change.items() if each}
        return found[1]


@dataclass(frozen=True, slots=True)
class Terms:
    """What a world may be made of.

    `known`: records that do not move, or unseen only. `longest`: moves that change more cells are left out. `barred`:
    types that no record becomes (a bit per type). `missed`: what it costs to miss a want by one, in moved records;
    None: every want is met. `near`: so many moves are tried in whole numbers beside those of the best in fractions.
    """

    known: Known
    longest: int
    barred: int = 0
    missed: float | None = MISSED
    near: int = NEAR


def find(crowd: Crowd[Any], moves: Moves, wants: Sequence[Want], terms: Terms) -> Found | None:
    """The world that comes nearest to all wants at once, with few moves; None when the limits left none.

    Raises:
        OutOfEffort: the effort of the crowd had ended.
    """
    crowd.effort.check()
    crowd.effort.spend(A_MOVE * len(moves.all))
    try:
        return _Search(crowd, moves, wants, terms).run()
    except SolverFailed:
        return None


class _Search:
    """Columns: moves by effect, what wants miss, what is hidden or turned."""

    def __init__(self, crowd: Crowd[Any], moves: Moves, wants: Sequence[Want], terms: Terms) -> None:
        self._crowd, self._rooms, self._wants, self._terms = crowd, moves.rooms, wants, terms
        self._columns: list[Column] = []
        self._classes: list[tuple[Move, ...]] = []
        self._cells: dict[int, list[tuple[int, int]]] = {}
        self._sets: list[list[tuple[int, int]]] = [[] for _ in wants]
        self._sources: dict[int, list[tuple[int, int]]] = {}
        self._seats: dict[int, tuple[list[int], list[int]]] = {}
        self._free = Free(crowd, terms.known)
        for (effect, within, source, *_), alike in self._alike(moves).items():
            self._put(effect, within, source, tuple(alike))

    def _alike(self, moves: Moves) -> Mapping[tuple[Any, ...], list[Move]]:
        within: dict[int, list[tuple[int, int]]] = {}
        for i, want in enumerate(self._wants):
            for place, change in moves.changing(want.asker).items():
                within.setdefault(place, []).append((i, change))
        # A record of a wanted set could be asked to move twice: their types are told apart.
        wanted = frozenset[int]().union(*(want.asker.types for want in self._wants))
        alike: dict[tuple[Any, ...], list[Move]] = {}
        nothing: list[tuple[int, int]] = []
        for place, (move, effect) in enumerate(zip(moves.all, moves.effects, strict=True)):
            changes = within.get(place, nothing)
            if (effect or changes) and len(effect) <= self._terms.longest and not self._is_barred(move.target):
                source = move.source if move.source in wanted else None
                alike.setdefault((effect, tuple(changes), source, move.few, move.gives), []).append(move)
        return alike

    def _is_barred(self, kind: int) -> bool:
        return kind != NOBODY and bool(self._terms.barred >> kind & 1)

    def _put(
        self, effect: Iterable[tuple[int, int]], within: Iterable[tuple[int, int]], source: int | None,
        alike: tuple[Move, ...],
    ) -> None:  # fmt: skip
        most = sum(map(self._free.of, alike))
        if most:
            column = len(self._columns)
            self._columns.append(Column(0, most, MOVED, whole=True))
            self._classes.append(alike)
            for cell, sign in effect:
                self._cells.setdefault(cell, []).append((column, sign))
            for i, sign in within:
                self._sets[i].append((column, sign))
            if source is not None:
                self._sources.setdefault(source, []).append((column, 1))
            if alike[0].few is not None:
                self._seats.setdefault(alike[0].few, ([], []))[alike[0].gives].append(column)

    def run(self) -> Found | None:
        fixed = self._rooms.fixed
        rows = [Row(tuple(terms), *fixed[cell]) for cell, terms in self._cells.items() if cell in fixed]
        rows += [Row(tuple(terms), 0, self._free.most(kind)) for kind, terms in self._sources.items() if len(terms) > 1]
        rows += self._seat_rows()
        rows += self._want_rows()
        hiding, turning = list(self._hide(rows)), dict(self._turn(rows))
        solver = Whole(self._columns, rows, moved=MOVED, near=self._terms.near, effort=self._crowd.effort)
        for _ in range(MOST_CUTS):
            outcome = solver.minimise()
            if not outcome.values or outcome.status is Status.INFEASIBLE:
                return None
            values = [round(value) for value in outcome.values]
            classes: list[Class] = [
                (value, alike) for alike, value in zip(self._classes, values, strict=False) if value
            ]
            try:
                worlds = tuple(tellings(self._crowd, classes, self._terms.known))
            except TooFew as failed:
                solver.add(self._cut(failed.records))
                continue
            if not worlds:
                return None
            return Found(
                worlds,
                outcome.objective,
                frozenset(cell for cell, *columns in hiding if any(values[column] for column in columns)),
                frozenset(cell for cell, column in turning.items() if values[column]),
            )
        return None

    def _cut(self, records: frozenset[int]) -> Row:
        """Moves that only these records can make are at most as many."""
        only = [
            (column, 1)
            for column, alike in enumerate(self._classes)
            if all(move.source != NOBODY for move in alike)
            and records.issuperset(carriers(self._crowd, alike, self._terms.known))
        ]
        return Row(tuple(only), 0, len(records))

    def _seat_rows(self) -> Iterable[Row]:
        """Of the few who look alike one stays where others give him their seats; or nobody does."""
        for few, (keep, give) in self._seats.items():
            if give:
                many = len(self._crowd.alike[few] - self._terms.known.own)
                nobody = len(self._columns)
                self._columns.append(Column(0, 1, whole=True))
                yield Row((*((column, 1) for column in (*keep, *give)), (nobody, -1)), -INFINITY, many - 1)
                yield Row((*((column, 1) for column in give), (nobody, many - 1)), -INFINITY, many - 1)

    def _want_rows(self) -> Iterable[Row]:
        for want, terms in zip(self._wants, self._sets, strict=True):
            less, more = self._miss()
            if want.low is not None:
                yield Row((*terms, *less), -INFINITY, want.low - want.now)
            elif want.high is not None:
                yield Row((*terms, *more), want.high - want.now, INFINITY)

    def _miss(self) -> tuple[tuple[tuple[int, int], ...], ...]:
        """What makes up for a want that is not met, from above and from below."""
        if self._terms.missed is None:
            return (), ()
        self._columns.append(Column(0, INFINITY, self._terms.missed))
        miss = len(self._columns) - 1
        return ((miss, -1),), ((miss, 1),)

    def _hide(self, rows: list[Row]) -> Iterable[tuple[int, int, int]]:
        for cell, cost in self._rooms.hideable.items():
            if cell in self._cells:
                more, less = len(self._columns), len(self._columns) + 1
                self._columns += [Column(0, INFINITY, cost, whole=True)] * 2
                rows.append(Row((*self._cells[cell], (more, -1), (less, 1)), 0, 0))
                yield cell, more, less

    def _turn(self, rows: list[Row]) -> Iterable[tuple[int, int]]:
        columns: dict[int, tuple[int, int]] = {}
        for cell, turn in self._rooms.turns.items():
            column = len(self._columns)
            self._columns.append(Column(0, 1, turn.cost, whole=True))
            columns[cell] = column, 1 if turn.there[0] > turn.here[0] else -1
            terms = tuple(self._cells.get(cell, ()))
            (low, high), (other_low, other_high) = turn.here, turn.there
            if terms:
                rows.append(Row((*terms, (column, low - other_low)), low, INFINITY))
                rows.append(Row((*terms, (column, high - other_high)), -INFINITY, high))
            yield cell, column
        for terms in self._rooms.sums:
            known = tuple((columns[cell][0], sign * columns[cell][1]) for cell, sign in terms if cell in columns)
            if known:
                rows.append(Row(known, 0, 0))


class Free:
    """How many records may move, beside those that somebody knows."""

    def __init__(self, crowd: Crowd[Any], known: Known) -> None:
        self._crowd = crowd
        self._unknown, self._any = _beside(crowd, known.all), _beside(crowd, known.own)

    def of(self, move: Move) -> int:
        """Records that can make a move."""
        return (self._any if self._crowd.is_unseen(move) else self._unknown).get(move.source, 0)

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
