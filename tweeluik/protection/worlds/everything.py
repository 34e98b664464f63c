"""Everything ever published, and about to be, as its readers have it: cells with what is known of them.

Cells are numbered over all publications; a set of records that stands in two tables of a publication is one cell.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from tweeluik.checks.audit.lines import NO_LINES, Lines, Meaning, are_all, is_part, is_whole, meaning
from tweeluik.checks.audit.published import Edition
from tweeluik.checks.audit.reality import Agenda, agenda_of
from tweeluik.checks.audit.system import read_bounds
from tweeluik.checks.audit.within import made_of
from tweeluik.checks.audit.worlds import Pair, Truth
from tweeluik.protection.periods import OF_PARTNERS
from tweeluik.protection.worlds.lives import Span
from tweeluik.protection.worlds.world import Tokens
from tweeluik.record.cell import TOTAL, Codes

PARTNERS, CONVERSATIONS = "partners", "conversations"


@dataclass(frozen=True, slots=True)
class Cell:
    """A set of records that a publication (its number) tells the size of."""

    publication: int
    counts: str
    pairs: frozenset[Pair]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a cell stands: an edition, a table, an address."""

    edition: int
    table: str
    codes: Codes


class Everything:
    """The publications in a fixed order, and their cells."""

    def __init__(self, editions: Sequence[Edition], truth: Truth, agenda: Agenda, lines: Lines = NO_LINES) -> None:
        self.editions = tuple(sorted((each for each in editions if each.tables), key=lambda each: each.publication))
        self.truth = truth
        self.agenda, self.lines = agenda_of(self.editions) | dict(agenda), lines
        self.number = {each.publication: i for i, each in enumerate(self.editions)}
        self.cells: list[Cell] = []
        self.places: list[list[Place]] = []
        self._index: dict[Cell, int] = {}
        self._shapes: dict[tuple[int, str], dict[tuple[str, ...], dict[tuple[Pair | None, ...], int]]] = {}
        self._hits: dict[tuple[int, str, frozenset[Pair]], Sequence[int]] = {}
        for i, edition in enumerate(self.editions):
            self._read(i, edition)

    def _read(self, i: int, edition: Edition) -> None:
        for table in edition.tables:
            names = tuple(side.name for side in table.sides)
            shape = self._shapes.setdefault((i, table.counts), {}).setdefault(names, {})
            for codes in table.cells:
                having = tuple(None if code == TOTAL else (name, code) for name, code in zip(names, codes, strict=True))
                cell = Cell(i, table.counts, frozenset(pair for pair in having if pair))
                if cell not in self._index:
                    self._index[cell] = len(self.cells)
                    self.cells.append(cell)
                    self.places.append([])
                shape[having] = self._index[cell]
                self.places[self._index[cell]].append(Place(i, table.id, codes))

    def told_alike(self) -> Iterator[tuple[Meaning, frozenset[int]]]:
        """What partners are told of as one: a cell; or all parts of what another publication takes together."""
        of: dict[int, dict[int, Meaning]] = {}
        for i, each in enumerate(self.cells):
            if each.counts == PARTNERS:
                of.setdefault(each.publication, {})[i] = meaning(each.pairs, self.lines)
        yield from self._told_in_parts()
        told = [(i, meant) for there in of.values() for i, meant in there.items()]
        yield from ((meant, frozenset({i})) for i, meant in told)
        for whole in {meant: None for _, meant in told if is_whole(meant)}:
            for there in of.values():
                parts = {i: meant for i, meant in there.items() if is_part(meant, whole)}
                if whole not in there.values() and parts and are_all(parts.values(), whole):
                    yield whole, frozenset(parts)

    def _told_in_parts(self) -> Iterator[tuple[Meaning, frozenset[int]]]:
        """Parts of the agenda that one publication tells, of all cells that another tells in their place."""
        for cell in {each.pairs: None for each in self.cells if each.counts == PARTNERS}:
            for i, edition in enumerate(self.editions):
                for those in made_of(edition, cell, self.agenda) if self.partners(i, cell) is None else ():
                    numbers = [self.partners(i, each) for each in those]
                    if None not in numbers:
                        yield meaning(cell, self.lines), frozenset(each for each in numbers if each is not None)

    def publish(self, editions: Sequence[Edition]) -> None:
        """Other numbers in the same tables."""
        self.editions = tuple(sorted((each for each in editions if each.tables), key=lambda each: each.publication))

    def sums(self, i: int) -> Iterator[tuple[tuple[int, int], ...]]:
        """What adds up in a publication: a total (1) and its categories (-1), in every line of a partition."""
        for table in self.editions[i].tables:
            names = [side.name for side in table.sides]
            for axis, side in enumerate(table.sides):
                for line in (codes for codes in table.cells if side.partition and codes[axis] == TOTAL):
                    parts = ((*line[:axis], code, *line[axis + 1 :]) for code in side.labels)
                    yield tuple(
                        (self.cell(i, table.counts, names, codes), sign)
                        for codes, sign in ((line, 1), *((p, -1) for p in parts))
                    )

    def cell(self, i: int, counts: str, names: Sequence[str], codes: Codes) -> int:
        """The number of a cell."""
        pairs = frozenset((name, code) for name, code in zip(names, codes, strict=True) if code != TOTAL)
        return self._index[Cell(i, counts, pairs)]

    def partners(self, i: int, pairs: frozenset[Pair]) -> int | None:
        """The number of the cell of partners with these categories; None: the publication tells of none."""
        return self._index.get(Cell(i, PARTNERS, pairs))

    def spans(self) -> Iterator[Span]:
        """The publications as history sees them."""
        for i, edition in enumerate(self.editions):
            years = tuple(range(int(edition.period[0][:4]), int(edition.period[1][:4]) + 1))
            yield Span(edition.publication, years, self.categories(i))

    def categories(self, i: int) -> Mapping[str, tuple[str, ...]]:
        """Per dimension that a publication asks of partners its codes."""
        found: dict[str, dict[str, None]] = {}
        for table in self.editions[i].tables:
            for side in table.sides:
                if table.counts == PARTNERS or side.name in OF_PARTNERS:
                    found.setdefault(side.name, {}).update(dict.fromkeys(side.labels))
        return {name: tuple(codes) for name, codes in found.items()}

    def tells_of(self, i: int, counts: str) -> frozenset[str]:
        """The dimensions in which a publication tells of partners or conversations."""
        return frozenset(name for names in self._shapes.get((i, counts), ()) for name in names)

    def hits(self, i: int, counts: str, pairs: Iterable[Pair]) -> Sequence[int]:
        """The cells of a publication that count a record with these categories, each once."""
        key = (i, counts, frozenset(pairs))
        if key not in self._hits:
            self._hits[key] = tuple(dict.fromkeys(self._hit(*key)))
        return self._hits[key]

    def _hit(self, i: int, counts: str, pairs: frozenset[Pair]) -> Iterator[int]:
        having: dict[str, list[Pair | None]] = {}
        for pair in pairs:
            having.setdefault(pair[0], [None]).append(pair)
        for names, cells in self._shapes.get((i, counts), {}).items():
            for combination in product(*(having.get(name, [None]) for name in names)):
                cell = cells.get(combination)
                if cell is not None:
                    yield cell

    def count_conversations(self) -> Mapping[int, int]:
        """How many conversations the truth has in every cell."""
        found = Counter[int]()
        for publication, i in self.number.items():
            told, records, alike = self.tells_of(i, CONVERSATIONS), self.truth[publication], Counter[frozenset[Pair]]()
            faces = {
                name: frozenset(pair for pair in unit.codes if pair[0] in OF_PARTNERS and pair[0] in told)
                for name, unit in records.units.items()
            }
            for talk in records.talks.values():
                own = frozenset(pair for pair in talk.codes if pair[0] in told)
                alike[own.union(*(faces[unit] for unit in talk.units))] += 1
            for pairs, number in alike.items():
                for cell in self.hits(i, CONVERSATIONS, pairs):
                    found[cell] += number
        return found

    def bounds(self, cell: int) -> tuple[int, int | None]:
        """What its readers know of a cell from its own numbers."""
        low, high = 0, None
        for place in self.places[cell]:
            edition = self.editions[place.edition]
            told = read_bounds(edition.by_id[place.table].cells[place.codes], edition.base)
            low = max(low, told.least)
            high = told.most if high is None else high if told.most is None else min(high, told.most)
        return low, high


def hits_of_tokens(everything: Everything, tokens: Tokens) -> Iterator[int]:
    """The cells of partners that count a record, over all publications."""
    there: dict[int, list[Pair]] = {}
    for publication, pair in tokens:
        there.setdefault(publication, [])
        if pair is not None:
            there[publication].append(pair)
    for publication, pairs in there.items():
        yield from everything.hits(publication, PARTNERS, pairs)
