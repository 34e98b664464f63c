"""Conversations over several publications: what somebody gets who adds periods, and subtracts them and his own.

Where two publications are about the same days, the later one tells what was added since, or left out: who knows that
nothing was left out takes the difference for what was added. A holding knows besides at how many conversations of each
cell and piece of days it sat itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import permutations

from tweeluik.checks.audit.answers import Answers, Demand
from tweeluik.checks.audit.lines import NO_LINES, Lines
from tweeluik.checks.audit.pieces import CONVERSATIONS, Piece, Reading, Readings, Together, Told, days_of
from tweeluik.checks.audit.published import Edition
from tweeluik.checks.audit.questions import OUTSIDER, Asked, Expression, Label, Question, less, some
from tweeluik.checks.audit.reality import Agenda
from tweeluik.checks.audit.system import Bounds

WHY = "a number of conversations that several periods tell together"
CHANGED = "conversations that one publication has beyond another over the same days"

Heard = Iterator[tuple[Question, tuple[str, ...]]]
"""Questions, and who is told too much."""


def told_by_periods(answers: Answers, editions: Sequence[Edition], agenda: Agenda, lines: Lines = NO_LINES) -> Heard:
    """Numbers that are not shown and of which several publications tell too much, and whom."""
    for those in tied(editions):
        hearing = _Hearing(answers, Readings(Together(those, agenda, lines)))
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


Side = tuple[Told, ...]
"""A number of a publication; or that of two whose days are together those of a third."""


class _Hearing:
    """The questions about publications with days in common."""

    def __init__(self, answers: Answers, readings: Readings) -> None:
        self._answers, self._readings, self._together = answers, readings, readings.together
        self._cells: dict[tuple[int, frozenset[tuple[str, str]]], Told] = {
            (each.place, each.pairs): each for each in self._together.told
        }
        self._known = self._who_sat()

    def hear(self) -> Heard:
        """Every question that is sensitive."""
        for told in self._together.told:
            if not told.shown:
                yield from self._on_days(told, self._of(told.place), None)
            yield from self._on_other_days(told)
        yield from self._changes()

    def _of(self, place: int) -> tuple[Piece, ...]:
        return tuple(piece for piece in self._together.pieces if piece[place])

    def _question(self, told: Told, of: Expression, why: str) -> Question:
        return Question(CONVERSATIONS, of, Asked.SUM, self._together.editions[told.place].id, told.table, why)

    # --- on some days -------------------------------------------------------------------------------------------------

    def _on_other_days(self, told: Told) -> Heard:
        """What one publication has on days that another, with days in common, has not."""
        mine = self._of(told.place)
        for other in (t for t in self._together.told if t.pairs == told.pairs and t.place != told.place):
            rest = tuple(piece for piece in mine if not piece[other.place])
            if rest and rest != mine:
                yield from self._on_days(told, rest, other)

    def _on_days(self, told: Told, pieces: Sequence[Piece], other: Told | None) -> Heard:
        question = self._question(told, told.of if other is None else less(told.of, other.of), WHY)
        demand = self._answers.demand(question)
        if demand is not None:
            places = (told.place,) if other is None else (told.place, other.place)
            reading, columns = self._readings.believing(*places), self._together.across(told.pairs, pieces)
            yield (
                question,
                tuple(self._who_is_told(question, demand, reading, columns, self._itself(told.pairs, pieces))),
            )

    def _itself(self, pairs: frozenset[tuple[str, str]], pieces: Sequence[Piece]) -> Reading | None:
        """What a publication over just these days says of them by itself: that is for the audit of its own edition."""
        for place in range(len(self._together.editions)):
            told = self._cells.get((place, pairs))
            if told is not None and not told.shown and self._of(place) == tuple(pieces):
                return self._readings.alone(place)
        return None

    def _who_is_told(
        self, question: Question, demand: Demand, reading: Reading, columns: Sequence[int], itself: Reading | None
    ) -> Iterator[str]:
        """The outsider, or the holdings that sat at some of the tables."""
        nothing, *others = demand.wanted
        found, own = reading.range(columns), Bounds(0, None) if itself is None else itself.range(columns)
        if found is None or own is None or not _holds(found, self._answers.number(question)):
            return  # the numbers contradict each other, or are wrong together: nothing follows
        narrower = found.most != own.most and _is_below(found.most, nothing.high)
        if found.least > max(nothing.low or 0, own.least) or narrower:
            yield OUTSIDER
            return
        for wanted in others:
            for name in self._answers.attackers.names_in(wanted.attackers):
                high, known = wanted.high or 0, self._known.get(name, {})
                if not reading.reaches(columns, high, known) and (
                    itself is None or itself.reaches(columns, high, known)
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
        for pairs in dict.fromkeys(t.pairs for t in self._together.told):
            for here, there in sides:
                cells = [[self._cells.get((place, pairs)) for place in side] for side in (here, there)]
                one, other = (tuple(t for t in side if t is not None) for side in cells)
                if len(one) == len(here) and len(other) == len(there):
                    yield one, other

    def _range(self, side: Side, other: Side) -> Bounds | None:
        """What one side tells, for who does not take the other for the same."""
        reading = self._readings.believing(*(t.place for t in side), without=tuple(t.place for t in other))
        columns = [c for t in side for c in self._together.across(t.pairs, self._of(t.place))]
        return reading.range(columns)

    def _who_takes_it(self, found: Bounds, demand: Demand) -> Iterator[str]:
        nothing, *others = demand.wanted
        if found.least > (nothing.low or 0) or _is_below(found.most, nothing.high):
            yield OUTSIDER
            return
        for wanted in others:
            if _is_below(found.most, wanted.high):
                yield from self._answers.attackers.names_in(wanted.attackers)
