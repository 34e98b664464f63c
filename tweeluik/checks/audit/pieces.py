"""Days that several publications tell of, cut into pieces, and how all their numbers bind those.

What was talked about in each piece is unknown. The cells of a piece hang together as those of a table do, and every
published number is a window on a sum of pieces. What a reader makes of that is in `readings.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from tweeluik.checks.audit.atoms import otherwise
from tweeluik.checks.audit.equations import link
from tweeluik.checks.audit.lines import NO_LINES, Lines, Pairs, are_all, is_part
from tweeluik.checks.audit.published import Edition
from tweeluik.checks.audit.reality import Agenda
from tweeluik.checks.audit.solver import ENDLESS
from tweeluik.checks.audit.system import Terms
from tweeluik.checks.audit.told import CONVERSATIONS, Told, means, one_name, tell
from tweeluik.checks.audit.within import ancestors, around

Piece = tuple[bool, ...]
"""Per publication whether it has these days."""

Days = tuple[int, int]
"""From a day to before another."""


@dataclass(frozen=True, slots=True)
class Row:
    """`least <= sum of coefficient * column <= most`: what binds the pieces."""

    terms: Terms
    least: int
    most: int


def days_of(edition: Edition) -> Days:
    """The days that a publication is about."""
    first, last = map(date.fromisoformat, edition.period)
    return first.toordinal(), last.toordinal() + 1


class Together:
    """Publications with days in common, as one linked system.

    `pieces`: the different sets of them that some days lie in. `told`: their numbers of conversations, each once.
    """

    def __init__(
        self, editions: Sequence[Edition], agenda: Agenda = MappingProxyType({}), lines: Lines = NO_LINES
    ) -> None:
        self.editions, self.lines = tuple(editions), lines
        self.pieces = _pieces(self.editions)
        self.told = tuple(tell(self.editions, agenda, lines))
        self.columns: Mapping[tuple[Piece, Pairs], int] = {
            key: i
            for i, key in enumerate(
                dict.fromkeys((piece, t.pairs) for piece in self.pieces for t in self.told if piece[t.place])
            )
        }
        self._otherwise = {piece: tuple(otherwise(t for t in self.told if piece[t.place])) for piece in self.pieces}
        self._sets = self._places_of_sets()
        self.cells = len(self.columns) + sum(len(each.sets) for those in self._otherwise.values() for each in those)
        above = tuple((level, code, wider) for (level, code), (_, wider) in agenda.items())
        bound = dict.fromkeys((*self._relations(above), *self._parts(), *self._levels(agenda), *self._made_of_sets()))
        self.relations = tuple(_with_slack(each, self.cells + i) for i, each in enumerate(bound))
        self.width = self.cells + len(self.relations)
        self.highest = 4 * sum(t.bounds.most or 0 for t in self.told) + 1000

    def _relations(self, agenda: tuple[tuple[str, str, str], ...]) -> Iterator[tuple[Terms, bool]]:
        """What binds the cells of a publication binds those of every piece of it: terms, and whether they are equal."""
        for place, edition in enumerate(self.editions):
            published, _ = link([edition], agenda)
            for relation in published.relations:
                keys = [(published.cells[i], times) for i, times in relation.terms]
                if all(counts == CONVERSATIONS for (_, counts, _), _ in keys):
                    for piece in (each for each in self.pieces if each[place]):
                        named = ((one_name(pairs, self.lines), times) for (_, _, pairs), times in keys)
                        terms = ((self.columns[piece, pairs], times) for pairs, times in named)
                        yield tuple(sorted(terms)), relation.equal

    def _parts(self) -> Iterator[tuple[Terms, bool]]:
        """What one publication takes together, or tells under one name, and another tells in parts."""
        for piece, whole in self.columns:
            for place in (i for i, there in enumerate(piece) if there):
                parts = [t.pairs for t in self.told if t.place == place and is_part(means(t.pairs), means(whole))]
                for name in sorted({name for part in parts for name, _ in part - whole if len(part - whole) == 1}):
                    those = [part for part in parts if {each for each, _ in part - whole} == {name}]
                    yield from self._adding_up(piece, whole, those, apart=name == "form")

    def _adding_up(
        self, piece: Piece, whole: Pairs, parts: Sequence[Pairs], *, apart: bool
    ) -> Iterator[tuple[Terms, bool]]:
        """`apart`: no conversation is in two of the parts."""
        total, some = self.columns[piece, whole], [self.columns[piece, part] for part in parts]
        every = are_all(map(means, parts), means(whole))
        if apart:
            yield _terms({total: 1, **dict.fromkeys(some, -1)}), every
            return
        covering = tuple(self._covering(total, some))
        yield from covering if every else covering[:-1]

    def _levels(self, agenda: Agenda) -> Iterator[tuple[Terms, bool]]:
        """A part of the agenda of one publication beside all that lies in it by another: nothing is in none of it."""
        families: dict[tuple[Pairs, int, str, str], list[Pairs]] = {}
        for told in self.told:
            for pair in sorted(told.pairs):
                for above, whole in around(told.pairs, pair, agenda):
                    families.setdefault((whole, told.place, pair[0], above[0]), []).append(told.pairs)
        for (whole, place, fine, coarse), parts in families.items():
            for piece in (each for each in self.pieces if each[place] and (each, whole) in self.columns):
                total, some = self.columns[piece, whole], [self.columns[piece, part] for part in parts]
                covering = tuple(self._covering(total, some))
                yield from covering if self._is_known(place, fine, coarse, agenda) else covering[:-1]

    def _is_known(self, place: int, fine: str, coarse: str, agenda: Agenda) -> bool:
        """Whether of all parts of the agenda that a publication tells it is known what they lie in."""
        told = {pair for each in self.told if each.place == place for pair in each.pairs if pair[0] == fine}
        return all(coarse in {name for name, _ in ancestors(pair, agenda)} for pair in told)

    def _covering(self, total: int, some: Sequence[int]) -> Iterator[tuple[Terms, bool]]:
        """Each is at most the whole, and last: the whole at most all of them."""
        yield from ((_terms({total: 1, part: -1}), False) for part in some)
        yield _terms({total: -1, **dict.fromkeys(some, 1)}), False

    # --- what is taken together otherwise -----------------------------------------------------------------------------

    def _places_of_sets(self) -> Mapping[tuple[Piece, Pairs, frozenset[str]], int]:
        """Where the columns of the sets begin of each cell, and of what hangs together in it."""
        found, first = dict[tuple[Piece, Pairs, frozenset[str]], int](), len(self.columns)
        for piece, those in self._otherwise.items():
            for each in those:
                found[piece, each.base, each.mixed] = first
                first += len(each.sets)
        return found

    def _made_of_sets(self) -> Iterator[tuple[Terms, bool]]:
        for piece, those in self._otherwise.items():
            for each in those:
                first = self._sets[piece, each.base, each.mixed]
                if (piece, each.whole) in self.columns:
                    every = range(first, first + len(each.sets))
                    yield _more([self.columns[piece, each.whole]], every), True
                for pairs in each.cells:
                    cell, least, most = [self.columns[piece, pairs]], each.surely(pairs), each.possibly(pairs)
                    yield _more(cell, (first + place for place in least)), least == most
                    if least != most:
                        yield _more((first + place for place in {*most}), cell), False
                for others in each.others:
                    cells = [self.columns[piece, pairs] for pairs in others]
                    yield _more(cells, (first + place for place in each.resting())), False

    def in_common(self, some: Iterable[Pairs], pieces: Iterable[Piece]) -> Sequence[int]:
        """The columns of what is in all of some cells that are taken together otherwise."""
        cells = tuple(some)
        return [
            self._sets[piece, each.base, each.mixed] + place
            for piece in pieces
            for each in self._otherwise[piece]
            if each.cells.keys() >= {*cells}
            for place in each.inside(*cells)
        ]

    # --- what is known, and what is told ------------------------------------------------------------------------------

    def known_of(self, sat: Mapping[int, int]) -> Mapping[int, int]:
        """What somebody knows who sat at so many conversations of some columns.

        Every conversation keeps every relation: of what a relation leaves over, his own leave their part.
        """
        found = dict(sat)
        for relation in self.relations:
            last, left = relation.terms[-1][0], sum(times * sat.get(i, 0) for i, times in relation.terms)
            if last >= self.cells and left > 0:
                found[last] = left
        return found

    def across(self, pairs: Pairs, pieces: Iterable[Piece]) -> tuple[int, ...]:
        """The columns of a cell on some days."""
        return tuple(self.columns[piece, pairs] for piece in pieces)

    def row(self, told: Told) -> Row:
        """What is told of a number: its pieces add up to it."""
        columns = self.across(told.pairs, (piece for piece in self.pieces if piece[told.place]))
        most = ENDLESS if told.bounds.most is None else told.bounds.most
        return Row(tuple((column, 1) for column in columns), told.bounds.least, most)


def _more(more: Iterable[int], fewer: Iterable[int]) -> Terms:
    """Some columns less others."""
    return _terms(dict.fromkeys(more, 1) | dict.fromkeys(fewer, -1))


def _terms(times: Mapping[int, int]) -> Terms:
    return tuple(sorted(times.items()))


def _with_slack(bound: tuple[Terms, bool], column: int) -> Row:
    """A relation, with what it leaves over in a column of its own; nothing where its sides are equal."""
    terms, equal = bound
    return Row(terms, 0, 0) if equal else Row((*terms, (column, -1)), 0, 0)


def _pieces(editions: Sequence[Edition]) -> tuple[Piece, ...]:
    days = [days_of(each) for each in editions]
    edges = sorted({day for each in days for day in each})
    found = (tuple(first <= edge < last for first, last in days) for edge in edges[:-1])
    return tuple(dict.fromkeys(piece for piece in found if any(piece)))
