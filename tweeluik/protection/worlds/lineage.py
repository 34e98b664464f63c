"""Who continues another is the same to readers: in every publication one of them, never both."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from tweeluik.checks.audit.worlds import Publication, Records, Talk, Truth, Unit

Named = Mapping[Publication, Collection[str]]

Days = Mapping[Publication, date]
"""The reference date of every publication."""


@dataclass(frozen=True, slots=True, repr=False)
class Ended:
    """An organisation's last day, and who continues it."""

    last: date
    heirs: Sequence[str]


def as_one(truth: Truth, ended: Mapping[str, Ended], days: Days, named: Named = MappingProxyType({})) -> Truth:
    """The same records; who continues another has one id with it, where it was not there beside it before.

    A successor takes the place of whom it continues, and who knows the field knows both: nobody came, nobody left,
    whoever's member either is. `ended`: the one with which work began first comes first. `named`: per publication
    without numbers the organisations that it names; they have a record there, of no category.
    """
    ids = _Lines(truth, ended, days, named).ids()
    lined = _lined(truth, ids)
    holding = {name: unit.holding for records in lined.values() for name, unit in records.units.items()}
    names = {publication: sorted({ids.get(each, each) for each in who}) for publication, who in named.items()}
    return lined | {
        publication: Records({each: Unit(holding.get(each, each), named=True, codes=frozenset()) for each in who})
        for publication, who in names.items()
        if who
    }


def _lined(truth: Truth, ids: Mapping[str, str]) -> dict[Publication, Records]:
    return {
        publication: Records(
            {ids.get(name, name): unit for name, unit in records.units.items()},
            {name: _with(talk, ids) for name, talk in records.talks.items()},
        )
        for publication, records in truth.items()
    }


class _Lines:
    """Organisations of which one goes on as the other."""

    def __init__(self, truth: Truth, ended: Mapping[str, Ended], days: Days, named: Named) -> None:
        self._ended, self._days = ended, days
        self._there: dict[str, set[Publication]] = {}
        for publication, who in (*((key, records.units) for key, records in truth.items()), *named.items()):
            for name in who:
                self._there.setdefault(name, set()).add(publication)
        self._line = {name: {name} for name in self._there}

    def ids(self) -> Mapping[str, str]:
        """Per organisation the id of its line: the first of them.

        Of several that one continues, the one with which work began first goes on as it; of a split nobody does.
        """
        taken = set[str]()
        for name in filter(self._there.__contains__, self._ended):
            heirs = {*self._nearest(name)}
            if len(heirs) == 1 and taken.isdisjoint(heirs) and self._takes_the_place(min(heirs), name):
                taken |= heirs
                line = self._line[name] | self._line[min(heirs)]
                self._line |= dict.fromkeys(line, line)
        return {name: min(line) for name, line in self._line.items()}

    def _nearest(self, name: str) -> Iterator[str]:
        """Who continues an organisation and is in any publication: the nearest of every branch."""
        for each in self._ended[name].heirs if name in self._ended else ():
            if each in self._there:
                yield each
            else:
                yield from self._nearest(each)

    def _takes_the_place(self, heir: str, name: str) -> bool:
        """Whether an heir was nowhere beside whom it continues, nor there before the end of that."""
        mine, before = (self._publications(each) for each in (heir, name))
        return mine.isdisjoint(before) and all(self._days[each] > self._ended[name].last for each in mine)

    def _publications(self, name: str) -> set[Publication]:
        return set[Publication]().union(*(self._there[each] for each in self._line[name]))


def _with(talk: Talk, ids: Mapping[str, str]) -> Talk:
    return Talk(frozenset(ids.get(name, name) for name in talk.units), talk.holdings, talk.codes, talk.month)
