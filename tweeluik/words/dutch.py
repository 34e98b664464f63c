"""Numbers, dates and sizes as a Dutch reader writes them."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from babel import Locale

KILO = 1000
"""Bytes in a kB, as the International System of Units has it."""


@cache
def _locale() -> Locale:
    from babel import Locale  # noqa: PLC0415 — 30 ms that `--help` need not pay

    return Locale("nl")


@cache
def number(value: int) -> str:
    """A whole number with a point per thousand: `1.234`."""
    from babel.numbers import format_decimal  # noqa: PLC0415 — see `_locale`

    return format_decimal(value, locale=_locale())


@cache
def day(value: date) -> str:
    """A date in words: `1 januari 2025`."""
    from babel.dates import format_date  # noqa: PLC0415 — see `_locale`

    return format_date(value, "d MMMM y", locale=_locale())


def plural(value: int, one: str, other: str) -> str:
    """The form of a word that goes with a number, by the plural rule of CLDR."""
    return one if _locale().plural_form(value) == "one" else other


def is_one_year(start: date, end: date) -> bool:
    """Whether a period is exactly one calendar year."""
    return (start.month, start.day, end.month, end.day) == (1, 1, 12, 31) and start.year == end.year


def period(start: date, end: date) -> str:
    """A period in words: `2025` when it is a calendar year, otherwise both days."""
    return str(start.year) if is_one_year(start, end) else f"{day(start)} tot en met {day(end)}"


def size(length: int) -> str:
    """How big a file of so many bytes is, rounded up: `512 bytes`, `4 kB`."""
    if length < KILO:
        return f"{length} bytes"
    return f"{number(-(-length // KILO))} kB"
