"""Whom everybody knows by name from publications without numbers: lists of names, and versions whose records are gone.

A name tells of every number that is out, wherever it is published: who knows all of a number but one, knows that one.
"""

from __future__ import annotations

from collections import defaultdict

from tweeluik.protection.protected import ProtectedEdition
from tweeluik.record.model import Release
from tweeluik.selection.microdata import Microdata, unit_id
from tweeluik.selection.rules import is_named, publishes_numbers
from tweeluik.source.past import names
from tweeluik.source.records import Source


class Naming:
    """Looks up who is behind a name, as the keyed digests that stand for organisations in memories."""

    def __init__(self, source: Source, key: bytes) -> None:
        self._key = key
        self._behind: dict[str, set[str]] = defaultdict(set)
        for partner in source.partners:
            unit = unit_id(key, partner.id)
            for name in names(partner):
                self._behind[name].add(unit)

    def told_by(self, release: Release, memory: Microdata | None) -> frozenset[str]:
        """Whom a publication named, as far as the source or its memory tells: names that were withdrawn are there."""
        remembered = (unit.id for unit in memory.units if unit.named) if memory is not None else ()
        return frozenset(remembered).union(*(self._behind.get(name, ()) for name in release.named))

    def is_lost(self, release: Release, memory: Microdata | None) -> bool:
        """Whether a publication named somebody of whom nothing is left."""
        return memory is None and any(name not in self._behind for name in release.named)

    def of(self, protected: ProtectedEdition) -> frozenset[str]:
        """Whom an edition that is about to be published names."""
        edition = protected.edition
        told = protected.selection.partners if publishes_numbers(edition) else ()
        return frozenset(unit_id(self._key, each.id) for each in told if is_named(each, edition))
