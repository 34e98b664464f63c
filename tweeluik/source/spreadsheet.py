"""A spreadsheet or CSV file -> rows of cells with places. Only the import reads these; the source itself is text."""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

from tweeluik.problems import Place, Problem, SourceHasProblems, WrongUsage
from tweeluik.source.csv_rows import Cell, split_rows

MOST_COLUMNS = 200
"""Wider sheets have cells far out by accident; what stands there is not looked at."""


def read_sheet(path: Path) -> list[list[Cell]]:
    """The rows that are not empty; of a spreadsheet the first sheet.

    Raises:
        WrongUsage: the file is not there, or neither a spreadsheet (.xlsx) nor CSV.
        SourceHasProblems: the file cannot be read as what its name says.
    """
    if not path.is_file():
        raise WrongUsage(Problem(Place(path.name), "", "the file is not there"))
    if path.suffix.lower() == ".csv":
        return _read_csv(path)
    if path.suffix.lower() == ".xlsx":
        return list(_read_xlsx(path))
    raise WrongUsage(Problem(Place(path.name), "", "not a kind of file that can be read", "save it as .xlsx or .csv"))


def _read_csv(path: Path) -> list[list[Cell]]:
    data = path.read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        # What Excel writes in the Netherlands when nothing else is asked of it.
        text = data.decode("cp1252", "replace")
    problems: list[Problem] = []
    rows = list(split_rows(text.replace("\r\n", "\n").replace("\r", "\n"), path.name, problems))
    if problems:
        raise SourceHasProblems(tuple(problems))
    return rows


def _read_xlsx(path: Path) -> Iterator[list[Cell]]:
    import openpyxl  # noqa: PLC0415 - 0.2 s, for the import only

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl tells which styles it does not know
            book = openpyxl.load_workbook(io.BytesIO(path.read_bytes()), read_only=True, data_only=True)
            sheet = book.worksheets[0]
            values: list[tuple[object, ...]] = list(sheet.iter_rows(values_only=True, max_col=MOST_COLUMNS))
    except (zipfile.BadZipFile, KeyError, IndexError, ValueError, OSError, SyntaxError):
        broken = Problem(Place(path.name), "", "not a spreadsheet", "open it, and save it as .xlsx again")
        raise SourceHasProblems(broken) from None
    for line, row in enumerate(values, 1):
        cells = [Cell(Place(path.name, line, column), _text(value)) for column, value in enumerate(row, 1)]
        if any(cell.text for cell in cells):
            yield cells


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()
