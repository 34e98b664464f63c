"""The budget of a search: work that is counted, never time, so that the same system gets the same answer anywhere.

All who search for one answer share one meter. A part of a budget is the same work with less to go.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

UNITS = 600_000_000
"""The work in an effort of 1. One unit is a simplex iteration, per row or column: in 2026 about 0.03 microseconds."""


class OutOfEffort(Exception):
    """The budget ended before there was an answer that can be relied on."""


class Meter(Protocol):
    """What has been spent."""

    @property
    def done(self) -> float:
        """So much, and never less than before."""

    def spend(self, units: int) -> None:
        """Count work."""


@dataclass(slots=True)
class Count:
    """A meter that counts the work."""

    done: int = 0

    def spend(self, units: int) -> None:
        """Add these units."""
        self.done += units


@dataclass(frozen=True, slots=True)
class Effort:
    """So much may be on the meter before the search ends."""

    most: float
    meter: Meter = field(default_factory=Count)

    @classmethod
    def of(cls, value: float) -> Effort:
        """A budget of its own, as the policy asks: 1 or more times the ordinary work."""
        return cls(value * UNITS)

    @classmethod
    def endless(cls) -> Effort:
        """For work that ends by itself."""
        return cls(float("inf"))

    @property
    def spent(self) -> bool:
        """Whether nothing is left."""
        return self.meter.done >= self.most

    def holds(self, value: float) -> bool:
        """Whether an effort of this value is left."""
        return self.most - self.meter.done >= value * UNITS

    def spend(self, units: int) -> None:
        """Count work done, beyond the end too."""
        self.meter.spend(units)

    def part(self, part: float) -> Effort:
        """The first part (0..1) of what is left, on the same meter."""
        return Effort(self.meter.done + part * (self.most - self.meter.done), self.meter)

    def first(self, value: float) -> Effort:
        """The first of what is left, as much as an effort of this value at most, on the same meter."""
        return Effort(min(self.most, self.meter.done + value * UNITS), self.meter)

    def like(self, part: float, least: float, most: float) -> Effort:
        """As much again as a part of what was done so far, on the same meter.

        That is an effort of `least` at least, and no more than a part of what is left.
        """
        again = max(part * self.meter.done, least * UNITS)
        return Effort(min(self.meter.done + again, self.part(most).most), self.meter)

    def check(self) -> None:
        """Go on only while something is left.

        Raises:
            OutOfEffort: nothing is.
        """
        if self.spent:
            raise OutOfEffort
