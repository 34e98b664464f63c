"""Categories under other names: what continues what through the years, and what an edition takes together.

A category is the lines behind it, each from its oldest code to its newest. Two categories with the same lines are one
to whoever knows the words of the field; one with more of them is the whole of which others are parts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import product
from types import MappingProxyType

from tweeluik.checks.audit.worlds import Pair

Lines = Mapping[Pair, frozenset[str]]
"""Per category that continues another, or is continued, the lines behind it. Of every other it is its code."""

NO_LINES: Lines = MappingProxyType({})

Pairs = frozenset[Pair]

Meaning = frozenset[tuple[str, frozenset[str]]]
"""Per dimension the lines that records must be on one of."""


def meaning(pairs: Pairs, lines: Lines) -> Meaning:
    """What categories are, under whichever names."""
    return frozenset((name, _behind(name, code, lines)) for name, code in pairs)


def _behind(name: str, code: str, lines: Lines) -> frozenset[str]:
    """The lines behind a code, or behind those that an edition took together."""
    if "+" not in code:
        behind = lines.get((name, code))
        return _itself(code) if behind is None else behind
    return frozenset[str]().union(*(_behind(name, part, lines) for part in code.split("+")))


@cache
def _itself(code: str) -> frozenset[str]:
    return frozenset({code})


def is_whole(of: Meaning) -> bool:
    """Whether another name may stand for a part of it."""
    return any(len(behind) > 1 for _, behind in of)


def is_part(of: Meaning, whole: Meaning) -> bool:
    """Whether whoever is in the one is in the other, which is wider."""
    wide = dict(whole)
    return of != whole and dict(of).keys() == wide.keys() and all(behind <= wide[name] for name, behind in of)


def is_across(of: Meaning, other: Meaning) -> bool:
    """Whether somebody may be in both, and somebody in each that is not in the other: they are taken together apart."""
    mine, theirs = dict(of), dict(other)
    if mine.keys() != theirs.keys() or any(mine[name].isdisjoint(theirs[name]) for name in mine):
        return False
    return any(mine[name] - theirs[name] for name in mine) and any(theirs[name] - mine[name] for name in mine)


def are_all(parts: Iterable[Meaning], whole: Meaning) -> bool:
    """Whether parts leave nothing of the whole."""
    return frozenset(_corners(whole)) <= frozenset(corner for part in parts for corner in _corners(part))


def _corners(of: Meaning) -> Iterator[tuple[str, ...]]:
    """Every choice of one line per dimension."""
    return product(*(sorted(behind) for _, behind in sorted(of, key=lambda each: each[0])))
