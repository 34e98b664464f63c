"""Readers who know that a set stood still, or only grew, or only shrank, and so take all numbers of it together.

Whoever knows the field knows as much now and then. Only what truly is so is asked: who believes a thing that is not,
learns nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from tweeluik.checks.audit.counting import Bits, Counting
from tweeluik.checks.audit.over_time import Pairs, Publications
from tweeluik.checks.audit.published import Edition
from tweeluik.checks.audit.questions import Asked, Expression, Question, every, less

FEWEST_THAT_CHANGE = 3
"""Between two periods organisations come and go; of two that did, each knows the other."""

Told = tuple[Edition, str, Expression]
"""A publication that tells of a cell, the first table that does, and the records."""


def ask_about_standing(true: Counting, publications: Publications) -> Iterator[Question]:
    """Cells of partners over all publications that tell of them."""
    cells: dict[Pairs, list[Told]] = {}
    for edition in publications.all:
        for (counts, pairs), (table, of) in publications.cells[edition.publication].items():
            if counts == "partners":
                cells.setdefault(pairs, []).append((edition, table, of))
    for told in cells.values():
        yield from _still(true, told)
        for before, after in combinations(told, 2):
            yield from _one_way(true, before, after, "who came where nobody left")
            yield from _one_way(true, after, before, "who left where nobody came")


def _still(true: Counting, told: list[Told]) -> Iterator[Question]:
    """The same organisations in several publications."""
    sets: dict[Bits, list[Told]] = {}
    for each in told:
        sets.setdefault(true.members("partners", each[2]), []).append(each)
    for members, alike in sets.items():
        if members and len(alike) > 1:
            edition, table, of = alike[-1]
            same = tuple(each for _, _, each in alike)
            why = "the same organisations in several publications"
            yield Question("partners", of, Asked.EITHER, edition.id, table, why, same)


def _one_way(true: Counting, less_told: Told, more_told: Told, why: str) -> Iterator[Question]:
    """What one publication has beyond another, where it has everything of the other."""
    (one, _, few), (other, _, many) = less_told, more_told
    fewer, more = true.members("partners", few), true.members("partners", many)
    changed = (more & ~fewer).bit_count()
    apart = one.id != other.id and one.period != other.period
    if fewer & ~more == 0 < changed and not (apart and changed >= FEWEST_THAT_CHANGE):
        edition, table, _ = max(less_told, more_told, key=lambda each: (each[0].period[1], each[0].publication))
        yield Question("partners", less(many, few), Asked.EITHER, edition.id, table, why, (few, every(few, many)))
