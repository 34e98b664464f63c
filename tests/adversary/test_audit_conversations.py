"""What periods that add up tell of conversations, and what conversations tell of partners."""

from __future__ import annotations

from datetime import date

from tests.stages.some_worlds import a_table, a_talk, a_unit, hiding, published, release_of
from tweeluik.checks.audit.answers import Rules
from tweeluik.checks.audit.examination import Examination
from tweeluik.checks.audit.questions import OUTSIDER
from tweeluik.checks.audit.worlds import Publication, Records, Talk, Truth, World

Y25, SECOND, Y26, BOTH = ("2025", 1), ("2025", 2), ("2026", 1), ("2025-2026", 1)
DAYS = {Y25: (2025, 2025), SECOND: (2025, 2025), Y26: (2026, 2026), BOTH: (2025, 2026)}
NUMBER = "a number of the table"


def talks(year: int, number: int, *members: str) -> dict[str, Talk]:
    return {f"t{year}-{i}": a_talk("form:g", *members, month=f"{year}-0{1 + i % 9}") for i in range(number)}


PEOPLE = {f"u{i}": a_unit("", f"h{i}") for i in range(4)}
OLD = talks(2025, 4, "u0")
NEW = {f"{name}-{member}": talk for member in ("u1", "u2", "u3") for name, talk in talks(2026, 3, member).items()}


NEW_IN_2025 = {
    f"{name}-{member}": talk for member in ("u1", "u2", "u3") for name, talk in talks(2025, 3, member).items()
}


def over_two_years() -> Truth:
    return {Y25: Records(PEOPLE, OLD), Y26: Records(PEOPLE, NEW), BOTH: Records(PEOPLE, OLD | NEW)}


def one_more() -> World:
    """A conversation of another organisation in 2025, wherever that year is."""
    talk = a_talk("form:g", "u3", month="2025-11")
    return World({}, {(Y25, "x"): talk, (BOTH, "x"): talk})


def one_less() -> World:
    return World({}, {(Y25, "t2025-0"): None, (BOTH, "t2025-0"): None})


def told(truth: Truth, *hidden: Publication) -> set[tuple[str, str]]:
    """(edition, subtraction) of what tells an outsider too much."""
    releases = []
    for key, records in truth.items():
        first, last = DAYS[key]
        table = a_table(records, "vorm", "conversations", "form", hides=hiding(vorm="g _T" if key in hidden else ""))
        days = {"period_from": date(first, 1, 1), "period_until": date(last, 12, 31)}
        releases.append(release_of(key, table, **days))
    examination = Examination(published(*releases), truth, Rules(5, 10), {})
    assert list(examination.find_untrue()) == []
    found = examination.examine([one_more(), one_less()], examination.of_conversations)
    return {(e.question.edition, e.question.why) for e in found.unanswered if OUTSIDER in e.attackers}


def test_a_year_that_follows_from_two_other_publications_is_noticed() -> None:
    assert ("2025", NUMBER) in told(over_two_years(), Y25)


def test_with_the_sum_hidden_too_it_is_not() -> None:
    assert told(over_two_years(), Y25, BOTH) == set()


def test_a_conversation_that_a_correction_adds_is_noticed() -> None:
    first = {Y25: Records(PEOPLE, NEW_IN_2025), SECOND: Records(PEOPLE, NEW_IN_2025 | talks(2025, 1, "u0"))}
    assert ("2025", "who came between two publications") in told(first)


def test_a_conversation_needs_a_partner_of_its_kind() -> None:
    """One conversation with a partner of kind b is shown: so there is one, and a world without any does not fit."""
    people = {f"u{i}": a_unit("kind:a" if i else "kind:b", f"h{i}") for i in range(6)}
    truth: Truth = {Y25: Records(people, {"t": a_talk("form:g", "u0", "u1")})}
    moved = World({(Y25, "u0"): a_unit("kind:a", "h0")})
    kinds = a_table(truth[Y25], "soort", "partners", "kind", hides=hiding(soort="a b"))
    meetings = a_table(truth[Y25], "gesprek", "conversations", "kind")
    for tables, fits in (((kinds,), True), ((kinds, meetings), False)):
        assert Examination(published(release_of(Y25, *tables)), truth, Rules(5, 10), {}).fits([moved]) == [True, fits]
