"""The pages around the editions: running text, and those that every site has."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from urllib.parse import urlsplit

from tweeluik.public.downloads import Taken
from tweeluik.public.key_figures import key_figures
from tweeluik.public.knowable import knowable
from tweeluik.public.multiples import small_multiples
from tweeluik.public.open_data import render_series, render_series_metadata
from tweeluik.public.points import headline, main_points
from tweeluik.public.rendering import Renderer, Shell
from tweeluik.public.revisions import revisions
from tweeluik.public.series import all_series, left_out, shared_breaks, totals_chart
from tweeluik.public.texts import folder_of, withholds
from tweeluik.public.timetable import kept, promised
from tweeluik.public.words import words_of
from tweeluik.record.log import PUBLIC, digest_of, head, serialise_public
from tweeluik.record.model import Page, Publication
from tweeluik.words.dutch import size
from tweeluik.words.wording import COUNTED

Files = Iterator[tuple[str, bytes]]

MOST_IN_MENU = 5
"""Pages of running text in the menu; the others stand on a page of their own, so that a site grows with its content."""

ALL_PAGES = "bladzijden"
"""The folder of the page that lists all."""

KNOWABLE = "wat-kan-iemand-weten"
"""The folder of the page about the public certificates."""

STYLES = "styles.css"
"""The template of the whole style, which is a file of the site and stands in the page that has no other."""

PLAIN = (
    ("glossary", "woordenlijst"),
    ("privacy", "privacy"),
    ("accessibility", "toegankelijkheid"),
)
"""Templates that need nothing but the site, and their folders; their titles have the same key in the catalogue."""


@dataclass(frozen=True, slots=True)
class Menu:
    """The pages of running text that every page leads to, and whether there are more."""

    pages: tuple[Page, ...]
    has_more: bool

    @classmethod
    def of(cls, publication: Publication) -> Menu:
        """The first of them, in their order."""
        return cls(publication.pages[:MOST_IN_MENU], len(publication.pages) > MOST_IN_MENU)


def text_page(publication: Publication, renderer: Renderer, page: Page) -> Files:
    """A page of running text."""
    shell = _shell(publication, f"{page.slug}/index.html", page.title)
    yield shell.path, renderer.page("text.html", shell, text=page.text)


def list_of_texts(publication: Publication, renderer: Renderer) -> Files:
    """The list of all pages of running text when the menu has not all."""
    if Menu.of(publication).has_more:
        shell = _shell(publication, f"{ALL_PAGES}/index.html", words_of(publication).text("page.all"))
        yield shell.path, renderer.page("all_pages.html", shell)


def _shell(publication: Publication, path: str, title: str) -> Shell:
    """A page that is described by its title and that of the site."""
    told = words_of(publication).text("page.about_this", title=title, site=publication.title)
    return Shell(path, title, told)


def _described(publication: Publication, folder: str, key: str) -> Shell:
    """A page whose title and description stand in the catalogue."""
    said = words_of(publication)
    return Shell(f"{folder}/index.html", said.text(f"page.{key}"), said.text(f"page.{key}_text"))


def fixed_pages(publication: Publication, renderer: Renderer, taken: Taken) -> Files:
    """The pages that every site has."""
    yield "index.html", _home(publication, renderer)
    yield from _years(publication, renderer)
    method = _described(publication, "methode", "method")
    protected = [each for each in publication.releases if each.tables]
    yield (
        method.path,
        renderer.page("method.html", method, protected=protected, some_withhold=any(map(withholds, protected))),
    )
    data = _described(publication, "data", "data")
    yield data.path, renderer.page("data.html", data, editions=publication.releases, taken=taken)
    yield from _publications(publication, renderer)
    dates = _described(publication, "kalender", "calendar")
    days = {"promised": promised(publication), "kept": kept(publication)}
    yield dates.path, renderer.page("calendar.html", dates, **days)
    changed = _described(publication, "verbeteringen", "revisions")
    yield changed.path, renderer.page("revisions.html", changed, revisions=revisions(publication))
    for name, folder in PLAIN:
        shell = _shell(publication, f"{folder}/index.html", words_of(publication).text(f"page.{name}"))
        yield shell.path, renderer.page(f"{name}.html", shell)


def _home(publication: Publication, renderer: Renderer) -> bytes:
    """The figures of the newest whole edition, then every edition with what it says first."""
    releases, said = publication.releases, words_of(publication)
    shell = Shell("index.html", publication.title, said.text("page.home", publisher=publication.publisher))
    points = {
        each: (headline(each), *main_points(each, publication.compared(each))) for each in releases if not each.notice
    }
    editions = [(each, tuple(dict.fromkeys(points.get(each, ())))) for each in releases]
    whole = (each for each in releases if each.tables and each.is_whole)
    latest = next(whole, next((each for each in releases if each.tables), None))
    figures = () if latest is None else key_figures(latest, publication.compared(latest))
    return renderer.page("home.html", shell, editions=editions, latest=latest, key_figures=figures)


def _publications(publication: Publication, renderer: Renderer) -> Files:
    """The log: what was published when, and the numbers with which anyone can check that nothing was changed since."""
    shell = _described(publication, "publicaties", "publications")
    versions = {(each.edition, each.version): each for each in (*publication.releases, *publication.superseded)}
    lines = [(entry, versions[entry.edition, entry.version], digest_of(entry)) for entry in reversed(publication.log)]
    folders = {key: folder_of(publication, each) for key, each in versions.items()}
    told = {"lines": lines, "folders": folders, "head": head(publication.log)}
    yield shell.path, renderer.page("publications.html", shell, **told)
    yield PUBLIC, serialise_public(publication.log)


def knowable_page(publication: Publication, renderer: Renderer, proofs: Mapping[str, bytes]) -> Files:
    """What everyone can work out, of the editions that have a public certificate; no page without any."""
    shell = _described(publication, KNOWABLE, "knowable")
    paths = ((release, f"edities/{release.edition}/proof.json") for release in publication.releases)
    editions = [knowable(release, proofs[path]) for release, path in paths if path in proofs]
    if editions:
        yield shell.path, renderer.page("knowable.html", shell, editions=editions)


def not_found_page(publication: Publication, renderer: Renderer) -> Files:
    """The page that a server shows where there is none, with its style inside: its policy names the style by hash."""
    folder = None if publication.base_url is None else urlsplit(publication.base_url).path
    shell = _shell(publication, "404.html", words_of(publication).text("page.not_found"))
    digest = b64encode(sha256(renderer.file(STYLES)).digest()).decode()
    yield (
        shell.path,
        renderer.page("not_found.html", Shell(shell.path, shell.title, shell.description, folder), digest=digest),
    )


def _years(publication: Publication, renderer: Renderer) -> Files:
    """The editions beside each other, and their series as a file once there are two to compare."""
    releases = publication.releases
    shell = _described(publication, "door-de-jaren", "years")
    charts = [totals_chart(releases, counts) for counts in COUNTED]
    series = all_series(releases)
    files = {
        "reeksen.csv": render_series(publication, series),
        "reeksen.csv-metadata.json": render_series_metadata(publication),
    }
    files = files if series else {}
    for name, data in files.items():
        yield f"door-de-jaren/{name}", data
    yield (
        shell.path,
        renderer.page(
            "years.html",
            shell,
            series=[(each, small_multiples(each)) for each in series],
            breaks=shared_breaks(releases),
            left_out=left_out(releases),
            drawings=[each for each in charts if each is not None],
            sizes={name: size(len(data)) for name, data in files.items()},
        ),
    )
