"""One world at a time: a small integer program over moves, from the truth to what a reader must not exclude.

Moves with the same effect are one column: which record carries it is chosen afterwards, so that one solution gives
worlds for many attackers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tweeluik.disclosure.solver import INFINITY, Column, Row, SolverFailed, Status
from tweeluik.protection.worlds.carriers import Class, TooFew, carriers, tellings
from tweeluik.protection.worlds.crowd import Crowd
from tweeluik.protection.worlds.demands import Asker
from tweeluik.protection.worlds.moves import Free, Moves
from tweeluik.protection.worlds.whole import Whole
from tweeluik.protection.worlds.world import NOBODY, Effect, Known, Move, Way, World

MOVED = 1.0
NEAR = 300
"""Moves that are tried in whole numbers beside those of the best solution in fractions."""

MOST_CUTS = 12

A_MOVE = 100
"""The work in putting a move into a program (`effort.py`)."""


Two = tuple[int, int]
"""Two records who shared a table."""

Part = tuple[int, int | None]
"""By how many a move changes the wanted set, and the type in that set that it comes from."""


@dataclass(frozen=True, slots=True)
class Want:
    """A set whose records should become at most `low` or at least `high` (one of the two is None), from `now`."""

    asker: Asker
    now: int
    low: int | None = None
    high: int | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """A world, told with different records; cells that it needs hidden, and rounded cells that it needs turned."""

    worlds: tuple[World, ...]
    cost: float
    hidden: frozenset[int] = frozenset()
    turned: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Terms:
    """What a world may be made of.

    `known`: records that do not move, or unseen only. `longest`: moves that change more cells are left out. `barred`:
    types that no record becomes (a bit per type). `near`: so many moves are tried in whole numbers beside those of the
    best in fractions. `outside`: records that do not come into the wanted set, because another of their holding may.
    `together`: two who shared a table are tried together too, where nothing else does.
    """

    known: Known
    longest: int
    barred: int = 0
    near: int = NEAR
    outside: frozenset[int] = frozenset()
    together: bool = False

    def staying(self, change: int) -> Known:
        """Records that make no move of those that change the set by so many."""
        return self.known | Known(self.outside) if change > 0 and self.outside else self.known


def find(crowd: Crowd[Any], moves: Moves, want: Want, terms: Terms) -> Found | None:
    """A world that has what is wanted, with few moves; None when the limits left none.

    Raises:
        OutOfEffort: the effort of the crowd had ended.
    """
    crowd.effort.check()
    crowd.effort.spend(A_MOVE * len(moves.all))
    try:
        return _Search(crowd, moves, want, terms).run()
    except SolverFailed:
        return None


class _Search:
    """Columns: moves by effect, what is hidden or turned."""

    def __init__(self, crowd: Crowd[Any], moves: Moves, want: Want, terms: Terms) -> None:
        self._crowd, self._rooms, self._want, self._terms = crowd, moves.rooms, want, terms
        self._columns: list[Column] = []
        self._classes: list[Sequence[Move]] = []
        self._staying: list[Known] = []
        self._cells: dict[int, list[tuple[int, int]]] = {}
        self._set: list[tuple[int, int]] = []
        self._sources: dict[int, list[tuple[int, int]]] = {}
        self._seats: dict[int, dict[Way, list[int]]] = {}
        self._keeping: dict[int, dict[Way, list[int]]] = {}
        self._leaving: dict[int, list[int]] = {}
        self._free, self._coming = Free(crowd, terms.known), Free(crowd, terms.staying(1))
        self._put_all(moves)

    def _put_all(self, moves: Moves) -> None:
        """A column per effect; more, where the want is touched or a record might be asked to move twice."""
        touched = {moves.class_of[place] for place in self._touched(moves)}
        many = moves.many(self._terms.known, self._free)
        within = moves.changing(self._want.asker)
        for number, places in enumerate(moves.alike):
            effect = moves.effects[places[0]]
            if len(effect) > self._terms.longest:
                continue
            if number in touched:
                for (change, source), part in self._parts(moves, places, within).items():
                    able = (self._coming if change > 0 else self._free).of
                    self._put(effect, change, source, part, sum(map(able, part)), moves.leaves[number])
            elif effect:
                self._put(effect, 0, None, moves.members[number], many[number], moves.leaves[number])

    def _parts(self, moves: Moves, places: Sequence[int], within: Mapping[int, int]) -> Mapping[Part, list[Move]]:
        parts: dict[Part, list[Move]] = {}
        for place in places:
            move, change = moves.all[place], within.get(place, 0)
            if (moves.effects[place] or change) and not self._is_barred(move.target):
                source = move.source if self._want.asker.has(move.source) else None
                parts.setdefault((change, source), []).append(move)
        return parts

    def _touched(self, moves: Moves) -> Iterable[int]:
        """Moves of the types in the wanted set, and to barred types."""
        for kind in self._want.asker.types:
            yield from moves.touching(kind)
        barred = self._terms.barred
        while barred:
            yield from moves.touching((barred & -barred).bit_length() - 1)
            barred &= barred - 1

    def _is_barred(self, kind: int) -> bool:
        return kind != NOBODY and bool(self._terms.barred >> kind & 1)

    def _put(  # noqa: PLR0917 - all of it is needed at once
        self, effect: Effect, change: int, source: int | None, alike: Sequence[Move], most: int, leaves: Sequence[int]
    ) -> None:
        if not most:
            return
        column = len(self._columns)
        self._columns.append(Column(0, most, MOVED, whole=True))
        self._classes.append(alike)
        self._staying.append(self._terms.staying(change))
        for cell, sign in effect:
            self._cells.setdefault(cell, []).append((column, sign))
        if change:
            self._set.append((column, change))
        if source is not None:
            self._sources.setdefault(source, []).append((column, 1))
        for number in leaves:
            self._leaving.setdefault(number, []).append(column)
        few, way = alike[0].few, alike[0].way
        if few is not None and way is not None:
            self._seats.setdefault(few, {each: [] for each in Way})[way].append(column)
            for record in {self._crowd.alone(move.source) for move in alike}:
                if record is not None:
                    self._keeping.setdefault(record, {each: [] for each in Way})[way].append(column)

    def run(self) -> Found | None:
        fixed = self._rooms.fixed
        rows = [Row(tuple(terms), *fixed[cell]) for cell, terms in self._cells.items() if cell in fixed]
        rows += [Row(tuple(terms), 0, self._free.most(kind)) for kind, terms in self._sources.items() if len(terms) > 1]
        rows += self._seat_rows()
        rows.append(self._want_row())
        hiding, turning = list(self._hide(rows)), dict(self._turn(rows))
        apart = dict(self._apart_rows())
        found = self._solve([*rows, *apart.values()], hiding, turning, None)
        return found or (self._solve(rows, hiding, turning, apart) if apart and self._terms.together else None)

    def _solve(
        self, rows: Sequence[Row], hiding: Sequence[tuple[int, int, int]], turning: Mapping[int, int],
        apart: dict[Two, Row] | None,
    ) -> Found | None:  # fmt: skip
        """A world by the rows; `apart`: those that are put in where what two take along proves not to add up."""
        solver = Whole(self._columns, rows, moved=MOVED, near=self._terms.near, effort=self._crowd.effort)
        for _ in range(MOST_CUTS):
            outcome = solver.minimise()
            if not outcome.values or outcome.status is Status.INFEASIBLE:
                return None
            values = [round(value) for value in outcome.values]
            made = zip(values, self._classes, self._staying, strict=False)
            classes: list[Class] = [each for each in made if each[0]]
            try:
                told = tuple(tellings(self._crowd, classes, self._terms.known))
            except TooFew as failed:
                solver.add(self._cut(failed.records))
                continue
            turned = frozenset(cell for cell, column in turning.items() if values[column])
            worlds = told if apart is None else tuple(each for each in told if self._adds_up(each, turned))
            if worlds:
                hidden = frozenset(cell for cell, *columns in hiding if any(values[column] for column in columns))
                shared = [self._hidden(each) for each in worlds if self._together(each)] if apart is not None else []
                return Found(worlds, outcome.objective, hidden.union(*shared), turned)
            near = [each for each in self._together(told[0]) if each in apart] if told and apart else []
            if not apart or not near:
                return None
            for pair in near:
                solver.add(apart.pop(pair))
        return None

    # --- two who shared a table ---------------------------------------------------------------------------------------

    def _together(self, world: World) -> list[Two]:
        """Every two who are otherwise in a world and shared a table: what they take along does not add up."""
        moved = world.moved
        return [(one, other) for one, other in self._crowd.apart if one in moved and other in moved]

    def _change(self, world: World) -> Mapping[int, int]:
        """What a world changes in every cell, counted record by record and table by table."""
        total = Counter[int]()
        for kind, change in self._crowd.changes(world):
            for cell in self._crowd.hits[kind]:
                total[cell] += change
        total.update(self._crowd.held(world))
        return total

    def _adds_up(self, world: World, turned: frozenset[int]) -> bool:
        """Whether the cells are in their rooms, where what two take along is counted once."""
        if not self._together(world):
            return True
        change, rooms = self._change(world), dict(self._rooms.fixed)
        rooms |= {cell: each.there if cell in turned else each.here for cell, each in self._rooms.turns.items()}
        return all(low <= change.get(cell, 0) <= high for cell, (low, high) in rooms.items())

    def _hidden(self, world: World) -> Iterable[int]:
        """What must be hidden for a world."""
        return (cell for cell, by in self._change(world).items() if by and cell in self._rooms.hideable)

    def _cut(self, records: frozenset[int]) -> Row:
        """Moves that only these records can make are at most as many."""
        only = [
            (column, 1)
            for column, (alike, stay) in enumerate(zip(self._classes, self._staying, strict=True))
            if all(move.source != NOBODY for move in alike) and records.issuperset(carriers(self._crowd, alike, stay))
        ]
        return Row(tuple(only), 0, len(records))

    def _seat_rows(self) -> Iterable[Row]:
        """Of few who look alike one stays where others have their seats; or all go, with what they sat at."""
        for few, ways in self._seats.items():
            alike, own = self._crowd.alike[few], self._terms.known.own
            many, last = len(alike - own), len(self._columns)
            self._columns.append(Column(0, 1, whole=True))
            leaving = [(column, 1) for column in self._leaving[few]]
            every, give, keep = ([(column, 1) for column in ways[way]] for way in (Way.ALL, Way.GIVE, Way.KEEP))
            yield Row((*leaving, (last, -1)), -INFINITY, many - 1)
            if many == len(alike):
                yield Row((*leaving, (last, -many)), 0, INFINITY)
                yield Row((*every, (last, -many)), -INFINITY, 0)
                yield Row((*give, *keep, (last, many)), -INFINITY, many)
            else:
                yield Row(tuple(every), 0, 0)
                yield Row((*give, (last, many)), -INFINITY, many)

    def _apart_rows(self) -> Iterable[tuple[Two, Row]]:
        """Per two who shared a table that one of them at most takes along what is counted there."""
        for (one, other), alike in self._crowd.apart.items():
            if one in self._keeping and other in self._keeping:
                ways = (Way.KEEP,) if alike else (Way.KEEP, Way.ALL)
                columns = {column for each in (one, other) for way in ways for column in self._keeping[each][way]}
                yield (one, other), Row(tuple((column, 1) for column in sorted(columns)), 0, 1)

    def _want_row(self) -> Row:
        now, low, high = self._want.now, self._want.low, self._want.high
        return Row(tuple(self._set), -INFINITY if high is None else high - now, INFINITY if low is None else low - now)

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
