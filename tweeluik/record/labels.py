"""Where a cell of a public record stands, in the words of its table."""

from __future__ import annotations

from tweeluik.record.cell import TOTAL, Codes
from tweeluik.record.model import ReleasedTable
from tweeluik.words.phrases import DUTCH

TOTAL_LABEL = DUTCH.text("text.total")


def label_of(table: ReleasedTable, codes: Codes) -> str:
    """The labels of its categories side by side; of everything there is one total."""
    if {*codes} == {TOTAL}:
        return TOTAL_LABEL
    labels = ({TOTAL: TOTAL_LABEL, **{each.code: each.label for each in side.categories}} for side in table.dimensions)
    return ", ".join(side[code] for side, code in zip(labels, codes, strict=True))
