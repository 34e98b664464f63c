"""A table of which more than a fifth would be hidden is told of beforehand; published ones are past that."""

from __future__ import annotations

import pytest

from tweeluik.cli.making import tell_made
from tweeluik.pipeline.summary import EditionSummary, Summary, TableSummary
from tweeluik.words.said import said


def a_summary(shown: int, hidden: int, *, published: bool = False) -> Summary:
    table = TableSummary("soort", shown, hidden, 0, None, 0.0)
    edition = EditionSummary("2025", notice_only=False, status="final", version=1, protection="suppression",
                             tables=(table,), published=published)  # fmt: skip
    return Summary((edition,), 1, 1)


def told(shown: int, hidden: int, *, published: bool = False) -> list[str]:
    return [str(each) for each in a_summary(shown, hidden, published=published).hidden_much()]


@pytest.mark.parametrize(("shown", "hidden", "much"), [(8, 2, False), (7, 2, True), (0, 0, False), (0, 3, True)])
def test_a_fifth_is_not_too_much_and_more_is(shown: int, hidden: int, much: bool) -> None:
    assert bool(told(shown, hidden)) == much


def test_it_says_where_and_what_to_do_and_nothing_of_what_is_published() -> None:
    assert told(1, 1) == [
        (
            "editions/2025.yaml: tables[soort]: more than a fifth of the numbers would be hidden "
            "(take small categories together with merge, or write protection: rounding; the command check tries both)"
        )
    ]
    assert told(1, 1, published=True) == []


def test_every_command_that_makes_the_site_tells_it() -> None:
    assert [each.path for each in tell_made(a_summary(1, 1), None, said("nothing was written")).doubts] == [
        "tables[soort]"
    ]
