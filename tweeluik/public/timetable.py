"""What appears when: the days that were promised, and those that it became. No clock says what is late: records do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from tweeluik.record.model import Publication, Release


@dataclass(frozen=True, slots=True)
class Promised:
    """What is still to come after an edition, and by which day; `final`: its own final numbers, else the next one."""

    release: Release
    due: date
    final: bool


@dataclass(frozen=True, slots=True)
class Kept:
    """An edition that was sent, and how many days after its day; 0 or less: in time."""

    release: Release
    due: date
    sent: date

    @property
    def days_late(self) -> int:
        """Days after the day that it was due."""
        return max(0, (self.sent - self.due).days)


def promised(publication: Publication) -> tuple[Promised, ...]:
    """What is to come, the first day first."""
    return tuple(sorted(_promised(publication), key=lambda each: (each.due, each.release.edition, each.final)))


def _promised(publication: Publication) -> Iterator[Promised]:
    for release in publication.releases:
        if release.as_of is not None and release.sent is None and release.due is not None:
            yield Promised(release, release.due, final=True)
        later = [each for each in publication.releases if comes_after(each, release)]
        if release.next_due is not None and not later:
            yield Promised(release, release.next_due, final=False)


def comes_after(other: Release, release: Release) -> bool:
    """Whether an edition is of a later period, about the same population."""
    return other.population == release.population and other.period_from > release.period_until


def kept(publication: Publication) -> tuple[Kept, ...]:
    """The editions that were sent and had a day for it, the newest first."""
    sent = [Kept(each, each.due, each.sent) for each in publication.releases if each.due and each.sent]
    return tuple(sorted(sent, key=lambda each: (each.sent, each.release.edition), reverse=True))
