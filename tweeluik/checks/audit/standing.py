"""Readers who know that sets stood still, or only grew, or only shrank, and so take all numbers of them together.

Whoever knows the field knows as much, of all cells at once: to a reader who remembers names no world is an answer in
which a cell did not stand still that truly did. Who knows that a cell only grew is asked about where that truly is so:
who believes a thing that is not, learns nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations

from tweeluik.checks.audit.counting import Counting
from tweeluik.checks.audit.crowd import Bits
from tweeluik.checks.audit.lines import Meaning, are_all
from tweeluik.checks.audit.over_time import Publications
from tweeluik.checks.audit.published import Edition
from tweeluik.checks.audit.questions import Asked, Expression, Question, every, less, some

FEWEST_THAT_CHANGE = 3
"""Between two periods organisations come and go; of two that did, each knows the other."""

Told = tuple[Edition, str, Expression]
"""A publication that tells of a cell, the first table that does, and the records."""


def standing(counting: Counting, publications: Publications) -> list[bool]:
    """Per world whether every cell of partners that truly had the same organisations in two publications has there."""
    units = counting.units
    first_row, differing = (1 << 8 * units.width) - 1, 0
    for told in _cells(publications):
        sets: dict[Bits, Bits] = {}
        for _, _, of in told:
            members = counting.members("partners", of)
            differing |= members ^ sets.setdefault(members & first_row, members)
    return [not number for number in units.count(differing)]


def stood_still(true: Counting, publications: Publications) -> bool:
    """Whether any cell of partners truly had the same organisations in two publications."""
    sets = ([true.members("partners", of) for _, _, of in told] for told in _cells(publications))
    return any(len(set(each)) < len(each) for each in sets)


def ask_about_standing(true: Counting, publications: Publications) -> Iterator[Question]:
    """Cells of partners over all publications that tell of them."""
    for told in _cells(publications):
        for before, after in combinations(told, 2):
            yield from _one_way(true, before, after, "who came where nobody left")
            yield from _one_way(true, after, before, "who left where nobody came")


def _cells(publications: Publications) -> Iterable[list[Told]]:
    """Per cell of partners the publications that tell of it."""
    cells: dict[Meaning, list[Told]] = {}
    for edition in publications.all:
        for (counts, pairs), (table, of) in publications.cells[edition.publication].items():
            if counts == "partners":
                cells.setdefault(publications.meaning(pairs), []).append((edition, table, of))
    for meant, told in cells.items():
        told += [each for edition in publications.all for each in _taken_together(publications, edition, meant)]
    return cells.values()


def _taken_together(publications: Publications, edition: Edition, whole: Meaning) -> Iterable[Told]:
    """What another publication takes together, as the whole of its parts in one that tells of every part."""
    told_whole = publications.alike(edition.publication, "partners", whole)
    parts = {} if told_whole else publications.parts(edition.publication, whole)
    if parts and are_all(parts, whole):
        told = [cell for cells in parts.values() for cell in cells]
        yield edition, told[0][0], some(*(of for _, of in told))


def _one_way(true: Counting, less_told: Told, more_told: Told, why: str) -> Iterator[Question]:
    """What one publication has beyond another, where it has everything of the other."""
    (one, _, few), (other, _, many) = less_told, more_told
    fewer, more = true.members("partners", few), true.members("partners", many)
    changed = (more & ~fewer).bit_count()
    apart = one.id != other.id and one.period != other.period
    if fewer & ~more == 0 < changed and not (apart and changed >= FEWEST_THAT_CHANGE):
        edition, table, _ = max(less_told, more_told, key=lambda each: (each[0].period[1], each[0].publication))
        yield Question("partners", less(many, few), Asked.EITHER, edition.id, table, why, (few, every(few, many)))
