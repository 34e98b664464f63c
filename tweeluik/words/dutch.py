"""Numbers, dates and sizes as a Dutch reader writes them: what CLDR has for `nl`, of whole numbers and dates."""

from __future__ import annotations

from datetime import date

KILO = 1000
"""Bytes in a kB, as the International System of Units has it."""

_MONTHS = (
    "januari", "februari", "maart", "april", "mei", "juni",
    "juli", "augustus", "september", "oktober", "november", "december",
)  # fmt: skip


def number(value: int) -> str:
    """A whole number with a point per thousand: `1.234`."""
    return f"{value:,d}".replace(",", ".")


def day(value: date) -> str:
    """A date in words: `1 januari 2025`."""
    return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"


def plural(value: int, one: str, other: str) -> str:
    """The form of a word that goes with a number, by the plural rule of CLDR: *one* is 1, without its sign."""
    return one if abs(value) == 1 else other


def is_one_year(start: date, end: date) -> bool:
    """Whether a period is exactly one calendar year."""
    return (start.month, start.day, end.month, end.day) == (1, 1, 12, 31) and start.year == end.year


def period(start: date, end: date) -> str:
    """A period in words: `2025` when it is a calendar year, otherwise both days."""
    return str(start.year) if is_one_year(start, end) else f"{day(start)} tot en met {day(end)}"


def size(data: bytes) -> str:
    """How big a file is, rounded up: `512 bytes`, `4 kB`."""
    if len(data) < KILO:
        return f"{len(data)} bytes"
    return f"{number(-(-len(data) // KILO))} kB"
