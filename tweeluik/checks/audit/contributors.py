"""Who stands behind a set of records: holdings behind organisations; behind conversations those that took part."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from tweeluik.checks.audit.counting import EMPTY, OF_PARTNERS, Bits, Counting, Counts, Flags
from tweeluik.checks.audit.questions import Expression, Label
from tweeluik.checks.audit.worlds import Pair, Publication, Unit

Publications = frozenset[Publication]


def publications(of: Expression) -> Publications:
    """Those that an expression is about."""
    if isinstance(of, Label):
        return frozenset({of.publication})
    return frozenset[Publication]().union(*map(publications, of.parts))


@dataclass(frozen=True, slots=True, eq=False)
class _Order:
    """Records ordered by holding: `order` are places, `starts` where a new holding begins."""

    order: NDArray[np.int64]
    starts: NDArray[np.int64]


class Contributors:
    """Counts holdings in place of organisations. Holdings change over time: those of the latest publication count."""

    def __init__(self, counting: Counting) -> None:
        self._counting = counting
        self._orders: dict[Publications, _Order] = {}
        self._shared = counting.units.everywhere(counting.units.row(sorted(_shared(counting))))

    def count(self, bits: Bits, of: Expression) -> Counts:
        """How many holdings are in a set of organisations (`of`, or part of it), per world."""
        if not bits & self._shared:
            return self._counting.units.count(bits)
        return self._count_flags(self._counting.units.flags(bits), of)

    def count_each(self, rows: Flags, bits: Bits, of: Expression) -> Counts:
        """The same for parts of a true set: a row per part, a column per organisation."""
        if not bits & self._shared:
            counted: Counts = rows.sum(axis=1)
            return counted
        return self._count_flags(rows, of)

    def _count_flags(self, flags: Flags, of: Expression) -> Counts:
        about = publications(of)
        if about not in self._orders:
            self._orders[about] = self._make(about)
        order = self._orders[about]
        counted: Counts = np.logical_or.reduceat(flags[:, order.order], order.starts, axis=1).sum(axis=1)
        return counted

    def _make(self, about: Publications) -> _Order:
        whose = [self._holding(name, about) for name in self._counting.units.names]
        order = sorted(range(len(whose)), key=lambda i: whose[i])
        starts = [at for at, i in enumerate(order) if not at or whose[i] != whose[order[at - 1]]]
        return _Order(np.array(order), np.array(starts))

    def _holding(self, name: str, about: Publications) -> str:
        for publication in sorted(about, reverse=True):
            unit = self._counting.truth.get(publication, EMPTY).units.get(name)
            if unit is not None:
                return unit.holding
        return min(self._counting.holdings_of(("", 0), name))


def _shared(counting: Counting) -> set[str]:
    """Organisations that share a holding with another, anywhere."""
    of: dict[str, set[str]] = {}
    for name in counting.units.names:
        for holding in counting.holdings_of(("", 0), name):
            of.setdefault(holding, set()).add(name)
    return {name for names in of.values() if len(names) > 1 for name in names}


class Tables:
    """Who took part in which conversations, in the true world."""

    def __init__(self, true: Counting) -> None:
        self._true = true
        self._behind: dict[tuple[Publication, frozenset[Pair]], Mapping[str, Bits]] = {}

    @cached_property
    def attended(self) -> Mapping[str, Bits]:
        """Per holding all conversations at which it sat, of any publication."""
        talks, found = self._true.talks, dict[str, set[str]]()
        for records in self._true.truth.values():
            for name, talk in records.talks.items():
                for holding in talk.holdings:
                    found.setdefault(holding, set()).add(name)
        return {holding: int.from_bytes(talks.row(sorted(names)), "little") for holding, names in found.items()}

    @cached_property
    def most(self) -> int:
        """The most conversations of any holding."""
        return max((own.bit_count() for own in self.attended.values()), default=0)

    def contributions(self, of: Expression) -> Mapping[str, Bits]:
        """Per holding its conversations in a set; of a kind or region only those of its organisations of that kind."""
        bits = self._true.members("conversations", of)
        pairs = frozenset(pair for pair in _pairs(of) if pair[0] in OF_PARTNERS)
        found: dict[str, Bits] = {}
        for publication in sorted(publications(of)):
            for holding, own in self._contributors(publication, pairs).items():
                found[holding] = found.get(holding, 0) | own & bits
        return {holding: own for holding, own in found.items() if own}

    def _contributors(self, publication: Publication, pairs: frozenset[Pair]) -> Mapping[str, Bits]:
        if (publication, pairs) not in self._behind:
            self._behind[publication, pairs] = self._make(publication, pairs)
        return self._behind[publication, pairs]

    def _make(self, publication: Publication, pairs: frozenset[Pair]) -> Mapping[str, Bits]:
        records, found = self._true.truth.get(publication, EMPTY), dict[str, set[str]]()
        for name, talk in records.talks.items():
            for unit in (records.units[each] for each in talk.units):
                if _is_of(unit, pairs):
                    found.setdefault(unit.holding, set()).add(name)
        talks = self._true.talks
        return {holding: int.from_bytes(talks.row(sorted(names)), "little") for holding, names in found.items()}


def _pairs(of: Expression) -> Iterable[Pair]:
    """The categories that a set is certainly in: those of a label, or of everything that must hold."""
    if isinstance(of, Label):
        return () if of.pair is None else (of.pair,)
    return (pair for part in of.parts for pair in _pairs(part)) if of.least == len(of.parts) else ()


def _is_of(unit: Unit, pairs: frozenset[Pair]) -> bool:
    """Whether an organisation has one of the codes asked, in every dimension."""
    return all(any(pair in unit.codes for pair in pairs if pair[0] == name) for name in {name for name, _ in pairs})
