"""The guard's numbers, both sides of each: how deep it looks, and which letters count where."""

from __future__ import annotations

import gzip

import pytest

from tests.factories import HERE
from tweeluik.checks.guard.decoding import DEEPEST
from tweeluik.checks.guard.leaks import Secret, find_leaks
from tweeluik.checks.guard.patterns import is_sure


def packed(times: int) -> bytes:
    data = b"niets"
    for _ in range(times):
        data = gzip.compress(data)
    return data


@pytest.mark.parametrize(("times", "found"), [(DEEPEST, []), (DEEPEST + 1, ["cannot be searched: packed too deeply"])])
def test_what_is_packed_too_deeply_is_a_find(times: int, found: list[str]) -> None:
    assert [each.what for each in find_leaks({"bijlage.gz": packed(times)}, ())] == found


def holds(name: str, text: str) -> bool:
    secret = Secret("distinctive", "name", HERE, name)
    return bool(list(find_leaks({"over.txt": text.encode()}, [secret])))


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("zoomwg", "de z-o-o-m-w-g is er", True),  # six letters count however they are spaced
        ("zoomw", "de z-o-o-m-w is er", False),  # five only as they are written
        ("zoomw", "de zoomw is er", True),
        ("klaverzoomwg", "onklaverzoomwgen", True),  # twelve letters count inside other words too
        ("klaverzoomw", "onklaverzoomwen", False),  # eleven as words of their own
        ("klaverzoomw", "de klaver zoom w is er", True),
    ],
)
def test_how_many_letters_count_where(name: str, text: str, found: bool) -> None:
    assert holds(name, text) is found


@pytest.mark.parametrize(
    ("letters", "sure"),
    [(b"klaverzoomwg", True), (b"klaverzoomw", False), (b"123456789012", False), (b"abc123def456", True), (b"zoom12", True), (b"abc123", False)],
)  # fmt: skip
def test_figures_alone_and_hexadecimal_digits_are_never_sure_by_themselves(letters: bytes, sure: bool) -> None:
    assert is_sure(letters) is sure
