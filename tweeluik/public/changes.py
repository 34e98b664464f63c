"""What a new version of an edition changed, in the numbers that readers saw of both."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tweeluik.public.grid import TOTAL_LABEL, Figure, figure
from tweeluik.record.cell import TOTAL, Codes
from tweeluik.record.model import Release, ReleasedTable


@dataclass(frozen=True, slots=True)
class Change:
    """A cell that both versions have, with what stood there and what stands there now."""

    table: str
    label: str
    before: Figure
    after: Figure


@dataclass(frozen=True, slots=True)
class Changes:
    """From one version to a later one: cells, and how many tables came or went or have other groups now."""

    cells: tuple[Change, ...]
    other_tables: tuple[str, ...]
    names_gone: int
    names_new: int

    @property
    def are_none(self) -> bool:
        """Whether readers see the same."""
        return not (self.cells or self.other_tables or self.names_gone or self.names_new)


def changes(before: Release, after: Release) -> Changes:
    """What is different in `after`."""
    then, now = ({table.id: table for table in each.tables} for each in (before, after))
    same = [each for each in now if each in then and now[each].dimensions == then[each].dimensions]
    return Changes(
        cells=tuple(change for each in same for change in _cells(then[each], now[each])),
        other_tables=tuple({**then, **now}[each].title for each in sorted({*then, *now} - set(same))),
        names_gone=len(set(before.named) - set(after.named)),
        names_new=len(set(after.named) - set(before.named)),
    )


def _cells(before: ReleasedTable, after: ReleasedTable) -> Iterator[Change]:
    for codes, content in after.cells.items():
        if before.cells[codes] != content:
            yield Change(after.title, _label(after, codes), figure(before.cells[codes]), figure(content))


def _label(table: ReleasedTable, codes: Codes) -> str:
    labels = ({TOTAL: TOTAL_LABEL, **{each.code: each.label for each in side.categories}} for side in table.dimensions)
    return ", ".join(side[code] for side, code in zip(labels, codes, strict=True))
