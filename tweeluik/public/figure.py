"""A published number as a reader meets it: what stands there, and the least and the greatest that it can stand for."""

from __future__ import annotations

from dataclasses import dataclass

from tweeluik.record.cell import Content, Rounded, Shown
from tweeluik.words.dutch import number
from tweeluik.words.wording import NOT_SHOWN

Interval = tuple[int, int | None]
"""The least and the greatest; None: nobody can say."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number (None: it is not shown) with its status, and its interval by all tables of its edition together."""

    value: int | None
    status: str
    low: int
    high: int | None

    @property
    def text(self) -> str:
        """The number alone, or that it is not shown. Where it stands by itself, `range` belongs beside it."""
        return NOT_SHOWN if self.value is None else number(self.value)

    @property
    def range(self) -> str:
        """What it can stand for: `116–124`, `0 of meer`; nothing when it is exact."""
        if self.status == "shown":
            return ""
        if self.high is None:
            return f"{number(self.low)} of meer"
        return number(self.low) if self.low == self.high else f"{number(self.low)}–{number(self.high)}"

    @property
    def full(self) -> str:
        """Number and range, for where there is one text: `120 (116–124)`."""
        return f"{self.text} ({self.range})" if self.range else self.text


def figure(content: Content, interval: Interval) -> Figure:
    """What a reader may see of a cell, with what its number can be."""
    match content:
        case Shown(value):
            return Figure(value, "shown", value, value)
        case Rounded(value):
            return Figure(value, "rounded", *interval)
        case _:
            return Figure(None, "suppressed", *interval)


def bounds(content: Content, base: int | None) -> Interval:
    """What a cell says by itself about its number. `base`: what the edition rounds to."""
    match content:
        case Shown(value):
            return value, value
        case Rounded(value):
            margin = (base or 1) - 1
            return max(0, value - margin), value + margin
        case _:
            return 0, None
