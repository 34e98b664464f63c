"""The preview as a person has it: the command, a browser, and an editor that saves files meanwhile."""

from __future__ import annotations

import contextlib
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Thread
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Page, expect

import build
from tests.desk import keep_simple_tables
from tests.everything import publish
from tweeluik.pipeline.steps import make_preview
from tweeluik.problems import SourceHasProblems

ROOT = Path(__file__).parents[2]
PATIENCE = 60_000
"""Milliseconds for a new version to be in the window; one takes a second on a machine with nothing else to do."""


class Desk:
    """A copy of the small source, 2025 published and 2026 a concept, and of the templates; and the preview of them at `url`."""

    def __init__(self, root: Path) -> None:
        self.content, self.templates = root / "content", root / "templates"
        shutil.copytree(ROOT / "tests" / "golden" / "content", self.content)
        keep_simple_tables(self.content)
        shutil.copytree(ROOT / "templates", self.templates)
        publish(self.content, "2025")
        command: list[str | Path] = [sys.executable, ROOT / "build.py", "preview", "--port", "0"]
        where = ("--content", self.content, "--templates", self.templates, "--site", root / "site")
        self.process = subprocess.Popen([*command, *where], stderr=subprocess.PIPE, text=True)
        self.said: list[str] = []
        self.url = self._address()

    def _address(self) -> str:
        assert self.process.stderr is not None
        for line in self.process.stderr:
            self.said.append(line)
            if found := re.match(r"(http://127\.0\.0\.1:\d+/) ", line):
                self._listening = Thread(target=self.said.extend, args=(self.process.stderr,))
                self._listening.start()
                return found[1]
        pytest.fail("".join(self.said))

    def end(self, number: signal.Signals) -> int:
        """Send a signal; the exit code that follows."""
        self.process.send_signal(number)
        code = self.process.wait(timeout=30)
        self._listening.join()
        return code

    @contextlib.contextmanager
    def changed(self, file: Path, old: str, new: str) -> Iterator[None]:
        """A change that is taken back."""
        text = file.read_text("utf-8")
        assert old in text
        file.write_text(text.replace(old, new, 1), "utf-8")
        try:
            yield
        finally:
            file.write_text(text, "utf-8")


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    desk = Desk(tmp_path_factory.mktemp("voorvertoning"))
    with desk.process:
        yield desk
        desk.end(signal.SIGTERM)


@pytest.fixture(scope="module")
def page(browser: Browser, desk: Desk) -> Iterator[Page]:
    page = browser.new_page()
    page.set_default_timeout(PATIENCE)
    page.goto(desk.url)
    yield page
    page.close()


def test_every_file_is_served_as_it_would_be_published(desk: Desk) -> None:
    files = make_preview(desk.content, desk.templates).files
    for path in files:
        if not path.endswith(".html"):
            with urlopen(f"{desk.url}{path}") as answer:
                assert answer.read() == files[path], path


def test_a_change_of_the_source_is_in_the_window_without_a_touch(desk: Desk, page: Page) -> None:
    with desk.changed(desk.content / "report.yaml", "title: ", "title: Nieuw "):
        expect(page).to_have_title(re.compile("Nieuw"), timeout=PATIENCE)


def test_a_change_of_a_template_too(desk: Desk, page: Page) -> None:
    with desk.changed(desk.templates / "public" / "home.html", "<h1>", '<h1 id="nieuw">'):
        expect(page.locator("#nieuw")).to_have_count(1, timeout=PATIENCE)


def told(page: Page, *texts: str | re.Pattern[str]) -> None:
    box = page.locator("#voorvertoning")
    for text in texts:
        expect(box).to_contain_text(text, timeout=PATIENCE)


def whole(page: Page) -> None:
    expect(page.locator("#voorvertoning")).to_have_count(0, timeout=PATIENCE)


def test_a_broken_source_shows_its_problems_above_the_last_good_site_until_it_is_whole(desk: Desk, page: Page) -> None:
    whole(page)
    with desk.changed(desk.content / "editions" / "2025.yaml", "status:", "statuz:"):
        told(page, "Onbekende sleutel", "editions/2025.yaml:5:1", "Doe dit: bedoelde u 'status'?")
        told(page, "Hieronder staat de laatste versie die wel klopte.")
        assert page.locator("main").is_visible()
        assert page.locator("h1").inner_text()
    whole(page)


def test_a_broken_template_shows_where(desk: Desk, page: Page) -> None:
    with desk.changed(desk.templates / "public" / "home.html", "<h1>", "{{ bestaat.niet }}<h1>"):
        told(page, "Vraagt om een naam die er niet is", re.compile(r"home\.html:\d+"))
    whole(page)


def test_a_leak_is_told_and_does_not_get_into_the_window(desk: Desk, page: Page) -> None:
    with desk.changed(
        desk.content / "pages" / "over.md", "\n\n", "\n\nMet dank aan Stichting Buurtveer Vlierhaven.\n\n"
    ):
        told(page, re.compile("bevat een waarde \\(naam\\) uit een record"))
        with urlopen(f"{desk.url}over/") as answer:
            assert b"Buurtveer" not in answer.read()
    whole(page)


@pytest.mark.parametrize(
    ("option", "code", "says"),
    [
        (
            "--content",
            10,
            ".: the content folder is not there (name it with --content, or make one with `init`) [E146]",
        ),
        ("--templates", 2, "nergens/public: the templates are not there (name them with --templates) [E631]"),
    ],
)
def test_a_folder_that_is_not_there_is_asked_for_at_once(
    capsys: pytest.CaptureFixture[str], option: str, code: int, says: str
) -> None:
    assert build.main(["preview", "--port", "0", option, "nergens"]) == code
    assert capsys.readouterr().err == f"{says}\n1 problem; nothing was changed\n"


def test_what_a_build_would_refuse_for_its_exclusion_list_the_preview_refuses(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    content, key, names = tmp_path / "content", tmp_path / "sleutel", tmp_path / "namen.txt"
    shutil.copytree(ROOT / "tests" / "golden" / "content", content)
    names.write_text("Stichting Buurtveer Vlierhaven\n", "utf-8")
    where = ["--content", str(content), "--templates", str(ROOT / "templates"), "-i", str(key)]
    assert build.main(["keygen", "-o", str(key)]) == 0
    assert build.main(["exclusions", "seal", str(names), *where]) == 0
    made: list[Callable[[], object]] = []
    monkeypatch.setattr("tweeluik.cli.preview.serve", lambda make, *_watched, **_options: made.append(make))
    assert build.main(["preview", *where]) == 0
    capsys.readouterr()
    with pytest.raises(SourceHasProblems):
        made[0]()


@pytest.mark.skipif(sys.platform == "win32", reason="needs signals")
def test_ctrl_c_ends_it_in_one_line(desk: Desk, page: Page) -> None:
    assert desk.end(signal.SIGINT) == 0
    assert "the preview has ended\n" in desk.said
    assert not (desk.content.parent / "site").exists()
