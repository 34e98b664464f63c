"""A messy list of three hundred rows, the yearly job of every partner of the example, and what a file may cost to read.

`python -m bench.spreadsheets [--write]`
"""

from __future__ import annotations

import difflib
import io
import resource
import shutil
import tempfile
import time
import zipfile
from collections.abc import Callable, Sequence
from datetime import date
from itertools import count
from pathlib import Path

import openpyxl

from bench.in_docs import publish, table
from bench.messy_list import SYLLABLES, answered, mended, messy
from tweeluik.problems import SourceHasProblems
from tweeluik.sheets.exporting import export_partners
from tweeluik.sheets.files.reading import read_book
from tweeluik.sheets.importing import Plan, plan_import
from tweeluik.sheets.returned import give_back, render
from tweeluik.source.load import read_source

ROOT = Path(__file__).parents[1]
TODAY = date(2027, 1, 15)


def the_list(folder: Path) -> str:
    """From the messy list to the last row, as a person would do it."""
    content, path, rows, last = copied(folder), folder / "lijst.xlsx", list[tuple[object, ...]](), list[str]()
    messy(path)
    for step, prepare in (
        ("as it was", lambda _: 0),
        ("with the questions answered", answered),
        ("with cells mended", mended),
    ):
        typed = prepare(path)
        plan, seconds = planned(path, content)
        told = plan.counts
        if sum(told.values()) != sum(len(part.lines) for part in plan.parts):
            raise AssertionError("a row is lost")
        rows.append((step, typed, sum(told.values()), *told.values(), len(plan.questions), f"{seconds:.2f}"))
        carried_out(plan, content)
        path = folder / f"terug-{len(rows)}.xlsx"
        path.write_bytes(render(give_back(plan), ".xlsx"))
        last = sorted({misfit.what.shown("nl") for each in plan.returned for misfit in each.misfits})
    heads = ("import", "cells typed", "rows", "new", "changed", "known", "given back", "questions", "s")
    return f"{table(heads, rows)}\n\nGiven back at the end: {'; '.join(last) or 'nothing'}."


# --- the yearly job ---------------------------------------------------------------------------------------------------


STATUSES = ("changed", "new", "known", "returned")


def the_year(folder: Path) -> str:
    """Every partner of the example gets its measures of the next year; some moved, some ended, some are new."""
    content, path = copied(folder), folder / "partners.xlsx"
    begun = time.process_time()
    path.write_bytes(render(export_partners(read_source(content)), ".xlsx"))
    exporting = time.process_time() - begun
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    at = {cell.value: cell.column - 1 for cell in sheet[1]}
    typed = 0
    for n, row in enumerate(sheet.iter_rows(min_row=2)):
        filled = {"Maatregelen 2028": row[at["Maatregelen 2027"]].value or "1.3a"}
        if n % 30 == 0:
            filled |= {"Regio": "Zeeland", "Gewijzigd per": "1-2-2028"}
        if n % 60 == 31:
            filled = {"Laatste dag": "31-12-2027"}
        for heading, value in filled.items():
            row[at[heading]].value = value
            typed += 1
    for n in range(4):
        new = {
            "Naam": f"Nieuwkomers {SYLLABLES[n]}",
            "Soort": "Taalorganisatie",
            "Regio": "Zeeland",
            "Herleidbaar": "nee",
        }
        new |= {"Onderschreven": "1-1-2028", "Maatregelen 2028": "1.3a"}
        sheet.append([new.get(str(heading)) for heading in at])
        typed += len(new)
    book.save(path)
    before = {each: each.read_text("utf-8") for each in sorted((content / "partners").iterdir())}
    plan, importing = planned(path, content)
    carried_out(plan, content)
    files = sorted((content / "partners").iterdir())
    lines = sum(changed_lines(before.get(each, ""), each.read_text("utf-8")) for each in files)
    rows = [
        ("rows of the export", len(plan.outcomes) - 4),
        ("cells that a person types", typed),
        ("commands", "export, import --dry-run, import"),
        ("rows changed, new, as they were, given back", ", ".join(str(plan.counts[each]) for each in STATUSES)),
        (f"lines of YAML that are new or other, in {len(files)} files", lines),
        ("export, s of processor", f"{exporting:.2f}"),
        ("import with its checks, s of processor", f"{importing:.2f}"),
    ]
    return table(("the yearly job", ""), rows)


def changed_lines(before: str, after: str) -> int:
    found = difflib.unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=0)
    return sum(1 for line in found if line.startswith("+") and not line.startswith("+++"))


# --- what a file may cost ---------------------------------------------------------------------------------------------


def crafted(rows: bytes) -> bytes:
    """An .xlsx of one sheet with these rows."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("_rels/.rels", '<R><Relationship Id="r" Type="x/officeDocument" Target="w.xml"/></R>')
        archive.writestr("w.xml", '<workbook><sheets><sheet name="Blad" id="r"/></sheets></workbook>')
        archive.writestr("_rels/w.xml.rels", '<R><Relationship Id="r" Type="x/worksheet" Target="s.xml"/></R>')
        archive.writestr("s.xml", b"<worksheet><sheetData>" + rows + b"</sheetData></worksheet>")
    return out.getvalue()


def costs(folder: Path) -> str:
    """The dearest small files that we could think of, and a big honest one."""
    one = b'<row r="1048576"><c r="XFD1048576"><v>7</v></c></row>'
    many = b"".join(
        b'<row r="%d"><c r="A%d" t="inlineStr"><is><t>Naam %d</t></is></c></row>' % (n, n, n) for n in range(1, 60_001)
    )
    cases: Sequence[tuple[str, bytes]] = (
        ("one cell at the far corner", one),
        ("the same cell 5,000 times", one * 5_000),
        ("60,000 empty cells", b"<c/>" * 60_000),
        ("nothing but spaces, 40 MB", b" " * 40_000_000),
        ("60,000 names, an honest list", many),
    )  # fmt: skip
    rows = []
    for told, inside in cases:
        path = folder / "kost.xlsx"
        path.write_bytes(crafted(inside))
        before, begun = peak(), time.process_time()
        try:
            outcome = f"{sum(len(sheet.rows) for sheet in read_book(path).sheets):,} rows"
        except SourceHasProblems as failure:
            outcome = failure.problems[0].what
        rows.append(
            (
                told,
                f"{path.stat().st_size / 1000:,.0f} kB",
                outcome,
                f"{time.process_time() - begun:.2f}",
                f"{max(0, peak() - before):.0f}",
            )
        )
    return table(("file", "size", "outcome", "s of processor", "MB more"), rows)


def peak() -> float:
    """The most memory that this process had so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000


# --- shared -----------------------------------------------------------------------------------------------------------


def copied(folder: Path) -> Path:
    return shutil.copytree(ROOT / "content", folder / "content")


def planned(path: Path, content: Path) -> tuple[Plan, float]:
    numbers = count(1)
    begun = time.process_time()
    plan = plan_import(path, content, new_id=lambda: f"p-b{next(numbers):05x}", today=TODAY)
    return plan, time.process_time() - begun


def carried_out(plan: Plan, content: Path) -> None:
    for name, text in plan.files.items():
        (content / name).write_text(text, "utf-8")
    read_source(content)


def measured(measure: Callable[[Path], str]) -> str:
    with tempfile.TemporaryDirectory() as folder:
        return measure(Path(folder))


if __name__ == "__main__":
    publish("bench/spreadsheets.py", "\n\n".join(map(measured, (costs, the_list, the_year))))
