"""What a reader asks of one publication: its cells, and what he gets by subtracting some from others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from tweeluik.checks.audit.counting import OF_PARTNERS, expression
from tweeluik.checks.audit.lines import Pairs
from tweeluik.checks.audit.published import Edition, Side, Table
from tweeluik.checks.audit.questions import Among, Asked, Expression, Label, Question, every, less
from tweeluik.checks.audit.reality import LEVELS, Agenda
from tweeluik.checks.audit.worlds import Pair
from tweeluik.record.cell import TOTAL, Codes

FEW = 12
"""Of a dimension with so many categories at most, every three are asked together; of others chance asks."""


@dataclass(frozen=True, slots=True)
class Asking:
    """Makes the questions of one table."""

    edition: Edition
    table: Table

    def question(self, of: Expression, why: str) -> Question:
        """A number that only follows."""
        asked = Asked.EITHER if self.table.counts == "partners" else Asked.SUM
        return Question(self.table.counts, of, asked, self.edition.id, self.table.id, why)

    def published(self, of: Expression, why: str, asked: Asked) -> Question:
        """A number that stands in the table."""
        return Question(self.table.counts, of, asked, self.edition.id, self.table.id, why)

    def expression(self, codes: Codes) -> Expression:
        """The records of a cell."""
        return expression(self.edition.publication, self.table, codes)


def ask_within(edition: Edition, agenda: Agenda) -> Iterator[Question]:
    """Every question about one publication, but those that chance asks."""
    for table in edition.tables:
        asking = Asking(edition, table)
        yield from _cells(asking)
        for axis, side in enumerate(table.sides):
            for line in (codes for codes in table.cells if codes[axis] == TOTAL):
                yield from _line(asking, axis, side, line)
    yield from _levels(edition, agenda)
    yield from _crossings(edition)
    yield from _met(edition)


# --- cells and lines --------------------------------------------------------------------------------------------------


def _cells(asking: Asking) -> Iterator[Question]:
    """Numbers of a table. The window of a rounded one is one base wide: it cannot reach both "none" and "enough"."""
    for codes, cell in asking.table.cells.items():
        of = asking.expression(codes)
        if asking.table.counts == "partners" and cell.status != "rounded":
            yield asking.published(of, "a number of the table", Asked.BOTH)
        else:
            yield asking.question(of, "a number of the table")
        if cell.status != "shown":
            yield asking.published(of, "a number that is not shown exactly", Asked.DOUBT)


def _line(asking: Asking, axis: int, side: Side, line: Codes) -> Iterator[Question]:
    """A total and its categories."""
    total = asking.expression(line)
    parts = {code: asking.expression(_at(line, axis, code)) for code in side.labels}
    for part in parts.values():
        yield asking.question(less(total, part), "a total less a category")
    shown = [parts[code] for code in parts if asking.table.cells[_at(line, axis, code)].status == "shown"]
    if 1 < len(shown) < len(parts):
        yield asking.question(less(total, *shown), "a total less the categories that are shown")
    if not side.partition and len(parts) > 1:
        yield from _overlaps(asking, total, list(parts.values()))


def _overlaps(asking: Asking, total: Expression, parts: Sequence[Expression]) -> Iterator[Question]:
    one, many, *only = several(parts)
    yield from (asking.question(*each) for each in (one, many))
    yield asking.question(less(total, *parts), "who is in none of the categories")
    yield from (asking.question(*each) for each in only)
    for pair in combinations(parts, 2):
        yield from _together(asking, total, pair, "two")
    if len(parts) <= FEW and asking.table.counts == "partners":
        for three in combinations(parts, 3):
            yield from _together(asking, total, three, "three")


def several(parts: Sequence[Expression]) -> Sequence[tuple[Expression, str]]:
    """In how many of overlapping categories somebody is (exactly one, several; each only); why."""
    return [
        (Among(tuple(parts), 1, 1), "who is in exactly one of the categories"),
        (Among(tuple(parts), 2, len(parts)), "who is in several of the categories"),
        *((less(one, *(o for o in parts if o is not one)), "who is in one category only") for one in parts),
    ]


def _together(asking: Asking, total: Expression, some: Sequence[Expression], number: str) -> Iterator[Question]:
    """Overlapping categories; of conversations only what they have in common."""
    yield asking.question(every(*some), f"who is in {number} categories at once")
    if asking.table.counts == "partners":
        yield asking.question(less(total, *some), f"a total less {number} categories")
        for one in some:
            others = (each for each in some if each is not one)
            yield asking.question(less(one, *others), "a category less others that overlap it")


def _at(codes: Codes, axis: int, code: str) -> Codes:
    return (*codes[:axis], code, *codes[axis + 1 :])


# --- levels of the agenda ---------------------------------------------------------------------------------------------

Place = tuple[str, frozenset[Pair]]
"""What is counted, and of whom."""


def _levels(edition: Edition, agenda: Agenda) -> Iterator[Question]:
    """A part of the agenda less what lies in it, in whichever tables both stand."""
    cells = {
        (table.counts, _pairs(table.sides, codes)): (Asking(edition, table), codes)
        for table in edition.tables
        for codes in table.cells
    }
    children: dict[tuple[Place, str], list[Expression]] = {}
    for (counts, pairs), (asking, codes) in cells.items():
        for pair in sorted(pairs):
            for above, wider in around(pairs, pair, agenda):
                if above not in pairs and (counts, wider) in cells:
                    children.setdefault(((counts, wider), pair[0]), []).append(asking.expression(codes))
    for (whole, _), parts in children.items():
        asking, codes = cells[whole]
        total = asking.expression(codes)
        for part in parts:
            yield asking.question(less(total, part), "a part of the agenda less what lies in it")
        if len(parts) > 1:
            yield from _overlaps(asking, total, parts)


def _pairs(sides: Sequence[Side], codes: Codes) -> frozenset[Pair]:
    return frozenset((side.name, code) for side, code in zip(sides, codes, strict=True) if code != TOTAL)


def ancestors(pair: Pair, agenda: Agenda) -> Iterator[Pair]:
    """What a theme or measure lies in, nearest first."""
    while pair in agenda and pair[0] in LEVELS:
        pair = agenda[pair]
        yield pair


def around(pairs: Pairs, pair: Pair, agenda: Agenda) -> Iterator[tuple[Pair, Pairs]]:
    """What one of a cell's parts of the agenda lies in, and the same cell of that, nearest first."""
    return ((above, pairs - {pair} | {above}) for above in ancestors(pair, agenda))


def alone_in(edition: Edition, agenda: Agenda) -> Mapping[Pair, Pair]:
    """Parts of the agenda that are all there is in what they lie in, as an edition has it: what that is, the widest."""
    parts = {(side.name, code): None for table in edition.tables for side in table.sides for code in side.labels}
    below: dict[tuple[str, Pair], list[Pair]] = {}
    for pair in parts:
        for above in ancestors(pair, agenda):
            below.setdefault((pair[0], above), []).append(pair)
    return {those[0]: above for (_, above), those in below.items() if len(those) == 1}


def made_of(edition: Edition, pairs: Pairs, agenda: Agenda) -> Iterator[Sequence[Pairs]]:
    """The cells of partners that are all of a cell of a pillar or theme together, by the labels of an edition."""
    sides = {side.name: side for table in edition.tables if table.counts == "partners" for side in table.sides}
    for pair in (each for each in sorted(pairs) if each[0] in LEVELS):
        for level in (each for each in LEVELS[LEVELS.index(pair[0]) + 1 :] if each in sides):
            parts = ((level, code) for code in sides[level].labels)
            those = [pairs - {pair} | {part} for part in parts if pair in ancestors(part, agenda)]
            if those:
                yield those


def undivided(edition: Edition, pairs: Pairs) -> Iterator[Sequence[Pairs]]:
    """The cells of a cell of no part of the agenda, by the parts on every level that an edition tells of."""
    if not any(name in LEVELS for name, _ in pairs):
        sides = (side for table in edition.tables if table.counts == "partners" for side in table.sides)
        for side in (each for each in sides if each.name in LEVELS):
            yield [pairs | {(side.name, code)} for code in side.labels]


# --- different tables over the same organisations ---------------------------------------------------------------------


def labels_of(edition: Edition) -> Mapping[Label, str]:
    """Every category of partners that a publication tells of, and the first table that does.

    A conversation with a kind of partner tells of partners of that kind, whether or not a table counts them.
    """
    found: dict[Label, str] = {}
    for table in sorted(edition.tables, key=lambda each: each.counts != "partners"):
        for side in table.sides:
            if table.counts == "partners" or side.name in OF_PARTNERS:
                for code in side.labels:
                    found.setdefault(Label(edition.publication, (side.name, code)), table.id)
    return found


def _met(edition: Edition) -> Iterator[Question]:
    """Partners of whom conversations tell, and no table of partners."""
    counted = {side.name for table in edition.tables if table.counts == "partners" for side in table.sides}
    for of, table in labels_of(edition).items():
        if of.pair is not None and of.pair[0] not in counted:
            yield _of_partners(edition, table, of, "who is in a category of which conversations tell")


def _of_partners(edition: Edition, table: str, of: Expression, why: str) -> Question:
    return Question("partners", of, Asked.EITHER, edition.id, table, why)


def _crossings(edition: Edition) -> Iterator[Question]:
    """Every two categories of different dimensions, whether or not a table crosses them."""
    for (one, table), (other, _) in combinations(sorted(labels_of(edition).items()), 2):
        if one.pair is not None and other.pair is not None and one.pair[0] != other.pair[0]:
            for of, why in crossed(one, other):
                yield _of_partners(edition, table, of, why)


def crossed(one: Expression, other: Expression) -> Iterator[tuple[Expression, str]]:
    """What two categories of different dimensions have in common, and each without the other; why."""
    yield every(one, other), "who is in two categories of different tables"
    yield less(one, other), "a category less one of another table"
    yield less(other, one), "a category less one of another table"
