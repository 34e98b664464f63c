"""Mending in a browser: from the card to the change that is made, without script, and for every reader."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.golden.refresh import CONTENT
from tests.outside.sites import a_page
from tests.outside.test_html import in_the_way
from tweeluik.cli.mending import MendableSource
from tweeluik.cli.preview import Preview
from tweeluik.cli.preview_server import PreviewServer
from tweeluik.cli.workbench import PAGE, Workbench
from tweeluik.confidential.age.keyring import Keyring
from tweeluik.source.load import read_source

EDITION = "editions/2025.yaml"
SITE = {
    "index.html": b'<!doctype html><html lang="nl"><head><title>t</title></head><body><main><h1>t</h1></main></body></html>'
}


@pytest.fixture
def content(tmp_path: Path) -> Path:
    shutil.copytree(CONTENT, tmp_path / "content")
    file = tmp_path / "content" / EDITION
    file.write_text(file.read_text("utf-8").replace("sent: 2026-07-03", "sent: 03-07-2026"), "utf-8")
    return tmp_path / "content"


@pytest.fixture
def address(content: Path) -> Iterator[str]:
    was_good = iter([True])

    def make() -> Mapping[str, bytes]:
        if not next(was_good, False):
            read_source(content)
        return SITE

    workbench = Workbench(MendableSource(content, Keyring(())), "een-geheim-adres")
    preview = Preview(make, "run", lambda problems: tuple(map(str, problems)), workbench)
    preview.renew()
    preview.renew()
    with PreviewServer(preview, 0) as server:
        yield f"http://127.0.0.1:{server.port}{workbench.prefix}"


def test_a_mistake_is_mended_by_two_clicks_without_script(browser: Browser, content: Path, address: str) -> None:
    page = a_page(browser, java_script_enabled=False)
    page.goto(address)
    page.get_by_role("link", name=f"Herstel {EDITION}").click()
    assert page.locator("del").inner_text() == "sent: 03-07-2026"
    assert page.locator("ins").inner_text() == "sent: 2026-07-03"
    page.get_by_role("button", name="Verander dit").click()
    assert page.url == address
    assert "sent: 2026-07-03" in (content / EDITION).read_text("utf-8")
    assert read_source(content).editions
    page.context.close()


def test_cards_and_changes_stand_in_no_readers_way(browser: Browser, address: str) -> None:
    assert in_the_way(browser, [address, f"{address}{PAGE}{EDITION}"]) == []
