"""The proof that everything ever published is safe: worlds that answer all of the audit's questions."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass

from tweeluik.checks.audit.answers import Rules
from tweeluik.checks.audit.examination import Examination
from tweeluik.checks.audit.lines import NO_LINES, Lines
from tweeluik.checks.audit.published import Edition
from tweeluik.checks.audit.questions import OUTSIDER, Asked, Expression, Memory, Question, Unanswered
from tweeluik.checks.audit.reality import Agenda
from tweeluik.checks.audit.worlds import Truth
from tweeluik.checks.audit.worlds import World as Told
from tweeluik.disclosure.effort import Effort
from tweeluik.protection.worlds.demands import Asker, Demand, barred_by
from tweeluik.protection.worlds.everything import PARTNERS, Everything
from tweeluik.protection.worlds.moves import Room, Rooms
from tweeluik.protection.worlds.people import People
from tweeluik.protection.worlds.search import Searcher

PASSES = 4

Look = Callable[[Sequence[Demand]], None]

AN_ANSWER, A_CELL = 5, 60
"""The work in one world's answer to a question, and in one cell of a world (`effort.py`)."""


@dataclass(frozen=True, slots=True, repr=False)
class Proof:
    """Worlds, and what they leave unanswered."""

    worlds: tuple[Told, ...]
    unanswered: tuple[Unanswered, ...]


class Prover:
    """Asks the audit's questions of the truth, and searches worlds until nothing is left to ask.

    `left`: what was not answered when it last asked.
    """

    def __init__(
        self, editions: Sequence[Edition], truth: Truth, rules: Rules, agenda: Agenda, effort: Effort | None = None,
        *, lines: Lines = NO_LINES,
    ) -> None:  # fmt: skip
        self._effort = effort or Effort.endless()
        self.left: tuple[Unanswered, ...] = ()
        self.everything = Everything(editions, truth, agenda, lines)
        self._rules, self._agenda, self._lines = rules, agenda, lines
        self.people = People(self.everything, self._effort)
        values = self.people.crowd.values(len(self.everything.cells))
        for cell, value in self.everything.count_conversations().items():
            values[cell] = value
        self.values: Sequence[int] = values
        self._told: list[Told] = []
        self._askers: dict[int, tuple[Expression, Asker]] = {}
        self.stuck: list[Demand] = []
        self.searcher = Searcher(self.people.crowd, Rooms({}))
        self._examination = Examination(self.everything.editions, truth, rules, agenda, lines=lines)
        self.publish(editions)

    def publish(self, editions: Sequence[Edition]) -> None:
        """Other numbers in the same tables: worlds that still fit are kept."""
        self.everything.publish(editions)
        self._examination = Examination(
            self.everything.editions, self.everything.truth, self._rules, self._agenda, lines=self._lines,
            before=self._examination,
        )  # fmt: skip
        self.rooms = Rooms(dict(_rooms(self.everything, self.values)))
        self.searcher.bind(self.rooms)
        self._keep(0)

    def prove(
        self, is_hopeless: Callable[[Demand], bool] = lambda _: False, look: Look = lambda _: None,
        *, only: Collection[Question] = (),
    ) -> Proof:  # fmt: skip
        """Search until everything is answered, or nothing more is found; what is left is `stuck`.

        No further than the first question that `is_hopeless`, whatever is hidden or turned. `look` sees what is wanted
        before anything is searched. `only`: of all questions those that ask what one of these does.

        Raises:
            OutOfEffort: the effort ended first.
        """
        asked, questions = {*map(_what, only)}, self._examination.questions
        if only:
            questions = tuple(each for each in questions if _what(each) in asked)
        return self._prove(questions, is_hopeless, look)

    def answers(self, question: Question, editions: Sequence[Edition]) -> bool:
        """Whether one question is answered beside some of the editions alone.

        Raises:
            OutOfEffort: the effort ended first.
        """
        told = {each.publication for each in editions}
        truth = {publication: records for publication, records in self.everything.truth.items() if publication in told}
        alone = Prover(editions, truth, self._rules, self._agenda, self._effort, lines=self._lines)
        proof = alone._prove((question,), lambda _: False)
        return not proof.unanswered or any(map(alone.searcher.answers_at_last, alone.stuck))

    def _prove(
        self, questions: Sequence[Question], is_hopeless: Callable[[Demand], bool], look: Look = lambda _: None
    ) -> Proof:
        self.stuck, left = [], self._ask(questions)
        for number in range(PASSES):
            if not left:
                break
            demands = self.all_demands(left)
            if not number:
                look(demands)
            stuck, known = self.searcher.meet(demands, is_hopeless), len(self._told)
            if stuck and stuck[-1].left and is_hopeless(stuck[-1]):
                self.stuck = stuck[-1:]
                return Proof(tuple(self._told), left)  # what was found for others waits for what is published next
            # What nothing was found for may be answered by what was found for another later.
            self.stuck = [each for each in stuck if each.left]
            self._keep(known)
            left = self._ask(tuple(dict.fromkeys(each.question for each in left)))
            if self.stuck or known == len(self._told):
                break
        self.stuck = self.stuck or self.all_demands(left)
        return Proof(tuple(self._told), left)

    def needed(self) -> tuple[Told, ...]:
        """Of the worlds that were found enough to answer everything."""
        return self._examination.needed(self._told)

    def _keep(self, known: int) -> None:
        """Of the worlds behind the first so many, which were found since, those that fit by the audit's own rules."""
        found = self.searcher.worlds[known:]
        told = [*self._told[known:], *(self.people.told(each) for each in found[len(self._told) - known :])]
        self._fitting(len(told))
        fits = self._examination.fits(told)[1:] if told else []
        self._told[known:] = [each for each, fit in zip(told, fits, strict=True) if fit]
        self.searcher.worlds[known:] = [each for each, fit in zip(found, fits, strict=True) if fit]

    def _ask(self, questions: Sequence[Question]) -> tuple[Unanswered, ...]:
        """What is not answered yet of these questions."""
        self._effort.spend(AN_ANSWER * len(questions) * (1 + len(self._told)))
        self._fitting(len(self._told))
        self.left = self._examination.examine(self._told, questions).unanswered
        return self.left

    def _fitting(self, worlds: int) -> None:
        self._effort.spend(A_CELL * len(self.values) * (1 + worlds))

    def all_demands(self, left: Sequence[Unanswered]) -> list[Demand]:
        """What unanswered questions want, the same set once."""
        found: dict[tuple[int, int | None, int | None, int, bool, bool], Demand] = {}
        for each in left:
            for demand in self.demands(each):
                key = demand.asker.bits, demand.low, demand.high, demand.barred, demand.ever, demand.still
                same = found.setdefault(key, demand)
                same.left |= demand.left
        return list(found.values())

    def _asker(self, of: Expression) -> Asker:
        """One for a set, whoever asks: what was looked for in vain for one reader need not be for the next."""
        known = self._askers.get(id(of))
        if known is None:
            known = self._askers[id(of)] = of, Asker(self.people.crowd, of, self.everything.number)
        return known[1]

    def demands(self, unanswered: Unanswered) -> Iterator[Demand]:
        """What an unanswered question wants, in records in place of holdings."""
        question = unanswered.question
        if question.counts != PARTNERS:
            return
        asker = self._asker(question.of)
        ever, still = unanswered.memory is not Memory.HERE, unanswered.memory is Memory.STILL
        inside = asker.inside(ever)
        records, now = inside.records, len(inside.records)
        if question.asked is Asked.DOUBT:
            yield Demand(question, asker, records, now - 1, now + 1, {OUTSIDER}, distinct=False)
            return
        barred = barred_by(self.people.crowd, question.same, self.everything.number) if question.same else 0
        shared = now - inside.holdings
        high = None if unanswered.high is None else unanswered.high + shared
        for own, who in inside.by_own(unanswered.attackers).items():
            low = None if unanswered.low is None else own
            either = question.asked is Asked.EITHER or (still and question.asked is Asked.BOTH)
            for ends in ((low, high),) if either else ((low, None), (None, high)):
                if either or ends != (None, None):
                    yield Demand(
                        question, asker, records, *ends, set(who), barred, ever=ever, still=still, shared=shared
                    )


def _what(question: Question) -> tuple[object, ...]:
    """What a question asks, wherever it is told."""
    return question.counts, question.of, question.asked, question.same


def _rooms(everything: Everything, values: Sequence[int]) -> Iterator[tuple[int, Room]]:
    """What every cell may change by, for all that is published of it."""
    for cell, value in enumerate(values):
        low, high = everything.bounds(cell)
        if high is not None:
            yield cell, (low - value, high - value)
