"""Who may have sat at the tables of an organisation that another world has otherwise.

A conversation is counted by how those look who took part. Where one of them is otherwise in another world, somebody
else who looks as it truly did had its seat there, so that no number of conversations changes. His holding knows better.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from tweeluik.checks.audit.reality import covers
from tweeluik.checks.audit.worlds import Pair, Publication, Talk
from tweeluik.protection.periods import OF_PARTNERS
from tweeluik.protection.worlds.everything import CONVERSATIONS, Everything
from tweeluik.protection.worlds.world import Aspects

Face = frozenset[Pair] | None
"""How an organisation is counted in the conversations of a publication; None: it is not in it."""

Where = frozenset[int]
"""Publications, by number; none: all."""

EVERYWHERE = Where()
NOBODY = frozenset[str]()


Taken = tuple[str, Where]
"""Who has the seats of another, at the tables that some publications count."""


class Alike(NamedTuple):
    """Who looks alike wherever their conversations are counted, in the order of their ids, and as a set."""

    names: tuple[str, ...]
    them: frozenset[str]


class Seats:
    """The seats of organisations, by their ids."""

    def __init__(self, everything: Everything, ids: Sequence[str], holding: Mapping[str, str]) -> None:
        self._everything, self._ids, self._holding = everything, ids, holding
        self._talks: dict[str, dict[str, None]] = {}
        self._at: dict[str, dict[Publication, Talk]] = {}
        self._alike: dict[tuple[str, Where], Alike] = {}
        self._by: dict[str, Where] = {}
        self._looking: dict[tuple[tuple[int, Face], ...], Alike] = {}
        self._beside: dict[tuple[str, str], frozenset[str]] = {}
        for publication in everything.number:
            for name, talk in everything.truth[publication].talks.items():
                self._at.setdefault(name, {})[publication] = talk
                for unit in sorted(talk.units):
                    self._talks.setdefault(unit, {})[name] = None

    # --- who can take them --------------------------------------------------------------------------------------------

    def alike(self, name: str, where: Where = EVERYWHERE) -> Alike:
        """Who looks as an organisation does wherever its conversations are counted, itself too.

        `where`: the conversations that some publications count, and everywhere that these are. One and the same value
        for all of whom the same is asked: of many organisations there are few kinds.
        """
        if (name, where) not in self._alike:
            wanted = tuple(sorted(self._wanted(name, where).items()))
            if wanted not in self._looking:
                found = frozenset[str](self._ids).intersection(*(self._having[i].get(face, ()) for i, face in wanted))
                self._looking[wanted] = Alike(tuple(each for each in self._ids if each in found), found)
            self._alike[name, where] = self._looking[wanted]
        return self._alike[name, where]

    def takers(self, name: str, where: Where = EVERYWHERE) -> tuple[str, ...]:
        """Who of these might have had all those seats of it: its own holding first; nobody who sat beside it."""
        beside = {unit for talk in self._counted(name, where) for unit in self._sat(talk)}
        able = [each for each in self.alike(name, where).names if each not in beside]
        return tuple(sorted(able, key=lambda each: self._holding[each] != self._holding[name]))

    def aspects(self, name: str, where: Where = EVERYWHERE) -> Aspects:
        """What of an organisation these conversations are counted by."""
        return frozenset(
            (i, dimension)
            for i, face in self._wanted(name, where).items() if face is not None
            for dimension in (None, *self._told[i])
        )  # fmt: skip

    def _wanted(self, name: str, where: Where) -> Mapping[int, Face]:
        """Per publication that its conversations are in, or would be if it were there, how it looks."""
        there = {i for talk in self._counted(name, where) for i in self._counting(talk)}
        return {i: self._face(i, name) for i in there}

    def _counted(self, name: str, where: Where) -> Sequence[str]:
        """Its conversations that some publications count."""
        talks = self._talks[name]
        return [each for each in talks if where == EVERYWHERE or not where.isdisjoint(self._counting(each))]

    def _counting(self, talk: str) -> Where:
        """The publications that count a conversation, or would if others had sat there."""
        if talk not in self._by:
            at = self._at[talk]
            month = next(iter(at.values())).month
            self._by[talk] = frozenset(
                i for publication, i in self._everything.number.items()
                if publication in at or covers(self._everything.editions[i].period, month)
            )  # fmt: skip
        return self._by[talk]

    def _face(self, i: int, name: str) -> Face:
        return self._faces[i].get(name)

    @cached_property
    def _told(self) -> Sequence[tuple[str, ...]]:
        told = (self._everything.tells_of(i, CONVERSATIONS) for i in self._everything.number.values())
        return [tuple(sorted(each.intersection(OF_PARTNERS))) for each in told]

    @cached_property
    def _faces(self) -> Sequence[Mapping[str, Face]]:
        return [
            {
                name: frozenset(pair for pair in unit.codes if pair[0] in self._told[i])
                for name, unit in self._everything.truth[publication].units.items()
            }
            for publication, i in self._everything.number.items()
        ]

    @cached_property
    def _having(self) -> Sequence[Mapping[Face, frozenset[str]]]:
        """Per publication who looks how in it."""
        found: list[dict[Face, set[str]]] = [{} for _ in self._faces]
        for looks, having in zip(self._faces, found, strict=True):
            for name in self._ids:
                having.setdefault(looks.get(name), set()).add(name)
        return [{face: frozenset(names) for face, names in having.items()} for having in found]

    # --- the conversations of a world ---------------------------------------------------------------------------------

    def changed(
        self, taken: Mapping[str, Taken], whole: Collection[str], gone: Mapping[Publication, frozenset[str]]
    ) -> Iterator[tuple[tuple[Publication, str], Talk | None]]:
        """Conversations with other people in some seats, and without those who are not in a publication any more.

        `whole`: organisations that are otherwise with all who look alike. The first of them at a table was there then,
        and the others were not.
        """
        away = frozenset[str]().union(*gone.values())
        seats: dict[str, dict[str, str]] = {}
        for unit, (taker, where) in taken.items():
            for talk_taken in self._counted(unit, where):
                seats.setdefault(talk_taken, {})[unit] = taker
        for name in sorted({*seats, *(talk for unit in (*whole, *away) for talk in self._talks.get(unit, ()))}):
            absent, here = self._absent(name, whole), seats.get(name, {})
            holdings = self._table(name, here, absent)
            for publication, talk in self._at[name].items():
                left = talk.units - absent - (gone.get(publication, frozenset()) - here.keys())
                units = frozenset(here.get(unit, unit) for unit in left)
                if units != talk.units:
                    yield (publication, name), Talk(units, holdings, talk.codes, talk.month) if units else None

    def _absent(self, talk: str, whole: Collection[str]) -> frozenset[str]:
        own = self._sat(talk).intersection(whole)
        return frozenset(each for name in own for each in self.beside(name, talk) if each > name)

    def beside(self, name: str, talk: str) -> frozenset[str]:
        """Who looks alike and sat at a table too."""
        if (name, talk) not in self._beside:
            self._beside[name, talk] = self._find_beside(name, talk)
        return self._beside[name, talk]

    def _find_beside(self, name: str, talk: str) -> frozenset[str]:
        return self._sat(talk).intersection(self.alike(name).them) - {name} or NOBODY  # who is there once

    def _sat(self, talk: str) -> frozenset[str]:
        return frozenset[str]().union(*(each.units for each in self._at[talk].values()))

    def _table(self, talk: str, taken: Mapping[str, str], absent: frozenset[str]) -> frozenset[str]:
        """Everybody at the table: who gave up a seat is not, unless another of its holding is."""
        sat = self._sat(talk)
        away = {self._holding[unit] for unit in (sat & taken.keys()) | absent}
        still = {self._holding[taken.get(unit, unit)] for unit in sat - absent}
        return (next(iter(self._at[talk].values())).holdings - away) | still

    def shared(self) -> Iterator[tuple[str, str, bool]]:
        """Every two who sat at one table, and whether they look alike."""
        for name, talks in self._talks.items():
            for talk in talks:
                alike = self._find_beside(name, talk)  # of all seats there are: of few it is asked again
                yield from ((name, other, other in alike) for other in sorted(self._sat(talk)) if name < other)
