"""Pictures of what reviewers see, for `docs/screenshots`: `python -m tools.review_screenshots FOLDER`.

Of the small invented source of the tests: 2025 is published and a correction is to follow, or it is taken back. Every
picture is taken wide and narrow, light and dark. Needs Chromium.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

from playwright.sync_api import Browser, sync_playwright

from tweeluik.cli.mending import MendableSource
from tweeluik.cli.preview import Preview
from tweeluik.cli.preview_server import Answers, PreviewServer
from tweeluik.cli.room_server import RoomAnswers
from tweeluik.cli.workbench import PAGE, Workbench
from tweeluik.confidential.age.keyring import Keyring
from tweeluik.pipeline.freezing import make_publication
from tweeluik.pipeline.looking import look
from tweeluik.pipeline.proposal import Proposal, make_proposal
from tweeluik.pipeline.steps import make_preview, make_site
from tweeluik.record.register import read_published, replace_register
from tweeluik.review.report import Reported, render_report
from tweeluik.review.room import render_room
from tweeluik.review.standing import Judged, Standing

ROOT = Path(__file__).resolve().parent.parent
TEMPLATES = ROOT / "templates"
EDITION, TOKEN = "2025", "voorbeeld"
VIEWS: tuple[tuple[str, int, int, Literal["light", "dark"]], ...] = (
    ("", 1120, 900, "light"),
    ("-wide-dark", 1120, 900, "dark"),
    ("-phone", 390, 800, "light"),
    ("-dark", 390, 800, "dark"),
)


def main(arguments: list[str]) -> int:
    """The command."""
    (folder,) = map(Path, arguments)
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as scratch, sync_playwright() as playwright:
        program = shutil.which("chromium") or shutil.which("google-chrome")
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        content = _source(Path(scratch) / "content")
        _take_room(browser, make_proposal(content, TEMPLATES, edition=EDITION), folder)
        _take_preview(browser, content, folder)
        _take_withdrawn(browser, Path(scratch), folder)
        browser.close()
    return 0


def _published(content: Path) -> Path:
    shutil.copytree(ROOT / "tests" / "golden" / "content", content)
    (content / "protection.key").write_text("5" * 64 + "\n")
    _publish(content)
    return content


def _publish(content: Path) -> None:
    made = make_publication(content, TEMPLATES, edition=EDITION)
    replace_register(content, read_published(content), made.published.files)


def _source(content: Path) -> Path:
    _published(content)
    _change(content / "policy.yaml", "approvals: {value: 0,", "approvals: {value: 2,")
    with (content / "editions" / f"{EDITION}.yaml").open("a", encoding="utf-8") as file:
        file.write("corrections:\n  - {version: 2, date: 2026-12-01, note: Een organisatie telde ten onrechte mee.}\n")
    _change(
        content / "partners" / "partners.yaml",
        "endorsed: 2025-03-10",
        "endorsed: [{from: 2025-03-10, until: 2025-06-01}]",
    )
    return content


def _change(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    if old not in text:
        raise SystemExit(f"{file}: no longer holds what this picture changes")
    file.write_text(text.replace(old, new, 1), "utf-8")


def _take_room(browser: Browser, proposal: Proposal, folder: Path) -> None:
    standing = Standing(2, (Judged("approvals/a.json", "counts", "jurist"),))
    pages = render_room(look(proposal, standing), TEMPLATES)
    reported = Reported(
        proposal.release, proposal.facts, proposal.subject, 2, proposal.making.as_published(), proposal.made.files
    )
    report = render_report(reported, TEMPLATES, as_pdf=False, is_public=False)
    with _served(RoomAnswers(TOKEN, {**pages, "rapport.html": report}, {})) as address:
        for name, page in (("room", "index.html"), ("room-tables", "tabellen.html"), ("report", "rapport.html")):
            _take(browser, f"{address}{TOKEN}/{page}", folder / name)


def _take_preview(browser: Browser, content: Path, folder: Path) -> None:
    workbench = Workbench(MendableSource(content, Keyring(())), TOKEN)
    preview = Preview(lambda: make_preview(content, TEMPLATES).files, "1", lambda _: ("broken",), workbench)
    preview.renew()
    edition = content / "editions" / f"{EDITION}.yaml"
    _change(edition, "sent: 2026-07-03", "sent: 03-07-2026")
    _change(edition, "protection: suppression", "protection: weglaten en afronden")
    preview.renew()
    with _served(preview) as address:
        below = address.removesuffix("/") + workbench.prefix
        _take(browser, f"{below}edities/{EDITION}/index.html", folder / "preview-cards")
        _take(browser, f"{below}{PAGE}editions/{EDITION}.yaml", folder / "preview-mending")


def _take_withdrawn(browser: Browser, scratch: Path, folder: Path) -> None:
    """The page of an edition that is taken back, and that of the version that readers knew."""
    content, site = _published(scratch / "withdrawn"), scratch / "site"
    with (content / "editions" / f"{EDITION}.yaml").open("a", encoding="utf-8") as file:
        why = '"Een organisatie telde in de tabel naar soort dubbel."'
        file.write(f"corrections:\n  - {{version: 2, date: 2026-12-01, note: {why}, withdraws: true}}\n")
    _publish(content)
    for path, data in make_site(content, TEMPLATES).files.items():
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        (site / path).write_bytes(data)
    for name, path in (("withdrawn", f"edities/{EDITION}"), ("withdrawn-version", f"edities/{EDITION}/versie-1")):
        _take(browser, (site / path / "index.html").as_uri(), folder / name)


@contextmanager
def _served(answers: Answers) -> Iterator[str]:
    with PreviewServer(answers, 0) as server:
        yield f"http://127.0.0.1:{server.port}/"


def _take(browser: Browser, address: str, file: Path) -> None:
    for mark, width, height, scheme in VIEWS:
        context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)
        page = context.new_page()
        page.goto(address)
        page.screenshot(path=file.with_name(f"{file.name}{mark}.png"))
        context.close()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
