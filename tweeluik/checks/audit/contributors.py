"""Who stands behind a set of records: holdings behind organisations; behind conversations those that took part."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from tweeluik.checks.audit.counting import EMPTY, OF_PARTNERS, Counting
from tweeluik.checks.audit.crowd import Bits, Numbers, Places
from tweeluik.checks.audit.questions import Expression, Label
from tweeluik.checks.audit.worlds import Pair, Publication

Publications = frozenset[Publication]


@dataclass(frozen=True, slots=True)
class _Shared:
    """Who shares a holding with others.

    `whose`: per place of a record the number of its holding, or `none`. `part`: per record that may be otherwise in a
    world that world with its holding, as a place in `world` and `holding`; one beyond these where it shares none.
    """

    whose: Places
    none: int
    part: Places
    world: Places
    holding: Places


def publications(of: Expression) -> Publications:
    """Those that an expression is about."""
    if isinstance(of, Label):
        return frozenset({of.publication})
    return frozenset[Publication]().union(*map(publications, of.parts))


class Contributors:
    """Counts holdings in place of organisations. Holdings change over time: those of the latest publication count.

    The truth has its publications in order of time: an id need not tell. `like`: another, asked the same things.
    """

    def __init__(self, counting: Counting, like: Contributors | None = None) -> None:
        self._counting = counting
        self._time = {publication: place for place, publication in enumerate(counting.truth)}
        self._shares: dict[Publications, _Shared] = {}
        self._about: dict[int, tuple[Expression, Publications]] = {} if like is None else like._about  # noqa: SLF001
        self._names = sorted(_sharing(counting))
        self._shared = counting.units.everywhere(counting.units.row(self._names))
        self._together: dict[Publications, Sequence[Bits]] = {}
        self._whose: dict[Publications, dict[str, str]] = {}

    def number(self, bits: Bits, of: Expression) -> int:
        """How many holdings are in a set of organisations (`of`, or part of it) of one world."""
        shared = bits & self._shared
        alone = (bits ^ shared).bit_count()
        return alone + sum(own & shared != 0 for own in self._sharing(self.publications(of))) if shared else alone

    def numbers(self, bits: Bits, of: Expression) -> Numbers:
        """The same, per world. Only of those who share a holding it is counted how many of it there are."""
        units = self._counting.units
        if not bits & self._shared:
            return units.numbers(bits)
        shared = self._share(self.publications(of))
        none, parts = shared.none, len(shared.world)
        true, changed, signs = units.changes(bits)
        truly = np.bincount(shared.whose[true], minlength=1 + none)
        found: Numbers = np.full(units.rows, truly[none] + np.count_nonzero(truly[:none]), dtype=np.int64)
        part = shared.part[changed]
        alone = part == parts
        np.add.at(found, units.world_of[changed[alone]], signs[alone])
        before = truly[shared.holding]
        after = before + np.bincount(part, signs, 1 + parts)[:parts]
        more = (after > 0).astype(np.int64) - (before > 0)
        found += np.bincount(shared.world, more, units.rows).astype(np.int64)
        return found

    def holdings(self, bits: Bits, of: Expression) -> Iterator[Bits]:
        """A set of organisations of one world, holding by holding."""
        names = self._counting.units.names_in(bits)
        about, found = self.publications(of), dict[str, Bits]()
        for name in names:
            own = self._holding(name, about)
            found[own] = found.get(own, 0) | 1 << self._counting.units.place[name]
        return iter(found.values())

    def publications(self, of: Expression) -> Publications:
        """Those that an expression is about; asked again and again of the same ones, so not by what they say."""
        known = self._about.get(id(of))
        if known is None:
            known = self._about[id(of)] = of, publications(of)
        return known[1]

    def _sharing(self, about: Publications) -> Sequence[Bits]:
        """Per holding that more than one organisation shares these, as they are in one world."""
        if about not in self._together:
            found: dict[str, Bits] = {}
            for name in self._names:
                own = self._holding(name, about)
                found[own] = found.get(own, 0) | 1 << self._counting.units.place[name]
            self._together[about] = tuple(found.values())
        return self._together[about]

    def _share(self, about: Publications) -> _Shared:
        if about not in self._shares:
            units, number = self._counting.units, dict[str, int]()
            own = [number.setdefault(self._holding(name, about), len(number)) for name in self._names]
            whose = np.full(8 * units.width, len(number), dtype=np.intp)
            whose[[units.place[name] for name in self._names]] = own
            theirs = whose[units.place_of]
            together = theirs < len(number)
            keys, which = np.unique((units.world_of * len(number) + theirs)[together], return_inverse=True)
            part = np.full(len(theirs), len(keys), dtype=np.intp)
            part[together] = which
            self._shares[about] = _Shared(whose, len(number), part, keys // len(number), keys % len(number))
        return self._shares[about]

    def _holding(self, name: str, about: Publications) -> str:
        known = self._whose.setdefault(about, {})
        if name not in known:
            known[name] = self._whose_is(name, about)
        return known[name]

    def _whose_is(self, name: str, about: Publications) -> str:
        for publication in sorted(about & self._time.keys(), key=self._time.__getitem__, reverse=True):
            unit = self._counting.truth[publication].units.get(name)
            if unit is not None:
                return unit.holding
        return min(self._counting.holdings_of(("", 0), name))


def _sharing(counting: Counting) -> set[str]:
    """Organisations that share a holding with another, anywhere."""
    of: dict[str, set[str]] = {}
    for name in counting.units.names:
        for holding in counting.holdings_of(("", 0), name):
            of.setdefault(holding, set()).add(name)
    return {name for names in of.values() if len(names) > 1 for name in names}


Talks = frozenset[int]
"""Some conversations, by place: an organisation has few of a million, and a bit for each would take the square."""

NO_TALKS: Talks = frozenset()


class Tables:
    """Who took part in which conversations, in the true world."""

    def __init__(self, true: Counting) -> None:
        self._true = true
        self._behind: dict[tuple[Publication, frozenset[Pair]], Mapping[str, Talks]] = {}
        self._rows: dict[int, tuple[Expression, bytes]] = {}

    def inside(self, of: Expression) -> Talks:
        """The conversations of a set."""
        return frozenset(self._true.talks.places_in(self._true.members("conversations", of)))

    @cached_property
    def attended(self) -> Mapping[str, Talks]:
        """Per holding all conversations at which it sat, of any publication."""
        found: dict[str, set[int]] = {}
        for records in self._true.truth.values():
            for name, talk in records.talks.items():
                for holding in talk.holdings:
                    found.setdefault(holding, set()).add(self._true.talks.place[name])
        return _frozen(found)

    @cached_property
    def most(self) -> int:
        """The most conversations of any holding."""
        return max(map(len, self.attended.values()), default=0)

    def sat(self, of: Expression) -> Mapping[str, Talks]:
        """Per holding that sat at some of a set of conversations, at which of them."""
        inside = self.inside(of)
        return {holding: own & inside for holding, own in self.attended.items() if not own.isdisjoint(inside)}

    def sat_by(self, holding: str, of: Expression) -> Talks:
        """The same of one holding: of ten thousand few are asked."""
        known = self._rows.get(id(of))
        if known is None:
            known = self._rows[id(of)] = of, self._true.talks.row_of(self._true.members("conversations", of))
        row, own = known[1], self.attended.get(holding, NO_TALKS)
        return frozenset(place for place in own if row[place >> 3] >> (place & 7) & 1)

    def contributions(self, of: Expression) -> Mapping[str, Talks]:
        """Per holding its conversations in a set; of a kind or region only those of its organisations of that kind."""
        inside = self.inside(of)
        pairs = frozenset(pair for pair in _pairs(of) if pair[0] in OF_PARTNERS)
        found: dict[str, Talks] = {}
        for publication in sorted(publications(of)):
            for holding, all_own in self._contributors(publication, pairs).items():
                if own := all_own & inside:
                    found[holding] = found.get(holding, NO_TALKS) | own
        return found

    def _contributors(self, publication: Publication, pairs: frozenset[Pair]) -> Mapping[str, Talks]:
        if (publication, pairs) not in self._behind:
            self._behind[publication, pairs] = self._make(publication, pairs)
        return self._behind[publication, pairs]

    def _make(self, publication: Publication, pairs: frozenset[Pair]) -> Mapping[str, Talks]:
        """Of organisations that have one of the codes asked, in every dimension."""
        asked = [frozenset(pair for pair in pairs if pair[0] == name) for name in {name for name, _ in pairs}]
        found: dict[str, set[int]] = {}
        for name, unit in self._true.truth.get(publication, EMPTY).units.items():
            talks = self._of_unit.get((publication, name), NO_TALKS)
            if talks and all(unit.codes & each for each in asked):
                found.setdefault(unit.holding, set()).update(talks)
        return _frozen(found)

    @cached_property
    def _of_unit(self) -> Mapping[tuple[Publication, str], Collection[int]]:
        found: dict[tuple[Publication, str], list[int]] = {}
        for publication, records in self._true.truth.items():
            for name, talk in records.talks.items():
                for unit in talk.units:
                    found.setdefault((publication, unit), []).append(self._true.talks.place[name])
        return found


def _frozen(found: Mapping[str, set[int]]) -> Mapping[str, Talks]:
    return {holding: frozenset(own) for holding, own in found.items()}


def _pairs(of: Expression) -> Iterable[Pair]:
    """The categories that a set is certainly in: those of a label, or of everything that must hold.

    Of a set in one of several categories of a dimension these are all told: it is in one of them.
    """
    if isinstance(of, Label):
        return () if of.pair is None else (of.pair,)
    parts = [frozenset(_pairs(part)) for part in of.parts]
    if of.least == len(parts):
        return (pair for pairs in parts for pair in pairs)
    everywhere = set.intersection(*({name for name, _ in pairs} for pairs in parts)) if of.least else set()
    return (pair for pairs in parts for pair in pairs if pair[0] in everywhere)
