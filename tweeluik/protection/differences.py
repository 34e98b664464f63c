"""What earlier publications tell about the cells of an edition: once published is known for ever.

Two editions subtracted show who came and went. A change by fewer than three holdings behind two published numbers is
sensitive. Within one edition (a correction) a number that was shown stays known, and one that was hidden stays hidden.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from tweeluik.protection.keys import Key, Keys
from tweeluik.protection.unknowns import Unknowns
from tweeluik.record.cell import Content, Rounded, Shown, Suppressed
from tweeluik.record.model import Release

FEWEST_THAT_CHANGE = 3
"""Joiners and leavers together; of two, each knows the other."""


@dataclass(frozen=True, slots=True)
class Difference:
    """An exact number in an earlier publication, from which a cell differs by too few to be known."""

    unknown: int
    earlier: int


Published = Mapping[Key, Content]
"""What a publication says about every key."""


@dataclass(frozen=True, slots=True, repr=False)
class Earlier:
    """Another edition that is or goes public: what it says, and who is in its cells."""

    published: Published
    unknowns: Unknowns


def published_in(release: Release, keys: Keys) -> Published:
    """What a public record says."""
    return {
        keys.of(table.counts, table.dimensions, codes): content
        for table in release.tables
        for codes, content in table.cells.items()
    }


def sensitive_differences(unknowns: Unknowns, earlier: Iterable[Earlier]) -> Iterator[Difference]:
    """Cells of partners that stand as an exact number in another edition, and changed since by one or two holdings."""
    through_time = unknowns.keys.through_time
    for each in earlier:
        known = {through_time(key): key for key in each.unknowns.index}
        for i, unknown in enumerate(unknowns.all):
            key = known.get(through_time(unknown.key), unknown.key)
            content, there = each.published.get(key), each.unknowns.index.get(key)
            if unknown.key[0] == "partners" and isinstance(content, Shown) and there is not None:
                changed = unknown.members ^ each.unknowns.all[there].members
                if 0 < _holdings(unknowns, each.unknowns, changed) < FEWEST_THAT_CHANGE:
                    yield Difference(i, content.value)


def _holdings(here: Unknowns, there: Unknowns, members: frozenset[str | int]) -> int:
    holding = {**there.selection.holding, **here.selection.holding}
    return len({holding[str(member)] for member in members})


def corrected_differences(unknowns: Unknowns, superseded: Iterable[Published]) -> Iterator[Difference]:
    """Cells shown in an earlier version of this edition that a correction changes by one or two."""
    for published in superseded:
        for i, unknown in enumerate(unknowns.all):
            content = published.get(unknown.key)
            if isinstance(content, Shown) and 0 < abs(content.value - unknown.value) < FEWEST_THAT_CHANGE:
                yield Difference(i, content.value)


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


@dataclass(frozen=True, slots=True)
class Standing:
    """What earlier versions of the same edition leave no choice about: unknowns to keep hidden, shown or rounded so."""

    hidden: frozenset[int]
    shown: frozenset[int]
    rounded: Mapping[int, int]

    @classmethod
    def of(cls, unknowns: Unknowns, superseded: Iterable[Published]) -> Standing:
        """From all superseded versions; the latest rounding counts."""
        hidden, shown, rounded = set(), set(), {}
        for published in superseded:
            for i, unknown in enumerate(unknowns.all):
                match published.get(unknown.key):
                    case Suppressed():
                        hidden.add(i)
                    case Shown(value) if value == unknown.value:
                        shown.add(i)
                    case Rounded(value):
                        rounded[i] = value
                    case _:
                        pass
        return cls(frozenset(hidden), frozenset(shown - hidden), rounded)
