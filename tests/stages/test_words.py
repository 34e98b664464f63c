"""What both panels and both checks agree on."""

from __future__ import annotations

from datetime import date

import pytest
from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal
from hypothesis import example, given
from hypothesis import strategies as some
from rapidfuzz.distance import OSA

from tweeluik.words import names
from tweeluik.words.dutch import day, number, plural
from tweeluik.words.reserved import is_reserved
from tweeluik.words.slips import is_at_most_one_slip

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


DUTCH = Locale("nl")


@given(value=some.integers(-(10**13), 10**13) | some.integers(-2000, 2000))
def test_a_number_and_its_plural_are_those_of_the_cldr(value: int) -> None:
    assert number(value) == format_decimal(value, locale=DUTCH)
    assert plural(value, "one", "other") == DUTCH.plural_form(value)


@given(value=some.dates())
def test_a_day_is_that_of_the_cldr(value: date) -> None:
    assert day(value) == format_date(value, "d MMMM y", locale=DUTCH)


@pytest.mark.parametrize(
    ("one", "other", "is_one"),
    [
        ("taalhuis", "taalhuis", True),
        ("taalhuis", "taalhui", True),
        ("taalhuis", "ttaalhuis", True),
        ("taalhuis", "taalhuid", True),
        ("taalhuis", "taalhusi", True),
        ("taalhuis", "atalhuis", True),
        ("taalhuis", "taalhu", False),
        ("taalhuis", "taalsuih", False),
        ("taalhuis", "tahlauis", False),
        ("taalhuis", "atalhusi", False),
        ("taalhuis", "atalhui", False),
        ("a", "", True),
        ("ab", "", False),
    ],
)
def test_a_slip_is_a_letter_too_many_too_few_wrong_or_turned(one: str, other: str, is_one: bool) -> None:
    assert is_at_most_one_slip(one, other) is is_at_most_one_slip(other, one) is is_one


_FEW = some.text("ab\u00eb", max_size=6)


@given(one=_FEW, other=_FEW)
@example(one="ab", other="ba")
def test_a_slip_is_a_distance_of_at_most_one(one: str, other: str) -> None:
    assert is_at_most_one_slip(one, other) is (OSA.distance(one, other) <= 1)


@pytest.mark.parametrize("form", names._LONG_FORMS)
def test_a_legal_form_with_a_slip_anywhere_is_left_out(form: str) -> None:
    for place in range(len(form)):
        before, rest = form[:place], form[place:]
        for slip in (f"{before}x{rest}", f"{before}x{rest[1:]}", before + rest[1:], before + rest[:2][::-1] + rest[2:]):
            assert names._is_left_out(slip), slip


@pytest.mark.parametrize("name", ["con", "PRN", "aux.yaml", "nul.tar.gz", "com1", "Com9.txt", "lpt0", "LPT5."])
def test_a_name_of_a_device_is_reserved_with_any_ending(name: str) -> None:
    assert is_reserved(name)


@pytest.mark.parametrize("name", ["console", "con-1", "1con", "com", "com10", "nul_", "editie.con", ""])
def test_a_name_that_only_looks_like_one_is_not(name: str) -> None:
    assert not is_reserved(name)
