"""Which records carry the moves of a world: each at most one, and others in each telling."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from tweeluik.protection.worlds.crowd import Crowd
from tweeluik.protection.worlds.seating import Giver
from tweeluik.protection.worlds.world import NOBODY, Known, Move, World

MOST_TELLINGS = 6

Class = tuple[int, Sequence[Move], Known]
"""How often moves of one effect are made, which moves those are, and which records cannot make them."""


class TooFew(Exception):
    """`records` are all that can carry some of the moves, and they are too few: at most so many of them move.

    `giver`: of them the one whose seats nobody can have then, and which; the others could if they did not move.
    """

    def __init__(self, records: frozenset[int], most: int, giver: Giver | None = None) -> None:
        self.records, self.most, self.giver = records, most, giver
        super().__init__("moves without a record each")


def tellings(crowd: Crowd[Any], classes: Sequence[Class], known: Known) -> Iterator[World]:
    """Worlds of the same moves, carried by records that no world before moved, as far as there are any.

    Raises:
        TooFew: there is none.
    """
    moved, tired, told = frozenset[int](), frozenset[int](), 0
    giver: Giver | None = None
    for _ in range(MOST_TELLINGS):
        made, added = _Carriers(crowd, classes, tired).carried()
        world, moved = crowd.world(made, added, known.seated), frozenset(made)
        if world is None:
            # All who might have the seats of one move too: where others do in their place, one of them stays.
            giver, moved = crowd.seating.unseated(made, known.seated)
        else:
            told += 1
            yield world
        if tired.issuperset(moved):
            break
        tired |= moved
    if not told:
        raise TooFew(moved, len(moved) - 1, giver)


def carriers(crowd: Crowd[Any], alike: Sequence[Move], known: Known) -> dict[int, Move]:
    """Per record that can make one of some moves, which it makes."""
    return {
        record: move
        for move in alike
        if move.source != NOBODY
        for record in crowd.free[move.source]
        if _carries(crowd, record, move, known)
    }


def _carries(crowd: Crowd[Any], record: int, move: Move, known: Known) -> bool:
    return not known.keeps(record, crowd.acquaintance.seen_in(move))


def are_carried_by(records: frozenset[int], crowd: Crowd[Any], alike: Sequence[Move], known: Known) -> bool:
    """Whether nobody but these records can make one of some moves."""
    return not any(move.source == NOBODY or _others_carry(records, crowd, move, known) for move in alike)


def _others_carry(records: frozenset[int], crowd: Crowd[Any], move: Move, known: Known) -> bool:
    others = (each for each in crowd.free[move.source] if each not in records)
    return any(_carries(crowd, each, move, known) for each in others)


class _Carriers:
    """A record for every move: a matching, by augmenting paths."""

    def __init__(self, crowd: Crowd[Any], classes: Sequence[Class], tired: frozenset[int]) -> None:
        able = [(times, carriers(crowd, alike, stay), alike) for times, alike, stay in classes]
        self._slots = [(each, alike) for times, each, alike in able for _ in range(times)]
        self._tired = tired
        self._carried: dict[int, int] = {}

    def carried(self) -> tuple[dict[int, Move], list[int]]:
        """Per record the move that it makes, and the types of those who come.

        Moves that a newcomer may make are given a record last, where records are scarce.
        """
        try:
            return self._made(range(len(self._slots)))
        except TooFew:
            self._carried = {}
            return self._made(sorted(range(len(self._slots)), key=lambda slot: self._newcomer(slot) is not None))

    def _made(self, slots: Iterable[int]) -> tuple[dict[int, Move], list[int]]:
        added: dict[int, int] = {}
        for slot in slots:
            tried: set[int] = set()
            if not self._carry(slot, tried):
                come = self._newcomer(slot)
                if come is None:
                    raise TooFew(frozenset(tried), len(tried))
                added[slot] = come
        made = {record: self._slots[slot][0][record] for record, slot in sorted(self._carried.items())}
        return made, [added[slot] for slot in sorted(added)]

    def _newcomer(self, slot: int) -> int | None:
        """As what somebody comes who truly is not there; None: nobody can make these moves so."""
        return next((move.target for move in self._slots[slot][1] if move.source == NOBODY), None)

    def _carry(self, slot: int, tried: set[int]) -> bool:
        able = self._slots[slot][0]
        for record in sorted(able, key=lambda each: (each in self._tired, each in self._carried, each)):
            if record not in tried:
                tried.add(record)
                held = self._carried.get(record)
                if held is None or self._carry(held, tried):
                    self._carried[record] = slot
                    return True
        return False
