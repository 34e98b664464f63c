"""Pictures of the spreadsheets of an editor's year, for `docs/screenshots`: `python -m tools.sheet_screenshots FOLDER`.

Of the example, as LibreOffice prints them: an export with the new year begun, and what comes back of rows that do not
fit. Needs soffice (LibreOffice), pdftotext and pdftoppm.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from tweeluik.sheets.exporting import export_partners
from tweeluik.sheets.files.written import WrittenBook
from tweeluik.sheets.importing import plan_import
from tweeluik.sheets.returned import give_back, render
from tweeluik.source.load import read_source

CONTENT = Path(__file__).resolve().parent.parent / "content"
TODAY = date(2028, 1, 10)
DOTS, TOP, WIDTH = 110, 30, 1140
"""Dots to an inch, and what of a page is shown, in dots."""

FILLED = {0: "2.2c", 1: "2.1a; 2.2c", 2: "1.4c; 2.1a", 3: "-", 4: "1.4c", 7: "2.2c", 9: "1.2c"}
"""The new year, by the row of the sheet."""

WRONG = {
    ("Soort", 1): "Ondernemersclub",
    ("KvK-nummer", 4): "91513",
    ("Maatregelen 2028", 7): "9.9z",
    ("Laatste dag", 9): "voorjaar",
}
"""What does not fit, by column and row."""


def main(arguments: list[str]) -> int:
    """The command."""
    (folder,) = map(Path, arguments)
    folder.mkdir(parents=True, exist_ok=True)
    exported = export_partners(read_source(CONTENT))
    begun = _filled(exported, {("Maatregelen 2028", row): text for row, text in FILLED.items()})
    with TemporaryDirectory() as scratch:
        _draw(begun, "Maatregelen 2028", Path(scratch), folder / "sheet-year.png", height=390)
        spoiled = Path(scratch) / "partners.xlsx"
        spoiled.write_bytes(render(_filled(begun, WRONG), ".xlsx"))
        plan = plan_import(spoiled, CONTENT, new_id=_ids(), today=TODAY)
        _draw(give_back(plan), "Waarom", Path(scratch), folder / "sheet-returned.png", height=180)
    return 0


def _filled(book: WrittenBook, texts: dict[tuple[str, int], str]) -> WrittenBook:
    sheet = book.sheets[0]
    headings = [each.heading for each in sheet.columns]
    rows = [list(row) for row in sheet.rows]
    for (heading, row), text in texts.items():
        rows[row][headings.index(heading)] = text
    return replace(book, sheets=(replace(sheet, rows=tuple(map(tuple, rows))), *book.sheets[1:]))


def _ids() -> Callable[[], str]:
    numbers = count(1)
    return lambda: f"p-{next(numbers):06x}"


def _draw(book: WrittenBook, heading: str, scratch: Path, target: Path, *, height: int) -> None:
    """The top of the first page that has a heading."""
    (scratch / "blad.ods").write_bytes(render(book, ".ods"))
    profile = f"-env:UserInstallation={(scratch / 'profiel').as_uri()}"
    _run("soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(scratch), str(scratch / "blad.ods"))
    pdf = str(scratch / "blad.pdf")
    pages = _run("pdftotext", "-layout", pdf, "-").split("\f")
    page = str(next(at for at, text in enumerate(pages, 1) if heading in text))
    shown = ["-x", "0", "-y", str(TOP), "-W", str(WIDTH), "-H", str(height)]
    stem = str(target.with_suffix(""))
    _run("pdftoppm", "-f", page, "-l", page, "-singlefile", "-r", str(DOTS), *shown, "-png", pdf, stem)


def _run(program: str, *arguments: str) -> str:
    path = shutil.which(program) or program
    done = subprocess.run([path, *arguments], check=True, capture_output=True, text=True)  # noqa: S603 — our own files
    return done.stdout


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
