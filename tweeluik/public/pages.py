"""The pages of the editions: what their templates are given."""

from __future__ import annotations

from collections.abc import Iterator

from tweeluik.public.cards import card_of
from tweeluik.public.changes import changes
from tweeluik.public.charts import chart
from tweeluik.public.downloads import Taken
from tweeluik.public.grid import grids
from tweeluik.public.key_figures import key_figures
from tweeluik.public.message import plain
from tweeluik.public.points import headline, main_points
from tweeluik.public.rendering import Renderer, Shell
from tweeluik.public.schema_org import dataset
from tweeluik.public.texts import folder_of, permanent_folder
from tweeluik.public.timetable import comes_after
from tweeluik.public.words import words
from tweeluik.record.model import Entry, Publication, Release

Files = Iterator[tuple[str, bytes]]

MOST_EDITIONS = 5
"""Other editions that the page of one names."""


def edition_pages(publication: Publication, renderer: Renderer, taken: Taken) -> Files:
    """A page per version: the overview, the notice that it is for inspection, or why it was taken back.

    The current one has the edition's.
    """
    for release in (*publication.releases, *publication.superseded):
        render = _withdrawn if release.withdrawal else _overview if release.notice is None else _notice
        yield f"{folder_of(publication, release)}index.html", render(publication, renderer, release, taken)
    for release in publication.releases:
        shell = Shell(f"{permanent_folder(release)}index.html", release.title, words(release).text("page.version"))
        yield shell.path, renderer.page("version.html", shell, release=release, tables=grids(release))


def _withdrawn(publication: Publication, renderer: Renderer, release: Release, taken: Taken) -> bytes:
    path = f"{folder_of(publication, release)}index.html"
    shell = Shell(path, release.title, words(release).text("page.withdrawn"))
    files = taken[release.edition, release.version]
    return renderer.page("withdrawn.html", shell, files=files, **_standing(publication, release))


def _overview(publication: Publication, renderer: Renderer, release: Release, taken: Taken) -> bytes:
    earlier, files = publication.compared(release), taken[release.edition, release.version]
    others = [each for each in publication.releases if each.edition != release.edition]
    return renderer.page(
        "edition.html",
        Shell(
            f"{folder_of(publication, release)}index.html",
            release.title,
            plain(headline(release)),
            card=card_of(publication, release),
        ),
        others=others[:MOST_EDITIONS],
        has_more_editions=len(others) > MOST_EDITIONS,
        key_figures=key_figures(release, earlier),
        points=main_points(release, earlier),
        tables=[(grid, chart(grid)) for grid in grids(release)],
        files=files,
        permanent="" if release in publication.superseded else f"versie-{release.version}/index.html",
        description=dataset(publication, release, files),
        **_standing(publication, release),
    )


def _notice(publication: Publication, renderer: Renderer, release: Release, taken: Taken) -> bytes:
    path = f"{folder_of(publication, release)}index.html"
    shell = Shell(path, release.title, words(release).text("page.notice"))
    files = taken[release.edition, release.version]
    # No clock: the site knows a day by what was published on it.
    is_over = any(each.day > release.notice.inspection_until for each in publication.log) if release.notice else False
    return renderer.page("notice.html", shell, files=files, is_over=is_over, **_standing(publication, release))


def _standing(publication: Publication, release: Release) -> dict[str, object]:
    """What a version is among the others: of its own edition, and of those that come after it."""
    current = next(each for each in publication.releases if each.edition == release.edition)
    later = [each for each in publication.releases if comes_after(each, release)]
    return {
        "release": release,
        "entry": publication.entry(release),
        "unpublished": release is current and release.edition in publication.unpublished,
        "replaced_by": None if release is current else current,
        "changes": None if release is current else changes(release, current),
        "older": _older(publication, release) if release is current else (),
        "next_edition": min(later, key=lambda each: each.period_from, default=None),
        "newest_edition": max(later, key=lambda each: each.period_from, default=None),
    }


def _older(publication: Publication, release: Release) -> tuple[tuple[Release, Entry | None], ...]:
    """Earlier versions of the same edition, the newest first."""
    older = [each for each in publication.superseded if each.edition == release.edition]
    return tuple((each, publication.entry(each)) for each in reversed(older))
