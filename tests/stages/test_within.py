"""What a reader asks of one publication."""

from __future__ import annotations

import pytest

from tests.stages.some_worlds import THIS, a_table, a_talk, published, release_of, units
from tweeluik.checks.audit.answers import Rules
from tweeluik.checks.audit.examination import Examination
from tweeluik.checks.audit.questions import Asked, Label
from tweeluik.checks.audit.worlds import Records

MET = "who is in a category of which conversations tell"


@pytest.mark.parametrize(
    ("tables", "asked"),
    [
        ("conversations:kind", {"a", "b", "c"}),
        ("conversations:kind partners:region", {"a", "b", "c"}),
        ("conversations:kind partners:kind", set()),
        ("conversations:form partners:region", set()),
    ],
)
def test_kinds_of_which_only_conversations_tell_are_asked_about(tables: str, asked: set[str]) -> None:
    """Two of kind a, three of b, and talks with both: a small number of partners, whichever table tells of it."""
    people = units((2, "kind:a region:n"), (3, "kind:b region:z"))
    records = Records(people, {f"t{n}": a_talk("form:g", f"u{n}") for n in range(5)})
    parts = (each.partition(":") for each in tables.split())
    release = release_of(THIS, *(a_table(records, f"t-{counts}", counts, name) for counts, _, name in parts))
    examination = Examination(published(release), {THIS: records}, Rules(5, 10), {})
    told = [each for each in examination.questions if each.why == MET]
    assert {each.of.pair[1] for each in told if isinstance(each.of, Label) and each.of.pair} == asked
    assert {(each.counts, each.asked) for each in told} <= {("partners", Asked.EITHER)}
    unanswered = {each.question.of for each in examination.examine(()).unanswered if each.question.why == MET}
    assert unanswered == {each.of for each in told if isinstance(each.of, Label) and each.of.pair != ("kind", "c")}
