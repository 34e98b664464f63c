"""What anyone can conclude about every number of a release: the least and the greatest that it can be.

Worked out from the release alone, by the relations that its tables show: groups that add up to a total, groups that lie
within one, and cells that stand in two tables. A reader with more patience may narrow an interval further; the number
itself always lies in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from types import MappingProxyType

from tweeluik.public.figure import Interval, bounds
from tweeluik.record.cell import TOTAL, Codes
from tweeluik.record.model import Release, ReleasedTable

MOST_ROUNDS = 100
"""Of narrowing; what is left then holds as well."""

Key = tuple[str, frozenset[tuple[str, str]]]
"""What is counted, and the (dimension, code) pairs: cells with one key are one number, whichever table they are in."""


@dataclass(frozen=True, slots=True)
class _Sum:
    """A total and its parts. `exact`: they add up to it; otherwise each lies within it, and together they cover it."""

    total: Key
    parts: tuple[Key, ...]
    exact: bool


class Intervals:
    """The intervals of one release; `own` is what somebody who is in some of its numbers brings: how many at least."""

    def __init__(self, release: Release, own: Mapping[Key, int] = MappingProxyType({})) -> None:
        self._found: dict[Key, Interval] = {}
        for table in release.tables:
            for codes, content in table.cells.items():
                self._narrow(key_of(table, codes), *bounds(content, release.rounding_base))
            for codes, named in table.named.items():
                self._narrow(key_of(table, codes), named, None)
        for key in own.keys() & self._found.keys():
            self._narrow(key, own[key], None)
        alone = dict(self._found)
        sums = tuple(dict.fromkeys(each for table in release.tables for each in _sums(table)))
        for _ in range(MOST_ROUNDS):
            # All of them, each round: a part that was narrowed may narrow another sum.
            if not sum([self._apply(each) for each in sums]):
                break
        if any(high is not None and low > high for low, high in self._found.values()):
            # Numbers that contradict each other are for the audit to find; a cell still says what it says.
            self._found = alone

    def of(self, table: ReleasedTable, codes: Codes) -> Interval:
        """That of a cell."""
        return self._found[key_of(table, codes)]

    def at(self, key: Key) -> Interval:
        """That of a number by its key."""
        return self._found[key]

    def _narrow(self, key: Key, low: int, high: int | None) -> bool:
        before = self._found.get(key, (0, None))
        least = max(before[0], low)
        greatest = high if before[1] is None else before[1] if high is None else min(before[1], high)
        self._found[key] = (least, greatest)
        return self._found[key] != before

    def _apply(self, each: _Sum) -> bool:
        parts = [self._found[part] for part in each.parts]
        low, high = self._found[each.total]
        most = _plus(greatest for _, greatest in parts)
        least = sum(part[0] for part in parts) if each.exact else max((part[0] for part in parts), default=0)
        narrowed = self._narrow(each.total, least, most)
        for key, (own_low, own_high) in zip(each.parts, parts, strict=True):
            others_low = sum(part[0] for part in parts) - own_low if each.exact else 0
            others_high = None if most is None or own_high is None else most - own_high
            if most is None and own_high is None:
                rest = [greatest for other, (_, greatest) in zip(each.parts, parts, strict=True) if other != key]
                others_high = _plus(iter(rest))
            at_least = 0 if others_high is None else low - others_high
            at_most = None if high is None else high - others_low
            narrowed |= self._narrow(key, at_least, at_most)
        return narrowed


def _plus(values: Iterator[int | None]) -> int | None:
    """A sum that is unknown as soon as one of its terms is."""
    total = 0
    for value in values:
        if value is None:
            return None
        total += value
    return total


def key_of(table: ReleasedTable, codes: Codes) -> Key:
    """By what a number is known in whatever table it stands: what is counted, and in which categories."""
    pairs = zip(table.dimensions, codes, strict=True)
    return table.counts, frozenset((side.name, code) for side, code in pairs if code != TOTAL)


def _sums(table: ReleasedTable) -> Iterator[_Sum]:
    sides = [(*(each.code for each in one.categories), TOTAL) for one in table.dimensions]
    for at, dimension in enumerate(table.dimensions):
        others = [side if place != at else (TOTAL,) for place, side in enumerate(sides)]
        for codes in product(*others):
            total = key_of(table, codes)
            parts = (key_of(table, (*codes[:at], each.code, *codes[at + 1 :])) for each in dimension.categories)
            yield _Sum(total, tuple(parts), dimension.partition)


@lru_cache(maxsize=64)
def known(release: Release) -> Intervals:
    """The intervals of a release, worked out once."""
    return Intervals(release)
