"""Outside checkers on every page: the Nu checker finds no error and axe finds nothing that stands in a reader's way."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from selectolax.lexbor import LexborHTMLParser

from tests.conftest import need_node_file, nu_checker
from tests.outside.sites import a_page, example, write
from tests.stages.a_publication import a_site

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
"""The rules of axe that are run: those of WCAG 2.2 AA, and those that are good practice."""
OF_COLOUR = ["color-contrast", "link-in-text-block"]
"""The rules of axe that look at colours: nothing else can differ between light and dark."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Both sites on disk, as `example/` and `invented/`; of the invented one the editions: the rest is alike."""
    made = tmp_path_factory.mktemp("sites")
    editions = {path: data for path, data in a_site().items() if path.startswith(("edities/", "stijl/"))}
    write(example(), made / "example")
    write(editions, made / "invented")
    return made


def test_the_nu_checker_finds_no_error(folder: Path) -> None:
    command = [*nu_checker(), "--skip-non-html", "--format", "json", str(folder)]
    done = subprocess.run(command, capture_output=True, check=False)
    said = json.loads(done.stderr)["messages"]
    # On disk `'self'` matches nothing, so the checker thinks that the policy blocks our own style sheet.
    errors = [each for each in said if "Content Security Policy" not in each["message"]]
    assert errors == []


LIKE_THE_INVENTED = re.compile("/example/edities/20(?!25/index)")
"""Editions with tables of the example but one: those of the invented site have all that these have."""


@pytest.mark.parametrize("name", ["example", "invented"])
def test_axe_has_no_complaint_and_no_doubt(browser: Browser, folder: Path, name: str) -> None:
    """Every page on a screen and on a phone; in the dark wherever there are elements of another kind."""
    page, seen = a_page(browser, bypass_csp=True), set[Kind]()
    for file in sorted((folder / name).rglob("*.html")):
        if LIKE_THE_INVENTED.search(file.as_posix()):
            continue
        look_at(page, file)
        assert complaints(page) == [], file.relative_to(folder)
        if not kinds(file) <= seen:
            seen |= kinds(file)
            page.emulate_media(color_scheme="dark")
            assert complaints(page, OF_COLOUR) == [], (file.relative_to(folder), "dark")
            page.emulate_media(color_scheme="light")
        page.set_viewport_size({"width": 320, "height": 800})
        assert complaints(page) == [], (file.relative_to(folder), 320)
        page.set_viewport_size({"width": 1280, "height": 800})
    page.context.close()


def test_no_colour_follows_from_a_width() -> None:
    """So that what is dark on a screen is dark on a phone."""
    style = a_site()["stijl/stijl.css"].decode()
    blocks = re.findall(r"@media \((?:min|max)-width[^{]*\{((?:[^{}]|\{[^{}]*\})*)\}", style)
    assert len(blocks) > 3
    assert [each for each in blocks if re.search(r"[\s{;](color|fill|stroke|background[\w-]*)\s*:", each)] == []


Kind = tuple[str | None, ...]


def kinds(file: Path) -> set[Kind]:
    """What the colours of an element follow from: its tag and classes, and those of what it stands in."""
    nodes = LexborHTMLParser(file.read_bytes()).css("body *")
    return {
        (node.tag, node.attributes.get("class"), node.parent.tag, node.parent.attributes.get("class"))
        for node in nodes
        if node.parent is not None
    }


def test_axe_has_no_complaint_and_no_doubt_without_a_script(browser: Browser, folder: Path) -> None:
    """Only pages of editions have a script: without it their tables have no buttons."""
    with_script = [file for file in (folder / "invented").rglob("*.html") if b"<script src" in file.read_bytes()]
    page = a_page(browser, bypass_csp=True)
    page.route("**/*.js", lambda route: route.abort())
    assert len(with_script) == 2
    for file in with_script:
        look_at(page, file)
        assert page.locator("button").count() == 0
        for width in (320, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            assert complaints(page) == [], (file.relative_to(folder), width)
    page.context.close()


def look_at(page: Page, file: Path) -> None:
    """Open a page in light, ready for axe."""
    page.emulate_media(color_scheme="light")
    page.goto(file.as_uri())
    # Behind a shade axe cannot work out the contrast of the text, which stands on plain paper when nothing scrolls.
    page.add_style_tag(content=".tabelvak { background: none !important }")
    ready(page)


TWO_OF_EACH = """() => {
    const parts = (each) => [each, ...each.querySelectorAll("*")].map((one) => `${one.tagName}.${one.getAttribute("class")}`).join();
    for (const around of document.querySelectorAll("body *:not(tr, thead, colgroup)")) {
        const met = new Map();
        for (const each of [...around.children]) {
            const kind = parts(each);
            met.set(kind, (met.get(kind) ?? 0) + 1);
            if (met.get(kind) > 2) each.remove();
        }
    }
}"""
"""Takes out of a page the third row, line or bar of a kind and all after it: by its rules axe sees the same in the first two."""


def ready(page: Page) -> None:
    page.evaluate(TWO_OF_EACH)
    page.evaluate(axe())


def test_axe_sees_what_stands_in_the_way(browser: Browser) -> None:
    page = browser.new_page()
    page.set_content('<html lang="nl"><title>Proef</title><main><h1>Proef</h1><p style="color: #aaa">grijs</p></main>')
    page.evaluate(axe())
    assert complaints(page) == ["color-contrast"]
    assert complaints(page, OF_COLOUR) == ["color-contrast"]
    page.context.close()


DARK = "<style>@media (prefers-color-scheme: dark) { body { background: #111; color: #444 } } %s</style>"


@pytest.mark.parametrize(
    ("style", "said"),
    [("", {"1280 color-contrast, dark"}),
     ("p { width: 800px }", {"390 too wide", "1280 color-contrast, dark"})],
)  # fmt: skip
def test_it_is_seen_in_the_dark_and_on_a_phone(browser: Browser, tmp_path: Path, style: str, said: set[str]) -> None:
    text = f'<html lang="nl"><title>Proef</title>{DARK % style}<main><h1>Proef</h1><p>grijs</p></main>'
    (tmp_path / "a.html").write_text(text)
    found = in_the_way(browser, [(tmp_path / "a.html").as_uri()])
    assert {f"{width} {what}" for _, width, what in found} == said


WIDTHS = (390, 1280)


def in_the_way(browser: Browser, addresses: Iterable[str]) -> list[tuple[str, int, str]]:
    """What axe says of pages on a phone and on a screen, in light and in dark; and whether they are too wide."""
    page, found = a_page(browser, bypass_csp=True), list[tuple[str, int, str]]()
    for address in addresses:
        page.goto(address)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            if not page.evaluate("document.documentElement.scrollWidth <= innerWidth"):
                found.append((address, width, "too wide"))
        ready(page)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            found += [(address, width, each) for each in complaints(page)]
        page.emulate_media(color_scheme="dark")
        found += [(address, width, f"{each}, dark") for each in complaints(page, OF_COLOUR)]
        page.emulate_media(color_scheme="light")
    page.context.close()
    return found


@cache
def axe() -> str:
    return need_node_file("axe-core/axe.min.js").read_text(encoding="utf-8")


ONE_LETTER = re.compile(r'^<a class="noot" [^>]*aria-label="[^"]* ([a-z]) [^"]*">\1</a>$')
"""The mark of a note, which does stand in its label."""


def complaints(page: Page, rules: list[str] = RULES) -> list[str]:
    """The rules that the page breaks, or of which axe cannot tell.

    Of a drawing, and of a table that scrolls, axe cannot tell the contrast: `test_public_style.py` works that out. Of a
    text of one letter, the mark of a note, it cannot tell whether it stands in its label.
    """
    options = {"preload": False, "resultTypes": ["violations", "incomplete"], "runOnly": rules}
    found = page.evaluate("options => axe.run(document, options)", options)
    letters = {
        node["html"] for each in found["incomplete"] for node in each["nodes"] if ONE_LETTER.search(node["html"])
    }
    doubted = [
        each["id"]
        for each in found["incomplete"]
        if each["id"] != "color-contrast" and any(node["html"] not in letters for node in each["nodes"])
    ]
    return [each["id"] for each in found["violations"]] + doubted
