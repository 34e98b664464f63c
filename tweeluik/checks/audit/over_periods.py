"""Conversations over several publications: what somebody gets who adds periods, and subtracts them and his own.

Where two publications are about the same days, the later one tells what was added since, or left out: who knows that
nothing was left out takes the difference for what was added. A holding knows besides at how many conversations of each
cell and piece of days it sat itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from tweeluik.checks.audit.answers import Answers, Demand
from tweeluik.checks.audit.atoms import across
from tweeluik.checks.audit.following import SEVERAL, Family, families, in_several, is_near
from tweeluik.checks.audit.lines import NO_LINES, Lines, Pairs, is_part, is_whole
from tweeluik.checks.audit.pieces import Piece, Together
from tweeluik.checks.audit.published import Edition
from tweeluik.checks.audit.questions import OUTSIDER, Among, Asked, Expression, Label, Question, any_of, every, less
from tweeluik.checks.audit.readings import Reading, Readings
from tweeluik.checks.audit.reality import Agenda
from tweeluik.checks.audit.same_days import SameDays, runs
from tweeluik.checks.audit.system import Bounds
from tweeluik.checks.audit.tied import Number, difference, holds, is_below, less_several_forms, tied
from tweeluik.checks.audit.told import CONVERSATIONS, Told, means
from tweeluik.checks.audit.within import around

WHY = "a number of conversations that several periods tell together"
CHANGED = "conversations that one publication has beyond another over the same days"
IN_COMMON = "conversations with what publications take together otherwise"
LEFT_OUT = "conversations that one publication has and another over more days has not"

Columns = tuple[Sequence[int], Sequence[int]]
"""What is added up, and what is taken off."""

Heard = Iterator[tuple[Question, tuple[str, ...]]]
"""Questions, and who is told too much."""


def told_by_periods(answers: Answers, editions: Sequence[Edition], agenda: Agenda, lines: Lines = NO_LINES) -> Heard:
    """Numbers that are not shown and of which several publications tell too much, and whom."""
    for those in tied(editions):
        hearing = _Hearing(answers, Readings(Together(those, agenda, lines)), agenda)
        yield from ((question, who) for question, who in hearing.hear() if who)


Side = tuple[Number, ...]
"""Numbers of publications of which each begins where the one before it ends."""


class _Hearing:
    """The questions about publications with days in common."""

    def __init__(self, answers: Answers, readings: Readings, agenda: Agenda) -> None:
        self._answers, self._readings, self._together = answers, readings, readings.together
        self._agenda = agenda
        self._joint = tuple(each for each in self._together.told if is_whole(means(each.pairs)))
        self._numbers = (*map(Number, self._together.told), *self._rests())
        self._at = {(each.told.place, each.pairs): each for each in self._numbers}
        self._labels = tuple(Label(each.publication) for each in self._together.editions)
        self._sides = tuple(SameDays(self._together.editions).sides())
        self._divided: dict[tuple[int, int], Sequence[Family]] = {}
        self._known: dict[str, Mapping[int, int]] = {}

    def hear(self) -> Heard:
        """Every question that is sensitive."""
        for number in self._numbers:
            if number.parts or not number.told.shown:
                yield from self._on_days(number, self._of(number.told.place), None)
            yield from self._on_other_days(number)
        for number in self._between():
            yield from self._on_days(number, self._of(number.told.place), None)
        yield from self._on_days_left()
        yield from self._changes()
        yield from self._left_out()
        yield from self._in_several()
        yield from self._in_common()

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
            joint = (whole.pairs for whole in self._joint if is_part(means(part.pairs), means(whole.pairs)))
            less_one = (part.pairs - {pair} for pair in sorted(part.pairs))
            wider = dict.fromkeys((*less_one, *self._above(part.pairs), *joint))
            found = (cells.get((part.place, pairs)) for pairs in wider)
            yield from (Number(whole, (part,)) for whole in found if whole is not None)
        yield from less_several_forms(self._together.told)

    def _between(self) -> Iterator[Number]:
        """A cell less what lies in it by another publication, or by a row of them over the same days.

        A part of the agenda and what lies in it; what is taken together and a part of it.
        """
        rows = [(here[0], there) for here, there in self._sides if len(here) == 1 < len(there)]
        for part in self._together.told:
            for whole in self._wider(part):
                if {*self._of(whole.place)} & {*self._of(part.place)}:
                    yield Number(whole, (part,))
                for _, there in (row for row in rows if row[0] == whole.place and row[1][0] == part.place):
                    parts = self._told_in(there, part.pairs)
                    if len(parts) == len(there):
                        yield Number(whole, parts)

    def _wider(self, part: Told) -> Iterator[Told]:
        """Cells of other publications that a cell lies in, in another part of the agenda or taken together."""
        above = dict.fromkeys(self._above(part.pairs))
        places = (place for place in range(len(self._together.editions)) if place != part.place)
        for place in places:
            yield from (each for pairs in above for each in self._told_in((place,), pairs))
        joint = (each for each in self._joint if each.place != part.place)
        yield from (whole for whole in joint if is_part(means(part.pairs), means(whole.pairs)))

    def _told_in(self, row: Iterable[int], pairs: Pairs) -> tuple[Told, ...]:
        """The same cell of each of some publications, as far as they tell it."""
        found = (self._at.get((place, (pairs, frozenset()))) for place in row)
        return tuple(each.told for each in found if each is not None)

    def _above(self, pairs: Pairs) -> Iterator[Pairs]:
        """A cell of a part of the agenda -> those of all that this part lies in."""
        return (wider for pair in sorted(pairs) for _, wider in around(pairs, pair, self._agenda))

    def _columns(self, number: Number, pieces: Iterable[Piece]) -> Columns:
        """What is added up, and what is taken off, on some days."""
        those, across = tuple(pieces), self._together.across
        parts = (across(part.pairs, (piece for piece in those if piece[part.place])) for part in number.parts)
        return across(number.told.pairs, those), [column for columns in parts for column in columns]

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
            believed = (number.told, *number.parts, *(() if other is None else (other.told,)))
            reading = self._readings.believing(*dict.fromkeys(each.place for each in believed))
            itself = self._itself(number, pieces) or self._parts_alone(number)
            yield question, tuple(self._who_is_told(question, demand, reading, self._columns(number, pieces), itself))

    def _on_days_left(self) -> Heard:
        """What is left of the days of some publications when those of several others are taken off."""
        for pairs in dict.fromkeys(each.pairs for each in self._numbers):
            those = [each for each in self._numbers if each.pairs == pairs]
            for pieces in runs([piece for piece in self._together.pieces if any(piece[n.told.place] for n in those)]):
                apart = [_parted(those, piece) for piece in pieces]
                told = any(self._of(each.told.place) == pieces for each in those)
                if not told and any(len(has) > 1 or len(has_not) > 1 for has, has_not in apart):
                    yield from self._on_run(those, pieces, [_within(*each) for each in apart])

    def _on_run(self, those: Sequence[Number], pieces: Sequence[Piece], on_each: Sequence[Expression]) -> Heard:
        number = next(each for each in those if pieces[0][each.told.place])
        question = self._question(number, any_of(on_each), WHY)
        demand = self._answers.demand(question)
        if demand is not None:
            reading, columns = (
                self._readings.believing(*(each.told.place for each in those)),
                self._columns(number, pieces),
            )
            yield question, tuple(self._who_is_told(question, demand, reading, columns, None))

    def _itself(self, number: Number, pieces: Sequence[Piece]) -> Reading | None:
        """What a publication over just these days says of them by itself: that is for the audit of its own edition."""
        mine = number.told.place
        for place in (mine, *(i for i in range(len(self._together.editions)) if i != mine)):
            own = self._at.get((place, number.pairs))
            silent = own is not None and (own.parts or not own.told.shown)
            if silent and self._of(place) == tuple(pieces):
                return self._readings.alone(place)
        return None

    def _parts_alone(self, number: Number) -> Reading | None:
        """What publications that tell of the parts alone say of a number by themselves, of the whole as well."""
        places = dict.fromkeys(part.place for part in number.parts if part.place != number.told.place)
        return self._readings.believing(*places, without=(number.told.place,)) if places else None

    def _who_is_told(
        self, question: Question, demand: Demand, reading: Reading, columns: Columns, itself: Reading | None
    ) -> Iterator[str]:
        """The outsider, or the holdings that sat at some of the tables."""
        nothing, *others = demand.wanted
        found, own = reading.range(*columns), Bounds(0, None) if itself is None else itself.range(*columns)
        if found is None or own is None or not holds(found, self._answers.number(question)):
            return  # the numbers contradict each other, or are wrong together: nothing follows
        narrower = found.most != own.most and is_below(found.most, nothing.high)
        if found.least > max(nothing.low or 0, own.least) or narrower:
            yield OUTSIDER
            return
        some, without = columns
        for wanted in others:
            for name in self._answers.attackers.names_in(wanted.attackers):
                high, known = wanted.high or 0, self._known_by(name)
                if not reading.reaches(some, high, known, without) and (
                    itself is None or itself.reaches(some, high, known, without)
                ):
                    yield name

    def _known_by(self, name: str) -> Mapping[int, int]:
        """What a holding knows who sat at tables; of ten thousand few are asked."""
        if name not in self._known:
            self._known[name] = self._together.known_of(self._sat(name))
        return self._known[name]

    def _sat(self, name: str) -> Mapping[int, int]:
        """At how many conversations of each cell and piece a holding sat: those that these publications have."""
        every = [self._answers.sat_by(name, label) for label in self._labels]
        found: dict[int, int] = {}
        for piece in self._together.pieces:
            there = [sat for sat, is_in in zip(every, piece, strict=True) if is_in]
            elsewhere = (sat for sat, is_in in zip(every, piece, strict=True) if not is_in)
            own = frozenset.intersection(*there).difference(*elsewhere)
            for told in self._together.told if own else ():
                number = len(self._answers.sat_by(name, told.of) & own) if piece[told.place] else 0
                if number:
                    found[self._together.columns[piece, told.pairs]] = number
        return found

    # --- over the same days -------------------------------------------------------------------------------------------

    def _changes(self) -> Heard:
        """What publications have beyond another over the same days: what was added since, or left out."""
        for here, there in self._over_the_same_days():
            one, other = (any_of(t.of for t in side) for side in (here, there))
            question = self._question(here[-1], less(one, other), CHANGED)
            demand = self._answers.demand(question)
            if demand is not None:
                more, fewer = self._range(here, there), self._range(there, here)
                found = None if more is None or fewer is None else difference(more, fewer)
                if found is not None and holds(found, self._answers.number(question)):
                    yield question, tuple(self._who_takes_it(found, demand))

    def _left_out(self) -> Heard:
        """What a publication has that another with all its days and more has not: that may be the smaller one."""
        for number in self._numbers:
            mine = self._of(number.told.place)
            for place in range(len(self._together.editions)):
                wider = self._at.get((place, number.pairs)) if {*mine} < {*self._of(place)} else None
                question = None if wider is None else self._question(number, less(number.of, wider.of), LEFT_OUT)
                demand = None if question is None else self._answers.demand(question)
                if wider is not None and question is not None and demand is not None:
                    more, fewer = self._range((number,), (wider,)), self._range((wider,), (number,), mine)
                    found = None if more is None or fewer is None else difference(more, fewer)
                    if found is not None and holds(found, self._answers.number(question)):
                        yield question, tuple(self._who_takes_it(found, demand))

    def _over_the_same_days(self) -> Iterator[tuple[Side, Side]]:
        for pairs in dict.fromkeys(each.pairs for each in self._numbers):
            for here, there in self._sides:
                numbers = [[self._at.get((place, pairs)) for place in side] for side in (here, there)]
                one, other = (tuple(t for t in side if t is not None) for side in numbers)
                if len(one) == len(here) and len(other) == len(there):
                    yield one, other

    def _range(self, side: Side, other: Side, days: Sequence[Piece] | None = None) -> Bounds | None:
        """What one side tells, of all its days or some, for who does not take the other for the same."""
        mine, theirs = (tuple(each.told.place for each in those) for those in (side, other))
        reading = self._readings.believing(*mine, without=theirs)
        columns = [self._columns(each, days or self._of(each.told.place)) for each in side]
        return reading.range([c for plus, _ in columns for c in plus], [c for _, minus in columns for c in minus])

    def _who_takes_it(self, found: Bounds, demand: Demand) -> Iterator[str]:
        nothing, *others = demand.wanted
        if found.least > (nothing.low or 0) or is_below(found.most, nothing.high):
            yield OUTSIDER
            return
        for wanted in others:
            if is_below(found.most, wanted.high):
                yield from self._answers.attackers.names_in(wanted.attackers)

    # --- in several categories ----------------------------------------------------------------------------------------

    def _in_several(self) -> Heard:
        """What the categories of publications hold together beyond a cell of others over the same days, or own."""
        own = (((place,), (place,)) for place in range(len(self._together.editions)))
        for here, there in (*own, *self._sides):
            for family in self._families(here[0], there[0]):
                wholes = self._told_in(here, family.whole.pairs)
                parts = [self._told_in(there, part.pairs) for part in family.parts]
                if len(wholes) == len(here) and all(len(each) == len(there) for each in parts):
                    yield from self._in_several_of(family, wholes, parts)

    def _families(self, here: int, there: int) -> Sequence[Family]:
        """Cells of one publication, divided by another."""
        if (here, there) not in self._divided:
            wholes, parts = ([t for t in self._together.told if t.place == place] for place in (here, there))
            self._divided[here, there] = tuple(families(self._together, self._agenda, wholes, parts))
        return self._divided[here, there]

    def _in_several_of(self, family: Family, wholes: Sequence[Told], parts: Sequence[Sequence[Told]]) -> Heard:
        whole, *each = (any_of(t.of for t in row) for row in (wholes, *parts))
        several = every(whole, Among(tuple(each), 2, len(each)))
        question = self._question(Number(wholes[-1]), several, SEVERAL)
        demand = self._answers.demand(question)
        if demand is not None:
            here, there = ([each.place for each in row] for row in (wholes, parts[0]))
            pieces = [piece for place in here for piece in self._of(place)]
            alone = [self._readings.alone(place) for place in here] if here == there else []
            readings = self._readings.believing(*dict.fromkeys((*here, *there))), *alone
            found, *itself = (in_several(each, self._together, family, pieces) for each in readings)
            is_so = found is not None and holds(found, self._answers.number(question))
            if is_so and is_near(found, demand) and not any(is_near(each, demand) for each in itself):
                yield question, (OUTSIDER,)

    # --- in what is taken together otherwise --------------------------------------------------------------------------

    def _in_common(self) -> Heard:
        """What two or three have in common that publications take together otherwise: it follows only."""
        for some in across(self._together.told):
            pieces = [piece for piece in self._together.pieces if all(piece[each.place] for each in some)]
            question = self._question(Number(some[-1]), every(*(each.of for each in some)), IN_COMMON)
            demand = self._answers.demand(question) if pieces else None
            if demand is not None and self._is_told_in_common(some, pieces, question, demand):
                yield question, (OUTSIDER,)

    def _is_told_in_common(
        self, some: Sequence[Told], pieces: Sequence[Piece], question: Question, demand: Demand
    ) -> bool:
        """Whether it is known from both sides. What hangs together with too much counts as known."""
        columns = self._together.in_common((each.pairs for each in some), pieces)
        if not columns:
            return True
        found = self._readings.believing(*(each.place for each in some)).range(columns)
        return found is not None and holds(found, self._answers.number(question)) and is_near(found, demand)


def _parted(those: Sequence[Number], piece: Piece) -> tuple[Sequence[Number], Sequence[Number]]:
    """Publications that have some days, and those that have not."""
    return [n for n in those if piece[n.told.place]], [n for n in those if not piece[n.told.place]]


def _within(inside: Sequence[Number], outside: Sequence[Number]) -> Expression:
    """What all publications that have some days have, and no other."""
    of = every(*(n.of for n in inside)) if len(inside) > 1 else inside[0].of
    return less(of, *(n.of for n in outside)) if outside else of
