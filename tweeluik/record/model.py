"""The public record: everything that the public panel may be made from, as frozen types without a link to the source.

Only the door (`door/release.py`) makes these from confidential records. The public side and the checks know nothing
else. `canonical.py` writes and reads them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import product

from tweeluik.record.cell import TOTAL, Codes, Content


@dataclass(frozen=True, slots=True)
class Category:
    """A code with its label; `parent` is the code one level up, for themes (a pillar) and measures (a theme).

    `plural` is what a sentence calls all of it, where the source says so.
    """

    code: str
    label: str
    parent: str | None = None
    plural: str | None = None


@dataclass(frozen=True, slots=True)
class Dimension:
    """The categories of one side of a table, without the total. `partition`: they add up to the total."""

    name: str
    partition: bool
    categories: tuple[Category, ...]

    @property
    def groups(self) -> tuple[object, ...]:
        """What divides it: all but the words that only sentences use."""
        return self.name, self.partition, tuple((each.code, each.label, each.parent) for each in self.categories)


def addresses(dimensions: Sequence[Dimension]) -> Iterator[Codes]:
    """The address of every cell: categories in their order and the total last, an order that no value decides."""
    return product(*((*(category.code for category in each.categories), TOTAL) for each in dimensions))


@dataclass(frozen=True, slots=True)
class Note:
    """What readers must know of one category of a table."""

    dimension: str
    code: str
    text: str


@dataclass(frozen=True, slots=True)
class ReleasedTable:
    """A protected table: every combination of categories and totals has a content, in an order no value decides.

    `note` is about the table, `notes` about its categories, in the order of these. `named`: of cells of partners that
    are not shown exactly, in how many organisations everybody knows by name from this very version; no word of none.
    """

    id: str
    title: str
    counts: str
    dimensions: tuple[Dimension, ...]
    cells: Mapping[Codes, Content]
    note: str | None = None
    notes: tuple[Note, ...] = ()
    named: Mapping[Codes, int] = field(default_factory=dict)

    @property
    def groups(self) -> tuple[object, ...]:
        """What divides it, side by side."""
        return tuple(each.groups for each in self.dimensions)


@dataclass(frozen=True, slots=True)
class Parliament:
    """References to parliamentary papers."""

    dossier: str
    number: int | None
    document: str | None


@dataclass(frozen=True, slots=True)
class Correction:
    """A dated correction. `withdraws`: it takes the edition back, and the note says why."""

    version: int
    date: date
    note: str
    withdraws: bool = False


@dataclass(frozen=True, slots=True)
class Notice:
    """That an edition is not published, why, and where and when members of parliament may inspect it."""

    marking: str
    reason: str
    classified_until: date
    decided_by: str
    inspection_from: date
    inspection_until: date
    location: str
    audience: str


@dataclass(frozen=True, slots=True)
class Imprint:
    """Who published a version, under which licence and on what ground for its threshold, as all that was on its day."""

    title: str
    publisher: str
    contact_name: str
    contact_email: str
    licence: str
    threshold_source: str
    wording: tuple[tuple[str, str], ...] = ()
    """The ministry's own words of that day: keys of the catalogue and their texts, by key."""


@dataclass(frozen=True, slots=True)
class Reference:
    """One version of another edition."""

    edition: str
    version: int


@dataclass(frozen=True, slots=True)
class Release:
    """The public record of one version of an edition. An edition that is for inspection has a notice and no tables.

    `status` is `final` or `provisional` once published; `concept` until then, in a preview. `as_of`: up to which day
    the data reach, when that is not the end of the period. `imprint` is what the version was published with; only
    records from before the log have none. `compared`: the version whose numbers stand beside its own. `salts` belong to
    the names, one each, and `struck` are the salted digests of names that stood here until their consent was withdrawn.
    `hinge` binds the record to the exact numbers in the sealed bundle (`hinge.py`); older records have none, nor has a
    version that takes the edition back. `late`: why it is sent, or will be, after the day that it was due.
    """

    edition: str
    version: int
    title: str
    status: str
    population: str
    period_from: date
    period_until: date
    protection: str
    rounding_base: int | None
    threshold: int
    due: date | None
    sent: date | None
    parliament: Parliament | None
    notice: Notice | None
    corrections: tuple[Correction, ...]
    tables: tuple[ReleasedTable, ...]
    named: tuple[str, ...]
    hinge: str | None = None
    as_of: date | None = None
    imprint: Imprint | None = None
    compared: Reference | None = None
    next_due: date | None = None
    salts: tuple[str, ...] = ()
    struck: tuple[str, ...] = ()
    late: str | None = None

    def __hash__(self) -> int:
        """That of what tells versions apart; a table holds a mapping, which has none."""
        return hash((self.edition, self.version, self.status, self.title))

    @property
    def colophon(self) -> Imprint:
        """The imprint, of a record that is rendered: one from before the log is adopted first, and gets one."""
        if self.imprint is None:
            raise ValueError("a record from before the log")
        return self.imprint

    @property
    def reaches(self) -> date:
        """The last day that its numbers are about."""
        return self.period_until if self.as_of is None else self.as_of

    @property
    def withdrawal(self) -> Correction | None:
        """What takes the edition back with this very version, which then shows nothing else; None where it stands."""
        last = self.corrections[-1:]
        return next((each for each in last if each.withdraws and each.version == self.version), None)

    @property
    def is_whole(self) -> bool:
        """Whether its numbers are those of the whole period, and may be set beside those of another."""
        return self.status == "final" and self.as_of is None


@dataclass(frozen=True, slots=True)
class Entry:
    """One publication, as a line of the log. `record` is the digest of its record, `approvals` of what was signed.

    `before` is the digest of the line before.
    """

    number: int
    edition: str
    version: int
    status: str
    day: date
    record: str
    approvals: tuple[str, ...]
    before: str


@dataclass(frozen=True, slots=True)
class Page:
    """Running text in CommonMark."""

    slug: str
    title: str
    order: int
    text: str


@dataclass(frozen=True, slots=True)
class Security:
    """Where to report a weak spot of the site, and until when that holds (RFC 9116)."""

    contact: str
    expires: date


@dataclass(frozen=True, slots=True)
class Woo:
    """How the government's index of documents files an edition: addresses in its lists; the number names the file."""

    organisation: str
    category: str
    category_name: str
    category_number: int


@dataclass(frozen=True, slots=True)
class Publication:
    """All that the public panel is made from. Releases stand newest first; pages in their order.

    `superseded`: the versions that another took the place of. `log`: every publication, in its order. `unpublished`:
    the editions that only a preview shows. `wording`: the ministry's own words of today, for all but the editions.
    """

    title: str
    publisher: str
    contact_name: str
    contact_email: str
    base_url: str | None
    licence: str
    accessibility_statement: str | None
    security: Security | None
    woo: Woo | None
    releases: tuple[Release, ...]
    pages: tuple[Page, ...]
    superseded: tuple[Release, ...] = ()
    log: tuple[Entry, ...] = ()
    unpublished: frozenset[str] = frozenset()
    wording: tuple[tuple[str, str], ...] = ()
    privacy_statement: str | None = None

    def status(self, release: Release) -> str:
        """The status of a version on this site: what is not published yet is a concept to everybody who sees it."""
        return "concept" if release.edition in self.unpublished and release in self.releases else release.status

    def shown(self, release: Release) -> Release:
        """A version with the status that it has on this site."""
        status = self.status(release)
        return release if status == release.status else replace(release, status=status)

    def entry(self, release: Release) -> Entry | None:
        """The publication of a version; None when only a preview shows it."""
        asked = (release.edition, release.version)
        return next((each for each in self.log if (each.edition, each.version) == asked), None)

    def compared(self, release: Release) -> Release | None:
        """The version whose numbers stand beside those of this one."""
        asked = release.compared
        everything = (*self.releases, *self.superseded)
        return next((each for each in everything if asked == Reference(each.edition, each.version)), None)
