"""One conversation in several publications: what is told otherwise of it makes no other of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.factories import a_collaboration, a_conversation, a_former, a_partner, a_source, a_table, an_edition
from tests.stages.some_worlds import THIS, a_talk
from tweeluik.checks.audit.worlds import Records, Talk
from tweeluik.protection.editions import prove_editions
from tweeluik.protection.worlds.meetings import as_one_meeting
from tweeluik.record.cell import Shown
from tweeluik.source.records import Edition, Partner, Period

SECOND, HALF = ("2025", 2), ("2025-1", 1)
PERIODS = {
    THIS: (date(2025, 1, 1), date(2025, 12, 31)),
    SECOND: (date(2025, 1, 1), date(2025, 12, 31)),
    HALF: (date(2025, 1, 1), date(2025, 6, 30)),
}
WAS = a_talk("form:g theme:1.1", "u1", "u2", month="2025-03")


@pytest.mark.parametrize(
    ("now", "is_same"),
    [
        (a_talk("form:g theme:1.1", "u1", "u2", holdings=["h1", "h9"], month="2025-03"), True),  # another umbrella
        (a_talk("form:g theme:1.1", "u1", "u2", month="2025-09"), True),
        (a_talk("form:w theme:1.1", "u1", "u2", month="2025-03"), True),
        (a_talk("form:g theme:1.1", "u3", month="2025-03"), True),  # with a successor, or corrected
        (a_talk("form:g", "u3", month="2025-03"), True),  # a version without a table by theme
        (a_talk("form:w theme:1.1", "u1", "u2", month="2025-09"), False),
        (a_talk("form:w theme:1.1", "u3", month="2025-03"), False),
        (a_talk("form:g theme:1.1", "u3", month="2025-09"), False),
    ],
)
def test_two_of_three_are_enough(now: Talk, is_same: bool) -> None:
    """Who sat there, in which month, and what is counted of it."""
    found = as_one_meeting({THIS: Records({}, {"t1": WAS}), SECOND: Records({}, {"t2": now})}, PERIODS)
    assert dict(found[SECOND].talks) == {"t1" if is_same else "t2": now}


def test_what_both_have_stays_as_it_is_and_one_stands_for_one() -> None:
    """Of three alike in the second version one was there before, one is the one that was told otherwise, one is new."""
    before = {"t1": WAS, "t2": replace(WAS, month="2025-04")}
    after = {"t1": WAS, "t3": WAS, "t4": WAS}
    found = as_one_meeting({THIS: Records({}, before), SECOND: Records({}, after)}, PERIODS)[SECOND].talks
    assert len(found) == len(after)
    assert {"t1", "t2"} < found.keys()


def test_who_sat_there_tells_first_which_of_two_it_is() -> None:
    other = replace(WAS, units=frozenset({"u3"}))
    before, after = {"t1": WAS, "t2": other}, {"t3": WAS, "t4": other}
    found = as_one_meeting({THIS: Records({}, before), SECOND: Records({}, after)}, PERIODS)[SECOND].talks
    assert dict(found) == before


@pytest.mark.parametrize(("month", "is_same"), [("2025-06", True), ("2025-07", False)])
def test_outside_the_days_of_a_publication_nothing_stands_in_the_place_of_its_own(month: str, is_same: bool) -> None:
    talks = {"t2": replace(WAS, month=month)}
    found = as_one_meeting({HALF: Records({}, {"t1": WAS}), THIS: Records({}, talks)}, PERIODS)
    assert found[THIS].talks.keys() == ({"t1"} if is_same else talks.keys())


def of_months(id: str, last: tuple[int, int]) -> Edition:
    made = an_edition(a_table("conversations", "form"), id=id, status="final")
    return replace(made, period=Period(date(2025, 1, 1), date(2025, *last)))


def joined(n: int) -> Partner:
    """A partner of which the first three became members of others after the first half."""
    if n > 2:
        return a_partner(f"p-{n:02}")
    return a_partner(f"p-{n:02}", umbrella=f"p-{n + 8:02}", before=(a_former(date(2025, 7, 31), umbrella="none"),))


def merged(n: int) -> Partner:
    """A partner of which the first six became three after the first half."""
    if n > 5:
        return a_partner(f"p-{n:02}")
    return a_partner(f"p-{n:02}", ended=date(2025, 7, 31), successors=(f"s-{n // 2}",))


@pytest.mark.parametrize("what", [joined, merged])
def test_half_a_year_is_not_told_by_the_other_half_whoever_became_whose(what: object) -> None:
    """The second half had two conversations of one partner: 18 and 20 were shown."""
    partners = [what(n) for n in range(12)]  # type: ignore[operator]
    heirs = [a_partner(f"s-{n}", collaborations=(a_collaboration(2025),)) for n in range(3)]
    talks = [a_conversation(date(2025, 1 + n % 6, 1 + n), f"p-{n % 9:02}") for n in range(18)]
    talks += [a_conversation(date(2025, 9, 3 + n), "p-11") for n in range(2)]
    source = a_source((*partners, *(heirs if what is merged else ())), tuple(sorted(talks, key=lambda e: e.date)))
    source = replace(source, editions=(of_months("2025-1", (6, 30)), of_months("2025", (12, 31))))
    half, year = (each.contents[0]["_T",] for each in prove_editions(source, {}).editions)
    assert not (isinstance(half, Shown) and isinstance(year, Shown))
