"""What to ask for instead of what cannot be published: cures, tried until one works."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import islice

from tweeluik.disclosure.effort import Effort
from tweeluik.protection.cures import Cure, cures, last_resorts, no_numbers, still_tells
from tweeluik.protection.redesign import LAST, Refusal
from tweeluik.record.register import Register
from tweeluik.source.records import Edition, Source

MOST_TRIALS = 10
"""Cures that are tried, before giving up."""

A_TRIAL, EACH = 0.25, 0.4
"""The part of the effort that protecting an edition may take when a cure is tried; and of what is left, the part for
each cure: of dear ones few are tried."""

A_GLANCE, AT_LEAST, AT_MOST = 2.0, 0.05, 0.05
"""A first look at a cure takes so much of the effort that the refusal took, which is mostly more than one that works
takes; of the effort for an edition, at least; and of what is left, at most."""

LONGER = 2
"""So many times as long is looked at what leaves a world for a number that has none now, where other cures do not."""

BEFORE_THE_LAST = 0.9
"""The part of what is left for all cures but an edition without numbers, which nothing but names can speak against."""

Works = Callable[[Cure, Effort], bool | None]
"""Whether everything is safe by what a cure asks for; None: the effort ended before that was known."""


class Remedies:
    """The cures of one source, and the trying of them."""

    def __init__(self, source: Source, register: Register, most: Effort, works: Works) -> None:
        self._source, self._register, self._most, self._works = source, register, most, works

    def words(self, refusal: Refusal, editions: Sequence[Edition]) -> str | None:
        """What to ask for instead, tried; what was told before only an edition without numbers does not tell again."""
        words = None if refusal.certain else self._gentle(refusal, editions)
        if words is not None:
            return words
        nothing = no_numbers(self._source, editions, refusal.edition)
        words = next((each.words for each in nothing if self._works(each, self._most)), None)
        return f"{refusal.hint}; or {words}" if words is not None and refusal.hint != LAST else words

    def _gentle(self, refusal: Refusal, editions: Sequence[Edition]) -> str | None:
        """What to ask for instead that keeps numbers.

        What works is mostly seen with little effort, and what does not takes much: so all are tried with little first,
        and those before all others that take away a number which leaves no world now.
        """
        out = [release for versions in self._register.values() for release in versions]
        named = frozenset(name for release in out for name in release.named) if out else None
        found = cures(self._source, editions, refusal.edition, refusal.about, refusal.table, named=named)
        dear = list[Cure]()
        for some, times in self._in_order(refusal, editions, list(islice(found, MOST_TRIALS))):
            works, left = self._look_at(some, times)
            if works is not None:
                return works.words
            dear += left
        least, most = A_TRIAL * self._source.policy.effort.value, self._most.part(BEFORE_THE_LAST)
        for cure in dear:
            effort = most.part(EACH)
            if not effort.holds(least):
                break
            if self._works(cure, effort):
                return cure.words
        less = last_resorts(self._source, editions, refusal.edition)
        return next((each.words for each in less if self._works(each, most.part(EACH))), None)

    def _in_order(
        self, refusal: Refusal, editions: Sequence[Edition], found: Sequence[Cure]
    ) -> Sequence[tuple[Sequence[Cure], int]]:
        """First those that leave a world for what cannot be kept now, looked at longer where others do not."""
        bright = [each for each in found if self._might_do(refusal, editions, each)]
        dim = [each for each in found if all(each is not one for one in bright)]
        return ((bright, LONGER if dim else 1), (dim, 1))

    def _might_do(self, refusal: Refusal, editions: Sequence[Edition], cure: Cure) -> bool:
        """Whether there might be a world if no more were told than what a cure tells as it was asked for."""
        if refusal.could is None or cure.source is not None:
            return True
        return refusal.could(still_tells(editions, cure))

    def _look_at(self, cures: Sequence[Cure], times: int) -> tuple[Cure | None, Sequence[Cure]]:
        """The first that works, and those of which a look does not tell."""
        open_ = list[Cure]()
        least = times * AT_LEAST * self._source.policy.effort.value
        little = self._most.like(times * A_GLANCE, least, times * AT_MOST).most - self._most.meter.done
        for cure in cures:
            works = self._works(cure, Effort(self._most.meter.done + little, self._most.meter))
            if works:
                return cure, open_
            open_ += [cure] * (works is None)
        return None, open_
