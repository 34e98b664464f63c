"""The state of an edition's reference date (*peildatum*): organisations, codes and labels as they were on that day.

The reference date is the last day of the period; of a concept it is the day that its data reach (`as_of`). For an
organisation that ended before, its own last day counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from tweeluik.record.model import Category
from tweeluik.selection.succession import Succession
from tweeluik.source.lineage import Lineage
from tweeluik.source.past import as_on
from tweeluik.source.records import Edition, Merge, MergedName, Partner, Source, Term


@dataclass(frozen=True, slots=True, repr=False)
class Codes:
    """The codes of one kind on a reference date. `now` maps every code to the one that stands for it."""

    now: Mapping[str, str]
    categories: tuple[Category, ...]

    @classmethod
    def of(cls, dimension: MergedName, terms: tuple[Term, ...], edition: Edition) -> Codes:
        """Those of the reference date, with what the edition takes together."""
        codes = cls._as_they_are(terms, edition)
        for merge in edition.merge:
            if merge.dimension == dimension:
                codes = codes.merged(merge)
        return codes

    @classmethod
    def _as_they_are(cls, terms: tuple[Term, ...], edition: Edition) -> Codes:
        """Those that exist, or existed in the edition's years and are continued by no single one that exists."""
        lineage, year = Lineage(terms), edition.reference_date.year
        now = {term.code: lineage.in_year(term.code, year) or term.code for term in terms}
        there = {now[term.code] for term in terms if any(map(term.exists_in, edition.covered.years))}
        kept = (term for term in terms if term.code in there and term.left_out is None)
        return cls(now, tuple(_category(term, min(year, term.last)) for term in kept))

    def merged(self, merge: Merge) -> Codes:
        """One category in the place of the first of several."""
        joint = Category(merge.code, merge.label, plural=merge.plural)
        now = {code: merge.code if standing in merge.codes else standing for code, standing in self.now.items()}
        there = (joint if each.code in merge.codes else each for each in self.categories)
        return Codes(now, tuple(dict.fromkeys(there)))


def _category(term: Term, year: int) -> Category:
    return Category(term.code, term.label_in(year), plural=term.plural_in(year))


class Reference:
    """What holds on the reference date of one edition."""

    def __init__(self, source: Source, edition: Edition) -> None:
        self._source, self._edition = source, edition

    @cached_property
    def kinds(self) -> Codes:
        """Kinds of organisations that the letter does not leave out."""
        return Codes.of("kind", self._source.vocabulary.kinds, self._edition)

    @cached_property
    def regions(self) -> Codes:
        """Regions."""
        return Codes.of("region", self._source.vocabulary.regions, self._edition)

    @cached_property
    def forms(self) -> Codes:
        """Forms of conversations."""
        return Codes.of("form", self._source.vocabulary.forms, self._edition)

    @cached_property
    def succession(self) -> Succession:
        """Who continues whom."""
        return Succession(self._source.partners, self._edition.reference_date)

    @cached_property
    def partners(self) -> tuple[Partner, ...]:
        """Every organisation of the source as it was, with the work of those that it continues."""
        return tuple(map(self._as_it_was, self._source.partners))

    def _as_it_was(self, partner: Partner) -> Partner:
        was = as_on(self.succession.as_one(partner), self._edition.reference_date)
        kind, region = self.kinds.now.get(was.kind, was.kind), self.regions.now.get(was.region, was.region)
        return was if (kind, region) == (was.kind, was.region) else replace(was, kind=kind, region=region)


def labels(codes: Iterable[Category]) -> dict[str, str]:
    """Label by code."""
    return {each.code: each.label for each in codes}
