"""Who goes on as whom through all publications: by the source and by who is in them, not as protection has it.

Whoever knows the field knows a successor and whom it continues for one. A protection that takes two for one has nobody
come or go where somebody did; one that takes one for two has worlds in which only one of them was there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from datetime import date

from tweeluik.checks.audit.worlds import Publication
from tweeluik.pipeline.content import Content
from tweeluik.record.model import Release
from tweeluik.selection.microdata import Microdata, unit_id
from tweeluik.selection.rules import is_named, publishes_numbers, select
from tweeluik.selection.secret import secret_of
from tweeluik.source.past import names
from tweeluik.source.records import Edition, Partner, Source

There = Mapping[Publication, Collection[str]]
"""Per publication the organisations that it counts or names, as a memory calls them."""


def going_on(
    content: Content, told: Mapping[Publication, Microdata], every: Collection[Publication],
    forgotten: Collection[Publication],
) -> Mapping[str, str]:  # fmt: skip
    """Per organisation the line that it belongs to: the same for whoever goes on as another.

    `told`: the records behind publications. Of `every` other the source tells who is in it; of what is `forgotten`, or
    has no numbers, the names.
    """
    source = content.source
    if source is None:
        return {}
    found = _Found(content, source, told, forgotten)
    there = {each: found.in_(each) for each in every}
    return _Lines(source.partners, secret_of(source), there, {each: found.day_of(each) for each in every}).lines()


class _Found:
    """Who is in a publication, and up to which day it tells."""

    def __init__(
        self,
        content: Content,
        source: Source,
        told: Mapping[Publication, Microdata],
        forgotten: Collection[Publication],
    ) -> None:
        self._source, self._told, self._forgotten, self._memories = source, told, forgotten, content.memories
        self._editions = {(each.id, each.version): each for each in source.editions}
        self._latest = {each.id: each for each in source.editions}
        self._out = {(each.edition, each.version): each for v in content.published.register.values() for each in v}
        self._key = secret_of(source)

    def day_of(self, publication: Publication) -> date:
        out = self._out.get(publication)
        return self._editions[publication].covered.until if out is None else out.reaches

    def in_(self, publication: Publication) -> Collection[str]:
        if publication in self._told:
            return {unit.id for unit in self._told[publication].units}
        out = self._out.get(publication)
        if out is None:
            return self._by_source(self._editions[publication])
        is_recalled = out.tables and publication not in self._forgotten
        return self._by_source(self._latest[out.edition]) if is_recalled else self._by_name(out)

    def _by_source(self, edition: Edition) -> Collection[str]:
        selection = select(self._source, edition)
        some = selection.partners if publishes_numbers(edition) else ()
        return {unit_id(self._key, each.id) for each in some if edition.tables or is_named(each, edition)}

    def _by_name(self, out: Release) -> Collection[str]:
        """Of what is out without numbers, or without records: who is named, and whom a memory has by name."""
        memory = self._memories.get((out.edition, out.version))
        known = {unit.id for unit in memory.units if unit.named} if memory else set[str]()
        told = (each for each in self._source.partners if not frozenset(out.named).isdisjoint(names(each)))
        return known | {unit_id(self._key, each.id) for each in told}


class _Lines:
    """Organisations of a source in publications; of those that ended, who took their place."""

    def __init__(
        self, partners: Collection[Partner], key: bytes, there: There, days: Mapping[Publication, date]
    ) -> None:
        self._ids = {each.id: unit_id(key, each.id) for each in partners}
        self._partners, self._days = {each.id: each for each in partners}, days
        self._in: defaultdict[str, set[Publication]] = defaultdict(set)
        for publication, who in there.items():
            for each in who:
                self._in[each].add(publication)

    def lines(self) -> Mapping[str, str]:
        """Per organisation of the source that is part of a line with others the first id in it."""
        line: dict[str, frozenset[str]] = {}
        followed = set[str]()
        for old in sorted(filter(_went_on, self._partners.values()), key=_began):
            heirs = {*self._heirs(old)} if self._ids[old.id] in self._in else set[str]()
            if len(heirs) == 1 and followed.isdisjoint(heirs):
                (heir,) = heirs
                before, after = (line.get(each, frozenset({each})) for each in (self._ids[old.id], heir))
                if self._follows(old, before, after):
                    followed.add(heir)
                    line |= dict.fromkeys(before | after, before | after)
        return {each: min(those) for each, those in line.items()}

    def _heirs(self, old: Partner) -> Iterator[str]:
        """The nearest of those who continue an organisation that are in any publication, along every branch."""
        for each in old.successors if _went_on(old) else ():
            if each in self._ids and self._ids[each] in self._in:
                yield self._ids[each]
            elif each in self._partners:
                yield from self._heirs(self._partners[each])

    def _follows(self, old: Partner, before: Collection[str], after: Collection[str]) -> bool:
        """Whether a line was only in publications of later days, none of them with the other in it."""
        then, now = (set[Publication]().union(*(self._in[each] for each in line)) for line in (before, after))
        return then.isdisjoint(now) and all(old.ended is not None and self._days[each] > old.ended for each in now)


def _went_on(partner: Partner) -> bool:
    return partner.ended is not None and bool(partner.successors)


def _began(partner: Partner) -> tuple[bool, int, date, str]:
    """Whose work began first comes first, who never worked last."""
    years = [each.year for each in partner.collaborations]
    return not years, min(years, default=0), partner.ended or date.max, partner.id
