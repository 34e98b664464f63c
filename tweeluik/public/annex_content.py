"""What an edition says on paper, for the annex as PDF and as a document for Word: the same words and numbers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from tweeluik.public.grid import Grid, grids
from tweeluik.public.key_figures import KeyFigure, key_figures
from tweeluik.public.message import Sentence
from tweeluik.public.points import main_points
from tweeluik.public.texts import (
    TOO_FEW,
    UNPUBLISHED,
    about_figures,
    as_of,
    citation,
    how_to_read,
    left_out,
    when,
    who_counts,
)
from tweeluik.record.model import Publication, Release
from tweeluik.words.dutch import day
from tweeluik.words.wording import LICENCES, STATUSES

Facts = tuple[tuple[str, str], ...]
"""Names of facts, and what they are."""


@dataclass(frozen=True, slots=True)
class Annex:
    """An edition on paper. `mark` stands at the head of every page as long as the numbers are not final."""

    title: str
    publication: str
    publisher: str
    licence: str
    day: date
    mark: str | None
    meta: Facts
    corrections: tuple[str, ...]
    figures: tuple[KeyFigure, ...]
    points: tuple[Sentence, ...]
    who: str
    left_out: tuple[str, ...]
    too_few: str | None
    reading: str
    about: Facts
    tables: tuple[Grid, ...]
    named: tuple[str, ...]


def annex_content(publication: Publication, release: Release, earlier: Release | None) -> Annex:
    """What the annex of a version says; `earlier` is the edition that it is compared with."""
    *others, last = left_out(release)
    return Annex(
        title=release.title,
        publication=release.colophon.title,
        publisher=release.colophon.publisher,
        licence=LICENCES[release.colophon.licence][0],
        day=document_date(release),
        mark=_mark(publication, release),
        meta=tuple(_meta(publication, release)),
        corrections=tuple(f"Versie {each.version}, {day(each.date)}: {each.note}" for each in release.corrections),
        figures=key_figures(release, earlier),
        points=main_points(release, earlier),
        who=who_counts(release),
        left_out=(*(f"{each};" for each in others), f"{last}."),
        too_few=None if release.tables else TOO_FEW,
        reading=how_to_read(release),
        about=tuple(_about(publication, release)),
        tables=grids(release),
        named=release.named,
    )


def document_date(release: Release) -> date:
    """The date inside the document: of the latest correction, of sending, or the date by which it is due."""
    latest = max((each.date for each in release.corrections), default=release.sent)
    return latest or release.due or release.period_until


def _mark(publication: Publication, release: Release) -> str | None:
    """What stands at the head of every page as long as the numbers are not final."""
    if release.edition in publication.unpublished and release in publication.releases:
        return UNPUBLISHED
    return None if release.as_of is None else f"Voorlopig, {as_of(release)}"


def _meta(publication: Publication, release: Release) -> Iterator[tuple[str, str]]:
    yield "Status", f"{STATUSES[publication.status(release)]}, versie {release.version}"
    yield "Periode", when(release)
    if release.sent:
        yield "Naar de Tweede Kamer", day(release.sent)
    if release.due:
        yield "Uiterste datum" if release.sent else "Uiterlijk naar de Tweede Kamer", day(release.due)
    if release.parliament:
        number = f", nr. {release.parliament.number}" if release.parliament.number else ""
        document = f" ({release.parliament.document})" if release.parliament.document else ""
        kind = "Kamerstuk" if release.parliament.number else "Kamerstukdossier"
        yield kind, f"{release.parliament.dossier}{number}{document}"


def _about(publication: Publication, release: Release) -> Iterator[tuple[str, str]]:
    yield from about_figures(release)
    yield "Zo verwijst u naar deze editie", citation(publication, release)
    yield "Vragen", f"{release.colophon.contact_name}, {release.colophon.contact_email}"
    entry = publication.entry(release)
    if entry is not None:
        yield "Publicatie", f"nummer {entry.number} in het logboek van publicaties"
        yield "Controlegetal van deze editie (SHA-256)", entry.record
        yield "Controlegetal van het logboek hiervoor (SHA-256)", entry.before
