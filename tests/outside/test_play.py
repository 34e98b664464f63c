"""The play: an invented ministry over five years. Its script is `tests/play/script.yaml`; read that first."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.play.ministry import Ministry
from tests.play.script import BEGIN, END, GUIDE, Event, events, play, tables
from tweeluik.problems import SourceHasProblems
from tweeluik.source.load import read_source

EVENTS = events()


def said(content: Path) -> tuple[str, ...]:
    """The problems of the source."""
    try:
        read_source(content)
    except SourceHasProblems as failure:
        return tuple(map(str, failure.problems))
    return ()


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[Event, tuple[str, ...]]:
    """What the reader of the source says after each event."""
    ministry = Ministry(tmp_path_factory.mktemp("spel"))
    result = {}
    for event in EVENTS:
        play(ministry, event)
        ministry.write()
        result[event] = said(ministry.content)
    return result


def test_it_has_at_least_sixty_events_in_the_order_of_their_days() -> None:
    assert len(EVENTS) >= 60
    assert [each.day for each in EVENTS] == sorted(each.day for each in EVENTS)


@pytest.mark.parametrize("event", EVENTS, ids=str)
def test_the_source_says_nothing_or_names_a_true_problem(event: Event, told: dict[Event, tuple[str, ...]]) -> None:
    assert bool(told[event]) == bool(event.problem), told[event]
    assert all(event.problem in each for each in told[event])


def test_the_manual_tells_it() -> None:
    """After a change of the script: `python -m tests.play.script`."""
    assert GUIDE.read_text("utf-8").partition(BEGIN)[2].partition(END)[0] == tables()
