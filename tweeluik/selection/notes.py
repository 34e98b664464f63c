"""Whether every note on a category stands at one: readers would never see a note on what its table does not have."""

from __future__ import annotations

from collections.abc import Iterator

from tweeluik.problems import Problem
from tweeluik.selection.rules import select
from tweeluik.selection.tables import Sorter
from tweeluik.source.records import Edition, Source
from tweeluik.source.suggest import nearest


def find_lost_notes(source: Source) -> Iterator[Problem]:
    """Every note on a category that its table does not have on the reference date of its edition."""
    for edition in source.editions:
        if any(spec.notes for spec in edition.tables):
            yield from _lost(source, edition)


def _lost(source: Source, edition: Edition) -> Iterator[Problem]:
    sorter = Sorter(source, select(source, edition))
    for at, spec in enumerate(edition.tables):
        sides = [sorter.dimension(name, spec.counts) for name in spec.dimensions if spec.notes]
        codes = [each.code for side in sides for each in side.categories]
        for place, note in enumerate(spec.notes):
            if note.code not in codes:
                what, path = "a note on a category that the table does not have", f"tables[{at}].notes[{place}].code"
                yield Problem(note.place, path, what, nearest(note.code, codes))
