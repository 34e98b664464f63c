"""Everything that was changed once it was published: errors mended, numbers that became final, editions gone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Literal

from tweeluik.public.changes import changes
from tweeluik.record.model import Correction, Publication, Release

Reason = Literal["correction", "revision", "withdrawal"]


@dataclass(frozen=True, slots=True)
class Revision:
    """One new version: when, of which edition, why; `note` in words where there is one, `cells` how many numbers."""

    day: date
    release: Release
    version: int
    reason: Reason
    note: str
    cells: int


def revisions(publication: Publication) -> tuple[Revision, ...]:
    """Every new version of an edition on the site, the newest first."""
    found = [each for release in publication.releases for each in _of(publication, release)]
    return tuple(sorted(found, key=lambda each: (each.day, each.release.edition, each.version), reverse=True))


def _of(publication: Publication, release: Release) -> Iterator[Revision]:
    earlier = sorted(
        (each for each in publication.superseded if each.edition == release.edition), key=lambda each: each.version
    )
    notes = {each.version: each for each in release.corrections}
    for before, after in pairwise((*earlier, release)):
        note, entry = notes.pop(after.version, None), publication.entry(after)
        day = note.date if note is not None else entry.day if entry is not None else None
        if day is not None:
            cells = 0 if note is not None and note.withdraws else len(changes(before, after).cells)
            yield Revision(day, release, after.version, _reason(note), note.note if note else "", cells)
    # A correction whose earlier version is not at hand is told all the same.
    yield from (Revision(each.date, release, each.version, _reason(each), each.note, 0) for each in notes.values())


def _reason(note: Correction | None) -> Reason:
    if note is None:
        return "revision"
    return "withdrawal" if note.withdraws else "correction"
