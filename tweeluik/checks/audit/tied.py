"""Publications with days in common, and the numbers of conversations that they tell, or leave."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tweeluik.checks.audit.lines import Pairs
from tweeluik.checks.audit.pieces import CONVERSATIONS, Told, days_of
from tweeluik.checks.audit.published import Edition
from tweeluik.checks.audit.questions import Expression, less
from tweeluik.checks.audit.system import Bounds


def tied(editions: Sequence[Edition]) -> list[Sequence[Edition]]:
    """The publications that tell of conversations, those together that have days in common; nobody who is alone."""
    telling = [each for each in editions if any(table.counts == CONVERSATIONS for table in each.tables)]
    groups: list[list[Edition]] = []
    last = 0
    for edition in sorted(telling, key=lambda each: (days_of(each), each.publication)):
        first, until = days_of(edition)
        if groups and first < last:
            groups[-1].append(edition)
        else:
            groups.append([edition])
        last = max(last, until)
    return [group for group in groups if len(group) > 1]


def difference(more: Bounds, fewer: Bounds) -> Bounds:
    """One number less another: what was added, for who believes that nothing was left out."""
    least = 0 if fewer.most is None else max(0, more.least - fewer.most)
    return Bounds(least, None if more.most is None else more.most - fewer.least)


def holds(found: Bounds, number: int) -> bool:
    """Whether a number is what it can be."""
    return found.least <= number and (found.most is None or number <= found.most)


def is_below(most: int | None, high: int | None) -> bool:
    """Whether a number is known to be less than it must seem to be able to be."""
    return most is not None and most < (high or 0)


@dataclass(frozen=True, slots=True)
class Number:
    """A number that a publication tells, or what it leaves: a cell, or a cell less what lies in it (`part`).

    `part` may stand in another publication that has days in common.
    """

    told: Told
    part: Told | None = None

    @property
    def of(self) -> Expression:
        """The conversations in it."""
        return self.told.of if self.part is None else less(self.told.of, self.part.of)

    @property
    def pairs(self) -> tuple[Pairs, Pairs | None]:
        """Of whom, in whichever publication."""
        return self.told.pairs, None if self.part is None else self.part.pairs
