"""Of both sites, whole: every link leads somewhere, fragments too, and every page is light with all that it loads."""

from __future__ import annotations

import gzip
import posixpath
import re
from collections.abc import Iterator, Mapping
from xml.etree import ElementTree as ET

import pytest
from selectolax.lexbor import LexborHTMLParser

from tests.outside.sites import example
from tests.stages.a_publication import a_site

SITES = {"example": example, "invented": a_site}
ADDRESS = "https://partners.example.org/"
"""The address of the invented site; the example has none, so that its links are all relative."""

MOST = 60_000
"""Bytes of a page with its styles and scripts, as a server sends them."""

every_site = pytest.mark.parametrize("name", SITES)


def trees(files: Mapping[str, bytes]) -> dict[str, LexborHTMLParser]:
    return {path: LexborHTMLParser(data.decode()) for path, data in files.items() if path.endswith(".html")}


# --- links ------------------------------------------------------------------------------------------------------------


def targets(files: Mapping[str, bytes]) -> Iterator[tuple[str, str]]:
    """Every link with the file that has it: of pages, the feed, the map, the robots file and the catalogue."""
    for path, tree in trees(files).items():
        for node in tree.css("[href], [src]"):
            target = node.attributes.get("href") or node.attributes.get("src") or ""
            # A server shows this page at any address: its links begin at the folder of the site.
            yield path, target.removeprefix("/") if path == "404.html" else target
    for link in ET.fromstring(files["feed.xml"]).iter("{http://www.w3.org/2005/Atom}link"):
        yield "feed.xml", link.get("href") or ""
    if "sitemap.xml" in files:
        for place in ET.fromstring(files["sitemap.xml"]).iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc"):
            yield "sitemap.xml", place.text or ""
    yield from (("robots.txt", found) for found in re.findall(r"Sitemap: (\S+)", files["robots.txt"].decode()))
    for found in re.findall(r'"dc(?:at|t):(?:downloadURL|accessURL|landingPage)": \{\s*"@id": "([^"]+)"', files["data.jsonld"].decode()):  # fmt: skip
        yield "data.jsonld", found


def dead(files: Mapping[str, bytes]) -> list[tuple[str, str]]:
    ids = {path: {node.id for node in tree.css("[id]")} for path, tree in trees(files).items()}
    return [(path, target) for path, target in targets(files) if not leads_somewhere(path, target, files, ids)]


def leads_somewhere(path: str, target: str, files: Mapping[str, bytes], ids: Mapping[str, set[str | None]]) -> bool:
    place, _, fragment = target.removeprefix(ADDRESS).partition("#")
    if re.match(r"(https?|mailto):", place):
        return True
    folder = "" if target.startswith(ADDRESS) else posixpath.dirname(path)
    file = posixpath.normpath(posixpath.join(folder, place)) if place or target.startswith(ADDRESS) else path
    file = file if file in files else posixpath.normpath(posixpath.join(file, "index.html"))
    return file in files and (not fragment or fragment in ids[file])


@every_site
def test_no_link_is_dead(name: str) -> None:
    files = SITES[name]()
    assert {path for path, _ in targets(files)} >= {
        *trees(files),
        "feed.xml",
        "data.jsonld",
        *({"sitemap.xml"} & files.keys()),
    }
    assert dead(files) == []


@pytest.mark.parametrize(
    ("path", "right", "wrong"),
    [
        ("index.html", b'href="edities/2025/index.html"', b'href="edities/2024/index.html"'),
        ("edities/2025/index.html", b'href="#tabel-regio"', b'href="#tabel-regios"'),
        ("door-de-jaren/index.html", b"index.html#tabel-regio", b"index.html#tabel"),
        ("edities/2025/index.html", b'href="regio.csv"', b'href="regios.csv"'),
        ("feed.xml", b"#verbetering-2", b"#verbetering-3"),
        ("data.jsonld", b"edities/2025/annex.pdf", b"edities/2025/annexe.pdf"),
    ],
)
def test_a_dead_link_is_seen(path: str, right: bytes, wrong: bytes) -> None:
    files = {**a_site(), path: a_site()[path].replace(right, wrong)}
    assert files[path] != a_site()[path]
    assert {where for where, _ in dead(files)} == {path}


# --- weights ----------------------------------------------------------------------------------------------------------


def sent(data: bytes) -> int:
    return len(gzip.compress(data, 6, mtime=0))


def weights(files: Mapping[str, bytes]) -> dict[str, int]:
    """Per page the bytes of itself and of every style, script and icon that it loads."""
    found = {}
    for path, tree in trees(files).items():
        nodes = tree.css("link[rel=stylesheet], link[rel=icon], script[src]")
        loaded = {node.attributes.get("href") or node.attributes.get("src") or "" for node in nodes}
        parts = {posixpath.normpath(posixpath.join(posixpath.dirname(path), each)) for each in loaded}
        found[path] = sum(sent(files[each]) for each in (path, *parts))
    return found


@every_site
def test_a_page_with_all_that_it_loads_is_light(name: str) -> None:
    found = weights(SITES[name]())
    assert min(found.values()) > 1_000
    assert {path: weight for path, weight in found.items() if weight >= MOST} == {}


@every_site
def test_every_script_is_small(name: str) -> None:
    scripts = {path: len(data) for path, data in SITES[name]().items() if path.endswith(".js")}
    assert scripts
    recounting = scripts.pop("stijl/narekenen.js", 0)  # on one page, for who asks for it
    assert max(scripts.values()) < 5_000
    assert recounting < 8_000


if __name__ == "__main__":
    for page, weight in sorted(weights(example()).items()):
        print(f"{weight:7,} {page}")
