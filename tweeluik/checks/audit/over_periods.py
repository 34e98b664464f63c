"""Conversations over several publications: what somebody gets who adds periods, and subtracts them and his own.

Where two publications are about the same days, the later one tells what was added since, or left out: who knows that
nothing was left out takes the difference for what was added. A holding knows besides at how many conversations of each
cell and piece of days it sat itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations

from tweeluik.checks.audit.answers import Answers, Demand
from tweeluik.checks.audit.lines import NO_LINES, Lines, Pairs
from tweeluik.checks.audit.pieces import CONVERSATIONS, Piece, Reading, Readings, Together, Told, days_of
from tweeluik.checks.audit.published import Edition
from tweeluik.checks.audit.questions import OUTSIDER, Asked, Expression, Label, Question, less, some
from tweeluik.checks.audit.reality import Agenda
from tweeluik.checks.audit.system import Bounds
from tweeluik.checks.audit.within import ancestors

WHY = "a number of conversations that several periods tell together"
CHANGED = "conversations that one publication has beyond another over the same days"

Columns = tuple[Sequence[int], Sequence[int]]
"""What is added up, and what is taken off."""

Heard = Iterator[tuple[Question, tuple[str, ...]]]
"""Questions, and who is told too much."""


def told_by_periods(answers: Answers, editions: Sequence[Edition], agenda: Agenda, lines: Lines = NO_LINES) -> Heard:
    """Numbers that are not shown and of which several publications tell too much, and whom."""
    for those in tied(editions):
        hearing = _Hearing(answers, Readings(Together(those, agenda, lines)), agenda)
        yield from ((question, who) for question, who in hearing.hear() if who)


def tied(editions: Sequence[Edition]) -> list[Sequence[Edition]]:
    """The publications that tell of conversations, those together that have days in common; nobody who is alone."""
    telling = [each for each in editions if any(table.counts == CONVERSATIONS for table in each.tables)]
    groups: list[list[Edition]] = []
    last = 0
    for edition in sorted(telling, key=lambda each: (days_of(each), each.publication)):
        first, until = days_of(edition)
        if groups and first < last:
            groups[-1].append(edition)
        else:
            groups.append([edition])
        last = max(last, until)
    return [group for group in groups if len(group) > 1]


def _difference(more: Bounds, fewer: Bounds) -> Bounds:
    """One number less another: what was added, for who believes that nothing was left out."""
    least = 0 if fewer.most is None else max(0, more.least - fewer.most)
    return Bounds(least, None if more.most is None else more.most - fewer.least)


def _holds(found: Bounds, number: int) -> bool:
    return found.least <= number and (found.most is None or number <= found.most)


def _is_below(most: int | None, high: int | None) -> bool:
    return most is not None and most < (high or 0)


@dataclass(frozen=True, slots=True)
class Number:
    """A number that a publication tells, or what it leaves: a cell, or a cell less what lies in it (`part`).

    `part` may stand in another publication that has days in common.
    """

    told: Told
    part: Told | None = None

    @property
    def of(self) -> Expression:
        """The conversations in it."""
        return self.told.of if self.part is None else less(self.told.of, self.part.of)

    @property
    def pairs(self) -> tuple[Pairs, Pairs | None]:
        """Of whom, in whichever publication."""
        return self.told.pairs, None if self.part is None else self.part.pairs


Side = tuple[Number, ...]
"""A number of a publication; or that of two whose days are together those of a third."""


class _Hearing:
    """The questions about publications with days in common."""

    def __init__(self, answers: Answers, readings: Readings, agenda: Agenda) -> None:
        self._answers, self._readings, self._together = answers, readings, readings.together
        self._agenda = agenda
        self._numbers = (*map(Number, self._together.told), *self._rests())
        self._at = {(each.told.place, each.pairs): each for each in self._numbers}
        self._known = self._who_sat()

    def hear(self) -> Heard:
        """Every question that is sensitive."""
        for number in self._numbers:
            if number.part is not None or not number.told.shown:
                yield from self._on_days(number, self._of(number.told.place), None)
            yield from self._on_other_days(number)
        for number in self._between():
            yield from self._on_days(number, self._of(number.told.place), None)
        yield from self._changes()

    def _of(self, place: int) -> tuple[Piece, ...]:
        return tuple(piece for piece in self._together.pieces if piece[place])

    def _question(self, number: Number, of: Expression, why: str) -> Question:
        told = number.told
        return Question(CONVERSATIONS, of, Asked.SUM, self._together.editions[told.place].id, told.table, why)

    # --- what is left -------------------------------------------------------------------------------------------------

    def _rests(self) -> Iterator[Number]:
        """What a publication leaves of a cell beside one that lies in it: a total less a category, a pillar a theme."""
        cells = {(each.place, each.pairs): each for each in self._together.told}
        for part in self._together.told:
            wider = dict.fromkeys((*(part.pairs - {pair} for pair in sorted(part.pairs)), *self._above(part.pairs)))
            found = (cells.get((part.place, pairs)) for pairs in wider)
            yield from (Number(whole, part) for whole in found if whole is not None)

    def _between(self) -> Iterator[Number]:
        """A part of the agenda less what lies in it by another publication, on days that both have."""
        for part in self._together.told:
            for pairs in self._above(part.pairs):
                found = (self._at.get((place, (pairs, None))) for place in range(len(self._together.editions)))
                for whole in (each.told for each in found if each is not None and each.told.place != part.place):
                    if {*self._of(whole.place)} & {*self._of(part.place)}:
                        yield Number(whole, part)

    def _above(self, pairs: Pairs) -> Iterator[Pairs]:
        """A cell of a part of the agenda -> those of all that this part lies in."""
        return (pairs - {pair} | {above} for pair in sorted(pairs) for above in ancestors(pair, self._agenda))

    def _columns(self, number: Number, pieces: Iterable[Piece]) -> Columns:
        """What is added up, and what is taken off, on some days."""
        those, part = tuple(pieces), number.part
        there = () if part is None else tuple(piece for piece in those if piece[part.place])
        across = self._together.across
        return across(number.told.pairs, those), () if part is None else across(part.pairs, there)

    # --- on some days -------------------------------------------------------------------------------------------------

    def _on_other_days(self, number: Number) -> Heard:
        """What one publication has on days that another, with days in common, has not."""
        mine = self._of(number.told.place)
        for place in range(len(self._together.editions)):
            other = self._at.get((place, number.pairs)) if place != number.told.place else None
            rest = tuple(piece for piece in mine if not piece[place])
            if other is not None and rest and rest != mine:
                yield from self._on_days(number, rest, other)

    def _on_days(self, number: Number, pieces: Sequence[Piece], other: Number | None) -> Heard:
        question = self._question(number, number.of if other is None else less(number.of, other.of), WHY)
        demand = self._answers.demand(question)
        if demand is not None:
            parts = () if number.part is None else (number.part,)
            places = dict.fromkeys((*(each.place for each in (number.told, *parts)), *self._place_of(other)))
            reading = self._readings.believing(*places)
            itself = self._itself(number, pieces)
            yield question, tuple(self._who_is_told(question, demand, reading, self._columns(number, pieces), itself))

    def _place_of(self, number: Number | None) -> tuple[int, ...]:
        return () if number is None else (number.told.place,)

    def _itself(self, number: Number, pieces: Sequence[Piece]) -> Reading | None:
        """What a publication over just these days says of them by itself: that is for the audit of its own edition."""
        mine = number.told.place
        for place in (mine, *(i for i in range(len(self._together.editions)) if i != mine)):
            own = self._at.get((place, number.pairs))
            silent = own is not None and (own.part is not None or not own.told.shown)
            if silent and self._of(place) == tuple(pieces):
                return self._readings.alone(place)
        return None

    def _who_is_told(
        self, question: Question, demand: Demand, reading: Reading, columns: Columns, itself: Reading | None
    ) -> Iterator[str]:
        """The outsider, or the holdings that sat at some of the tables."""
        nothing, *others = demand.wanted
        found, own = reading.range(*columns), Bounds(0, None) if itself is None else itself.range(*columns)
        if found is None or own is None or not _holds(found, self._answers.number(question)):
            return  # the numbers contradict each other, or are wrong together: nothing follows
        narrower = found.most != own.most and _is_below(found.most, nothing.high)
        if found.least > max(nothing.low or 0, own.least) or narrower:
            yield OUTSIDER
            return
        some, without = columns
        for wanted in others:
            for name in self._answers.attackers.names_in(wanted.attackers):
                high, known = wanted.high or 0, self._known.get(name, {})
                if not reading.reaches(some, high, known, without) and (
                    itself is None or itself.reaches(some, high, known, without)
                ):
                    yield name

    def _who_sat(self) -> Mapping[str, Mapping[int, int]]:
        """Per holding at how many conversations of each cell and piece it sat: those that these publications have."""
        every = [self._answers.sat(Label(each.publication)) for each in self._together.editions]
        cells = [(t, self._answers.sat(t.of)) for t in self._together.told]
        found: dict[str, dict[int, int]] = {}
        for name in sorted({name for each in every for name in each}):
            for piece in self._together.pieces:
                inside, outside = -1, 0
                for sat, there in zip(every, piece, strict=True):
                    inside, outside = (
                        (inside & sat.get(name, 0), outside) if there else (inside, outside | sat.get(name, 0))
                    )
                for told, sat in cells if inside & ~outside else ():
                    number = (sat.get(name, 0) & inside & ~outside).bit_count() if piece[told.place] else 0
                    if number:
                        found.setdefault(name, {})[self._together.columns[piece, told.pairs]] = number
        return {name: self._together.known_of(sat) for name, sat in found.items()}

    # --- over the same days -------------------------------------------------------------------------------------------

    def _changes(self) -> Heard:
        """What publications have beyond another over the same days: what was added since, or left out."""
        for here, there in self._over_the_same_days():
            one, other = (some(*(t.of for t in side)) if len(side) > 1 else side[0].of for side in (here, there))
            question = self._question(here[-1], less(one, other), CHANGED)
            demand = self._answers.demand(question)
            if demand is not None:
                more, fewer = self._range(here, there), self._range(there, here)
                found = None if more is None or fewer is None else _difference(more, fewer)
                if found is not None and _holds(found, self._answers.number(question)):
                    yield question, tuple(self._who_takes_it(found, demand))

    def _over_the_same_days(self) -> Iterator[tuple[Side, Side]]:
        places = range(len(self._together.editions))
        days = [self._of(place) for place in places]
        sides: list[tuple[tuple[int, ...], tuple[int, ...]]]
        sides = [((i,), (j,)) for i, j in permutations(places, 2) if days[i] == days[j]]
        for i, j in permutations(places, 2):
            if i < j and not {*days[i]} & {*days[j]}:
                for whole in (k for k in places if {*days[k]} == {*days[i], *days[j]}):
                    sides += [((i, j), (whole,)), ((whole,), (i, j))]
        for pairs in dict.fromkeys(each.pairs for each in self._numbers):
            for here, there in sides:
                numbers = [[self._at.get((place, pairs)) for place in side] for side in (here, there)]
                one, other = (tuple(t for t in side if t is not None) for side in numbers)
                if len(one) == len(here) and len(other) == len(there):
                    yield one, other

    def _range(self, side: Side, other: Side) -> Bounds | None:
        """What one side tells, for who does not take the other for the same."""
        mine, theirs = (tuple(each.told.place for each in those) for those in (side, other))
        reading = self._readings.believing(*mine, without=theirs)
        columns = [self._columns(each, self._of(each.told.place)) for each in side]
        return reading.range([c for plus, _ in columns for c in plus], [c for _, minus in columns for c in minus])

    def _who_takes_it(self, found: Bounds, demand: Demand) -> Iterator[str]:
        nothing, *others = demand.wanted
        if found.least > (nothing.low or 0) or _is_below(found.most, nothing.high):
            yield OUTSIDER
            return
        for wanted in others:
            if _is_below(found.most, wanted.high):
                yield from self._answers.attackers.names_in(wanted.attackers)
