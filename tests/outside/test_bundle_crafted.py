"""One folder of crafted files through `open`, the opener and plain programs: the first two agree on every one of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import need_program
from tests.outside.crafted_table import NO, PAGE, PROGRAMS, Row, Said, ask_all, ask_both, make_cases, page
from tests.outside.sites import OPENER
from tests.stages.crafted import a_craft
from tests.stages.crafted_chance import by_chance

LEAST = 350


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory, opener: Path) -> list[Row]:
    for name in PROGRAMS:
        need_program(name)
    found = make_cases(tmp_path_factory.mktemp("sleutels"))
    return ask_all(found, tmp_path_factory.mktemp("gemaakt"), opener.parents[1] / OPENER / "src")


def test_open_and_the_opener_say_what_they_must_of_every_file(table: list[Row]) -> None:
    assert len(table) >= LEAST
    wrong = [(row.case.name, row.case.opens, row.ours) for row in table if row.ours.get("opens") != row.case.opens]
    assert wrong == []


def agree(ours: Said, theirs: Said) -> bool:
    """Also on who sent it, on the receipt and on the newest; a refusal has words of its own, and is never a crash."""
    return "bug" not in theirs and (("refused" in ours and "refused" in theirs) or ours == theirs)


def test_the_opener_agrees_with_open_on_every_file(table: list[Row]) -> None:
    assert [(row.case.name, row.ours, row.theirs) for row in table if not agree(row.ours, row.theirs)] == []


def differing(seed: int, number: int, folder: Path, opener: Path) -> list[object]:
    """Files by chance on which they differ: the case, and what both say."""
    for name in ("keys", "files"):
        (folder / name).mkdir()
    found = list(by_chance(a_craft(folder / "keys"), seed, number))
    said = ask_both(found, folder / "files", opener.parents[1] / OPENER / "src")
    assert sum("opens" in ours for ours, _ in said) > number // 10
    return [(case, *both) for case, both in zip(found, said, strict=True) if not agree(*both)]


def test_they_agree_on_files_that_chance_makes(tmp_path: Path, opener: Path) -> None:
    assert differing(1, 60, tmp_path, opener) == []


@pytest.mark.long
@pytest.mark.parametrize("seed", range(2, 6))
def test_they_agree_on_many_files_that_chance_makes(tmp_path: Path, opener: Path, seed: int) -> None:
    assert differing(seed, 500, tmp_path, opener) == []


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
