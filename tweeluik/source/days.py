"""A date of the calendar, and what people write in its place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from tweeluik.source.nodes import Node, Scalar, name_of
from tweeluik.source.reading import Reading
from tweeluik.source.schema import Schema
from tweeluik.source.slips import LONG_DASHES
from tweeluik.source.value_types import FALSE, TRUE
from tweeluik.words.folding import letters


@dataclass(frozen=True, slots=True)
class Day:
    """A date of the calendar, as year-month-day."""

    def read(self, node: Node, path: str, reading: Reading) -> date | None:
        """The date."""
        if not isinstance(node, Scalar) or not re.fullmatch(r"\d{4}-\d{2}-\d{2}", node.text):
            reading.report(node.place, path, *_no_date(node))
            return None
        try:
            return date.fromisoformat(node.text)
        except ValueError:
            hint = _SWAPPED if _is_swapped(node.text) else _DAY
            reading.report(node.place, path, "there is no such date", hint)
            return None

    def schema(self) -> Schema:
        """Text in the form of a date."""
        return {"type": "string", "format": "date", "pattern": r"^\d{4}-\d{2}-\d{2}$"}

    def words(self) -> str:
        """The form."""
        return "date, year-month-day"


_DAY = "year-month-day, such as 2025-01-31"
_SWAPPED = "there are twelve months: maybe day and month were swapped"
_ALONE = "write the date alone, without anything beside it"
_ONE_DAY = "write one day; a period has two, each behind a key of its own"
_DUTCH_DAY = re.compile(r"\d{1,2}[-./ ]\d{1,2}[-./ ](?:\d{2}|\d{4})")
_MONTH = re.compile(
    r"\d{1,2}[ -]?(?:jan|feb|m(?:aa)?r|apr|mei|jun|jul|aug|sep|okt|nov|dec)[a-z]*\.?[ -]?\d{2,4}", re.IGNORECASE
)
_DAYS_OF_EXCEL = range(18_264, 73_051)
"""1950 to 2099, as a spreadsheet counts the days since 1900."""


def _no_date(node: Node) -> tuple[str, str]:
    """What stands where a date belongs, and what to do."""
    if isinstance(node, Scalar):
        if node.text.isdecimal() and int(node.text[:6]) in _DAYS_OF_EXCEL:
            return "a date as Excel counts days", "format the column as a date (yyyy-mm-dd), and copy it again"
        if node.kind == "a date":
            return "expected a date, found another way of writing", _DAY
    return f"expected a date, found {name_of(node)}", _cure_of_day(node.text) if isinstance(node, Scalar) else _DAY


def _cure_of_day(text: str) -> str:
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", re.sub(f"[{LONG_DASHES}]", "-", text)):
        return f"type plain hyphens: {_DAY}"
    if _DUTCH_DAY.fullmatch(text):
        return f"write the year first: {_DAY}"
    if _MONTH.fullmatch(text):
        return f"write the month as a number: {_DAY}"
    if letters(text) in TRUE | FALSE:
        return f"write the day itself: {_DAY}"
    days = len(re.findall(r"\d{4}-\d\d-\d\d", text))
    return _DAY if not days else _ALONE if days == 1 else _ONE_DAY


def _is_swapped(text: str) -> bool:
    year, month, day = text.split("-")
    try:
        date(int(year), int(day), int(month))
    except ValueError:
        return False
    return True
