"""Stand-ins for ids that follow from what the records are, so that no id decides which world is found.

Colour refinement (Weisfeiler and Leman): organisations, holdings and conversations are told apart by what they are,
then by whom they belong to and meet, round after round. Of those who are alike after that some are set apart, with all
that can change places with them, and what that tells of the others is refined again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from functools import cache
from typing import TypeVar

from tweeluik.checks.audit.worlds import Records, Talk, Truth, Unit

ROUNDS = 3
"""At least: whom I meet, whom they meet, and whom those meet."""

K = TypeVar("K", bound=Hashable)
Colours = Mapping[K, int]


def with_stand_ins(truth: Truth) -> Truth:
    """The same records; organisations, holdings and conversations have numbers, in an order that no id decides."""
    refined = _Refined(truth)
    units, holdings, talks = (_names(*each) for each in refined.in_order())
    who, whose = _renaming(units), _renaming(holdings)
    return {
        publication: Records(
            {
                units[name]: Unit(holdings[unit.holding], unit.named, unit.codes)
                for name, unit in _by_rank(records.units, units)
            },
            {
                talks[name]: Talk(who(talk.units), whose(talk.holdings), talk.codes, talk.month)
                for name, talk in _by_rank(records.talks, talks)
            },
        )
        for publication, records in truth.items()
    }


def _renaming(names: Mapping[str, str]) -> Callable[[frozenset[str]], frozenset[str]]:
    """From ids to stand-ins; of the same ids the same set, for many a company sits together again."""
    return cache(lambda ids: frozenset(map(names.__getitem__, ids)))


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
        while apart := self._to_set_apart():
            self.units = {name: 2 * colour - (name in apart) for name, colour in self.units.items()}
            self._refine()

    def _to_set_apart(self) -> frozenset[str]:
        """Of organisations that are alike and have company, those that can change places with the first of them.

        None where all can: which of them comes first tells nothing of anybody else, nor what the others' places are.
        """
        alike: dict[int, list[str]] = defaultdict(list)
        for name in sorted(filter(self._has_company, self.units)):
            alike[self.units[name]].append(name)
        for _, names in sorted(alike.items()):
            company = [self._company(name) for name in names] if len(names) > 1 else []
            if len({*company}) > 1:
                return frozenset(name for name, sign in zip(names, company, strict=True) if sign == company[0])
        return frozenset()

    def _company(self, name: str) -> tuple[object, ...]:
        """With whom and at which tables it is, and of what is its own alone what that is.

        Who has the same can change places with it, and takes its own conversations and its own holding along.
        """
        holding = self._belongs[name]
        tables = (self._met.get(name, ()), self._sat.get(holding, ()))
        alone = self._members[holding] == {name}
        own = [{each for each in met if self._is_own(each, name, holding)} if alone else set[str]() for met in tables]
        return (
            self.holdings[holding] if alone else holding,
            *(frozenset(met) - ours for met, ours in zip(tables, own, strict=True)),
            *(_all(self.talks, ours) for ours in own),
        )

    def _is_own(self, talk: str, name: str, holding: str) -> bool:
        """Whether nobody else took part, nor any other holding but those that sat there and nowhere else."""
        units, holdings = self._tables[talk]
        return units <= {name} and all(each == holding or self._is_guest(each) for each in holdings)

    def _is_guest(self, holding: str) -> bool:
        return not self._members.get(holding) and len(self._sat[holding]) == 1

    def _has_company(self, name: str) -> bool:
        holding = self._belongs[name]
        return name in self._met or holding in self._sat or len(self._members[holding]) > 1

    def _sit(self, name: str, talk: Talk) -> None:
        before = self._tables.get(name)
        units, holdings = talk.units, talk.holdings
        if before is not None:  # of hundreds of thousands that are in one publication nothing is copied
            units, holdings = units - before[0], holdings - before[1]
        for unit in units:
            self._met[unit].append(name)
        for holding in holdings:
            self._sat[holding].append(name)
        self._tables[name] = (
            (talk.units, talk.holdings) if before is None else (before[0] | units, before[1] | holdings)
        )

    def _refine(self) -> None:
        """So many rounds at least, and for as long as they still tell somebody apart: who then is not, is alike."""
        apart, rounds = self._apart(), 0
        while True:
            self._refine_once()
            rounds, before, apart = rounds + 1, apart, self._apart()
            if rounds >= ROUNDS and apart == before:
                return

    def _apart(self) -> int:
        """How many kinds of organisations, holdings and conversations are told apart."""
        return sum(len({*colours.values()}) for colours in (self.units, self.holdings, self.talks))

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
        """The three kinds, each with the first letter of its stand-ins; everybody takes along what is its alone."""
        place = _ranked(self.units)
        places = {name: self._nearest(name, place) for name in self.holdings}
        whose = _ranked({name: (colour, places[name]) for name, colour in self.holdings.items()})
        talks = {
            name: (self.talks[name], *_all(place, who), *_all(whose, sat)) for name, (who, sat) in self._tables.items()
        }
        return ("u", place), ("h", whose), ("t", _ranked(talks))

    def _nearest(self, holding: str, place: Colours[str]) -> int:
        """The first of its organisations; of a holding that has none here, of those whom it met."""
        own = self._members.get(holding) or {
            each for talk in self._sat.get(holding, ()) for each in self._tables[talk][0]
        }
        return min(map(place.__getitem__, own), default=-1)


def _all(colours: Colours[str], names: Iterable[str]) -> tuple[int, ...]:
    return tuple(sorted(map(colours.__getitem__, names)))


def _coloured(signs: Mapping[str, list[object]]) -> dict[str, int]:
    """The same number for the same signs, in the order of the signs."""
    said = {name: repr(of) for name, of in signs.items()}
    numbers = {sign: number for number, sign in enumerate(sorted(set(said.values())))}
    return {name: numbers[sign] for name, sign in said.items()}


def _ranked(signs: Mapping[str, int] | Mapping[str, tuple[int, ...]]) -> dict[str, int]:
    """Places in the order of the signs; among equals, who can change places, in that of the ids."""
    return {name: rank for rank, name in enumerate(sorted(signs, key=lambda each: (signs[each], each)))}


def _names(letter: str, colours: Colours[str]) -> dict[str, str]:
    return {name: f"{letter}{rank:07}" for name, rank in _ranked(colours).items()}


def _by_rank(records: Mapping[str, K], names: Mapping[str, str]) -> list[tuple[str, K]]:
    return sorted(records.items(), key=lambda item: names[item[0]])
