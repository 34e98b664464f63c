"""What a new version of an edition changed, in the numbers that readers saw of both."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tweeluik.public.figure import Figure
from tweeluik.public.grid import Grid, grids
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
    """What is different in `after`."""
    then, now = ({grid.table.id: grid for grid in grids(each)} for each in (before, after))
    same = [each for each in now if each in then and now[each].table.groups == then[each].table.groups]
    return Changes(
        cells=tuple(change for each in same for change in _cells(then[each], now[each])),
        other_tables=tuple({**then, **now}[each].table.title for each in sorted({*then, *now} - set(same))),
        other_notes=tuple(now[each].table.title for each in same if _notes(then[each]) != _notes(now[each])),
        names_gone=len(set(before.named) - set(after.named)),
        names_new=len(set(after.named) - set(before.named)),
    )


def _notes(grid: Grid) -> tuple[object, ...]:
    return grid.table.note, grid.table.notes


def _cells(before: Grid, after: Grid) -> Iterator[Change]:
    for codes, content in after.table.cells.items():
        if before.table.cells[codes] != content:
            yield Change(after.table.title, label_of(after.table, codes), before.at(codes), after.at(codes))
