"""A small invented source in, the whole site out: every file is the one that is expected, as `tests/golden` explains."""

from __future__ import annotations

from difflib import unified_diff
from itertools import islice

import pytest

from tests.golden.refresh import expected, made

EXPECTED = expected()
MOST_LINES = 80
CURE = "if you meant this change, or raised a dependency: make golden, and read the difference in git (tests/golden)"


@pytest.fixture(scope="module")
def site() -> dict[str, bytes]:
    return made()


def difference(file: str, old: bytes, new: bytes) -> str:
    """The lines that differ; a line end that differs shows as such."""
    one, other = (data.decode().splitlines(keepends=True) for data in (old, new))
    lines = unified_diff([*map(ascii, one)], [*map(ascii, other)], f"expected/{file}", f"made/{file}", lineterm="", n=1)
    return "\n".join(islice(lines, MOST_LINES))


def test_the_site_has_the_expected_files(site: dict[str, bytes]) -> None:
    more, less = sorted(site.keys() - EXPECTED.keys()), sorted(EXPECTED.keys() - site.keys())
    assert (more, less) == ([], []), f"made and not expected: {more}; expected and not made: {less}; {CURE}"


@pytest.mark.parametrize("file", sorted(EXPECTED))
def test_a_file_is_the_expected_one(site: dict[str, bytes], file: str) -> None:
    new = site.get(file, b"")
    assert new == EXPECTED[file], f"{CURE}\n{difference(file, EXPECTED[file], new)}"


def test_a_difference_can_be_read() -> None:
    told = difference("soort.csv", b"kind,value\r\nNL,5\r\n", b"kind,value\nNL,\r\n")
    assert told.splitlines()[3:] == [r"-'kind,value\r\n'", r"-'NL,5\r\n'", r"+'kind,value\n'", r"+'NL,\r\n'"]
