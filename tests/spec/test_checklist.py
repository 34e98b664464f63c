"""When somebody must look at a release before it is approved, by its numbers and days alone."""

from __future__ import annotations

from datetime import date

import pytest

from tests.stages.a_publication import a_release, dimension, table
from tweeluik.problems import Place
from tweeluik.record.model import Entry
from tweeluik.review.facts import _approvals, _due, _numbers, _parliament
from tweeluik.source.records import Approvals

KINDS = dimension("kind", [(code, code.upper()) for code in "abcd"])
DAY = date(2026, 6, 24)


@pytest.mark.parametrize(("hidden", "must_look"), [(0, False), (2, False), (3, True), (5, True)])
@pytest.mark.parametrize("edition", ["2025", "2026"])
def test_where_more_than_two_in_five_numbers_are_not_shown_somebody_must_look(
    edition: str, hidden: int, *, must_look: bool
) -> None:
    values = [None] * hidden + [9] * (5 - hidden)
    release = a_release(edition, tables=(table("soort", "Soort", "partners", (KINDS,), values),))
    assert _numbers(release).needs_attention is must_look


def test_where_there_are_no_numbers_nobody_need_look_for_them() -> None:
    assert not _numbers(a_release()).needs_attention


@pytest.mark.parametrize(
    ("due", "sent", "must_look"),
    [(None, DAY, True), (DAY, DAY, False), (date(2026, 6, 23), DAY, True), (date(2026, 6, 24), None, False), (date(2026, 6, 23), None, True)],
)  # fmt: skip
def test_who_is_late_by_a_day_or_has_no_day_must_look(due: date | None, sent: date | None, *, must_look: bool) -> None:
    assert _due(a_release("2025", due=due, sent=sent), DAY).needs_attention is must_look


def test_without_the_number_of_a_paper_somebody_must_look() -> None:
    assert _parliament(a_release()).needs_attention


@pytest.mark.parametrize(
    ("asked", "before", "must_look"),
    [(2, (), False), (2, (0, 2), False), (3, (2,), False), (1, (2,), True), (1, (2, 1), False), (0, (), True), (0, (0,), True)],
)  # fmt: skip
def test_where_fewer_must_approve_than_did_before_somebody_must_look(
    asked: int, before: tuple[int, ...], *, must_look: bool
) -> None:
    log = [
        Entry(number, "2025", number, "final", DAY, "1" * 64, tuple(f"{each:064}" for each in range(count)), "2" * 64)
        for number, count in enumerate(before, start=1)
    ]
    policy = Approvals(asked, "Keuze van de redactie.", Place("policy.yaml"), not_by_author=False)
    assert _approvals(policy, log).needs_attention is must_look


def test_who_may_approve_and_how_many_is_a_line_of_what_is_approved() -> None:
    policies = [Approvals(asked, "", Place(""), not_by_author=others) for asked in (1, 2) for others in (False, True)]
    assert len({_approvals(each, ()).found for each in policies}) == len(policies)
