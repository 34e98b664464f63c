"""Conversations within one publication, asked of the records: whatever the producer claims, or forgets to claim.

What readers get who add and subtract the cells of a publication is one linear program; how much of a number may be
known follows from who took part. The proof in whole tables is by claims (`auditor.py`), this is not.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from tweeluik.checks.audit.answers import Answers, Demand
from tweeluik.checks.audit.following import SEVERAL, families, in_several, is_near
from tweeluik.checks.audit.lines import Lines, Pairs
from tweeluik.checks.audit.pieces import Together
from tweeluik.checks.audit.published import Edition
from tweeluik.checks.audit.questions import OUTSIDER, Among, Asked, Expression, Question
from tweeluik.checks.audit.readings import Reading
from tweeluik.checks.audit.reality import Agenda
from tweeluik.checks.audit.told import CONVERSATIONS, Told
from tweeluik.checks.audit.within import ancestors

Columns = tuple[Sequence[int], Sequence[int]]
"""What is added up, and what is taken off."""


def told_by_sums(
    answers: Answers, edition: Edition, questions: Sequence[Question], agenda: Agenda, lines: Lines
) -> Iterator[tuple[Question, tuple[str, ...]]]:
    """Of some questions about conversations of a publication those of which it tells somebody too much, and whom."""
    together = Together((edition,), agenda, lines)
    hearing = _Hearing(answers, together, agenda, rounded=edition.base > 1)
    for question in (each for each in questions if each.asked is Asked.SUM):
        columns = hearing.columns(question.of)
        demand = None if columns is None else answers.demand(question)
        if columns is not None and demand is not None:
            yield question, tuple(hearing.who_is_told(question, demand, columns))
    yield from hearing.in_several()


class _Hearing:
    """One publication and its readers.

    `rounded`: a window around a small number need only leave that it is more; a number that is hidden, both.
    """

    def __init__(self, answers: Answers, together: Together, agenda: Agenda, *, rounded: bool) -> None:
        self._answers, self._together, self._agenda, self._rounded = answers, together, agenda, rounded
        self._reading = Reading(together, together.told)
        self._cells: Mapping[Expression, Told] = {each.of: each for each in together.told}
        self._known: dict[str, Mapping[int, int]] = {}

    def _known_by(self, name: str) -> Mapping[int, int]:
        """At how many conversations of each cell a holding sat, and what follows; of ten thousand few are asked."""
        if name not in self._known:
            sat = {self._column(told): len(self._answers.sat_by(name, told.of)) for told in self._together.told}
            self._known[name] = self._together.known_of({column: number for column, number in sat.items() if number})
        return self._known[name]

    def _column(self, told: Told) -> int:
        (column,) = self._together.across(told.pairs, self._together.pieces)
        return column

    def columns(self, of: Expression) -> Columns | None:
        """A cell, or one less what lies in it; None: it does not add up from cells."""
        if of in self._cells:
            return [self._column(self._cells[of])], []
        whole, parts = _whole_and_parts(of)
        if whole not in self._cells or not parts or not all(part in self._cells for part in parts):
            return None
        total, some = self._cells[whole].pairs, [self._cells[part].pairs for part in parts]
        if not all(self._lies_in(part, total) for part in some):
            return None
        if len(some) > 1 and any({name for name, _ in part - total} != {"form"} for part in some):
            return None  # a conversation may be in several of them
        return [self._column(self._cells[whole])], [self._column(self._cells[part]) for part in parts]

    def in_several(self) -> Iterator[tuple[Question, tuple[str, ...]]]:
        """Conversations in several of the categories that a cell is divided into."""
        told = self._together.told
        for family in families(self._together, self._agenda, told, told):
            place = self._together.editions[family.whole.place].id, family.whole.table
            question = Question(CONVERSATIONS, family.of, Asked.SUM, *place, SEVERAL)
            demand = self._answers.demand(question)
            if demand is not None:
                found = in_several(self._reading, self._together, family, self._together.pieces)
                yield question, (OUTSIDER,) * is_near(found, demand)

    def _lies_in(self, part: Pairs, whole: Pairs) -> bool:
        """Whether all of one cell are in another, by their labels alone."""
        implied = part.union(*(ancestors(pair, self._agenda) for pair in part))
        return whole <= implied

    def who_is_told(self, question: Question, demand: Demand, columns: Columns) -> Iterator[str]:
        """The outsider, or the holdings that know the rest."""
        nothing, *others = demand.wanted
        found = self._reading.range(*columns)
        if found is None:
            return  # cells that contradict each other: the audit says so itself
        cell = self._cells.get(question.of)
        hidden = not self._rounded or (cell is not None and cell.bounds.most is None)
        few = hidden and found.least > (nothing.low or 0)
        if few or (found.most is not None and found.most < (nothing.high or 0)):
            yield OUTSIDER
            return
        for wanted in others:
            for name in self._answers.attackers.names_in(wanted.attackers):
                if not self._reading.reaches(columns[0], wanted.high or 0, self._known_by(name), columns[1]):
                    yield name


def _whole_and_parts(of: Expression) -> tuple[Expression, Sequence[Expression]]:
    """Of `less(whole, *parts)`."""
    if isinstance(of, Among) and of.least == len(of.parts) == 2:  # noqa: PLR2004 (the whole, and none of these)
        whole, none = of.parts
        if isinstance(none, Among) and not none.most:
            return whole, none.parts
    return of, ()
