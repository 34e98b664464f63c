"""Who continues whom on a reference date: who succeeds an organisation that was a partner goes on with its work.

On that day an organisation is itself and everyone that it continues. A merger of two continues both, and so the
earlier; of a split each part continues the whole.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import cached_property

from tweeluik.source.records import Collaboration, Partner


class Succession:
    """The organisations of a source, by who had ended before `day` and who continues them."""

    def __init__(self, partners: tuple[Partner, ...], day: date) -> None:
        self._by_id = {each.id: each for each in partners}
        self._day = day

    def line(self, id_: str) -> tuple[Partner, ...]:
        """An organisation and everyone that it continues, itself first."""
        found = {id_: None}
        for each in iter(waiting := [id_]):
            for before in self._continued.get(each, ()):
                if before not in found:
                    found[before] = None
                    waiting.append(before)
        return tuple(self._by_id[each] for each in found)

    def heirs(self, id_: str, within: Container[str]) -> tuple[str, ...]:
        """The nearest of those who continue an organisation that are `within`; nobody while it has not ended."""
        return tuple(sorted(set(self._heirs(id_, within))))

    def _heirs(self, id_: str, within: Container[str]) -> Iterator[str]:
        partner = self._by_id[id_]
        if not self._has_ended(partner):
            return
        for successor in partner.successors:
            if successor in within:
                yield successor
            elif successor in self._by_id:
                yield from self._heirs(successor, within)

    def as_one(self, partner: Partner) -> Partner:
        """An organisation with the collaborations of everyone that it continues."""
        if partner.id not in self._continued:
            return partner
        measures = defaultdict[int, set[str]](set)
        for each in self.line(partner.id):
            for work in each.collaborations:
                measures[work.year].update(work.measures)
        together = (
            Collaboration(year, tuple(sorted(codes)), partner.place) for year, codes in sorted(measures.items())
        )
        return replace(partner, collaborations=tuple(together))

    def oldest(self, id_: str) -> str:
        """The one of its line with which work began first: the contributor that all of them are."""
        return min(self.line(id_), key=_began).id

    def ended(self) -> list[Partner]:
        """Those that somebody continues; the one with which work began first comes first."""
        return sorted((each for each in self._by_id.values() if self._has_ended(each) and each.successors), key=_began)

    @cached_property
    def _continued(self) -> Mapping[str, tuple[str, ...]]:
        found = defaultdict[str, list[str]](list)
        for partner in filter(self._has_ended, self._by_id.values()):
            for successor in partner.successors:
                found[successor].append(partner.id)
        return {successor: tuple(sorted(before)) for successor, before in found.items()}

    def _has_ended(self, partner: Partner) -> bool:
        return partner.ended is not None and partner.ended < self._day


def _began(partner: Partner) -> tuple[bool, int, date, str]:
    """Work first, then the end that came first."""
    years = [each.year for each in partner.collaborations]
    return not years, min(years, default=0), partner.ended or date.max, partner.id
