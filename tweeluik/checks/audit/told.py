"""Numbers of conversations: those that a publication tells, and those of which it tells all parts.

Whoever reads several publications has the second kind as well: the kinds of one are what another takes together, the
themes of one are the pillar of another.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product

from tweeluik.checks.audit.counting import expression
from tweeluik.checks.audit.lines import NO_LINES, Lines, Meaning, Pairs, are_all, is_across, is_part, meaning
from tweeluik.checks.audit.published import Edition
from tweeluik.checks.audit.questions import Expression, any_of, every
from tweeluik.checks.audit.reality import LEVELS, Agenda
from tweeluik.checks.audit.system import Bounds, read_bounds
from tweeluik.checks.audit.within import ancestors
from tweeluik.checks.audit.worlds import Pair

CONVERSATIONS = "conversations"


@dataclass(frozen=True, slots=True)
class Told:
    """A number of conversations in a publication (by its place): of whom, in which table, what its readers know.

    `pairs`: kinds, regions and forms under one name, whatever they were called in that publication.
    """

    place: int
    pairs: Pairs
    table: str
    of: Expression
    bounds: Bounds
    shown: bool


NAMED = frozenset({"kind", "region", "form"})
"""Dimensions in which a publication tells of a conversation under the names of its reference date."""


def one_name(pairs: Pairs, lines: Lines) -> Pairs:
    """The same categories under a name that does not change through the years: the lines behind them."""
    return frozenset(
        (name, "+".join(sorted(behind))) if name in NAMED else (name, code)
        for name, code in pairs
        for _, behind in meaning(frozenset({(name, code)}), lines)
    )


@cache
def means(pairs: Pairs) -> Meaning:
    """What categories under one name are."""
    return meaning(pairs, NO_LINES)


def tell(editions: Sequence[Edition], agenda: Agenda, lines: Lines) -> Iterator[Told]:
    """Every number, once for each publication that tells it or all its parts."""
    own = [tuple(_own(place, edition, lines)) for place, edition in enumerate(editions)]
    divided = {
        each.pairs: each
        for cells in own
        for each in cells
        if any(name in LEVELS or "+" in code for name, code in each.pairs)
    }
    for place, edition in enumerate(editions):
        cells = (*own[place], *_in_two_together(place, editions, own))
        yield from cells
        there = {each.pairs for each in cells}
        for whole in (each for pairs, each in divided.items() if pairs not in there):
            for _, parts in divisions(edition, agenda, lines, whole, cells):
                part, of = parts[0], any_of(each.of for each in parts)
                yield Told(part.place, whole.pairs, part.table, of, Bounds(0, None), shown=False)
                break


def _own(place: int, edition: Edition, lines: Lines) -> Iterator[Told]:
    seen = set[Pairs]()
    for table in (each for each in edition.tables if each.counts == CONVERSATIONS):
        for codes, cell in table.cells.items():
            pairs = one_name(edition.key(table, codes)[2], lines)
            if pairs not in seen:
                seen.add(pairs)
                of, bounds = expression(edition.publication, table, codes), read_bounds(cell, edition.base)
                yield Told(place, pairs, table.id, of, bounds, cell.status == "shown")


def _in_two_together(place: int, editions: Sequence[Edition], own: Sequence[Sequence[Told]]) -> Iterator[Told]:
    """Forms that two publications take together otherwise: a conversation has one, so that it is one that both have."""
    (first, last), seen = editions[place].period, {each.pairs for each in own[place]}
    days = [(start <= first and last <= end) for start, end in (each.period for each in editions)]
    others = [each for cells, covers in zip(own, days, strict=True) if covers for each in _joint_forms(cells)]
    for one, other in product(_joint_forms(own[place]), others):
        mine, theirs = dict(means(one.pairs)), dict(means(other.pairs))
        if is_across(means(one.pairs), means(other.pairs)) and all(mine[n] == theirs[n] for n in mine if n != "form"):
            both = "+".join(sorted(mine["form"] & theirs["form"]))
            pairs = frozenset(pair for pair in one.pairs if pair[0] != "form") | {("form", both)}
            if pairs not in seen:
                seen.add(pairs)
                yield Told(place, pairs, one.table, every(one.of, other.of), Bounds(0, None), shown=False)


def _joint_forms(cells: Iterable[Told]) -> list[Told]:
    return [each for each in cells if any(name == "form" and "+" in code for name, code in each.pairs)]


# --- parts ------------------------------------------------------------------------------------------------------------


def lies_in(part: Told, whole: Told, agenda: Agenda) -> Pair | None:
    """The category that makes a part of a cell, by labels alone; None: it is none."""
    more, fewer = part.pairs - whole.pairs, whole.pairs - part.pairs
    if len(more) != 1:
        return None
    (pair,) = more
    return pair if fewer <= {*ancestors(pair, agenda)} else None


def divisions(
    edition: Edition, agenda: Agenda, lines: Lines, whole: Told, parts: Iterable[Told]
) -> Iterator[tuple[str, tuple[Told, ...]]]:
    """The ways in which cells of a publication are all that a cell is divided into: a dimension, and the cells."""
    found: dict[str, dict[Pair, Told]] = {}
    joint: dict[str, list[Told]] = {}
    for part in parts:
        pair = lies_in(part, whole, agenda)
        if pair is not None:
            found.setdefault(pair[0], {})[pair] = part
            continue
        names = [name for name, _ in part.pairs - whole.pairs]
        if len(names) == 1 and is_part(means(part.pairs), means(whole.pairs)):
            joint.setdefault(names[0], []).append(part)
    for name, those in found.items():
        if _divided(edition, agenda, lines, whole, name) <= those.keys():
            yield name, tuple(those.values())
    for name, some_parts in joint.items():
        if are_all((means(part.pairs) for part in some_parts), means(whole.pairs)):
            yield name, tuple(some_parts)


def _divided(edition: Edition, agenda: Agenda, lines: Lines, whole: Told, name: str) -> Pairs:
    """All categories of a dimension that a cell is divided into, as a publication has them in its years."""
    above = {pair for pair in whole.pairs if name in LEVELS and pair[0] in LEVELS[: LEVELS.index(name)]}
    tables = (table for table in edition.tables if table.counts == CONVERSATIONS)
    sides = (side for table in tables for side in table.sides if side.name == name)
    found = (one_name(frozenset({(name, code)}), lines) for side in sides for code in side.labels)
    return frozenset(pair for pairs in found for pair in pairs if above <= {*ancestors(pair, agenda)})
