"""What earlier publications tell about the cells of an edition: once published is known for ever.

Two editions subtracted show who came and went. A change by fewer than three holdings behind two published numbers is
sensitive. Within one edition (a correction) a number that was shown stays known, and one that was hidden stays hidden.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from tweeluik.protection.keys import Key, Keys, Pair
from tweeluik.protection.unknowns import Unknown, Unknowns
from tweeluik.record.cell import TOTAL, Content, Rounded, Shown, Suppressed
from tweeluik.record.model import Release
from tweeluik.selection.microdata import Microdata, digest, unit_id
from tweeluik.selection.tables import Member

FEWEST_THAT_CHANGE = 3
"""Joiners and leavers together; of two, each knows the other."""


@dataclass(frozen=True, slots=True)
class Difference:
    """What a cell would be if nobody came or left since an exact number in an earlier publication but whom all know.

    It differs from that by too few to be known.
    """

    unknown: int
    earlier: int


Published = Mapping[Key, Content]
"""What a publication says about every key."""


@dataclass(frozen=True, slots=True, repr=False)
class Earlier:
    """Another publication: what it says and, if that is remembered, who was in its cells, as keyed digests.

    `memory`: all records behind it, where anybody has them.
    """

    published: Published
    members: Mapping[Key, frozenset[str]] | None = None
    holding: Mapping[str, str] = field(default_factory=dict)
    named: frozenset[str] = frozenset()
    period: tuple[date, date] | None = None
    memory: Microdata | None = None


def remembered(release: Release, keys: Keys, memory: Microdata | None) -> Earlier:
    """A publication from its record, and from its memory if that is there still."""
    period = (release.period_from, release.reaches)
    if memory is None:
        return Earlier(published_in(release, keys), period=period)
    by_pair: dict[Pair, set[str]] = {}
    for unit in memory.units:
        for pair in unit.codes:
            by_pair.setdefault(pair, set()).add(unit.id)
    everyone = frozenset(unit.id for unit in memory.units)
    members = {
        keys.of(table.counts, table.dimensions, codes): everyone.intersection(
            *(
                by_pair.get((side.name, code), ())
                for side, code in zip(table.dimensions, codes, strict=True)
                if code != TOTAL
            )
        )
        for table in release.tables
        if table.counts == "partners"
        for codes in table.cells
    }
    return Earlier(
        published_in(release, keys), members, {unit.id: unit.holding for unit in memory.units}, _named(memory), period,
        memory,
    )  # fmt: skip


def _named(memory: Microdata) -> frozenset[str]:
    return frozenset(unit.id for unit in memory.units if unit.named)


@dataclass(frozen=True, repr=False)
class StandIns:
    """The keyed digests that stand for the partners and holdings of an edition."""

    unknowns: Unknowns
    key: bytes

    def of(self, members: frozenset[Member]) -> frozenset[str]:
        """Those of partners."""
        return frozenset(self._partners[str(member)] for member in members)

    @cached_property
    def _partners(self) -> Mapping[str, str]:
        return {each.id: unit_id(self.key, each.id) for each in self.unknowns.selection.partners}

    def whose(self, stand_ins: frozenset[str]) -> frozenset[str]:
        """The partners of the edition that these stand for."""
        return frozenset(one for one, stands in self._partners.items() if stands in stand_ins)

    @cached_property
    def named(self) -> frozenset[str]:
        """Those of partners that the edition names."""
        return self.of(frozenset(self.unknowns.named))

    @cached_property
    def holding(self) -> Mapping[str, str]:
        """Per stand-in of a partner that of its holding."""
        holding = self.unknowns.selection.holding
        return {stands: digest(self.key, kind="holding", of=holding[one]) for one, stands in self._partners.items()}


def published_in(release: Release, keys: Keys) -> Published:
    """What a public record says."""
    return {
        keys.of(table.counts, table.dimensions, codes): content
        for table in release.tables
        for codes, content in table.cells.items()
    }


def sensitive_differences(unknowns: Unknowns, earlier: Iterable[Earlier], key: bytes) -> Iterator[Difference]:
    """Cells of partners that stand as an exact number in another publication, and changed since by one or two holdings.

    Where nobody remembers who was in a cell, every change may be by one or two.
    """
    here, through_time = StandIns(unknowns, key), unknowns.keys.through_time
    for each in earlier:
        known = {through_time(one): one for one in each.published}
        for i, unknown in enumerate(unknowns.all):
            there = known.get(through_time(unknown.key), unknown.key)
            content = each.published.get(there)
            if unknown.key[0] != "partners" or not isinstance(content, Shown):
                continue
            if each.members is None or 0 < _holdings(here, each, there, unknown) < FEWEST_THAT_CHANGE:
                yield Difference(i, content.value + _by_name(here, each, there, unknown))


def _holdings(here: StandIns, earlier: Earlier, there: Key, unknown: Unknown) -> int:
    """How many holdings joined or left a cell since; `there` is the key that it had."""
    came, left = _changed(here, earlier, there, unknown)
    # Whom everybody knows by name is no secret, where it came or where it left.
    changed = (came - here.named) | (left - earlier.named)
    holding = {**earlier.holding, **here.holding}
    return len({holding[each] for each in changed})


def _by_name(here: StandIns, earlier: Earlier, there: Key, unknown: Unknown) -> int:
    """By how many a cell grew since by whom everybody knows by name: whoever came or left so is taken off."""
    if earlier.members is None or unknown.key[0] != "partners":
        return 0
    came, left = _changed(here, earlier, there, unknown)
    return len(came & here.named) - len(left & earlier.named)


def _changed(here: StandIns, earlier: Earlier, there: Key, unknown: Unknown) -> tuple[frozenset[str], frozenset[str]]:
    """Who joined a cell since, and who left it."""
    now, before = here.of(unknown.members), (earlier.members or {}).get(there, frozenset[str]())
    return now - before, before - now


def corrected_differences(unknowns: Unknowns, versions: Iterable[Earlier], key: bytes) -> Iterator[Difference]:
    """Cells shown in an earlier version of this edition that a correction changes by one or two, not all of them named.

    Where nobody remembers who was in a cell, anybody may be who changed.
    """
    here = StandIns(unknowns, key)
    for each in versions:
        for i, unknown in enumerate(unknowns.all):
            content = each.published.get(unknown.key)
            if isinstance(content, Shown) and 0 < abs(content.value - unknown.value) < FEWEST_THAT_CHANGE:
                forgotten = unknown.key[0] != "partners" or each.members is None
                if forgotten or _holdings(here, each, unknown.key, unknown):
                    yield Difference(i, content.value + _by_name(here, each, unknown.key, unknown))


def standing_windows(
    unknowns: Unknowns, superseded: Iterable[Published], base: int
) -> Mapping[int, tuple[int, int | None]]:
    """What rounded numbers of earlier versions leave of a cell, for readers who know that it did not change.

    A window that does not hold the number any more is of a cell that did.
    """
    windows: dict[int, tuple[int, int | None]] = {}
    for published in superseded:
        for i, unknown in enumerate(unknowns.all):
            content = published.get(unknown.key)
            if isinstance(content, Rounded) and abs(content.value - unknown.value) < base:
                low, high = windows.get(i, (0, None))
                top = content.value + base - 1
                windows[i] = (max(low, content.value - base + 1), top if high is None else min(high, top))
    return windows


def rounded_elsewhere(unknowns: Unknowns, earlier: Iterable[Earlier], key: bytes) -> Mapping[int, int]:
    """What another publication rounded the very same partners to: two windows around one set leave a narrow one.

    Who continues another is the same.
    """
    here, through_time, found = StandIns(unknowns, key), unknowns.keys.through_time, dict[int, int]()
    for each in earlier:
        known = {through_time(one): one for one in each.published}
        for i, unknown in enumerate(unknowns.all):
            there = known.get(through_time(unknown.key), unknown.key)
            content = each.published.get(there)
            if unknown.key[0] != "partners" or not isinstance(content, Rounded) or each.members is None:
                continue
            before = each.members.get(there, frozenset())
            if _lines(before, each.holding) == _lines(here.of(unknown.members), here.holding):
                found[i] = content.value
    return found


def rounded_and_forgotten(unknowns: Unknowns, earlier: Iterable[Earlier], days: tuple[date, date]) -> Mapping[int, int]:
    """What a publication over the same days rounded a number to, where nobody remembers whose it was: maybe these."""
    through_time, found = unknowns.keys.through_time, dict[int, int]()
    for each in earlier:
        if each.members is None and each.period == days:
            known = {through_time(one): one for one in each.published}
            for i, unknown in enumerate(unknowns.all):
                content = each.published.get(known.get(through_time(unknown.key), unknown.key))
                if isinstance(content, Rounded):
                    found[i] = content.value
    return found


def _lines(members: frozenset[str], holding: Mapping[str, str]) -> list[str]:
    return sorted(holding[each] for each in members)


@dataclass(frozen=True, slots=True)
class Standing:
    """What earlier versions of the same edition leave no choice about: unknowns to keep hidden, shown or rounded so.

    `exact`: whose number is told exactly in every rounded number of partners, where only the rest is rounded.
    `withheld`: what is hidden of numbers that are rounded.
    """

    hidden: frozenset[int]
    shown: frozenset[int]
    rounded: Mapping[int, int]
    exact: frozenset[str] = frozenset()
    withheld: frozenset[int] = frozenset()

    @classmethod
    def of(cls, unknowns: Unknowns, superseded: Iterable[Published]) -> Standing:
        """From all superseded versions; the latest rounding counts."""
        hidden, shown, rounded, withheld = set(), set(), {}, set()
        for published in superseded:
            rounds = any(isinstance(each, Rounded) for each in published.values())
            for i, unknown in enumerate(unknowns.all):
                match published.get(unknown.key):
                    case Suppressed():
                        hidden.add(i)
                        withheld |= {i} if rounds else set()
                    case Shown(value) if value == unknown.value:
                        shown.add(i)
                    case Rounded(value):
                        rounded[i] = value
                    case _:
                        pass
        return cls(frozenset(hidden), frozenset(shown - hidden), rounded, unknowns.named, frozenset(withheld))

    def beside(self, unknowns: Unknowns, once: Iterable[frozenset[str]], base: int) -> Standing:
        """With the partners exact beside whom most rounded numbers can stay as they are.

        Those named today; or, since a number that is rounded beside others too would tell more: those that a version
        named once, or nobody.
        """
        cells = {i: value for i, value in self.rounded.items() if unknowns.all[i].key[0] == "partners"}

        def stay(exact: frozenset[str]) -> int:
            return sum((value - len(unknowns.all[i].members & exact)) % base == 0 for i, value in cells.items())

        return replace(self, exact=max((unknowns.named, *once, frozenset[str]()), key=stay))
