"""The attack on every block of the linked system: what is asked goes in, what is proven and what is not comes out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from tweeluik.checks.audit.asking import Ask, Asking, Known
from tweeluik.checks.audit.blocks import Block, cut
from tweeluik.checks.audit.solver import Ints
from tweeluik.checks.audit.tally import Asked
from tweeluik.checks.audit.witnesses import prove


@dataclass(frozen=True, slots=True, repr=False)
class Certified:
    """A block of unknown numbers (indices) and its witness tables: values in the order of the numbers."""

    cells: tuple[int, ...]
    tables: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True, repr=False)
class Attacked:
    """The blocks with their witness tables, and the numbers (indices) about which something asked is not proven."""

    certified: tuple[Certified, ...]
    failed: tuple[int, ...]


def attack(asking: Asking) -> Attacked:
    """Attack every block.

    Raises:
        Contradiction: no numbers fit what is published and known.
        NotSolved: the solver failed.
    """
    by_number: dict[int, list[Ask]] = {}
    for ask in asking.asks:
        by_number.setdefault(ask.cell, []).append(ask)
    failed = set(_known_to_all(asking, by_number))
    certified = []
    for block in cut(asking.published, asking.bounds):
        asks = [ask for i in block.cells for ask in by_number.get(i, ())]
        proven, unmet = _attack(block, asks, asking.attackers)
        certified.append(proven)
        failed |= unmet
    return Attacked(tuple(certified), tuple(sorted(failed)))


def _known_to_all(asking: Asking, by_number: dict[int, list[Ask]]) -> Iterator[int]:
    for i, asks in by_number.items():
        bounds = asking.published.bounds[i]
        if bounds.exact and not all(ask.holds_of(bounds.least) for ask in asks):
            yield i


def _attack(block: Block, asks: Sequence[Ask], attackers: Sequence[Known]) -> tuple[Certified, set[int]]:
    place = {i: position for position, i in enumerate(block.cells)}
    floors, row_of = _floors(place, attackers)
    columns = np.array([(row_of[a.attacker], place[a.cell], a.low, a.high, a.width) for a in asks], dtype=np.int64)
    proof = prove(block, Asked(floors, *columns.reshape(-1, 5).T))
    tables = tuple(tuple(table.tolist()) for table in proof.tables)
    return Certified(block.cells, tables), {asks[position].cell for position in proof.unmet}


def _floors(place: dict[int, int], attackers: Sequence[Known]) -> tuple[Ints, list[int]]:
    """The different floors that attackers have in a block, a row each, and the row of every attacker."""
    rows: dict[Known, int] = {}
    row_of = [
        rows.setdefault(tuple((place[i], least) for i, least in each if i in place), len(rows)) for each in attackers
    ]
    floors = np.zeros((len(rows), len(place)), dtype=np.int64)
    for row, known in enumerate(rows):
        for position, least in known:
            floors[row, position] = least
    return floors, row_of
