"""The same conversation in several publications, whatever is told otherwise of it.

Who sat at a table is told by the umbrellas and successors of a reference date, and a correction may move a conversation
to another month, part of the agenda or partner. To who reads two numbers it is one: what he takes for added, or left
out, is what the publications have beyond each other beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import partial

from tweeluik.checks.audit.worlds import Pair, Publication, Records, Talk, Truth

Periods = Mapping[Publication, tuple[date, date]]
"""The first and the last day that every publication is about."""


def _all(talk: Talk, asked: frozenset[str]) -> Hashable:
    return talk.units, talk.month, _codes(talk, asked)


def _but_the_month(talk: Talk, asked: frozenset[str]) -> Hashable:
    return talk.units, _codes(talk, asked)


def _but_what_about(talk: Talk, asked: frozenset[str]) -> Hashable:  # noqa: ARG001 - as the others
    return talk.units, talk.month


def _but_with_whom(talk: Talk, asked: frozenset[str]) -> Hashable:
    return talk.month, _codes(talk, asked)


ALIKE = (_all, _but_the_month, _but_what_about, _but_with_whom)
"""What two records of one conversation have in common, of the dimensions that both publications ask: all of it, or two
of three.
"""


def as_one_meeting(truth: Truth, periods: Periods) -> Truth:
    """The same records, with one id for a conversation that one publication has in the place of one of another.

    Those are looked at that only one of two has, of days that both are about.
    """
    found: dict[Publication, Records] = {}
    for publication in sorted(truth, key=lambda each: (each not in periods, periods.get(each), each)):
        here, talks = truth[publication], truth[publication].talks
        for other in sorted(found, key=lambda each: (each[0] == publication[0], each), reverse=True):
            months = _in_common(periods, publication, other) if talks and found[other].talks else None
            if months is not None:
                talks = dict(_renamed(talks, found[other].talks, months))
        found[publication] = replace(here, talks=talks)
    return {publication: found[publication] for publication in truth}


def _in_common(periods: Periods, one: Publication, other: Publication) -> tuple[str, str] | None:
    """The first and the last month that two publications are both about; None: there are none."""
    if one not in periods or other not in periods:
        return None
    (first, until), (begin, end) = periods[one], periods[other]
    return (f"{max(first, begin):%Y-%m}", f"{min(until, end):%Y-%m}") if max(first, begin) <= min(until, end) else None


def _renamed(
    talks: Mapping[str, Talk], others: Mapping[str, Talk], months: tuple[str, str]
) -> Iterator[tuple[str, Talk]]:
    """Conversations of one publication under the ids that another has for them."""
    came, gone = (
        {name: each[name] for name in sorted(each.keys() - known) if months[0] <= each[name].month <= months[1]}
        for each, known in ((talks, others.keys()), (others, talks.keys()))
    )
    ids: dict[str, str] = {}
    asked = _asked(talks) & _asked(others)
    for sign in ALIKE if came and gone else ():
        ids |= _paired(came, gone, ids, partial(sign, asked=asked))
    return ((ids.get(name, name), talk) for name, talk in talks.items())


def _paired(
    came: Mapping[str, Talk], gone: Mapping[str, Talk], known: Mapping[str, str], sign: Callable[[Talk], Hashable]
) -> Mapping[str, str]:
    """Per conversation that came one that is gone and looks alike; each once, and nobody who has one already."""
    able: dict[Hashable, list[str]] = {}
    for name in _left(gone, known.values()):
        able.setdefault(sign(gone[name]), []).append(name)
    return {name: alike.pop() for name in _left(came, known.keys()) if (alike := able.get(sign(came[name]), []))}


def _left(some: Mapping[str, Talk], known: Collection[str]) -> list[str]:
    taken = frozenset(known)
    return [name for name in some if name not in taken]


def _asked(talks: Mapping[str, Talk]) -> frozenset[str]:
    return frozenset(name for talk in talks.values() for name, _ in talk.codes)


def _codes(talk: Talk, asked: frozenset[str]) -> frozenset[Pair]:
    return frozenset(pair for pair in talk.codes if pair[0] in asked)
