"""What the script adds to a table, and that nothing is missing without it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.outside.sites import served
from tests.stages.a_publication import a_site

EDITION = "edities/2025/index.html"


@pytest.fixture
def page(browser: Browser, site: Path) -> Iterator[Page]:
    made = browser.new_page()
    made.goto(f"file://{site}/{EDITION}")
    yield made
    made.close()


def column(page: Page, number: int) -> list[str]:
    """The texts of a column of the first table, from top to bottom, without the ranges."""
    texts = page.locator(f"[data-tabel=soort] tbody tr > :nth-child({number})").all_text_contents()
    return [each.partition(" (")[0] for each in texts]


ORDER = ["Vrijwilligersorganisatie", "Zelforganisatie van migranten", "Kennisinstelling",
         "Werkgever of werkgeversorganisatie", "Levensbeschouwelijke organisatie", "Totaal"]  # fmt: skip


def test_a_column_of_numbers_sorts_from_high_to_low_then_low_to_high_then_as_it_was(page: Page) -> None:
    button = page.locator("[data-tabel=soort] thead button").nth(1)
    head = page.locator("[data-tabel=soort] thead th").nth(1)
    assert column(page, 2) == ["23", "18", "9", "niet getoond", "niet getoond", "61"]
    button.click()
    assert head.get_attribute("aria-sort") == "descending"
    assert column(page, 2) == ["23", "18", "9", "niet getoond", "niet getoond", "61"]
    button.click()
    assert head.get_attribute("aria-sort") == "ascending"
    assert column(page, 2) == ["9", "18", "23", "niet getoond", "niet getoond", "61"]
    assert column(page, 1) == [ORDER[2], ORDER[1], ORDER[0], ORDER[3], ORDER[4], ORDER[5]]
    button.click()
    assert head.get_attribute("aria-sort") is None
    assert column(page, 1) == ORDER


def test_what_is_not_shown_stands_last_in_the_order_of_the_page(page: Page) -> None:
    page.locator("[data-tabel=soort] thead button").nth(2).click()
    assert column(page, 3) == ["31", "19", "12", "niet getoond", "niet getoond", "70"]
    assert column(page, 1)[3:5] == [ORDER[2], ORDER[4]]
    page.locator("[data-tabel=soort] thead button").nth(3).click()
    assert column(page, 4) == ["47", "26", "21", "14", "8", "116"]
    assert page.locator("[data-tabel=soort] thead [aria-sort]").count() == 1


def test_names_sort_by_the_alphabet_and_the_keyboard_does_it_too(page: Page) -> None:
    page.locator("[data-tabel=soort] thead button").first.focus()
    page.keyboard.press("Enter")
    assert column(page, 1) == [*sorted(ORDER[:-1]), "Totaal"]
    page.keyboard.press("Space")
    assert column(page, 1) == [*sorted(ORDER[:-1], reverse=True), "Totaal"]
    assert page.evaluate("document.activeElement.textContent") == "Soort organisatie"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.tagName") == "BUTTON"


def test_the_link_to_a_table_is_copied_and_leads_there(browser: Browser, site: Path) -> None:
    with served(site) as host:
        address = f"{host}/{EDITION}"
        context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
        page = context.new_page()
        page.goto(f"{address}#wie")
        page.locator("#tabel-regio").get_by_role("button", name="Kopieer de link naar deze tabel").click()
        page.locator("#tabel-regio [role=status]", has_text="Gekopieerd.").wait_for()
        copied = page.evaluate("() => navigator.clipboard.readText()")
        context.close()
    assert re.fullmatch(rf"{re.escape(host)}/edities/2025/(?:versie-\d+/)index\.html#tabel-regio", copied)


def test_without_a_script_every_table_is_whole_and_has_no_button(browser: Browser, site: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"file://{site}/{EDITION}")
    assert page.locator("button").count() == 0
    assert column(page, 1) == ORDER
    context.close()


def test_the_script_is_small_and_asks_for_nothing() -> None:
    script = a_site()["stijl/tabellen.js"]
    assert len(script) < 5_000
    for word in (b"fetch(", b"XMLHttpRequest", b"import", b"innerHTML", b"eval", b"localStorage", b"cookie"):
        assert word not in script
