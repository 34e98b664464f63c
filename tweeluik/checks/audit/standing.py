"""Readers who know that sets stood still, or only grew, or only shrank, and so take all numbers of them together.

Whoever knows the field knows as much, of all cells at once: to a reader who remembers names no world is an answer in
which a cell did not stand still that truly did. Who knows that a cell only grew is asked about where that truly is so:
who believes a thing that is not, learns nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations, permutations, product
from types import MappingProxyType

from tweeluik.checks.audit.counting import Counting, expression
from tweeluik.checks.audit.crowd import Bits
from tweeluik.checks.audit.lines import Meaning, Pairs
from tweeluik.checks.audit.over_time import Cell, Publications
from tweeluik.checks.audit.published import Edition, Table
from tweeluik.checks.audit.questions import Asked, Expression, Question, every, less
from tweeluik.checks.audit.reality import Agenda
from tweeluik.checks.audit.within import around
from tweeluik.checks.audit.worlds import Publication
from tweeluik.record.cell import TOTAL, Codes

FEWEST_THAT_CHANGE = 3
"""Between two periods organisations come and go; of two that did, each knows the other."""

OF_A_TOTAL = "a total less the categories that are shown, there or where they stood still"

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


def ask_about_standing(
    true: Counting, publications: Publications, agenda: Agenda = MappingProxyType({})
) -> Iterator[Question]:
    """Cells of partners over all publications that tell of them, and each less what lies in it."""
    yield from _left_of_totals(true, publications)
    for told in _cells(publications):
        for before, after in combinations(told, 2):
            yield from _one_way(true, before, after, "who came where nobody left")
            yield from _one_way(true, after, before, "who left where nobody came")
    for one, other in permutations(publications.all, 2):
        for few, many in _nested(publications, one, other, agenda):
            came = _beside_a_part(true, few, many)
            if came is not None and _is_asked(true, (one, other), came):
                edition, table = max((one, few[0][0]), (other, many[0][0]), key=lambda each: _newest(each[0]))
                why = "who came into a category and not into another where nobody left"
                yield Question("partners", came, Asked.EITHER, edition.id, table, why, _nobody_left(few, many))


def _left_of_totals(true: Counting, publications: Publications) -> Iterator[Question]:
    """A total less all categories that are shown somewhere: who knows that they stood still has their numbers here."""
    told = [
        (edition, table)
        for edition in publications.all
        for table in edition.tables if table.counts == "partners"
    ]  # fmt: skip
    shown = {
        (meant, true.members("partners", expression(edition.publication, table, codes)))
        for edition, table in told
        for codes, cell in table.cells.items() if cell.status == "shown"
        for meant in publications.meanings(edition.publication, edition.key(table, codes)[2])
    }  # fmt: skip
    for edition, table in told:
        for line, codes in _lines(table):
            parts = {each: expression(edition.publication, table, each) for each in codes}
            known = [
                each for each, part in parts.items()
                if (publications.meaning(edition.key(table, each)[2]), true.members("partners", part)) in shown
            ]  # fmt: skip
            if 1 < len(known) < len(parts) - 1 and any(table.cells[each].status != "shown" for each in known):
                left = less(expression(edition.publication, table, line), *(parts[each] for each in known))
                yield Question("partners", left, Asked.EITHER, edition.id, table.id, OF_A_TOTAL)


def _lines(table: Table) -> Iterator[tuple[Codes, Sequence[Codes]]]:
    """Every total of a table, and the categories that it is divided into."""
    for axis, side in enumerate(table.sides):
        for line in (codes for codes in table.cells if side.partition and codes[axis] == TOTAL):
            yield line, [(*line[:axis], code, *line[axis + 1 :]) for code in side.labels]


def _cells(publications: Publications) -> Iterable[list[Told]]:
    """Per cell of partners the publications that tell of it."""
    cells: dict[Meaning, list[Told]] = {}
    wholes: dict[Meaning, Pairs] = {}
    for edition in publications.all:
        for (counts, pairs), (table, of) in publications.cells[edition.publication].items():
            if counts == "partners":
                for meant in publications.meanings(edition.publication, pairs):
                    cells.setdefault(meant, []).append((edition, table, of))
                wholes.setdefault(publications.meaning(pairs), pairs)
    for meant, pairs in wholes.items():
        made = ((edition, publications.together(edition.publication, pairs)) for edition in publications.all)
        cells[meant] += [(edition, *cell) for edition, cell in made if cell is not None]
    order = {edition.publication: i for i, edition in enumerate(publications.all)}
    return [sorted(told, key=lambda each: order[each[0].publication]) for told in cells.values()]


def _one_way(true: Counting, less_told: Told, more_told: Told, why: str) -> Iterator[Question]:
    """What one publication has beyond another, where it has everything of the other."""
    (one, _, few), (other, _, many) = less_told, more_told
    fewer, more = true.members("partners", few), true.members("partners", many)
    came = less(many, few)
    if fewer & ~more == 0 and _is_asked(true, (one, other), came):
        edition, table, _ = max(less_told, more_told, key=lambda each: _newest(each[0]))
        yield Question("partners", came, Asked.EITHER, edition.id, table, why, (few, every(few, many)))


def _is_asked(true: Counting, publications: tuple[Edition, Edition], came: Expression) -> bool:
    """Whether anybody came; and between others than of the same days, one or two."""
    one, other = publications
    changed = true.members("partners", came).bit_count()
    apart = one.id != other.id and one.period != other.period
    return changed > 0 and not (apart and changed >= FEWEST_THAT_CHANGE)


def _newest(edition: Edition) -> tuple[str, Publication]:
    return edition.period[1], edition.publication


# --- cells beside what lies in them -----------------------------------------------------------------------------------

Pair = tuple[Cell, Cell]
"""A cell, and one that lies in it."""


def _nested(publications: Publications, one: Edition, other: Edition, agenda: Agenda) -> Iterator[tuple[Pair, Pair]]:
    """Cells of partners that two publications tell of, each with one that lies in it."""
    cells = publications.cells[one.publication]
    for (counts, pairs), part in cells.items():
        found = _wider(pairs, agenda) if counts == "partners" else ()
        for wider in (each for each in dict.fromkeys(found) if (counts, each) in cells):
            whole = cells[counts, wider]
            there = (publications.same(one.publication, counts, each, other.publication) for each in (wider, pairs))
            for wholes, parts in product(*there):
                yield (whole, part), (wholes, parts)


def _wider(pairs: Pairs, agenda: Agenda) -> Iterator[Pairs]:
    for pair in sorted(pairs):
        yield pairs - {pair}
        yield from (cell for _, cell in around(pairs, pair, agenda))


def _beside_a_part(true: Counting, few: Pair, many: Pair) -> Expression | None:
    """Who came into a cell and not into what lies in it, where nobody left either; None: somebody did, or it stood."""
    gone = [true.members("partners", less(before, after)) for (_, before), (_, after) in zip(few, many, strict=True)]
    (whole, part), (was, part_was) = ([of for _, of in cells] for cells in (many, few))
    grew = true.members("partners", less(part, part_was))
    return less(less(whole, part), less(was, part_was)) if grew and not any(gone) else None


def _nobody_left(few: Pair, many: Pair) -> tuple[Expression, ...]:
    """Sets that are all nobody, as the reader has it."""
    (_, whole), _ = few
    return less(whole, whole), *(less(before, after) for (_, before), (_, after) in zip(few, many, strict=True))
