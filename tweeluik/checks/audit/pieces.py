"""Days that several publications tell of, cut into pieces, and what adding and subtracting all their numbers gives.

What was talked about in each piece is unknown. The cells of a piece hang together as those of a table do, and every
published number is a window on a sum of pieces. How small and how large a number can be then is one linear program.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

import numpy as np

from tweeluik.checks.audit.counting import expression
from tweeluik.checks.audit.equations import link
from tweeluik.checks.audit.lines import NO_LINES, Lines, Meaning, Pairs, are_all, is_part, meaning
from tweeluik.checks.audit.published import Edition
from tweeluik.checks.audit.questions import Expression
from tweeluik.checks.audit.reality import Agenda
from tweeluik.checks.audit.solver import ENDLESS, Floats, Ints, Program, Rows
from tweeluik.checks.audit.system import Bounds, Terms, read_bounds
from tweeluik.checks.audit.within import ancestors

NEAR = 1e-6
"""What the solver's rounding may be off."""

CONVERSATIONS = "conversations"

Piece = tuple[bool, ...]
"""Per publication whether it has these days."""

Days = tuple[int, int]
"""From a day to before another."""


@dataclass(frozen=True, slots=True)
class Told:
    """A number of conversations in a publication (by its place): of whom, in which table, what its readers know.

    `pairs`: kinds, regions and forms under one name, whatever they were called in that publication.
    """

    place: int
    pairs: Pairs
    table: str
    of: Expression
    bounds: Bounds
    shown: bool


@dataclass(frozen=True, slots=True)
class _Row:
    """`least <= sum of coefficient * column <= most`."""

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
        self.told = tuple(_told(self.editions, lines))
        self.columns: Mapping[tuple[Piece, Pairs], int] = {
            key: i
            for i, key in enumerate(
                dict.fromkeys((piece, t.pairs) for piece in self.pieces for t in self.told if piece[t.place])
            )
        }
        above = tuple((level, code, wider) for (level, code), (_, wider) in agenda.items())
        bound = dict.fromkeys((*self._relations(above), *self._parts(), *self._levels(agenda)))
        self.relations = tuple(_with_slack(each, len(self.columns) + i) for i, each in enumerate(bound))
        self.width = len(self.columns) + len(self.relations)
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
                parts = [t.pairs for t in self.told if t.place == place and is_part(_means(t.pairs), _means(whole))]
                for name in sorted({name for part in parts for name, _ in part - whole if len(part - whole) == 1}):
                    those = [part for part in parts if {each for each, _ in part - whole} == {name}]
                    yield from self._adding_up(piece, whole, those, apart=name == "form")

    def _adding_up(
        self, piece: Piece, whole: Pairs, parts: Sequence[Pairs], *, apart: bool
    ) -> Iterator[tuple[Terms, bool]]:
        """`apart`: no conversation is in two of the parts."""
        total, some = self.columns[piece, whole], [self.columns[piece, part] for part in parts]
        every = are_all(map(_means, parts), _means(whole))
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
                for above in ancestors(pair, agenda):
                    whole = told.pairs - {pair} | {above}
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

    def known_of(self, sat: Mapping[int, int]) -> Mapping[int, int]:
        """What somebody knows who sat at so many conversations of some columns.

        Every conversation keeps every relation: of what a relation leaves over, his own leave their part.
        """
        found = dict(sat)
        for relation in self.relations:
            last, left = relation.terms[-1][0], sum(times * sat.get(i, 0) for i, times in relation.terms)
            if last >= len(self.columns) and left > 0:
                found[last] = left
        return found

    def across(self, pairs: Pairs, pieces: Iterable[Piece]) -> tuple[int, ...]:
        """The columns of a cell on some days."""
        return tuple(self.columns[piece, pairs] for piece in pieces)

    def row(self, told: Told) -> _Row:
        """What is told of a number: its pieces add up to it."""
        columns = self.across(told.pairs, (piece for piece in self.pieces if piece[told.place]))
        most = ENDLESS if told.bounds.most is None else told.bounds.most
        return _Row(tuple((column, 1) for column in columns), told.bounds.least, most)


NAMED = frozenset({"kind", "region", "form"})
"""Dimensions in which a publication tells of a conversation under the names of its reference date."""


def one_name(pairs: Pairs, lines: Lines) -> Pairs:
    """The same categories under a name that does not change through the years: the lines behind them."""
    return frozenset(
        (name, "+".join(sorted(behind))) if name in NAMED else (name, code)
        for name, code in pairs
        for _, behind in meaning(frozenset({(name, code)}), lines)
    )


def _means(pairs: Pairs) -> Meaning:
    return meaning(pairs, NO_LINES)


def _terms(times: Mapping[int, int]) -> Terms:
    return tuple(sorted(times.items()))


def _with_slack(bound: tuple[Terms, bool], column: int) -> _Row:
    """A relation, with what it leaves over in a column of its own; nothing where its sides are equal."""
    terms, equal = bound
    return _Row(terms, 0, 0) if equal else _Row((*terms, (column, -1)), 0, 0)


def _pieces(editions: Sequence[Edition]) -> tuple[Piece, ...]:
    days = [days_of(each) for each in editions]
    edges = sorted({day for each in days for day in each})
    found = (tuple(first <= edge < last for first, last in days) for edge in edges[:-1])
    return tuple(dict.fromkeys(piece for piece in found if any(piece)))


def _told(editions: Sequence[Edition], lines: Lines) -> Iterator[Told]:
    for place, edition in enumerate(editions):
        seen = set[Pairs]()
        for table in (each for each in edition.tables if each.counts == CONVERSATIONS):
            for codes, cell in table.cells.items():
                pairs = one_name(edition.key(table, codes)[2], lines)
                if pairs not in seen:
                    seen.add(pairs)
                    of, bounds = expression(edition.publication, table, codes), read_bounds(cell, edition.base)
                    yield Told(place, pairs, table.id, of, bounds, cell.status == "shown")


class Reading:
    """What a reader makes of some of the numbers: how small and how large others can be."""

    def __init__(self, together: Together, believed: Sequence[Told]) -> None:
        self.believed = tuple(believed)
        self._width, self._highest = together.width, together.highest
        self._cells = len(together.columns)
        rows = (*together.relations, *map(together.row, believed))
        self._program = Program(self._width, _as_rows(rows), whole=False)
        self._tables: list[Floats] = []

    @property
    def agrees(self) -> bool:
        """Whether there are numbers that give everything that is believed."""
        return self._found((), 1, {}) is not None

    def range(self, columns: Sequence[int], without: Sequence[int] = ()) -> Bounds | None:
        """How few and how many there can be, without other columns; None: the numbers contradict each other."""
        down, up = self._found(columns, 1, {}, without), self._found(columns, -1, {}, without)
        if down is None or up is None:
            return None
        top = int(np.floor(up + NEAR))
        return Bounds(int(np.ceil(down - NEAR)), None if 2 * top >= self._highest else top)

    def reaches(self, columns: Sequence[int], high: int, known: Mapping[int, int], without: Sequence[int] = ()) -> bool:
        """Whether there can be so many, for who knows of so many in some columns; also where he knows it is not so."""
        least = self._least(known)
        for table in self._tables:
            if _sum(table, columns, without) >= high - NEAR and (table >= least - NEAR).all():
                return True
        up = self._found(columns, -1, known, without)
        return up is None or up >= high - NEAR

    def _least(self, known: Mapping[int, int]) -> Ints:
        least = np.zeros(self._width, dtype=np.int64)
        least[list(known)] = list(known.values())
        return least

    def _found(
        self, columns: Sequence[int], sign: int, known: Mapping[int, int], without: Sequence[int] = ()
    ) -> float | None:
        cost = np.zeros(self._width)
        cost[list(columns)] = sign
        cost[list(without)] = -sign
        most = np.full(self._width, self._highest, dtype=np.int64)
        most[self._cells :] = ENDLESS
        table = self._program.minimise(cost, self._least(known), most)
        if table is None:
            return None
        self._tables.append(table)
        return _sum(table, columns, without)


def _sum(table: Floats, columns: Sequence[int], without: Sequence[int]) -> float:
    return float(table[list(columns)].sum() - table[list(without)].sum())


def _as_rows(rows: Sequence[_Row]) -> Rows:
    terms = [term for row in rows for term in row.terms]
    return Rows(
        np.cumsum([0, *(len(row.terms) for row in rows)]),
        np.array([column for column, _ in terms], dtype=np.int64),
        np.array([times for _, times in terms], dtype=np.int64),
        np.array([row.least for row in rows], dtype=np.int64),
        np.array([row.most for row in rows], dtype=np.int64),
    )


class Readings:
    """What readers take together of what is told.

    Who is a partner in one publication and not in another, and what was corrected, make sums differ. Where the windows
    contradict each other a reader believes some publications, and of the others what goes with these, the newest first.
    """

    def __init__(self, together: Together) -> None:
        self.together = together
        every = Reading(together, together.told)
        self._every = every if every.agrees else None
        self._found: dict[tuple[tuple[int, ...], tuple[int, ...]], Reading] = {}

    def alone(self, place: int) -> Reading:
        """What one publication says by itself."""
        return self.believing(place, without=tuple(i for i in range(len(self.together.editions)) if i != place))

    def believing(self, *those: int, without: tuple[int, ...] = ()) -> Reading:
        """As who surely believes these publications (by place) reads it, and some others not at all."""
        if self._every is not None and not without:
            return self._every
        key = (those, without)
        if key not in self._found:
            self._found[key] = self._made(those, without)
        return self._found[key]

    def _made(self, those: Sequence[int], without: Sequence[int]) -> Reading:
        made = Reading(self.together, [t for t in self.together.told if t.place in those])
        others = [i for i in range(len(self.together.editions)) if i not in (*those, *without)]
        for place in sorted(others, key=lambda i: self.together.editions[i].publication[::-1], reverse=True):
            more = [t for t in self.together.told if t.place == place]
            made = self._with(made, more) or self._one_by_one(made, more)
        return made

    def _with(self, made: Reading, more: Sequence[Told]) -> Reading | None:
        found = Reading(self.together, [*made.believed, *more])
        return found if found.agrees else None

    def _one_by_one(self, made: Reading, more: Sequence[Told]) -> Reading:
        for told in more:
            made = self._with(made, [told]) or made
        return made
