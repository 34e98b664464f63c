"""Publications with days in common, and the numbers of conversations that they tell, or leave."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from tweeluik.checks.audit.lines import Pairs
from tweeluik.checks.audit.pieces import days_of
from tweeluik.checks.audit.published import Edition
from tweeluik.checks.audit.questions import Expression, less
from tweeluik.checks.audit.system import Bounds
from tweeluik.checks.audit.told import CONVERSATIONS, Told
from tweeluik.checks.audit.worlds import Pair


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
    """A number that a publication tells, or what it leaves: a cell, or a cell less what lies in it (`parts`).

    Parts may stand in other publications that have days in common. No conversation is in two of them.
    """

    told: Told
    parts: tuple[Told, ...] = ()

    @property
    def of(self) -> Expression:
        """The conversations in it."""
        return less(self.told.of, *(part.of for part in self.parts)) if self.parts else self.told.of

    @property
    def pairs(self) -> tuple[Pairs, frozenset[Pairs]]:
        """Of whom, in whichever publication."""
        return self.told.pairs, frozenset(part.pairs for part in self.parts)


def less_several_forms(told: Iterable[Told]) -> Iterator[Number]:
    """Cells less several forms: those that one publication shows, or two of them both, or together.

    A conversation has one form, so that the others are one sum, however well each of them is hidden.
    """
    wholes: dict[tuple[int, Pairs], Told] = {}
    lines: dict[tuple[int, Pairs], dict[Pair, Told]] = {}
    for each in told:
        wholes[each.place, each.pairs] = each
        for form in (pair for pair in each.pairs if pair[0] == "form"):
            lines.setdefault((each.place, each.pairs - {form}), {})[form] = each
    for (place, pairs), forms in lines.items():
        whole = wholes.get((place, pairs))
        for those in _shown_together([line for (_, other), line in lines.items() if other == pairs]):
            if whole is not None and 1 < len(those) < len(forms) - 1 and forms.keys() >= {*those}:
                yield Number(whole, tuple(forms[form] for form in those))


def _shown_together(lines: Iterable[Mapping[Pair, Told]]) -> Sequence[Sequence[Pair]]:
    """What publications show of a line, each by itself and every two."""
    shown = [frozenset(form for form, told in line.items() if told.shown) for line in lines]
    found = {those for one in shown for other in shown for those in (one & other, one | other)}
    return sorted(map(sorted, found))
