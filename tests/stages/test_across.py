"""Publications that have years in common, each with tables of its own: a reader takes them as one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from tests.stages.some_worlds import a_table, a_unit, published, release_of
from tweeluik.checks.audit.across import ask_across
from tweeluik.checks.audit.answers import Rules
from tweeluik.checks.audit.examination import Examination
from tweeluik.checks.audit.lines import NO_LINES
from tweeluik.checks.audit.over_time import Publications
from tweeluik.checks.audit.published import Edition
from tweeluik.checks.audit.questions import Question, names_of
from tweeluik.checks.audit.reality import agenda_of
from tweeluik.checks.audit.worlds import Publication, Records, Truth

HERE, THERE = ("2025", 1), ("2025-b", 1)
DAYS = {
    "year": (2025, 1, 2025, 12),
    "half": (2025, 7, 2025, 12),
    "two years": (2025, 1, 2026, 12),
    "later": (2026, 1, 2026, 12),
}


def the_truth(here: str, there: str) -> Truth:
    """Six organisations, told in other words by two publications."""
    people = [(f"kind:{kind} pillar:1", f"region:{region} theme:1.1") for kind in "ab" for region in "nnz"]
    told: dict[Publication, Sequence[str]] = {HERE: [one for one, _ in people], THERE: [other for _, other in people]}
    keep = {HERE: here, THERE: there}
    return {
        key: Records({
            f"u{i}": a_unit(" ".join(code for code in codes.split() if code.partition(":")[0] in keep[key]), f"h{i}")
            for i, codes in enumerate(every)
        })
        for key, every in told.items()
    }  # fmt: skip


def editions_of(truth: Truth, days: str) -> tuple[Edition, ...]:
    made = []
    for key, records in truth.items():
        year, month, until, last = DAYS["year" if key == HERE else days]
        names = sorted({name for unit in records.units.values() for name, _ in unit.codes})
        tables = [a_table(records, name, "partners", name) for name in names]
        made.append(release_of(key, *tables, period_from=date(year, month, 1), period_until=date(until, last, 31)))
    return published(*made)


def asked(here: str, there: str, days: str = "year") -> list[Question]:
    editions = editions_of(the_truth(here, there), days)
    return list(ask_across(Publications(editions, NO_LINES), agenda_of(editions)))


@pytest.mark.parametrize(("days", "together"), [("year", True), ("half", True), ("two years", True), ("later", False)])
def test_a_part_of_the_agenda_less_what_lies_in_it_is_asked_where_years_are_in_common(
    days: str, *, together: bool
) -> None:
    assert bool(asked("pillar", "theme", days)) is together


def test_one_two_and_three_of_what_lies_in_it_and_all_are_taken_off() -> None:
    asked_of = [names_of(each.of) for each in asked("pillar", "theme") if each.why.startswith("a part of the agenda")]
    themes = [sorted(code for name, code in each if name == "theme") for each in asked_of if ("pillar", "1") in each]
    assert sorted(themes) == [["1.1"], ["1.1", "1.2"], ["1.2"]]


def test_every_two_categories_of_which_each_publication_tells_one_are_crossed() -> None:
    told = {names_of(each.of) for each in asked("kind", "region")}
    assert told == {frozenset({("kind", kind), ("region", region)}) for kind in "abc" for region in "nz"}


def test_what_a_publication_crosses_itself_is_asked_of_it_alone() -> None:
    assert asked("kind", "kind") == []


def test_all_of_a_category_may_be_in_one_of_which_another_publication_tells() -> None:
    truth = the_truth("kind", "theme")
    questions = Examination(editions_of(truth, "year"), truth, Rules(2, 10), {}).questions
    told = {names_of(each.of) for each in questions if each.why == "whether all of a category are in another"}
    assert frozenset({("kind", "a"), ("theme", "1.1")}) in told
