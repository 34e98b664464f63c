"""What a cell is about, whichever table it stands in: two cells with the same key hold the same records."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from tweeluik.record.cell import TOTAL, Codes
from tweeluik.record.model import Dimension
from tweeluik.selection.tables import AGENDA_LEVELS
from tweeluik.source.lineage import Lineage, as_terms
from tweeluik.source.records import Agenda, Vocabulary

Pair = tuple[str, str]
"""A dimension and a code."""

Key = tuple[str, frozenset[Pair]]
"""What is counted, and the pairs that say of whom. No pairs: of all."""


_NOT = "not "
"""No code of a source has a space."""


def without(pair: Pair) -> Pair:
    """What stands for not being in a category."""
    name, code = pair
    return name, _NOT + code


def codes_of(key: Key, name: str) -> frozenset[str]:
    """The categories of one dimension that a key asks for."""
    return frozenset(code for other, code in key[1] if other == name and not code.startswith(_NOT))


class Keys:
    """Makes keys, with what the Actieagenda implies: whoever is in a theme is in its pillar.

    `vocabulary`: which codes continue which, for the comparison of editions.
    """

    def __init__(self, agenda: Agenda, vocabulary: Vocabulary | None = None) -> None:
        self.ancestors: Mapping[Pair, tuple[Pair, ...]] = _ancestors(agenda)
        self._lineages = _lineages(agenda, vocabulary)

    def of(self, counts: str, dimensions: Iterable[Dimension], codes: Codes) -> Key:
        """The key of a cell from its address: without totals, lone categories (as good as one) and implied pairs."""
        pairs = {
            (dimension.name, code)
            for dimension, code in zip(dimensions, codes, strict=True)
            if code != TOTAL and len(dimension.categories) > 1
        }
        implied = {ancestor for pair in pairs for ancestor in self.ancestors.get(pair, ())}
        return counts, frozenset(pairs - implied)

    def around(self, key: Key) -> Iterator[tuple[Pair, Key]]:
        """Each part of the agenda in a cell, with the same cell of all that this part lies in, nearest first."""
        counts, pairs = key
        for pair in sorted(pairs):
            yield from ((pair, (counts, pairs - {pair} | {above})) for above in self.ancestors.get(pair, ()))

    def through_time(self, key: Key) -> Key:
        """The same for two keys of which one continues the other: a reader subtracts NL31 of one year from NL35."""
        counts, pairs = key
        return counts, frozenset(map(self._origin, pairs))

    @cached_property
    def lines(self) -> Mapping[Pair, frozenset[str]]:
        """Per category that continues another, or is continued, the lines through the years behind it."""
        told = {(name, code): each.lines(code) for name, each in self._lineages.items() for code in each}
        return {pair: lines for pair, lines in told.items() if lines != frozenset({pair[1]})}

    def _origin(self, pair: Pair) -> Pair:
        name, code = pair
        sign, bare = (_NOT, code.removeprefix(_NOT)) if code.startswith(_NOT) else ("", code)
        lineage = self._lineages.get(name)
        return pair if lineage is None or bare not in lineage else (name, sign + lineage.origin(bare))


def _lineages(agenda: Agenda, vocabulary: Vocabulary | None) -> Mapping[str, Lineage]:
    levels = zip(AGENDA_LEVELS, (agenda.pillars, agenda.themes, agenda.measures), strict=True)
    found: dict[str, Lineage] = {level: Lineage(as_terms(items)) for level, items in levels}
    if vocabulary is not None:
        terms = {"kind": vocabulary.kinds, "region": vocabulary.regions, "form": vocabulary.forms}
        found.update((name, Lineage(each)) for name, each in terms.items())
    return found


def _ancestors(agenda: Agenda) -> dict[Pair, tuple[Pair, ...]]:
    """Per theme its pillar, per measure its theme and its pillar."""
    found: dict[Pair, tuple[Pair, ...]] = {}
    for level, coarser, items in (
        (AGENDA_LEVELS[1], AGENDA_LEVELS[0], agenda.themes),
        (AGENDA_LEVELS[2], AGENDA_LEVELS[1], agenda.measures),
    ):
        for item in items:
            if item.parent is not None:
                parent = (coarser, item.parent)
                found[level, item.code] = (parent, *found.get(parent, ()))
    return found
