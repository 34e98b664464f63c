"""A cell -> a date, the day in front as the Dutch write it; what may be two days is asked."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import NamedTuple

from tweeluik.sheets.files.model import Cell
from tweeluik.sheets.misfits import DoesNotFit
from tweeluik.sheets.values import WHOLE_PARTS, is_not_told
from tweeluik.words.said import said

_MONTHS = ("jan", "feb", "maart", "apr", "mei", "juni", "juli", "aug", "sep", "okt", "nov", "dec")
_OTHER_MONTHS = {"mrt": 3, "mar": 3, "jun": 6, "jul": 7}
_SERIALS = range(32_874, 73_051)
"""Days since the last of 1899, as Excel counts them: those of 1990 to 2099."""

_DUTCH = re.compile(r"(\d{1,2})\s?([-/. ])\s?(\d{1,2})\s?\2\s?(\d{4}|\d\d)")
_ISO = re.compile(r"(\d{4})[-/. ](\d{1,2})[-/. ](\d{1,2})(?:[T ]\d\d:\d\d.*)?")
_SPELLED = re.compile(r"(\d{1,2})\s+([a-z]{3,10})\.?\s+(\d{4})", re.IGNORECASE)
_CENTURY = 2000
_FIRST, _LAST = 1900, 2100


class Period(NamedTuple):
    """A period of endorsement; without `until` it is in force still."""

    start: date
    until: date | None = None

    def __repr__(self) -> str:
        return "<Period>"


def day(cell: Cell, *, may_be_american: bool = False) -> date:
    """A date, the day in front as the Dutch write it.

    Args:
        cell: the cell.
        may_be_american: in its column are dates with the month in front, so that `01/03/2025` is either.
    """
    if cell.is_number:
        return _numbered(cell.text)
    written = cell.text.strip()
    if (found := _ISO.fullmatch(written)) is not None:
        return _date(int(found[1]), int(found[2]), int(found[3]))
    if (found := _SPELLED.fullmatch(written)) is not None:
        return _date(int(found[3]), _month(found[2]), int(found[1]))
    if (found := _DUTCH.fullmatch(written)) is None:
        raise DoesNotFit(said("no date: write day-month-year, as 1-3-2025"))
    first, second = int(found[1]), int(found[3])
    year = int(found[4]) + (_CENTURY if len(found[4]) == 2 else 0)  # noqa: PLR2004 - 25 is 2025
    if is_american(cell):
        raise DoesNotFit(said("the month stands first: is this {day}?", day=f"{second}-{first}-{year}"))
    if may_be_american and found[2] == "/" and first <= len(_MONTHS) and first != second:
        what = "is this {one} or {other}? In this column the month sometimes stands first"
        raise DoesNotFit(said(what, one=f"{first}-{second}-{year}", other=f"{second}-{first}-{year}"))
    return _date(year, second, first)


def is_american(cell: Cell) -> bool:
    """Whether a date has its month in front without any doubt."""
    found = _DUTCH.fullmatch(cell.text.strip())
    return found is not None and int(found[3]) > len(_MONTHS) >= int(found[1])


def periods(cell: Cell, *, may_be_american: bool = False) -> tuple[Period, ...]:
    """Periods of endorsement: `1-3-2025`, or `1-3-2025 t/m 31-1-2027; 1-1-2028`."""
    if is_not_told(cell):
        return ()
    parts = (replace(cell, text=each.strip()) for each in WHOLE_PARTS.split(cell.text) if each.strip())
    return tuple(_period(part, may_be_american=may_be_american) for part in parts)


def _period(cell: Cell, *, may_be_american: bool) -> Period:
    start, _, until = re.sub(r"\s+(?:t/m|tot en met)(?:\s+|$)", "\0", cell.text).partition("\0")
    found = [day(replace(cell, text=each), may_be_american=may_be_american) for each in (start, until) if each]
    return Period(found[0], found[1] if until else None)


def _numbered(written: str) -> date:
    if re.fullmatch("[0-9]{1,9}", written) and int(written) in _SERIALS:
        return date(1899, 12, 30) + timedelta(days=int(written))
    if re.fullmatch(r"(?:19|20)\d{6}", written):
        return _date(int(written[:4]), int(written[4:6]), int(written[6:]))
    raise DoesNotFit(said("a number, no date: write day-month-year, as 1-3-2025"))


def _month(name: str) -> int:
    low = name.casefold()
    if low in _OTHER_MONTHS:
        return _OTHER_MONTHS[low]
    return next((at for at, each in enumerate(_MONTHS, 1) if low.startswith(each)), 0)


def _date(year: int, month: int, day_: int) -> date:
    if not _FIRST <= year <= _LAST:
        raise DoesNotFit(said("a year that cannot be right: look at the date"))
    try:
        return date(year, month, day_)
    except ValueError:
        raise DoesNotFit(said("this date does not exist: write day-month-year, as 1-3-2025")) from None
