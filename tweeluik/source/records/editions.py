"""Dated publications, and what each asks for: `editions/`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from tweeluik.problems import Place
from tweeluik.source.records.confidentiality import Public, Record
from tweeluik.source.records.periods import Period

Population = Literal["conversation-partners", "agenda-partners"]
Status = Literal["concept", "final"]
Protection = Literal["suppression", "rounding"]
Counts = Literal["partners", "conversations"]
DimensionName = Literal["kind", "region", "pillar", "theme", "measure", "form", "first_year"]


@dataclass(frozen=True, slots=True, repr=False)
class CategoryNote(Record):
    """What readers must know of one category of a table."""

    code: Public[str]
    text: Public[str]
    place: Public[Place]


@dataclass(frozen=True, slots=True, repr=False)
class TableSpec(Record):
    """Which table an edition asks for; `columns` is None for a table of one dimension."""

    id: Public[str]
    title: Public[str]
    counts: Public[Counts]
    rows: Public[DimensionName]
    columns: Public[DimensionName | None]
    place: Public[Place]
    note: Public[str | None] = None
    notes: Public[tuple[CategoryNote, ...]] = ()

    @property
    def dimensions(self) -> tuple[DimensionName, ...]:
        """Rows, then columns."""
        return (self.rows,) if self.columns is None else (self.rows, self.columns)


@dataclass(frozen=True, slots=True, repr=False)
class Parliament(Record):
    """References to parliamentary papers."""

    dossier: Public[str]
    number: Public[int | None]
    document: Public[str | None]
    place: Public[Place]


@dataclass(frozen=True, slots=True, repr=False)
class Inspection(Record):
    """The period, place and audience of the confidential reading."""

    period: Public[Period]
    location: Public[str]
    audience: Public[str]
    place: Public[Place]


@dataclass(frozen=True, slots=True, repr=False)
class Classification(Record):
    """The marking of the confidential panel, why, until when and by whom."""

    marking: Public[str]
    reason: Public[str]
    until: Public[date]
    decided_by: Public[str]
    place: Public[Place]


@dataclass(frozen=True, slots=True, repr=False)
class Correction(Record):
    """A dated correction; it makes the version of the edition. `withdraws`: it takes the edition back."""

    version: Public[int]
    date: Public[date]
    note: Public[str]
    place: Public[Place]
    withdraws: Public[bool] = False


MergedName = Literal["kind", "region", "form"]


@dataclass(frozen=True, slots=True, repr=False)
class Merge(Record):
    """Categories that an edition takes together in all its tables, under one label."""

    dimension: Public[MergedName]
    codes: Public[tuple[str, ...]]
    label: Public[str]
    place: Public[Place]
    plural: Public[str | None] = None

    @property
    def code(self) -> str:
        """The code of what is taken together, the same in whatever order it is written; no code of a source has a +."""
        return "+".join(sorted(self.codes))


@dataclass(frozen=True, slots=True, repr=False)
class Edition(Record):
    """One dated publication; its id is its file's name."""

    id: Public[str]
    title: Public[str]
    population: Public[Population]
    period: Public[Period]
    status: Public[Status]
    protection: Public[Protection]
    due: Public[date | None]
    sent: Public[date | None]
    parliament: Public[Parliament | None]
    inspection: Public[Inspection | None]
    classification: Public[Classification | None]
    tables: Public[tuple[TableSpec, ...]]
    corrections: Public[tuple[Correction, ...]]
    place: Public[Place]
    as_of: Public[date | None] = None
    late: Public[str | None] = None
    """Why it is sent after the day that it was due."""
    merge: Public[tuple[Merge, ...]] = ()
    number: Public[int | None] = None
    """The version, where the register was asked (`agreement.numbered`): provisional ones count too."""

    @property
    def reference_date(self) -> date:
        """The day (*peildatum*) whose traits, labels and endorsements count: of a concept the day its data reach."""
        return self.as_of or self.period.until

    @property
    def covered(self) -> Period:
        """The part of the period that the data reach: all of it, but of a concept."""
        return Period(self.period.start, self.reference_date)

    @property
    def version(self) -> int:
        """1, or the number of the latest correction; unless the register says otherwise."""
        return self.number or max((each.version for each in self.corrections), default=1)

    @property
    def is_withdrawn(self) -> bool:
        """Whether this version takes the edition back."""
        last = self.corrections[-1:]
        return any(each.withdraws and each.version == self.version for each in last)

    def has_correction(self, version: int) -> bool:
        """Whether a version is that of a correction."""
        return any(each.version == version for each in self.corrections)
