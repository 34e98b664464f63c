"""Whether the bars of a drawing are as long as their numbers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from selectolax.lexbor import LexborNode

from tweeluik.checks.audit.published import NOT_SHOWN
from tweeluik.checks.audit.ranges import Known, numbers, says, squeeze

ONE_DECIMAL = 0.11
"""How far a length in percent may be off, in the longest bar and in another together."""


def in_proportion(drawing: LexborNode, cells: Known) -> bool:
    """Whether every bar is as long as its number surely is, and its band ends where its range does, on one scale.

    What is not shown is bounded by its range; where that reaches beyond the longest bar, its band ends there.
    """
    drawn = list(_drawn(drawing))
    scale = max(
        ((end, span[1]) for end, span in ((bar.end, bar.span) for bar in drawn if bar.is_number)), default=(0.0, 0)
    )
    return all(bar.is_said(cells) and bar.fits(*scale) for bar in drawn)


@dataclass(frozen=True, slots=True)
class _Bar:
    """What stands before a number in a drawing: where its bar and its band end, in percent, and what is said of it."""

    sure: float
    end: float
    text: str

    @property
    def is_number(self) -> bool:
        return not self.text.startswith(NOT_SHOWN)

    @property
    def span(self) -> tuple[int, int]:
        """The least and the most by the text; without a most, the least twice."""
        found = sorted(numbers(self.text.partition("(")[2] or self.text, ())) or [0]
        return found[0], found[-1]

    def is_said(self, cells: Known) -> bool:
        return any(says(self.text, cell, base) for those in cells.values() for cell, base in those)

    def fits(self, widest: float, most: int) -> bool:
        low, high = (min(value, most) for value in self.span)
        ends = {high, *(() if self.is_number else (most,))}
        return abs(self.sure * most - widest * low) <= ONE_DECIMAL * most and any(
            abs(self.end * most - widest * end) <= ONE_DECIMAL * most for end in ends
        )


def _drawn(drawing: LexborNode) -> Iterator[_Bar]:
    """Every number of a drawing with the bars before it; only what is measured in percent is a bar."""
    sure, end = 0.0, 0.0
    for node in drawing.css("rect, text.cijfer"):
        width = node.attributes.get("width") or ""
        if node.tag == "text":
            yield _Bar(sure, end, squeeze(node.text()))
            sure, end = 0.0, 0.0
        elif width.endswith("%"):
            start = float((node.attributes.get("x") or "0").rstrip("%"))
            end = start + float(width[:-1])
            sure = start if "band" in (node.attributes.get("class") or "").split() else end
