"""One world at a time: a small integer program over moves, from the truth to what a reader must not exclude.

Moves with the same effect are one column: which record carries it is chosen afterwards, so that one solution gives
worlds for many attackers.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from tweeluik.disclosure.linear import INFINITY, Column, Model, Row, Status
from tweeluik.disclosure.solver import SolverFailed
from tweeluik.protection.worlds.carriers import Class, TooFew, are_carried_by, carriers, tellings
from tweeluik.protection.worlds.crowd import Crowd
from tweeluik.protection.worlds.moves import Free, Moves, Parted, Places, Room
from tweeluik.protection.worlds.terms import Found, Terms, Two, Want
from tweeluik.protection.worlds.whole import Whole
from tweeluik.protection.worlds.world import NOBODY, Known, Move, Way, World

MOVED = 1.0

MOST_CUTS = 12

MANY_CELLS = 2**16
"""From so many on their places need more than 16 bits, of which numpy sorts fastest."""

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

    `_class_of`: per column of moves its class; `_parts`: per column that is no whole class the moves that it is of.
    """

    def __init__(self, crowd: Crowd[Any], moves: Moves, want: Want, terms: Terms) -> None:
        self._crowd, self._moves, self._rooms, self._want, self._terms = crowd, moves, moves.rooms, want, terms
        self._set: list[tuple[int, int]] = []
        self._sources: dict[int, list[tuple[int, int]]] = {}
        self._seats: dict[int, dict[Way, list[int]]] = {}
        self._keeping: defaultdict[tuple[int, Way], list[int]] = defaultdict(list)
        self._leaving: dict[int, list[int]] = {}
        self._more: list[Column] = []
        self._parts: dict[int, Parted] = {}
        self._loose: dict[int, int] = {}
        self._free = Free(crowd, terms.known)
        self._put_all()

    def _put_all(self) -> None:
        """A column per effect; more, where the want is touched or a record might be asked to move twice."""
        moves = self._moves
        short, touched = moves.lengths <= self._terms.longest, moves.touched(self._want.asker, self._terms.barred)
        coming = able = moves.able(self._free)
        if self._terms.outside:
            stay = self._terms.staying(1)
            coming = moves.able(Free(self._crowd, stay))
        many = moves.many(able)
        columns = (short & ~touched & (moves.lengths > 0) & (many > 0)).astype(np.intp)
        parted = moves.parted(short & touched, self._want.asker, self._terms.barred, able, coming)
        columns += np.bincount([each.group for each in parted], minlength=len(columns))
        self._class_of: Places = np.repeat(np.arange(len(columns)), columns)
        self._most: Places = many[self._class_of]
        begin = np.cumsum(columns) - columns
        for column, part in zip(np.flatnonzero((short & touched)[self._class_of]).tolist(), parted, strict=True):
            self._put(column, part)
        for number in moves.seated:
            for column in range(begin[number], begin[number] + columns[number]):
                self._put_seats(column, moves.leaves[number], self._alike(column))

    def _put(self, column: int, part: Parted) -> None:
        self._parts[column], self._most[column] = part, part.most
        if part.change:
            self._set.append((column, part.change))
        if part.source != NOBODY:
            self._sources.setdefault(part.source, []).append((column, 1))

    def _put_seats(self, column: int, leaves: Sequence[int], alike: Sequence[Move]) -> None:
        for number in leaves:
            self._leaving.setdefault(number, []).append(column)
        few, way = alike[0].few, alike[0].way
        if way is None or (few is None and way is not Way.GIVE):
            return
        if few is not None:
            self._seats.setdefault(few, {each: [] for each in Way})[way].append(column)
        for record in {self._crowd.alone(move.source) for move in alike}:
            if record is not None:
                self._keeping[record, way].append(column)

    def _are_enough(self) -> bool:
        """Whether all moves that there are would make the set as small, or as large, as is wanted."""
        now, low, high = self._want.now, self._want.low, self._want.high
        by = {sign: sum(self._most[i] for i, change in self._set if change == sign) for sign in (-1, 1)}
        return (low is None or now - by[-1] <= low) and (high is None or now + by[1] >= high)

    def _put_cells(self) -> None:
        """What the columns do to every cell, in the order in which cells are first met."""
        moves = self._moves
        lengths = moves.lengths[self._class_of]
        column = np.repeat(np.arange(len(lengths)), lengths)
        place = np.arange(len(column)) + np.repeat(moves.first[self._class_of] - np.cumsum(lengths) + lengths, lengths)
        met = moves.cells[place]
        first = np.full(1 + met.max(initial=0), len(met))
        first[met[::-1]] = np.arange(len(met))[::-1]
        order = np.argsort(first, kind="stable")[: np.count_nonzero(first < len(met))]
        rank = np.empty(len(first), dtype=np.uint16 if len(order) < MANY_CELLS else np.intp)
        rank[order] = np.arange(len(order))
        by_cell = np.argsort(rank[met], kind="stable")
        self._cells: list[int] = order.tolist()
        self._rank = {cell: row for row, cell in enumerate(self._cells)}
        self._first: Places = np.concatenate(([0], np.cumsum(np.bincount(met, minlength=len(first))[order])))
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
        return self._parts[column].moves if column in self._parts else self._moves.members[self._class_of[column]]

    def _stay(self, column: int) -> Known:
        return self._terms.staying(self._parts[column].change if column in self._parts else 0)

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
        if not self._are_enough():
            return None
        self._put_cells()
        rows = [Row(tuple(terms), 0, self._free.most(kind)) for kind, terms in self._sources.items() if len(terms) > 1]
        rows += self._seat_rows()
        rows.append(self._want_row())
        hiding = list(self._hide(rows))
        turning = dict(self._turn(rows, hiding))
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
                solver.add(self._cut(failed, values))
                continue
            turned = frozenset(cell for cell, column in turning.items() if values[column])
            worlds = told if apart is None else tuple(each for each in told if self._adds_up(each, turned))
            if worlds:
                hidden = frozenset(cell for cell, *columns in hiding if any(values[column] for column in columns))
                hidden |= {cell for cell, column in self._loose.items() if values[column]}
                together = [] if apart is None else [each for each in worlds if self._together(each)]
                shared = [self._hidden(each, turned) for each in together]
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
        return [(one, other) for one, other in self._crowd.seating.apart if one in moved and other in moved]

    def _adds_up(self, world: World, turned: frozenset[int]) -> bool:
        """Whether the cells are in their rooms, where what two take along is counted once."""
        if not self._together(world):
            return True
        change, hideable = self._crowd.counted(world), self._rooms.hideable
        rooms = dict(self._rooms.fixed)
        rooms |= {cell: self._room(cell, turned) for cell in self._rooms.turns if cell not in hideable}
        return all(low <= change.get(cell, 0) <= high for cell, (low, high) in rooms.items())

    def _hidden(self, world: World, turned: frozenset[int]) -> Iterable[int]:
        """What must be hidden for a world."""
        for cell, by in self._crowd.counted(world).items():
            if cell in self._rooms.hideable:
                low, high = self._room(cell, turned)
                if not low <= by <= high:
                    yield cell

    def _room(self, cell: int, turned: frozenset[int]) -> Room:
        """The room of a cell that may turn or be hidden, as long as it is not hidden."""
        turn = self._rooms.turns.get(cell)
        if turn is None:
            return self._rooms.around.get(cell, (0, 0))
        return turn.there if cell in turned else turn.here

    def _cut(self, failed: TooFew, values: Sequence[int]) -> Row:
        """Moves that only some records can make are at most so many; of those over seats only what leaves seats."""
        classes = self._moves.only_of(failed.records, self._terms.known.all | self._terms.outside)
        only = [
            column
            for column in sorted({*np.flatnonzero(np.isin(self._class_of, classes)).tolist(), *self._parts})
            if are_carried_by(failed.records, self._crowd, self._alike(column), self._stay(column))
        ]
        leaving = [] if failed.giver is None else [each for each in only if self._unseats(failed, each)]
        cuts = sum(values[each] for each in leaving) > failed.most
        return Row(tuple((column, 1) for column in (leaving if cuts else only)), 0, failed.most)

    def _unseats(self, failed: TooFew, column: int) -> bool:
        """Whether whoever makes a move of a column leaves the seats, or cannot have them."""
        alike = self._alike(column)
        return failed.giver is not None and all(
            self._crowd.seating.unseats(failed.giver, record, move)
            for move in alike
            for record in carriers(self._crowd, [move], self._stay(column))
        )

    def _seat_rows(self) -> Iterable[Row]:
        """Of few who look alike one stays where others have their seats; or all go, with what they sat at.

        Then none of them gives up only some of its seats.
        """
        for few, ways in self._seats.items():
            alike, known = self._crowd.seating.alike[few], self._terms.known
            every, give, keep = ([(column, 1) for column in ways[way]] for way in (Way.ALL, Way.GIVE, Way.KEEP))
            if not alike.isdisjoint(known.own - known.seated):  # who is known by name stays, and may have had any seat
                yield Row(tuple(every), 0, 0)
                continue
            many, last = len(alike - known.own), self._add(Column(0, 1, whole=True))
            leaving = [(column, 1) for column in self._leaving[few]]
            yield Row((*leaving, (last, -1)), -INFINITY, many - 1)
            if many == len(alike):
                yield Row((*leaving, (last, -many)), 0, INFINITY)
                yield Row((*every, (last, -many)), -INFINITY, 0)
                gives = {(column, 1) for record in alike for column in self._keeping.get((record, Way.GIVE), ())}
                yield Row((*sorted(gives), *keep, (last, many)), -INFINITY, many)
            else:
                yield Row(tuple(every), 0, 0)
                yield Row((*give, (last, many)), -INFINITY, many)

    def _apart_rows(self) -> Iterable[tuple[Two, Row]]:
        """Per two who shared a table that one of them at most takes along what is counted there."""
        keeping = {record for record, _ in self._keeping}
        for (one, other), alike in self._crowd.seating.apart.items():
            if one in keeping and other in keeping:
                ways = (Way.KEEP,) if alike else (Way.KEEP, Way.ALL)
                columns = {column for each in (one, other) for way in ways for column in self._keeping[each, way]}
                yield (one, other), Row(tuple((column, 1) for column in sorted(columns)), 0, 1)

    def _want_row(self) -> Row:
        now, low, high = self._want.now, self._want.low, self._want.high
        return Row(tuple(self._set), -INFINITY if high is None else high - now, INFINITY if low is None else low - now)

    def _hide(self, rows: list[Row]) -> Iterable[tuple[int, int, int]]:
        """Per cell that may be hidden how far it is above its room, and below."""
        for cell, cost in self._rooms.hideable.items():
            if cell in self._rank:
                more = self._add(*[Column(0, INFINITY, cost, whole=True)] * 2)
                low, high = self._rooms.around.get(cell, (0, 0))
                if cell not in self._rooms.turns:
                    rows.append(Row((*self._terms_of(cell), (more, -1), (more + 1, 1)), low, high))
                yield cell, more, more + 1

    def _turn(self, rows: list[Row], hiding: Iterable[tuple[int, int, int]]) -> Iterable[tuple[int, int]]:
        beyond = {cell: ((more, -1), (less, 1)) for cell, more, less in hiding}
        columns: dict[int, tuple[int, int]] = {}
        for cell, turn in self._rooms.turns.items():
            column = self._add(Column(0, 1, turn.cost, whole=True))
            columns[cell] = column, 1 if turn.there[0] > turn.here[0] else -1
            terms = (*self._terms_of(cell), *beyond.get(cell, ()))
            (low, high), (other_low, other_high) = turn.here, turn.there
            if terms:
                rows.append(Row((*terms, (column, low - other_low)), low, INFINITY))
                rows.append(Row((*terms, (column, high - other_high)), -INFINITY, high))
            yield cell, column
        rows += self._sum_rows(columns)

    def _sum_rows(self, columns: Mapping[int, tuple[int, int]]) -> Iterable[Row]:
        """What is turned keeps adding up, but for lines of which a number is hidden."""
        for terms in self._rooms.sums:
            known = tuple((columns[cell][0], sign * columns[cell][1]) for cell, sign in terms if cell in columns)
            gone = [self._gone(cell) for cell, _ in terms if cell in self._rooms.hideable] if known else []
            if gone:
                yield Row((*known, *((column, len(known)) for column in gone)), 0, INFINITY)
                yield Row((*known, *((column, -len(known)) for column in gone)), -INFINITY, 0)
            elif known:
                yield Row(known, 0, 0)

    def _gone(self, cell: int) -> int:
        """Whether a cell is hidden so that its lines need not add up."""
        if cell not in self._loose:
            self._loose[cell] = self._add(Column(0, 1, self._rooms.hideable[cell], whole=True))
        return self._loose[cell]
