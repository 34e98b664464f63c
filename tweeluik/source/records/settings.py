"""Who publishes, by which numbers, with what running text: `report.yaml`, `policy.yaml`, `wording.yaml`, `pages/`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from tweeluik.problems import Place
from tweeluik.source.records.confidentiality import Public, Record
from tweeluik.source.records.periods import FIRST_YEAR, LAST_YEAR


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


@dataclass(frozen=True, slots=True, repr=False)
class Page(Record):
    """Running text; `slug` is the file's name without its suffix. The text is CommonMark.

    `begins`: the line of the file with the first line of the text.
    """

    slug: Public[str]
    title: Public[str]
    order: Public[int]
    text: Public[str]
    place: Public[Place]
    begins: Public[int] = 1


@dataclass(frozen=True, slots=True, repr=False)
class Shell(Record):
    """Of the source what is public as it stands: who publishes, the running text, and words of its own."""

    report: Public[Report]
    pages: Public[tuple[Page, ...]]
    place: Public[Place]
    wording: Public[tuple[Phrase, ...]] = ()
