"""What a reader asks of publications that have years in common, each with tables of its own: he takes them as one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations, permutations

from tweeluik.checks.audit.over_time import Publications, years
from tweeluik.checks.audit.published import Edition
from tweeluik.checks.audit.questions import Asked, Expression, Question, less
from tweeluik.checks.audit.reality import LEVELS, Agenda
from tweeluik.checks.audit.within import FEW, around, crossed, labels_of, several


def beside(one: Edition, editions: Iterable[Edition]) -> Iterator[Edition]:
    """The other publications that are about some of the same years: about the same organisations, at the same work."""
    return (each for each in editions if each is not one and years(each) & years(one))


def ask_across(publications: Publications, agenda: Agenda) -> Iterator[Question]:
    """What `ask_within` asks of tables of one publication, of tables of two."""
    for here, there in permutations(publications.all, 2):
        if years(here) & years(there):
            yield from _levels(publications, here, there, agenda)
            if publications.all.index(here) < publications.all.index(there):
                yield from _crossings(here, there)


def _levels(publications: Publications, here: Edition, there: Edition, agenda: Agenda) -> Iterator[Question]:
    """A part of the agenda of one publication beside what lies in it by the tables of another.

    Less that; and who is in several of it, which all of that beyond the part tells.
    """
    found: dict[tuple[Expression, str], list[Expression]] = {}
    tables: dict[Expression, str] = {}
    for (counts, pairs), (table_of, part) in publications.cells[there.publication].items():
        for level in (pair for pair in sorted(pairs) if counts == "partners" and pair[0] in LEVELS):
            for _, wider in around(pairs, level, agenda):
                for table, whole in publications.alike(here.publication, counts, publications.meaning(wider)):
                    found.setdefault((whole, level[0]), []).append(part)
                    tables[whole] = table
                    tables.setdefault(part, table_of)
    for (whole, _), parts in found.items():
        for some in _together(parts):
            why = "a part of the agenda less what lies in it"
            yield Question("partners", less(whole, *some), Asked.EITHER, here.id, tables[whole], why)
        for of, why in several(parts) if len(parts) > 1 else ():
            yield Question("partners", of, Asked.EITHER, there.id, tables[parts[0]], why)


def _together(parts: Sequence[Expression]) -> Iterator[Sequence[Expression]]:
    """One, two or three of some, and all of them."""
    most = 3 if len(parts) <= FEW else 2
    for number in range(1, min(most, len(parts)) + 1):
        yield from combinations(parts, number)
    if len(parts) > most:
        yield parts


def _crossings(here: Edition, there: Edition) -> Iterator[Question]:
    """Every two categories of different dimensions of which either publication tells only one."""
    mine, theirs = labels_of(here), labels_of(there)
    told, known = ({of.pair for of in labels} for labels in (mine, theirs))
    for one, table in mine.items():
        for other in theirs:
            names = [of.pair[0] for of in (one, other) if of.pair is not None]
            if len(set(names)) == 2 and not (one.pair in known and other.pair in told):  # noqa: PLR2004 (one of each)
                for of, why in crossed(one, other):
                    yield Question("partners", of, Asked.EITHER, here.id, table, why)
