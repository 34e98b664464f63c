"""Each file of tests is dealt out once, whole, in the order of the list; and one worker looks at all pages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from tests.dealing import PAGES, Dealing

FOLDER = Path(__file__).parent
LOOKS = re.compile(
    r"^from tests\.outside\.sites import .*\bexample\b|\b(?:browser|opener): (?:Browser|Path|Any)", re.MULTILINE
)


class Worker:
    """Notes what it is asked to run."""

    shutting_down = False
    gateway = SimpleNamespace(id="a worker")

    def __init__(self) -> None:
        self.asked: list[int] = []

    def send_runtest_some(self, places: Sequence[int]) -> None:
        self.asked += places

    def shutdown(self) -> None:
        self.shutting_down = True


def a_deal(names: list[str]) -> tuple[Any, list[Worker]]:
    """What deals these tests to two workers, who have the first of them."""
    asked = SimpleNamespace(getvalue=lambda _: ["2*popen"], option=SimpleNamespace(loadscopereorder=False))
    dealing: Any = Dealing(cast("pytest.Config", asked))
    workers = [Worker(), Worker()]
    for worker in workers:
        dealing.add_node(worker)
    for worker in workers:
        dealing.add_node_collection(worker, names)
    dealing.schedule()
    return dealing, workers


def dealt(files: Sequence[str]) -> list[list[str]]:
    """Which files each of two workers got, of files with three tests each; the first is twice as fast as the other."""
    names = [f"{file}::test_{number}" for file in files for number in range(3)]
    dealing, workers = a_deal(names)
    running = [iter(worker.asked) for worker in workers]
    for at in (0, 0, 1) * len(names):
        if (place := next(running[at], None)) is not None:
            dealing.mark_test_complete(workers[at], place)
    assert dealing.tests_finished
    assert not dealing.has_pending
    assert not any(dealing.assigned_work.values()), "what is done is not counted again"
    assert all(worker.shutting_down for worker in workers)
    assert sorted(workers[0].asked + workers[1].asked) == list(range(len(names)))
    return [[names[place].partition("::")[0] for place in worker.asked[::3]] for worker in workers]


def test_every_file_is_dealt_whole_in_the_order_of_the_list() -> None:
    files = [f"test_{letter}.py" for letter in "abcdefghij"]
    one, other = dealt(files)
    assert one == sorted(one)
    assert other == sorted(other)
    assert sorted(one + other) == files
    assert len(one) > len(other) > 1


def test_one_worker_looks_at_all_pages_and_the_other_goes_on() -> None:
    pages = sorted(PAGES)[:4]
    files = ["a", pages[0], "b", pages[1], pages[2], "c", "d", pages[3], "e", "f", "g", "h", "i", "j"]
    found = dealt(files)
    assert [PAGES.intersection(each) for each in found] == [set(), set(pages)], "who got the first of them"
    assert sorted(found[0] + found[1]) == sorted(files)


def test_when_only_pages_are_left_both_look() -> None:
    files = sorted(PAGES)[:8]
    assert all(dealt(files))


def test_of_a_worker_that_died_the_other_takes_the_pages() -> None:
    one, two, three = sorted(PAGES)[:3]
    names = [f"{file}::test" for file in (one, two, three, "a", "b", "c")]
    dealing, (first, second) = a_deal(names)
    assert dealing.remove_node(first) == names[0]
    for place in second.asked:
        dealing.mark_test_complete(second, place)
    assert [names[place].partition("::")[0] for place in second.asked] == ["a", "b", three, "c", one, two]


def test_whoever_asks_for_a_browser_the_opener_or_the_example_is_listed() -> None:
    files = {each for each in FOLDER.glob("test_*.py") if LOOKS.search(each.read_text("utf-8"))}
    assert {f"tests/outside/{each.name}" for each in files} == PAGES
