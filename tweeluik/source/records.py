"""The records of the source. A field is confidential unless its declaration says `Public`.

A repr shows the kind of a record and its place only, because reprs end up in tracebacks and logs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Annotated, Literal, TypeVar, get_args, get_type_hints

from tweeluik.problems import Place

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

PUBLIC = "public"

Value = TypeVar("Value")

Public = Annotated[Value, PUBLIC]
"""The type of a field that anyone may read."""


class Record:
    """Base of all records: a repr without values."""

    __slots__ = ()
    place: Place

    def __repr__(self) -> str:
        return f"<{type(self).__name__} at {self.place}>"


def confidential_texts(record: DataclassInstance) -> Iterator[tuple[str, str]]:
    """Every (field name, text) of a record that is not declared public, nested records included."""
    for name in confidential_fields(type(record)):
        yield from _texts(name, getattr(record, name))


@cache
def confidential_fields(record: type[DataclassInstance]) -> tuple[str, ...]:
    """The fields of a record that are not declared public."""
    types = get_type_hints(record, include_extras=True)
    return tuple(each.name for each in fields(record) if PUBLIC not in getattr(types[each.name], "__metadata__", ()))


def _texts(name: str, value: object) -> Iterator[tuple[str, str]]:
    if isinstance(value, Place):
        return
    if isinstance(value, str):
        yield name, value
    elif isinstance(value, tuple):
        for item in value:
            yield from _texts(name, item)
    elif is_dataclass(value) and not isinstance(value, type):
        yield from confidential_texts(value)


@dataclass(frozen=True, slots=True)
class Period:
    """First and last day, both included."""

    start: Public[date]
    until: Public[date]

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.start <= day <= self.until

    @property
    def years(self) -> range:
        """Every calendar year that the period touches, also a part of a year."""
        return range(self.start.year, self.until.year + 1)


# --- report.yaml ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, repr=False)
class Contact(Record):
    """A functional mailbox, the only address allowed in the source."""

    name: Public[str]
    email: Public[str]
    place: Public[Place]


@dataclass(frozen=True, slots=True, repr=False)
class Security(Record):
    """Where to report a weak spot of the site, and until when that holds (RFC 9116)."""

    contact: Public[str]
    expires: Public[date]
    place: Public[Place]


@dataclass(frozen=True, slots=True, repr=False)
class Woo(Record):
    """How the government's index of documents files what is published: by which organisation, in which category."""

    organisation: Public[str]
    category: Public[str]
    place: Public[Place]


@dataclass(frozen=True, slots=True, repr=False)
class Report(Record):
    """`report.yaml`: who publishes."""

    title: Public[str]
    publisher: Public[str]
    contact: Public[Contact]
    base_url: Public[str | None]
    licence: Public[str]
    accessibility_statement: Public[str | None]
    place: Public[Place]
    security: Public[Security | None] = None
    diwoo: Public[Woo | None] = None
    privacy_statement: Public[str | None] = None


# --- policy.yaml ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, repr=False)
class Number(Record):
    """A policy number with the ground it rests on."""

    value: int
    source: str
    place: Place


@dataclass(frozen=True, slots=True, repr=False)
class Approvals(Number):
    """How many people approve an edition. `not_by_author`: whether who wrote the last change is none of them."""

    not_by_author: bool


@dataclass(frozen=True, slots=True, repr=False)
class Policy(Record):
    """`policy.yaml`. Only the threshold is ever told to the public (by the door); p never is."""

    threshold: Number
    p_percent: Number
    approvals: Approvals
    conversations_per_year: Number
    effort: Number
    group_size: Number
    """From which size on it is no secret that all of a category are in one other; 0: it always is one."""
    place: Place


# --- agenda.yaml ------------------------------------------------------------------------------------------------------


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


# --- vocabulary.yaml --------------------------------------------------------------------------------------------------


FIRST_YEAR, LAST_YEAR = 0, 9999
"""Of what has no years: it was always there, and stays."""


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


# --- partners/*.yaml --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, repr=False)
class Collaboration(Record):
    """The measures an organisation worked on in one year."""

    year: int
    measures: tuple[str, ...]
    place: Place


@dataclass(frozen=True, slots=True, repr=False)
class Naming(Record):
    """Consent to be named in one edition, and when it was withdrawn."""

    edition: str
    consent: date
    withdrawn: date | None
    place: Place


@dataclass(frozen=True, slots=True, repr=False)
class Endorsement(Record):
    """A period in which an organisation endorses the aims, both days included; without `until` it is in force still."""

    start: date
    until: date | None
    place: Place

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.start <= day and (self.until is None or day <= self.until)


Trait = Literal["name", "aliases", "registration", "kind", "region", "umbrella", "traceable_to_persons"]
"""What may change about an organisation."""

TRAITS: tuple[Trait, ...] = get_args(Trait)

NONE = "none"
"""In `before`: there was none. No organisation has this id."""


@dataclass(frozen=True, slots=True, repr=False)
class Former(Record):
    """What was otherwise up to and including the day `until`. None: not told; `NONE` and `()`: there was none."""

    until: date
    name: str | None
    aliases: tuple[str, ...] | None
    registration: str | None
    kind: str | None
    region: str | None
    umbrella: str | None
    traceable_to_persons: bool | None
    place: Place


@dataclass(frozen=True, slots=True, repr=False)
class Partner(Record):
    """An organisation as it is now, and in `before` as it was (`past.as_on` gives it on a day). Never a natural person.

    `ended`: its last day. `successors`: who continue it.
    """

    id: str
    name: str
    aliases: tuple[str, ...]
    registration: str | None
    kind: str
    region: str
    umbrella: str | None
    traceable_to_persons: bool
    endorsed: tuple[Endorsement, ...]
    collaborations: tuple[Collaboration, ...]
    named_in: tuple[Naming, ...]
    place: Place
    before: tuple[Former, ...] = ()
    ended: date | None = None
    successors: tuple[str, ...] = ()
    rsin: str | None = None


# --- wording.yaml -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, repr=False)
class Phrase(Record):
    """A text of the ministry's own for a key of the catalogue, from the year `first` to the year `last`."""

    key: Public[str]
    text: Public[str]
    place: Public[Place]
    first: Public[int] = FIRST_YEAR
    last: Public[int] = LAST_YEAR


def in_year(wording: Iterable[Phrase], year: int) -> tuple[tuple[str, str], ...]:
    """The words of a year, by key."""
    return tuple(sorted((each.key, each.text) for each in wording if each.first <= year <= each.last))


# --- judgements.yaml --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, repr=False)
class Judgement(Record):
    """A person judged two names to be those of different organisations, on a day.

    `a` is the id of a partner, `b` that of another, or the digest of a line of the exclusion list.
    """

    a: str
    b: str
    judged: Literal["different"]
    on: date
    place: Place

    @property
    def pair(self) -> frozenset[str]:
        """What it is about, in no order."""
        return frozenset((self.a, self.b))


# --- conversations/* --------------------------------------------------------------------------------------------------

Context = Literal["agenda", "society"]
Subject = Literal["integratie-en-samenleven", "overig"]


@dataclass(frozen=True, slots=True, repr=False)
class Conversation(Record):
    """One meeting with one or more partners."""

    date: date
    partners: tuple[str, ...]
    context: Context
    form: str
    subject: Subject
    measures: tuple[str, ...]
    place: Place


# --- editions/*.yaml --------------------------------------------------------------------------------------------------

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


# --- pages/*.md -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, repr=False)
class Page(Record):
    """Running text; `slug` is the file's name without its suffix. The text is CommonMark."""

    slug: Public[str]
    title: Public[str]
    order: Public[int]
    text: Public[str]
    place: Public[Place]


# --- everything -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, repr=False)
class Shell(Record):
    """Of the source what is public as it stands: who publishes, the running text, and words of its own."""

    report: Public[Report]
    pages: Public[tuple[Page, ...]]
    place: Public[Place]
    wording: Public[tuple[Phrase, ...]] = ()


@dataclass(frozen=True, slots=True, repr=False)
class Source(Record):
    """The whole source. Every tuple is sorted by id, code or date, never in the order of the files."""

    report: Report
    policy: Policy
    agenda: Agenda
    vocabulary: Vocabulary
    partners: tuple[Partner, ...]
    conversations: tuple[Conversation, ...]
    editions: tuple[Edition, ...]
    pages: tuple[Page, ...]
    place: Place
    judgements: tuple[Judgement, ...] = ()
    wording: tuple[Phrase, ...] = ()
    protection_key: str | None = None
    """`protection.key`: 64 hexadecimal digits that keep the choices of protection from being guessed."""

    @property
    def shell(self) -> Shell:
        """What is public as it stands."""
        return Shell(self.report, self.pages, self.place, self.wording)
