"""One edition by itself, protected in the knowledge of everything before it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property

from tweeluik.disclosure.effort import Effort
from tweeluik.protection.cost import Cost
from tweeluik.protection.differences import (
    Earlier,
    Standing,
    StandIns,
    corrected_differences,
    rounded_and_forgotten,
    rounded_elsewhere,
    sensitive_differences,
    standing_windows,
)
from tweeluik.protection.keyed_noise import KeyedNoise
from tweeluik.protection.keys import Key, Keys
from tweeluik.protection.linked import Linked, link
from tweeluik.protection.methods import Failed, protect
from tweeluik.protection.periods import changed_conversations, told_by_periods
from tweeluik.protection.protected import ProtectedEdition
from tweeluik.protection.redesign import Refused, by_itself
from tweeluik.protection.unknowns import Unknowns
from tweeluik.record.cell import Codes, Content
from tweeluik.selection.microdata import Microdata, microdata
from tweeluik.selection.rules import publishes_numbers, select
from tweeluik.selection.tables import Table, tabulate
from tweeluik.source.records import Edition, Source


class OneEdition:
    """One edition, with what is known before it. `hidden`: what it may not show."""

    def __init__(  # noqa: PLR0917 - all of it is needed at once
        self, source: Source, noise: KeyedNoise, edition: Edition, keys: Keys, earlier: Sequence[Earlier],
        versions: Sequence[Earlier], turn: int, hidden: frozenset[Key] = frozenset(),
    ) -> None:  # fmt: skip
        self._source, self._noise, self._edition, self._earlier = source, noise, edition, earlier
        self._keys, self._versions, self._hidden = keys, versions, hidden
        self._superseded = [each.published for each in versions]
        self._selection, self._draws = select(source, edition), noise.again(turn)

    @cached_property
    def _mine(self) -> Microdata:
        """The records behind the edition."""
        return microdata(self._source, self._selection, self._noise.key)

    def protect(self, effort: Effort) -> ProtectedEdition:
        """What may be published of it.

        Raises:
            Refused: it cannot be published safely, or what this may cost is spent.
        """
        tables = tabulate(self._source, self._selection) if publishes_numbers(self._edition) else ()
        linked = self._link(tables)
        if not tables:
            return self._with(linked, (), None)
        try:
            contents, cost = self._contents(linked, effort)
        except Failed as failed:
            raise Refused(by_itself(self._edition, linked, failed), around=self._around(linked, failed)) from None
        return self._with(linked, tuple(self._by_table(linked, contents)), cost)

    def _link(self, tables: tuple[Table, ...]) -> Linked:
        unknowns = Unknowns(self._selection, tables, self._keys)
        differences = (
            *sensitive_differences(unknowns, self._earlier, self._noise.key),
            *corrected_differences(unknowns, self._versions, self._noise.key),
            *changed_conversations(unknowns, self._mine, self._earlier, self._source.policy.p_percent.value),
        )
        windows = standing_windows(unknowns, self._superseded, self._source.policy.threshold.value)
        return link(unknowns, self._source, tuple(dict.fromkeys(differences)), windows)

    def _contents(self, linked: Linked, effort: Effort) -> tuple[tuple[Content, ...], Cost | None]:
        standing, here = Standing.of(linked.unknowns, self._superseded), StandIns(linked.unknowns, self._noise.key)
        once = (here.whose(each.named) for each in self._versions)
        standing = standing.beside(linked.unknowns, once, self._source.policy.threshold.value)
        p_percent = self._source.policy.p_percent.value
        asked = frozenset(linked.unknowns.index[key] for key in self._hidden)
        elsewhere = asked | told_by_periods(linked.unknowns, self._mine, self._earlier, p_percent)
        elsewhere -= standing.shown
        rounded = {
            **self._rounded_and_forgotten(linked, standing),
            **rounded_elsewhere(linked.unknowns, self._earlier, self._noise.key),
            **standing.rounded,
        }
        hidden, withheld = standing.hidden | elsewhere, standing.withheld | asked
        standing = replace(standing, hidden=hidden, rounded=rounded, withheld=withheld)
        return protect(linked, standing, self._draws, self._edition, effort=effort)

    def _around(self, linked: Linked, failed: Failed) -> frozenset[Key]:
        """What might be hidden of rounded numbers for one that no rounding keeps: that, or what it hangs together with.

        Of these the sensitive ones first.
        """
        if self._edition.protection != "rounding" or failed.unknown is None:
            return frozenset()
        told = {i: each.key for i, each in enumerate(linked.unknowns.all) if each.key not in self._hidden}
        rows = [{i for i, _ in each.terms} for each in linked.constraints]
        beside = {i for row in rows if failed.unknown in row for i in row}
        for some in ({failed.unknown}, beside & linked.sensitive, beside):
            if found := frozenset(told[i] for i in some if i in told):
                return found
        return frozenset()

    def _rounded_and_forgotten(self, linked: Linked, standing: Standing) -> Mapping[int, int]:
        """What a number, less who is told exactly, can be rounded to of that: the others are of another number."""
        base, days = linked.limits.threshold, (self._edition.covered.start, self._edition.covered.until)
        found = rounded_and_forgotten(linked.unknowns, self._earlier, days)
        exact = {i: len(linked.unknowns.all[i].members & standing.exact) for i in found}
        return {
            i: value
            for i, value in found.items()
            if abs(value - linked.unknowns.all[i].value) < base and (value - exact[i]) % base == 0
        }

    def _by_table(self, linked: Linked, contents: tuple[Content, ...]) -> Iterator[Mapping[Codes, Content]]:
        for table in linked.unknowns.tables:
            yield {codes: contents[linked.unknowns.of(table, codes)] for codes in table.cells}

    def _with(
        self, linked: Linked, contents: tuple[Mapping[Codes, Content], ...], cost: Cost | None
    ) -> ProtectedEdition:
        tables = linked.unknowns.tables
        return ProtectedEdition(self._edition, self._selection, tables, contents, self._mine, linked, cost)
