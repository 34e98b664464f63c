"""Which publications are about the same days together, and which days several of them tell by subtraction."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import permutations

from tweeluik.checks.audit.pieces import Piece, days_of
from tweeluik.checks.audit.published import Edition

Places = tuple[int, ...]
"""Publications, by place, of which each begins where the one before it ends."""

OF_ANY_VERSION = 2
"""Who adds up more periods than this takes the newest version of each."""


class SameDays:
    """Publications of which some have days in common."""

    def __init__(self, editions: Sequence[Edition]) -> None:
        self._days = [days_of(each) for each in editions]
        newest = {each.id: each.version for each in sorted(editions, key=lambda each: each.version)}
        self._newest = [newest[each.id] == each.version for each in editions]

    def sides(self) -> Iterator[tuple[Places, Places]]:
        """Every two rows of publications over the same days; none that are two such pairs, one behind the other."""
        for one, other in permutations(range(len(self._days)), 2):
            if self._days[one][0] == self._days[other][0]:
                yield from self._on((one,), (other,))

    def _on(self, one: Places, other: Places) -> Iterator[tuple[Places, Places]]:
        ends = [self._days[side[-1]][1] for side in (one, other)]
        if ends[0] == ends[1]:
            yield one, other
        elif ends[0] < ends[1]:
            for longer in self._longer(one):
                yield from self._on(longer, other)
        else:
            for longer in self._longer(other):
                yield from self._on(one, longer)

    def _longer(self, side: Places) -> Iterator[Places]:
        for place, (first, _) in enumerate(self._days):
            longer = (*side, place)
            may = len(longer) <= OF_ANY_VERSION or all(self._newest[each] for each in longer)
            if may and first == self._days[side[-1]][1]:
                yield longer


def runs(pieces: Sequence[Piece]) -> Iterator[tuple[Piece, ...]]:
    """Pieces that follow each other, of whichever number: what is left of a period when others are taken off it."""
    for first in range(len(pieces)):
        for until in range(first + 1, len(pieces) + 1):
            yield tuple(pieces[first:until])
