"""Days, and years from the first of which to the last something is there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tweeluik.source.records.confidentiality import Public


@dataclass(frozen=True, slots=True)
class Period:
    """First and last day, both included."""

    start: Public[date]
    until: Public[date]

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.start <= day <= self.until

    @property
    def years(self) -> range:
        """Every calendar year that the period touches, also a part of a year."""
        return range(self.start.year, self.until.year + 1)


FIRST_YEAR, LAST_YEAR = 0, 9999
"""Of what has no years: it was always there, and stays."""
