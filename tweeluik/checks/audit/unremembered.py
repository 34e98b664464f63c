"""What a publication of which nobody has the records leaves of a number of another over the same days.

Nobody can be asked about it. But whoever takes both to be about the same organisations has two windows around one
number: together they may leave "somebody, and few" alone.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from tweeluik.checks.audit.lines import Lines, Meaning, meaning
from tweeluik.checks.audit.published import Edition
from tweeluik.checks.audit.system import Bounds, read_bounds
from tweeluik.checks.audit.worlds import Pair, Publication, Records, Truth
from tweeluik.problems import Place, Problem

WHAT = "a reader can work out too much about the number of partners: two windows around one number"
HINT = "protect the tables again; do not publish these files"

Windows = Mapping[Meaning, Bounds]
"""Per cell of partners what a publication says of it."""


def told_beside_unremembered(
    editions: Sequence[Edition], truth: Truth, forgotten: Collection[Publication], new: Collection[Publication],
    lines: Lines,
) -> Iterator[Problem]:  # fmt: skip
    """Numbers of new publications that one of which the records are gone narrows to somebody, and fewer than enough."""
    gone = [each for each in editions if each.publication in forgotten]
    for edition in (each for each in editions if each.publication in new and each.publication in truth):
        for other in (each for each in gone if each.period == edition.period):
            yield from _told(edition, truth[edition.publication], other, lines)


def _told(edition: Edition, records: Records, other: Edition, lines: Lines) -> Iterator[Problem]:
    theirs, enough = _windows(other, lines), min(edition.threshold, other.threshold)
    for table in (each for each in edition.tables if each.counts == "partners"):
        for codes, cell in table.cells.items():
            pairs = edition.key(table, codes)[2]
            there = theirs.get(meaning(pairs, lines))
            if there is None or cell.status == "shown":
                continue
            here = read_bounds(cell, edition.base)
            least, most = max(here.least, there.least), _less(here.most, there.most)
            number, named, rest = _behind(records, pairs)
            holds = least <= number and (most is None or number <= most)
            if holds and 0 < rest < enough and least > named and most is not None and most < named + enough:
                yield Problem(Place(f"{edition.folder}/release.json"), table.id, WHAT, HINT)


def _windows(edition: Edition, lines: Lines) -> Windows:
    return {
        meaning(edition.key(table, codes)[2], lines): read_bounds(cell, edition.base)
        for table in edition.tables
        if table.counts == "partners"
        for codes, cell in table.cells.items()
    }


def _less(one: int | None, other: int | None) -> int | None:
    known = [each for each in (one, other) if each is not None]
    return min(known, default=None)


def _behind(records: Records, pairs: frozenset[Pair]) -> tuple[int, int, int]:
    """How many are in a cell, how many of them by name, and how many holdings the others are."""
    units = [unit for unit in records.units.values() if pairs <= unit.codes]
    others = {unit.holding for unit in units if not unit.named}
    return len(units), sum(unit.named for unit in units), len(others)
