"""One world by local search: what a move breaks, another mends, until nothing that is published is broken.

A want is one more thing to mend. What stays broken weighs more and more, so that the search does not stand still
(breakout local search). It needs no solver and proves nothing: worlds are counted by others.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Any

from tweeluik.disclosure.solver import INFINITY
from tweeluik.protection.worlds.carriers import Class, TooFew, tellings
from tweeluik.protection.worlds.crowd import NOBODY, Crowd, Effect, Known, Move
from tweeluik.protection.worlds.program import Found, Free, Moves, Room, Want

STEPS = 40
MOST_CANDIDATES = 160
TIRED = 4
"""Steps in which what was done is not undone."""

WANTED = -1
"""The number of the want among the cells."""

A_MOVE = 0.2
"""What a move costs, beside a cell that is broken by one."""

A_LOOK = 300
"""The work in a look at what a move would mend and break (`effort.py`)."""


class Mender:
    """Moves by the cells that they raise and lower, for one search after another."""

    def __init__(self, crowd: Crowd[Any], moves: Moves) -> None:
        self.crowd, self.moves = crowd, moves
        self._touching: dict[tuple[int, int], list[int]] = {}
        for place, effect in enumerate(moves.effects):
            for cell, change in effect:
                self._touching.setdefault((cell, 1 if change > 0 else -1), []).append(place)

    def touching(self, cell: int, sign: int) -> Sequence[int]:
        """Some moves that raise (1) or lower (-1) a cell."""
        found = self._touching.get((cell, sign), [])
        return found[:: max(1, len(found) // MOST_CANDIDATES)]

    def find(self, want: Want, known: Known, barred: int) -> Found | None:
        """A world that has what is wanted; None: none was found."""
        return _Mending(self, want, known, barred).run()


class _Mending:
    """One search: moves made so far, what they do to the cells, and how much every broken cell weighs."""

    def __init__(self, mender: Mender, want: Want, known: Known, barred: int) -> None:
        self._mender, self._moves, self._known, self._barred = mender, mender.moves, known, barred
        self._rooms = mender.moves.rooms.fixed
        self._changing = mender.moves.changing(want.asker)
        self._wanted: Room = (-INFINITY, INFINITY)
        if want.low is not None:
            self._wanted = (-INFINITY, want.low - want.now)
        elif want.high is not None:
            self._wanted = (want.high - want.now, INFINITY)
        self._free = Free(mender.crowd, known)
        self._made: Counter[int] = Counter()
        self._total: Counter[int] = Counter()
        self._weight: dict[int, int] = {}
        self._last: dict[int, int] = {}

    def run(self) -> Found | None:
        for step in range(STEPS):
            broken = self._broken()
            if not broken:
                return self._told()
            self._step(step, max(broken, key=lambda cell: (self._weight.get(cell, 1), cell == WANTED, -cell)))
        return None

    def _step(self, step: int, cell: int) -> None:
        sign = -1 if self._total[cell] > self._room(cell)[1] else 1
        best, choice = INFINITY, None
        for place, times in self._candidates(cell, sign):
            self._mender.crowd.effort.spend(A_LOOK)
            if self._last.get(place, -TIRED) + TIRED <= step and self._is_free(place, times):
                gain = self._gain(place, times)
                if gain < best:
                    best, choice = gain, (place, times)
        if best >= 0:
            for each in self._broken():
                self._weight[each] = self._weight.get(each, 1) + 1
        if choice is not None:
            place, times = choice
            self._made[place] += times
            self._last[place] = step
            for each, change in self._effect(place):
                self._total[each] += times * change

    def _candidates(self, cell: int, sign: int) -> Iterator[tuple[int, int]]:
        """Moves to make (1) or to take back (-1) that bring a cell nearer to its room."""
        for place, number in self._made.items():
            if number and any(each == cell and change * sign < 0 for each, change in self._effect(place)):
                yield place, -1
        if cell == WANTED:
            changing = [place for place, change in self._changing.items() if change * sign > 0]
            yield from ((place, 1) for place in changing[:: max(1, len(changing) // MOST_CANDIDATES)])
        else:
            yield from ((place, 1) for place in self._mender.touching(cell, sign))

    def _is_free(self, place: int, times: int) -> bool:
        move = self._moves.all[place]
        if times < 0:
            return True
        if move.target != NOBODY and self._barred >> move.target & 1:
            return False
        busy = sum(number for each, number in self._made.items() if self._moves.all[each].source == move.source)
        return busy < self._free.of(move)

    def _effect(self, place: int) -> Iterable[tuple[int, int]]:
        effect: Effect = self._moves.effects[place]
        wanted = self._changing.get(place, 0)
        return chain(effect, ((WANTED, wanted),)) if wanted else effect

    def _gain(self, place: int, times: int) -> float:
        """How much more is broken after a move, by weight."""
        found = A_MOVE * times
        for cell, change in self._effect(place):
            low, high = self._room(cell)
            now = self._total[cell]
            then = now + times * change
            more = max(low - then, then - high, 0) - max(low - now, now - high, 0)
            if more:
                found += self._weight.get(cell, 1) * more
        return found

    def _room(self, cell: int) -> Room:
        return self._wanted if cell == WANTED else self._rooms.get(cell, (-INFINITY, INFINITY))

    def _broken(self) -> list[int]:
        cells = (WANTED, *(cell for cell, change in self._total.items() if change and cell != WANTED))
        rooms = ((cell, self._room(cell)) for cell in cells)
        return [cell for cell, (low, high) in rooms if not low <= self._total[cell] <= high]

    def _told(self) -> Found | None:
        all_: list[Move] = list(self._moves.all)
        classes: list[Class] = [(number, (all_[place],)) for place, number in self._made.items() if number]
        try:
            worlds = tuple(tellings(self._mender.crowd, classes, self._known))
        except TooFew:
            return None
        return Found(worlds, float(sum(self._made.values())))
