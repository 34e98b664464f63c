"""Hidden numbers of which a rounded one told one end before: that there are too few, or that there is somebody.

A publication that hides a number takes back nothing of what is out. Where a rounded number that went out before counts
all who are in it, and cannot be enough, the hidden one can hardly be; where one counts only who is in it, and cannot
be none, nor can that. Of such a number the other end is promised, as of every rounded one. Whatever is rounded later
has to leave both.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from tweeluik.checks.audit.counting import Counting, expression
from tweeluik.checks.audit.crowd import Bits
from tweeluik.checks.audit.published import Edition
from tweeluik.checks.audit.questions import Expression


@dataclass(frozen=True, slots=True)
class _Rounded:
    """Whom a rounded number counts, beside those with a name, and between what their number lies."""

    members: Bits
    least: int
    most: int


class OneEnd:
    """Rounded numbers of partners, by the publications that tell them; worked out as they are asked for."""

    def __init__(self, true: Counting, editions: Sequence[Edition]) -> None:
        self._true, self._editions = true, editions
        self._rounded: dict[int, Sequence[_Rounded]] = {}

    def was_told(self, edition: Edition, of: Expression) -> bool:
        """Whether one end of a number that an edition hides was told before the edition went out."""
        members = self._true.members("partners", of) & ~self._named
        return any(_tells(each, members, edition.threshold) for each in self._before(edition))

    def _before(self, edition: Edition) -> Iterator[_Rounded]:
        for place, each in enumerate(self._editions):
            if each.base > 1 and each.is_out_before(edition):
                if place not in self._rounded:
                    self._rounded[place] = tuple(self._of(each))
                yield from self._rounded[place]

    def _of(self, edition: Edition) -> Iterator[_Rounded]:
        for table in (each for each in edition.tables if each.counts == "partners"):
            for codes, cell in table.cells.items():
                if cell.status == "rounded" and cell.value is not None:
                    every = self._true.members("partners", expression(edition.publication, table, codes))
                    rest = cell.value - (every & self._named).bit_count()
                    yield _Rounded(every & ~self._named, rest - edition.base + 1, rest + edition.base - 1)

    @cached_property
    def _named(self) -> Bits:
        """Those with a name, wherever that stands."""
        units = self._true.units
        every = (records.units.items() for records in self._true.truth.values())
        return units.everywhere(units.row([name for each in every for name, unit in each if unit.named]))


def _tells(rounded: _Rounded, members: Bits, threshold: int) -> bool:
    """Whether a rounded number leaves no "enough" to these, or no "none"."""
    few = rounded.most < threshold and not members & ~rounded.members
    return few or (rounded.least > 0 and not rounded.members & ~members)
