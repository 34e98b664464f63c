"""What LibreOffice opens and saves again says what it said: names that are hard to write, and the new year filled in."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from tests.stages.a_sheet import carried_out, counts, planned
from tests.stages.test_sheets_round_trip import EXPORTS, a_source_of, as_file
from tweeluik.sheets.exporting import export_partners
from tweeluik.source.load import read_source

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(shutil.which("soffice") is None, reason="needs the program soffice (LibreOffice)"),
]

AS_EXCEL_IN_DUTCH = "59,34,76,1,,1043"
"""Semicolons, quotes, UTF-8, from the first row, the language: the numbers of LibreOffice's filter for CSV."""

AS_UNICODE = "9,34,65535,1,,1043"
"""Tabs and UTF-16: what Excel calls Unicode text."""
SAVED = {
    "xlsx": "Calc MS Excel 2007 XML", "ods": "calc8",
    "csv": f"Text - txt - csv (StarCalc):{AS_EXCEL_IN_DUTCH}", "CSV": f"Text - txt - csv (StarCalc):{AS_UNICODE}",
}  # fmt: skip


def saved_again(path: Path, way: str, folder: Path) -> Path:
    """The file as LibreOffice saves it; of a CSV the first sheet."""
    into = folder / f"opgeslagen-{way}-van-{path.suffix[1:]}"
    profile = f"-env:UserInstallation={(folder / 'profiel').as_uri()}"
    options = ["--headless", "--convert-to", f"{way.lower()}:{SAVED[way]}", "--outdir", str(into)]
    subprocess.run(["soffice", profile, *options, str(path)], check=True, capture_output=True, timeout=180)
    return into / f"{path.stem}.{way.lower()}"


@pytest.mark.parametrize("suffix", [".xlsx", ".ods"])
def test_an_export_that_was_saved_again_changes_nothing(tmp_path: Path, suffix: str) -> None:
    content = a_source_of(tmp_path, 2)
    source = read_source(content)
    for export in EXPORTS:
        book = export(source)
        path = as_file(book, tmp_path / f"{export.__name__}{suffix}")
        for way in SAVED:
            sheets = book.sheets[:1] if way.lower() == "csv" else book.sheets[:-1]
            plan = planned(saved_again(path, way, tmp_path), content)
            assert (counts(plan), plan.files) == ((0, 0, sum(len(each.rows) for each in sheets), 0), {}), way


def test_a_year_filled_in_makes_the_same_source_however_it_was_saved(tmp_path: Path) -> None:
    found = set()
    for way in ("", *SAVED):
        folder = tmp_path / f"met-{way}"
        folder.mkdir()
        content = a_source_of(folder, 1)
        exported = export_partners(read_source(content), year=2027)
        sheet = exported.sheets[0]
        year = next(at for at, each in enumerate(sheet.columns) if each.heading == "Maatregelen 2027")
        rows = tuple(
            (*row[:year], ("1.1a", "Eerste maatregel", "-", "")[n % 4], *row[year + 1 :])
            for n, row in enumerate(sheet.rows)
        )
        filled = replace(exported, sheets=(replace(sheet, rows=rows), *exported.sheets[1:]))
        path = as_file(filled, folder / "ingevuld.ods")
        plan = planned(saved_again(path, way, folder) if way else path, content)
        assert counts(plan)[0::3] == (0, 0)
        carried_out(plan, content)
        found.add((content / "partners" / "alle.yaml").read_text("utf-8"))
    (text,) = found
    assert re.search("year: 2027", text)
