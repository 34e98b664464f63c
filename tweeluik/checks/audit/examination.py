"""Every question that readers of everything published can ask, put to the truth and the worlds that are handed.

Questions go out, worlds come in: whoever protects asks which are not answered yet, finds worlds that answer them, and
hands all of them to the audit, which asks again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import sha256
from operator import and_

from tweeluik.checks.audit.across import ask_across, beside
from tweeluik.checks.audit.answers import Answers, Demand, Rules, Truly
from tweeluik.checks.audit.at_random import ask_at_random
from tweeluik.checks.audit.chosen import Chosen
from tweeluik.checks.audit.contributors import publications as publications_of
from tweeluik.checks.audit.counting import Counting, expression
from tweeluik.checks.audit.fitting import Crowds, Insiders, Real, agreeing, fitting
from tweeluik.checks.audit.groups import ask_about_groups
from tweeluik.checks.audit.lines import NO_LINES, Lines
from tweeluik.checks.audit.one_end import OneEnd
from tweeluik.checks.audit.over_periods import told_by_periods
from tweeluik.checks.audit.over_time import Publications, ask_over_time
from tweeluik.checks.audit.published import Edition
from tweeluik.checks.audit.questions import Asked, Memory, Question, Unanswered, names_of
from tweeluik.checks.audit.reality import Agenda, agenda_of
from tweeluik.checks.audit.standing import ask_about_standing, standing, stood_still
from tweeluik.checks.audit.sums import told_by_sums
from tweeluik.checks.audit.tied import tied
from tweeluik.checks.audit.within import ask_within
from tweeluik.checks.audit.worlds import Pair, Publication, Truth, World
from tweeluik.problems import Place, Problem

AT_RANDOM = 1000
"""Random questions per build."""


@dataclass(frozen=True, slots=True, repr=False)
class Examined:
    """What was handed (whether the truth, first, and each world fit), what is sensitive, and what nobody answers."""

    fits: tuple[bool, ...]
    sensitive: tuple[tuple[Question, Demand], ...]
    unanswered: tuple[Unanswered, ...]


class Kept:
    """What no published number decides, of one truth in the same tables: worked out once, whatever is published."""

    def __init__(self, truth: Truth, editions: Sequence[Edition], agenda: Agenda) -> None:
        self.true = Counting(truth)
        self.real = Real(editions, agenda)
        self.seen: dict[int, tuple[World, Crowds]] = {}
        self.questions: dict[Question, Question] = {}
        self.demands: dict[tuple[str, int], tuple[Question, Demand | None]] = {}

    @cached_property
    def truly(self) -> Truly:
        """The true records, ready to be asked."""
        return Truly(self.true)


class Told:
    """Worlds as they were told, counted when that is asked for, and once."""

    def __init__(
        self, truth: Truth, worlds: tuple[World, ...], publications: Publications, kept: Kept, rules: Rules
    ) -> None:
        self.worlds, self._publications, self._kept, self._rules = worlds, publications, kept, rules
        self._counting = Counting(truth, worlds)
        self._answers: dict[Memory, Answers] = {}

    @cached_property
    def fits(self) -> list[bool]:
        """Whether the truth (first) and each world fit everything published."""
        return fitting(self._counting, self._publications.all, self._kept.real)

    def answers(self, memory: Memory) -> Answers:
        """Ready to be asked by readers of a memory."""
        if memory not in self._answers:
            able = self._standing if memory is Memory.STILL else self.fits
            self._answers[memory] = Answers(
                self._counting, able, self._rules, memory, self._insiders, truly=self._kept.truly
            )
        return self._answers[memory]

    @cached_property
    def _insiders(self) -> Insiders:
        return Insiders(self._counting, self._kept.seen)

    @cached_property
    def _standing(self) -> list[bool]:
        return list(map(and_, self.fits, standing(self._counting, self._publications)))


class Examination:
    """The questions about everything published, and the truth they are asked of.

    `editions`: every version of every edition that is or was public, as its record tells. `truth`: the records behind
    each. `agenda`: what lies in what, for parts that no record places itself. `lines`: which categories continue which.
    `before`: the same, with other numbers in the same tables.
    """

    def __init__(
        self, editions: Sequence[Edition], truth: Truth, rules: Rules, agenda: Agenda,
        *, lines: Lines = NO_LINES, before: Examination | None = None,
    ) -> None:  # fmt: skip
        self._editions = tuple(sorted((each for each in editions if each.tables), key=lambda each: each.publication))
        self._truth = _in_time(truth, self._editions)
        self._rules = replace(rules, published={each.publication: each.threshold for each in self._editions})
        self._agenda, self._lines = agenda_of(self._editions) | dict(agenda), lines
        self._kept: Kept = Kept(self._truth, self._editions, self._agenda) if before is None else before._kept  # noqa: SLF001
        self._true = self._kept.true
        self._publications = Publications(self._editions, lines, self._agenda)
        self._told: Told | None = None
        self._fitting: dict[int, World] = {}

    def _of(self, worlds: Sequence[World]) -> Told:
        """These worlds, counted; those that were asked last are still."""
        if self._told is None or self._told.worlds != tuple(worlds):
            self._told = Told(self._truth, tuple(worlds), self._publications, self._kept, self._rules)
            if worlds and all(id(world) in self._fitting for world in worlds):
                self._told.fits = [True] * (1 + len(worlds))  # whoever asked whether they fit need not wait again
        return self._told

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """All about partners, each once, in an order that no record decides."""
        return tuple(each for each in self._all if each.counts == "partners")

    @cached_property
    def of_conversations(self) -> tuple[Question, ...]:
        """All about conversations. Worlds answer them like any other; the build proves their sums in another way."""
        return tuple(each for each in self._all if each.counts == "conversations")

    @cached_property
    def _all(self) -> tuple[Question, ...]:
        known = self._kept.questions
        return tuple(dict.fromkeys(known.setdefault(each, each) for each in self._ask(AT_RANDOM)))

    def more_at_random(self, number: int) -> tuple[Question, ...]:
        """So many random questions: those of `questions` first."""
        return tuple(ask_at_random(self._editions, seed=seed_of(self._editions), number=number))

    def _ask(self, number: int) -> Iterator[Question]:
        publications = self._publications
        for edition in publications.all:
            within = ask_within(edition, self._agenda)
            asked = (self._as_promised(edition, each) for each in within)
            yield from (each for each in asked if each.asked is not Asked.DOUBT or not self._is_shown(each))
            cells = publications.cells[edition.publication]
            size, others = self._rules.group_size, beside(edition, publications.all)
            yield from ask_about_groups(
                self._true, edition, cells, self._agenda, size=size, others=others, lines=self._lines
            )
        yield from ask_across(publications, self._agenda)
        yield from ask_over_time(publications)
        yield from ask_about_standing(self._true, publications, self._agenda)
        yield from self.more_at_random(number)

    def _as_promised(self, edition: Edition, question: Question) -> Question:
        """What can be promised of a hidden number: where one end of it was told before, the other."""
        told = question.asked is Asked.BOTH and self._one_end.was_told(edition, question.of)
        return replace(question, asked=Asked.EITHER) if told else question

    @cached_property
    def _one_end(self) -> OneEnd:
        return OneEnd(self._true, self._editions)

    def _is_shown(self, question: Question) -> bool:
        """Whether a publication shows the very number that another does not: of that nobody is kept in doubt."""
        return (question.counts, names_of(question.of), self._true.members(question.counts, question.of)) in self._shown

    @cached_property
    def _shown(self) -> frozenset[tuple[str, frozenset[Pair], int]]:
        """What is counted of whom, and the records, for every number that is shown exactly."""
        cells = (
            (table.counts, expression(edition.publication, table, codes))
            for edition in self._editions
            for table in edition.tables
            for codes, cell in table.cells.items()
            if cell.status == "shown"
        )
        return frozenset((counts, names_of(of), self._true.members(counts, of)) for counts, of in cells)

    def find_untrue(self) -> Iterator[Problem]:
        """Publications whose records are not handed, and numbers that the records handed do not give."""
        for edition in self._editions:
            place = Place(f"{edition.folder}/release.json")
            if edition.publication not in self._truth:
                yield Problem(place, "", "the records behind this publication are not there")
                continue
            for table in edition.tables:
                wrong = [codes for codes, flags in agreeing(self._true, edition, table).items() if not flags[0]]
                yield from (
                    Problem(place, table.id, f"cell {', '.join(c)} is not the number of the records") for c in wrong
                )

    def fits(self, worlds: Sequence[World]) -> list[bool]:
        """Whether the truth (first) and each world fit everything published."""
        found = self._of(worlds).fits
        if found[0]:
            self._fitting |= {id(world): world for world, fit in zip(worlds, found[1:], strict=True) if fit}
        return found

    def examine(self, worlds: Sequence[World], questions: Sequence[Question] | None = None) -> Examined:
        """Ask the questions (all about partners, if none are given) of the truth and of those worlds that fit."""
        asked = self.questions if questions is None else tuple(questions)
        told = self._of(worlds)
        unanswered: list[Unanswered] = []
        sensitive: dict[Question, Demand] = {}
        for memory, answers in self._readers(told):
            for question in asked:
                demand = self._demand(answers, question, memory)
                if demand is not None:
                    sensitive[question] = demand
                    unanswered.extend(answers.missing(question, demand))
        return Examined(tuple(told.fits), tuple(sensitive.items()), tuple(unanswered))

    def told_by_periods(self) -> Iterator[Unanswered]:
        """Numbers of conversations of which periods that overlap or add up tell somebody too much."""
        if not tied(self._editions):
            return
        answers = Answers(self._true, [True], self._rules, Memory.EVER, truly=self._kept.truly)
        for question, attackers in told_by_periods(answers, self._editions, self._agenda, self._lines):
            yield Unanswered(question, attackers, Memory.EVER, None, None)

    def told_by_sums(self, publications: Collection[Publication]) -> Iterator[Unanswered]:
        """Numbers of conversations of which some publications, each by itself, tell somebody too much."""
        answers = Answers(self._true, [True], self._rules, Memory.EVER, truly=self._kept.truly)
        for edition in (each for each in self._publications.all if each.publication in publications):
            if any(table.counts == "conversations" for table in edition.tables):
                asked = [each for each in self.of_conversations if publications_of(each.of) == {edition.publication}]
                for question, who in told_by_sums(answers, edition, asked, self._agenda, self._lines):
                    if who:
                        yield Unanswered(question, who, Memory.EVER, None, None)

    def needed(self, worlds: Sequence[World]) -> tuple[World, ...]:
        """Of these worlds enough to answer what all of them answer; taken one by one, so not the fewest."""
        told = self._of(worlds)
        chosen = Chosen(1 + len(worlds))
        for memory, answers in self._readers(told):
            for question in self.questions:
                demand = self._demand(answers, question, memory)
                if demand is not None:
                    answers.choose(question, demand, chosen)
        return tuple(worlds[world - 1] for world in chosen.all if world)

    def _readers(self, told: Told) -> Iterator[tuple[Memory, Answers]]:
        yield from ((memory, told.answers(memory)) for memory in self.memories)

    def _demand(self, answers: Answers, question: Question, memory: Memory) -> Demand | None:
        """What a question asks of worlds, which the truth decides: asked once, whatever worlds are handed then."""
        key = memory.value, id(question)
        known = self._kept.demands.get(key)
        if known is None or known[0] is not question:
            wanted = None if self._is_asked_elsewhere(question, memory) else answers.demand(question)
            known = self._kept.demands[key] = question, wanted
        return known[1]

    def _is_asked_elsewhere(self, question: Question, memory: Memory) -> bool:
        """Whether a world that answers who knows what stood still answers this reader as well."""
        return memory is Memory.EVER and question.asked is Asked.EITHER and Memory.STILL in self.memories

    @cached_property
    def memories(self) -> tuple[Memory, ...]:
        """The readers that differ: somebody is named in one publication and there, unnamed, in another; cells stood."""
        forgetful, still = self._is_named_once(), stood_still(self._true, self._publications)
        return (Memory.EVER, *[Memory.HERE] * forgetful, *[Memory.STILL] * still)

    def _is_named_once(self) -> bool:
        named = {name for records in self._truth.values() for name, unit in records.units.items() if unit.named}
        records = (records.units.get(name) for records in self._truth.values() for name in named)
        return any(unit is not None and not unit.named for unit in records)


def seed_of(editions: Sequence[Edition]) -> bytes:
    """What the random questions follow from: every public number and label, and nothing else."""
    said = [
        (edition.publication, table.id, table.counts, [(side.name, *side.labels) for side in table.sides], [
            (codes, cell.value, cell.status) for codes, cell in table.cells.items()])
        for edition in sorted(editions, key=lambda each: each.publication)
        for table in edition.tables
    ]  # fmt: skip
    return sha256(repr(said).encode()).digest()


def _in_time(truth: Truth, editions: Sequence[Edition]) -> Truth:
    """The same, those first whose days ended first; before them what has no numbers."""
    days = {each.publication: each.period[::-1] for each in editions}
    return {each: truth[each] for each in sorted(truth, key=lambda each: (days.get(each, ("", "")), each))}
