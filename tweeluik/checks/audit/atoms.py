"""Kinds and regions of partners that publications take together otherwise: conversations by all that they are with.

What a and b, a and c, and b and c hold together tells of each of them what sums of cells do not: a conversation may be
with several. So behind a cell stand as many unknowns as there are sets of what is taken together: who was there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from tweeluik.checks.audit.lines import Pairs
from tweeluik.checks.audit.told import Told, means

OF_PARTNERS = ("kind", "region")

MOST = 10
"""Of more categories that hang together in being taken together otherwise the sets are too many to go through."""

TOGETHER = (2, 3)
"""So many publications that take the same together otherwise are asked at once."""

Lines = frozenset[str]

REST = ""
"""Stands for all lines that nobody takes together otherwise."""


@dataclass(frozen=True, slots=True)
class Otherwise:
    """Cells of one dimension that publications take together otherwise, and those beside them.

    `base`: what they have in common, and their dimension without a category. `mixed`: the lines that are taken together
    otherwise, by one of those that are in the same cells. `sets`: every set of these, and the rest, that a conversation
    may be with. `others`: per publication the cells that are all there is of the rest.
    """

    base: Pairs
    cells: Mapping[Pairs, Lines]
    mixed: Lines
    sets: Sequence[Lines]
    others: Sequence[Sequence[Pairs]]

    @property
    def whole(self) -> Pairs:
        """What all of them are part of."""
        return frozenset(pair for pair in self.base if pair[1])

    def inside(self, *some: Pairs) -> list[int]:
        """The places of the sets that are in every one of some cells, all taken together otherwise."""
        behind = [self.cells[each] for each in some]
        return [place for place, those in enumerate(self.sets) if all(those & each for each in behind)]

    def surely(self, cell: Pairs) -> list[int]:
        """The places of the sets that are in a cell, whatever the rest is."""
        return [place for place, those in enumerate(self.sets) if those & self.cells[cell]]

    def possibly(self, cell: Pairs) -> list[int]:
        """The places of the sets that may be in a cell."""
        return [*self.surely(cell), *(self.resting() if self.cells[cell] - self.mixed else ())]

    def resting(self) -> list[int]:
        """The places of the sets with anything of the rest."""
        return [place for place, those in enumerate(self.sets) if REST in those]


def otherwise(told: Iterable[Told]) -> Iterator[Otherwise]:
    """Every cell that is divided by kind, or by region, into what is taken together otherwise.

    Once for all that hangs together in it; of what is more than can be gone through there is none.
    """
    for base, beside in _beside(told).items():
        behind = {each.pairs: _behind(each, base) for each in beside}
        for some in _hanging_together(behind.values()):
            cells = _by_one_of_each(behind, some)
            mixed = frozenset[str]().union(*cells.values()) & some
            if len(mixed) <= MOST:
                lines = (*sorted(mixed), *([REST] if any(each - mixed for each in cells.values()) else []))
                sizes = range(1, len(lines) + 1)
                sets = tuple(frozenset(those) for size in sizes for those in combinations(lines, size))
                yield Otherwise(base, cells, mixed, sets, tuple(_others(beside, cells, mixed)))


def _hanging_together(cells: Iterable[Lines]) -> Sequence[Lines]:
    """Lines of cells that have some in common and lie not in one another, and of those that these have so in turn."""
    found: list[Lines] = []
    for one, other in combinations(dict.fromkeys(cells), 2):
        if _are_across(one, other):
            apart = [each for each in found if each.isdisjoint(one | other)]
            found = [*apart, (one | other).union(*(each for each in found if each not in apart))]
    return found


def _by_one_of_each(cells: Mapping[Pairs, Lines], some: Lines) -> Mapping[Pairs, Lines]:
    """The cells with one line in place of several of these that are in the same cells: nobody tells them apart."""
    alike: dict[frozenset[Pairs], str] = {}
    for line in sorted(some):
        alike.setdefault(frozenset(pairs for pairs, behind in cells.items() if line in behind), line)
    others = some.difference(alike.values())
    return {pairs: behind - others for pairs, behind in cells.items()}


def _others(those: Sequence[Told], cells: Mapping[Pairs, Lines], mixed: Lines) -> Iterator[Sequence[Pairs]]:
    """Per publication its narrowest cells of other lines."""
    for place in dict.fromkeys(each.place for each in those):
        own = [each.pairs for each in those if each.place == place and cells[each.pairs] - mixed]
        yield [pairs for pairs in own if not any(cells[each] < cells[pairs] for each in own)]


def across(told: Iterable[Told]) -> Iterator[tuple[Told, ...]]:
    """Numbers of different publications that have some of what they take together in common, two or three at once."""
    for base, those in _beside(told).items():
        joint = [(each, behind) for each in those if len(behind := _behind(each, base)) > 1]
        for size in TOGETHER:
            for some in combinations(joint, size):
                apart = all(_are_across(one, other) for (_, one), (_, other) in combinations(some, 2))
                if (
                    apart
                    and len({each.place for each, _ in some}) == size
                    and frozenset.intersection(*(b for _, b in some))
                ):
                    yield tuple(each for each, _ in some)


def _beside(told: Iterable[Told]) -> Mapping[Pairs, Sequence[Told]]:
    """Per cell those that it is divided into by kind or by region, under the dimension and what they have in common."""
    found: dict[Pairs, list[Told]] = {}
    for each in told:
        for name, code in each.pairs:
            if name in OF_PARTNERS:
                found.setdefault(each.pairs - {(name, code)} | {(name, "")}, []).append(each)
    return found


def _behind(told: Told, base: Pairs) -> Lines:
    """The lines behind the one category that a cell has beyond what it is part of."""
    ((name, code),) = told.pairs - base
    return dict(means(frozenset({(name, code)})))[name]


def _are_across(one: Lines, other: Lines) -> bool:
    return not (one.isdisjoint(other) or one <= other or other <= one)
