"""The audit against brute force: a claim passes exactly when some whole tables show that it holds."""

from __future__ import annotations

import random
from itertools import product
from typing import Any

import numpy as np
import pytest

from tests.stages.an_audit import KIND, PILLAR, REGION, THEME, a_table, an_edition, counted, files_of
from tweeluik.checks.audit.auditor import audit
from tweeluik.checks.audit.blocks import Block
from tweeluik.checks.audit.claims import Claim, Claims
from tweeluik.checks.audit.solver import ENDLESS, Rows
from tweeluik.checks.audit.tally import Asked
from tweeluik.checks.audit.witnesses import prove
from tweeluik.record.cell import TOTAL, Codes
from tweeluik.record.model import Dimension

CASES = range(40)


def some_partners(chance: random.Random) -> list[dict[str, str]]:
    pillars = ("1", "2", "1 2")
    return [
        {"kind": chance.choice("abc"), "region": chance.choice("nz"), "pillar": chance.choice(pillars)}
        for _ in range(chance.randint(3, 5))
    ]


def worlds(
    truth: dict[Codes, int], hidden: list[Codes], dimensions: tuple[Dimension, ...], floors: dict[Codes, int]
) -> dict[Codes, Any]:
    """All values of every hidden cell that fit the rest, found by trying everything: arrays, one entry per world."""
    most = truth[TOTAL, TOTAL]
    grids = np.meshgrid(*[np.arange(most + 1)] * len(hidden), indexing="ij")
    cells: dict[Codes, Any] = {**truth, **dict(zip(hidden, (grid.ravel() for grid in grids), strict=True))}
    possible = np.ones((most + 1) ** len(hidden), dtype=bool)
    rows, columns = ([each.code for each in one.categories] for one in dimensions)
    for row in (*rows, TOTAL):
        parts = [cells[row, column] for column in columns]
        possible &= _agree(cells[row, TOTAL], parts, dimensions[1].partition)
    for column in (*columns, TOTAL):
        parts = [cells[row, column] for row in rows]
        possible &= _agree(cells[TOTAL, column], parts, dimensions[0].partition)
    for codes, floor in floors.items():
        possible &= cells[codes] >= floor
    return {codes: cells[codes][possible] for codes in hidden}


def _agree(total: Any, parts: list[Any], partition: bool) -> Any:
    if partition:
        return sum(parts) == total
    inside = np.all([part <= total for part in np.broadcast_arrays(*parts)], axis=0)
    return inside & (total <= sum(parts))


def passes(files: dict[str, bytes], *claims: Claim, floors: Any = ()) -> bool:
    return not audit(files, Claims((floors,), claims)).problems


def key(codes: Codes, dimensions: tuple[Dimension, ...]) -> tuple[tuple[str, str], ...]:
    return tuple((one.name, code) for one, code in zip(dimensions, codes, strict=True) if code != TOTAL)


@pytest.mark.parametrize("number", CASES)
def test_a_claim_passes_exactly_when_brute_force_finds_tables_that_meet_it(number: int) -> None:
    chance = random.Random(number)
    dimensions = (KIND, chance.choice((REGION, PILLAR)))
    partners = some_partners(chance)
    truth = counted(partners, dimensions)
    hidden = sorted(chance.sample(sorted(set(truth) - {(TOTAL, TOTAL)}), 6))
    outside = worlds(truth, hidden, dimensions, {})
    derivable = [codes for codes in hidden if outside[codes].min() == outside[codes].max()]
    assert len(audit(files_of(an_edition(a_table(truth, dimensions, hidden))), Claims()).problems) == len(derivable)

    hidden = [codes for codes in hidden if codes not in derivable]
    files = files_of(an_edition(a_table(truth, dimensions, hidden)))
    own = counted(partners[:1], dimensions) if number % 2 else {}
    seen = worlds(truth, hidden, dimensions, own)
    floors = tuple((("2025", "partners", key(codes, dimensions)), floor) for codes, floor in own.items() if floor)
    for codes in hidden:
        least, most = int(seen[codes].min()), int(seen[codes].max())
        name = key(codes, dimensions)
        exact = Claim("2025", "partners", name, 0, least, most, most - least)
        assert passes(files, exact, floors=floors)
        assert not passes(files, Claim("2025", "partners", name, 0, high=most + 1), floors=floors)
        assert not passes(files, Claim("2025", "partners", name, 0, width=most - least + 1), floors=floors)
        if least:
            assert not passes(files, Claim("2025", "partners", name, 0, low=least - 1), floors=floors)


# --- whole numbers see more than fractions ----------------------------------------------------------------------------

# Overlapping groups with their sums, and what is possible in whole numbers (found by hand and by enumeration).
OVERLAPPING = [
    ([(0, 2, 3), (1, 3), (1, 2)], (4, 3, 4), [(1, 3), (2, 3), (1, 2), (0, 1)]),
    ([(1, 3), (0, 3), (0, 1, 4), (2, 3, 4)], (2, 3, 2, 3), None),
    ([(1, 3), (0, 3), (0, 1, 4), (2, 3, 4)], (2, 2, 2, 3), None),
    ([(2, 3, 4), (0, 1, 2), (1, 3), (2, 3)], (5, 4, 2, 3), [(1, 3), (0, 1), (1, 2), (1, 2), (2, 2)]),
]


def possible_in_whole(groups: list[tuple[int, ...]], sums: tuple[int, ...]) -> list[tuple[int, int]]:
    width = 1 + max(i for group in groups for i in group)
    fitting = [
        table for table in product(range(7), repeat=width)
        if all(sum(table[i] for i in group) == total for group, total in zip(groups, sums, strict=True))
    ]  # fmt: skip
    return [(min(column), max(column)) for column in zip(*fitting, strict=True)]


@pytest.mark.parametrize(("groups", "sums", "known"), OVERLAPPING)
def test_only_whole_tables_count(groups: list[tuple[int, ...]], sums: tuple[int, ...], known: Any) -> None:
    """Linear programming finds room where whole numbers leave none; what it finds is not believed."""
    possible = possible_in_whole(groups, sums)
    if known is not None:
        assert possible == known
    if not possible:
        return
    width = len(possible)
    starts = np.cumsum([0, *map(len, groups)])
    flat = np.array([i for group in groups for i in group])
    right = np.array(sums)
    block = Block(
        tuple(range(width)),
        np.zeros(width, dtype=np.int64),
        np.full(width, ENDLESS),
        Rows(starts, flat, np.ones_like(flat), right, right),
    )
    for cell, (least, most) in enumerate(possible):
        for low, high, span, holds in (
            (least, most, most - least, True),
            (least - 1, -1, 0, False),
            (ENDLESS, most + 1, 0, False),
            (ENDLESS, -1, most - least + 1, False),
        ):
            asked = Asked(
                np.zeros((1, width), dtype=np.int64), *(np.array([value]) for value in (0, cell, low, high, span))
            )
            assert (prove(block, asked).unmet == ()) is holds


def test_themes_bound_pillars_across_tables() -> None:
    """A hidden pillar is at least its largest theme and at most their sum, although the themes stand in another table."""
    partners = [
        {"pillar": "1 2", "theme": "1.1 2.1"},
        {"pillar": "1", "theme": "1.1 1.2"},
        {"pillar": "1", "theme": "1.2"},
    ]
    pillars = a_table(counted(partners, (PILLAR,)), (PILLAR,), [("1",)], id="pijler")
    themes = a_table(counted(partners, (THEME,)), (THEME,), id="thema")
    files = files_of(an_edition(pillars, themes))
    asked = ("2025", "partners", (("pillar", "1"),), 0)
    assert passes(files, Claim(*asked, low=2, high=3))
    assert not passes(files, Claim(*asked, low=1))
    assert not passes(files, Claim(*asked, high=4))
