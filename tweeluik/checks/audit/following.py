"""Numbers of conversations that follow from cells: one less what lies in it, and what two categories have in common.

Every conversation in a cell is in at least one of the categories that the cell is divided into. So what these hold
together beyond the cell tells how many conversations are in several of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from tweeluik.checks.audit.answers import Demand
from tweeluik.checks.audit.pieces import Piece, Together
from tweeluik.checks.audit.questions import Among, Expression
from tweeluik.checks.audit.readings import Reading
from tweeluik.checks.audit.reality import Agenda
from tweeluik.checks.audit.system import Bounds
from tweeluik.checks.audit.told import Told, divisions

SEVERAL = "who is in several of the categories"

FEWEST_THAT_OVERLAP = 2


@dataclass(frozen=True, slots=True)
class Family:
    """A cell and all the categories that it is divided into, in tables of one publication or of two."""

    whole: Told
    parts: tuple[Told, ...]

    @property
    def of(self) -> Expression:
        """The conversations in several of the categories."""
        return Among(tuple(part.of for part in self.parts), 2, len(self.parts))


def families(together: Together, agenda: Agenda, wholes: Iterable[Told], parts: Sequence[Told]) -> Iterator[Family]:
    """Cells with what they are divided into: all of it, in dimensions of which a conversation may have several."""
    for whole in wholes:
        there = together.editions[parts[0].place] if parts else None
        for name, those in divisions(there, agenda, together.lines, whole, parts) if there else ():
            if len(those) > 1 and name != "form":
                yield Family(whole, those)


def in_several(reading: Reading, together: Together, family: Family, pieces: Sequence[Piece]) -> Bounds | None:
    """How many conversations can be in several of the categories; None: there are no two, or numbers contradict.

    Each is counted once too often at least, and at most as often as there are other categories with any.
    """
    whole, *parts = (together.across(each.pairs, pieces) for each in (family.whole, *family.parts))
    found = [reading.range(each) for each in parts]
    filled = sum(each is None or each.most != 0 for each in found)
    beyond = reading.range([column for each in parts for column in each], whole)
    if beyond is None or filled < FEWEST_THAT_OVERLAP:
        return None
    return Bounds(-(-max(0, beyond.least) // (filled - 1)), beyond.most)


def is_near(found: Bounds | None, demand: Demand) -> bool:
    """Whether a number is known from both sides as well as a number of the table may not be."""
    wanted = demand.wanted[0]
    low, high = wanted.low or 0, wanted.high or 0
    return found is not None and found.least > low and found.most is not None and found.most < high
