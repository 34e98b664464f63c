"""Small worlds without a solver: a move whose effect others undo, looked up by effect.

A move of one record changes some cells. Where these are shown exactly, one or two other moves with the opposite effect
undo it; where they are rounded, their windows may have room. Several such kernels together make a world.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from tweeluik.disclosure.linear import INFINITY
from tweeluik.protection.worlds.crowd import Crowd
from tweeluik.protection.worlds.moves import Rooms
from tweeluik.protection.worlds.world import NOBODY, Effect, Move, World

Kernel = tuple[Move, ...]

MOST_OF_A_MOVE = 4
MOST_THIRD = 24

MANY = 4
"""Of so many moves numpy adds up the effects faster than Python does."""

A_FIT = 100
"""The work in a look at what a few moves do together (`effort.py`)."""


class Kernels:
    """Kernels of a crowd in some rooms, found when they are asked for."""

    def __init__(self, crowd: Crowd[Any], moves: Sequence[Move], rooms: Rooms) -> None:
        self._crowd, self._rooms = crowd, rooms.fixed
        self._low, self._high = np.full((2, 1 + max(rooms.fixed, default=0)), [[-INFINITY], [INFINITY]])
        self._low[list(rooms.fixed)] = [low for low, _ in rooms.fixed.values()]
        self._high[list(rooms.fixed)] = [high for _, high in rooms.fixed.values()]
        self._exact = frozenset(cell for cell, (low, high) in rooms.fixed.items() if low == high == 0)
        self._undoing: dict[Effect, list[Move]] = {}
        self._touching: dict[tuple[int, int], list[Effect]] = {}
        self._into: dict[int, list[Move]] = {}
        for move in moves:
            self._into.setdefault(move.target, []).append(move)
            effect = self._bound(move)
            if effect not in self._undoing:
                for each in effect:
                    self._touching.setdefault(each, []).append(effect)
            self._undoing.setdefault(effect, []).append(move)
        self._found: dict[int, tuple[Move, tuple[Kernel, ...]]] = {}

    def into(self, kind: int) -> Sequence[Move]:
        """Some moves by which a record becomes of a type."""
        return self._into.get(kind, ())

    def _bound(self, move: Move) -> Effect:
        return tuple(each for each in move.effect if each[0] in self._exact)

    def of(self, move: Move) -> tuple[Kernel, ...]:
        """Some kernels that begin with a move, the smallest first."""
        found = self._found.get(id(move))
        if found is None:
            found = self._found[id(move)] = move, tuple(self._of(move))
        return found[1]

    def _of(self, move: Move) -> Iterator[Kernel]:
        effect, found = self._bound(move), 0
        for kernel in self._candidates(move, effect):
            if self.fits(kernel):
                yield kernel
                found += 1
                if found == MOST_OF_A_MOVE:
                    return

    def _candidates(self, move: Move, effect: Effect) -> Iterator[Kernel]:
        if not effect:
            yield (move,)
        opposite = _opposite(effect)
        yield from ((move, other) for other in _spread(self._undoing.get(opposite, ()), 12))
        for cell, sign in effect[:2]:
            for second in self._touching.get((cell, -sign), ())[:MOST_THIRD]:
                rest = _sum(effect, second)
                for third in self._undoing.get(_opposite(rest), ())[:1] if rest else ():
                    yield (move, self._undoing[second][0], third)

    def fits(self, kernel: Sequence[Move]) -> bool:
        """Whether all that is published allows some moves together."""
        self._crowd.effort.spend(A_FIT)
        return self._fit(kernel) if len(kernel) < MANY else self._fit_at_once(kernel)

    def _fit_at_once(self, kernel: Sequence[Move]) -> bool:
        effects = np.frombuffer(b"".join([self._crowd.prepared(move).effect for move in kernel]), dtype=np.int32)
        change = np.bincount(effects[::2], effects[1::2], len(self._low))[: len(self._low)]
        return bool(((change >= self._low) & (change <= self._high)).all())

    def _fit(self, kernel: Sequence[Move]) -> bool:
        total, free = dict[int, int](), (-INFINITY, INFINITY)
        for move in kernel:
            for cell, change in move.effect:
                total[cell] = total.get(cell, 0) + change
        for cell, change in total.items():
            low, high = self._rooms.get(cell, free)
            if not low <= change <= high:
                return False
        return True

    def world(self, moves: Sequence[Move], first: Mapping[int, int], stay: frozenset[int]) -> World | None:
        """A record for every move; `first`: per place the record that makes it."""
        made = {record: moves[place] for place, record in first.items()}
        added: list[int] = []
        for place, move in enumerate(moves):
            if place in first:
                continue
            if move.source == NOBODY:
                added.append(move.target)
                continue
            able = next((r for r in self._crowd.free[move.source] if r not in made and r not in stay), None)
            if able is None:
                return None
            made[able] = move
        return self._crowd.world(made, added, stay)


def _opposite(effect: Effect) -> Effect:
    return tuple((cell, -change) for cell, change in effect)


def _sum(one: Effect, other: Effect) -> Effect:
    total = dict(one)
    for cell, change in other:
        total[cell] = total.get(cell, 0) + change
    return tuple(sorted((cell, change) for cell, change in total.items() if change))


def _spread(moves: Sequence[Move], most: int) -> Sequence[Move]:
    """Some of many, evenly."""
    return moves[:: max(1, len(moves) // most)]
