"""The public record: everything that the public panel may be made from, as frozen types without a link to the source.

Only the door (`release.py`) makes these from confidential records. The public side and the checks know nothing else.
`record_json.py` writes and reads them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from tweeluik.record.cell import Codes, Content


@dataclass(frozen=True, slots=True)
class Category:
    """A code with its label; `parent` is the code one level up, for themes (a pillar) and measures (a theme)."""

    code: str
    label: str
    parent: str | None = None


@dataclass(frozen=True, slots=True)
class Dimension:
    """The categories of one side of a table, without the total. `partition`: they add up to the total."""

    name: str
    partition: bool
    categories: tuple[Category, ...]


@dataclass(frozen=True, slots=True)
class ReleasedTable:
    """A protected table: every combination of categories and totals has a content, in an order no value decides."""

    id: str
    title: str
    counts: str
    dimensions: tuple[Dimension, ...]
    cells: Mapping[Codes, Content]


@dataclass(frozen=True, slots=True)
class Parliament:
    """References to parliamentary papers."""

    dossier: str
    number: int | None
    document: str | None


@dataclass(frozen=True, slots=True)
class Correction:
    """A dated correction."""

    version: int
    date: date
    note: str


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
class Release:
    """The public record of one edition. An edition that is not published has a notice and no tables.

    `hinge` binds the record to the exact numbers in the sealed bundle (`hinge.py`); older records have none.
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
    """All that the public panel is made from. Releases stand newest first; pages in their order."""

    title: str
    publisher: str
    contact_name: str
    contact_email: str
    base_url: str | None
    licence: str
    accessibility_statement: str | None
    security: Security | None
    woo: Woo | None
    threshold_source: str
    releases: tuple[Release, ...]
    pages: tuple[Page, ...]
