"""An edition of forty kinds with long names in a real browser: its numbers stay in sight, on a screen and on paper."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import Browser

from tests.outside.sites import a_page, write
from tests.stages.a_publication import a_publication, a_release, dimension, table
from tests.templates import PUBLIC
from tweeluik.public.site import render_site
from tweeluik.record.cell import Rounded, Shown

EDITIONS = ("2025", "2026")
LONG = ("Vluchtelingenbegeleidingsorganisatie in kleine kernen", "Levensbeschouwelijke samenwerkingsorganisatie")
KINDS = tuple((f"k{at:02}", LONG[at] if at < len(LONG) else f"Soort {at} van organisaties") for at in range(40))
PILLARS = (("1", "Samenleven"), ("2", "Werk"), ("3", "Taal"), ("4", "Buurt"), ("5", "School"))


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Exact and hidden in the first year; numbers of five digits, rounded, in the second."""
    kinds, pillars = dimension("kind", KINDS), dimension("pillar", PILLARS, partition=False)
    few = [None if at % 4 == 3 else 5 * at for at in range(len(KINDS) + 1)]
    many = [15_630 - 5 * at for at in range((len(KINDS) + 1) * (len(PILLARS) + 1))]
    releases = (
        a_release("2026", protection="rounding", rounding_base=5, tables=(
            table("soort", "Partners naar soort", "partners", (kinds,), many[: len(few)], Rounded),
            table("pijler", "Partners naar soort en pijler", "partners", (kinds, pillars), many, Rounded))),
        a_release("2025", tables=(table("soort", "Partners naar soort", "partners", (kinds,), [*few[:-1], 5000], Shown),)),
    )  # fmt: skip
    return write(render_site(a_publication(*releases), PUBLIC), tmp_path_factory.mktemp("large"))


OUT_OF_SIGHT = """() => [...document.querySelectorAll(".tabelvak")].flatMap(frame =>
    [...frame.querySelectorAll("tr > :last-child, tr > :first-child")]
        .filter(cell => frame.querySelectorAll("thead th").length === 2)
        .filter(cell => cell.getBoundingClientRect().right > frame.getBoundingClientRect().right + 1)
        .map(cell => cell.textContent))"""

CUT_OFF = """() => [...document.querySelectorAll(".grafiek .cijfer")]
    .filter(text => text.getBoundingClientRect().right > document.documentElement.clientWidth)
    .map(text => text.textContent)"""


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("width", [320, 360, 1280])
def test_however_long_a_name_the_numbers_beside_it_stay_in_sight(
    browser: Browser, large: Path, edition: str, width: int
) -> None:
    page = a_page(browser, width=width)
    page.goto(f"file://{large}/edities/{edition}/index.html")
    assert page.evaluate(OUT_OF_SIGHT) == []
    assert page.evaluate(CUT_OFF) == []
    page.context.close()


def test_on_paper_a_table_has_its_heads_on_every_page_and_a_chart_begins_below_its_heading(
    browser: Browser, large: Path, tmp_path: Path
) -> None:
    page = a_page(browser)
    page.goto(f"file://{large}/edities/2026/index.html")
    page.pdf(path=tmp_path / "print.pdf", prefer_css_page_size=True)
    page.context.close()
    with pypdfium2.PdfDocument(tmp_path / "print.pdf") as document:
        sheets = [" ".join(each.get_textpage().get_text_bounded().split()) for each in document]
    begin = next(each for each in sheets if "Aantal partners naar soort organisatie" in each)
    assert begin.index("Partners naar soort") < begin.index("Aantal partners naar soort organisatie")
    assert begin.count("Soort ") > 3
    last = [at for at, each in enumerate(sheets) if "Totaal" in each]
    assert all("Soort organisatie" in sheets[at] for at in last)
    assert sum("Soort organisatie" in each for each in sheets) > len(last)
