"""An edition with what may be published of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tweeluik.protection.cost import Cost
from tweeluik.protection.differences import Published
from tweeluik.protection.instead import Instead
from tweeluik.protection.linked import Linked
from tweeluik.record.cell import Codes, Content
from tweeluik.selection.microdata import Microdata
from tweeluik.selection.rules import Selection
from tweeluik.selection.tables import Table
from tweeluik.source.records import Edition


@dataclass(frozen=True, slots=True, repr=False)
class ProtectedEdition:
    """An edition with what may be published of it: `contents` per table of `tables`, in their order.

    `behind`: the records that it is about. `linked`: what readers know and may not learn. `cost`: of hiding, where
    cells were hidden. `instead`: what would show readers more, where much is hidden and somebody asked.
    """

    edition: Edition
    selection: Selection
    tables: tuple[Table, ...]
    contents: tuple[Mapping[Codes, Content], ...]
    behind: Microdata
    linked: Linked
    cost: Cost | None
    instead: Instead | None = None

    @property
    def publication(self) -> tuple[str, int]:
        """What it is called when it is out: the edition and its version."""
        return self.edition.id, self.edition.version

    @property
    def by_unknown(self) -> tuple[Content, ...]:
        """One content per unknown of `linked`."""
        published = self.published
        return tuple(published[unknown.key] for unknown in self.linked.unknowns.all)

    @property
    def published(self) -> Published:
        """What is published about every key."""
        keys = self.linked.unknowns.keys
        return {
            keys.of(table.spec.counts, table.dimensions, codes): content
            for table, cells in zip(self.tables, self.contents, strict=True)
            for codes, content in cells.items()
        }
