"""Which questions are sensitive in the true world, and which of these no world answers for some attacker."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from tweeluik.checks.audit.contributors import Contributors, Publications, Tables, publications
from tweeluik.checks.audit.counting import Bits, Counting, Counts, Flags
from tweeluik.checks.audit.fitting import Attackers, acquainted
from tweeluik.checks.audit.questions import Asked, Expression, Memory, Question, Unanswered

FEWEST_FOR_A_SUM = 3
"""Of two contributors each can subtract its own."""

NOTHING = 1 << 40
"""No world is asked for: everything is at or below it."""


@dataclass(frozen=True, slots=True)
class Rules:
    """The policy's numbers: T, the least number of holdings; p of the p% rule; from which size on a group is no secret.

    `group_size` 0: however large a category is, nobody may be sure that all of it is in another.
    """

    threshold: int
    p_percent: int
    group_size: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Demand:
    """What a sensitive question asks: per attacker a world with a count at or below `low`, and one at or above `high`.

    A `low` of `NOTHING` and a `high` of 0 ask nothing. `either`: one of the two is enough.
    """

    low: Counts
    high: Counts
    either: bool = False


class Answers:
    """The truth and the worlds that fit, ready to be asked by readers of one memory."""

    def __init__(self, counting: Counting, fits: Flags, rules: Rules, memory: Memory) -> None:
        self._counting, self._rules, self._memory = counting, rules, memory
        self._true = Counting(counting.truth)
        self.attackers = Attackers(counting, memory)
        self._able = self.attackers.untouched & fits[:, None]
        self._behind, self._truly_behind = Contributors(counting), Contributors(self._true)
        self._tables = Tables(self._true)
        self._known: dict[tuple[int, Publications], Bits] = {}

    def _beside_known(self, counting: Counting, question: Question) -> Bits:
        """The organisations in a set that not everybody knows."""
        about = publications(question.of) if self._memory is Memory.HERE else frozenset()
        key = (counting.size, about)
        if key not in self._known:
            names = sorted(self.attackers.known(about))
            self._known[key] = counting.units.everywhere(counting.units.row(names))
        return counting.members("partners", question.of) & ~self._known[key]

    # --- what is sensitive --------------------------------------------------------------------------------------------

    def demand(self, question: Question) -> Demand | None:
        """What a question asks of worlds; None: nothing, what it is about may be known."""
        if question.asked is Asked.DOUBT or question.counts == "conversations":
            if self._memory is Memory.HERE:
                return None  # who remembers less asks no more
            return self._doubt(question) if question.asked is Asked.DOUBT else self._sum(question)
        rest = self._beside_known(self._true, question)
        number = int(self._truly_behind.count(rest, question.of)[0])
        if question.asked is Asked.SOMEBODY:
            own = self._own(rest, question.of)
            return Demand(np.full_like(own, NOTHING), own + 1)
        if not 0 < number < self._rules.threshold:
            return None
        own = self._own(rest, question.of)
        return Demand(own, np.full_like(own, self._rules.threshold), either=question.asked is Asked.EITHER)

    def _own(self, rest: Bits, of: Expression) -> Counts:
        """Per attacker how many holdings of a true set he knows to be in it: his own, and those that he met."""
        mine = self._acquainted & self._true.units.flags(rest)[:, : len(self._true.units.names)]
        return self._truly_behind.count_each(mine, rest, of)

    @cached_property
    def _acquainted(self) -> Flags:
        return acquainted(self._true, self.attackers.place)

    def _doubt(self, question: Question) -> Demand:
        """For the outsider: another number than the true one, on whichever side."""
        crowd = self._true.units if question.counts == "partners" else self._true.talks
        number = int(crowd.count(self._true.members(question.counts, question.of))[0])
        low = np.full(len(self.attackers.names), NOTHING)
        high = np.zeros_like(low)
        low[0], high[0] = number - 1, number + 1
        return Demand(low, high, either=True)

    def _sum(self, question: Question) -> Demand | None:
        """Fewer than three contributors, or less than p% of the first left without the first two (p% rule)."""
        inside = self._true.members("conversations", question.of)
        number = inside.bit_count()
        if not number or 100 * (number - 2 * self._tables.most) >= self._rules.p_percent * self._tables.most:
            return None  # whoever the first two are
        contributions = self._tables.contributions(question.of)
        if not self._is_sensitive_sum(contributions):
            return None
        place, p = self.attackers.place, self._rules.p_percent
        ranked = sorted(contributions, key=lambda holding: -contributions[holding].bit_count())
        low = np.full(len(place), NOTHING)
        high = np.zeros_like(low)
        low[0] = min(number * (100 - p) // 100, number - 1)
        high[0] = max(self._above(contributions[ranked[0]].bit_count()), number + 1)
        for holding, attended in self._tables.attended.items():
            most = next((contributions[each].bit_count() for each in ranked if each != holding), 0)
            victims = (own for each, own in contributions.items() if each != holding and own.bit_count() == most)
            beside = max(((attended & inside & ~victim).bit_count() for victim in victims), default=0)
            high[place[holding]] = self._above(most) + beside if most else 0
        return Demand(low, high)

    def _is_sensitive_sum(self, contributions: Mapping[str, Bits]) -> bool:
        if len(contributions) < FEWEST_FOR_A_SUM:
            return bool(contributions)
        first = max(contributions.values(), key=int.bit_count)
        total = 0
        for own in contributions.values():
            total |= own
        others = list(contributions.values())
        others.remove(first)
        rest = min((total & ~first & ~other).bit_count() for other in others)
        return 100 * rest < self._rules.p_percent * first.bit_count()

    def _above(self, contribution: int) -> int:
        """The least whole number that is p percent above a contribution or more."""
        return -(-contribution * (100 + self._rules.p_percent) // 100)

    # --- what is answered ---------------------------------------------------------------------------------------------

    def missing(self, question: Question, demand: Demand) -> Iterator[Unanswered]:
        """The attackers for whom no world has what a question asks."""
        values, able = self._values(question), self._able
        if question.same:
            able = able & self._is_same(question)[:, None]
        down, up = _reached(able, values <= demand.low[:, None]), _reached(able, values >= demand.high[:, None])
        failed = ~(down | up) if demand.either else ~(down & up)
        for low in np.unique(demand.low[failed]):
            of_low = failed & (demand.low == low)
            for high in np.unique(demand.high[of_low]):
                names = tuple(self.attackers.names[i] for i in np.flatnonzero(of_low & (demand.high == high)))
                yield Unanswered(question, names, self._memory, None if low == NOTHING else int(low), int(high) or None)

    def _values(self, question: Question) -> Counts:
        """The answer in every world."""
        if question.counts == "conversations" or question.asked is Asked.DOUBT:
            crowd = self._counting.units if question.counts == "partners" else self._counting.talks
            return crowd.count(self._counting.members(question.counts, question.of))
        return self._behind.count(self._beside_known(self._counting, question), question.of)

    def _is_same(self, question: Question) -> Flags:
        """The worlds in which the sets that a reader takes to be one are one."""
        crowd = self._counting.units if question.counts == "partners" else self._counting.talks
        first, *others = (self._counting.members(question.counts, each) for each in question.same)
        differing = 0
        for other in others:
            differing |= first ^ other
        return np.asarray(crowd.count(differing) == 0)


def _reached(able: Flags, wanted: Flags) -> Flags:
    """Per attacker whether some world that he cannot exclude is wanted; `wanted` has a row per attacker."""
    return np.asarray((able & wanted.T).any(axis=0))
