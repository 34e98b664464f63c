"""Suppression against rounding on the example, every edition by each method.

`python -m bench.methods [--write]`

Error: how far the middle of what an outsider cannot exclude lies from the truth; 0 for a number shown exactly, for a
rounded one the distance to the rounded number. Through the years: of the cells that both editions have, how wide the
interval of the change is that a reader can derive, and the part where it is no wider than rounding alone makes it.
What has no bound is counted, and is in no mean.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import get_args

from bench.in_docs import publish, table
from tweeluik.disclosure.separation import Separation
from tweeluik.problems import UnsafeTables
from tweeluik.protection.differences import Standing
from tweeluik.protection.editions import protect_editions
from tweeluik.protection.keyed_noise import KeyedNoise
from tweeluik.protection.protected import ProtectedEdition
from tweeluik.protection.suppressing import suppression_system
from tweeluik.record.cell import Rounded, Shown, Suppressed
from tweeluik.source.load import read_source
from tweeluik.source.records import Protection, Source

ROOT = Path(__file__).parents[1]

NO_BOUND = 100_000
"""An interval that is so wide has no end: no number of the example comes near it."""


def by_method(source: Source, method: Protection) -> Source:
    """The example with its final editions that have tables, the earliest first, protected by one method."""
    final = (each for each in source.editions if each.status == "final" and each.tables)
    in_order = sorted(final, key=lambda each: each.period.start)
    return replace(source, editions=tuple(replace(each, protection=method) for each in in_order))


def intervals(source: Source, protected: ProtectedEdition) -> list[tuple[float, float]]:
    """Per unknown what an outsider cannot exclude; a rounded number its window."""
    base, contents = source.policy.threshold.value, protected.by_unknown
    probe = _probe(source, protected)
    found: list[tuple[float, float]] = []
    for i, content in enumerate(contents):
        match content:
            case Shown(value):
                found.append((value, value))
            case Rounded(value):
                found.append((max(0, value - base + 1), value + base - 1))
            case Suppressed():
                low, high = probe.interval(i, 0)
                found.append((low, high))
    return found


def _probe(source: Source, protected: ProtectedEdition) -> Separation:
    standing, chance = Standing.of(protected.linked.unknowns, ()), KeyedNoise.of(source)
    probe = Separation(suppression_system(protected.linked, standing, chance, protected.edition.id))
    probe.hide(frozenset(i for i, each in enumerate(protected.by_unknown) if isinstance(each, Suppressed)))
    return probe


def errors(protected: ProtectedEdition, found: Sequence[tuple[float, float]]) -> Iterator[float]:
    """Per unknown the reader's error."""
    for unknown, content, (low, high) in zip(protected.linked.unknowns.all, protected.by_unknown, found, strict=True):
        guess = content.value if isinstance(content, Rounded) else (low + high) / 2
        yield abs(guess - unknown.value)


HEADS = (
    "method", "edition", "numbers", "shown", "no bound", "mean absolute error",
    "changes known as well as rounding tells", "mean width of a change", "processor",
)  # fmt: skip


def report(source: Source, method: Protection) -> Iterator[tuple[object, ...]]:
    """What one method does to the final editions: a row per edition, and one through the years.

    Where they are refused the last of them is told as refused, and those before it are protected without it.
    """
    asked = by_method(source, method)
    while asked.editions:
        started = time.process_time()
        try:
            made = protect_editions(asked, {})
        except UnsafeTables as failure:
            blank = [""] * (len(HEADS) - 3)
            yield method, asked.editions[-1].id, f"refused: {failure.problems[0].what[:200]}", *blank
            asked = replace(asked, editions=asked.editions[:-1])
            continue
        yield from _rows(source, method, made, time.process_time() - started)
        return


def _rows(
    source: Source, method: Protection, made: Sequence[ProtectedEdition], seconds: float
) -> Iterator[tuple[object, ...]]:
    editions = sorted((each for each in made if each.tables), key=lambda each: each.edition.id)
    found = {each.edition.id: intervals(source, each) for each in editions}
    for each in editions:
        contents = each.by_unknown
        shown = sum(not isinstance(content, Suppressed) for content in contents)
        bounded = [error for error in errors(each, found[each.edition.id]) if error < NO_BOUND]
        mean, endless = sum(bounded) / len(bounded), len(contents) - len(bounded)
        yield method, each.edition.id, len(contents), f"{shown / len(contents):.1%}", endless, f"{mean:.2f}", "", "", ""
    for earlier, later in pairwise(editions):
        widths = change_widths(earlier, later, found)
        telling = sum(width <= 4 * (source.policy.threshold.value - 1) for width in widths) / len(widths)
        bounded = [width for width in widths if width < NO_BOUND]
        years, endless = f"{earlier.edition.id} to {later.edition.id}", len(widths) - len(bounded)
        yield (method, years, len(widths), "", endless, "", f"{telling:.1%}", f"{sum(bounded) / len(bounded):.1f}",
               f"{seconds:.2f} s")  # fmt: skip


def change_widths(
    first: ProtectedEdition, second: ProtectedEdition, found: dict[str, list[tuple[float, float]]]
) -> list[float]:
    """Of the cells of both years, how wide the interval of the change is."""
    there = second.linked.unknowns.index
    both = [(i, there[each.key]) for i, each in enumerate(first.linked.unknowns.all) if each.key in there]
    return [sum(high - low for low, high in (found[first.edition.id][i], found[second.edition.id][j])) for i, j in both]


if __name__ == "__main__":
    example = read_source(ROOT / "content")
    rows = [row for method in get_args(Protection) for row in report(example, method)]
    publish("bench/methods.py", table(HEADS, rows))
