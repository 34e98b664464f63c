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
from tweeluik.public.catalogue import catalogue
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
    noted: Used = {} if used is None else used
    of_all, of_texts = set[str](), set[str]()
    theme = read_theme(templates.noted(of_all))
    # What a group does not follow from it is not given.
    untold = replace(publication, pages=tuple(replace(each, text="") for each in publication.pages))
    alone = replace(publication, pages=())
    makers: Mapping[str, tuple[Publication, Callable[[Templates, Renderer], Files]]] = {
        "downloads": (
            alone,
            lambda own, renderer: chain(_download_files(alone, taken), card_files(alone, own, renderer)),
        ),
        "editions": (untold, lambda _, renderer: edition_pages(untold, renderer, taken)),
        "texts": (untold, lambda _, renderer: list_of_texts(untold, renderer)),
        "fixed": (untold, lambda _, renderer: fixed_pages(untold, renderer, taken)),
        "knowable": (untold, lambda _, renderer: knowable_page(untold, renderer, proofs)),
        "assets": (untold, lambda own, renderer: chain(_assets(own, renderer), not_found_page(untold, renderer))),
        "machines": (untold, lambda _, renderer: _for_machines(untold, renderer, taken, pages=sorted(known))),
    }
    made, known = dict[str, dict[str, bytes]](), set(pages)
    wanted = groups_of(publication.pages) if asked is None else asked
    for name, (given, make) in makers.items():
        if name == "machines":  # it lists all others
            renderer = _renderer(templates.noted(of_texts), theme, _everywhere(untold, has_proofs=bool(proofs)))
            pages_asked = [page for page in publication.pages if text_group(page) in wanted]
            texts = {text_group(page): dict(text_page(untold, renderer, page)) for page in pages_asked}
            made |= texts
            noted |= dict.fromkeys(texts, of_texts | of_all)
            known.update(path for files in texts.values() for path in files)
        if name in wanted:
            own = templates.noted(noted.setdefault(name, set()))
            everywhere = _everywhere(given, has_proofs=bool(proofs) and name != "downloads")
            made[name] = dict(make(own, _renderer(own, theme, everywhere)))
            noted[name] |= of_all
            known |= made[name].keys()
    return made


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
    yield "data.jsonld", to_json(catalogue(publication, taken))
    yield "data/release.schema.json", to_json(release_schema())
    if publication.security is not None:
        yield ".well-known/security.txt", renderer.file("security.txt")
    items = news(publication)
    if items:
        yield "feed.xml", renderer.file("feed.xml", items=items, name_of=partial(name_of, publication))
