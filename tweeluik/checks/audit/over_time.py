"""What a reader asks of several publications: who came, who left, who changed, and what periods have in common."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import combinations, product
from types import MappingProxyType

from tweeluik.checks.audit.counting import expression
from tweeluik.checks.audit.lines import Lines, Meaning, Pairs, are_all, is_across, is_part, is_whole, meaning
from tweeluik.checks.audit.published import Edition
from tweeluik.checks.audit.questions import Among, Asked, Expression, Label, Question, any_of, every, less, some
from tweeluik.checks.audit.reality import LEVELS, Agenda
from tweeluik.checks.audit.within import alone_in, around, made_of, several, undivided
from tweeluik.checks.audit.worlds import Publication
from tweeluik.record.cell import TOTAL

Cell = tuple[str, Expression]
"""The first table that tells it, and the records."""

Cells = Mapping[tuple[str, Pairs], Cell]
"""What is counted and of whom -> the cell."""


class Publications:
    """All publications in the order of their periods, each with its cells. `lines`: categories under other names.

    A part of the agenda that is all there is in another part, in the tables of a publication, is that part as well.
    """

    def __init__(self, editions: Iterable[Edition], lines: Lines, agenda: Agenda = MappingProxyType({})) -> None:
        order = sorted(editions, key=lambda each: (each.period[1], each.period[0], each.publication))
        self.all = tuple(each for each in order if each.tables)
        self.cells = {each.publication: _cells(each) for each in self.all}
        self._lines = lines
        self._alone = {each.publication: alone_in(each, agenda) for each in self.all}
        self._by_name, self._agenda = {each.publication: each for each in self.all}, agenda
        self._alike = {key: self._by_meaning(key, cells) for key, cells in self.cells.items()}

    def meaning(self, pairs: Pairs) -> Meaning:
        """What categories are, under whichever names."""
        return meaning(pairs, self._lines)

    def meanings(self, publication: Publication, pairs: Pairs) -> Sequence[Meaning]:
        """What categories are in a publication: themselves; and what they are all of."""
        alone = self._alone[publication]
        every = dict.fromkeys((pairs, frozenset(alone.get(pair, pair) for pair in pairs)))
        return tuple(map(self.meaning, every))

    def _by_meaning(self, publication: Publication, cells: Cells) -> Mapping[tuple[str, Meaning], Sequence[Cell]]:
        found: dict[tuple[str, Meaning], list[Cell]] = {}
        for (counts, pairs), cell in cells.items():
            for of in self.meanings(publication, pairs):
                found.setdefault((counts, of), []).append(cell)
        return found

    def same(self, here: Publication, counts: str, pairs: Pairs, there: Publication) -> Sequence[Cell]:
        """The cells of a publication that are of the same as a cell of another."""
        found = (cell for of in self.meanings(here, pairs) for cell in self.alike(there, counts, of))
        return tuple(dict.fromkeys(found))

    def alike(self, publication: Publication, counts: str, of: Meaning) -> Sequence[Cell]:
        """The cells of a publication that are of the same, under whichever names."""
        return self._alike[publication].get((counts, of), ())

    def together(self, publication: Publication, pairs: Pairs) -> Cell | None:
        """The cells of partners in a publication that are all of what another takes together, or tells as one part."""
        cells, of = self.cells[publication], self.meaning(pairs)
        if self.alike(publication, "partners", of):
            return None
        parts = self.parts(publication, of)
        if parts and are_all(parts, of):
            return _joined([cell for each in parts.values() for cell in each])
        for those in made_of(self._by_name[publication], pairs, self._agenda):
            if all(("partners", each) in cells for each in those):
                return _joined([cells["partners", each] for each in those])
        return None

    def wider(self, pairs: Pairs) -> Iterator[Pairs]:
        """The cells that a cell lies in, by labels alone."""
        for pair in sorted(pairs):
            yield pairs - {pair}
            yield from (each for _, each in around(pairs, pair, self._agenda))

    def divided(self, publication: Publication, pairs: Pairs, level: str) -> Sequence[Expression]:
        """The cells of partners in a publication that are all of a cell together, on one level of the agenda."""
        cells, edition = self.cells[publication], self._by_name[publication]
        for those in (*made_of(edition, pairs, self._agenda), *undivided(edition, pairs)):
            if all(("partners", each) in cells for each in those) and all(level in dict(each) for each in those):
                return [cells["partners", each][1] for each in those]
        return ()

    def parts(self, publication: Publication, whole: Meaning) -> Mapping[Meaning, Sequence[Cell]]:
        """The cells of partners in a publication that are a part of what is taken together, or was divided."""
        if not is_whole(whole):
            return {}
        told = self._alike[publication].items()
        return {of: cells for (counts, of), cells in told if counts == "partners" and is_part(of, whole)}

    def across(self, publication: Publication, of: Meaning) -> Sequence[Cell]:
        """The cells of partners in a publication that take some of the same together with something else."""
        if not is_whole(of):
            return ()
        told = self._alike[publication].items()
        return [
            cell for (counts, each), cells in told if counts == "partners" and is_across(each, of) for cell in cells
        ]


def _joined(cells: Sequence[Cell]) -> Cell:
    """Some cells as one."""
    return cells[0][0], any_of(of for _, of in cells)


def _cells(edition: Edition) -> Cells:
    found: dict[tuple[str, Pairs], tuple[str, Expression]] = {}
    for table in edition.tables:
        for codes in table.cells:
            sides = zip(table.sides, codes, strict=True)
            pairs = frozenset((side.name, code) for side, code in sides if code != TOTAL)
            found.setdefault((table.counts, pairs), (table.id, expression(edition.publication, table, codes)))
    return found


def ask_over_time(publications: Publications) -> Iterator[Question]:
    """Every question about two publications or three, but those that chance asks."""
    for before, after in combinations(publications.all, 2):
        yield from _two(publications, before, after)
        yield from _wider(publications, before, after)
        yield from _wider(publications, after, before)
        yield from _first_year(publications, before, after)
        yield from _taken_together(publications, before, after)
        yield from _taken_together(publications, after, before)
    for whole in publications.all:
        for parts in _within(whole, publications.all):
            yield from _periods(publications, whole, parts)
        for parts in _adding_up(whole, publications.all):
            yield from _in_parts_of_the_agenda(publications, whole, parts)
            yield from _outside(publications, whole, parts)


def _taken_together(publications: Publications, one: Edition, other: Edition) -> Iterator[Question]:
    """What one publication takes together, beside its parts in another."""
    for (counts, pairs), (table, whole) in publications.cells[one.publication].items():
        found = publications.parts(other.publication, publications.meaning(pairs)) if counts == "partners" else {}
        parts = [of for cells in found.values() for _, of in cells]
        ask = _Ask(counts, one.id, table)
        if parts:
            yield ask(less(whole, *parts), "what is taken together less its parts in another publication")
            yield ask(less(some(*parts), whole), "parts less what another publication takes together")
        for part in parts:
            yield ask(less(whole, part), "what is taken together less a part in another publication")
            yield ask(every(whole, part), "who is in a part and in what another publication takes together")
            yield ask(less(part, whole), "a part less what another publication takes together")
        for _, crossing in (
            publications.across(other.publication, publications.meaning(pairs)) if counts == "partners" else ()
        ):
            yield ask(every(whole, crossing), "who is in what two publications take together otherwise")
            yield ask(less(whole, crossing), "who is in what one publication takes together and another otherwise")


def _two(publications: Publications, before: Edition, after: Edition) -> Iterator[Question]:
    everyone = (Label(before.publication), Label(after.publication))
    for (counts, pairs), (table, new), (_, old) in _same(publications, after, before):
        ask = _Ask(counts, after.id, table)
        if counts == "partners" or overlap(before, after):
            yield ask(less(new, old), "who came between two publications")
            yield ask(less(old, new), "who left between two publications")
        if counts == "partners":
            yield ask(every(old, new), "who stayed from one publication to another")
            if pairs:
                yield ask(less(every(old, everyone[1]), new), "who left a category between two publications")
                yield ask(less(every(new, everyone[0]), old), "who came into a category between two publications")
                yield ask(less(old, everyone[1]), "who of a category left between two publications")
                yield ask(less(new, everyone[0]), "who of a category came between two publications")
                yield ask(every(old, everyone[1]), "who of a category stayed from one publication to another")
                yield ask(every(new, everyone[0]), "who of a category stayed from one publication to another")


def _same(publications: Publications, here: Edition, there: Edition) -> Iterator[tuple[tuple[str, Pairs], Cell, Cell]]:
    """Every cell of a publication beside those of another that are of the same, under whichever names."""
    for (counts, pairs), cell in publications.cells[here.publication].items():
        for other in publications.same(here.publication, counts, pairs, there.publication):
            yield (counts, pairs), cell, other
        made = publications.together(there.publication, pairs) if counts == "partners" else None
        if made is not None:
            yield (counts, pairs), cell, made
    for (counts, pairs), cell in publications.cells[there.publication].items():
        made = publications.together(here.publication, pairs) if counts == "partners" else None
        if made is not None:
            yield (counts, pairs), made, cell


def _wider(publications: Publications, one: Edition, other: Edition) -> Iterator[Question]:
    """A crossed cell of one publication beside the row and the column of another that it would lie in."""
    for (counts, pairs), (table, of) in publications.cells[one.publication].items():
        if counts == "partners" and len(pairs) > 1:
            ask = _Ask(counts, one.id, table)
            alone = (publications.meaning(frozenset({pair})) for pair in sorted(pairs))
            found = (cell for each in alone for cell in publications.alike(other.publication, counts, each))
            for _, wide in found:
                yield ask(less(of, wide), "who is in two categories and in another publication not in one of them")
                yield ask(less(wide, of), "who is in a category and in another publication not in it and a second one")
                yield ask(every(of, wide), "who is in two categories and in another publication in one of them")


class _Ask:
    """Makes questions about one cell."""

    def __init__(self, counts: str, edition: str, table: str) -> None:
        self._counts, self._edition, self._table = counts, edition, table
        self._asked = Asked.EITHER if counts == "partners" else Asked.SUM

    def __call__(self, of: Expression, why: str) -> Question:
        return Question(self._counts, of, self._asked, self._edition, self._table, why)


# --- periods that overlap or add up -----------------------------------------------------------------------------------


def years(edition: Edition) -> frozenset[int]:
    """The calendar years that a period touches."""
    first, last = (int(day[:4]) for day in edition.period)
    return frozenset(range(first, last + 1))


def overlap(one: Edition, other: Edition) -> bool:
    """Whether two periods have days in common."""
    return one.period[0] <= other.period[1] and other.period[0] <= one.period[1]


OUTSIDE_ONCE = "who is outside a category in one of the periods of which another consists, and in it in another"

MOST_PARTS = 4
"""Of a period so many at most that lie in it are taken together, with days between them or without; of those that
follow each other all."""


def _within(whole: Edition, every: Sequence[Edition]) -> Iterator[Sequence[Edition]]:
    """Two publications or more that lie in another, all about different days."""
    inside = [
        each for each in every
        if each is not whole and whole.period[0] <= each.period[0] and each.period[1] <= whole.period[1]
    ]  # fmt: skip
    for number in range(2, MOST_PARTS + 1):
        for parts in combinations(inside, number):
            if not any(overlap(one, other) for one, other in combinations(parts, 2)):
                yield parts
    last = _newest(inside, every)
    for first in last:
        yield from (row for row in _rows((first,), last) if len(row) > MOST_PARTS)


def _adding_up(whole: Edition, every: Sequence[Edition]) -> Iterator[Sequence[Edition]]:
    """The rows of publications that together are about just the days of another."""
    others = _newest([each for each in every if each.id != whole.id and each.period[1] <= whole.period[1]], every)
    for first in (each for each in others if each.period[0] == whole.period[0]):
        yield from (row for row in _rows((first,), others) if len(row) > 1 and row[-1].period[1] == whole.period[1])


def _newest(some: Iterable[Edition], every: Iterable[Edition]) -> Sequence[Edition]:
    """The last version of each."""
    last = {each.id: each.version for each in sorted(every, key=lambda each: each.version)}
    return [each for each in some if each.version == last[each.id]]


def _rows(row: tuple[Edition, ...], every: Sequence[Edition]) -> Iterator[tuple[Edition, ...]]:
    """Publications of which each begins on the day after the one before it ends."""
    yield row
    begins = (date.fromisoformat(row[-1].period[1]) + timedelta(days=1)).isoformat()
    for each in every:
        if each.period[0] == begins:
            yield from _rows((*row, each), every)


def _of_the_same(
    publications: Publications, whole: Edition, counts: str, pairs: Pairs, part: Edition
) -> Sequence[Cell]:
    """The cells of a publication that are of the same as one of another; or its parts as one cell."""
    alike = publications.same(whole.publication, counts, pairs, part.publication)
    made = None if alike or counts != "partners" else publications.together(part.publication, pairs)
    return alike if made is None else (made,)


def _told_or_made(
    publications: Publications, whole: Edition, parts: Sequence[Edition]
) -> Iterator[tuple[tuple[str, Pairs], Cell]]:
    """The cells of a publication, and those of others of which it tells all parts."""
    yield from publications.cells[whole.publication].items()
    others = dict.fromkeys(
        pairs for each in parts for counts, pairs in publications.cells[each.publication] if counts == "partners"
    )
    for pairs in others:
        made = publications.together(whole.publication, pairs)
        if made is not None:
            yield ("partners", pairs), made


def _periods(publications: Publications, whole: Edition, parts: Sequence[Edition]) -> Iterator[Question]:
    for (counts, pairs), (table, total) in _told_or_made(publications, whole, parts):
        for below in product(*(_of_the_same(publications, whole, counts, pairs, each) for each in parts)):
            others, ask = [each for _, each in below], _Ask(counts, whole.id, table)
            yield ask(less(total, *others), "a period less those that it consists of")
            if len(others) > 2:  # noqa: PLR2004 (of two, several are both)
                yield ask(
                    Among(tuple(others), 2, len(others)), "who is in several of the periods of which another consists"
                )
                continue
            yield ask(every(*others), "who is in two periods")
            yield ask(every(total, *others), "who is in a period and in all that it consists of")


def _in_parts_of_the_agenda(publications: Publications, whole: Edition, parts: Sequence[Edition]) -> Iterator[Question]:
    """Who did several things in the periods of which another consists, where these tell of finer parts of the agenda.

    Whoever adds these up has each as often as it did another.
    """
    for (counts, pairs), (table, _) in publications.cells[whole.publication].items():
        for level in LEVELS if counts == "partners" else ():
            divided = [publications.divided(each.publication, pairs, level) for each in parts]
            own = (_of_the_same(publications, whole, counts, pairs, each)[:1] for each in parts)
            told = [finer or [cell for _, cell in same] for finer, same in zip(divided, own, strict=True)]
            if any(divided) and all(told):
                ask = _Ask(counts, whole.id, table)
                yield from (ask(*each) for each in several([of for those in told for of in those])[:2])


def _outside(publications: Publications, whole: Edition, parts: Sequence[Edition]) -> Iterator[Question]:
    """Who is outside a category in one period and there in another.

    What is left beside it in every period is together more than what is left of all of them.
    """
    cells = publications.cells[whole.publication]
    for (counts, pairs), (table, part) in cells.items():
        wider = publications.wider(pairs) if counts == "partners" else ()
        for around_it in (each for each in wider if (counts, each) in cells):
            told = [
                [_of_the_same(publications, whole, counts, of, each)[:1] for of in (around_it, pairs)] for each in parts
            ]
            if all(all(each) for each in told):
                rests = [less(*(cell for ((_, cell),) in each)) for each in told]
                left, ask = less(cells[counts, around_it][1], part), _Ask(counts, whole.id, table)
                twice, once = Among(tuple(rests), 2, len(rests)), less(some(*rests), left)
                yield ask(twice, "who is outside a category in several of the periods of which another consists")
                yield ask(once, OUTSIDE_ONCE)
                yield ask(some(twice, once), "who is outside a category in one period and there in another")


# --- since when -------------------------------------------------------------------------------------------------------


def _first_year(publications: Publications, before: Edition, after: Edition) -> Iterator[Question]:
    """Those since a year, beside the publication of that year, for every category that both tell of."""
    then = years(before)
    since: dict[Pairs, list[tuple[str, Expression]]] = {}
    for (counts, pairs), cell in publications.cells[after.publication].items():
        first = next((code for name, code in pairs if name == "first_year"), None)
        if counts == "partners" and first is not None and first.isdigit() and int(first) <= max(then):
            rest = frozenset(pair for pair in pairs if pair[0] != "first_year")
            since.setdefault(rest, []).append(cell)
    for rest, cells in since.items():
        for old in _of_the_same(publications, after, "partners", rest, before):
            parts, ask = [each for _, each in cells], _Ask("partners", after.id, cells[0][0])
            known = some(*parts)
            yield ask(less(old[1], known), "who was there in a year and is not among those since then")
            yield ask(less(known, old[1]), "who is among those since a year and was not there in it")
            yield ask(every(known, old[1]), "who was there in a year and is among those since then")
            for part in parts:
                yield ask(less(old[1], part), "who was there in a year less those since one year")
