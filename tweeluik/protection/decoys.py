"""Harmless cells that are hidden too, so that "hidden" does not say "small" to a reader who knows the method and bets.

Categories that add up force others into hiding with a small number; two hidden there alone say that one of the two is
small. Where categories only bound each other nothing forces others. Hiding more never helps an attacker who reckons.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from tweeluik.disclosure.requirement import Requirement
from tweeluik.disclosure.separation import Separation
from tweeluik.disclosure.system import Role, System
from tweeluik.disclosure.verification import verify
from tweeluik.protection.keyed_noise import KeyedNoise
from tweeluik.protection.linked import Linked
from tweeluik.record.cell import TOTAL

ALONE = 2
"""So many hidden in a table of one dimension that adds up: whoever knows one of them knows the other."""


def with_decoys(
    linked: Linked, system: System, hidden: frozenset[int], noise: KeyedNoise, edition: str
) -> frozenset[int]:
    """As many harmless cells hidden as small ones, per line that only bounds itself; three where two would be alone.

    Where there are enough that could be small, to a reader who reckons. The key decides which, the cheaper ones rather.
    """
    return _Decoys(linked, system, noise, edition).added(hidden)


class _Decoys:
    def __init__(self, linked: Linked, system: System, noise: KeyedNoise, edition: str) -> None:
        self._linked, self._system = linked, system
        self._separation = Separation(system)
        self._order = {
            i: system.variables[i].weight * -math.log(1 - noise.fraction("decoy", edition, key[0], sorted(key[1])))
            for key, i in linked.unknowns.index.items()
            if system.variables[i].role is Role.FREE
        }

    def added(self, hidden: frozenset[int]) -> frozenset[int]:
        for line, alone in _lines(self._linked):
            small, many = len(line & hidden & self._linked.sensitive), len(line & hidden)
            if small:
                hidden = self._hide(hidden, line, max(small + math.ceil(small / 2), alone) - many)
        return hidden

    def _hide(self, hidden: frozenset[int], line: frozenset[int], many: int) -> frozenset[int]:
        for i in sorted((line - hidden) & self._order.keys(), key=lambda i: (self._order[i], i)):
            if many > 0 and self._might_be_small(hidden, i):
                hidden, many = hidden | {i}, many - 1
        return hidden

    def _might_be_small(self, hidden: frozenset[int], i: int) -> bool:
        """Whether a cell, once hidden, might be small to an outsider, and might be none or enough."""
        value, threshold = self._system.variables[i].value, self._linked.limits.threshold
        down, up = Requirement(i, 0, (-1,), value - threshold + 1), Requirement(i, 0, (1,), threshold - value)
        self._separation.hide(hidden | {i})
        return not verify(self._separation, [down if value >= threshold else up]).failed


def _lines(linked: Linked) -> Iterator[tuple[frozenset[int], int]]:
    """The categories beside each other of which hidden ones tell on each other, with how many are too few."""
    unknowns = linked.unknowns
    for table in unknowns.tables:
        for axis, dimension in enumerate(table.dimensions):
            if not dimension.partition or len(table.dimensions) == 1:
                for codes in table.cells:
                    if codes[axis] == TOTAL:
                        parts = ((*codes[:axis], each.code, *codes[axis + 1 :]) for each in dimension.categories)
                        yield (
                            frozenset(unknowns.of(table, part) for part in parts),
                            ALONE + 1 if dimension.partition and len(table.dimensions) == 1 else 0,
                        )
