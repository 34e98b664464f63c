"""What goes on is told: in one line of a terminal, and in a log when a step takes long."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable

import pytest

from tweeluik.cli.console import Console
from tweeluik.cli.progress import CLEAR_LINE, Progress


class Later:
    """What is to be done later, unless it was cancelled: a test says when its time has come, in time or too late."""

    def __init__(self) -> None:
        self.asked: list[Callable[[], None]] = []
        self.cancelled: list[int] = []

    def __call__(self, work: Callable[[], None]) -> Callable[[], None]:
        number = len(self.asked)
        self.asked.append(work)
        return lambda: self.cancelled.append(number)


def a_progress(*, is_live: bool) -> tuple[Progress, list[str], Later]:
    said, later = list[str](), Later()
    return Progress(said.append, is_live=is_live, later=later), said, later


def test_a_terminal_has_one_line_that_is_clean_at_the_end() -> None:
    progress, said, later = a_progress(is_live=True)
    progress.show("reading")
    progress.show("rendering")
    progress.end()
    progress.end()
    assert said == [f"{CLEAR_LINE}reading …", f"{CLEAR_LINE}rendering …", CLEAR_LINE]
    assert later.asked == []


def test_a_log_has_a_line_of_what_takes_long_and_of_nothing_else() -> None:
    progress, said, later = a_progress(is_live=False)
    progress.show("reading")
    progress.show("rendering")
    later.asked[1]()
    progress.end()
    assert said == ["rendering …\n"]
    assert later.cancelled == [0, 1]


def test_a_step_that_ended_just_now_is_told_no_more() -> None:
    progress, said, later = a_progress(is_live=False)
    progress.show("reading")
    progress.show("rendering")
    later.asked[0]()
    progress.end()
    later.asked[1]()
    assert said == []


def test_a_stream_that_was_closed_meanwhile_makes_no_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    console = Console(as_json=False)
    sys.stderr.close()
    console.say("reading")
