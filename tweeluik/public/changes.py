"""What a new version of an edition changed, in the numbers that readers saw of both."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tweeluik.public.figure import Figure, Interval, bounds
from tweeluik.public.grid import Grid, grids
from tweeluik.record.cell import Codes, Content
from tweeluik.record.labels import label_of
from tweeluik.record.model import Release


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
    other_notes: tuple[str, ...]
    names_gone: int
    names_new: int

    @property
    def are_none(self) -> bool:
        """Whether readers see the same."""
        return not (self.cells or self.other_tables or self.other_notes or self.names_gone or self.names_new)


def changes(before: Release, after: Release) -> Changes:
    """What is different in `after`. A name that was struck stood in `before`, and is gone."""
    then, now = ({grid.table.id: grid for grid in grids(each)} for each in (before, after))
    same = [each for each in now if each in then and now[each].table.groups == then[each].table.groups]
    return Changes(
        cells=tuple(change for each in same for change in _cells(then[each], now[each])),
        other_tables=tuple({**then, **now}[each].table.title for each in sorted({*then, *now} - set(same))),
        other_notes=tuple(now[each].table.title for each in same if _notes(then[each]) != _notes(now[each])),
        names_gone=len(set(before.named) - set(after.named)) + max(0, len(before.struck) - len(after.struck)),
        names_new=len(set(after.named) - set(before.named)),
    )


def _notes(grid: Grid) -> tuple[object, ...]:
    return grid.table.note, grid.table.notes


def _told(grid: Grid, codes: Codes) -> tuple[Content, Interval]:
    """What stands in a cell, and what it says: the same number means another one where it is rounded otherwise."""
    content = grid.table.cells[codes]
    return content, bounds(content, grid.release.rounding_base)


def _cells(before: Grid, after: Grid) -> Iterator[Change]:
    for codes in after.table.cells:
        if _told(before, codes) != _told(after, codes):
            yield Change(after.table.title, label_of(after.table, codes), before.at(codes), after.at(codes))
