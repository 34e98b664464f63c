"""The linked system cut into blocks that no relation crosses: what one block holds says nothing about another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tweeluik.checks.audit.solver import ENDLESS, Ints, Rows
from tweeluik.checks.audit.system import Bounds, Published, Relation


class Contradiction(Exception):
    """No numbers at all fit what is published and known."""


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """Cells that a reader does not know exactly (indices into `Published.cells`), their bounds, and what binds them."""

    cells: tuple[int, ...]
    least: Ints
    most: Ints
    rows: Rows

    def fits(self, table: Ints) -> bool:
        """Whether a whole table of the block keeps every bound and every row; by addition alone."""
        return bool((table >= self.least).all() and (table <= self.most).all()) and self.rows.hold(table)


def cut(published: Published, bounds: Sequence[Bounds]) -> tuple[Block, ...]:
    """The blocks of a system, in the order of their first cells; `bounds` are those of `published` or tighter.

    Raises:
        Contradiction: the bounds, or a relation between exact numbers, cannot hold.
    """
    free = [i for i, each in enumerate(published.bounds) if not each.exact]
    unknown, home = set(free), {i: i for i in free}

    def root(i: int) -> int:
        while home[i] != i:
            home[i] = home[home[i]]
            i = home[i]
        return i

    touching = [[i for i, _ in relation.terms if i in unknown] for relation in published.relations]
    for members in touching:
        for i in members[1:]:
            one, other = sorted((root(members[0]), root(i)))
            home[other] = one
    cells: dict[int, list[int]] = {}
    relations: dict[int, list[Relation]] = {}
    for i in free:
        cells.setdefault(root(i), []).append(i)
    tight = tighten(published.relations, bounds)
    for relation, members in zip(published.relations, touching, strict=True):
        if members:
            relations.setdefault(root(members[0]), []).append(relation)
    return tuple(_block(tuple(group), relations.get(first, []), tight) for first, group in cells.items())


def tighten(relations: Sequence[Relation], bounds: Sequence[Bounds]) -> list[Bounds]:
    """The bounds after every relation with a single unknown has said what it says, in whole numbers.

    Raises:
        Contradiction: nothing is left for some cell, or a relation between exact numbers does not hold.
    """
    tight, changed = list(bounds), True
    while changed:
        changed = False
        for relation in relations:
            open_terms = [(i, coefficient) for i, coefficient in relation.terms if not tight[i].exact]
            if len(open_terms) > 1:
                continue
            rest = sum(coefficient * tight[i].least for i, coefficient in relation.terms if tight[i].exact)
            if not open_terms:
                _must(rest == 0 if relation.equal else rest >= 0)
                continue
            i, coefficient = open_terms[0]
            narrower = tight[i].within(_alone(relation, coefficient, -rest))
            _must(narrower.possible)
            changed = changed or narrower != tight[i]
            tight[i] = narrower
    return tight


def _alone(relation: Relation, coefficient: int, right: int) -> Bounds:
    """What `coefficient * cell = right` (or `>= right`) says about the cell."""
    if relation.equal:
        _must(right % coefficient == 0)
        return Bounds(max(0, right // coefficient), right // coefficient)
    if coefficient > 0:
        return Bounds(max(0, -(-right // coefficient)), None)
    return Bounds(0, -right // -coefficient)


def _must(holds: bool) -> None:
    if not holds:
        raise Contradiction


def _block(cells: tuple[int, ...], relations: list[Relation], bounds: Sequence[Bounds]) -> Block:
    place = {i: position for position, i in enumerate(cells)}
    starts, columns, coefficients, least, most = [0], list[int](), list[int](), list[int](), list[int]()
    for relation in relations:
        rest = sum(coefficient * bounds[i].least for i, coefficient in relation.terms if i not in place)
        mine = [(place[i], coefficient) for i, coefficient in relation.terms if i in place]
        columns += [column for column, _ in mine]
        coefficients += [coefficient for _, coefficient in mine]
        starts.append(len(columns))
        least.append(-rest)
        most.append(-rest if relation.equal else ENDLESS)
    rows = Rows(*(np.array(each, dtype=np.int64) for each in (starts, columns, coefficients, least, most)))
    lows = np.array([bounds[i].least for i in cells], dtype=np.int64)
    tops = [bounds[i].most for i in cells]
    highs = np.array([ENDLESS if top is None else top for top in tops], dtype=np.int64)
    return Block(cells, lows, highs, rows)
