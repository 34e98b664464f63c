"""What a page, a sheet or a paper may write of a number that is not exact: only a range that its cell itself leaves."""

from __future__ import annotations

import pytest
from selectolax.lexbor import LexborHTMLParser

from tweeluik.checks.audit.drawings import in_proportion
from tweeluik.checks.audit.published import NOT_SHOWN, Cell
from tweeluik.checks.audit.ranges import known, says

EXACT, ROUNDED, SMALL, HIDDEN = Cell(7, "shown"), Cell(20, "rounded"), Cell(0, "rounded"), Cell(None, "suppressed")
BASE = 5


@pytest.mark.parametrize(
    ("text", "cell", "fine"),
    [
        ("7", EXACT, True),
        ("8", EXACT, False),
        ("7 (3–11)", EXACT, False),
        ("20 (16–24)", ROUNDED, True),
        ("20 (18–22)", ROUNDED, True),
        ("20 (20)", ROUNDED, True),
        ("20", ROUNDED, False),
        ("20 (15–24)", ROUNDED, False),
        ("20 (16–25)", ROUNDED, False),
        ("20 (24–16)", ROUNDED, False),
        ("20 (25–30)", ROUNDED, False),
        ("20 (16 of meer)", ROUNDED, False),
        ("25 (21–29)", ROUNDED, False),
        ("0 (0–4)", SMALL, True),
        ("0 (0–5)", SMALL, False),
        (f"{NOT_SHOWN} (0–9)", HIDDEN, True),
        (f"{NOT_SHOWN} (3 of meer)", HIDDEN, True),
        (f"{NOT_SHOWN} (9–0)", HIDDEN, False),
        (NOT_SHOWN, HIDDEN, False),
        ("3", HIDDEN, False),
        ("ongeveer 7", EXACT, False),
    ],
)
def test_a_text_says_a_cell_with_a_range_that_it_leaves_and_with_no_other(text: str, cell: Cell, fine: bool) -> None:
    assert says(text, cell, BASE) is fine


def drawing(*bars: tuple[str, str]) -> str:
    """Bars of so many percent, with what is written behind them."""
    drawn = "".join(f'<rect width="{width}%"/><text class="cijfer">{text}</text>' for width, text in bars)
    return f"<svg>{drawn}</svg>"


@pytest.mark.parametrize(
    ("bars", "fine"),
    [
        ([("80", "40"), ("20", "10")], True),
        ([("80", "40"), ("30", "10")], False),
        ([("80", "40"), ("22", "11")], False),
        ([("80", "44"), ("20", "11")], False),
    ],
)
def test_bars_are_as_long_as_numbers_and_the_numbers_are_those_of_cells(
    bars: list[tuple[str, str]], fine: bool
) -> None:
    svg = LexborHTMLParser(drawing(*bars)).css_first("svg")
    assert svg is not None
    assert in_proportion(svg, known([(Cell(40, "shown"), 1), (Cell(10, "shown"), 1)])) is fine
