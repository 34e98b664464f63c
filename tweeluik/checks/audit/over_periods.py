"""Conversations over several publications: what somebody gets who adds periods, and subtracts them and his own.

Where two publications are about the same days, the later one tells what was added since, or left out: who knows that
nothing was left out takes the difference for what was added.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import reduce
from itertools import pairwise, permutations
from operator import and_, or_

from tweeluik.checks.audit.answers import Answers, Demand
from tweeluik.checks.audit.counting import expression
from tweeluik.checks.audit.crowd import Bits
from tweeluik.checks.audit.pieces import Days, Pieces, Readings, Sat, Told
from tweeluik.checks.audit.published import Edition
from tweeluik.checks.audit.questions import OUTSIDER, Asked, Expression, Question, less, some
from tweeluik.checks.audit.system import Bounds, read_bounds
from tweeluik.checks.audit.worlds import Pair

WHY = "periods that overlap or add up"
CHANGED = "what one publication has beyond another over the same days"


def told_by_periods(answers: Answers, editions: Sequence[Edition]) -> Iterator[tuple[Question, tuple[str, ...]]]:
    """Numbers that are not shown and of which several publications tell too much, and whom."""
    for told in tied(editions):
        readings = Readings(told)
        for question, attackers in (*_of_days(answers, readings), *_of_changes(answers, readings)):
            if attackers:
                yield question, attackers


def tied(editions: Sequence[Edition]) -> list[Sequence[Told]]:
    """Per cell of conversations the publications that tell of it, where some of them have days in common."""
    return list(filter(_is_tied, _cells(editions)))


def _is_tied(told: Sequence[Told]) -> bool:
    """Whether any two publications have days in common; otherwise nothing follows from one for the other."""
    days = sorted(each.days for each in told)
    return any(first[1] > second[0] for first, second in pairwise(days))


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


def _question(told: Told, of: Expression, why: str) -> Question:
    return Question("conversations", of, Asked.SUM, told.edition.id, told.table, why)


Heard = Iterator[tuple[Question, tuple[str, ...]]]
"""Questions, and who is told too much."""

# --- on some days -----------------------------------------------------------------------------------------------------


def _of_days(answers: Answers, readings: Readings) -> Heard:
    """Numbers that are not shown; and what one publication has on days that another has not."""
    told = readings.told
    for i, each in enumerate(told):
        if not each.shown:
            question = _question(each, each.of, WHY)
            yield question, _who_is_told(answers, readings.believing(i), [each.days], each.bounds, question)
    for (i, one), (j, other) in permutations(enumerate(told), 2):
        rest = _less(one.days, other.days)
        if rest and rest != [one.days]:
            question, own = _question(one, less(one.of, other.of), WHY), _by_itself(told, rest)
            yield question, _who_is_told(answers, readings.believing(i, j), rest, own, question)


def _who_is_told(
    answers: Answers, pieces: Pieces, days: Sequence[Days], own: Bounds, question: Question
) -> tuple[str, ...]:
    """The outsider, or the holdings that sat at some of the tables."""
    demand = answers.demand(question)
    if demand is None:
        return ()
    nothing, *_ = demand.wanted
    found = pieces.range(days, ())
    if found is None or not _holds(found, answers.number(question)):
        return ()  # the numbers contradict each other, or are wrong together: nothing follows
    # What a number says by itself is for the audit of its own edition.
    if found.least > max(nothing.low or 0, own.least) or _is_told(found, own, nothing.high):
        return (OUTSIDER,)
    return tuple(_insiders(answers, pieces, days, own, demand))


def _insiders(answers: Answers, pieces: Pieces, days: Sequence[Days], own: Bounds, demand: Demand) -> Iterator[str]:
    known = _known(answers, pieces)
    ranges = {sat: pieces.range(days, sat) for sat in sorted(set(known.values()))}
    for wanted in demand.wanted[1:]:
        for name in answers.attackers.names_in(wanted.attackers):
            found = ranges.get(known.get(name, ()))
            if found is not None and _is_told(found, own, wanted.high):
                yield name


def _is_told(found: Bounds, own: Bounds, high: int | None) -> bool:
    return found.most != own.most and found.most is not None and found.most < (high or 0)


def _holds(found: Bounds, number: int) -> bool:
    return found.least <= number and (found.most is None or number <= found.most)


def _known(answers: Answers, among: Pieces) -> dict[str, Sat]:
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


def _by_itself(told: Sequence[Told], rest: Sequence[Days]) -> Bounds:
    """What a publication over just these days says of them, as its own number that is not shown."""
    found = (each.bounds for each in told if [each.days] == rest and not each.shown)
    return next(found, Bounds(0, None))


def _less(one: Days, other: Days) -> list[Days]:
    """The days of one period that are not in another."""
    runs = [(one[0], min(one[1], other[0])), (max(one[0], other[1]), one[1])]
    return [(first, last) for first, last in runs if first < last]


# --- over the same days -----------------------------------------------------------------------------------------------


Side = tuple[int, ...]
"""A publication, by its place, or two whose days are those of a third together."""


def _of_changes(answers: Answers, readings: Readings) -> Heard:
    """What publications have beyond another over the same days: what was added since, or left out."""
    for here, there in _over_the_same_days(readings.told):
        one, other = (_either(readings.told, side) for side in (here, there))
        question = _question(readings.told[here[-1]], less(one, other), CHANGED)
        demand = answers.demand(question)
        if demand is not None:
            gone = answers.number(_question(readings.told[there[-1]], less(other, one), CHANGED))
            more, fewer = _range(readings, here, there), _range(readings, there, here)
            found = None if more is None or fewer is None else _difference(more, fewer, nothing_else=not gone)
            if found is not None and _holds(found, answers.number(question)):
                yield question, tuple(_who_takes_it(answers, found, demand))


def _over_the_same_days(told: Sequence[Told]) -> Iterator[tuple[Side, Side]]:
    days = [each.days for each in told]
    places = range(len(told))
    yield from (((i,), (j,)) for i, j in permutations(places, 2) if days[i] == days[j])
    for i, j in permutations(places, 2):
        if days[i][1] == days[j][0]:
            for whole in (k for k in places if days[k] == (days[i][0], days[j][1])):
                yield from (((i, j), (whole,)), ((whole,), (i, j)))


def _either(told: Sequence[Told], side: Side) -> Expression:
    return told[side[0]].of if len(side) == 1 else some(*(told[i].of for i in side))


def _range(readings: Readings, side: Side, other: Side) -> Bounds | None:
    """What one side tells, for who does not take the other for the same."""
    return readings.believing(*side, without=other).range([readings.told[i].days for i in side], ())


def _difference(more: Bounds, fewer: Bounds, *, nothing_else: bool) -> Bounds:
    """What was added, as far as one number less another tells; no more than that only where nothing was left out."""
    least = 0 if fewer.most is None else max(0, more.least - fewer.most)
    return Bounds(least, more.most - fewer.least if nothing_else and more.most is not None else None)


def _who_takes_it(answers: Answers, found: Bounds, demand: Demand) -> Iterator[str]:
    nothing, *others = demand.wanted
    if found.least > (nothing.low or 0) or _is_told(found, Bounds(0, None), nothing.high):
        yield OUTSIDER
        return
    for wanted in others:
        if _is_told(found, Bounds(0, None), wanted.high):
            yield from answers.attackers.names_in(wanted.attackers)
