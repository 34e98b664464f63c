"""The cells of one edition as unknowns of one linked system.

Two cells with the same categories (totals left out) hold the same records, in whichever table they stand: one unknown.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from tweeluik.cell import TOTAL, Codes
from tweeluik.record import Dimension
from tweeluik.rules import Selection, is_named
from tweeluik.tables import Member, Table

Key = tuple[str, frozenset[tuple[str, str]]]
"""What a cell counts, and its (dimension, code) pairs without the totals."""


def key_of(counts: str, dimensions: Iterable[Dimension], codes: Codes) -> Key:
    """The key of a cell from its address in a table."""
    pairs = zip(dimensions, codes, strict=True)
    return counts, frozenset((dimension.name, code) for dimension, code in pairs if code != TOTAL)


@dataclass(frozen=True, slots=True, repr=False)
class Unknown:
    """A set of records that a reader may ask the size of."""

    key: Key
    members: frozenset[Member]

    @property
    def value(self) -> int:
        """The exact number of records."""
        return len(self.members)


class Unknowns:
    """All cells of an edition's tables, in an order that no value decides, and who contributes to each."""

    def __init__(self, selection: Selection, tables: tuple[Table, ...]) -> None:
        self.selection = selection
        self.tables = tables
        self._members: dict[Key, frozenset[Member]] = {}
        for table in tables:
            for codes, members in table.cells.items():
                self._members.setdefault(key_of(table.spec.counts, table.dimensions, codes), members)
        self.all = tuple(Unknown(key, members) for key, members in self._members.items())
        self.index: Mapping[Key, int] = {unknown.key: i for i, unknown in enumerate(self.all)}

    def of(self, table: Table, codes: Codes) -> int:
        """The unknown behind a cell of a table."""
        return self.index[key_of(table.spec.counts, table.dimensions, codes)]

    @cached_property
    def named(self) -> frozenset[str]:
        """Ids of the partners that the edition names, with their consent."""
        return frozenset(partner.id for partner in self.selection.partners if is_named(partner, self.selection.edition))

    @cached_property
    def _present(self) -> tuple[tuple[str, ...], ...]:
        """Per conversation the holdings at the table, each once."""
        kept, holding = {partner.id for partner in self.selection.partners}, self.selection.holding
        return tuple(
            tuple(sorted({holding[each] for each in conversation.partners if each in kept}))
            for conversation in self.selection.conversations
        )

    def contributions(self, counts: str, members: frozenset[Member]) -> Counter[str]:
        """Per holding what it adds to a set of records: its partners, or the conversations that it took part in."""
        if counts == "partners":
            return Counter(self.selection.holding[str(member)] for member in members)
        return Counter(holding for member in members for holding in self._present[int(member)])

    def named_in(self, counts: str, members: frozenset[Member]) -> frozenset[Member]:
        """The members that every reader knows by name."""
        return members & self.named if counts == "partners" else frozenset()

    @cached_property
    def own(self) -> Mapping[str, Mapping[int, int]]:
        """Per holding what it surely knows to be in each unknown: its own records and, of partners, those named too."""
        known: dict[str, dict[int, int]] = {}
        for i, unknown in enumerate(self.all):
            counts = unknown.key[0]
            named = self.named_in(counts, unknown.members)
            unnamed = self.contributions(counts, unknown.members - named)
            for holding in sorted(unnamed):
                known.setdefault(holding, {})[i] = len(named) + unnamed[holding]
        return known
