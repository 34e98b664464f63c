"""How often words occur in Dutch: whether a name is one that an ordinary text may hold by chance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

_TABLE = Path(__file__).with_name("frequencies.txt")

LEAST_CHANCE = -14
"""Decimal logarithm of the chance that these words follow each other at one place, were they drawn one by one. Words
that are said together follow each other a thousand times as often, and a site has a hundred thousand places."""

_FREQUENT = 60
_NANO = -9
_TENTHS = 10


def is_word(folded: str) -> bool:
    """Whether a word is among the usual ones: at least one in a million, and no name of a person or a place."""
    return folded in _frequencies()


def is_frequent(folded: str) -> bool:
    """Whether it is one of the few hundred words of which most of a text consists: "de", "met", "ook"."""
    return _frequencies().get(folded, 0) >= _FREQUENT


def are_ordinary(folded: Sequence[str]) -> bool:
    """Whether ordinary texts may have these words in a row without meaning whoever is called so."""
    often = [_frequencies().get(word) for word in folded]
    known = [each / _TENTHS + _NANO for each in often if each is not None]
    return bool(known) and len(known) == len(often) and sum(known) >= LEAST_CHANCE


def usual() -> frozenset[str]:
    """All usual words."""
    return frozenset(_frequencies())


@cache
def _frequencies() -> Mapping[str, int]:
    """Per word ten times the logarithm of how many there are of it in a thousand million."""
    lines = (line.split() for line in _TABLE.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
    return {word: int(often) for often, *found in lines for word in found}
