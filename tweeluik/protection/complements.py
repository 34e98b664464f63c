"""Numbers that follow by subtraction where categories do not add up: who is not in one, and who is in both of two.

Everybody in a line of a table is in at least one of its categories. So the total less a category tells how many are
only in others, and where there are two, what they hold together beyond the total tells how many are in both. A reader
who has the cells has these numbers, so they must be safe too.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from tweeluik.protection.keys import Key, Keys, Pair, without
from tweeluik.record.cell import TOTAL, Codes
from tweeluik.selection.tables import Table


@dataclass(frozen=True, slots=True)
class Complement:
    """A number that is the sum of the cells `plus` less the sum of the cells `minus`; `key` says of whom.

    It is at most the sum of each group of cells in `at_most`.
    """

    key: Key
    plus: tuple[Key, ...]
    minus: tuple[Key, ...]
    at_most: tuple[tuple[Key, ...], ...]


def complements(tables: Iterable[Table], keys: Keys) -> Iterator[Complement]:
    """All of them, each once, in an order that no value decides."""
    found: dict[Key, Complement] = {}
    cells: list[Key] = []
    for table in tables:
        for axis, dimension in enumerate(table.dimensions):
            codes = [category.code for category in dimension.categories]
            if not dimension.partition and len(codes) > 1:
                for line in (line for line in table.cells if line[axis] == TOTAL):
                    whole, *parts = (_key(table, keys, line, axis, code) for code in (TOTAL, *codes))
                    for each in _of_line(whole, parts, [(dimension.name, code) for code in codes]):
                        found.setdefault(each.key, each)
        cells += (keys.of(table.spec.counts, table.dimensions, codes) for codes in table.cells)
    for each in _of_levels(dict.fromkeys(key for key in cells if key[0] == "conversations"), keys):
        found.setdefault(each.key, each)
    yield from found.values()


def _key(table: Table, keys: Keys, line: Codes, axis: int, code: str) -> Key:
    return keys.of(table.spec.counts, table.dimensions, (*line[:axis], code, *line[axis + 1 :]))


def _of_line(whole: Key, parts: list[Key], pairs: list[tuple[str, str]]) -> Iterator[Complement]:
    counts, among = whole
    # All of a theme are in its pillar: there nothing is left, and who is in both pillars is a cell.
    for pair, part in ((pair, part) for pair, part in zip(pairs, parts, strict=True) if part != whole):
        others = tuple(each for each in parts if each != part)
        yield Complement((counts, among | {without(pair)}), (whole,), (part,), (others,))
    if len(pairs) == 2 and whole not in parts:  # noqa: PLR2004 (of more than two, overlaps cannot be told apart)
        yield Complement((counts, among | set(pairs)), tuple(parts), (whole,), tuple((part,) for part in parts))


def _of_levels(cells: Collection[Key], keys: Keys) -> Iterator[Complement]:
    """A part of the agenda less what lies in it, in whichever tables both stand; of partners worlds are asked."""
    families: dict[tuple[Key, str], list[tuple[Pair, Key]]] = {}
    known = frozenset(cells)
    for low in cells:
        for pair, high in keys.around(low):
            if high in known:
                families.setdefault((high, pair[0]), []).append((pair, low))
    for (high, _), lows in families.items():
        for pair, low in lows if len(lows) > 1 else ():
            others = tuple(each for _, each in lows if each != low)
            yield Complement((high[0], high[1] | {without(pair)}), (high,), (low,), (others,))
