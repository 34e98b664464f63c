"""Conversations over several publications: what somebody gets who adds periods, and subtracts them and his own.

The days of all publications that tell of a cell are cut where any of them begins or ends. What was talked about in each
piece is unknown; every published number is a window on a sum of pieces. How small and how large a number that is not
shown can be then is a small linear program. A holding knows besides at how many of each piece it sat itself. Who is a
partner in one period and not in another makes sums differ: where the windows contradict each other nothing follows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from itertools import pairwise, permutations
from operator import and_, or_

import numpy as np

from tweeluik.checks.audit.answers import Answers, Demand
from tweeluik.checks.audit.counting import expression
from tweeluik.checks.audit.crowd import Bits
from tweeluik.checks.audit.published import Edition
from tweeluik.checks.audit.questions import OUTSIDER, Asked, Expression, Question, less
from tweeluik.checks.audit.solver import ENDLESS, Program, Rows
from tweeluik.checks.audit.system import Bounds, read_bounds
from tweeluik.checks.audit.worlds import Pair

WHY = "periods that overlap or add up"
NEAR = 1e-6
"""What the solver's rounding may be off."""


Days = tuple[int, int]
"""From a day to before another."""

Sat = tuple[tuple[tuple[bool, ...], int], ...]
"""Of pieces, told by which publications have days in them, at how many conversations somebody sat."""


@dataclass(frozen=True, slots=True)
class Told:
    """A number of conversations in a publication: its table, the records, and what its readers know of it."""

    edition: Edition
    table: str
    of: Expression
    bounds: Bounds
    shown: bool


def told_by_periods(answers: Answers, editions: Sequence[Edition]) -> Iterator[tuple[Question, tuple[str, ...]]]:
    """Numbers that are not shown and of which several publications tell too much, and whom."""
    for told in tied(editions):
        pieces = _Pieces(told)
        for days, own, question in _questions(told):
            demand = answers.demand(question)
            attackers = () if demand is None else tuple(_who_is_told(answers, pieces, days, own, demand))
            if attackers:
                yield question, attackers


def tied(editions: Sequence[Edition]) -> list[Sequence[Told]]:
    """Per cell of conversations the publications that tell of it, where some of them have days in common."""
    return list(filter(_is_tied, _cells(editions)))


def _who_is_told(answers: Answers, pieces: _Pieces, days: Sequence[Days], own: Bounds, demand: Demand) -> Iterator[str]:
    """The outsider, or the holdings that sat at some of the tables."""
    nothing, *others = demand.wanted
    found = pieces.range(days, ())
    # What a number says by itself is for the audit of its own edition.
    if found is not None and (found.least > max(nothing.low or 0, own.least) or _is_told(found, own, nothing.high)):
        yield OUTSIDER
        return
    known = _known(answers, pieces)
    ranges = {sat: pieces.range(days, sat) for sat in sorted(set(known.values()))}
    for wanted in others:
        for name in answers.attackers.names_in(wanted.attackers):
            found = ranges.get(known.get(name, ()))
            if found is not None and _is_told(found, own, wanted.high):
                yield name


def _is_told(found: Bounds, own: Bounds, high: int | None) -> bool:
    return found.most != own.most and found.most is not None and found.most < (high or 0)


def _is_tied(told: Sequence[Told]) -> bool:
    """Whether any two publications have days in common; otherwise nothing follows from one for the other."""
    days = sorted(_days(each.edition) for each in told)
    return any(first[1] > second[0] for first, second in pairwise(days))


def _known(answers: Answers, among: _Pieces) -> dict[str, Sat]:
    """Per holding that sat at any of the tables at how many of each piece: those that the same publications tell of."""
    sat = [answers.sat(each.of) for each in among.told]
    pieces = dict.fromkeys(among.places)
    found: dict[str, Sat] = {}
    for name in sorted({name for each in sat for name in each}):
        of = [each.get(name, 0) for each in sat]
        at = ((piece, _exactly(of, piece).bit_count()) for piece in pieces if any(piece))
        found[name] = tuple((piece, number) for piece, number in at if number)
    return {name: each for name, each in found.items() if each}


def _exactly(of: Sequence[Bits], piece: Sequence[bool]) -> Bits:
    """The records that are in these sets and in none of the others."""
    inside = reduce(and_, (each for each, there in zip(of, piece, strict=True) if there))
    return inside & ~reduce(or_, (each for each, there in zip(of, piece, strict=True) if not there), 0)


def _questions(told: Sequence[Told]) -> Iterator[tuple[Sequence[Days], Bounds, Question]]:
    """Numbers that are not shown, with what they say; and what one publication has on days that another has not."""
    for each in told:
        if not each.shown:
            question = Question("conversations", each.of, Asked.SUM, each.edition.id, each.table, WHY)
            yield [_days(each.edition)], each.bounds, question
    for one, other in permutations(told, 2):
        rest = _less(_days(one.edition), _days(other.edition))
        if rest and rest != [_days(one.edition)]:
            of = less(one.of, other.of)
            question = Question("conversations", of, Asked.SUM, one.edition.id, one.table, WHY)
            yield rest, _by_itself(told, rest), question


def _by_itself(told: Sequence[Told], rest: Sequence[Days]) -> Bounds:
    """What a publication over just these days says of them, as its own number that is not shown."""
    found = (each.bounds for each in told if [_days(each.edition)] == rest and not each.shown)
    return next(found, Bounds(0, None))


def _less(one: Days, other: Days) -> list[Days]:
    """The days of one period that are not in another."""
    runs = [(one[0], min(one[1], other[0])), (max(one[0], other[1]), one[1])]
    return [(first, last) for first, last in runs if first < last]


def _cells(editions: Sequence[Edition]) -> Iterable[Sequence[Told]]:
    """Per cell of conversations the publications that tell of it."""
    found: dict[frozenset[Pair], list[Told]] = {}
    for edition, table in (
        (each, table) for each in editions for table in each.tables if table.counts == "conversations"
    ):
        for codes, cell in table.cells.items():
            _, _, pairs = edition.key(table, codes)
            of, bounds = expression(edition.publication, table, codes), read_bounds(cell, edition.base)
            found.setdefault(pairs, []).append(Told(edition, table.id, of, bounds, cell.status == "shown"))
    return found.values()


class _Pieces:
    """The days of publications that tell of a cell, cut where any of them begins or ends, and what is told of them.

    `places`: per piece which of the publications have days in it.
    """

    def __init__(self, told: Sequence[Told]) -> None:
        self.told = told
        edges = sorted({day for each in told for day in _days(each.edition)})
        self._starts = edges[:-1]
        inside = [[first <= each < last for each in self._starts] for first, last in (_days(t.edition) for t in told)]
        self.places = [*zip(*inside, strict=True)]
        self._highest = _highest(told)
        self._program = Program(len(self._starts), _rows(told, inside), whole=False)

    def range(self, days: Sequence[Days], sat: Sat) -> Bounds | None:
        """How few and how many there can be on some days for all that is told; None: the numbers contradict each other.

        `sat`: who asks knows that there are so many in these pieces.
        """
        asked = [any(first <= each < last for first, last in days) for each in self._starts]
        cost, width = np.array(asked, dtype=np.float64), len(self._starts)
        least, most = np.zeros(width, dtype=np.int64), np.full(width, self._highest, dtype=np.int64)
        for piece, number in sat:
            least[self.places.index(piece)] = number
        down, up = (self._program.minimise(sign * cost, least, most) for sign in (1, -1))
        if down is None or up is None:
            return None
        top = int(np.floor(np.dot(cost, up) + NEAR))
        return Bounds(int(np.ceil(np.dot(cost, down) - NEAR)), None if top >= self._highest else top)


def _rows(told: Sequence[Told], inside: Sequence[Sequence[bool]]) -> Rows:
    """A row per publication: its pieces add up to what is told of it."""
    sizes = [sum(row) for row in inside]
    return Rows(
        np.cumsum([0, *sizes]),
        np.array([piece for row in inside for piece, there in enumerate(row) if there], dtype=np.int64),
        np.ones(sum(sizes), dtype=np.int64),
        np.array([each.bounds.least for each in told], dtype=np.int64),
        np.array([ENDLESS if each.bounds.most is None else each.bounds.most for each in told], dtype=np.int64),
    )


def _days(edition: Edition) -> Days:
    first, last = map(date.fromisoformat, edition.period)
    return first.toordinal(), last.toordinal() + 1


def _highest(told: Sequence[Told]) -> int:
    """More than any number that is told of; a number that can be so large has no greatest."""
    return 2 * max(each.bounds.most or each.bounds.least for each in told) + 1000
