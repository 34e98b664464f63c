"""The public panel as files: everything that a publication's site consists of."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from itertools import chain
from types import MappingProxyType

from tweeluik.paper.theme import Theme
from tweeluik.problems import Place, Problem, SourceHasProblems
from tweeluik.public.cards import card_files
from tweeluik.public.catalogue import catalogue, datasets
from tweeluik.public.downloads import Taken, downloads
from tweeluik.public.fixed_pages import (
    ALL_PAGES,
    KNOWABLE,
    STYLES,
    Menu,
    fixed_pages,
    knowable_page,
    list_of_texts,
    not_found_page,
    text_page,
)
from tweeluik.public.groups import Groups, Used, groups_of, text_group, whole
from tweeluik.public.news import has_news, name_of, news
from tweeluik.public.open_data import to_json
from tweeluik.public.pages import edition_pages
from tweeluik.public.picture import render_pictures
from tweeluik.public.rendering import Renderer
from tweeluik.public.templates import Templates
from tweeluik.public.texts import folder_of, permanent_folder
from tweeluik.public.theme import read_theme
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


def taken_of(publication: Publication, templates: Templates) -> Taken:
    """The downloads of every version that is on the site."""
    publication = replace(publication, pages=())
    renderer = _renderer(templates, read_theme(templates), _everywhere(publication, has_proofs=False))
    versions = (*publication.releases, *publication.superseded)
    drawn = render_pictures(publication, versions, templates, renderer)
    theme = renderer.theme
    return {(each.edition, each.version): downloads(publication, each, templates, theme, drawn) for each in versions}


def _renderer(templates: Templates, theme: Theme, everywhere: Mapping[str, object]) -> Renderer:
    return Renderer(templates.with_text("theme.css", theme.css), theme, **everywhere)


def _everywhere(publication: Publication, *, has_proofs: bool) -> Mapping[str, object]:
    """What every template of the site sees."""
    return {
        "publication": publication,
        "menu": Menu.of(publication),
        "say": words_of(publication).text,
        "has_feed": has_news(publication),
        "has_catalogue": bool(datasets(publication)),
        "has_proofs": has_proofs,
    }


def render_groups(  # noqa: PLR0917 - what a site is made of, and what of it is asked
    publication: Publication, templates: Templates, proofs: Mapping[str, bytes], taken: Taken,
    asked: Collection[str] | None = None, pages: Collection[str] = (), used: Used | None = None,
) -> Groups:  # fmt: skip
    """The files of the groups that are asked for, None: all; `pages` are the paths of what others made already.

    Which templates a group looked for comes into `used`.

    Raises:
        SourceHasProblems: as `render_site`.
    """
    _refuse_own_folders(publication.pages)
    wanted = groups_of(publication.pages) if asked is None else asked
    groups = _Groups(templates, wanted, {} if used is None else used, has_proofs=bool(proofs))
    # What a group does not follow from it is not given.
    untold = replace(publication, pages=tuple(replace(each, text="") for each in publication.pages))
    alone = replace(publication, pages=())
    groups.render(
        "downloads", alone,
        lambda own, renderer: chain(_download_files(alone, taken), card_files(alone, own, renderer)),
    )  # fmt: skip
    groups.render("editions", untold, lambda _, renderer: edition_pages(untold, renderer, taken))
    groups.render("texts", untold, lambda _, renderer: list_of_texts(untold, renderer))
    groups.render("fixed", untold, lambda _, renderer: fixed_pages(untold, renderer, taken))
    groups.render("knowable", untold, lambda _, renderer: knowable_page(untold, renderer, proofs))
    groups.render(
        "assets", untold, lambda own, renderer: chain(_assets(own, renderer), not_found_page(untold, renderer))
    )
    groups.render_texts(publication.pages, untold)
    known = sorted({*pages, *(path for files in groups.made.values() for path in files)})
    groups.render("machines", untold, lambda _, renderer: _for_machines(untold, renderer, taken, pages=known))
    return groups.made


class _Groups:
    """The groups that are wanted, each with a renderer that notes for which templates it looked."""

    def __init__(self, templates: Templates, wanted: Collection[str], used: Used, *, has_proofs: bool) -> None:
        self.made: dict[str, dict[str, bytes]] = {}
        self._templates, self._wanted, self._used, self._has_proofs = templates, wanted, used, has_proofs
        self._of_all = set[str]()
        self._theme = read_theme(templates.noted(self._of_all))

    def render(self, name: str, given: Publication, make: Callable[[Templates, Renderer], Files]) -> None:
        """One group, of what it is given."""
        if name in self._wanted:
            own = self._templates.noted(self._used.setdefault(name, set()))
            # No download is about proofs: it does not change when the first comes.
            everywhere = _everywhere(given, has_proofs=self._has_proofs and name != "downloads")
            self.made[name] = dict(make(own, _renderer(own, self._theme, everywhere)))
            self._used[name] |= self._of_all

    def render_texts(self, pages: Iterable[Page], untold: Publication) -> None:
        """The pages of running text, each a group of its own, by one renderer."""
        seen = set[str]()
        everywhere = _everywhere(untold, has_proofs=self._has_proofs)
        renderer = _renderer(self._templates.noted(seen), self._theme, everywhere)
        for page in pages:
            if (name := text_group(page)) in self._wanted:
                self.made[name] = dict(text_page(untold, renderer, page))
                self._used[name] = seen | self._of_all


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
            if file.data is None:
                raise ValueError("a download that was made elsewhere")
            yield f"{folder_of(publication, release)}{file.name}", file.data


def _assets(templates: Templates, renderer: Renderer) -> Files:
    yield "stijl/stijl.css", renderer.file(STYLES)
    yield "stijl/logo.svg", renderer.theme.logo.encode()
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
    if datasets(publication):
        yield "data.jsonld", to_json(catalogue(publication, taken))
    yield "data/release.schema.json", to_json(release_schema())
    if publication.security is not None:
        yield ".well-known/security.txt", renderer.file("security.txt")
    items = news(publication)
    if items:
        yield "feed.xml", renderer.file("feed.xml", items=items, name_of=partial(name_of, publication))
