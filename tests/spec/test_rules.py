"""The letter's rules, both sides of every boundary. One row: a fact, and the rule that leaves the organisation out (or none)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.factories import HERE, a_collaboration, a_conversation, a_partner, a_source, an_edition
from tweeluik.selection.rules import publishes_numbers, select
from tweeluik.source.records import Collaboration, Number, Period

LETTER = an_edition(
    id="gesprekspartners", population="conversation-partners", period=Period(date(2023, 1, 1), date(2024, 11, 21))
)


def left_out_by(source: Any, edition: Any) -> list[str]:
    return [each.rule.number for each in select(source, edition).left_out]


@pytest.mark.parametrize(
    ("changes", "rules"),
    [
        ({}, []),
        ({"kind": "gemeente"}, ["L3"]),
        ({"traceable_to_persons": True}, ["L2"]),
        ({"collaborations": ()}, ["L6"]),
        ({"collaborations": (a_collaboration(2024),)}, ["L6"]),
        ({"collaborations": (Collaboration(2025, (), HERE),)}, ["L6"]),
        ({"collaborations": (a_collaboration(2024), a_collaboration(2025))}, []),
        ({"endorsed": None}, ["L7"]),
        ({"endorsed": date(2025, 12, 31)}, []),
        ({"endorsed": date(2026, 1, 1)}, ["L7"]),
        ({"kind": "gemeente", "traceable_to_persons": True, "endorsed": None}, ["L3"]),
    ],
)
def test_an_agenda_partner_is_left_out_by_the_first_rule_it_does_not_meet(
    changes: dict[str, Any], rules: list[str]
) -> None:
    assert left_out_by(a_source((a_partner(**changes),)), an_edition()) == rules


@pytest.mark.parametrize(
    ("days", "rules"),
    [
        ([], ["L1"]),
        ([date(2023, 6, 1)], ["L1"]),
        ([date(2024, 6, 1)], ["L1"]),
        ([date(2023, 1, 1), date(2024, 11, 21)], []),
        ([date(2022, 12, 31), date(2024, 11, 21)], ["L1"]),
        ([date(2023, 1, 1), date(2024, 11, 22)], ["L1"]),
    ],
)
def test_a_conversation_partner_spoke_in_every_year_that_the_period_touches(days: list[date], rules: list[str]) -> None:
    source = a_source((a_partner(),), tuple(a_conversation(day) for day in days))
    assert left_out_by(source, LETTER) == rules


@pytest.mark.parametrize(
    ("changes", "rules"),
    [
        ({}, []),
        ({"kind": "gemeente"}, ["L3"]),
        ({"traceable_to_persons": True}, ["L2"]),
        ({"collaborations": (), "endorsed": None}, []),
    ],
)
def test_of_conversation_partners_other_rules_are_asked(changes: dict[str, Any], rules: list[str]) -> None:
    talks = tuple(a_conversation(date(year, 5, 1)) for year in (2023, 2024))
    assert left_out_by(a_source((a_partner(**changes),), talks), LETTER) == rules


@pytest.mark.parametrize(("in_2023", "rules"), [(0, ["L1"]), (1, ["L1"]), (2, []), (3, [])])
def test_a_ministry_may_ask_for_more_conversations_a_year(in_2023: int, rules: list[str]) -> None:
    days = [date(2023, 5, 1 + n) for n in range(in_2023)] + [date(2024, 5, 1), date(2024, 6, 1)]
    source = a_source((a_partner(),), tuple(a_conversation(day) for day in days))
    policy = replace(source.policy, conversations_per_year=Number(2, "test", HERE))
    assert left_out_by(replace(source, policy=policy), LETTER) == rules


def test_a_conversation_on_another_subject_does_not_make_a_conversation_partner() -> None:
    talks = tuple(a_conversation(date(year, 5, 1), subject="overig") for year in (2023, 2024))
    assert left_out_by(a_source((a_partner(),), talks), LETTER) == ["L1"]


def test_endorsement_is_not_asked_of_conversation_partners() -> None:
    talks = tuple(a_conversation(date(year, 5, 1), context="society", measures=()) for year in (2023, 2024))
    assert left_out_by(a_source((a_partner(endorsed=None, collaborations=()),), talks), LETTER) == []


def test_contacts_outside_the_agenda_are_not_reported_on() -> None:
    talks = (a_conversation(date(2025, 5, 1)), a_conversation(date(2025, 5, 2), context="society", measures=()))
    assert select(a_source((a_partner(),), talks), an_edition()).conversations == talks[:1]


def test_a_conversation_without_a_selected_partner_is_not_reported_on() -> None:
    talks = (a_conversation(date(2025, 5, 1), "p-2"),)
    source = a_source((a_partner(), a_partner("p-2", endorsed=None)), talks)
    assert select(source, an_edition()).conversations == ()


def test_umbrella_and_members_are_one_holding() -> None:
    source = a_source((a_partner("p-1"), a_partner("p-2", umbrella="p-1"), a_partner("p-3")))
    assert select(source, an_edition()).holding == {"p-1": "p-1", "p-2": "p-1", "p-3": "p-3"}


def test_only_agenda_partners_are_published_in_numbers() -> None:
    assert (publishes_numbers(an_edition()), publishes_numbers(LETTER)) == (True, False)
