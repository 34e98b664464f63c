"""The linked system that a reader faces: cells with what each may be, and the relations that bind them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from tweeluik.checks.published import Cell, Key

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


@dataclass(frozen=True, slots=True)
class Published:
    """All cells of all editions, what each may be by its own publication, and what binds them.

    `differences` are numbers that nobody publishes but a reader can reason about: one cell less another, as indices.
    They come after the cells in `bounds`, `hidden` and `relations`.
    """

    cells: tuple[Key, ...]
    bounds: tuple[Bounds, ...]
    hidden: tuple[bool, ...]
    relations: tuple[Relation, ...]
    index: dict[Key, int]
    differences: tuple[tuple[int, int], ...] = ()


def with_differences(published: Published, differences: Iterable[tuple[int, int]]) -> Published:
    """The same system with these differences (a cell, and one that lies within it) as numbers of their own."""
    asked, first = tuple(dict.fromkeys(differences)), len(published.cells)
    parts = (Relation(((i, 1), (j, -1), (first + k, -1)), equal=True) for k, (i, j) in enumerate(asked))
    return replace(
        published,
        bounds=published.bounds + tuple(Bounds(0, None) for _ in asked),
        hidden=published.hidden + tuple(False for _ in asked),
        relations=(*published.relations, *parts),
        differences=asked,
    )


def read_bounds(cell: Cell, base: int) -> Bounds:
    """What a reader knows of a cell from its own number: rounded ones are less than one base off."""
    if cell.value is None:
        return Bounds(0, None)
    margin = base - 1 if cell.status == "rounded" else 0
    return Bounds(max(0, cell.value - margin), cell.value + margin)
