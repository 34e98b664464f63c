"""What an edition says on paper, for the annex as PDF and as a document for Word: the same words and numbers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial

from tweeluik.public.grid import Grid, grids
from tweeluik.public.key_figures import KeyFigure, key_figures
from tweeluik.public.message import Sentence
from tweeluik.public.points import main_points
from tweeluik.public.texts import (
    about_figures,
    as_of,
    citation,
    how_to_read,
    left_out,
    too_few,
    unpublished,
    when,
    who_counts,
)
from tweeluik.public.words import words
from tweeluik.record.model import Correction, Publication, Release
from tweeluik.words.dutch import day
from tweeluik.words.phrases import Words

Facts = tuple[tuple[str, str], ...]
"""Names of facts, and what they are."""


@dataclass(frozen=True, slots=True)
class Annex:
    """An edition on paper, in its words. `mark` heads every page as long as the numbers are not final."""

    words: Words
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
    said, (*others, last) = words(release), left_out(release)
    return Annex(
        words=said,
        title=release.title,
        publication=release.colophon.title,
        publisher=release.colophon.publisher,
        licence=said.text("annex.licence", licence=said.text(f"licence.{release.colophon.licence}")),
        day=document_date(release),
        mark=_mark(publication, release),
        meta=tuple(_meta(publication, release)),
        corrections=tuple(map(partial(_correction, said), release.corrections)),
        figures=key_figures(release, earlier),
        points=main_points(release, earlier),
        who=who_counts(release),
        left_out=(*(f"{each};" for each in others), f"{last}."),
        too_few=None if release.tables else too_few(release),
        reading=how_to_read(release),
        about=tuple(_about(publication, release)),
        tables=grids(release),
        named=release.named,
    )


def _correction(said: Words, each: Correction) -> str:
    key = "annex.withdrawn" if each.withdraws else "annex.correction"
    return said.text(key, version=str(each.version), day=day(each.date), note=each.note)


def document_date(release: Release) -> date:
    """The date inside the document: of the latest correction, of sending, or the date by which it is due."""
    latest = max((each.date for each in release.corrections), default=release.sent)
    return latest or release.due or release.period_until


def _mark(publication: Publication, release: Release) -> str | None:
    """What stands at the head of every page as long as the numbers are not final."""
    if release.edition in publication.unpublished and release in publication.releases:
        return unpublished(publication)
    return None if release.as_of is None else words(release).text("text.provisional", as_of=as_of(release))


def _meta(publication: Publication, release: Release) -> Iterator[tuple[str, str]]:
    said = words(release)
    status, version = said.text(f"status.{publication.status(release)}"), str(release.version)
    yield said.text("fact.status"), said.text("fact.status_text", status=status, version=version)
    yield said.text("fact.period"), when(release)
    if release.sent:
        yield said.text("fact.sent"), day(release.sent)
    if release.due:
        yield said.text("fact.was_due" if release.sent else "fact.due"), day(release.due)
    if release.late:
        yield said.text("fact.late"), release.late
    if release.parliament:
        paper = release.parliament
        document = f" ({paper.document})" if paper.document else ""
        number = {"dossier": paper.dossier, "number": str(paper.number)}
        told = said.text("fact.paper_text", **number) if paper.number else paper.dossier
        yield said.text("fact.paper" if paper.number else "fact.dossier"), f"{told}{document}"


def _about(publication: Publication, release: Release) -> Iterator[tuple[str, str]]:
    said = words(release)
    yield from about_figures(release)
    yield said.text("fact.cite"), citation(publication, release)
    yield said.text("fact.questions"), f"{release.colophon.contact_name}, {release.colophon.contact_email}"
    entry = publication.entry(release)
    if entry is not None:
        yield said.text("fact.publication"), said.text("fact.publication_text", number=str(entry.number))
        yield said.text("fact.digest"), entry.record
        yield said.text("fact.digest_before"), entry.before


def page_of(said: Words) -> tuple[str, str]:
    """The words before the number of a page, and those between it and the number of all."""
    before, between, _ = said.text("annex.page_of", page="\0", pages="\0").split("\0")
    return before, between
