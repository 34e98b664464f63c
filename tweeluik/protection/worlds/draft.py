"""A publication as it may be: what is out already, and what is about to be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from tweeluik.checks.audit.published import Cell, Edition, Side, Table
from tweeluik.checks.audit.worlds import Publication
from tweeluik.record.cell import Codes, Content, Rounded, Shown, Suppressed
from tweeluik.record.model import ReleasedTable


@dataclass(frozen=True, slots=True, repr=False)
class Draft:
    """A publication as it may be: tables with their contents. `open`: it is not published yet, its cells may change.

    `one_way`: the cells (table and codes) that may not be rounded the other way. `number`: its line in the log, if it
    has one.
    """

    name: Publication
    period: tuple[str, str]
    threshold: int
    base: int
    tables: tuple[ReleasedTable, ...]
    open: bool
    one_way: frozenset[tuple[str, Codes]] = frozenset()
    number: int | None = None

    def edition(self) -> Edition:
        """The publication as its readers have it."""
        tables = tuple(map(_table, self.tables))
        identity, version = self.name
        return Edition(
            identity, version, f"edities/{identity}", self.period, self.threshold, self.base, 0, tables, (),
            number=self.number,
        )  # fmt: skip

    def replaced(self, changes: Mapping[tuple[str, Codes], Content]) -> Draft:
        """With other contents in some cells."""
        tables = tuple(
            ReleasedTable(
                each.id, each.title, each.counts, each.dimensions,
                {codes: changes.get((each.id, codes), content) for codes, content in each.cells.items()},
            )
            for each in self.tables
        )  # fmt: skip
        return replace(self, tables=tables)


def _table(table: ReleasedTable) -> Table:
    sides = tuple(
        Side(
            each.name, each.partition, {item.code: item.label for item in each.categories},
            {item.code: item.parent for item in each.categories if item.parent is not None},
        )
        for each in table.dimensions
    )  # fmt: skip
    return Table(
        table.id, table.title, table.counts, sides, {codes: _cell(each) for codes, each in table.cells.items()}
    )


def _cell(content: Content) -> Cell:
    match content:
        case Shown(value):
            return Cell(value, "shown")
        case Rounded(value):
            return Cell(value, "rounded")
        case Suppressed():
            return Cell(None, "suppressed")
