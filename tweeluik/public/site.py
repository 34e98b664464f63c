"""The public panel as files: everything that a publication's site consists of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path

from tweeluik.problems import Place, Problem, SourceHasProblems
from tweeluik.public.charts import chart
from tweeluik.public.downloads import Download, downloads
from tweeluik.public.grid import grids
from tweeluik.public.points import headline, main_points, plain
from tweeluik.public.rendering import Renderer, Shell
from tweeluik.record import Page, Publication, Release

OWN_FOLDERS = frozenset({"edities", "door-de-jaren", "data", "methode", "privacy", "toegankelijkheid", "stijl"})
"""Folders that the site makes itself; a page of the source cannot have their names."""


def render_site(publication: Publication, templates: Path) -> dict[str, bytes]:
    """Every file of the site, by its path below `site/`, sorted.

    Args:
        publication: The public records and pages.
        templates: The folder of the public templates.

    Raises:
        SourceHasProblems: a page has the name of a folder that the site makes itself.
    """
    _refuse_own_folders(publication.pages)
    renderer = Renderer(publication, templates)
    taken = {release.edition: downloads(publication, release) for release in publication.releases}
    files = {
        **dict(_download_files(taken)),
        **dict(_edition_pages(publication, renderer, taken)),
        **dict(_text_pages(publication, renderer)),
        **dict(_other_pages(publication, renderer, taken)),
        **dict(_assets(templates)),
    }
    pages = sorted(path for path in files if path.endswith("index.html"))
    files["sitemap.xml"] = renderer.file("sitemap.xml", paths=[path.removesuffix("index.html") for path in pages])
    files["robots.txt"] = renderer.file("robots.txt")
    files["manifest.txt"] = manifest(files)
    return dict(sorted(files.items()))


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


Taken = Mapping[str, tuple[Download, ...]]
"""The downloads per edition."""

Files = Iterator[tuple[str, bytes]]


def _download_files(taken: Taken) -> Files:
    for edition, files in taken.items():
        for file in files:
            yield f"edities/{edition}/{file.name}", file.data


def _edition_pages(publication: Publication, renderer: Renderer, taken: Taken) -> Files:
    for release in publication.releases:
        path = f"edities/{release.edition}/index.html"
        shell = Shell(path, release.title, plain(headline(release)) if release.notice is None else release.title)
        if release.notice is not None:
            yield path, renderer.page("notice.html", shell, release=release, files=taken[release.edition])
            continue
        earlier = earlier_than(release, publication.releases)
        yield path, renderer.page(
            "edition.html",
            shell,
            release=release,
            points=main_points(release, earlier),
            tables=[(grid, chart(grid)) for grid in grids(release)],
            files=taken[release.edition],
        )


def earlier_than(release: Release, releases: Iterable[Release]) -> Release | None:
    """The latest edition with tables before this one about the same population."""
    candidates = (
        each
        for each in releases
        if each.tables and each.population == release.population and each.period_until < release.period_from
    )
    return max(candidates, key=lambda each: each.period_until, default=None)


def _text_pages(publication: Publication, renderer: Renderer) -> Files:
    for page in publication.pages:
        path = f"{page.slug}/index.html"
        yield path, renderer.page("text.html", Shell(path, page.title, page.title), text=page.text)


def _other_pages(publication: Publication, renderer: Renderer, taken: Taken) -> Files:
    editions = [
        (release, main_points(release, earlier_than(release, publication.releases)) if release.notice is None else ())
        for release in publication.releases
    ]
    for template, path, title, description in (
        ("home.html", "index.html", publication.title, publication.title),
        ("method.html", "methode/index.html", "Hoe de cijfers zijn gemaakt", "Wie telt mee, en waarom sommige getallen er niet staan."),
        ("data.html", "data/index.html", "Gegevens", "Alle cijfers om zelf mee te werken."),
        ("privacy.html", "privacy/index.html", "Privacy", "Wat deze site van u bewaart: niets."),
        ("accessibility.html", "toegankelijkheid/index.html", "Toegankelijkheid", "Hoe u meldt dat iets niet werkt."),
        ("not_found.html", "404.html", "Deze pagina bestaat niet", "Deze pagina bestaat niet."),
    ):
        yield path, renderer.page(template, Shell(path, title, description), editions=editions, taken=taken)


def _assets(templates: Path) -> Files:
    styles = (templates / name for name in ("theme.css", "style.css", "print.css"))
    yield "stijl/stijl.css", b"\n".join(path.read_bytes() for path in styles)
    yield "stijl/tweeluik.svg", (templates / "mark.svg").read_bytes()
