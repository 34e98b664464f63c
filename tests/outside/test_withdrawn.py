"""An edition that is taken back: its page says why, what was known stays known, and it may come again."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests import desk as desks
from tests.everything import publish, unchecked
from tests.golden.refresh import TEMPLATES
from tests.outside.sites import write
from tests.outside.test_html import in_the_way
from tweeluik.pipeline.steps import make_site
from tweeluik.record.canonical import NotARecord, parse
from tweeluik.record.register import read_published

WHY = "De tabel naar soort telde een organisatie dubbel."
PAGE = "edities/2025/index.html"
OLD = "edities/2025/versie-1/index.html"


class Desk(desks.SimpleDesk):
    """A desk that corrects editions, and its site in memory."""

    def correct(self, *corrections: str) -> None:
        file = self.content / "editions" / "2025.yaml"
        text = file.read_text("utf-8").partition("corrections:\n")[0]
        file.write_text(f"{text}corrections:\n" + "".join(f"  - {{{each}}}\n" for each in corrections), "utf-8")

    def files(self) -> Mapping[str, bytes]:
        with unchecked():
            return make_site(self.content, TEMPLATES).files


WITHDRAWN = f'version: 2, date: 2026-12-01, note: "{WHY}", withdraws: true'
AGAIN = "version: 3, date: 2026-12-20, note: De tabel is opnieuw geteld."


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """2025 was published, and is taken back by a second version."""
    desk = Desk(tmp_path_factory.mktemp("ingetrokken"))
    publish(desk.content, "2025")
    desk.correct(WITHDRAWN)
    publish(desk.content, "2025")
    return desk


@pytest.fixture(scope="module")
def site(desk: Desk) -> Mapping[str, bytes]:
    return desk.files()


def test_nothing_on_its_pages_stands_in_a_readers_way(
    browser: Browser, site: Mapping[str, bytes], tmp_path: Path
) -> None:
    folder = write(site, tmp_path / "site")
    pages = (PAGE, OLD, "publicaties/index.html", "verbeteringen/index.html")
    assert in_the_way(browser, [(folder / path).as_uri() for path in pages]) == []


def text(page: bytes) -> str:
    return " ".join(re.sub("<[^>]+>", " ", page.decode()).split())


def test_its_page_says_that_it_was_taken_back_when_and_why_and_shows_no_number(site: Mapping[str, bytes]) -> None:
    page = site[PAGE].decode()
    assert "Deze editie is ingetrokken" in page
    assert f"Op 1 december 2026 is deze editie ingetrokken: {WHY}" in text(site[PAGE])
    assert "<table" not in page
    assert 'class="kerncijfers"' not in page


def test_the_version_that_readers_knew_stays_with_the_reason_above_it(site: Mapping[str, bytes]) -> None:
    page = text(site[OLD])
    assert "Deze versie is ingetrokken" in page
    assert WHY in page
    assert b"<table" in site[OLD]
    assert "edities/2025/versie-1/regio.csv" in site


def test_everything_that_lists_editions_says_so_too(site: Mapping[str, bytes]) -> None:
    assert f"Ingetrokken: {WHY}" in text(site["publicaties/index.html"])
    assert WHY in text(site["index.html"])
    assert "is ingetrokken" in site["feed.xml"].decode()
    (dataset,) = (each for each in json.loads(site["data.jsonld"])["@graph"] if each["@type"] == "dcat:Dataset")
    assert dataset["adms:status"]["@id"].endswith("/Withdrawn")
    assert {path for path in site if path.startswith("edities/2025/") and "/versie-" not in path} == {
        PAGE, "edities/2025/release.json",
    }  # fmt: skip


def test_the_reason_is_frozen_in_the_record_and_outlives_the_source(
    desk: Desk, site: Mapping[str, bytes], tmp_path: Path
) -> None:
    record = parse(site["edities/2025/release.json"])
    assert record.withdrawal is not None
    assert (record.withdrawal.note, record.tables, record.named, record.hinge) == (WHY, (), (), None)
    assert replace(record, version=3).withdrawal is None
    shutil.copytree(desk.content, tmp_path / "content")
    confidential = ("agenda.yaml", "vocabulary.yaml", "policy.yaml", "protection.key")
    for name in ("partners", "conversations", "editions", *confidential):
        path = tmp_path / "content" / name
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    assert make_site(tmp_path / "content", TEMPLATES).files == site


@pytest.mark.parametrize("shown", [("named", ["Een naam"]), ("hinge", "0" * 64)])
def test_a_record_that_takes_back_and_shows_all_the_same_is_none(
    site: Mapping[str, bytes], shown: tuple[str, object]
) -> None:
    raw = json.loads(site["edities/2025/release.json"])
    raw[shown[0]] = shown[1]
    raw["salts"] = ["0" * 32] * len(raw["named"])
    with pytest.raises(NotARecord):
        parse((json.dumps(raw, ensure_ascii=False, indent=2) + "\n").encode())


def test_what_was_published_is_still_protected_against_and_the_edition_may_come_again(
    desk: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    again = Desk(tmp_path)
    shutil.copytree(desk.content, again.content, dirs_exist_ok=True)
    again.correct(WITHDRAWN, AGAIN)
    assert again.run("diff", "2025") == 0
    said = capsys.readouterr().out
    assert f"Ingetrokken: ja: {WHY} → nee" in said
    publish(again.content, "2025")
    files = again.files()
    assert b"<table" in files[PAGE]
    assert f"Versie 2, 1 december 2026 , ingetrokken: {WHY}" in text(files[PAGE])
    assert "Deze editie is ingetrokken" in text(files["edities/2025/versie-2/index.html"])
    assert [each.status for each in read_published(again.content).log] == ["final"] * 3


def test_the_source_and_the_record_agree_afterwards(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    assert desk.run("check") == 0
    assert "the source now differs" not in capsys.readouterr().out


def test_a_reason_that_is_changed_afterwards_is_told_and_changes_no_byte(
    desk: Desk, site: Mapping[str, bytes], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = Desk(tmp_path)
    shutil.copytree(desk.content, other.content, dirs_exist_ok=True)
    other.correct(WITHDRAWN.replace("dubbel", "niet"))
    assert other.run("check") == 0
    assert "the text of its corrections" in capsys.readouterr().out
    assert other.files() == site


def test_a_list_for_inspection_can_be_taken_back_as_well(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    publish(desk.content, "gesprekspartners")
    file = desk.content / "editions" / "gesprekspartners.yaml"
    file.write_text(f"{file.read_text('utf-8')}corrections:\n  - {{{WITHDRAWN}}}\n", "utf-8")
    publish(desk.content, "gesprekspartners")
    page = text(desk.files()["edities/gesprekspartners/index.html"])
    assert WHY in page
    assert "ter inzage" not in page


def test_no_bundle_is_made_of_what_was_taken_back(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    assert desk.run("bundle", "2025", "-o", str(desk.root / "bundel")) == 2
    assert "editions/2025.yaml:2:1: corrections: the edition was taken back" in capsys.readouterr().err
    assert not (desk.root / "bundel").exists()


# --- why late -----------------------------------------------------------------------------------------------------------

LATE = "Het tellen van de gesprekken duurde twee dagen langer."


def test_why_an_edition_was_late_stands_where_both_days_stand(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    publish(desk.content, "2025")
    files = desk.files()
    assert f"Uiterste datum 1 juli 2026 Waarom later {LATE}" in text(files[PAGE])
    assert LATE.encode() in files["edities/2025/annex.docx"]
    assert parse(files["edities/2025/release.json"]).late == LATE


def test_late_without_a_word_of_why_is_a_warning_until_it_is_published(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    desk = Desk(tmp_path)
    assert desk.run("check") == 0
    assert "sent later than it was due" not in capsys.readouterr().err
    file = desk.content / "editions" / "2025.yaml"
    file.write_text(file.read_text("utf-8").replace(f"late: {LATE}\n", ""), "utf-8")
    assert desk.run("check") == 0
    assert "editions/2025.yaml: sent: sent later than it was due" in capsys.readouterr().err
    publish(desk.content, "2025")
    assert desk.run("check") == 0
    assert "sent later than it was due" not in capsys.readouterr().err
