"""All editions in the order of their periods, each protected in the knowledge of those before it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tweeluik.disclosure.effort import Effort
from tweeluik.problems import UnsafeTables
from tweeluik.protection.agreement import check_all_there, contents_of, frozen_record, superseded
from tweeluik.protection.cost import Cost
from tweeluik.protection.differences import (
    Earlier,
    Published,
    Standing,
    corrected_differences,
    published_in,
    sensitive_differences,
    standing_windows,
)
from tweeluik.protection.keyed_noise import Chance
from tweeluik.protection.keys import Keys
from tweeluik.protection.linked import Linked, link
from tweeluik.protection.methods import Failed, protect
from tweeluik.protection.redesign import unsafe
from tweeluik.protection.unknowns import Unknowns
from tweeluik.record.cell import Codes, Content
from tweeluik.record.model import Release
from tweeluik.record.register import Register
from tweeluik.selection.rules import Selection, publishes_numbers, select
from tweeluik.selection.tables import Table, tabulate
from tweeluik.source.records import Edition, Source


@dataclass(frozen=True, slots=True, repr=False)
class ProtectedEdition:
    """An edition with what may be published of it: `contents` per table of `tables`, in their order.

    `frozen`: the published record that the contents come from. `linked`: what readers know and may not learn. `cost`:
    of hiding, where cells were chosen now.
    """

    edition: Edition
    selection: Selection
    tables: tuple[Table, ...]
    contents: tuple[Mapping[Codes, Content], ...]
    frozen: Release | None
    linked: Linked
    cost: Cost | None

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


def protect_editions(source: Source, register: Register) -> tuple[ProtectedEdition, ...]:
    """What may be published of every edition, the earliest period first.

    Raises:
        PublishedWouldChange: the source does not agree with the register.
        UnsafeTables: an edition cannot be published safely.
    """
    check_all_there(register, source.editions)
    chance, done = Chance.of(source), list[ProtectedEdition]()
    for edition in sorted(source.editions, key=lambda each: (each.period.start, each.period.until, each.id)):
        earlier = [Earlier(each.published, each.linked.unknowns) for each in done]
        done.append(_Protector(source, register, chance, edition, earlier).run())
    return tuple(done)


class _Protector:
    """One edition, with what is known before it."""

    def __init__(
        self, source: Source, register: Register, chance: Chance, edition: Edition, earlier: list[Earlier]
    ) -> None:
        self._source, self._chance, self._edition, self._earlier = source, chance, edition, earlier
        self._frozen = frozen_record(register, edition)
        self._keys = Keys(source.agenda, source.vocabulary)
        self._superseded = [published_in(record, self._keys) for record in superseded(register, edition)]
        self._selection = select(source, edition)
        self._effort = source.policy.effort.value

    def run(self) -> ProtectedEdition:
        tables = tabulate(self._source, self._selection) if publishes_numbers(self._edition) else ()
        linked = self._link(tables)
        if self._frozen is not None:
            return self._with(linked, contents_of(self._frozen, tables), None)
        if not tables:
            return self._with(linked, (), None)
        try:
            contents, cost = self._protect(linked, Effort.of(self._effort))
        except Failed as failed:
            raise self._explain(linked, failed) from None
        return self._with(linked, tuple(self._by_table(linked, contents)), cost)

    def _link(self, tables: tuple[Table, ...]) -> Linked:
        unknowns = Unknowns(self._selection, tables, self._keys)
        differences = (
            *sensitive_differences(unknowns, self._earlier),
            *corrected_differences(unknowns, self._superseded),
        )
        windows = standing_windows(unknowns, self._superseded, self._source.policy.threshold.value)
        return link(unknowns, self._source, tuple(dict.fromkeys(differences)), windows)

    def _protect(self, linked: Linked, effort: Effort) -> tuple[tuple[Content, ...], Cost | None]:
        standing = Standing.of(linked.unknowns, self._superseded)
        return protect(linked, standing, self._chance, self._edition, effort=effort)

    def _by_table(self, linked: Linked, contents: tuple[Content, ...]) -> Iterator[Mapping[Codes, Content]]:
        for table in linked.unknowns.tables:
            yield {codes: contents[linked.unknowns.of(table, codes)] for codes in table.cells}

    def _with(
        self, linked: Linked, contents: tuple[Mapping[Codes, Content], ...], cost: Cost | None
    ) -> ProtectedEdition:
        tables = linked.unknowns.tables
        return ProtectedEdition(self._edition, self._selection, tables, contents, self._frozen, linked, cost)

    def _explain(self, linked: Linked, failed: Failed) -> UnsafeTables:
        return unsafe(self._edition, linked, failed, works=self._works, effort=Effort.of(self._effort))

    def _works(self, tables: tuple[Table, ...], effort: Effort) -> bool:
        try:
            self._protect(self._link(tables), effort)
        except Failed:
            return False
        return True
