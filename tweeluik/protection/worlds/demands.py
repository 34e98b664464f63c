"""What other worlds must show, and to whom: questions put to a crowd of records, and which of them are met."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tweeluik.checks.audit.questions import Expression, Label, Question
from tweeluik.checks.audit.worlds import Publication
from tweeluik.protection.worlds.crowd import Crowd
from tweeluik.protection.worlds.world import NOBODY, Tokens, World

Numbers = Mapping[Publication, int]
"""Which publication has which number."""


@dataclass(frozen=True, slots=True)
class Inside:
    """Records of the truth that are in a set, of how many holdings they are, and per holding how many it knows."""

    records: tuple[int, ...]
    holdings: int
    known: Mapping[str, int]

    def by_own(self, attackers: Iterable[str]) -> Mapping[int, set[str]]:
        """Attackers by how many they know of those who are in the set: first who knows nobody, if there is one."""
        left = set(attackers)
        found = {0: left - self.known.keys()}
        for each in left & self.known.keys():
            found.setdefault(self.known[each], set()).add(each)
        return {own: who for own, who in sorted(found.items()) if who}


class Asker:
    """A set of records that a question is about, as types of a crowd: a bit per type; grows with the crowd.

    `labels`: what it is put in; `about`: the publications of these.
    """

    def __init__(self, crowd: Crowd[Any], of: Expression, number: Numbers) -> None:
        self.crowd, self._of, self._number = crowd, of, number
        self.about = frozenset(number[each] for each in publications_of(of))
        self.labels = frozenset((number[each.publication], each.pair) for each in labels_of(of))
        self._bits, self._seen = 0, -1
        self._row = b""
        self._inside: dict[bool, Inside] = {}

    @property
    def bits(self) -> int:
        """The types in the set."""
        if self._seen != len(self.crowd.tokens):
            self._seen = len(self.crowd.tokens)
            self._bits = bits_of(self.crowd, self._of, self._number)
            self._row = self._bits.to_bytes(self._seen // 8 + 1, "little")
        return self._bits

    def has(self, kind: int) -> bool:
        """Whether a type is in the set; nobody is not."""
        if kind >= self._seen:
            _ = self.bits  # a type stays in the sets that it is in; new ones come behind
        return kind != NOBODY and bool(self._row[kind >> 3] >> (kind & 7) & 1)

    def flags(self, kinds: int) -> NDArray[np.bool_]:
        """Of so many types whether each is in the set; behind them nobody, who is not."""
        return flags_of(self.bits, kinds)

    def holds(self, tokens: Tokens) -> bool:
        """Whether a record with some tokens is in the set."""
        return _holds(self._of, self._number, tokens)

    @property
    def holding(self) -> Sequence[str]:
        """Per record its holding, as whoever asks this counts them."""
        return self.crowd.holdings(self.about)

    @cached_property
    def by_holding(self) -> Mapping[str, Sequence[int]]:
        """The records of every holding, as whoever asks this counts them."""
        found: dict[str, list[int]] = {}
        for record, holding in enumerate(self.holding):
            found.setdefault(holding, []).append(record)
        return found

    @property
    def types(self) -> list[int]:
        """The types in the set, in order."""
        _ = self.bits
        return [8 * place + i for place, byte in enumerate(self._row) if byte for i in range(8) if byte >> i & 1]

    def inside(self, ever: bool) -> Inside:
        """Who of the truth is in the set, beside those that everybody knows: by a name once told, or one told here."""
        if ever not in self._inside:
            known, crowd = self._ever if ever else self._here, self.crowd
            types = np.flatnonzero(self.flags(len(crowd.tokens))[np.array(crowd.type_of, dtype=np.intp)])
            records = tuple(n for n in types.tolist() if not known(n))
            who = Counter(each for record in records for each in crowd.acquaintance.who_know(record))
            self._inside[ever] = Inside(records, len(set(map(self.holding.__getitem__, records))), who)
        return self._inside[ever]

    def _ever(self, number: int) -> bool:
        return bool(self.crowd.fixed[number])

    def _here(self, number: int) -> bool:
        """Named in a publication that the question looks at, and nowhere there unnamed."""
        crowd = self.crowd
        there = {publication for publication, pair in crowd.tokens[crowd.type_of[number]] if pair is None}
        return bool(self.about & crowd.fixed[number]) and (self.about & there) <= crowd.fixed[number]

    def change(self, world: World) -> int:
        """By how many the set is larger in another world."""
        return sum(change for kind, change in self.crowd.changes(world) if self.has(kind))

    def of_move(self, source: int, target: int) -> int:
        """By how many one move makes the set larger."""
        return self.has(target) - self.has(source)


def _holds(of: Expression, number: Numbers, tokens: Tokens) -> bool:
    if isinstance(of, Label):
        return (number[of.publication], of.pair) in tokens
    found = 0
    for part in of.parts:  # asked of every set for every type that is lent: `sum` takes half as long again
        found += _holds(part, number, tokens)
    return of.least <= found <= of.most


def bits_of(crowd: Crowd[Any], of: Expression, number: Numbers) -> int:
    """The types of a crowd that are in a set; `number` tells which publication is which."""
    if isinstance(of, Label):
        return crowd.bits((number[of.publication], of.pair))
    parts = [bits_of(crowd, part, number) for part in of.parts]
    everything = (1 << len(crowd.tokens)) - 1
    least = _at_least(of.least, parts, everything)
    return least if of.most >= len(parts) else least & ~_at_least(of.most + 1, parts, everything)


def _at_least(least: int, parts: Sequence[int], everything: int) -> int:
    """What is in so many of the parts."""
    reached = [everything, *[0] * least]
    for part in parts:
        for i in range(least, 0, -1):
            reached[i] |= reached[i - 1] & part
    return reached[least]


def flags_of(bits: int, kinds: int) -> NDArray[np.bool_]:
    """Of so many types whether each is among some (a bit per type); behind them nobody, who is not."""
    row = np.frombuffer((bits & ((1 << kinds) - 1)).to_bytes(kinds // 8 + 1, "little"), dtype=np.uint8)
    return np.unpackbits(row, count=kinds + 1, bitorder="little").view(np.bool_)


def publications_of(of: Expression) -> Iterator[Publication]:
    """The publications whose labels a set is put in."""
    yield from (label.publication for label in labels_of(of))


def labels_of(of: Expression) -> Iterator[Label]:
    """The labels that a set is put in."""
    if isinstance(of, Label):
        yield of
    else:
        for part in of.parts:
            yield from labels_of(part)


@dataclass(slots=True)
class Demand:
    """For `left`, the attackers not yet answered, a world is wanted with at most `low` or at least `high` in the set.

    `records`: those of the truth that are in it now. `shared`: how many of them there are more than holdings.
    `barred`: types that no record may become, because sets are taken to be the same (a bit per type). `distinct`: where
    more are wanted they must be of as many more holdings. `ever`: whoever was named once is known, and does not move.
    `still`: cells that truly had the same organisations in two publications have so.
    """

    question: Question
    asker: Asker
    records: tuple[int, ...]
    low: int | None
    high: int | None
    left: set[str] = field(default_factory=set)
    barred: int = 0
    distinct: bool = True
    ever: bool = False
    still: bool = False
    shared: int = 0

    @property
    def fewest(self) -> int | None:
        """How many records there must be for as many holdings as are wanted, if no two are of one."""
        return None if self.high is None else self.high - self.shared

    def met_by(self, world: World, size: int | None = None) -> bool:
        """Whether a world has what is wanted; `size`: of the set in it, where that is known."""
        if self.barred and not self._is_allowed(world):
            return False
        if self.still and not self.asker.crowd.stands_in(world):
            return False
        if self.ever and not self.asker.crowd.named.isdisjoint(world.moved):
            return False
        after = len(self.records) + self.asker.change(world) if size is None else size
        if self.low is not None and after <= self.low:
            return True
        return self.fewest is not None and after >= self.fewest and (not self.distinct or self._are_distinct(world))

    def _are_distinct(self, world: World) -> bool:
        """Whether those who are in the set in another world are of as many more holdings as are wanted."""
        holding, has, moved = self.asker.holding, self.asker.has, world.moved
        holdings = {holding[each] for each in self.records if each not in moved}
        holdings.update([holding[each] for each, kind in moved.items() if has(kind)])
        return self.fewest is not None and len(holdings) + sum(map(has, world.added)) >= self.fewest

    @property
    def doubles(self) -> frozenset[int]:
        """Records that would make the set larger and not the number of holdings in it.

        All but one of each holding: the one of which most is true that the set is put in is the nearest to being in it.
        """
        crowd, labels = self.asker.crowd, self.asker.labels
        inside = set(map(self.asker.holding.__getitem__, self.records))
        found: set[int] = set()
        for holding, own in self.asker.by_holding.items():
            nearest = max(own, key=lambda each: (len(labels & crowd.tokens[crowd.type_of[each]]), -each))
            found.update(each for each in own if holding in inside or each != nearest)
        return frozenset(found.difference(self.records))

    def _is_allowed(self, world: World) -> bool:
        return not any(kind != NOBODY and self.barred >> kind & 1 for kind in (*world.moved.values(), *world.added))


def barred_by(crowd: Crowd[Any], same: Sequence[Expression], number: Numbers) -> int:
    """The types that are in some of the sets that are taken to be the same, and not in others."""
    found = 0
    sets = [bits_of(crowd, each, number) for each in same]
    for other in sets[1:]:
        found |= sets[0] ^ other
    return found
