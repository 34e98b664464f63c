"""Numbers of organisations are found in every notation, and what is none is met with what to type."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factories import HERE
from tweeluik.source.nodes import Scalar
from tweeluik.source.reading import Reading
from tweeluik.source.registers import Rsin
from tweeluik.words.registration import cure, mistyped, numbers, passes_eleven_test, without_numbers

RSIN = "900001215"  # passes the test of eleven, and was never given out: the tax office begins with 00 or 8


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("90123457", {"90123457"}), ("90 12 34 57", {"90123457"}), ("9012.3457", {"90123457"}), ("90-123-457", {"90123457"}),
        ("KvK 90123457", {"90123457"}), ("KvK-nummer: 90123457", {"90123457"}), ("kvk nr. 90123457", {"90123457"}),
        ("(KvK: 90 123 457)", {"90123457"}), ("K.v.K. 90123457", {"90123457"}), ("Klaverzoom, 90123457", {"90123457"}),
        ("914263", {"00914263"}), ("KvK 914263", {"00914263"}), ("14263", {"00014263"}), ("KvK 14263", {"00014263"}), ("4263", set()), ("KvK 4263", set()), ("0914263", {"00914263"}), ("901234570000", {"90123457"}),
        ("2024 90123457", {"90123457"}), (RSIN, {RSIN}), ("RSIN 9000.01.215", {RSIN}), ("NL900001215B01", {RSIN}), ("BTW NL900001215B01", {RSIN}),
        ("RSIN: 900001215; KvK: 90123457", {RSIN, "90123457"}),
        ("KvK ٩٠١٢٣٤٥٧", {"90123457"}), ("\uff19\uff10\uff11\uff12\uff13\uff14\uff15\uff17", {"90123457"}), ("9012345²", set()),
        ("00000000", set()), ("KvK 0000", set()), ("000090123457", set()), ("sinds 01-02-2024", set()), ("sinds 1.12.2024", set()),
        ("Klaverzoom 914263", set()), ("900001216", set()), ("tel 0612345678", set()), ("Groep 7", set()), ("", set()),
    ],
)  # fmt: skip
def test_a_number_is_read_in_every_notation(text: str, expected: set[str]) -> None:
    assert numbers(text) == expected


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("Klaverzoom KvK 90123457", "Klaverzoom"),
        ("Klaverzoom (90123457)", "Klaverzoom"),
        ("Klaverzoom 2024", "Klaverzoom 2024"),
    ],
)
def test_what_stands_around_a_number_is_left(text: str, rest: str) -> None:
    assert without_numbers(text) == rest


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("000000000001", "branch"), ("900001216", "no RSIN"), ("00000000", "zeros"), ("123", "too few"), ("KvK 123", "too few"),
        ("9012345678", "eight digits"), ("90123457", ""), ("914263", ""), ("Klaverzoom", ""), ("Klaverzoom 123", ""),
    ],
)  # fmt: skip
def test_what_to_type_instead_is_told(text: str, told: str) -> None:
    assert (told in mistyped(text)) if told else (mistyped(text) == "")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "negenxyzt",
        "900001²15",
        "²²²²²²²²²",
        "\uff19\uff10\uff10\uff10\uff10\uff11\uff12\uff11\uff15",
        "000000000",
        "9" * 5000,
    ],
)
def test_what_is_not_nine_plain_digits_passes_no_test(text: str) -> None:
    reading = Reading()
    assert not passes_eleven_test(text)
    assert Rsin().read(Scalar(HERE, text, "text"), "rsin", reading) is None
    assert [each.what for each in reading.problems] == (["no RSIN"] if text else ["expected text, found an empty text"])


def test_a_cure_never_holds_the_number() -> None:
    assert not any(character.isdigit() for number in ("123", "000000000001", "900001216") for character in cure(number))


@given(st.integers(1, 999_999_999), st.integers(0, 8), st.integers(1, 9))
def test_one_mistyped_digit_never_passes(number: int, at: int, more: int) -> None:
    """The law for which the test of eleven was chosen: no weight is a multiple of 11."""
    digits = f"{number:09}"
    other = digits[:at] + str((int(digits[at]) + more) % 10) + digits[at + 1 :]
    assert not (passes_eleven_test(digits) and passes_eleven_test(other)) or digits == other
