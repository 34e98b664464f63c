"""A number that is hidden after a rounded one told one end of it: what the audit asks of it, and of every other."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.stages.some_worlds import NEXT, THIS, a_table, published, release_of, units
from tweeluik.checks.audit.answers import Rules
from tweeluik.checks.audit.examination import Examination
from tweeluik.checks.audit.published import Edition
from tweeluik.checks.audit.questions import Asked, Label
from tweeluik.checks.audit.worlds import Records, Unit
from tweeluik.record.cell import Rounded, Suppressed

KIND = ("kind", "a")
BEFORE, AT_ONCE, AFTER, NEVER = (1, 2), (None, None), (2, 1), (None, 2)


def editions(first: Records, value: int, then: Records, numbers: tuple[int | None, int | None]) -> tuple[Edition, ...]:
    """A year that tells of kind a a rounded number, all else hidden; and a year that hides everything."""
    (one, other) = (a_table(records, "soort", "partners", "kind") for records in (first, then))
    hidden = dict.fromkeys(other.cells, Suppressed())
    rounded = replace(one, cells={**dict.fromkeys(one.cells, Suppressed()), ("a",): Rounded(value)})
    made = published(
        release_of(THIS, rounded, protection="rounding", rounding_base=5),
        release_of(NEXT, replace(other, cells=hidden)),
    )
    return tuple(replace(each, number=number) for each, number in zip(made, numbers, strict=True))


def asked(
    first: dict[str, Unit], value: int, then: dict[str, Unit], numbers: tuple[int | None, int | None] = BEFORE
) -> Asked:
    """What is asked of kind a in the second year."""
    truth = {THIS: Records(first), NEXT: Records(then)}
    examination = Examination(editions(truth[THIS], value, truth[NEXT], numbers), truth, Rules(5, 10), {})
    (found,) = (
        each.asked
        for each in examination.questions
        if each.of == Label(NEXT, KIND) and each.why == "a number of the table"
    )
    return found


def of_kind_a(*names: int, named: bool = False) -> dict[str, Unit]:
    made = units((8, "kind:a"))
    return {f"u{n}": replace(made[f"u{n}"], named=named) for n in names}


@pytest.mark.parametrize(
    ("numbers", "both"), [(BEFORE, False), ((1, None), False), (AT_ONCE, True), (AFTER, True), (NEVER, True)]
)
def test_one_end_is_promised_only_where_the_rounded_number_was_out_before(
    numbers: tuple[int | None, int | None], *, both: bool
) -> None:
    """Two in both years, rounded to nothing in the first: that it is less than five everybody knew, or not yet."""
    found = asked(of_kind_a(1, 2), 0, of_kind_a(1, 2), numbers)
    assert found is (Asked.BOTH if both else Asked.EITHER)


@pytest.mark.parametrize(
    ("before", "value", "after", "both"),
    [
        ((1, 2, 3), 0, (1, 2), False),
        ((1, 2), 0, (1, 2, 3), True),
        ((1, 2, 3), 5, (1, 2), True),
        ((1, 2), 5, (1, 2, 3), False),
        ((1, 2), 5, (1, 3), True),
        ((), 0, (1, 2), True),
    ],
    ids=[
        "all of them were too few", "one came who was not among the few", "all of them may be enough",
        "some of them were there", "one who was there is gone", "nobody was there",
    ],
)  # fmt: skip
def test_one_end_was_told_where_all_of_them_were_too_few_or_some_of_them_there(
    before: tuple[int, ...], value: int, after: tuple[int, ...], *, both: bool
) -> None:
    assert asked(of_kind_a(*before), value, of_kind_a(*after)) is (Asked.BOTH if both else Asked.EITHER)


@pytest.mark.parametrize(
    ("value", "came", "both"), [(5, (), False), (5, (0,), True), (10, (0,), False)],
    ids=["fewer than five beside them", "nobody beside them, perhaps", "somebody beside them"],
)  # fmt: skip
def test_those_with_a_name_are_taken_off_first(value: int, came: tuple[int, ...], *, both: bool) -> None:
    """Five with a name and two without, rounded to five (none to four beside them) or ten (one to nine)."""
    first = of_kind_a(1, 2, 3, 4, 5, named=True) | of_kind_a(6, 7)
    assert asked(first, value, first | of_kind_a(*came)) is (Asked.BOTH if both else Asked.EITHER)


def test_who_has_a_name_may_be_in_one_of_the_two_only() -> None:
    with_name, two = of_kind_a(3, named=True), of_kind_a(1, 2)
    assert asked(two | with_name, 1, two) is Asked.EITHER
    assert asked(two, 0, two | with_name) is Asked.EITHER
    assert asked(two, 5, two | with_name) is Asked.EITHER
    assert asked(two | with_name, 6, two) is Asked.EITHER


def test_what_is_shown_is_asked_as_ever() -> None:
    """A number of two that is shown gives both away, whatever was rounded before."""
    truth = {THIS: Records(of_kind_a(1, 2)), NEXT: Records(of_kind_a(1, 2))}
    first, _ = editions(truth[THIS], 0, truth[NEXT], BEFORE)
    (shown,) = published(release_of(NEXT, a_table(truth[NEXT], "soort", "partners", "kind")))
    examination = Examination((first, replace(shown, number=2)), truth, Rules(5, 10), {})
    told = [each.question for each in examination.examine(()).unanswered if each.question.of == Label(NEXT, KIND)]
    assert told
