"""The review room: for whoever has its address on this machine, in memory, and for every reader."""

from __future__ import annotations

import http.client
import re
import shlex
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from math import inf
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from selectolax.lexbor import LexborHTMLParser

from tests.everything import publish
from tests.golden.refresh import CONTENT, TEMPLATES
from tests.outside.sites import a_page
from tests.outside.test_html import in_the_way
from tweeluik.checks.guard.pdf import pages
from tweeluik.cli.arguments import parse_arguments
from tweeluik.cli.commands.approve import Approve
from tweeluik.cli.preview_server import PreviewServer
from tweeluik.cli.room_server import RoomAnswers
from tweeluik.pipeline.looking import look
from tweeluik.pipeline.proposal import Proposal, make_proposal
from tweeluik.review.report import Reported, render_report
from tweeluik.review.room import PAGES, Room, render_room
from tweeluik.review.standing import Judged, Standing
from tweeluik.review.trail import Event

TOKEN = "een-geheim-adres"


@dataclass(frozen=True)
class Opened:
    proposal: Proposal
    room: Room
    pages: Mapping[str, bytes]
    files: Mapping[str, bytes]
    root: Path


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Opened:
    """2026 after 2025, with a key of its own, and one organisation that went."""
    root = tmp_path_factory.mktemp("kamer")
    content = root / "content"
    shutil.copytree(CONTENT, content)
    (content / "protection.key").write_text("5" * 64 + "\n")
    publish(content, "2025")
    before = {each for each in root.rglob("*") if each.is_file()}
    proposal = make_proposal(content, TEMPLATES, edition="2026", day=date(2026, 12, 1), provisional=True)
    room = look(proposal, Standing(2, ()))
    pages = render_room(room, TEMPLATES)
    assert {each for each in root.rglob("*") if each.is_file()} == before
    return Opened(proposal, room, pages, proposal.made.files, root)


@pytest.fixture(scope="module")
def port(opened: Opened) -> Iterator[int]:
    with PreviewServer(RoomAnswers(TOKEN, opened.pages, opened.files), 0) as server:
        yield server.port


def ask(port: int, path: str, host: str = "") -> tuple[int, Mapping[str, str], bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", path, headers={"Host": host or f"127.0.0.1:{port}"})
    answer = connection.getresponse()
    return answer.status, dict(answer.getheaders()), answer.read()


# --- who may enter ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path", ["/", "/index.html", "/tabellen.html", "/site/index.html", "/-/preview.js", f"/{TOKEN}x/"]
)
def test_without_its_address_there_is_nothing(port: int, path: str) -> None:
    status, _, body = ask(port, path)
    assert (status, body) == (404, b"there is nothing here\n")


def test_with_its_address_nothing_is_kept_by_the_browser_or_told_to_others(port: int) -> None:
    status, headers, body = ask(port, f"/{TOKEN}/")
    assert status == 200
    assert b"Vertrouwelijk" in body
    assert headers["Cache-Control"] == "no-store"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["X-Frame-Options"] == "DENY"


def test_under_the_name_of_another_site_it_does_not_answer(port: int) -> None:
    assert ask(port, f"/{TOKEN}/", host="elders.example.org")[0] == 421


def test_it_has_the_very_files_that_would_be_published(port: int, opened: Opened) -> None:
    for path in ("index.html", "edities/2026/index.html", "manifest.txt"):
        assert ask(port, f"/{TOKEN}/site/{path}")[2] == opened.files[path]


def test_without_its_slash_the_address_leads_to_the_room(port: int) -> None:
    status, headers, _ = ask(port, f"/{TOKEN}")
    assert (status, headers["Location"]) == (301, f"/{TOKEN}/")


# --- what it shows ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("is_public", [True, False])
def test_the_report_on_an_edition_that_readers_did_not_know_holds_all_of_its_page(
    opened: Opened, *, is_public: bool
) -> None:
    proposal = opened.proposal
    reported = Reported(
        proposal.release, proposal.facts, proposal.subject, 2, proposal.making.as_published(), opened.files
    )
    page, paper = (render_report(reported, TEMPLATES, as_pdf=as_pdf, is_public=is_public) for as_pdf in (False, True))
    printed = "".join("".join(pages(paper)).split())
    for table in proposal.release.tables:
        for category in table.dimensions[0].categories:
            assert f'<th scope="row">{category.label.replace("&", "&amp;")}</th>' in page.decode()
            assert "".join(category.label.split()) in printed
    assert "Vergelijk deze cijfers daarom niet met die van een heel jaar." in page.decode()
    assert "Zoleestdenieuwepagina" in printed


def text_of(opened: Opened, page: str) -> str:
    return " ".join(opened.pages[page].decode().split())


def test_every_organisation_is_there_with_its_rules_and_since_when(opened: Opened) -> None:
    seen = {each.id: each for each in opened.room.organisations}
    assert seen.keys() == {each.id for each in opened.proposal.source.partners}
    inside = {each.id for each in opened.proposal.made.protected[0].selection.partners}
    assert {each.id for each in seen.values() if each.is_in} == inside
    assert all(each.rules for each in seen.values() if not each.is_in)
    assert {each.since for each in seen.values()} <= {"2025", "2026"}
    page = text_of(opened, "organisaties.html")
    assert all(each.name.replace("&", "&amp;").replace("'", "&#39;") in page for each in seen.values())


def test_every_number_has_its_truth_and_the_truth_lies_in_what_everyone_can_conclude(opened: Opened) -> None:
    (protected,) = opened.proposal.made.protected
    for table, seen in zip(protected.tables, opened.room.tables, strict=True):
        assert sorted(each.true for each in seen.cells) == sorted(map(len, table.cells.values()))
        for each in seen.cells:
            low, _, high = each.outsider.partition(" tot en met ")
            least = int(low.removesuffix(" of meer"))
            assert least <= each.true
            assert "of meer" in each.outsider or each.true <= int(high or low)
            assert bool(each.why) == (each.said != str(each.true)) or "ongeveer" in each.said


def bounds_of(told: str) -> tuple[int, float]:
    """The least and the most of `3 tot en met 7`, `3 of meer` or `3`."""
    low, _, high = told.removesuffix(" of meer").partition(" tot en met ")
    return int(low), inf if told.endswith(" of meer") else int(high or low)


def test_every_number_has_what_the_closest_of_those_in_it_works_out(opened: Opened) -> None:
    """It lies within what everybody knows, the truth lies in it, and it is never the truth alone where that is secret."""
    cells = [each for table in opened.room.tables for each in table.cells]
    narrower = 0
    for each in cells:
        assert bool(each.insider) == (each.true > 0)
        if each.insider:
            (low, high), (least, most) = bounds_of(each.insider), bounds_of(each.outsider)
            assert max(1, least) <= low <= each.true <= high <= most
            assert not each.is_unsafe or low < high
            narrower += (low, high) != (least, most)
    assert narrower


def test_next_year_is_told_where_a_year_before_shows_turnover(opened: Opened) -> None:
    assert "Van de partners van de vorige keer bleef" in opened.room.turnover
    shares = [each.next_year for table in opened.room.tables for each in table.cells]
    assert any(each is not None for each in shares)
    assert "van 200 denkbare jaren" in text_of(opened, "tabellen.html")


def test_it_tells_the_digest_the_checklist_and_how_to_approve(opened: Opened) -> None:
    page = text_of(opened, "index.html")
    assert opened.proposal.subject.digest[:8] in page
    assert "Hier moet u naar kijken" in page
    assert "<strong>Naar de Kamer gestuurd:</strong> niet ingevuld" in page


def test_the_commands_that_it_gives_are_about_this_very_version(opened: Opened) -> None:
    """Of a concept, and of the day that was asked for: another has another digest, and is not what was looked at."""
    shown = LexborHTMLParser(opened.pages["index.html"].decode()).css("pre code")
    asked = [parse_arguments(shlex.split(each.text())[2:], "build.py", "nl") for each in shown]
    assert [isinstance(each, Approve) and each.not_yet for each in asked] == [False, True]
    for each in asked:
        assert isinstance(each, Approve)
        assert (each.edition, each.provisional, each.day) == ("2026", True, opened.proposal.subject.day)
        assert opened.proposal.subject.digest.startswith((each.of or "?").replace(" ", ""))


def test_what_somebody_voted_is_blind_here_too(opened: Opened) -> None:
    vote = Judged("a", "counts", "jurist", answer="not-yet", remark="Een zin klopt niet.")
    for needed, is_told in ((2, False), (1, True)):
        page = render_room(replace(opened.room, standing=Standing(needed, (vote,))), TEMPLATES)["index.html"].decode()
        assert ("<strong>jurist</strong>: heeft gestemd" in page) is not is_told
        assert ("Een zin klopt niet." in page) is is_told


def test_a_number_that_nobody_may_know_is_marked_with_why_and_what_the_closest_cannot_exclude(opened: Opened) -> None:
    cells = [each for table in opened.room.tables for each in table.cells]
    unsafe = [each for each in cells if each.is_unsafe]
    assert len(unsafe) > 3
    assert all(each.why for each in unsafe)
    assert {re.sub(r"\d+", "n", each.not_excluded) for each in unsafe} <= {
        "n of meer", "n of minder", "n of minder, en n of meer",
    }  # fmt: skip
    assert text_of(opened, "tabellen.html").count("gevoelig</strong>") == len(unsafe)


def test_a_merge_that_would_help_is_a_line_for_the_edition_that_does_what_it_says(
    opened: Opened, tmp_path: Path
) -> None:
    (best, *_) = next(table.merges for table in opened.room.tables if table.merges)
    content = tmp_path / "content"
    shutil.copytree(opened.root / "content", content)
    edition = content / "editions" / "2026.yaml"
    edition.write_text(f"{edition.read_text('utf-8')}merge:\n  {best.line}\n", "utf-8")
    merged = make_proposal(content, TEMPLATES, edition="2026", day=date(2026, 12, 1), provisional=True)
    counts = [sum(each.is_unsafe for each in table.cells) for table in look(merged, Standing(2, ())).tables]
    assert best.then in counts
    assert best.then < best.now


def test_what_changed_is_told_of_a_concept_too_against_the_last_edition_that_is_remembered(opened: Opened) -> None:
    page = text_of(opened, "index.html")
    assert "Vergeleken met de editie 2025" in page
    assert {each.what for each in opened.room.facts.moved} == {"erbij", "eruit"}


def test_questions_that_are_open_and_what_was_done_stand_there(opened: Opened) -> None:
    event = Event("reviewed", "2026", 1, date(2026, 11, 30), "privacy", "1" * 64)
    other = replace(event, edition="2025", who="iemand")
    room = look(opened.proposal, Standing(2, ()), (event, other))
    assert room.trail == ("2026-11-30: versie 1: bekeken: privacy",)
    page = render_room(replace(room, doubts=(("partners/a.yaml:3:1", "een vraag"),)), TEMPLATES)["index.html"].decode()
    assert "1 vraag over de bron" in page
    assert "<code>partners/a.yaml:3:1</code>: een vraag" in page
    assert "Er zijn er geen." in text_of(opened, "index.html")


def test_the_pages_tell_how_many_votes_are_in_and_how_to_say_not_yet(opened: Opened) -> None:
    vote = Judged("a", "counts", "jurist", answer="yes")
    page = render_room(replace(opened.room, standing=Standing(2, (vote,))), TEMPLATES)["index.html"].decode()
    assert "Stemmen binnen: 1 van 2." in page
    assert "--not-yet --remark" in page


# --- for every reader ---------------------------------------------------------------------------------------------------


def test_nothing_stands_in_a_readers_way(browser: Browser, port: int) -> None:
    assert in_the_way(browser, [f"http://127.0.0.1:{port}/{TOKEN}/{name}" for name in PAGES]) == []


def test_it_is_read_and_walked_through_without_script_and_by_keyboard(browser: Browser, port: int) -> None:
    page = a_page(browser, java_script_enabled=False)
    page.goto(f"http://127.0.0.1:{port}/{TOKEN}/")
    page.keyboard.press("Tab")
    assert page.locator(":focus").inner_text() == "Naar de inhoud"
    for _ in range(3):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/tabellen.html")
    assert page.locator("h1").inner_text() == "Tabellen"
    page.context.close()


def test_its_pages_hold_no_script_and_ask_nothing_of_others(opened: Opened) -> None:
    for name in PAGES:
        text = opened.pages[name].decode().replace("http://www.w3.org/2000/svg", "")  # the logo says what it is
        assert "<script" not in text
        assert "default-src 'none'" in text
        assert "http://" not in text
        assert "https://" not in text
