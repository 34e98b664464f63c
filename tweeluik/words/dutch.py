"""Numbers, dates and sizes as a Dutch reader writes them."""

from __future__ import annotations

from datetime import date
from functools import cache

KILO = 1000
"""Bytes in a kB, as the International System of Units has it."""

_MONTHS = (
    "januari", "februari", "maart", "april", "mei", "juni",
    "juli", "augustus", "september", "oktober", "november", "december",
)  # fmt: skip


@cache
def number(value: int) -> str:
    """A whole number with a point per thousand, as the CLDR has it for Dutch: `1.234`."""
    return f"{value:,}".replace(",", ".")


@cache
def day(value: date) -> str:
    """A date in words, as the CLDR has it for Dutch: `1 januari 2025`."""
    return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"


def plural(value: int, one: str, other: str) -> str:
    """The form of a word that goes with a number, by the plural rule of the CLDR for Dutch."""
    return one if abs(value) == 1 else other


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
