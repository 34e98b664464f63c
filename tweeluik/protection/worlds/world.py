"""What might have been otherwise: a move of one record, a world of several, and what readers know of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from tweeluik.selection.microdata import Pair

Token = tuple[int, Pair | None]
"""A publication (its number) and a category that a record has in it; None: the record is in it."""

Tokens = frozenset[Token]

Aspects = frozenset[tuple[int, str | None]]
"""Publications with a dimension that is told there; None: whether a record is in it."""

Effect = tuple[tuple[int, int], ...]
"""Per cell that a move changes, by how many."""

NOBODY = -1
"""The type of what is not there: a record that comes, or one that goes."""


class Way(Enum):
    """How one of few who look alike leaves its seats: another takes them; it keeps them; or all of them keep theirs."""

    GIVE = "give"
    KEEP = "keep"
    ALL = "all"

    __hash__ = object.__hash__  # asked for by the million


@dataclass(frozen=True, slots=True)
class Move:
    """A record of one type that might have been of another.

    `few`: it leaves seats that only few others can have (the number of those who are alike); `way`: how.
    """

    source: int
    target: int
    effect: Effect
    few: int | None = None
    way: Way | None = None


@dataclass(frozen=True, slots=True)
class World:
    """What differs from the truth: per record (its number) its other type, and the types of records that come.

    `seats`: whose place at tables others have. Two records never differ where one would do: a world is small, so that
    it fits many attackers.
    """

    moved: Mapping[int, int]
    added: tuple[int, ...] = ()
    seats: Mapping[int, int] = field(default_factory=dict)


TRUTH = World({})


@dataclass(frozen=True, slots=True)
class Known:
    """Records that readers know: `own` are as they are, `met` keep what everybody at a table sees, where they sat.

    `met`: per record the publications that tell of those tables. `seated`: those of `own` of whom it is known at which
    tables they sat as well: of who is known by name it is not, so that he may have had another's seat.
    """

    own: frozenset[int] = frozenset()
    met: Mapping[int, frozenset[int]] = field(default_factory=dict)
    seated: frozenset[int] = frozenset()

    @property
    def all(self) -> frozenset[int]:
        """Both."""
        return self.own.union(self.met)

    def __or__(self, other: Known) -> Known:
        own, seated = self.own | other.own, self.seated | other.seated
        if not self.met or not other.met:
            return Known(own, self.met or other.met, seated)
        both = {record: self.met.get(record, frozenset()) | where for record, where in other.met.items()}
        return Known(own, {**self.met, **both}, seated)

    def keeps(self, record: int, seen: frozenset[int]) -> bool:
        """Whether a record may not be otherwise to see in some publications."""
        return record in self.own or not seen.isdisjoint(self.met.get(record, ()))
