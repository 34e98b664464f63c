"""Records as they are read, where the finished record differs: a part of the Actieagenda may leave out its years."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tweeluik.problems import Place
from tweeluik.source.records import FIRST_YEAR, LAST_YEAR, Endorsement, FormerLabel, Inspection, Period, Record, Term


@dataclass(frozen=True, slots=True, repr=False)
class AgendaDraft(Record):
    """A part of the Actieagenda; without years it exists as long as its parent."""

    level: str
    code: str
    label: str
    parent: str | None
    first: int | None
    last: int | None
    place: Place
    before: tuple[FormerLabel, ...] = ()
    replaces: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, repr=False)
class AgendaDrafts(Record):
    """`agenda.yaml` before the years are filled in."""

    pillars: tuple[AgendaDraft, ...]
    themes: tuple[AgendaDraft, ...]
    measures: tuple[AgendaDraft, ...]
    place: Place


@dataclass(frozen=True, slots=True, repr=False)
class PageHead(Record):
    """The front matter of a page."""

    title: str
    order: int
    place: Place


def make_period(*, start: date, until: date, place: Place) -> Period:  # noqa: ARG001 - a period has no place of its own
    """A period."""
    return Period(start, until)


def make_inspection(*, start: date, until: date, location: str, audience: str, place: Place) -> Inspection:
    """An inspection, whose period is two keys of the same mapping."""
    return Inspection(Period(start, until), location, audience, place)


def make_term(
    *, code: str, label: str, left_out: str | None = None, first: int | None, last: int | None,
    before: tuple[FormerLabel, ...], replaces: tuple[str, ...], plural: str | None = None, place: Place,
) -> Term:  # fmt: skip
    """A code of the vocabulary; without years it was always there, and stays."""
    years = FIRST_YEAR if first is None else first, LAST_YEAR if last is None else last
    return Term(code, label, left_out, place, *years, before, replaces, plural)


def endorsed_since(start: date, *, place: Place) -> Endorsement:
    """An endorsement that is still in force."""
    return Endorsement(start, None, place)
