"""Outside checkers on every page: the Nu checker finds no error and axe finds nothing that stands in a reader's way."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import product
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.conftest import need_node_file, need_program
from tests.stages.a_publication import a_publication
from tweeluik.pipeline import make_site
from tweeluik.public.site import render_site

ROOT = Path(__file__).parents[2]
SCHEMES: tuple[Literal["light"], Literal["dark"]] = ("light", "dark")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
"""The rules of axe that are run: those of WCAG 2.2 AA, and those that are good practice."""


@cache
def example() -> Mapping[str, bytes]:
    """The site of the example source."""
    return make_site(ROOT / "content", ROOT / "templates").files


@cache
def invented() -> Mapping[str, bytes]:
    """The editions of a site with what the example happens not to have: a correction, a document, a number hidden alone."""
    files = render_site(a_publication(), ROOT / "templates" / "public")
    return {path: data for path, data in files.items() if path.startswith(("edities/", "stijl/"))}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Both sites on disk, as `example/` and `invented/`."""
    made = tmp_path_factory.mktemp("sites")
    for name, files in (("example", example()), ("invented", invented())):
        for path, data in files.items():
            file = made / name / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
    return made


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    program = need_program("chromium")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        yield launched
        launched.close()


def test_the_nu_checker_finds_no_error(folder: Path) -> None:
    checker = need_node_file("vnu-jar/build/dist/vnu.jar")
    command = [need_program("java"), "-jar", str(checker), "--skip-non-html", "--format", "json", str(folder)]
    done = subprocess.run(command, capture_output=True, check=False)
    said = json.loads(done.stderr)["messages"]
    # On disk `'self'` matches nothing, so the checker thinks that the policy blocks our own style sheet.
    errors = [each for each in said if "Content Security Policy" not in each["message"]]
    assert errors == []


@pytest.mark.parametrize("site", ["example", "invented"])
def test_axe_has_no_complaint_and_no_doubt(browser: Browser, folder: Path, site: str) -> None:
    """Every page, light and dark, on a phone and on a screen."""
    page = browser.new_context(bypass_csp=True).new_page()
    for file in sorted((folder / site).rglob("*.html")):
        page.goto(file.as_uri())
        # Behind a shade axe cannot work out the contrast of the text, which stands on plain paper when nothing scrolls.
        page.add_style_tag(content=".tabelvak { background: none !important }")
        page.evaluate(axe())
        for width, scheme in product((320, 1280), SCHEMES):
            page.set_viewport_size({"width": width, "height": 800})
            page.emulate_media(color_scheme=scheme)
            found = complaints(page)
            assert found == [], (file.relative_to(folder), width, scheme)
    page.context.close()


def test_axe_sees_what_stands_in_the_way(browser: Browser) -> None:
    page = browser.new_page()
    page.set_content('<html lang="nl"><title>Proef</title><main><h1>Proef</h1><p style="color: #aaa">grijs</p></main>')
    page.evaluate(axe())
    assert complaints(page) == ["color-contrast"]
    page.close()


def axe() -> str:
    return need_node_file("axe-core/axe.min.js").read_text(encoding="utf-8")


def complaints(page: Page) -> list[str]:
    """The rules that the page breaks, or of which axe cannot tell.

    Of a drawing, and of a table that scrolls, axe cannot tell the contrast: `test_public_style.py` works that out.
    """
    options = {"preload": False, "resultTypes": ["violations", "incomplete"], "runOnly": RULES}
    found = page.evaluate("options => axe.run(document, options)", options)
    doubted = [each["id"] for each in found["incomplete"] if each["id"] != "color-contrast"]
    return [each["id"] for each in found["violations"]] + doubted
