"""One folder of crafted files through `open`, the opener and plain programs: the first two agree on every one of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import need_program
from tests.outside.crafted_table import NO, PAGE, PROGRAMS, Row, ask_all, make_cases, page
from tests.outside.test_bundle_opener import TOOL
from tests.outside.test_bundle_opener import opener as opener  # noqa: PLC0414 (a fixture)

LEAST = 350


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory, opener: Path) -> list[Row]:
    for name in PROGRAMS:
        need_program(name)
    found = make_cases(tmp_path_factory.mktemp("sleutels"))
    return ask_all(found, tmp_path_factory.mktemp("gemaakt"), opener.parents[1] / TOOL / "src")


def test_open_and_the_opener_say_what_they_must_of_every_file(table: list[Row]) -> None:
    assert len(table) >= LEAST
    wrong = [(row.case.name, row.case.opens, row.ours) for row in table if row.ours.get("opens") != row.case.opens]
    assert wrong == []


def test_the_opener_agrees_with_open_on_every_file(table: list[Row]) -> None:
    """Also on who sent it, on the receipt and on the newest; a refusal has words of its own, and is never a crash."""
    assert [(row.case.name, row.theirs) for row in table if "bug" in row.theirs] == []
    differ = [
        (row.case.name, row.ours, row.theirs)
        for row in table
        if ("refused" in row.ours) != ("refused" in row.theirs)
        or ("refused" not in row.ours and row.ours != row.theirs)
    ]
    assert differ == []


LENIENT = {
    "key: with a byte order mark",
    "key: in UTF-16",
    "key: in UTF-16, the other way",
    "key: with spaces",
    "key: with a comment behind a space",
    "key: joined from two files",
    "key: with a space that does not break",
}
"""Keys as Windows writes them are read by us and not by `age`."""


def test_nothing_is_opened_that_plain_programs_find_damaged(table: list[Row]) -> None:
    """What `ssh-keygen` makes of a file of signers as a clerk writes it is another matter."""
    opened = {row.case.name for row in table if "opens" in row.ours and NO in row.plain[:3]}
    assert opened == LENIENT


def test_the_page_says_what_everybody_said(table: list[Row]) -> None:
    """`python -m tests.outside.crafted_table` writes it."""
    assert PAGE.read_text("utf-8") == page(table)
