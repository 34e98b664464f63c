"""What a reader works out is told in Dutch too, whichever question it is."""

from __future__ import annotations

import pytest

from tests.adversary.test_audit_cases import CASES, examined
from tweeluik.checks.audit.over_periods import CHANGED, IN_COMMON, LEFT_OUT, WHY
from tweeluik.words.messages import translate


@pytest.mark.parametrize("name", CASES)
def test_the_words_of_every_question_are_in_the_catalogue(name: str) -> None:
    examination, _ = examined(CASES[name][0])
    asked = {WHY, CHANGED, LEFT_OUT, IN_COMMON, *(each.why for each in examination.questions)}
    assert {why for why in asked if translate(why, "nl") == why} == set()
