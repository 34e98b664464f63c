"""Which categories lie in which, and which continue which through the years: by the source alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tweeluik.selection.tables import AGENDA_LEVELS
from tweeluik.source.lineage import Lineage, as_terms
from tweeluik.source.records import Source

Pair = tuple[str, str]
"""A dimension and a code."""


def parents(source: Source) -> Mapping[Pair, Pair]:
    """Per theme its pillar, per measure its theme."""
    agenda = source.agenda
    finer = zip(AGENDA_LEVELS, AGENDA_LEVELS[1:], (agenda.themes, agenda.measures), strict=False)
    return {
        (level, item.code): (above, item.parent)
        for above, level, items in finer
        for item in items
        if item.parent is not None
    }


def lines(source: Source) -> Mapping[Pair, frozenset[str]]:
    """Per category that continues another, or is continued, the lines behind it."""
    return dict(_lines(source))


def _lines(source: Source) -> Iterator[tuple[Pair, frozenset[str]]]:
    agenda, words = source.agenda, source.vocabulary
    levels = zip(AGENDA_LEVELS, (agenda.pillars, agenda.themes, agenda.measures), strict=True)
    told = {level: Lineage(as_terms(items)) for level, items in levels}
    told |= {"kind": Lineage(words.kinds), "region": Lineage(words.regions), "form": Lineage(words.forms)}
    for name, lineage in told.items():
        for code in lineage:
            found = lineage.lines(code)
            if found != frozenset({code}):
                yield (name, code), found
