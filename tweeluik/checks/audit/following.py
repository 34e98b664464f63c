"""Numbers of conversations that follow from cells: one less what lies in it, and what two categories have in common.

Every conversation in a cell is in at least one of the categories that the cell is divided into. So what these hold
together beyond the cell tells how many conversations are in several of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from tweeluik.checks.audit.answers import Demand
from tweeluik.checks.audit.lines import Pairs, are_all, is_part
from tweeluik.checks.audit.pieces import CONVERSATIONS, Piece, Together, Told, means, one_name
from tweeluik.checks.audit.questions import Among, Expression
from tweeluik.checks.audit.readings import Reading
from tweeluik.checks.audit.reality import LEVELS, Agenda
from tweeluik.checks.audit.system import Bounds
from tweeluik.checks.audit.within import ancestors
from tweeluik.checks.audit.worlds import Pair

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


def lies_in(part: Told, whole: Told, agenda: Agenda) -> Pair | None:
    """The category that makes a part of a cell, by labels alone; None: it is none."""
    more, fewer = part.pairs - whole.pairs, whole.pairs - part.pairs
    if len(more) != 1:
        return None
    (pair,) = more
    return pair if fewer <= {*ancestors(pair, agenda)} else None


def families(together: Together, agenda: Agenda, wholes: Iterable[Told], parts: Sequence[Told]) -> Iterator[Family]:
    """Cells with what they are divided into: all of it, in dimensions of which a conversation may have several."""
    for whole in wholes:
        for name, those in divisions(together, agenda, whole, parts):
            if len(those) > 1 and name != "form":
                yield Family(whole, those)


def divisions(
    together: Together, agenda: Agenda, whole: Told, parts: Sequence[Told]
) -> Iterator[tuple[str, tuple[Told, ...]]]:
    """The ways in which cells of one publication are all that a cell is divided into: a dimension, and the cells."""
    found: dict[str, dict[Pair, Told]] = {}
    for part in parts:
        pair = lies_in(part, whole, agenda)
        if pair is not None:
            found.setdefault(pair[0], {})[pair] = part
    for name, those in found.items():
        if _divided(together, agenda, whole, name, parts[0].place) <= those.keys():
            yield name, tuple(those.values())
    yield from _of_what_is_taken_together(whole, parts)


def _of_what_is_taken_together(whole: Told, parts: Iterable[Told]) -> Iterator[tuple[str, tuple[Told, ...]]]:
    """All parts of what another publication takes together, or tells under one name."""
    found: dict[str, list[Told]] = {}
    for part in parts:
        names = [name for name, _ in part.pairs - whole.pairs]
        if len(names) == 1 and is_part(means(part.pairs), means(whole.pairs)):
            found.setdefault(names[0], []).append(part)
    for name, those in found.items():
        if are_all((means(part.pairs) for part in those), means(whole.pairs)):
            yield name, tuple(those)


def _divided(together: Together, agenda: Agenda, whole: Told, name: str, place: int) -> Pairs:
    """All categories of a dimension that a cell is divided into, as a publication has them in its years."""
    above = {pair for pair in whole.pairs if name in LEVELS and pair[0] in LEVELS[: LEVELS.index(name)]}
    tables = (table for table in together.editions[place].tables if table.counts == CONVERSATIONS)
    sides = (side for table in tables for side in table.sides if side.name == name)
    every = (one_name(frozenset({(name, code)}), together.lines) for side in sides for code in side.labels)
    return frozenset(pair for pairs in every for pair in pairs if above <= {*ancestors(pair, agenda)})


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
