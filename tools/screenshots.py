"""Pictures of a built site for `docs/screenshots`: `python -m tools.screenshots SITE FOLDER`.

Needs Chromium and pdftoppm. Every picture is of the files as they are, opened from disk, with the fonts of the machine:
those in `docs/screenshots` have what a reader on Android sees (in Debian fonts-roboto-unhinted and fonts-noto-core).
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, Page, sync_playwright

WRONG_USAGE = 2
"""Exit code of wrong usage."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of the top of a page, or of the part of it that `part` selects."""

    name: str
    page: str
    width: int = 1120
    height: int = 900
    scheme: Literal["light", "dark"] = "light"
    part: str | None = None


def pictures(edition: str, chart: str) -> tuple[Picture, ...]:
    """What is kept in `docs/screenshots`."""
    page = f"edities/{edition}/index.html"
    return (
        Picture("home", "index.html"),
        Picture("edition", page),
        Picture("chart-and-table", page, part=f"#tabel-{chart}"),
        Picture("phone", page, width=360, height=800),
        Picture("dark", page, scheme="dark"),
        Picture("years", "door-de-jaren/index.html"),
        Picture("notice", "edities/gesprekspartners-2023-2024/index.html"),
    )


def take(browser: Browser, site: Path, picture: Picture, folder: Path) -> None:
    """Write one picture."""
    viewport = {"width": picture.width, "height": picture.height}
    with a_page(browser, viewport, picture.scheme) as page:
        page.goto((site / picture.page).resolve().as_uri())
        file = folder / f"{picture.name}.png"
        if picture.part is None:
            page.screenshot(path=file)
        else:
            page.locator(picture.part).screenshot(path=file)


@contextmanager
def a_page(browser: Browser, viewport: dict[str, int], scheme: Literal["light", "dark"]) -> Iterator[Page]:
    """A fresh page, closed at the end."""
    context = browser.new_context(viewport=viewport, color_scheme=scheme)  # type: ignore[arg-type]
    yield context.new_page()
    context.close()


def take_paper(browser: Browser, site: Path, edition: str, folder: Path) -> None:
    """Write the pictures of the printed page and of the annex: two pages of each."""
    with tempfile.TemporaryDirectory() as scratch, a_page(browser, {"width": 1120, "height": 900}, "light") as page:
        page.goto((site / "edities" / edition / "index.html").resolve().as_uri())
        printed = Path(scratch) / "print.pdf"
        page.pdf(path=printed, prefer_css_page_size=True)
        for name, source in (("print", printed), ("annex", site / "edities" / edition / "annex.pdf")):
            draw(source, folder / name)


def draw(pdf: Path, target: Path) -> None:
    """The first two pages of a PDF as `<target>-1.png` and `<target>-2.png`."""
    program = shutil.which("pdftoppm") or "pdftoppm"
    for number in ("1", "2"):
        pages = ["-f", number, "-l", number, "-singlefile", "-r", "80", "-png"]
        subprocess.run([program, *pages, pdf, f"{target}-{number}"], check=True)  # noqa: S603 — our own files


def main(arguments: list[str]) -> int:
    """The command."""
    if len(arguments) != 2:  # noqa: PLR2004 — SITE and FOLDER
        print(__doc__, file=sys.stderr)  # noqa: T201 — a command
        return WRONG_USAGE
    site, folder = map(Path, arguments)
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        program = shutil.which("chromium") or shutil.which("google-chrome")
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        for picture in pictures("2025", "regio"):
            take(browser, site, picture, folder)
        take_paper(browser, site, "2025", folder)
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
