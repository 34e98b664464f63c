"""The pages of the site: what each template is given."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from urllib.parse import urlsplit

from tweeluik.public.changes import changes
from tweeluik.public.charts import chart
from tweeluik.public.downloads import Taken
from tweeluik.public.grid import grids
from tweeluik.public.key_figures import key_figures
from tweeluik.public.knowable import knowable
from tweeluik.public.message import plain
from tweeluik.public.open_data import render_series, render_series_metadata
from tweeluik.public.points import headline, main_points
from tweeluik.public.rendering import Renderer, Shell
from tweeluik.public.schema_org import dataset
from tweeluik.public.series import all_series, left_out, shared_breaks, totals_chart
from tweeluik.public.texts import folder_of
from tweeluik.record.log import PUBLIC, digest_of, head, serialise_public
from tweeluik.record.model import Entry, Page, Publication, Release
from tweeluik.words.catalogue import DUTCH
from tweeluik.words.dutch import size

Files = Iterator[tuple[str, bytes]]

MOST_IN_MENU = 5
"""Pages of running text in the menu; the others stand on a page of their own, so that a site grows with its content."""

MOST_EDITIONS = 5
"""Other editions that the page of one names."""

ALL_PAGES = "bladzijden"
"""The folder of the page that lists all."""

KNOWABLE = "wat-kan-iemand-weten"
"""The folder of the page about the public certificates."""


def edition_pages(publication: Publication, renderer: Renderer, taken: Taken) -> Files:
    """A page per version: the overview, or the notice that it is for inspection. The current one has the edition's."""
    for release in (*publication.releases, *publication.superseded):
        render = _overview if release.notice is None else _notice
        yield f"{folder_of(publication, release)}index.html", render(publication, renderer, release, taken)


def _overview(publication: Publication, renderer: Renderer, release: Release, taken: Taken) -> bytes:
    earlier, files = publication.compared(release), taken[release.edition, release.version]
    others = [each for each in publication.releases if each.edition != release.edition]
    return renderer.page(
        "edition.html",
        Shell(f"{folder_of(publication, release)}index.html", release.title, plain(headline(release))),
        others=others[:MOST_EDITIONS],
        has_more_editions=len(others) > MOST_EDITIONS,
        key_figures=key_figures(release, earlier),
        points=main_points(release, earlier),
        tables=[(grid, chart(grid)) for grid in grids(release)],
        files=files,
        description=dataset(publication, release, files),
        **_standing(publication, release),
    )


def _notice(publication: Publication, renderer: Renderer, release: Release, taken: Taken) -> bytes:
    path = f"{folder_of(publication, release)}index.html"
    shell = Shell(path, release.title, "Deze lijst is niet openbaar. Hier staat waarom, en wie haar mag inzien.")
    files = taken[release.edition, release.version]
    return renderer.page("notice.html", shell, files=files, **_standing(publication, release))


def _standing(publication: Publication, release: Release) -> dict[str, object]:
    """What a version is among the others: of its own edition, and of those that come after it."""
    current = next(each for each in publication.releases if each.edition == release.edition)
    later = [each for each in publication.releases if _is_later(each, release)]
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


def _is_later(other: Release, release: Release) -> bool:
    return other.population == release.population and other.period_from > release.period_until


def _older(publication: Publication, release: Release) -> tuple[tuple[Release, Entry | None], ...]:
    """Earlier versions of the same edition, the newest first."""
    older = [each for each in publication.superseded if each.edition == release.edition]
    return tuple((each, publication.entry(each)) for each in reversed(older))


@dataclass(frozen=True, slots=True)
class Menu:
    """The pages of running text that every page leads to, and whether there are more."""

    pages: tuple[Page, ...]
    has_more: bool

    @classmethod
    def of(cls, publication: Publication) -> Menu:
        """The first of them, in their order."""
        return cls(publication.pages[:MOST_IN_MENU], len(publication.pages) > MOST_IN_MENU)


def text_pages(publication: Publication, renderer: Renderer) -> Files:
    """The pages of running text."""
    for page in publication.pages:
        path = f"{page.slug}/index.html"
        shell = Shell(path, page.title, f"{page.title}: {publication.title}")
        yield path, renderer.page("text.html", shell, text=page.text)
    if Menu.of(publication).has_more:
        title = DUTCH.text("page.all")
        path = f"{ALL_PAGES}/index.html"
        shell = Shell(path, title, DUTCH.text("page.about_this", title=title, site=publication.title))
        yield path, renderer.page("all_pages.html", shell)


def fixed_pages(publication: Publication, renderer: Renderer, taken: Taken) -> Files:
    """The pages that every site has."""
    releases = publication.releases
    home = Shell("index.html", publication.title, f"Overzicht van de edities, van {publication.publisher}.")
    editions = [(each, () if each.notice else main_points(each, publication.compared(each))) for each in releases]
    whole = (each for each in releases if each.tables and each.is_whole)
    latest = next(whole, next((each for each in releases if each.tables), None))
    figures = () if latest is None else key_figures(latest, publication.compared(latest))
    yield home.path, renderer.page("home.html", home, editions=editions, latest=latest, key_figures=figures)
    yield from _years(publication, renderer)
    method = Shell(
        "methode/index.html",
        "Hoe de cijfers zijn gemaakt",
        "Wie tellen mee? En waarom staat niet elk getal er precies?",
    )
    yield method.path, renderer.page("method.html", method, protected=[each for each in releases if each.tables])
    data = Shell("data/index.html", "Gegevens", "Alle cijfers om te downloaden en zelf te gebruiken.")
    yield data.path, renderer.page("data.html", data, editions=editions, taken=taken)
    yield from _publications(publication, renderer)
    for template, path, title in (
        ("glossary.html", "woordenlijst/index.html", "Begrippen"),
        ("privacy.html", "privacy/index.html", "Privacy"),
        ("accessibility.html", "toegankelijkheid/index.html", "Toegankelijkheid"),
    ):
        yield path, renderer.page(template, Shell(path, title, f"{title}: {publication.title}"))
    yield "404.html", _not_found(publication, renderer)


def _publications(publication: Publication, renderer: Renderer) -> Files:
    """The log: what was published when, and the numbers with which anyone can check that nothing was changed since."""
    shell = Shell(
        "publicaties/index.html", "Publicaties", "Wat er wanneer is gepubliceerd, met de controlegetallen daarvan."
    )
    versions = {(each.edition, each.version): each for each in (*publication.releases, *publication.superseded)}
    lines = [(entry, versions[entry.edition, entry.version], digest_of(entry)) for entry in reversed(publication.log)]
    folders = {key: folder_of(publication, each) for key, each in versions.items()}
    yield (
        shell.path,
        renderer.page("publications.html", shell, lines=lines, folders=folders, head=head(publication.log)),
    )
    yield PUBLIC, serialise_public(publication.log)


def knowable_page(publication: Publication, renderer: Renderer, proofs: Mapping[str, bytes]) -> Files:
    """What everyone can work out, of the editions that have a public certificate; no page without any."""
    title = "Wat kan iemand hieruit weten?"
    shell = Shell(
        f"{KNOWABLE}/index.html", title, "Wat iedereen kan uitrekenen over de getallen die er niet precies staan."
    )
    paths = ((release, f"edities/{release.edition}/proof.json") for release in publication.releases)
    editions = [knowable(release, proofs[path]) for release, path in paths if path in proofs]
    if editions:
        yield shell.path, renderer.page("knowable.html", shell, editions=editions)


def _not_found(publication: Publication, renderer: Renderer) -> bytes:
    """The page that a server shows where there is none, with its style inside: its policy names the style by hash."""
    folder = None if publication.base_url is None else urlsplit(publication.base_url).path
    title = "Deze pagina bestaat niet"
    shell = Shell("404.html", title, f"{title}: {publication.title}", folder)
    digest = b64encode(sha256(renderer.file("inline_style.css")).digest()).decode()
    return renderer.page("not_found.html", shell, digest=digest)


def _years(publication: Publication, renderer: Renderer) -> Files:
    """The editions beside each other, and their series as a file once there are two to compare."""
    releases = publication.releases
    shell = Shell("door-de-jaren/index.html", "Door de jaren", "De edities naast elkaar.")
    charts = [totals_chart(releases, counts) for counts in ("partners", "conversations")]
    series = all_series(releases)
    files = (
        {
            "reeksen.csv": render_series(publication, series),
            "reeksen.csv-metadata.json": render_series_metadata(publication),
        }
        if series
        else {}
    )
    for name, data in files.items():
        yield f"door-de-jaren/{name}", data
    yield (
        shell.path,
        renderer.page(
            "years.html",
            shell,
            series=series,
            breaks=shared_breaks(releases),
            left_out=left_out(releases),
            drawings=[each for each in charts if each is not None],
            sizes={name: size(data) for name, data in files.items()},
        ),
    )
