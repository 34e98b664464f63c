"""The parts of the Actieagenda and the kinds, regions and forms, over the years: `agenda.yaml`, `vocabulary.yaml`."""

from __future__ import annotations

from dataclasses import dataclass

from tweeluik.problems import Place
from tweeluik.source.records.confidentiality import Public, Record
from tweeluik.source.records.periods import FIRST_YEAR, LAST_YEAR


@dataclass(frozen=True, slots=True, repr=False)
class AgendaItem(Record):
    """A pillar (no parent), a theme (parent: a pillar) or a measure (parent: a theme), and the years it exists.

    A label may differ from year to year: the same code then has several items, whose years do not overlap.
    """

    code: Public[str]
    label: Public[str]
    parent: Public[str | None]
    first: Public[int]
    last: Public[int]
    place: Public[Place]
    replaces: Public[tuple[str, ...]] = ()

    def exists_in(self, year: int) -> bool:
        """Whether this item is part of the Actieagenda in `year`."""
        return self.first <= year <= self.last


@dataclass(frozen=True, slots=True, repr=False)
class Agenda(Record):
    """`agenda.yaml`: the parts of the Actieagenda."""

    pillars: Public[tuple[AgendaItem, ...]]
    themes: Public[tuple[AgendaItem, ...]]
    measures: Public[tuple[AgendaItem, ...]]
    place: Public[Place]


@dataclass(frozen=True, slots=True, repr=False)
class FormerLabel(Record):
    """A label that a code had up to and including the year `until`."""

    until: Public[int]
    label: Public[str]
    place: Public[Place]
    plural: Public[str | None] = None


@dataclass(frozen=True, slots=True, repr=False)
class Term(Record):
    """A code with its label; `left_out` names the ground on which the letter leaves a kind of organisation out.

    `plural` is what a sentence calls all that are in it. It exists from the year `first` to the year `last`; `before`
    holds its former labels, the oldest first, and `replaces` the codes that it continues.
    """

    code: Public[str]
    label: Public[str]
    left_out: Public[str | None]
    place: Public[Place]
    first: Public[int] = FIRST_YEAR
    last: Public[int] = LAST_YEAR
    before: Public[tuple[FormerLabel, ...]] = ()
    replaces: Public[tuple[str, ...]] = ()
    plural: Public[str | None] = None

    def exists_in(self, year: int) -> bool:
        """Whether this code may be used in `year`."""
        return self.first <= year <= self.last

    def label_in(self, year: int) -> str:
        """The label that it has in `year`."""
        return self._in(year).label

    def plural_in(self, year: int) -> str | None:
        """What a sentence calls all of it in `year`; None where it has the label alone."""
        return self._in(year).plural

    def _in(self, year: int) -> FormerLabel | Term:
        return next((each for each in self.before if year <= each.until), self)

    @property
    def labels(self) -> tuple[str, ...]:
        """Every label that it ever had, the present one first."""
        return tuple(dict.fromkeys((self.label, *(each.label for each in self.before))))


@dataclass(frozen=True, slots=True, repr=False)
class Vocabulary(Record):
    """`vocabulary.yaml`: the kinds, regions and forms."""

    kinds: Public[tuple[Term, ...]]
    regions: Public[tuple[Term, ...]]
    forms: Public[tuple[Term, ...]]
    place: Public[Place]
