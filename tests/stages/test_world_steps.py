"""What is two steps away: each life once, made as far as somebody asks, and not again for the next who asks."""

from __future__ import annotations

from itertools import islice

from tweeluik.protection.worlds import steps
from tweeluik.protection.worlds.steps import Steps

made = list[int]()


def around(life: int) -> tuple[int, ...]:
    """On a line the lives beside one."""
    made.append(life)
    return (life - 1, life + 1)


def the_steps() -> Steps[int]:
    made.clear()
    return Steps(around, lambda life: frozenset({(life, None)}))


def test_each_is_there_once_and_every_look_counts() -> None:
    told = [(each.life, each.near, each.looks) for each in the_steps().of(0)]
    assert told == [(-1, True, 0), (-2, False, 1), (1, True, 1), (2, False, 2)]


def test_they_are_made_as_far_as_somebody_asks_and_only_once() -> None:
    some = the_steps()
    assert [each.life for each in islice(some.of(0), 2)] == [-1, -2]
    assert made == [0, -1]
    assert [each.life for each in some.of(0)] == [-1, -2, 1, 2] == [each.life for each in some.of(0)]
    assert made == [0, -1, 1]


def test_of_many_lives_the_latest_are_kept() -> None:
    some = the_steps()
    for life in range(steps.MOST_KEPT + 1):
        list(some.of(10 * life))
    made.clear()
    list(some.of(10 * steps.MOST_KEPT))
    assert made == []
    list(some.of(0))
    assert made == [0, -1, 1]
