"""Whether two names are those of one organisation: the same, maybe the same (a question), or different.

One matcher for the source, the import and the exclusion list. Sure is an equal number, or names whose telling letters
are equal. A question is what a person must look at: words in another order, one slip of the pen, another spelling of a
name from elsewhere. The rest is different. How well it does is measured in `bench/matching.py`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cached_property, lru_cache
from typing import Generic, NamedTuple, TypeVar

from rapidfuzz.distance import OSA

from tweeluik.words.cut_off import CutWords, are_alike, broken_off, has_cut, initials, is_beginning
from tweeluik.words.names import Reading, cut_words, partial_readings, placeless_readings, readings

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
    CUT = "the same words, of which some are cut off, or the last are missing"


class Match(NamedTuple):
    """A verdict and what it rests on; no likeness when different."""

    verdict: Verdict
    likeness: Likeness | None = None


@dataclass(frozen=True)
class Known:
    """How an organisation is known: every name that it has or had, and its numbers, digits only."""

    names: tuple[str, ...]
    numbers: frozenset[str] = frozenset()

    def __repr__(self) -> str:
        return "<Known>"

    @cached_property
    def whole(self) -> tuple[Reading, ...]:
        """Every name as a whole."""
        return tuple(each for name in self.names for each in readings(name))

    @cached_property
    def parts(self) -> tuple[Reading, ...]:
        """What may stand for a name."""
        return tuple(each for name in self.names for each in partial_readings(name))

    @cached_property
    def letters(self) -> frozenset[str]:
        """The telling letters of its names."""
        return frozenset(each.letters for each in self.whole)

    @cached_property
    def letters_of_parts(self) -> frozenset[str]:
        """The telling letters of parts of its names."""
        return frozenset(each.letters for each in self.parts)

    @cached_property
    def placeless(self) -> frozenset[str]:
        """The telling letters of its names without a place."""
        return frozenset(each.letters for name in self.names for each in placeless_readings(name))

    @cached_property
    def cuts(self) -> frozenset[CutWords]:
        """The words of each of its names in their order, each with whether it was cut off."""
        return frozenset(each for name in self.names for each in cut_words(name))

    @cached_property
    def beginnings(self) -> frozenset[tuple[str, ...]]:
        """The words of each of its names in their order."""
        return frozenset(each.words for each in self.whole)

    @cached_property
    def tokens(self) -> frozenset[tuple[str, ...]]:
        """The words of each of its names."""
        return frozenset(each.tokens for each in self.whole)

    @cached_property
    def stems(self) -> frozenset[str]:
        """The same by their stems."""
        return frozenset(each.stems for each in self.whole)

    @cached_property
    def sounds(self) -> frozenset[str]:
        """How its names sound; none for what is too short to tell."""
        return frozenset(filter(None, (each.sounds for each in self.whole)))

    @cached_property
    def consonants(self) -> frozenset[str]:
        """The consonants of its names; none for what is too short to tell."""
        return frozenset(filter(None, (each.consonants for each in self.whole)))

    @cached_property
    def foreign(self) -> frozenset[str]:
        """The consonants of those of its names that are written in another script."""
        return frozenset(filter(None, (each.consonants for each in self.whole if each.is_foreign)))


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


def _place(one: Known, other: Known) -> bool:
    return bool(one.letters & other.placeless or one.placeless & other.letters)


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
    return _may_be_a_slip(a, b, alone=len(one) == 1) and OSA.distance(a, b, score_cutoff=1) <= 1


def _may_be_a_slip(one: str, other: str, *, alone: bool) -> bool:
    least = LEAST_OF_LONE_SLIP if alone else LEAST_OF_SLIP
    longest = max(len(one), len(other))
    begins_alike = one[0] == other[0] or longest >= LEAST_OF_FIRST_SLIP
    return longest >= least and begins_alike and one.isalpha() and other.isalpha()


_DOUBTS: tuple[tuple[Likeness, Callable[[Known, Known], bool]], ...] = (
    (Likeness.PART, _part),
    (Likeness.ORDER, lambda one, other: bool(one.tokens & other.tokens)),
    (Likeness.PLACE, _place),
    (Likeness.STEMS, lambda one, other: bool(one.stems & other.stems)),
    (Likeness.SOUND, lambda one, other: bool(one.sounds & other.sounds)),
    (Likeness.SCRIPT, _script),
    (Likeness.SLIP, _slip),
    (Likeness.CUT, _cut),
)
"""The surest first: whoever judges is told the first that holds."""


# --- among many -------------------------------------------------------------------------------------------------------

Id = TypeVar("Id", bound=Hashable)


class Index(Generic[Id]):
    """Many organisations, of which those that are like a given one are found without comparing it with all.

    Names that `compare` calls alike share a key: their letters, words, stems, sounds or consonants; or, for one slip of
    the pen, what is left of a word when one letter is taken out. Where one has a place or an end that the other lacks,
    what is left of the one is all of the other, so that thousands of one country are not compared with each other.
    """

    def __init__(self, known: Mapping[Id, Known]) -> None:
        self._known: dict[Id, Known] = {}
        self._by_key: dict[Hashable, list[Id]] = defaultdict(list)
        self._by_less: dict[Hashable, list[Id]] = defaultdict(list)
        self._by_whole: dict[Hashable, list[Id]] = defaultdict(list)
        self._by_word: dict[str, dict[Id, None]] = defaultdict(dict)
        for id_, each in known.items():
            self.add(id_, each)

    def add(self, id_: Id, known: Known) -> None:
        """One organisation more."""
        self._known[id_] = known
        for keys, kept in ((_keys, self._by_key), (_less, self._by_less), (_whole, self._by_whole)):
            for key in keys(known):
                kept[key].append(id_)
        for word in (word for tokens in known.tokens for word in tokens):
            self._by_word[word][id_] = None

    def find(self, sought: Known) -> Iterator[tuple[Id, Match]]:
        """Every organisation that is or may be the one sought, in the order in which they were given."""
        alike = dict.fromkeys(id_ for key in _keys(sought) for id_ in self._by_key.get(key, ()))
        alike |= dict.fromkeys(id_ for key in _whole(sought) for id_ in self._by_less.get(key, ()))
        alike |= dict.fromkeys(id_ for key in _less(sought) for id_ in self._by_whole.get(key, ()))
        for id_ in alike:
            match = compare(sought, self._known[id_])
            if match.verdict is not Verdict.DIFFERENT:
                yield id_, match

    def sharing(self) -> Mapping[Id, set[Id]]:
        """Per organisation those that came after it and share a key with it."""
        later: dict[Id, set[Id]] = defaultdict(set)
        for alike in self._by_key.values():
            for position, id_ in enumerate(alike[:-1], 1):
                later[id_].update(alike[position:])
        order = {id_: number for number, id_ in enumerate(self._known)}
        for key, those in self._by_less.items():
            for one in those:
                for other in self._by_whole.get(key, ()):
                    if one != other:
                        first, last = sorted((one, other), key=order.__getitem__)
                        later[first].add(last)
        return later

    def find_named(self, letters: Iterable[str]) -> Iterator[Id]:
        """Every organisation that has a name with exactly these telling letters."""
        for each in letters:
            yield from (id_ for id_ in self._by_key.get(each, ()) if each in self._known[id_].letters)

    def find_with_words(self, words: frozenset[str]) -> Iterator[Id]:
        """Every organisation that has a name with all these words in it, wherever they stand; none without a word."""
        rarest = min((self._by_word.get(each, dict[Id, None]()) for each in words), key=len, default=dict[Id, None]())
        yield from (id_ for id_ in rarest if any(words <= {*tokens} for tokens in self._known[id_].tokens))


def find_pairs(known: Mapping[Id, Known]) -> Iterator[tuple[Id, Id, Match]]:
    """Every pair that is or may be one organisation, each once, the one given first in front."""
    ids = tuple(known)
    later = Index(dict(enumerate(known.values()))).sharing()
    for one, others in sorted(later.items()):
        for other in sorted(others):
            match = compare(known[ids[one]], known[ids[other]])
            if match.verdict is not Verdict.DIFFERENT:
                yield ids[one], ids[other], match


@lru_cache(maxsize=1 << 12)
def _keys(known: Known) -> frozenset[Hashable]:
    keys: set[Hashable] = {*known.numbers, *known.letters, *known.letters_of_parts, *known.stems}
    keys |= {*known.tokens, *known.sounds, *known.consonants}
    return frozenset(keys.union(key for tokens in known.tokens for key in _slip_keys(tokens)))


@lru_cache(maxsize=1 << 12)
def _less(known: Known) -> frozenset[Hashable]:
    """What is left of it without a place or its end, or of its words that were cut off."""
    keys: set[Hashable] = {(Likeness.PLACE, each) for each in known.placeless}
    keys |= {(Likeness.CUT, each) for name in known.beginnings for each in broken_off(name)}
    return frozenset(keys | {initials(words) for words in known.cuts if has_cut(words)})


@lru_cache(maxsize=1 << 12)
def _whole(known: Known) -> frozenset[Hashable]:
    """All of it, by which another of which less is left finds it."""
    keys: set[Hashable] = {(Likeness.PLACE, each) for each in known.letters}
    keys |= {(Likeness.CUT, "".join(each)) for each in known.beginnings}
    return frozenset(keys | {initials(words) for words in known.cuts})


def _slip_keys(tokens: tuple[str, ...]) -> Iterator[Hashable]:
    """Each word, and each with a letter left out, beside the other words: two that differ by a slip share one."""
    for number, word in enumerate(tokens):
        if len(word) >= LEAST_OF_SLIP - 1 and word.isalpha():
            others = (*tokens[:number], *tokens[number + 1 :])
            yield others, word
            yield from ((others, word[:at] + word[at + 1 :]) for at in range(len(word)))
