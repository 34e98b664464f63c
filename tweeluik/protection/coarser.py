"""Which categories taken together show readers most, where much would be hidden.

Each way is protected by itself and counted; what all publications tell together may hide more of it, so that nothing is
promised. It decides nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from tweeluik.protection.cures import halved, lines_of, pairs
from tweeluik.record.cell import Codes, Content, Suppressed
from tweeluik.source.records import Edition, Source

MUCH = 5
"""More than one in so many numbers of a table hidden: then it should be another, before anything is hidden."""

MOST_PAIRS, MOST_HALVES = 4, 4
"""So many ways to take two neighbours together, and all of a dimension by twos and fours."""

Contents = Sequence[Mapping[Codes, Content]]
"""Per table what is published of each cell."""


@dataclass(frozen=True, slots=True)
class Coarser:
    """What to take together (`merge`, as an editor writes it), and how many numbers of how many are shown then."""

    merge: str
    shown: int
    cells: int


def is_much(hidden: int, cells: int) -> bool:
    """Whether so many hidden of so many numbers of a table is more than a fifth."""
    return MUCH * hidden > cells


def hides_much(contents: Contents) -> bool:
    """Whether any table hides much."""
    return any(is_much(_hidden([cells]), len(cells)) for cells in contents)


def coarser(
    source: Source, edition: Edition, now: Contents, protect: Callable[[Edition], Contents | None]
) -> Coarser | None:
    """The way that shows the most numbers, and of those the one that hides least; None: none shows more than `now`.

    `protect` gives what is published of an edition that asks so; None: it cannot.
    """
    best, found = _worth(now), None
    for made in _ways(source, edition, now):
        contents = protect(made)
        if contents is not None and _worth(contents) > best:
            best, cells = _worth(contents), sum(map(len, contents))
            found = Coarser(lines_of(made), cells - _hidden(contents), cells)
    return found


def _ways(source: Source, edition: Edition, now: Contents) -> Iterator[Edition]:
    """All categories of a dimension by twos and fours; then hidden ones with their neighbours in the vocabulary."""
    hidden = dict.fromkeys(
        (name, code)
        for spec, cells in zip(edition.tables, now, strict=True)
        for codes, content in cells.items()
        if isinstance(content, Suppressed)
        for name, code in zip(spec.dimensions, codes, strict=True)
    )
    yield from islice(halved(source, edition), MOST_HALVES)
    yield from islice(pairs(source, edition, sorted(hidden)), MOST_PAIRS)


def _worth(contents: Contents) -> tuple[int, int]:
    """How many numbers are shown; and, below zero, how many are hidden."""
    return sum(map(len, contents)) - _hidden(contents), -_hidden(contents)


def _hidden(contents: Contents) -> int:
    return sum(isinstance(content, Suppressed) for cells in contents for content in cells.values())
