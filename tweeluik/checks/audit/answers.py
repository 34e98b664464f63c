"""Which questions are sensitive in the true world, and which of these no world answers for some attacker."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from tweeluik.checks.audit.chosen import Chosen
from tweeluik.checks.audit.contributors import NO_TALKS, Contributors, Publications, Tables, Talks
from tweeluik.checks.audit.counting import OF_PARTNERS, Counting
from tweeluik.checks.audit.crowd import Bits, Flags, Numbers
from tweeluik.checks.audit.fitting import Attackers, Crowds, Insiders, acquainted, owners_of
from tweeluik.checks.audit.questions import Among, Asked, Expression, Label, Memory, Question, Unanswered
from tweeluik.checks.audit.worlds import Publication

FEWEST_FOR_A_SUM = 3
"""Of two contributors each can subtract its own."""


@dataclass(frozen=True, slots=True)
class Rules:
    """The policy's numbers: T, the least number of holdings; p of the p% rule; from which size on a group is no secret.

    `group_size` 0: however large a category is, nobody may be sure that all of it is in another. `published`: the T of
    publications that were made, or are about to be, under one of their own.
    """

    threshold: int
    p_percent: int
    group_size: int = 0
    published: Mapping[Publication, int] = field(default_factory=dict)

    def least(self, about: Publications) -> int:
        """T for what publications tell: what each was published with, and of several the least: all promised that.

        A policy that lowers T afterwards takes nothing back, and one that raises it asks nothing of what is out.
        """
        return min((self.published.get(each, self.threshold) for each in about), default=self.threshold)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Attackers for whom some world has a count of at most `low`, and some world one of at least `high` (None: any)."""

    low: int | None
    high: int | None
    attackers: Crowds


@dataclass(frozen=True, slots=True)
class Demand:
    """What a sensitive question asks of the worlds. `either`: low or high is enough."""

    wanted: tuple[Wanted, ...]
    either: bool = False


class Truly:
    """The true records alone: who stands behind what, and who knows whom, whatever worlds are handed."""

    def __init__(self, counting: Counting) -> None:
        self.counting, self.behind, self.tables = counting, Contributors(counting), Tables(counting)
        place = Insiders(counting).place
        self.met, self.owners = acquainted(counting, place), owners_of(counting.truth, place)


class Answers:
    """The truth and the worlds that fit, ready to be asked by readers of one memory.

    `insiders`, `truly`: of the same truth, where somebody has them.
    """

    def __init__(
        self, counting: Counting, fits: Sequence[bool], rules: Rules, memory: Memory,
        insiders: Insiders | None = None, *, truly: Truly | None = None,
    ) -> None:  # fmt: skip
        self._counting, self._rules, self._memory = counting, rules, memory
        self.attackers = Attackers(counting, memory, insiders)
        self._able = [able if fit else 0 for able, fit in zip(self.attackers.untouched, fits, strict=True)]
        self._rows = _rows(self._able, len(self.attackers.names))
        truly = truly or Truly(Counting(counting.truth))
        self._true, self._truly_behind = truly.counting, truly.behind
        self._behind = Contributors(counting, truly.behind)
        self._met, self._owners, self._tables = truly.met, truly.owners, truly.tables
        self._known: dict[tuple[int, Publications], Bits] = {}

    def _beside_known(self, counting: Counting, question: Question) -> Bits:
        """The organisations in a set that not everybody knows."""
        about = self._behind.publications(question.of) if self._memory is Memory.HERE else frozenset()
        key = (counting.size, about)
        if key not in self._known:
            names = sorted(self.attackers.known(about))
            self._known[key] = counting.units.everywhere(counting.units.row(names))
        return counting.members("partners", question.of) & ~self._known[key]

    # --- what is sensitive --------------------------------------------------------------------------------------------

    def demand(self, question: Question) -> Demand | None:
        """What a question asks of worlds; None: nothing, what it is about may be known."""
        beyond_names = question.asked is Asked.DOUBT or question.counts == "conversations"
        if (self._memory is not Memory.EVER and beyond_names) or (self._memory is Memory.HERE and question.same):
            return None  # for whom it is all the same, one is asked; who knows that a set only grew, remembers
        if beyond_names:
            return self._doubt(question) if question.asked is Asked.DOUBT else self._sum(question)
        rest = self._beside_known(self._true, question)
        if question.asked is Asked.SOMEBODY:
            if self._memory is Memory.STILL:
                return None  # who stood still, was there before: that all are "since then" is no news
            new = self.attackers.everybody & ~self._know_the_group(question)
            own = ((own, who & new) for own, who in self._own(question, rest))
            return Demand(tuple(Wanted(None, number + 1, who) for number, who in own if who))
        number = self._truly_behind.number(rest, question.of) if rest else 0
        least = self._rules.least(self._behind.publications(question.of)) if number else 0
        if not 0 < number < least:
            return None
        wanted = (Wanted(own, least, who) for own, who in self._own(question, rest))
        return Demand(tuple(wanted), either=question.asked is Asked.EITHER or self._memory is Memory.STILL)

    def _know_the_group(self, question: Question) -> Crowds:
        """Attackers to whom a group says nothing new: of all in the cell they know by themselves what they are."""
        whole, (category,) = _group(question.of)
        about = replace(question, of=whole)
        seen = category.pair is not None and category.pair[0] in OF_PARTNERS
        found = self.attackers.everybody
        for name in self._true.units.names_in(self._beside_known(self._true, about)):
            found &= (self._met if seen else self._owners).of(name)
            if not found:
                break  # of a large group that is after a few
        return found

    def _own(self, question: Question, rest: Bits) -> Iterator[tuple[int, Crowds]]:
        """How many holdings of a true set attackers know to be in it (their own, those that they met), and which do."""
        levels = [self.attackers.everybody]
        for members in self._truly_behind.holdings(rest, question.of):
            met = 0
            for name in self._true.units.names_in(members):
                met |= self._met.of(name)
            levels.append(0)
            for number in range(len(levels) - 1, 0, -1):
                levels[number] |= levels[number - 1] & met
        for number, (reached, more) in enumerate(zip(levels, (*levels[1:], 0), strict=True)):
            if reached & ~more:
                yield number, reached & ~more

    def _doubt(self, question: Question) -> Demand:
        """For the outsider: another number than the true one, on whichever side."""
        number = self.number(question)
        return Demand((Wanted(number - 1, number + 1, 1),), either=True)

    def _sum(self, question: Question) -> Demand | None:
        """Fewer than three contributors, or less than p% of the first left without the first two (p% rule)."""
        number, p = self.number(question), self._rules.p_percent
        if not number or 100 * (number - 2 * self._tables.most) >= p * self._tables.most:
            return None  # whoever the first two are
        contributions = self._tables.contributions(question.of)
        if not self._is_sensitive_sum(number, contributions.values()):
            return None
        first = max(map(len, contributions.values()))
        low = min(number * (100 - p) // 100, number - 1)
        return Demand(
            (
                Wanted(low, max(self._above(first), number + 1), 1),
                *self._of_holdings(self._tables.sat(question.of), contributions),
            )
        )

    def _of_holdings(self, there: Mapping[str, Talks], contributions: Mapping[str, Talks]) -> Iterator[Wanted]:
        """Nobody can bound the largest contribution of another within p percent, with what he knows of the rest.

        `there`: per holding at which of the conversations it sat.
        """
        levels: dict[int, Crowds] = {}
        usual = self._level(NO_TALKS, contributions.values())
        for holding, place in self.attackers.place.items():
            sat = there.get(holding, NO_TALKS)
            others = [own for each, own in contributions.items() if each != holding] if sat else []
            level = self._level(sat, others) if sat else usual
            levels[level] = levels.get(level, 0) | (1 << place if place else 0)
        yield from (Wanted(None, level, who) for level, who in sorted(levels.items()) if level and who)

    def _level(self, sat: Talks, others: Collection[Talks]) -> int:
        most = max(map(len, others), default=0)
        beside = max((len(sat - own) for own in others if len(own) == most), default=0)
        return self._above(most) + beside if most else 0

    def sat_by(self, holding: str, of: Expression) -> Talks:
        """The conversations of a true set at which a holding sat."""
        return self._tables.sat_by(holding, of)

    def number(self, question: Question) -> int:
        """The true answer, in records."""
        return self._true.members(question.counts, question.of).bit_count()

    def _is_sensitive_sum(self, number: int, contributions: Collection[Talks]) -> bool:
        if len(contributions) < FEWEST_FOR_A_SUM:
            return bool(contributions)
        first, *others = sorted(contributions, key=len, reverse=True)
        rest = number - max(len(first | other) for other in others)
        return 100 * rest < self._rules.p_percent * len(first)

    def _above(self, contribution: int) -> int:
        """The least whole number that is p percent above a contribution or more."""
        return -(-contribution * (100 + self._rules.p_percent) // 100)

    # --- what is answered ---------------------------------------------------------------------------------------------

    def missing(self, question: Question, demand: Demand) -> Iterator[Unanswered]:
        """The attackers for whom no world has what a question asks."""
        answers = self._answers(question)
        for each in demand.wanted:
            down, up = (self.attackers.everybody if end is None else 0 for end in (each.low, each.high))
            for value, able in answers.items():
                down |= able if each.low is not None and value <= each.low else 0
                up |= able if each.high is not None and value >= each.high else 0
            failed = each.attackers & ~(down | up if demand.either else down & up)
            if failed:
                yield Unanswered(question, self.attackers.names_in(failed), self._memory, each.low, each.high)

    def _answers(self, question: Question) -> Mapping[int, Crowds]:
        """Per number that some world answers, the attackers who cannot exclude all of these worlds."""
        values, able = self._values(question), self._able
        counts = self._is_same(question) if question.same else np.ones(len(values), dtype=np.bool_)
        found: dict[int, Crowds] = {}
        if counts[0] and able[0] == self.attackers.everybody:
            # Nobody excludes the truth, so that worlds with its number say nothing more.
            found[int(values[0])] = able[0]
            counts = counts & (values != values[0])
        found.update(self._together(values, np.flatnonzero(counts)))
        return found

    def _together(self, values: Numbers, worlds: NDArray[np.intp]) -> Iterator[tuple[int, Crowds]]:
        """Per number that some of the worlds have, the attackers who cannot exclude all of these."""
        if len(worlds):
            worlds = worlds[np.argsort(values[worlds], kind="stable")]
            told = values[worlds]
            new = np.ones(len(told), dtype=np.bool_)
            np.not_equal(told[1:], told[:-1], out=new[1:])
            begin = new.nonzero()[0]
            crowds = np.bitwise_or.reduceat(self._rows[worlds], begin, axis=0)
            for value, crowd in zip(told[begin].tolist(), crowds, strict=True):
                yield value, int.from_bytes(crowd.tobytes(), "little")

    def _values(self, question: Question) -> Numbers:
        """The answer in every world."""
        if question.counts == "conversations" or question.asked is Asked.DOUBT:
            crowd = self._counting.units if question.counts == "partners" else self._counting.talks
            return crowd.numbers(self._counting.members(question.counts, question.of))
        return self._behind.numbers(self._beside_known(self._counting, question), question.of)

    def _is_same(self, question: Question) -> Flags:
        """The worlds in which the sets that a reader takes to be one are one."""
        crowd = self._counting.units if question.counts == "partners" else self._counting.talks
        first, *others = (self._counting.members(question.counts, each) for each in question.same)
        differing = 0
        for other in others:
            differing |= first ^ other
        alike: Flags = crowd.numbers(differing) == 0
        return alike

    # --- which worlds that takes --------------------------------------------------------------------------------------

    def choose(self, question: Question, demand: Demand, chosen: Chosen) -> None:
        """Add to the chosen worlds what a question needs beside them, as far as there is any."""
        values = self._values(question)
        same = self._is_same(question) if question.same else np.ones(len(values), dtype=np.bool_)
        for each in demand.wanted:
            ends = [(each.low, each.high)] if demand.either else [(each.low, None), (None, each.high)]
            for low, high in ends:
                left = each.attackers
                for world in chosen.first(same & _reaches(values, low, high)):
                    if not left:
                        break
                    if self._able[world] & left:
                        left &= ~self._able[world]
                        chosen.add(world)


def _rows(crowds: Sequence[Crowds], attackers: int) -> NDArray[np.uint64]:
    """Sets of attackers, a row of words each."""
    size = 8 * (attackers // 64 + 1)
    data = b"".join(each.to_bytes(size, "little") for each in crowds)
    return np.frombuffer(data, dtype="<u8").reshape(len(crowds), size // 8)


def _group(of: Expression) -> tuple[Expression, tuple[Label, ...]]:
    """The cell and the category that a question about the rest of a group is put in: `less(cell, category)`."""
    if isinstance(of, Among) and isinstance(of.parts[-1], Among):
        return of.parts[0], tuple(each for each in of.parts[-1].parts if isinstance(each, Label))
    raise ValueError("not the rest of a group")


def _reaches(values: Numbers, low: int | None, high: int | None) -> Flags:
    """The worlds with at most `low`, or at least `high` (None: any)."""
    none = np.zeros(len(values), dtype=np.bool_)
    return (none if low is None else values <= low) | (none if high is None else values >= high)
