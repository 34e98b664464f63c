"""What is common to all whole types of records: variables, what each publication says of them, and the cheapest one.

A record gives every variable a value. A view is one publication's look at it: a table of statements that are true or
not. A belief makes variables of several publications one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import product

import numpy as np
from numpy.typing import NDArray

from bench.attacker.elimination import IMPOSSIBLE, Axis, Factor, cheap_order, minima
from bench.attacker.published import Label, Publication, parts

Bits = NDArray[np.bool_]
Floats = NDArray[np.float64]

Record = tuple[int, ...]
"""A value per variable, in the order of the space."""


@dataclass(frozen=True, slots=True)
class Sight:
    """A publication, and the state of the facts that it was made from: 0 for what still stands, else one of its own."""

    publication: Publication
    group: int = 0


@dataclass(frozen=True, slots=True)
class Statement:
    """Something that is true or not of a record in one publication: a view, and a row of its table."""

    view: int
    row: int


@dataclass(frozen=True, slots=True)
class Literal:
    """A statement that must hold, or must not."""

    statement: Statement
    holds: bool = True


Question = frozenset[Literal]
"""How many records meet all of these?"""


@dataclass(frozen=True, slots=True)
class View:
    """One publication's look: `table[row]` over its variables, with sets of bits of several years taken together.

    `inside`: the variable that says whether the record is in the publication at all. `united`: which of the table's
    axes is the union of several variables. `rows`: which row says what.
    """

    sight: Sight
    inside: Axis
    variables: tuple[Axis | tuple[Axis, ...], ...]
    united: int
    rows: Mapping[str | Label, int]
    table: Bits = field(repr=False)
    allowed: Bits = field(repr=False)

    @property
    def together(self) -> tuple[Axis, ...]:
        """The variables whose sets are united."""
        return self.variables[self.united]  # type: ignore[return-value]

    @property
    def axes(self) -> tuple[Axis, ...]:
        before, after = self.variables[: self.united], self.variables[self.united + 1 :]
        return (self.inside, *before, *self.together, *after)

    def lift(self, local: Floats) -> Floats:
        """From the axes of the table to the variables of the view."""
        unions = _unions(local.shape[self.united], len(self.together))
        united = np.take(local, unions, axis=self.united)
        return np.stack([np.zeros_like(united), united])

    def place(self, record: Mapping[Axis, int]) -> tuple[int, ...] | None:
        """Where a record stands in the table; None where it is not in the publication."""
        if not record[self.inside]:
            return None
        united = 0
        for axis in self.together:
            united |= record[axis]
        return tuple(united if n == self.united else record[axis] for n, axis in enumerate(self.variables))


def _unions(size: int, number: int) -> NDArray[np.intp]:
    """All combinations of so many sets of bits -> their union."""
    united = np.zeros((1,) * number, dtype=np.intp)
    for each in range(number):
        united = united | np.arange(size).reshape([-1 if axis == each else 1 for axis in range(number)])
    return united


class Space:
    """All records that readers with a belief think possible, and what each publication says of them."""

    def __init__(self, views: Sequence[View], sizes: Mapping[Axis, int], laws: Iterable[Factor]) -> None:
        self.views, self.sizes = tuple(views), dict(sizes)
        allowed = (Factor(v.axes, v.lift(np.where(v.allowed, 0.0, IMPOSSIBLE))) for v in self.views)
        self._laws = (*allowed, *laws)
        self._order = cheap_order([*(v.axes for v in self.views), *(f.axes for f in self._laws)], self.sizes)
        self._axes = tuple(sorted(self.sizes, key=repr))
        self._lifted: dict[Literal, Factor] = {}

    def record(self, values: Mapping[Axis, int]) -> Record:
        """A record with these values, and 0 for the other variables."""
        return tuple(values.get(axis, 0) for axis in self._axes)

    def is_lawful(self, record: Record) -> bool:
        """Whether the belief thinks a record possible."""
        values = self._values(record)
        return all(law.costs[tuple(values[axis] for axis in law.axes)] < IMPOSSIBLE / 2 for law in self._laws)

    def canonical(self, record: Record) -> Record:
        """Variables that no publication sees in this record set to 0, so that equal histories are equal records."""
        values, kept = self._values(record), set[Axis]()
        for view in self.views:
            place = view.place(values)
            if place is not None and view.table[(view.rows["present"], *place)]:
                kept.update(view.axes)
        return tuple(value if axis in kept else 0 for axis, value in values.items())

    def holds(self, record: Record) -> list[Bits]:
        """Per view the truth of each of its statements about a record."""
        values = self._values(record)
        places = [(view, view.place(values)) for view in self.views]
        return [
            np.zeros(len(view.table), dtype=bool) if place is None else np.moveaxis(view.table, 0, -1)[place]
            for view, place in places
        ]

    def cheapest(self, prices: Sequence[Floats], wanted: Iterable[Literal]) -> list[tuple[float, Record]]:
        """Records of least cost that meet what is wanted, several; `prices` per view and statement."""
        factors = [*self._laws, *(self._lift(literal) for literal in wanted)]
        for view, price in zip(self.views, prices, strict=True):
            used = price.nonzero()[0]
            local = np.tensordot(price[used], view.table[used].astype(float), axes=1)
            factors.append(Factor(view.axes, view.lift(local)))
        return [(cost, self.canonical(self.record(found))) for cost, found in minima(factors, self._order)]

    @cached_property
    def size(self) -> int:
        """How many combinations of values there are."""
        size = 1
        for each in self.sizes.values():
            size *= each
        return size

    def every_record(self) -> set[Record]:
        """All records, for small spaces."""
        every = product(*(range(self.sizes[axis]) for axis in self._axes))
        return {self.canonical(each) for each in every if self.is_lawful(each)}

    def _values(self, record: Record) -> dict[Axis, int]:
        return dict(zip(self._axes, record, strict=True))

    def _lift(self, literal: Literal) -> Factor:
        if literal not in self._lifted:
            view = self.views[literal.statement.view]
            lifted = view.lift(np.where(view.table[literal.statement.row] == literal.holds, 0.0, IMPOSSIBLE))
            if literal.holds:
                lifted[0] = IMPOSSIBLE
            self._lifted[literal] = Factor(view.axes, lifted)
        return self._lifted[literal]


def together(codes: Mapping[str, Bits], code: str) -> Bits:
    """Where a code holds, or one of those that it takes together."""
    return np.asarray(sum((codes[each] for each in parts(code) if each in codes), start=np.zeros((), dtype=bool)))


def codes_of(publications: Iterable[Publication], name: str) -> tuple[str, ...]:
    """Every code of a dimension in any publication, each by itself; one that stands for all where none has it."""
    told = (code for each in publications for code in each.categories.get(name, ()))
    found = dict.fromkeys(code for each in told for code in parts(each))
    return tuple(sorted(found)) or ("",)
