"""How much the publication leaves open: per table the widths of what nobody outside can exclude.

Measured on the witness tables of the attack, so every width is at least what is told here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tweeluik.checks.audit.attack import Certified
    from tweeluik.checks.audit.published import Edition
    from tweeluik.checks.audit.system import Published


@dataclass(frozen=True, slots=True)
class Widths:
    """One table: the narrowest interval of a number that is not exact (None: all are), and the mean over all cells."""

    closest: int | None
    mean: float


def measure(
    editions: Iterable[Edition], published: Published, certified: Iterable[Certified]
) -> Mapping[tuple[str, str], Widths]:
    """Per (edition, table) what its readers are left with."""
    spans = {
        cell: max(values) - min(values)
        for block in certified
        for cell, values in zip(block.cells, zip(*block.tables, strict=True), strict=True)
    }
    found = {}
    for edition in editions:
        for table in edition.tables:
            wide = [spans.get(published.index[edition.key(table, codes)], 0) for codes in table.cells]
            found[edition.id, table.id] = Widths(
                closest=min((width for width in wide if width), default=None),
                mean=round(sum(wide) / len(wide), 2) if wide else 0.0,
            )
    return found
