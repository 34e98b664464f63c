"""A padded text tells little of its size, and comes back as it was: also one that ends in spaces of its own."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tweeluik.confidential.age.padding import LEAST, pad, unpad


@given(st.binary(max_size=9000))
def test_what_was_padded_comes_back_byte_for_byte(text: bytes) -> None:
    assert unpad(pad(text)) == text


@pytest.mark.parametrize("end", [b"", b"\n", b"\n  \n", b"\n \n \n", b"   "])
def test_what_was_not_padded_keeps_its_own_spaces(end: bytes) -> None:
    text = b"- een\n- twee" + end
    assert unpad(text) == text
    assert unpad(pad(text)) == text


@pytest.mark.parametrize(("size", "padded"), [(0, LEAST), (LEAST - 3, LEAST), (LEAST - 2, 4352), (5000, 5120)])
def test_sizes_come_in_few_kinds(size: int, padded: int) -> None:
    assert len(pad(b"a" * size)) == padded
