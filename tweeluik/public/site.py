"""The public panel as files: everything that a publication's site consists of."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import partial
from hashlib import sha256
from itertools import chain
from types import MappingProxyType

from tweeluik.problems import Place, Problem, SourceHasProblems
from tweeluik.public.cards import card_files
from tweeluik.public.catalogue import catalogue
from tweeluik.public.downloads import Taken, downloads
from tweeluik.public.fixed_pages import (
    ALL_PAGES,
    KNOWABLE,
    Menu,
    fixed_pages,
    knowable_page,
    not_found_page,
    text_pages,
)
from tweeluik.public.news import name_of, news
from tweeluik.public.open_data import to_json
from tweeluik.public.pages import edition_pages
from tweeluik.public.picture import render_pictures
from tweeluik.public.rendering import Renderer
from tweeluik.public.templates import Templates
from tweeluik.public.texts import folder_of, permanent_folder
from tweeluik.public.theme import Theme, read_theme
from tweeluik.public.woo import woo_index
from tweeluik.public.words import words_of
from tweeluik.record.model import Page, Publication
from tweeluik.record.schema import release_schema

OWN_FOLDERS = frozenset({
    "edities", "door-de-jaren", "data", "kalender", "methode", "privacy", "publicaties", "stijl", "toegankelijkheid",
    "verbeteringen", "woordenlijst", ALL_PAGES, KNOWABLE,
})  # fmt: skip
"""Folders that the site makes itself; a page of the source cannot have their names."""

Files = Iterator[tuple[str, bytes]]


GROUPS = ("downloads", "editions", "texts", "fixed", "knowable", "assets", "machines")
"""The files of a site by what they follow from; `pipeline/drafting.py` asks for those whose cause has changed."""

WITH_DOWNLOADS = frozenset({"downloads", "editions", "fixed", "machines"})
"""Those that the downloads are needed for."""

Groups = Mapping[str, Mapping[str, bytes]]
"""Per group its files."""


def render_site(
    publication: Publication, templates: Templates, proofs: Mapping[str, bytes] = MappingProxyType({})
) -> dict[str, bytes]:
    """Every file of the site, by its path below `site/`, sorted.

    Args:
        publication: The public records and pages.
        templates: The public templates.
        proofs: The public certificates, by path; an edition without one is not on the page about them.

    Raises:
        SourceHasProblems: a page has the name of a folder that the site makes itself, or a template is wrong.
    """
    _refuse_own_folders(publication.pages)
    return whole(render_groups(publication, templates, proofs, taken_of(publication, templates)), proofs)


def whole(groups: Groups, proofs: Mapping[str, bytes]) -> dict[str, bytes]:
    """The site that groups of files make together, with the list of them."""
    files = {path: data for group in groups.values() for path, data in group.items()} | dict(proofs)
    files["manifest.txt"] = manifest(files)
    return dict(sorted(files.items()))


def taken_of(publication: Publication, templates: Templates) -> Taken:
    """The downloads of every version that is on the site."""
    renderer = _renderer(publication, templates, read_theme(templates), has_proofs=False)
    versions = (*publication.releases, *publication.superseded)
    drawn = render_pictures(publication, versions, templates, renderer)
    theme = renderer.theme
    return {(each.edition, each.version): downloads(publication, each, templates, theme, drawn) for each in versions}


def _renderer(publication: Publication, templates: Templates, theme: Theme, *, has_proofs: bool) -> Renderer:
    return Renderer(
        Templates(templates.folder, {**templates.texts, "theme.css": theme.css}),
        theme,
        publication=publication,
        menu=Menu.of(publication),
        say=words_of(publication).text,
        has_feed=bool(news(publication)),
        has_proofs=has_proofs,
    )


def render_groups(  # noqa: PLR0917 - what a site is made of, and what of it is asked
    publication: Publication, templates: Templates, proofs: Mapping[str, bytes], taken: Taken,
    asked: Collection[str] = GROUPS, pages: Collection[str] = (),
) -> Groups:  # fmt: skip
    """The files of the groups that are asked for; `pages` are the paths of what others made already.

    Raises:
        SourceHasProblems: as `render_site`.
    """
    _refuse_own_folders(publication.pages)
    theme = read_theme(templates)
    renderer = _renderer(publication, templates, theme, has_proofs=bool(proofs))
    makers: Mapping[str, Callable[[], Files]] = {
        "downloads": lambda: chain(_download_files(publication, taken), card_files(publication, templates, renderer)),
        "editions": lambda: edition_pages(publication, renderer, taken),
        "texts": lambda: text_pages(publication, renderer),
        "fixed": lambda: fixed_pages(publication, renderer, taken),
        "knowable": lambda: knowable_page(publication, renderer, proofs),
        "assets": lambda: chain(_assets(templates, theme), not_found_page(publication, renderer)),
    }
    made = {name: dict(make()) for name, make in makers.items() if name in asked}
    if "machines" in asked:
        known = {*pages, *(path for group in made.values() for path in group)}
        made["machines"] = dict(_for_machines(publication, renderer, taken, pages=sorted(known)))
    return made


def manifest(files: Mapping[str, bytes]) -> bytes:
    """The SHA-256 of every file, in the format of `sha256sum`, sorted by path."""
    return "".join(f"{sha256(data).hexdigest()}  {path}\n" for path, data in sorted(files.items())).encode()


def _refuse_own_folders(pages: Iterable[Page]) -> None:
    problems = tuple(
        Problem(Place(f"pages/{page.slug}.md"), "", "the site has a page of this name already", "rename the file")
        for page in pages
        if page.slug in OWN_FOLDERS
    )
    if problems:
        raise SourceHasProblems(problems)


def _download_files(publication: Publication, taken: Taken) -> Files:
    for release in (*publication.releases, *publication.superseded):
        for file in taken[release.edition, release.version]:
            yield f"{folder_of(publication, release)}{file.name}", file.data


def _assets(templates: Templates, theme: Theme) -> Files:
    styles = (theme.css, templates.text("style.css"), templates.text("print.css"))
    yield "stijl/stijl.css", "\n".join(styles).encode()
    yield "stijl/logo.svg", theme.logo.encode()
    for name, template in (("tabellen.js", "tables.js"), ("narekenen.js", "recount.js")):
        yield f"stijl/{name}", templates.text(template).encode()


def _for_machines(publication: Publication, renderer: Renderer, taken: Taken, *, pages: Iterable[str]) -> Files:
    versions = tuple(permanent_folder(each) for each in (*publication.releases, *publication.superseded))
    addresses = [
        path.removesuffix("index.html")
        for path in pages
        if path.endswith("index.html") and not path.startswith(versions)
    ]
    if publication.base_url is not None:
        # A map of a site has whole addresses, or search engines refuse it.
        yield "sitemap.xml", renderer.file("sitemap.xml", paths=addresses)
    index = dict(woo_index(publication, renderer))
    yield from index.items()
    yield "robots.txt", renderer.file("robots.txt", woo_index=next(iter(index), None))
    yield "data.jsonld", to_json(catalogue(publication, taken))
    yield "data/release.schema.json", to_json(release_schema())
    if publication.security is not None:
        yield ".well-known/security.txt", renderer.file("security.txt")
    items = news(publication)
    if items:
        yield "feed.xml", renderer.file("feed.xml", items=items, name_of=partial(name_of, publication))
