"""The script of the play and the chapter of the manual that is made of it; `test_play.py` plays it."""

from __future__ import annotations

from tests.play.script import BEGIN, END, GUIDE, events, tables
from tweeluik.words.messages import kind_of, translate

EVENTS = events()


def test_it_has_at_least_sixty_events_in_the_order_of_their_days() -> None:
    assert len(EVENTS) >= 60
    assert [each.day for each in EVENTS] == sorted(each.day for each in EVENTS)


def test_the_manual_tells_it() -> None:
    """After a change of the script: `python -m tests.play.script`."""
    assert GUIDE.read_text("utf-8").partition(BEGIN)[2].partition(END)[0] == tables()


def test_every_problem_in_it_is_a_message_that_has_its_dutch() -> None:
    problems = {event.problem for event in EVENTS if event.problem}
    assert len(problems) > 5
    assert [each for each in problems if kind_of(each) is None or translate(each, "nl") == each] == []
