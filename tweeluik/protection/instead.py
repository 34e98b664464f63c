"""What would show readers more, where much would be hidden: coarser categories, a crossing less, or rounding.

Each way is protected by itself first, and counted; the best are tried beside everything ever published, so that whoever
asks for it sees those numbers. It decides nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from tweeluik.protection.cures import halved, less_crossed, pairs, words_of
from tweeluik.record.cell import Codes, Content, Suppressed
from tweeluik.source.records import Edition, Source

MUCH = 5
"""More than one in so many numbers of a table hidden: then it should be another, before anything is hidden."""

MOST_PAIRS, MOST_HALVES, MOST_LESS_CROSSED = 4, 4, 2
"""So many ways to take two neighbours together, all of a dimension by twos and fours, and a table without columns."""

MOST_TRIED = 3
"""So many of those that show more by themselves are tried beside everything ever published, the best first."""

Contents = Sequence[Mapping[Codes, Content]]
"""Per table what is published of each cell."""

Protect = Callable[[Edition], Contents | None]
"""What is published of an edition that asks otherwise; None: it cannot be, or that cost more than it may."""

Worth = tuple[int, int]
"""How many numbers are shown; and, below zero, how many are hidden."""


@dataclass(frozen=True, slots=True)
class Instead:
    """What to ask for, in the words of a cure, and how many numbers of how many are shown then; "": nothing shows more.

    `by_rounding`: whether the edition can be published by rounding, which hides nothing.
    """

    words: str
    shown: int
    cells: int
    by_rounding: bool


def is_much(hidden: int, cells: int) -> bool:
    """Whether so many hidden of so many numbers of a table is more than a fifth."""
    return MUCH * hidden > cells


def hides_much(contents: Contents) -> bool:
    """Whether any table hides much."""
    return any(is_much(_hidden([cells]), len(cells)) for cells in contents)


def instead(source: Source, edition: Edition, now: Contents, alone: Protect, beside_all: Protect) -> Instead:
    """The way that shows the most numbers, and of those the one that hides least; and whether rounding would do.

    `alone` protects an edition by itself, which shows what it may show at most; `beside_all` as it would be published.
    """
    best, contents, words = _to_beat(now), now, ""
    for most, made, asks in _promising(source, edition, now, alone):
        if most <= best:
            break
        found = beside_all(made)
        if found is not None and _worth(found) > best:
            best, contents, words = _worth(found), found, asks
    rounded = beside_all(replace(edition, protection="rounding"))
    cells = sum(map(len, contents))
    return Instead(words, cells - _hidden(contents), cells, rounded is not None)


def _to_beat(now: Contents) -> Worth:
    """Nobody is helped by coarser categories of which no more are shown, however few are hidden then."""
    return _worth(now)[0], 0


def _promising(source: Source, edition: Edition, now: Contents, alone: Protect) -> Sequence[tuple[Worth, Edition, str]]:
    """Ways that show more by themselves, those that show most first."""
    asked = ((alone(made), made, words) for made, words in _ways(source, edition, now))
    counted = [(_worth(contents), made, words) for contents, made, words in asked if contents is not None]
    better = [each for each in counted if each[0] > _to_beat(now)]
    return sorted(better, key=lambda each: each[0], reverse=True)[:MOST_TRIED]


def _ways(source: Source, edition: Edition, now: Contents) -> Iterator[tuple[Edition, str]]:
    """All categories of a dimension by twos and fours; hidden ones with their neighbours; a table without columns."""
    hidden = dict.fromkeys(
        (name, code)
        for spec, cells in zip(edition.tables, now, strict=True)
        for codes, content in cells.items()
        if isinstance(content, Suppressed)
        for name, code in zip(spec.dimensions, codes, strict=True)
    )
    coarser = (*islice(halved(source, edition), MOST_HALVES),
               *islice(pairs(source, edition, sorted(hidden)), MOST_PAIRS))  # fmt: skip
    yield from ((made, words_of(made)) for made in coarser)
    yield from islice(less_crossed(edition, edition.tables), MOST_LESS_CROSSED)


def _worth(contents: Contents) -> Worth:
    return sum(map(len, contents)) - _hidden(contents), -_hidden(contents)


def _hidden(contents: Contents) -> int:
    return sum(isinstance(content, Suppressed) for cells in contents for content in cells.values())
