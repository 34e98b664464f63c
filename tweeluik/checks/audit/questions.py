"""Questions: numbers that somebody can ask of everything published, and what nobody may learn of them.

A question is put in published labels alone. Its answer is a set of records, and so differs from world to world.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from tweeluik.checks.audit.worlds import Pair, Publication

OUTSIDER = ""
"""The attacker who knows what is published and who is named. Every other is a holding, by its stand-in."""


@dataclass(frozen=True, slots=True, order=True)
class Label:
    """The organisations (or conversations) of a publication that are in a category; without a pair, all of them."""

    publication: Publication
    pair: Pair | None = None


@dataclass(frozen=True, slots=True)
class Among:
    """The records that are in at least `least` and at most `most` of the parts.

    All of n parts: n to n. Any: 1 to n. None: 0 to 0. Exactly one: 1 to 1. Several: 2 to n.
    """

    parts: tuple[Expression, ...]
    least: int
    most: int


Expression = Label | Among


def every(*parts: Expression) -> Among:
    """Records in all of the parts."""
    return Among(parts, len(parts), len(parts))


def some(*parts: Expression) -> Among:
    """Records in at least one of the parts."""
    return Among(parts, 1, len(parts))


def any_of(parts: Iterable[Expression]) -> Expression:
    """Records in at least one of the parts; of one part alone that part itself."""
    first, *others = parts
    return some(first, *others) if others else first


def none(*parts: Expression) -> Among:
    """Records in none of the parts, wherever else they are: only of use inside `every`."""
    return Among(parts, 0, 0)


def less(whole: Expression, *parts: Expression) -> Among:
    """Records in the whole and in none of the parts."""
    return every(whole, none(*parts))


def names_of(of: Expression) -> frozenset[Pair]:
    """The categories in which a set is put, of whichever publication."""
    if isinstance(of, Label):
        return frozenset() if of.pair is None else frozenset({of.pair})
    return frozenset[Pair]().union(*map(names_of, of.parts))


class Asked(Enum):
    """What nobody may learn.

    Of a sensitive number of partners (0 < r < T holdings beside those that everybody knows):
    `BOTH` for numbers that a publication hides: nobody can exclude "none" (but himself), nobody "enough" (T);
    `EITHER` for rounded ones, and those that only follow: nobody can be sure that it is 1 to T-1, so one of the two is
    possible.
    `SOMEBODY`: nobody can be sure that a group's rest is empty. `DOUBT`: a hidden number is not known exactly.
    `SUM`: of conversations; nobody can bound the largest contribution of another within p percent.
    """

    BOTH = "none and enough"
    EITHER = "none or enough"
    SOMEBODY = "somebody"
    DOUBT = "doubt"
    SUM = "sum"


@dataclass(frozen=True, slots=True)
class Question:
    """A set of records, what nobody may learn of its size, and the words for how a reader comes to it.

    `counts`: partners or conversations. `same`: sets that the reader takes to be one and the same (he knows that nobody
    came or went); only worlds in which they are equal answer him. `edition` and `table`: where to look; `why`: the kind
    of subtraction in words, without a value.
    """

    counts: str
    of: Expression
    asked: Asked
    edition: str
    table: str
    why: str
    same: tuple[Expression, ...] = ()


class Memory(Enum):
    """What everybody knows, of those that were ever named and of what changed. All of these readers exist.

    `HERE`: who is named in a publication is known in that publication; elsewhere it is one of many. `EVER`: who was
    named once is known in every publication, where it is and where it is not. They differ only where somebody is named
    in one publication and there, unnamed, in another. `STILL`: as `EVER`, and all cells are known that had the same
    organisations in two publications. Of a number that one of them hides and the other rounds such a reader cannot be
    promised both "none" and "enough": one of the two is.
    """

    HERE = "named here"
    EVER = "named once"
    STILL = "stood still"


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A question that no world answers for some attackers, and what a world that answers it would have.

    `attackers`: holdings, or `OUTSIDER`. `memory`: whom they know by name, whose records such a world leaves alone and
    nobody counts. The count of a wanted world is at most `low` (None: not wanted), or at least
    `high`; where a holding is itself in the set, `low` counts it. For `Asked.EITHER` one of the two is enough.
    Counted are holdings beside those that everybody knows, or conversations.
    """

    question: Question
    attackers: tuple[str, ...]
    memory: Memory
    low: int | None
    high: int | None
