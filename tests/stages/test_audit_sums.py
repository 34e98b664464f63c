"""When a number of conversations gives an organisation away, and what everybody must then think possible."""

from __future__ import annotations

import pytest

from tests.stages.some_worlds import THIS, a_talk, a_unit
from tweeluik.checks.audit.answers import Answers, Demand, Rules
from tweeluik.checks.audit.counting import Counting
from tweeluik.checks.audit.questions import OUTSIDER, Asked, Label, Memory, Question
from tweeluik.checks.audit.worlds import Records, Talk

UNITS = {f"u{i}": a_unit("kind:a" if i < 3 else "kind:b", f"h{i}") for i in range(5)}
FORM, KIND = Label(THIS, ("form", "g")), Label(THIS, ("kind", "a"))


def meetings(*tables: tuple[int, tuple[str, ...]], beside: tuple[str, ...] = ()) -> dict[str, Talk]:
    """So many with these at the table; `beside` are holdings that no publication knows, at all of them."""
    talks = [members for times, members in tables for _ in range(times)]
    return {
        f"t{i}": a_talk("form:g", *members, holdings=(*(f"h{m[1:]}" for m in members), *beside))
        for i, members in enumerate(talks)
    }


def asked(talks: dict[str, Talk], of: Label = FORM, p: int = 10) -> tuple[Answers, Demand | None]:
    answers = Answers(Counting({THIS: Records(UNITS, talks)}), [True], Rules(5, p), Memory.EVER)
    return answers, answers.demand(Question("conversations", of, Asked.SUM, "2025", "t", "a number"))


def wanted(talks: dict[str, Talk], of: Label = FORM) -> dict[str, tuple[int | None, int | None]]:
    answers, demand = asked(talks, of)
    assert demand is not None
    assert not demand.either
    return {name: (e.low, e.high) for e in demand.wanted for name in answers.attackers.names_in(e.attackers)}


SENSITIVE = {
    "one contributor": (meetings((9, ("u0",))), True),
    "two contributors": (meetings((9, ("u0",)), (9, ("u1",))), True),
    "three alike": (meetings((9, ("u0",)), (9, ("u1",)), (9, ("u2",))), False),
    "less than p percent of the first is left": (meetings((20, ("u0",)), (9, ("u1",)), (1, ("u2",))), True),
    "p percent of the first is left": (meetings((20, ("u0",)), (9, ("u1",)), (2, ("u2",))), False),
    "a third who was only there with others": (meetings((9, ("u0", "u2")), (9, ("u1",))), True),
    "none": ({}, False),
}


@pytest.mark.parametrize("name", SENSITIVE)
def test_with_few_contributors_or_one_that_dominates_a_sum_is_sensitive(name: str) -> None:
    talks, sensitive = SENSITIVE[name]
    assert (asked(talks)[1] is not None) is sensitive


def test_to_conversations_of_a_kind_only_partners_of_that_kind_contribute() -> None:
    talks = meetings((4, ("u0",)), (4, ("u1", "u4")), (4, ("u3",)))
    assert asked(talks)[1] is None
    assert asked(talks, KIND)[1] is not None


def test_an_outsider_must_think_less_possible_and_more() -> None:
    """Of 20 at most 18; of the first at least 10 percent more than its 20, and one more than there are."""
    assert wanted(meetings((20, ("u0",))))[OUTSIDER] == (18, 22)
    assert wanted(meetings((3, ("u0",))))[OUTSIDER] == (2, 4)
    assert wanted(meetings((20, ("u0",)), (20, ("u1",))))[OUTSIDER] == (36, 41)


def test_nobody_can_bound_the_largest_of_the_others_within_p_percent() -> None:
    """u0 took part in 20 alone and u1 in 10 alone: u1 must think 22 beside its own possible, u0 11 beside its own."""
    found = wanted(meetings((20, ("u0",)), (10, ("u1",))))
    assert found["h1"] == (None, 22 + 10)
    assert found["h0"] == (None, 11 + 20)


def test_who_sat_at_the_same_table_knows_those_of_the_other_already() -> None:
    """Of its 10, u1 had 4 with u0: only 6 are beside."""
    found = wanted(meetings((16, ("u0",)), (4, ("u0", "u1")), (6, ("u1",))))
    assert found["h1"] == (None, 22 + 6)


def test_who_sat_there_without_being_in_the_publication_attacks_too() -> None:
    found = wanted(meetings((20, ("u0",)), beside=("stranger",)))
    assert found["stranger"] == (None, 22)
    assert "h0" not in found
