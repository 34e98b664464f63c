"""Of many worlds those are handed on that answer something; what is chosen already is asked first."""

from __future__ import annotations

import numpy as np
import pytest

from tweeluik.checks.audit.chosen import Chosen


@pytest.mark.parametrize(
    ("added", "among", "first"),
    [
        ((), "11111", [0, 4, 3, 2, 1]),
        ((3, 1), "11111", [0, 3, 1, 4, 2]),
        ((3, 1), "01111", [3, 1, 4, 2]),
        ((3, 1, 3), "00101", [4, 2]),
        ((4, 2, 4, 0), "11111", [0, 4, 2, 3, 1]),
    ],
)
def test_worlds_are_asked_in_the_order_in_which_they_were_chosen_then_the_last_of_the_others(
    added: tuple[int, ...], among: str, first: list[int]
) -> None:
    chosen = Chosen(5)
    for world in added:
        chosen.add(world)
    assert [*chosen.first(np.array([flag == "1" for flag in among]))] == first
    assert chosen.all == sorted({0, *added})
