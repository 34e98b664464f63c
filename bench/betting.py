"""What a reader wins who knows the method and bets: "this hidden number is a small one".

Whole sources made by chance are protected by suppression. A line is a row or column of a table, without its total; one
of which everything is hidden tells only that it is sparse, one of which something is shown tells more. The reader has
run the method himself on invented sources: of every kind of hidden cell (the lines it is in: whether they add up, how
many are hidden there, what those add up to) he knows how often it was small. He trains on one half of the sources and
bets on the other. Nothing here is shared with the protection but the truth that he bets on.

`python -m bench.betting [SOURCES] [--write]`
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bench.in_docs import publish, table
from tests.generated import generate
from tweeluik.door.release import release
from tweeluik.problems import UnsafeTables
from tweeluik.protection.editions import protect_editions
from tweeluik.protection.protected import ProtectedEdition
from tweeluik.record.cell import TOTAL, Codes, Content, Shown, Suppressed
from tweeluik.record.model import ReleasedTable

SOURCES = 200
SURE = 0.8
LEAST = 12
"""Cells that a kind must have had before the reader believes what it tells."""


@dataclass(frozen=True)
class Line:
    """A line with something hidden: small numbers and numbers, among the hidden ones and among all."""

    dimensions: int
    adds_up: bool
    hidden: tuple[int, int]
    every: tuple[int, int]

    @property
    def shows(self) -> bool:
        return self.hidden[1] < self.every[1]


Seen = tuple[bool, int, int]
"""Of a line: whether it adds up, how many are hidden, and what those add up to, in thresholds (4: or more)."""

Kind = tuple[str, tuple[Seen, ...]]


@dataclass(frozen=True)
class Hidden:
    """A hidden number as the reader sees it, and whether it is small."""

    kind: Kind
    small: bool

    @property
    def coarse(self) -> Kind:
        """The same without the sums."""
        return self.kind[0], tuple((adds_up, many, 0) for adds_up, many, _ in self.kind[1])


@dataclass(frozen=True)
class Source:
    """How many numbers a source has, those that are hidden, and the lines that hide something."""

    numbers: int = 0
    hidden: tuple[Hidden, ...] = ()
    lines: tuple[Line, ...] = ()


def protected_source(seed: int) -> Source:
    """One source as a reader sees it; nothing when it is refused."""
    source = generate(seed, "suppression")
    try:
        (protected,) = protect_editions(source, {})
    except UnsafeTables:
        return Source()
    views = [
        View(protected, place, public, source.policy.threshold.value)
        for place, public in enumerate(release(source, protected).tables)
    ]
    return Source(
        sum(len(cells) for cells in protected.contents),
        tuple(each for view in views for each in view.hidden()),
        tuple(each for view in views for each in view.lines()),
    )


class View:
    """A released table, and what is true of it."""

    def __init__(self, protected: ProtectedEdition, place: int, public: ReleasedTable, threshold: int) -> None:
        unknowns, counted = protected.linked.unknowns, protected.tables[place]
        self._public, self._threshold = public, threshold
        self._small = {codes: unknowns.of(counted, codes) in protected.linked.sensitive for codes in public.cells}

    def hidden(self) -> Iterator[Hidden]:
        for codes, cell in self._public.cells.items():
            if isinstance(cell, Suppressed):
                seen = tuple(sorted(self._seen(codes, axis) for axis, code in enumerate(codes) if code != TOTAL))
                yield Hidden((self._public.counts, seen), self._small[codes])

    def lines(self) -> Iterator[Line]:
        for axis, dimension in enumerate(self._public.dimensions):
            for codes in self._public.cells:
                line = self._line(codes, axis) if codes[axis] == TOTAL else []
                hidden = [each for each in line if isinstance(self._public.cells[each], Suppressed)]
                if hidden:
                    yield Line(len(codes), dimension.partition, self._count(hidden), self._count(line))

    def _count(self, cells: Sequence[Codes]) -> tuple[int, int]:
        return sum(self._small[codes] for codes in cells), len(cells)

    def _line(self, codes: Codes, axis: int) -> list[Codes]:
        return [_at(codes, axis, each.code) for each in self._public.dimensions[axis].categories]

    def _seen(self, codes: Codes, axis: int) -> Seen:
        cells = [self._public.cells[each] for each in self._line(codes, axis)]
        left = self._left(self._public.cells[_at(codes, axis, TOTAL)], cells)
        return self._public.dimensions[axis].partition, sum(isinstance(each, Suppressed) for each in cells), left

    def _left(self, total: Content, line: Iterable[Content]) -> int:
        """What the shown ones leave of a shown total, in thresholds; 9 where the total is hidden too."""
        if not isinstance(total, Shown):
            return 9
        shown = sum(cell.value for cell in line if isinstance(cell, Shown))
        return min(4, max(0, total.value - shown) // self._threshold)


def _at(codes: Codes, axis: int, code: str) -> Codes:
    return (*codes[:axis], code, *codes[axis + 1 :])


class Reader:
    """Knows of each kind of hidden number how often it was small in what he was shown."""

    def __init__(self, shown: Iterable[Hidden]) -> None:
        self._known: dict[Kind, Counter[bool]] = defaultdict(Counter)
        for each in shown:
            for kind in (each.kind, each.coarse, ("", ())):
                self._known[kind][each.small] += 1

    def chance(self, hidden: Hidden) -> float:
        """How sure he is that it is small."""
        kinds = (self._known[kind] for kind in (hidden.kind, hidden.coarse, ("", ())))
        known = next((each for each in kinds if each.total() >= LEAST), Counter())
        return (known[True] + 1) / (known.total() + 2)


def main() -> None:
    """Print, or write, what there is to win."""
    many = next((int(each) for each in sys.argv[1:] if each.isdecimal()), SOURCES)
    sources = [protected_source(seed) for seed in range(many)]
    halves = [[each for source in sources[start::2] for each in source.hidden] for start in (0, 1)]
    readers = [Reader(half) for half in reversed(halves)]
    bets = [(reader.chance(each), each.small) for reader, half in zip(readers, halves, strict=True) for each in half]
    lines = [each for source in sources for each in source.lines]
    rows = [
        (f"of {sum(source.numbers for source in sources):,} numbers hidden", len(bets), ""),
        ("of the hidden numbers small", *won([small for _, small in bets])),
        (f"bets of which he is {SURE:.0%} sure", *won([small for chance, small in bets if chance >= SURE])),
        ("his best guess of each: small, or not", *won([small == (chance >= 0.5) for chance, small in bets])),
    ]
    kinds = [(dimensions, adds_up) for adds_up in (True, False) for dimensions in (1, 2)]
    tables = (
        table(("", "number", "won"), rows),
        table(
            (
                "lines of which something is shown",
                "lines",
                "hidden",
                "of those small",
                "of all small",
                "only small hidden",
            ),
            [
                about([line for line in lines if line.shows and (line.dimensions, line.adds_up) == kind], *kind)
                for kind in kinds
            ],
        ),
    )
    publish("bench/betting.py", "\n\n".join(tables))


def about(lines: list[Line], dimensions: int, adds_up: bool) -> tuple[object, ...]:
    small, hidden = (sum(line.hidden[i] for line in lines) for i in (0, 1))
    all_small, every = (sum(line.every[i] for line in lines) for i in (0, 1))
    name = f"{dimensions} dimension{'s' * (dimensions > 1)}, {'adding up' if adds_up else 'only bounding each other'}"
    alone = sum(line.hidden[0] == line.hidden[1] for line in lines)
    return name, len(lines), hidden, part(small, hidden), part(all_small, every), alone


def part(some: int, of: int) -> str:
    return f"{some / of:.0%}" if of else ""


def won(bets: list[bool]) -> tuple[int, str]:
    return len(bets), part(sum(bets), len(bets))


if __name__ == "__main__":
    main()
