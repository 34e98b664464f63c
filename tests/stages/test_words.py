"""What both panels and both checks agree on."""

from __future__ import annotations

from datetime import date

import pytest

from tweeluik.words.dutch import day, number, plural
from tweeluik.words.reserved import is_reserved

MONTHS = (
    "januari", "februari", "maart", "april", "mei", "juni",
    "juli", "augustus", "september", "oktober", "november", "december",
)  # fmt: skip


@pytest.mark.parametrize(("number", "month"), tuple(enumerate(MONTHS, start=1)))
def test_a_day_is_written_as_a_dutch_reader_does(number: int, month: str) -> None:
    assert day(date(2024, number, 9)) == f"9 {month} 2024"


@pytest.mark.parametrize(
    ("value", "written"),
    [(0, "0"), (999, "999"), (1000, "1.000"), (1234567, "1.234.567"), (-999, "-999"), (-1000, "-1.000")],
)
def test_a_number_has_a_point_per_thousand(value: int, written: str) -> None:
    assert number(value) == written


@pytest.mark.parametrize(("value", "form"), [(0, "leden"), (1, "lid"), (2, "leden"), (-1, "lid"), (21, "leden")])
def test_of_one_there_is_one(value: int, form: str) -> None:
    assert plural(value, "lid", "leden") == form


@pytest.mark.parametrize("name", ["con", "PRN", "aux.yaml", "nul.tar.gz", "com1", "Com9.txt", "lpt0", "LPT5."])
def test_a_name_of_a_device_is_reserved_with_any_ending(name: str) -> None:
    assert is_reserved(name)


@pytest.mark.parametrize("name", ["console", "con-1", "1con", "com", "com10", "nul_", "editie.con", ""])
def test_a_name_that_only_looks_like_one_is_not(name: str) -> None:
    assert not is_reserved(name)
