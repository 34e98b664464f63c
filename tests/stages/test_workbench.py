"""Mending from the preview: by whoever has its address, for exactly the lines that were shown, and by nobody else."""

from __future__ import annotations

import http.client
import re
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import urlencode

import pytest

from tests.golden.refresh import CONTENT
from tweeluik.cli.mending import MendableSource
from tweeluik.cli.preview import Preview
from tweeluik.cli.preview_cards import as_html, cards_of
from tweeluik.cli.preview_server import PreviewServer
from tweeluik.cli.preview_style import COLOURS, STYLE
from tweeluik.cli.workbench import Workbench
from tweeluik.confidential.age.keyring import Keyring
from tweeluik.paper.theme import contrast
from tweeluik.problems import Problem, SourceHasProblems
from tweeluik.source.load import read_source

TOKEN = "een-geheim-adres"
BROKEN = "editions/2025.yaml"
PAGE = f"/-/{TOKEN}/-/herstel/{BROKEN}"
SITE = {"index.html": b"<html><head></head><body>tekst</body></html>", "edities/index.html": b"<html><body></body>"}


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """With two mistakes: one that can be mended and one that cannot."""
    content = tmp_path / "content"
    shutil.copytree(CONTENT, content)
    change(content / BROKEN, "sent: 2026-07-03", "sent: 03-07-2026")
    change(content / "editions" / "2026.yaml", "protection: rounding", "protection: iets anders")
    return content


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text, file
    file.write_text(text.replace(old, new, 1), "utf-8")


def problems_of(content: Path) -> tuple[Problem, ...]:
    with pytest.raises(SourceHasProblems) as found:
        read_source(content)
    return found.value.problems


@pytest.fixture
def port(content: Path) -> Iterator[int]:
    was_good = iter([True])

    def make() -> Mapping[str, bytes]:
        if not next(was_good, False):
            read_source(content)
        return SITE

    preview = Preview(make, "run", lambda _: ("broken",), Workbench(MendableSource(content, Keyring(())), TOKEN))
    preview.renew()
    preview.renew()
    with PreviewServer(preview, 0) as server:
        yield server.port


def ask(
    port: int, path: str, form: Mapping[str, str] | None = None, **headers: str
) -> tuple[int, Mapping[str, str], str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    sent = {"Host": f"127.0.0.1:{port}", **{name.replace("_", "-"): value for name, value in headers.items()}}
    connection.request("GET" if form is None else "POST", path, None if form is None else urlencode(form), sent)
    answer = connection.getresponse()
    return answer.status, dict(answer.getheaders()), answer.read().decode()


def shown(port: int) -> dict[str, str]:
    """The form of the page of the change."""
    page = ask(port, PAGE)[2]
    (digest,) = re.findall(r'name="van" value="([0-9a-f]{64})"', page)
    return {"van": digest}


# --- the cards --------------------------------------------------------------------------------------------------------


def test_a_card_tells_what_may_stand_there_and_what_can_be_mended(content: Path) -> None:
    problems = problems_of(content)
    cards = {each.title: each for each in cards_of(problems, MendableSource(content, Keyring(())).offer(problems))}
    assert cards["Onbekende waarde"].allowed == (("suppression", ""), ("rounding", ""))
    assert cards["Onbekende waarde"].mendable == ()
    (mended,) = (each for each in cards.values() if each.mendable)
    assert mended.mendable == (BROKEN,)


def test_the_ids_of_organisations_are_no_values_that_are_shown(content: Path) -> None:
    conversations = next((content / "conversations").glob("*.yaml"))
    change(conversations, "partners: [", "partners: [p-onbekend, ")
    problems = problems_of(content)
    cards = cards_of(problems, MendableSource(content, Keyring(())).offer(problems))
    ids = {each.id for each in read_source(CONTENT).partners}
    assert not any(each in as_html(card) for card in cards for each in ids)


def test_the_button_stands_where_the_address_has_the_token_and_nowhere_else(port: int) -> None:
    ours, theirs = ask(port, f"/-/{TOKEN}/")[2], ask(port, "/")[2]
    assert f'href="{PAGE}"' in ours
    assert TOKEN not in theirs
    assert "check --fix" in theirs
    assert "suppression" in theirs


def test_below_the_address_a_folder_leads_to_its_page_there(port: int) -> None:
    status, headers, _ = ask(port, f"/-/{TOKEN}/edities")
    assert (status, headers["Location"]) == (301, f"/-/{TOKEN}/edities/")


# --- the change -------------------------------------------------------------------------------------------------------


def test_the_change_is_shown_first_and_then_made(port: int, content: Path) -> None:
    before = (content / BROKEN).read_bytes()
    status, headers, page = ask(port, PAGE)
    assert (status, headers["Cache-Control"], headers["Referrer-Policy"]) == (200, "no-store", "no-referrer")
    assert "<del>sent: 03-07-2026</del>" in page
    assert "<ins>sent: 2026-07-03</ins>" in page
    assert "<script" not in page
    assert (content / BROKEN).read_bytes() == before
    status, headers, _ = ask(port, PAGE, shown(port), Origin="null", Sec_Fetch_Site="same-origin")
    assert (status, headers["Location"]) == (303, f"/-/{TOKEN}/")
    assert (content / BROKEN).read_bytes() == before.replace(b"03-07-2026", b"2026-07-03")
    assert "valt niets meer te herstellen" in ask(port, PAGE)[2]


def test_only_what_was_shown_is_made(port: int, content: Path) -> None:
    form = shown(port)
    change(content / BROKEN, "03-07-2026", "04-07-2026")
    before = (content / BROKEN).read_bytes()
    status, _, page = ask(port, PAGE, form)
    assert (status, (content / BROKEN).read_bytes()) == (409, before)
    assert "intussen veranderd" in page
    assert "<ins>sent: 2026-07-04</ins>" in page


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://elders.example.org"},
        {"Origin": "null"},
        {"Sec_Fetch_Site": "cross-site"},
        {"Sec_Fetch_Site": "none"},
        {"Sec_Fetch_Site": "same-site"},
        {"Host": "elders.example.org"},
    ],
    ids=str,
)  # fmt: skip
def test_a_page_of_elsewhere_changes_nothing(port: int, content: Path, headers: Mapping[str, str]) -> None:
    form, before = shown(port), (content / BROKEN).read_bytes()
    assert ask(port, PAGE, form, **headers)[0] == 403
    assert (content / BROKEN).read_bytes() == before


@pytest.mark.parametrize("path", [f"/-/x{TOKEN[1:]}/-/herstel/{BROKEN}", f"/-/herstel/{BROKEN}", "/", f"/-/{TOKEN}/"])
def test_without_the_address_nothing_is_shown_or_changed(port: int, content: Path, path: str) -> None:
    form, before = shown(port), (content / BROKEN).read_bytes()
    assert ask(port, path, form)[0] == 501
    assert "03-07-2026" not in ask(port, path)[2]
    assert (content / BROKEN).read_bytes() == before


@pytest.mark.parametrize("path", ["/-/", "/-/x/", f"/-/x{TOKEN[1:]}/", "/-/nergens.html", "/nergens.html"])
def test_no_other_address_tells_the_token(port: int, path: str) -> None:
    assert TOKEN not in ask(port, path)[2].replace(path, "")


def test_a_file_outside_the_source_is_none(port: int) -> None:
    status, _, page = ask(port, f"/-/{TOKEN}/-/herstel/../../../etc/passwd")
    assert (status, "root:" in page) == (200, False)
    assert "valt niets meer te herstellen" in page


def test_a_form_that_is_too_long_is_refused(port: int) -> None:
    assert ask(port, PAGE, {"van": "0" * 2000})[0] == 403


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    ("text", "ground"), [("tekst", "grond"), ("tekst", "weg"), ("tekst", "erbij"), ("let-op", "grond")]
)
def test_what_would_change_stands_out_by_day_and_by_night(scheme: str, text: str, ground: str) -> None:
    assert contrast(COLOURS[scheme][text], COLOURS[scheme][ground]) >= 4.5


def test_every_colour_of_a_change_has_one_for_the_night() -> None:
    day, night = re.findall(r"#herstel \{ (--[^}]*) \}", STYLE.decode())
    names = [re.findall(r"--[\w-]+(?=:)", each) for each in (day, night)]
    assert names[0] == names[1]
    assert {f"--{name}" for name in COLOURS["dark"]} == set(re.findall(r"var\((--[\w-]+)\)", STYLE.decode()))
    assert b"prefers-color-scheme: dark" in STYLE
