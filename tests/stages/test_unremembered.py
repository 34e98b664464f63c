"""A publication of which nobody has the records, beside another over the same days: two windows around one number."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.stages.an_audit import KIND
from tests.stages.some_worlds import a_unit, files_of, release_of
from tweeluik.checks.audit.answers import Rules
from tweeluik.checks.audit.hearing import Handed, hear
from tweeluik.checks.audit.unremembered import WHAT
from tweeluik.checks.audit.worlds import Publication, Records
from tweeluik.record.cell import TOTAL, Content, Rounded, Suppressed
from tweeluik.record.model import Release, ReleasedTable

GONE, HERE = ("2025", 1), ("2025-b", 1)
LAST = date(2025, 12, 31)


def out(key: Publication, content: Content, *, named: int = 0, until: date = LAST) -> Release:
    """What a publication says of all partners of kind a, and of all."""
    cells: dict[tuple[str, ...], Content] = {("a",): content, ("b",): Rounded(0), ("c",): Rounded(0), (TOTAL,): content}
    told: dict[tuple[str, ...], int] = {("a",): named, (TOTAL,): named} if named else {}
    table = ReleasedTable("soort", "soort", "partners", (KIND,), cells, named=told)
    names = tuple(f"Naam {n}" for n in range(named))
    salts = tuple(f"{n:032x}" for n in range(named))
    return release_of(key, table, protection="rounding", rounding_base=5, named=names, salts=salts, period_until=until)


def is_told(
    before: Content, now: Content, number: int = 4, *, named: int = 0, holdings: int = 9, until: date = LAST
) -> bool:
    units = {f"u{n}": replace(a_unit("kind:a", f"h{n % holdings}"), named=n < named) for n in range(number)}
    files = files_of(out(GONE, before, until=until), out(HERE, now, named=named))
    gone, new = frozenset({GONE}), frozenset({HERE})
    heard = hear(files, Handed({HERE: Records(units)}, (), Rules(5, 10), {}, forgotten=gone, new=new))
    return any(each.what == WHAT for each in heard.problems)


@pytest.mark.parametrize(
    ("before", "now", "number", "expected"),
    [
        (0, 5, 4, True),
        (5, 0, 4, True),
        (0, 0, 4, False),
        (5, 5, 4, False),
        (0, 5, 5, False),  # others: four was the most
        (5, 10, 7, False),
    ],
)
def test_two_windows_that_leave_somebody_and_few_are_refused(
    before: int, now: int, number: int, *, expected: bool
) -> None:
    assert is_told(Rounded(before), Rounded(now), number) is expected


def test_a_number_that_one_of_them_hides_is_as_wide_as_the_other_has_it() -> None:
    assert not is_told(Rounded(5), Suppressed())
    assert not is_told(Suppressed(), Rounded(5))


def test_over_other_days_they_are_others() -> None:
    assert not is_told(Rounded(0), Rounded(5), until=date(2025, 6, 30))


def test_who_is_named_is_no_secret() -> None:
    """Of four of whom two are named one window leaves two to four, and nobody else for sure."""
    assert is_told(Rounded(0), Rounded(5), 4)
    assert not is_told(Rounded(0), Rounded(5), 4, named=2)


def test_a_number_that_is_not_in_both_windows_is_of_others() -> None:
    """Five of four holdings: whoever takes them for the four at most that there were is wrong."""
    assert not is_told(Rounded(0), Rounded(5), 5, holdings=4)
    assert is_told(Rounded(0), Rounded(5), 4, holdings=3)
