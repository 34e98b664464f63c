"""Who may have sat at the tables of an organisation that another world has otherwise.

A conversation is counted by how those look who took part. Where one of them is otherwise in another world, somebody
else who looks as it truly did had its seat there, so that no number of conversations changes. His holding knows better.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from tweeluik.checks.audit.reality import covers
from tweeluik.checks.audit.worlds import Pair, Publication, Talk
from tweeluik.protection.worlds.everything import CONVERSATIONS, OF_PARTNERS, Everything

Face = frozenset[Pair] | None
"""How an organisation is counted in the conversations of a publication; None: it is not in it."""

Aspects = frozenset[tuple[int, str | None]]
"""What of an organisation conversations are counted by: (publication, dimension); None: whether it is there."""


class Seats:
    """The seats of organisations, by their ids."""

    def __init__(self, everything: Everything, ids: Sequence[str], holding: Mapping[str, str]) -> None:
        self._everything, self._ids, self._holding = everything, ids, holding
        self._talks: dict[str, dict[str, None]] = {}
        self._at: dict[str, dict[Publication, Talk]] = {}
        for publication in everything.number:
            for name, talk in everything.truth[publication].talks.items():
                self._at.setdefault(name, {})[publication] = talk
                for unit in talk.units:
                    self._talks.setdefault(unit, {})[name] = None

    # --- who can take them --------------------------------------------------------------------------------------------

    def alike(self, name: str) -> tuple[str, ...]:
        """Who looks as an organisation does wherever its conversations are counted, itself too."""
        wanted = tuple(sorted(self._wanted(name).items(), key=lambda item: item[0]))
        return tuple(each for each in self._ids if all(self._face(i, each) == face for i, face in wanted))

    def takers(self, name: str, alike: Sequence[str]) -> tuple[str, ...]:
        """Who of them might have had all its seats: its own holding first; nobody who sat beside it."""
        beside = {unit for talk in self._talks[name] for at in self._at[talk].values() for unit in at.units}
        able = [each for each in alike if each not in beside]
        return tuple(sorted(able, key=lambda each: self._holding[each] != self._holding[name]))

    def aspects(self, name: str) -> Aspects:
        """What of an organisation its conversations are counted by."""
        return frozenset(
            (i, dimension)
            for i, face in self._wanted(name).items() if face is not None
            for dimension in (None, *self._told[i])
        )  # fmt: skip

    def _wanted(self, name: str) -> Mapping[int, Face]:
        """Per publication that its conversations are in, or would be if it were there, how it looks."""
        number, found = self._everything.number, dict[int, Face]()
        for talk in self._talks[name]:
            at = self._at[talk]
            month = next(iter(at.values())).month
            for publication, i in number.items():
                if publication in at or covers(self._everything.editions[i].period, month):
                    there = publication in at and name in at[publication].units
                    found[i] = self._face(i, name) if there else None
        return found

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

    # --- the conversations of a world ---------------------------------------------------------------------------------

    def changed(
        self, taken: Mapping[str, str], gone: Mapping[Publication, frozenset[str]]
    ) -> Iterator[tuple[tuple[Publication, str], Talk | None]]:
        """Conversations with other people in some seats, and without those who are not in a publication any more."""
        names = {
            talk for unit in (*taken, *frozenset[str]().union(*gone.values())) for talk in self._talks.get(unit, ())
        }
        for name in sorted(names):
            holdings = self._table(name, taken)
            for publication, talk in self._at[name].items():
                left = talk.units - (gone.get(publication, frozenset()) - taken.keys())
                units = frozenset(taken.get(unit, unit) for unit in left)
                if units != talk.units:
                    yield (publication, name), Talk(units, holdings, talk.codes, talk.month) if units else None

    def _table(self, name: str, taken: Mapping[str, str]) -> frozenset[str]:
        """Everybody at the table: who gave up a seat is not, unless another of its holding is."""
        sat = frozenset[str]().union(*(talk.units for talk in self._at[name].values()))
        away = {self._holding[unit] for unit in sat & taken.keys()}
        still = {self._holding[taken.get(unit, unit)] for unit in sat}
        return (next(iter(self._at[name].values())).holdings - away) | still
