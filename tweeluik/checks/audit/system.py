"""The linked system that a reader faces: cells with what each may be, and the relations that bind them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from tweeluik.checks.audit.published import Cell, Key

Terms = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Bounds:
    """The least and the greatest number that a cell may be; None: no greatest."""

    least: int
    most: int | None

    @property
    def exact(self) -> bool:
        """Whether there is only one."""
        return self.least == self.most

    @property
    def possible(self) -> bool:
        """Whether there is any."""
        return self.most is None or self.least <= self.most

    def within(self, other: Bounds) -> Bounds:
        """What both allow; may be nothing."""
        tops = [most for most in (self.most, other.most) if most is not None]
        return Bounds(max(self.least, other.least), min(tops, default=None))


@dataclass(frozen=True, slots=True)
class Relation:
    """`sum of coefficient * cell` is 0 (`equal`) or at least 0; terms are (index of a cell, coefficient)."""

    terms: Terms
    equal: bool


@dataclass(frozen=True)
class Published:
    """All cells of all editions, what each may be by its own publication, and what binds them.

    `complements` are numbers that nobody publishes but a reader can work out from cells: as terms over cells. They come
    after the cells in `bounds`, `hidden`, `relations` and `index`.
    """

    cells: tuple[Key, ...]
    bounds: tuple[Bounds, ...]
    hidden: tuple[bool, ...]
    relations: tuple[Relation, ...]
    index: dict[Key, int]
    complements: Mapping[Key, Terms] = field(default_factory=dict)

    @cached_property
    def keys(self) -> tuple[Key, ...]:
        """The names of all numbers."""
        return (*self.cells, *self.complements)


def with_complements(published: Published, complements: Mapping[Key, Terms]) -> Published:
    """The same system with these as numbers of their own."""
    first = len(published.cells)
    parts = (Relation((*terms, (first + k, -1)), equal=True) for k, terms in enumerate(complements.values()))
    return replace(
        published,
        bounds=published.bounds + tuple(_left(published.bounds, terms) for terms in complements.values()),
        hidden=published.hidden + tuple(False for _ in complements),
        relations=(*published.relations, *parts),
        index=published.index | {key: first + k for k, key in enumerate(complements)},
        complements=complements,
    )


def _left(bounds: Sequence[Bounds], terms: Terms) -> Bounds:
    if not all(bounds[i].exact for i, _ in terms):
        return Bounds(0, None)
    value = sum(sign * bounds[i].least for i, sign in terms)
    return Bounds(value, value)


def read_bounds(cell: Cell, base: int) -> Bounds:
    """What a reader knows of a cell from its own number: rounded ones are less than one base off.

    Who is in it by name is in it for sure.
    """
    if cell.value is None:
        return Bounds(cell.named, None)
    margin = base - 1 if cell.status == "rounded" else 0
    return Bounds(max(cell.named, cell.value - margin), cell.value + margin)
