"""One world at a time: a small integer program over moves, from the truth to what a reader must not exclude.

Moves with the same effect are one column: which record carries it is chosen afterwards, so that one solution gives
worlds for many attackers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from tweeluik.disclosure.linear import INFINITY, Column, Model, Row, Status
from tweeluik.disclosure.solver import SolverFailed
from tweeluik.protection.worlds.carriers import Class, TooFew, are_carried_by, tellings
from tweeluik.protection.worlds.crowd import Crowd
from tweeluik.protection.worlds.moves import Free, Moves, Places
from tweeluik.protection.worlds.terms import Found, Part, Terms, Two, Want
from tweeluik.protection.worlds.whole import Whole
from tweeluik.protection.worlds.world import NOBODY, Known, Move, Way, World

MOVED = 1.0

MOST_CUTS = 12

A_MOVE = 50
"""The work in putting a move into a program (`effort.py`)."""


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
    """Columns: moves by effect, what is hidden or turned.

    `_class_of`: per column of moves its class; `_parts`: per column that is no whole class by how many its moves change
    the wanted set, and which they are.
    """

    def __init__(self, crowd: Crowd[Any], moves: Moves, want: Want, terms: Terms) -> None:
        self._crowd, self._moves, self._rooms, self._want, self._terms = crowd, moves, moves.rooms, want, terms
        self._set: list[tuple[int, int]] = []
        self._sources: dict[int, list[tuple[int, int]]] = {}
        self._seats: dict[int, dict[Way, list[int]]] = {}
        self._keeping: dict[int, dict[Way, list[int]]] = {}
        self._leaving: dict[int, list[int]] = {}
        self._more: list[Column] = []
        self._parts: dict[int, tuple[int, Sequence[Move]]] = {}
        self._free, self._coming = Free(crowd, terms.known), Free(crowd, terms.staying(1))
        self._put_all()
        self._put_cells()

    def _put_all(self) -> None:
        """A column per effect; more, where the want is touched or a record might be asked to move twice."""
        moves = self._moves
        short, touched = moves.lengths <= self._terms.longest, moves.touched(self._want.asker, self._terms.barred)
        many = moves.many(self._terms.known, self._free)
        columns = (short & ~touched & (moves.lengths > 0) & (many > 0)).astype(np.intp)
        within = moves.within(self._want.asker)
        parted = {number: self._parted(number, *within) for number in np.flatnonzero(short & touched).tolist()}
        for number, parts in parted.items():
            columns[number] = len(parts)
        self._class_of: Places = np.repeat(np.arange(len(columns)), columns)
        self._most: Places = many[self._class_of]
        begin: list[int] = (np.cumsum(columns) - columns).tolist()
        for number, parts in parted.items():
            for column, (part, alike, most) in enumerate(parts, start=begin[number]):
                self._put(column, part, alike, most)
        for number in moves.seated:
            for column in range(begin[number], begin[number] + int(columns[number])):
                self._put_seats(column, moves.leaves[number], self._alike(column))

    def _parted(self, number: int, before_all: Places, after_all: Places) -> list[tuple[Part, Sequence[Move], int]]:
        """The moves of a class by what they do to the wanted set, with how many records can make them."""
        moves, parts = self._moves, dict[Part, list[Move]]()
        places = list(moves.alike[number])
        for place, before, after in zip(places, before_all[places].tolist(), after_all[places].tolist(), strict=True):
            move = moves.all[place]
            if (moves.lengths[number] or after != before) and not self._is_barred(move.target):
                parts.setdefault((after - before, move.source if before else None), []).append(move)
        counted = (
            (part, alike, sum(map((self._coming if part[0] > 0 else self._free).of, alike)))
            for part, alike in parts.items()
        )
        return [each for each in counted if each[2]]

    def _is_barred(self, kind: int) -> bool:
        return kind != NOBODY and bool(self._terms.barred >> kind & 1)

    def _put(self, column: int, part: Part, alike: Sequence[Move], most: int) -> None:
        change, source = part
        self._parts[column], self._most[column] = (change, alike), most
        if change:
            self._set.append((column, change))
        if source is not None:
            self._sources.setdefault(source, []).append((column, 1))

    def _put_seats(self, column: int, leaves: Sequence[int], alike: Sequence[Move]) -> None:
        for number in leaves:
            self._leaving.setdefault(number, []).append(column)
        few, way = alike[0].few, alike[0].way
        if few is not None and way is not None:
            self._seats.setdefault(few, {each: [] for each in Way})[way].append(column)
            for record in {self._crowd.alone(move.source) for move in alike}:
                if record is not None:
                    self._keeping.setdefault(record, {each: [] for each in Way})[way].append(column)

    def _put_cells(self) -> None:
        """What the columns do to every cell, in the order in which cells are first met."""
        moves = self._moves
        lengths = moves.lengths[self._class_of]
        column = np.repeat(np.arange(len(lengths)), lengths)
        place = np.arange(len(column)) + np.repeat(moves.first[self._class_of] - np.cumsum(lengths) + lengths, lengths)
        cells, first, which = np.unique(moves.cells[place], return_index=True, return_inverse=True)
        order = np.argsort(first)
        rank = np.empty_like(order)
        rank[order] = np.arange(len(order))
        by_cell = np.argsort(rank[which], kind="stable")
        self._cells: list[int] = cells[order].tolist()
        self._rank = {cell: row for row, cell in enumerate(self._cells)}
        self._first: Places = np.concatenate(([0], np.cumsum(np.bincount(which, minlength=len(cells))[order])))
        self._index: Places = column[by_cell]
        self._signs: Places = moves.signs[place][by_cell]

    def _terms_of(self, cell: int) -> tuple[tuple[int, int], ...]:
        """Per column that changes a cell by how many."""
        row = self._rank.get(cell)
        if row is None:
            return ()
        inside = slice(self._first[row], self._first[row + 1])
        return tuple(zip(self._index[inside].tolist(), self._signs[inside].tolist(), strict=True))

    def _alike(self, column: int) -> Sequence[Move]:
        return self._parts[column][1] if column in self._parts else self._moves.members[self._class_of[column]]

    def _stay(self, column: int) -> Known:
        return self._terms.staying(self._parts[column][0] if column in self._parts else 0)

    def _cell_rows(self) -> Model:
        """Moves, and what they may change in cells with a room."""
        fixed = np.array([cell in self._rooms.fixed for cell in self._cells], dtype=np.bool_)
        rooms = np.array([self._rooms.fixed[cell] for cell in self._cells if cell in self._rooms.fixed]).reshape(-1, 2)
        lengths = np.diff(self._first)
        inside, many = np.repeat(fixed, lengths), len(self._class_of)
        return Model(
            (np.zeros(many), self._most.astype(float)),
            np.full(many, MOVED),
            np.ones(many, dtype=np.bool_),
            (rooms[:, 0], rooms[:, 1]),
            np.concatenate(([0], np.cumsum(lengths[fixed]))).astype(np.int32),
            self._index[inside].astype(np.int32),
            self._signs[inside].astype(float),
        )

    def _add(self, *columns: Column) -> int:
        """Put columns that are no moves behind the others; the place of the first."""
        self._more += columns
        return len(self._class_of) + len(self._more) - len(columns)

    def run(self) -> Found | None:
        rows = [Row(tuple(terms), 0, self._free.most(kind)) for kind, terms in self._sources.items() if len(terms) > 1]
        rows += self._seat_rows()
        rows.append(self._want_row())
        hiding, turning = list(self._hide(rows)), dict(self._turn(rows))
        apart, model = dict(self._apart_rows()), self._cell_rows().with_more(self._more, rows)
        found = self._solve(model.with_more((), tuple(apart.values())), hiding, turning, None)
        return found or (self._solve(model, hiding, turning, apart) if apart and self._terms.together else None)

    def _solve(
        self, model: Model, hiding: Sequence[tuple[int, int, int]], turning: Mapping[int, int],
        apart: dict[Two, Row] | None,
    ) -> Found | None:  # fmt: skip
        """A world by the rows; `apart`: those that are put in where what two take along proves not to add up."""
        solver = Whole(model, moved=MOVED, near=self._terms.near, effort=self._crowd.effort)
        for _ in range(MOST_CUTS):
            outcome = solver.minimise()
            if not outcome.values or outcome.status is Status.INFEASIBLE:
                return None
            values = [round(value) for value in outcome.values]
            made = (column for column, value in enumerate(values[: len(self._class_of)]) if value)
            classes: list[Class] = [(values[each], self._alike(each), self._stay(each)) for each in made]
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
        classes = self._moves.only_of(records, self._terms.known.all | self._terms.outside)
        only = [
            (column, 1)
            for column in sorted({*np.flatnonzero(np.isin(self._class_of, classes)).tolist(), *self._parts})
            if are_carried_by(records, self._crowd, self._alike(column), self._stay(column))
        ]
        return Row(tuple(only), 0, len(records))

    def _seat_rows(self) -> Iterable[Row]:
        """Of few who look alike one stays where others have their seats; or all go, with what they sat at."""
        for few, ways in self._seats.items():
            alike, own = self._crowd.alike[few], self._terms.known.own
            many, last = len(alike - own), self._add(Column(0, 1, whole=True))
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
            if cell in self._rank:
                more = self._add(*[Column(0, INFINITY, cost, whole=True)] * 2)
                rows.append(Row((*self._terms_of(cell), (more, -1), (more + 1, 1)), 0, 0))
                yield cell, more, more + 1

    def _turn(self, rows: list[Row]) -> Iterable[tuple[int, int]]:
        columns: dict[int, tuple[int, int]] = {}
        for cell, turn in self._rooms.turns.items():
            column = self._add(Column(0, 1, turn.cost, whole=True))
            columns[cell] = column, 1 if turn.there[0] > turn.here[0] else -1
            terms = self._terms_of(cell)
            (low, high), (other_low, other_high) = turn.here, turn.there
            if terms:
                rows.append(Row((*terms, (column, low - other_low)), low, INFINITY))
                rows.append(Row((*terms, (column, high - other_high)), -INFINITY, high))
            yield cell, column
        for terms in self._rooms.sums:
            known = tuple((columns[cell][0], sign * columns[cell][1]) for cell, sign in terms if cell in columns)
            if known:
                rows.append(Row(known, 0, 0))
