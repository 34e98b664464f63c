"""What a cell is about, whichever table it stands in: two cells with the same key hold the same records."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from tweeluik.record.cell import TOTAL, Codes
from tweeluik.record.model import Dimension
from tweeluik.selection.tables import AGENDA_LEVELS
from tweeluik.source.records import Agenda

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
    """Makes keys, with what the Actieagenda implies: whoever is in a theme is in its pillar."""

    def __init__(self, agenda: Agenda) -> None:
        self.ancestors: Mapping[Pair, tuple[Pair, ...]] = _ancestors(agenda)

    def of(self, counts: str, dimensions: Iterable[Dimension], codes: Codes) -> Key:
        """The key of a cell from its address: without totals, lone categories (as good as one) and implied pairs."""
        pairs = {
            (dimension.name, code)
            for dimension, code in zip(dimensions, codes, strict=True)
            if code != TOTAL and len(dimension.categories) > 1
        }
        implied = {ancestor for pair in pairs for ancestor in self.ancestors.get(pair, ())}
        return counts, frozenset(pairs - implied)


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
