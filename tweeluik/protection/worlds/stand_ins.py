"""Stand-ins for ids that follow from what the records are, so that no id decides which world is found.

Colour refinement (Weisfeiler and Leman): organisations, holdings and conversations are told apart by what they are,
then by whom they belong to and meet, round after round. Who is alike after that can change places: one of them goes
first, and what that tells of the others is refined again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from typing import TypeVar

from tweeluik.checks.audit.worlds import Records, Talk, Truth, Unit

ROUNDS = 3
"""Whom I meet, whom they meet, and whom those meet."""

K = TypeVar("K", bound=Hashable)
Colours = Mapping[K, int]


def with_stand_ins(truth: Truth) -> Truth:
    """The same records; organisations, holdings and conversations have numbers, in an order that no id decides."""
    refined = _Refined(truth)
    units, holdings, talks = (_names(*each) for each in refined.in_order())
    return {
        publication: Records(
            {
                units[name]: Unit(holdings[unit.holding], unit.named, unit.codes)
                for name, unit in _by_rank(records.units, units)
            },
            {
                talks[name]: Talk(
                    frozenset(units[each] for each in talk.units),
                    frozenset(holdings[each] for each in talk.holdings),
                    talk.codes,
                    talk.month,
                )
                for name, talk in _by_rank(records.talks, talks)
            },
        )
        for publication, records in truth.items()
    }


class _Refined:
    """The colours of everybody and every conversation, refined until who meets whom is in them."""

    def __init__(self, truth: Truth) -> None:
        self._members: dict[str, set[str]] = defaultdict(set)
        self._met: dict[str, list[str]] = defaultdict(list)
        self._sat: dict[str, list[str]] = defaultdict(list)
        self._tables: dict[str, tuple[frozenset[str], frozenset[str]]] = {}
        said: dict[str, list[object]] = defaultdict(list)
        told: dict[str, list[object]] = defaultdict(list)
        for publication, records in sorted(truth.items()):
            for name, unit in records.units.items():
                said[name].append((publication, unit.named, tuple(sorted(unit.codes))))
                self._members[unit.holding].add(name)
            for name, talk in records.talks.items():
                told[name].append((publication, talk.month, tuple(sorted(talk.codes))))
                self._sit(name, talk)
        self.units, self.talks = _coloured(said), _coloured(told)
        self.holdings: Colours[str] = dict.fromkeys((*self._members, *self._sat), 0)
        self._belongs = {name: holding for holding, names in self._members.items() for name in names}
        self._refine()
        while alike := self._first_alike():
            self.units = {**{name: 2 * colour for name, colour in self.units.items()}, alike: 2 * self.units[alike] - 1}
            self._refine()

    def _first_alike(self) -> str | None:
        """One of two organisations that are alike and have company; the others' places tell nothing of anybody."""
        first: dict[int, str] = {}
        for name in sorted(self.units, key=lambda each: (self.units[each], each)):
            if self._has_company(name) and first.setdefault(self.units[name], name) != name:
                return first[self.units[name]]
        return None

    def _has_company(self, name: str) -> bool:
        holding = self._belongs[name]
        return name in self._met or holding in self._sat or len(self._members[holding]) > 1

    def _sit(self, name: str, talk: Talk) -> None:
        units, holdings = self._tables.get(name, (frozenset(), frozenset()))
        for unit in talk.units - units:
            self._met[unit].append(name)
        for holding in talk.holdings - holdings:
            self._sat[holding].append(name)
        self._tables[name] = (units | talk.units, holdings | talk.holdings)

    def _refine(self) -> None:
        for _ in range(ROUNDS):
            self._refine_once()

    def _refine_once(self) -> None:
        units, talks, holdings = self.units, self.talks, self.holdings
        self.holdings = _coloured(
            {
                name: [holdings[name], _all(units, self._members.get(name, ())), _all(talks, self._sat.get(name, ()))]
                for name in holdings
            }
        )
        self.talks = _coloured(
            {name: [talks[name], _all(units, who), _all(holdings, sat)] for name, (who, sat) in self._tables.items()}
        )
        self.units = _coloured(
            {name: [units[name], holdings[self._belongs[name]], _all(talks, self._met.get(name, ()))] for name in units}
        )

    def in_order(self) -> tuple[tuple[str, Colours[str]], ...]:
        """The three kinds, each with the first letter of its stand-ins; who has no company takes its holding along."""
        place = _ranked(self.units)
        places = {name: min((place[each] for each in who), default=-1) for name, who in self._members.items()}
        holdings = {name: (colour, places.get(name, -1)) for name, colour in self.holdings.items()}
        return ("u", place), ("h", _ranked(holdings)), ("t", self.talks)


def _all(colours: Colours[str], names: Iterable[str]) -> tuple[int, ...]:
    return tuple(sorted(colours[name] for name in names))


def _coloured(signs: Mapping[str, list[object]]) -> dict[str, int]:
    """The same number for the same signs, in the order of the signs."""
    said = {name: repr(of) for name, of in signs.items()}
    numbers = {sign: number for number, sign in enumerate(sorted(set(said.values())))}
    return {name: numbers[sign] for name, sign in said.items()}


def _ranked(signs: Mapping[str, int] | Mapping[str, tuple[int, int]]) -> dict[str, int]:
    """Places in the order of the signs; among equals, who can change places, in that of the ids."""
    return {name: rank for rank, name in enumerate(sorted(signs, key=lambda each: (signs[each], each)))}


def _names(letter: str, colours: Colours[str]) -> dict[str, str]:
    return {name: f"{letter}{rank:07}" for name, rank in _ranked(colours).items()}


def _by_rank(records: Mapping[str, K], names: Mapping[str, str]) -> list[tuple[str, K]]:
    return sorted(records.items(), key=lambda item: names[item[0]])
