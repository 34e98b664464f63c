"""Names that are alike among many, found without comparing every two."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import groupby, repeat
from operator import itemgetter
from typing import Generic, TypeVar

from tweeluik.words.cut_off import broken_off, has_cut, initials
from tweeluik.words.known import Known
from tweeluik.words.matching import LEAST_OF_SLIP, Likeness, Match, Verdict, compare

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
    for one, other in sorted(_sharing(known.values())):
        match = compare(known[ids[one]], known[ids[other]])
        if match.verdict is not Verdict.DIFFERENT:
            yield ids[one], ids[other], match


def _sharing(known: Iterable[Known]) -> set[tuple[int, int]]:
    """Every two that share a key, by their places."""
    known = tuple(known)
    parts = 1 + len(known) // PER_PART
    alike, cut = _Signs(parts), _Signs(parts)
    ways = (_keys, _less, _whole)
    # Of so many none would be there still when they are asked again.
    keys, less, whole = ways if len(known) <= MOST_KEPT else (each.__wrapped__ for each in ways)
    for place, each in enumerate(known):
        # Of a copy, with which all goes that its keys were made of: a hundred thousand would take gigabytes.
        copy = Known(each.names, each.numbers)
        alike.note(place, keys(copy), is_whole=True)
        cut.note(place, less(copy), is_whole=False)
        cut.note(place, whole(copy), is_whole=True)
    pairs = set[tuple[int, int]]()
    for _, those in alike.groups():
        pairs.update(pair for at, one in enumerate(those) for pair in zip(repeat(one), those[at + 1 :], strict=False))
    for some, those in cut.groups():
        pairs.update((min(one, other), max(one, other)) for one in some for other in those if one != other)
    return pairs


MOST_KEPT = 1 << 12
"""Organisations whose keys are kept for when they are asked again, as a preview does at every change."""

PER_PART = 400
"""Organisations to a part: of so many all keys are sorted at once, and a small source has one."""


class _Signs:
    """Who has which keys, by the hash of each alone: whom chance brings together besides, `compare` tells apart."""

    def __init__(self, parts: int) -> None:
        self._parts = tuple((array("q"), array("q")) for _ in range(parts))

    def note(self, place: int, keys: Iterable[Hashable], *, is_whole: bool) -> None:
        """One organisation more, by its place among all."""
        for key in keys:
            sign = hash(key)
            signs, places = self._parts[sign % len(self._parts)]
            signs.append(sign)
            places.append(2 * place + is_whole)

    def groups(self) -> Iterator[tuple[list[int], list[int]]]:
        """The places of those that share a key, each once and in order: as less than all of it, and as all of it."""
        for signs, places in self._parts:
            for _, found in groupby(sorted({*zip(signs, places, strict=True)}), key=itemgetter(0)):
                those = [place for _, place in found]
                if len(those) > 1:
                    yield [each // 2 for each in those if not each % 2], [each // 2 for each in those if each % 2]


@lru_cache(maxsize=MOST_KEPT)
def _keys(known: Known) -> frozenset[Hashable]:
    keys: set[Hashable] = {*known.numbers, *known.letters, *known.letters_of_parts, *known.stems}
    keys |= {*known.tokens, *known.sounds, *known.consonants}
    keys |= {(Likeness.KIND, each) for each in known.kernels}
    return frozenset(keys.union(key for tokens in known.tokens for key in _slip_keys(tokens)))


@lru_cache(maxsize=MOST_KEPT)
def _less(known: Known) -> frozenset[Hashable]:
    """What is left of it without a place or its end, or of its words that were cut off."""
    keys: set[Hashable] = {(Likeness.PLACE, each) for each in known.placeless}
    keys |= {(Likeness.ORDER, each) for each in known.tokens_beside}
    keys |= {(Likeness.KIND, each, "letters") for each in known.undescribed}
    keys |= {(Likeness.KIND, each, "kernel") for each in known.undescribed_kernels}
    keys |= {(Likeness.CUT, each) for name in known.beginnings for each in broken_off(name)}
    return frozenset(keys | {initials(words) for words in known.cuts if has_cut(words)})


@lru_cache(maxsize=MOST_KEPT)
def _whole(known: Known) -> frozenset[Hashable]:
    """All of it, by which another of which less is left finds it."""
    keys: set[Hashable] = {(Likeness.PLACE, each) for each in known.letters}
    keys |= {(Likeness.ORDER, each) for each in known.tokens}
    keys |= {(Likeness.KIND, each, "letters") for each in known.letters}
    keys |= {(Likeness.KIND, each, "kernel") for each in known.kernels}
    keys |= {(Likeness.CUT, "".join(each)) for each in known.beginnings}
    return frozenset(keys | {initials(words) for words in known.cuts})


def _slip_keys(tokens: tuple[str, ...]) -> Iterator[Hashable]:
    """Each word, and each with a letter left out, beside the other words: two that differ by a slip share one."""
    for number, word in enumerate(tokens):
        if len(word) >= LEAST_OF_SLIP - 1 and word.isalpha():
            others = (*tokens[:number], *tokens[number + 1 :])
            yield others, word
            yield from ((others, word[:at] + word[at + 1 :]) for at in range(len(word)))
