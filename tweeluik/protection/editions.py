"""All editions that are not published yet, each protected in the knowledge of all that is, and of those before it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from tweeluik.disclosure.effort import Effort
from tweeluik.problems import UnsafeTables
from tweeluik.protection.agreement import is_candidate, is_concept
from tweeluik.protection.cost import Cost
from tweeluik.protection.differences import (
    Earlier,
    Published,
    Standing,
    StandIns,
    corrected_differences,
    published_in,
    remembered,
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
from tweeluik.record.register import Register
from tweeluik.selection.microdata import Microdata
from tweeluik.selection.rules import Selection, publishes_numbers, select
from tweeluik.selection.tables import Table, tabulate
from tweeluik.source.records import Edition, Source


@dataclass(frozen=True, slots=True, repr=False)
class ProtectedEdition:
    """An edition with what may be published of it: `contents` per table of `tables`, in their order.

    `linked`: what readers know and may not learn. `cost`: of hiding, where cells were hidden.
    """

    edition: Edition
    selection: Selection
    tables: tuple[Table, ...]
    contents: tuple[Mapping[Codes, Content], ...]
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


Memories = Mapping[tuple[str, int], Microdata]
"""Per (edition, version) the microdata behind a publication, where they are kept."""


def protect_editions(
    source: Source, register: Register, memories: Memories = MappingProxyType({})
) -> tuple[ProtectedEdition, ...]:
    """What may be published of every edition that is not published yet, the earliest period first.

    The final ones come first: nobody outside knows of a concept, so that none may change what is published.

    Raises:
        UnsafeTables: an edition cannot be published safely.
    """
    maker = _Maker(source, register, memories)
    in_order = sorted(source.editions, key=lambda each: (each.period.start, each.period.until, each.id))
    final = [each for each in in_order if is_candidate(each, register)]
    concepts = [each for each in in_order if is_concept(each, register)]
    done = list[ProtectedEdition]()
    for edition in (*final, *concepts):
        done.append(maker.protect(edition, done))
    return tuple(done)


class _Maker:
    """What all editions share."""

    def __init__(self, source: Source, register: Register, memories: Memories) -> None:
        self._source, self._register, self._chance = source, register, Chance.of(source)
        self._keys = Keys(source.agenda, source.vocabulary)
        self._earlier = [
            remembered(release, self._keys, memories.get((release.edition, release.version)))
            for versions in register.values()
            for release in versions
        ]

    def protect(self, edition: Edition, before: Sequence[ProtectedEdition]) -> ProtectedEdition:
        superseded = [published_in(record, self._keys) for record in self._register.get(edition.id, ())]
        earlier = [*self._earlier, *(self._known(each) for each in before)]
        return _Protector(self._source, self._chance, edition, self._keys, earlier, superseded).run()

    def _known(self, protected: ProtectedEdition) -> Earlier:
        unknowns = protected.linked.unknowns
        here = StandIns(unknowns, self._chance.key)
        members = {each.key: here.of(each.members) for each in unknowns.all if each.key[0] == "partners"}
        return Earlier(protected.published, members, here.holding)


class _Protector:
    """One edition, with what is known before it."""

    def __init__(  # noqa: PLR0917 - all of it is needed at once
        self, source: Source, chance: Chance, edition: Edition, keys: Keys, earlier: Sequence[Earlier],
        superseded: Sequence[Published],
    ) -> None:  # fmt: skip
        self._source, self._chance, self._edition, self._earlier = source, chance, edition, earlier
        self._keys, self._superseded = keys, superseded
        self._selection = select(source, edition)
        self._effort = source.policy.effort.value

    def run(self) -> ProtectedEdition:
        tables = tabulate(self._source, self._selection) if publishes_numbers(self._edition) else ()
        linked = self._link(tables)
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
            *sensitive_differences(unknowns, self._earlier, self._chance.key),
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
        return ProtectedEdition(self._edition, self._selection, tables, contents, linked, cost)

    def _explain(self, linked: Linked, failed: Failed) -> UnsafeTables:
        return unsafe(self._edition, linked, failed, works=self._works, effort=Effort.of(self._effort))

    def _works(self, tables: tuple[Table, ...], effort: Effort) -> bool:
        try:
            self._protect(self._link(tables), effort)
        except Failed:
            return False
        return True
