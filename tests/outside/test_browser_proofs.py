"""The reader's browser checks the public certificate, and notices when it or the edition was changed."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from playwright.sync_api import Browser, Page

from tests.outside.sites import served
from tests.stages.a_publication import a_publication
from tests.templates import PUBLIC
from tweeluik.checks.audit.outsider import prove
from tweeluik.public.site import render_site

PAGE = "wat-kan-iemand-weten/index.html"
RECORD, PROOF = "edities/2025/release.json", "edities/2025/proof.json"


@cache
def _files() -> dict[str, bytes]:
    bare = render_site(a_publication(), PUBLIC)
    return render_site(a_publication(), PUBLIC, prove({p: d for p, d in bare.items() if p.endswith("release.json")}))


def written(folder: Path) -> Path:
    for path, data in _files().items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    return folder


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    made = browser.new_page()
    yield made
    made.close()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("site"))


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    """Of a server of the folder, with the page."""
    with served(folder) as address:
        yield f"{address}/{PAGE}"


def said(page: Page, address: str, place: str = "[data-narekenen]") -> list[str]:
    """What the page says of these editions after a press of their buttons."""
    page.goto(address)
    found = page.locator(place)
    for i in range(found.count()):
        found.nth(i).locator("button").click()
        found.nth(i).locator("[role=status]:not(:empty)").wait_for()
    return [text.strip() for text in page.locator(f"{place} [role=status]").all_text_contents()]


def test_everything_adds_up(page: Page, address: str) -> None:
    answers = said(page, address)
    assert len(answers) == len([path for path in _files() if path.endswith("proof.json")])
    assert all(answer.startswith("Nagerekend: ") and answer.endswith("Alles klopt.") for answer in answers)


CHANGES: dict[str, tuple[str, Callable[[Any], object], str]] = {
    "another number in a table": (PROOF, lambda raw: raw["tables"][0].__setitem__(0, raw["tables"][0][0] + 1), "een tabel telt niet op"),
    "a number less": (PROOF, lambda raw: raw["numbers"].pop(), "het bewijs gaat over andere getallen"),
    "one table twice": (PROOF, lambda raw: raw["shown"].__setitem__(0, [0, 0, False, False]), "een getal staat vast"),
    "another version": (PROOF, lambda raw: raw.update(version=9), "het bewijs hoort bij een andere versie"),
    "half a number": (PROOF, lambda raw: raw["tables"][0].__setitem__(0, 0.5), "een tabel geeft een ander getal dan er staat"),
    "another record": (RECORD, lambda raw: raw.update(title="Anders"), "de gegevens van de editie zijn veranderd"),
}  # fmt: skip


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_is_noticed(page: Page, folder: Path, address: str, name: str) -> None:
    path, change, what = CHANGES[name]
    raw = json.loads(_files()[path])
    change(raw)
    (folder / path).write_bytes(json.dumps(raw).encode())
    try:
        assert said(page, address, "[data-narekenen$='/2025/']") == [f"Klopt niet: {what}."]
    finally:
        (folder / path).write_bytes(_files()[path])


def test_without_a_server_the_page_says_why_it_cannot(page: Page, folder: Path) -> None:
    page.goto(f"file://{folder}/{PAGE}")
    place = page.locator("[data-narekenen]").first
    place.locator("button").click()
    place.locator("[role=status]:not(:empty)").wait_for()
    assert "als de site op een server staat" in (place.text_content() or "")


def test_without_the_script_the_tables_are_there(browser: Browser, folder: Path) -> None:
    bare = browser.new_page(java_script_enabled=False)
    bare.goto(f"file://{folder}/{PAGE}")
    assert bare.locator("tbody tr").count() > 0
    assert bare.locator("button").count() == 0
    bare.close()


def test_a_table_that_is_folded_on_a_screen_stands_on_paper(page: Page, folder: Path) -> None:
    page.goto((folder / PAGE).as_uri())
    last = page.locator("details").last
    assert last.locator("td").first.is_hidden()
    sheets = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
    text = " ".join(" ".join(each.get_textpage().get_text_range() for each in sheets).split())
    assert [each for each in last.locator("tbody th").all_text_contents() if each not in text] == []
