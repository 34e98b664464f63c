"""Every organisation that is left out of an edition is left out by a rule with a name, and whoever asks is told which."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.factories import a_conversation, a_former, a_partner, a_source, an_edition, an_endorsement
from tweeluik.problems import WrongUsage
from tweeluik.selection.explain import as_data, as_lines, explain
from tweeluik.selection.rules import select
from tweeluik.source.load import read_source
from tweeluik.source.records import Period, Source

pytestmark = pytest.mark.usefixtures("parsed_once")

CONTENT = Path(__file__).parents[2] / "content"
AGENDA = an_edition()
LETTER = an_edition(
    id="gesprekspartners", population="conversation-partners", period=Period(date(2024, 1, 1), date(2024, 12, 31))
)
PARTNERS = (
    a_partner("p-1"),
    a_partner("p-2", umbrella="p-1"),
    a_partner("p-3", kind="gemeente", endorsed=None, collaborations=()),
    a_partner("p-4", endorsed=date(2026, 1, 1)),
)
TALKS = (
    a_conversation(date(2024, 5, 1), "p-1", "p-4", context="society", measures=()),
    a_conversation(date(2025, 5, 1), "p-1", "p-2"),
    a_conversation(date(2025, 5, 2), "p-1", context="society", measures=()),
)


@pytest.fixture(scope="module")
def example() -> Source:
    return read_source(CONTENT)


AS_TOWN = "L3 civil society, not government; L6 worked together in the Actieagenda; L7 endorses the aims on the reference date"


def a_desk() -> Source:
    return replace(a_source(PARTNERS, TALKS), editions=(AGENDA, LETTER))


def said(edition: str) -> list[str]:
    verdicts = tuple(each for each in explain(a_desk()) if each.edition.id == edition)
    return [each.shown("en") for each in as_lines(verdicts)]


def test_an_edition_of_the_agenda_says_who_is_in_and_by_which_rules_the_others_are_out() -> None:
    assert said("2025") == [
        "2025 (agenda-partners, 2025-01-01 to 2025-12-31, as it was on 2025-12-31)",
        "  in   p-1  Naam p-1: meets every rule; 1 conversation(s) counted",
        "  in   p-2  Naam p-2: meets every rule; 1 conversation(s) counted; one contributor with p-1",
        f"  out  p-3  Naam p-3: does not meet {AS_TOWN}",
        "  out  p-4  Naam p-4: does not meet L7 endorses the aims on the reference date (endorsed from 2026-01-01)",
        "  2 in, 2 left out",
    ]


def test_an_edition_of_conversation_partners_asks_other_rules_of_the_same_organisations() -> None:
    assert said("gesprekspartners") == [
        "gesprekspartners (conversation-partners, 2024-01-01 to 2024-12-31, as it was on 2024-12-31)",
        "  in   p-1  Naam p-1: meets every rule; 1 conversation(s) counted",
        "  in   p-4  Naam p-4: meets every rule; 1 conversation(s) counted",
        "  out  p-2  Naam p-2: does not meet L1 structural conversation partner",
        "  out  p-3  Naam p-3: does not meet L3 civil society, not government; L1 structural conversation partner",
        "  2 in, 2 left out",
    ]


def test_one_organisation_is_explained_for_every_edition() -> None:
    told = as_data(explain(a_desk(), "p-2"))
    assert told == [
        {
            "edition": "2025", "id": "p-2", "in": True, "unmet": [], "contributor": "p-1", "conversations": 1,
            "reference_date": "2025-12-31", "kind": "stichting", "region": "NL31", "changed_since": [], "continued_by": [],
        },
        {
            "edition": "gesprekspartners", "id": "p-2", "in": False, "unmet": ["L1"], "contributor": "p-1",
            "conversations": 0, "reference_date": "2024-12-31", "kind": "stichting", "region": "NL31",
            "changed_since": [], "continued_by": [],
        },
    ]  # fmt: skip


SINCE = "one contributor with p-3 (since then otherwise: name, region)"


def test_it_tells_what_is_otherwise_since_the_reference_date_and_which_endorsement_had_ended() -> None:
    moved = a_partner("p-1", before=(a_former(date(2026, 5, 1), region="NL", name="Oude naam"),))
    gone = a_partner("p-2", endorsed=(an_endorsement(date(2025, 1, 1), date(2025, 6, 30)),))
    merged = a_partner("p-3", ended=date(2025, 8, 31), successors=("p-1",))
    source = replace(a_source((moved, gone, merged), ()), editions=(AGENDA,))
    assert [each.shown("en") for each in as_lines(explain(source))][1:] == [
        f"  in   p-1  Oude naam: meets every rule; 0 conversation(s) counted; {SINCE}",
        "  out  p-2  Naam p-2: does not meet L7 endorses the aims on the reference date (endorsed until 2025-06-30)",
        "  out  p-3  Naam p-3: had ended, and is counted with p-1",
        "  1 in, 2 left out",
    ]


def test_an_id_that_nobody_has_is_wrong_usage_and_is_not_repeated() -> None:
    with pytest.raises(WrongUsage) as caught:
        explain(a_desk(), "p-geheim")
    assert "geheim" not in str(caught.value.problems[0])


def test_every_organisation_of_the_example_has_a_verdict_in_every_edition(example: Source) -> None:
    pairs = [(each.edition.id, each.partner.id) for each in explain(example)]
    assert len(pairs) == len(set(pairs)) == len(example.partners) * len(example.editions)


def test_the_verdicts_are_those_of_the_selection(example: Source) -> None:
    """Who is in is who is counted; the first rule that is told is the one that left an organisation out."""
    for edition in example.editions:
        selection = select(example, edition)
        verdicts = {each.partner.id: each for each in explain(example) if each.edition is edition}
        assert {each for each, verdict in verdicts.items() if verdict.is_in} == {each.id for each in selection.partners}
        first = {each.partner.id: each.rule for each in selection.left_out}
        out = {each: verdict for each, verdict in verdicts.items() if not (verdict.is_in or verdict.continued_by)}
        assert {each: verdict.unmet[0] for each, verdict in out.items()} == first
        assert {each for each, verdict in verdicts.items() if verdict.continued_by} == set(selection.continued)


def test_every_rule_that_is_told_has_the_number_of_the_letter_and_a_name(example: Source) -> None:
    rules = {rule for each in explain(example) for rule in each.unmet}
    assert {rule.number for rule in rules} == {"L1", "L2", "L3", "L6", "L7"}
    assert len({rule.name for rule in rules}) == len(rules)


def test_members_of_an_umbrella_count_as_one_contributor_with_it(example: Source) -> None:
    verdicts = explain(example)
    merged = {one for each in example.partners if each.successors for one in (each.id, *each.successors)}
    apart = [each for each in verdicts if each.partner.id not in merged]
    assert all(each.contributor == (each.partner.umbrella or each.partner.id) for each in apart)
    assert len({each.contributor for each in verdicts}) < len(example.partners)


def test_who_ended_is_one_contributor_with_who_continues_it(example: Source) -> None:
    verdicts = {(each.edition.id, each.partner.id): each for each in explain(example)}
    ended = [each for each in verdicts.values() if each.continued_by]
    assert ended
    for each in ended:
        assert {each.contributor} == {verdicts[each.edition.id, heir].contributor for heir in each.continued_by}
