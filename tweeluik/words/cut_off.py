"""Names of which words were cut off with a point, or that break off where a form or a column had no place for more."""

from __future__ import annotations

from collections.abc import Iterator

CutWords = tuple[tuple[str, bool], ...]
"""The words of a name in their order, each with whether a point says that it was cut off."""

LEAST_OF_CUT = 6
"""Letters that must be left of a name of which words were cut off."""

LEAST_OF_BEGINNING = 20
"""So many letters of a name are its beginning and no other name: a form or a column had no place for more."""

LEAST_OF_BROKEN = 14
"""The same where it breaks off within a word."""


def is_beginning(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether a name is the beginning of another, in whole words or broken off in the last."""
    at, number = len(one) - 1, sum(map(len, one))
    if len(one) > len(other) or one[:at] != other[:at] or not other[at].startswith(one[at]):
        return False
    return number >= (LEAST_OF_BEGINNING if one[at] == other[at] else LEAST_OF_BROKEN)


def has_cut(words: CutWords) -> bool:
    """Whether a word of it was cut off."""
    return any(is_cut for _, is_cut in words)


def are_alike(one: CutWords, other: CutWords) -> bool:
    """Whether they are the same words but for those that a point cuts off, with enough left that tells something."""
    if len(one) != len(other):
        return False
    shared = 0
    for (a, a_is_cut), (b, b_is_cut) in zip(one, other, strict=True):
        if not (a == b or (a_is_cut and b.startswith(a)) or (b_is_cut and a.startswith(b))):
            return False
        shared += min(len(a), len(b))
    return shared >= LEAST_OF_CUT


def broken_off(name: tuple[str, ...]) -> Iterator[str]:
    """Every text with which a name may have been broken off."""
    text = "".join(name)
    yield from (text[:at] for at in range(LEAST_OF_BROKEN, len(text)))


def initials(words: CutWords) -> str:
    """What two that are alike have in common at least."""
    return "".join(word[0] for word, _ in words)
