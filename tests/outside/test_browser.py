"""The site in a real browser, opened from disk: it fits every width, says nothing on the console and fetches nothing."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import Browser, expect

from tests.conftest import need_program
from tests.outside.sites import Scheme, a_page, served
from tests.stages.a_publication import a_site

FILES = a_site()
PAGES = sorted(path for path in FILES if path.endswith(".html"))
EDITION = "edities/2025/index.html"
INSIDE_A4 = (657, 986)
"""What is left of a sheet between its margins, in pixels: as it stands, and on its side."""
SCHEMES: tuple[Scheme, ...] = ("light", "dark")


@pytest.mark.parametrize("script", [True, False])
def test_every_page_fits_and_is_silent(browser: Browser, site: Path, script: bool) -> None:
    page = a_page(browser, java_script_enabled=script)
    said: list[str] = []
    asked: set[str] = set()
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: asked.add(request.url))
    for path in PAGES:
        page.goto(f"file://{site}/{path}")
        for width in (320, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            for scheme in SCHEMES:
                page.emulate_media(color_scheme=scheme)
                assert page.evaluate("document.documentElement.scrollWidth") <= width, (path, scheme)
    assert said == []
    assert {url for url in asked if not url.startswith(f"file://{site}/")} == set()
    page.context.close()


def test_the_style_is_there_from_disk(browser: Browser, site: Path) -> None:
    page = a_page(browser)
    page.goto(f"file://{site}/{EDITION}")
    assert page.locator("body").evaluate("element => getComputedStyle(element).margin") == "0px"
    assert page.locator("th[scope=row]").first.evaluate("element => getComputedStyle(element).textAlign") == "left"
    page.goto(f"file://{site}/404.html")
    assert page.locator("body").evaluate("element => getComputedStyle(element).margin") == "0px"
    page.context.close()


def test_it_works_from_a_folder_of_a_web_server(browser: Browser, site: Path) -> None:
    """The same files, below a path of a server: the style is applied, links lead on, nothing is refused."""
    said: list[str] = []
    with served(site.parent) as address:
        page = a_page(browser)
        page.on("console", lambda message: said.append(message.text))
        page.goto(f"{address}/{site.name}/")
        page.get_by_role("link", name="Lees Partneroverzicht 2026").click()
        expect(page.locator("h1")).to_have_text("Partneroverzicht 2026")
        expect(page.locator("body")).to_have_css("margin", "0px")
        page.context.close()
    assert said == []


def test_the_keyboard_reaches_the_content_first_and_every_wide_table(browser: Browser, site: Path) -> None:
    page = a_page(browser, width=320)
    page.goto(f"file://{site}/{EDITION}")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Naar de inhoud"
    assert page.locator(".overslaan").bounding_box()["x"] >= 0  # type: ignore[index]
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "inhoud"
    table = page.locator("#tabel-soort .tabelvak")
    table.focus()
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    page.wait_for_function("() => document.querySelector('#tabel-soort .tabelvak').scrollLeft > 0")
    page.context.close()


WHERE_THE_FOCUS_IS = """() => {
    const at = document.activeElement;
    if (at === document.body) return null;
    const all = [...document.querySelectorAll("a, button, [tabindex='0']")];
    const box = at.getBoundingClientRect();
    const seen = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
    return [all.indexOf(at), getComputedStyle(at).outlineStyle, seen];
}"""


@pytest.mark.parametrize("path", ["index.html", EDITION, "door-de-jaren/index.html", "404.html"])
def test_the_keyboard_walks_the_page_in_its_order_and_is_seen(browser: Browser, site: Path, path: str) -> None:
    page = a_page(browser, reduced_motion="reduce")  # no scrolling while we look
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(f"file://{site}/{path}")
        walk = []
        while True:
            page.keyboard.press("Tab")
            stop = page.evaluate(WHERE_THE_FOCUS_IS)
            if stop is None:
                break
            walk.append(stop)
        assert [place for place, _, _ in walk] == list(range(page.locator("a, button, [tabindex='0']").count()))
        assert {(outline, seen) for _, outline, seen in walk} == {("solid", True)}, width
    page.context.close()


SPACIOUS = "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }"
"""How far apart a reader may set the text without losing any of it (WCAG 2.2, 1.4.12)."""

PUT_ON = """style => {
    const sheet = document.querySelector("style#lezer") ?? document.head.appendChild(document.createElement("style"));
    sheet.id = "lezer";
    sheet.textContent = style;
    return document.documentElement.scrollWidth;
}"""
"""The style of a reader in the place of the one before it; how wide the page is with it."""


def test_nothing_falls_off_at_four_hundred_percent_or_when_the_text_grows(browser: Browser, site: Path) -> None:
    page = browser.new_context(
        viewport={"width": 320, "height": 200}, device_scale_factor=4, bypass_csp=True
    ).new_page()
    for path in PAGES:
        page.goto(f"file://{site}/{path}")
        for style in ("", SPACIOUS, "html { font-size: 200% }"):
            assert page.evaluate(PUT_ON, style) <= 320, (path, style)
    assert page.evaluate(PUT_ON, "body { min-width: 400px }") > 320
    page.context.close()


FILL = """element => { const style = getComputedStyle(element); return [style.fill, style.fillOpacity]; }"""
CHOSEN = """() => {
    document.body.style.cssText = "color: CanvasText; background: Canvas";
    const style = getComputedStyle(document.body);
    return [style.color, style.backgroundColor];
}"""
"""The colours that the reader chose for text and for what is behind it."""


@pytest.mark.parametrize("scheme", SCHEMES)
def test_bars_have_the_colours_that_are_forced_and_can_be_told_apart(
    browser: Browser, site: Path, scheme: Scheme
) -> None:
    page = a_page(browser, forced_colors="active", scheme=scheme)
    page.goto(f"file://{site}/{EDITION}")
    text, behind = page.evaluate(CHOSEN)
    for part in ("svg[role=img]", ".sleutel"):
        bars = [page.locator(f"#tabel-soort {part} .reeks-{number}").first.evaluate(FILL) for number in (1, 2, 3)]
        assert bars == [[text, "1"], [text, "0.35"], [behind, "1"]], part
    page.context.close()


def test_on_paper_it_has_page_numbers_and_no_menu(browser: Browser, site: Path, tmp_path: Path) -> None:
    page = a_page(browser)
    page.goto(f"file://{site}/{EDITION}")
    file = tmp_path / "print.pdf"
    page.pdf(path=file, prefer_css_page_size=True)
    program = need_program("pdftotext")
    text = subprocess.run([program, "-layout", file, "-"], capture_output=True, text=True, check=True).stdout
    assert re.search(r"\b1 ?/ ?\d\b", text)
    assert "niet getoond" in text
    assert "Op deze pagina" not in text
    page.context.close()


def test_on_paper_no_sheet_holds_the_foot_of_the_page_alone(browser: Browser, site: Path) -> None:
    (notice,) = site.glob("edities/gesprek*/index.html")
    page = a_page(browser)
    for file in (site / "index.html", site / EDITION, notice, site / "publicaties" / "index.html"):
        page.goto(file.as_uri())
        sheets = [
            each.get_textpage().get_text_range() for each in pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
        ]
        assert "Uitgever: " in sheets[-1]
        assert len(sheets[-1].partition("Uitgever: ")[0]) > 100, file
    page.context.close()


def test_a_table_of_years_begins_at_the_left_and_shows_its_newest_year(browser: Browser, site: Path) -> None:
    page = a_page(browser)
    for width in (390, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(f"file://{site}/door-de-jaren/index.html")
        for box in page.locator(".jaren").all():
            left, right, within, over = box.evaluate(
                """each => {
                    const [outer, inner] = [each.getBoundingClientRect(), each.firstElementChild.getBoundingClientRect()];
                    return [inner.left - outer.left, outer.right - inner.right, outer.width, inner.width];
                }"""
            )
            assert abs(left) < 2 if over <= within else abs(right) < 2
    page.context.close()


MORE = """years => document.querySelectorAll(".jaren tr").forEach((row) => {
    while (row.cells.length <= years) row.append(row.lastElementChild.cloneNode(true));
})"""
OFF_THE_SHEET = """() => [...document.querySelectorAll(".jaren :is(th, td)")]
    .filter((each) => each.getBoundingClientRect().left < -1 || each.getBoundingClientRect().right > innerWidth + 1)
    .map((each) => each.textContent)"""


@pytest.mark.parametrize(("years", "width"), [(12, INSIDE_A4[0]), (16, INSIDE_A4[1])])
def test_on_paper_no_year_of_many_falls_off_the_sheet_nor_what_it_is_about(
    browser: Browser, site: Path, years: int, width: int
) -> None:
    """From so many years on the sheet lies on its side."""
    page = a_page(browser, width=width)
    page.goto((site / "door-de-jaren" / "index.html").as_uri())
    page.evaluate(MORE, years)
    assert page.evaluate(OFF_THE_SHEET) != []
    page.emulate_media(media="print")
    assert page.evaluate(OFF_THE_SHEET) == []
    page.context.close()
