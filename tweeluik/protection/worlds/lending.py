"""Which moves a search may make: those of every type at first, and more for a demand that these do not meet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import Any

from tweeluik.checks.audit.questions import Asked
from tweeluik.protection.worlds.crowd import Crowd
from tweeluik.protection.worlds.demands import Asker, Demand
from tweeluik.protection.worlds.moves import Rooms
from tweeluik.protection.worlds.world import NOBODY, Known, Move

MOST_FURTHER, ALL_FURTHER = 6, 40
"""Types of which moves of two steps are lent; and at last."""

MOST_AROUND = 12
"""Types of which moves are lent that are otherwise before, or after, some publication."""

MOST_LENT, MOST_SEEN = 40, 400
"""Of the moves of two steps the first are lent; at last, of so many, those that change fewest exact numbers."""

ENOUGH_TYPES = 250
"""Types beyond these lend no moves to others."""


class Lending:
    """The moves that were lent so far, in the order in which they were.

    `standing`: moves for all demands; `loose`: those that let a cell move that truly stood still.
    """

    def __init__(self, crowd: Crowd[Any]) -> None:
        self._crowd = crowd
        self.standing: list[Move] = []
        self.loose: list[Move] = []
        self._done: set[tuple[object, ...]] = set()
        lending = crowd.true[:: max(1, len(crowd.true) // ENOUGH_TYPES)]
        self._lend(move for kind in lending for move in crowd.moves_from(kind))

    def may(self, *, still: bool) -> Sequence[Move]:
        """The moves for demands that ask that what stood still does, or for all others."""
        return self.standing if still else [*self.standing, *self.loose]

    def __len__(self) -> int:
        return len(self.standing) + len(self.loose)

    def _lend(self, moves: Iterable[Move]) -> None:
        for move in moves:
            stands = move.target == NOBODY or self._crowd.stands[move.target]
            (self.standing if stands else self.loose).append(move)

    def _is_new(self, *what: object) -> bool:
        """Whether something was not lent before; now it was."""
        new = what not in self._done
        self._done.add(what)
        return new

    def look_further(self, demand: Demand, asks: Known, rooms: Rooms, *, best: bool) -> bool:
        """Lend moves that change who is in a set; whether there are any that were not lent before.

        `asks`: what whoever asks knows. Of who is in it, that there were two in its place, of whom one came when the
        other left. Of whom who asks met, that they were of another kind, or elsewhere, before that or after. Of
        everybody with the work of another in all years. Of two steps first of records that may be otherwise for who
        asks, since what he knows himself is no help to him; of these first those of whom most is true that the question
        is put in: they are nearest to being in the set, or to leaving it. Then of others, who help somebody else.

        `best`: of many the best; and who changed kind or region over the years. Whoever supposes that nobody did is not
        kept from anything by these, so what may be hidden is hidden first, and where both ends are promised there is no
        need for them: one of the two would be left to him.
        """
        before, crowd, asker = len(self), self._crowd, demand.asker
        self._lend_around(asks.met)
        free = [kind for kind in crowd.true if not asks.all.issuperset(crowd.free[kind])]
        free.sort(key=lambda kind: -len(asker.labels & crowd.tokens[kind]))
        inside = dict.fromkeys(crowd.type_of[record] for record in demand.records)
        for kind in (each for each in inside if self._is_new("in pieces", each)):
            self._lend(crowd.in_pieces(kind))
        kinds = dict.fromkeys((*inside, *free, *crowd.true))
        for kind in kinds if self._is_new("as others", asker) else ():
            self._lend(islice(crowd.as_others(kind, asker.holds), MOST_LENT))
        if best and demand.question.asked is not Asked.BOTH:
            self._lend_into(asker, islice(kinds, MOST_AROUND))
            self._lend_beside(asker, asks.met)
        for kind in islice(kinds, ALL_FURTHER if best else MOST_FURTHER):
            self._lend_two_steps(asker, kind, rooms, best=best)
        return len(self) > before

    def _types_of(self, met: Mapping[int, frozenset[int]]) -> Iterable[tuple[int, frozenset[int]]]:
        """The types of those who were met, and in which publications."""
        return dict.fromkeys((self._crowd.type_of[record], where) for record, where in met.items())

    def _lend_around(self, met: Mapping[int, frozenset[int]]) -> None:
        """What those who were met in some publications might have been in the others."""
        for kind, where in self._types_of(met):
            if self._is_new("around", kind, where):
                self._lend(self._crowd.around(kind, where))

    def _lend_into(self, asker: Asker, kinds: Iterable[int]) -> None:
        """What brings records into a set, or out of it, and is otherwise before some publication only, or after it."""
        for kind in kinds:
            for other in sorted({publication for publication, _ in self._crowd.tokens[kind]} - asker.about):
                if self._is_new("into", asker, kind, other):
                    self._lend(islice(self._crowd.into_around(kind, frozenset({other}), asker.holds), MOST_LENT))

    def _lend_beside(self, asker: Asker, met: Mapping[int, frozenset[int]]) -> None:
        """The same of those who were met in some publications, with one thing more that is otherwise."""
        for kind, where in islice(self._types_of(met), MOST_FURTHER):
            if self._is_new("beside", asker, kind, where):
                self._lend(islice(self._crowd.into_around(kind, where, asker.holds, near=True), MOST_LENT))

    def _lend_two_steps(self, asker: Asker, kind: int, rooms: Rooms, *, best: bool) -> None:
        """What brings records of a type into a set, or out of it, in two steps."""
        if not self._is_new("two steps", asker, kind, best):
            return
        seen = self._crowd.two_steps_from(kind, asker.holds)
        if best:
            lent = MOST_LENT if ("two steps", asker, kind, False) in self._done else 0
            seen = sorted(islice(seen, lent, MOST_SEEN), key=lambda move: _against(move, rooms))
        self._lend(islice(seen, MOST_LENT))


def _against(move: Move, rooms: Rooms) -> int:
    """How many cells a move takes out of their rooms, which other moves have to bring back."""
    fixed = rooms.fixed
    return sum(cell in fixed and not fixed[cell][0] <= change <= fixed[cell][1] for cell, change in move.effect)
