"""Small spreadsheets for tests, and a source to bring them into."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from itertools import count
from pathlib import Path

import openpyxl

from tests.mistakes import BASE
from tweeluik.sheets.importing import Plan, plan_import

TODAY = date(2026, 11, 27)
Value = str | int | float | bool | date | None


def a_content(folder: Path) -> Path:
    return shutil.copytree(BASE, folder / "content")


def a_book(folder: Path, *rows: tuple[Value, ...], name: str = "lijst.xlsx") -> Path:
    book = openpyxl.Workbook()
    book.worksheets[0].title = "Blad"
    for row in rows:
        book.worksheets[0].append(row)
    book.save(folder / name)
    return folder / name


def a_csv(folder: Path, text: str, encoding: str = "utf-8", name: str = "lijst.csv") -> Path:
    (folder / name).write_bytes(text.encode(encoding))
    return folder / name


def ids() -> Callable[[], str]:
    numbers = count(1)
    return lambda: f"p-{next(numbers):06x}"


def planned(path: Path, content: Path, since: date | None = None) -> Plan:
    return plan_import(path, content, new_id=ids(), today=TODAY, since=since)


def carried_out(plan: Plan, content: Path) -> None:
    for name, text in plan.files.items():
        (content / name).parent.mkdir(exist_ok=True)
        (content / name).write_text(text, "utf-8")


def counts(plan: Plan) -> tuple[int, int, int, int]:
    """New, changed, known, returned."""
    new, changed, known, returned = plan.counts.values()
    return new, changed, known, returned


def reasons(plan: Plan) -> dict[int, list[str]]:
    """Per row that is given back, why."""
    return {each.line.row.number: [misfit.what.shown("nl") for misfit in each.misfits] for each in plan.returned}
