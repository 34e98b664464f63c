"""A slip of the pen: a letter too many, too few, wrong, or in the place of the one beside it."""

from __future__ import annotations


def is_at_most_one_slip(one: str, other: str) -> bool:
    """Whether two words are the same, or differ by one slip (a distance of Damerau and Levenshtein of at most 1)."""
    short, long = (one, other) if len(one) <= len(other) else (other, one)
    if len(long) - len(short) > 1:
        return False
    start = 0
    for letter, beside in zip(short, long, strict=False):
        if letter != beside:
            break
        start += 1
    if len(short) < len(long):
        return short[start:] == long[start + 1 :]
    if short[start + 1 :] == long[start + 1 :]:
        return True
    return short[start : start + 2] == long[start : start + 2][::-1] and short[start + 2 :] == long[start + 2 :]
