"""Whether two names are those of one organisation: the same, maybe the same (a question), or different.

One matcher for the source, the import and the exclusion list. Sure is an equal number, or names whose telling letters
are equal. A question is what a person must look at: words in another order, one slip of the pen, another spelling of a
name from elsewhere. The rest is different. How well it does is measured in `bench/matching.py`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from enum import Enum
from typing import NamedTuple

from tweeluik.words.cut_off import are_alike, has_cut, is_beginning
from tweeluik.words.known import Known
from tweeluik.words.slips import is_at_most_one_slip

LEAST_OF_SLIP = 5
"""Letters of a word in which a slip of the pen is believed; shorter words differ by a letter and mean another thing."""

LEAST_OF_LONE_SLIP = 7
"""The same for a name of one word."""

LEAST_OF_FIRST_SLIP = 8
"""The same for its first letter: Kerk and Werk, Assen and Essen are words of their own."""


class Verdict(Enum):
    """What is to be done with a pair."""

    SAME = "same"
    MAYBE = "maybe the same"
    DIFFERENT = "different"


class Likeness(Enum):
    """In what two names agree, the surest first. The value is told to the person who judges."""

    NUMBER = "the same number in the trade register or at the tax office"
    LETTERS = "the same name but for its legal form, accents, spaces or signs"
    PART = "the same name but for what one of them has in brackets or adds"
    ORDER = "the same words, in another order or with small words between them"
    PLACE = "the same name but for a place, the country or a branch"
    STEMS = "the same words but for their endings"
    SOUND = "the same name in another spelling"
    SCRIPT = "the same consonants in another script"
    SLIP = "one letter is different"
    KIND = "the same name but for what kind of organisation it is, or with letters for its first words"
    CUT = "the same words, of which some are cut off, or the last are missing"


class Match(NamedTuple):
    """A verdict and what it rests on; no likeness when different."""

    verdict: Verdict
    likeness: Likeness | None = None


def compare(one: Known, other: Known) -> Match:
    """The verdict over a pair.

    Two numbers of one kind that differ are two organisations to their register: then equal names are a question, for a
    number can be mistyped, and names that are merely alike are different.
    """
    if one.numbers & other.numbers:
        return Match(Verdict.SAME, Likeness.NUMBER)
    apart = _have_other_numbers(one, other)
    if one.letters & other.letters:
        return Match(Verdict.MAYBE if apart else Verdict.SAME, Likeness.LETTERS)
    likeness = None if apart else next((each for each, holds in _DOUBTS if holds(one, other)), None)
    return Match(Verdict.MAYBE, likeness) if likeness else Match(Verdict.DIFFERENT)


def _have_other_numbers(one: Known, other: Known) -> bool:
    """Numbers of one kind have one length."""
    return not {len(number) for number in one.numbers}.isdisjoint(len(number) for number in other.numbers)


def _part(one: Known, other: Known) -> bool:
    return bool(one.letters & other.letters_of_parts or one.letters_of_parts & other.letters)


def _order_of_parts(one: Known, other: Known) -> bool:
    return bool(one.tokens & other.tokens_beside or one.tokens_beside & other.tokens)


def _place(one: Known, other: Known) -> bool:
    return bool(one.letters & other.placeless or one.placeless & other.letters)


def _undescribed(one: Known, other: Known) -> bool:
    """Of at most one of the two what stands in front is taken off: `Taalhuis Klaver` is not `Buurthuis Klaver`."""
    return _has_left(one, other) or _has_left(other, one) or bool(one.kernels & other.kernels)


def _has_left(one: Known, other: Known) -> bool:
    return bool(one.undescribed & other.letters or one.undescribed_kernels & other.kernels)


def _cut(one: Known, other: Known) -> bool:
    if any(is_beginning(a, b) or is_beginning(b, a) for a in one.beginnings for b in other.beginnings):
        return True
    return any(are_alike(a, b) for a in one.cuts for b in other.cuts if has_cut(a) or has_cut(b))


def _script(one: Known, other: Known) -> bool:
    return bool(one.foreign & other.consonants or one.consonants & other.foreign)


def _slip(one: Known, other: Known) -> bool:
    return any(_is_one_slip(a, b) for a in one.tokens for b in other.tokens)


def _is_one_slip(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether one word of each differs, by a letter too many, too few, wrong or in the wrong place."""
    if len(one) != len(other):
        return False
    here, there = Counter(one) - Counter(other), Counter(other) - Counter(one)
    if here.total() != 1:
        return False
    (a,), (b,) = here, there
    return _may_be_a_slip(a, b, alone=len(one) == 1) and is_at_most_one_slip(a, b)


def _may_be_a_slip(one: str, other: str, *, alone: bool) -> bool:
    least = LEAST_OF_LONE_SLIP if alone else LEAST_OF_SLIP
    longest = max(len(one), len(other))
    begins_alike = one[0] == other[0] or longest >= LEAST_OF_FIRST_SLIP
    return longest >= least and begins_alike and one.isalpha() and other.isalpha()


_DOUBTS: tuple[tuple[Likeness, Callable[[Known, Known], bool]], ...] = (
    (Likeness.PART, _part),
    (Likeness.ORDER, lambda one, other: bool(one.tokens & other.tokens)),
    (Likeness.PLACE, _place),
    (Likeness.ORDER, _order_of_parts),
    (Likeness.STEMS, lambda one, other: bool(one.stems & other.stems)),
    (Likeness.SOUND, lambda one, other: bool(one.sounds & other.sounds)),
    (Likeness.SCRIPT, _script),
    (Likeness.SLIP, _slip),
    (Likeness.KIND, _undescribed),
    (Likeness.CUT, _cut),
)
"""The surest first: whoever judges is told the first that holds."""
