"""What holdings know of the records of a crowd: their own, and those that they sat at a table with."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from tweeluik.protection.worlds.record_types import Types
from tweeluik.protection.worlds.world import NOBODY, Known, Move, Tokens, World

LOOKS = ("kind", "region", "first_year")
"""Dimensions of an organisation that whoever meets it knows."""


class Acquaintance:
    """Who knows which records, by their numbers.

    `type_of`: of every record, as its crowd has it. `owners`: of every record the holdings that it was ever of.
    """

    def __init__(self, types: Types[Any], type_of: Sequence[int]) -> None:
        self._types, self._type_of = types, type_of
        self.owners: list[frozenset[str]] = []
        self._of_owner: dict[str, list[int]] = {}
        self._met: dict[str, dict[int, frozenset[int]]] = {}
        self._who_met: dict[int, dict[int, set[str]]] = {}
        self._where: dict[frozenset[int], frozenset[int]] = {}
        self._seen: dict[tuple[int, int], frozenset[int]] = {}

    def own(self, owners: frozenset[str]) -> None:
        """The next record is of these holdings; each knows it as its own."""
        for owner in sorted(owners):
            self._of_owner.setdefault(owner, []).append(len(self.owners))
        self.owners.append(owners)

    def meet(self, holding: str, record: int, publication: int) -> None:
        """A holding sat at a table of a publication with a record of another."""
        of = self._met.setdefault(holding, {})
        where = of.get(record, frozenset()) | {publication}
        of[record] = self._where.setdefault(where, where)  # of all who met few differ in this
        self._who_met.setdefault(record, {}).setdefault(publication, set()).add(holding)

    def known_to(self, holding: str) -> Known:
        """What a holding knows: its own records, and those that it met."""
        own = frozenset(self._of_owner.get(holding, ()))
        there = sorted(self._met.get(holding, {}).items())  # not in the order of some set: moves are lent in theirs
        met = {record: where for record, where in there if record not in own}
        return Known(own, met, own)

    def knows(self, holding: str) -> frozenset[int]:
        """The records that a holding knows: its own, and those that it met."""
        return frozenset(self._of_owner.get(holding, ())).union(self._met.get(holding, ()))

    def who_know(self, record: int) -> set[str]:
        """The holdings that know a record: its own, and those that met it."""
        return set(self.owners[record]).union(*self._who_met.get(record, {}).values())

    def unserved(self, world: World) -> set[str]:
        """Holdings that see in what they know that this is not the true world: of their own, and of whom they met."""
        gone = set[str]().union(*(self.owners[record] for record in (*world.moved, *world.seats.values())))
        for record, kind in world.moved.items():
            if record in self._who_met:
                gone.update(*self._who_sees(record, kind))
        return gone

    def _who_sees(self, record: int, kind: int) -> Iterable[set[str]]:
        """Who sat with a record where it looks otherwise: elsewhere it keeps its seats."""
        seen = self._differ(self._type_of[record], kind)
        return (who for publication, who in self._who_met[record].items() if publication in seen)

    def seen_in(self, move: Move) -> frozenset[int]:
        """The publications in which those who met a record there see that it moves."""
        return self._differ(move.source, move.target)

    def _differ(self, one: int, other: int) -> frozenset[int]:
        found = self._seen.get((one, other))
        if found is None:
            found = self._seen[one, other] = frozenset(p for p, _ in self._looks(one) ^ self._looks(other))
        return found

    def _looks(self, kind: int) -> Tokens:
        """What everybody at a table knows of those who sit there."""
        if kind == NOBODY:
            return Tokens()
        return frozenset(t for t in self._types.tokens[kind] if t[1] is None or t[1][0] in LOOKS)
