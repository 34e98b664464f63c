"""What attackers know by themselves: nobody is kept from it, and in every world that fits them it is as it is."""

from __future__ import annotations

import pytest

from tests.stages.some_worlds import THIS, a_talk, units
from tweeluik.checks.audit.answers import Answers, Rules
from tweeluik.checks.audit.counting import Counting
from tweeluik.checks.audit.fitting import Attackers
from tweeluik.checks.audit.questions import Asked, Label, Memory, Question, less
from tweeluik.checks.audit.worlds import Pair, Records
from tweeluik.checks.audit.worlds import World as AuditWorld
from tweeluik.protection.worlds.carriers import carriers
from tweeluik.protection.worlds.crowd import Crowd
from tweeluik.protection.worlds.demands import Asker, Demand
from tweeluik.protection.worlds.moves import Free
from tweeluik.protection.worlds.world import NOBODY, Known, Tokens, World

OTHERS = {f"u{n}" for n in range(1, 4)}
TRUTH = {THIS: Records(units((4, "kind:a pillar:1"), (6, "kind:b pillar:2")), {"t": a_talk("form:g", "u0", *OTHERS)})}
KIND, PILLAR = ("kind", "a"), ("pillar", "1")


def asked(cell: Pair, category: Pair) -> set[str]:
    """To whom the rest of a group may not be known to be empty."""
    answers = Answers(Counting(TRUTH), [True], Rules(5, 10), Memory.EVER)
    group = less(Label(THIS, cell), Label(THIS, category))
    demand = answers.demand(Question("partners", group, Asked.SOMEBODY, "2025", "soort", "all of one"))
    assert demand is not None
    return {name for each in demand.wanted for name in answers.attackers.names_in(each.attackers)}


def test_who_met_everybody_of_a_cell_knows_of_what_kind_they_are() -> None:
    everybody = {"", *(f"h{n}" for n in range(10))}
    assert asked(PILLAR, KIND) == everybody - {f"h{n}" for n in range(4)}


def test_nobody_sees_at_a_table_on_what_parts_the_others_work() -> None:
    assert asked(KIND, PILLAR) == {"", *(f"h{n}" for n in range(10))}


# --- moves of whom somebody met ---------------------------------------------------------------------------------------


def a_crowd() -> Crowd[str]:
    """Two of a kind in a pillar; they might be of the other kind, or in the other pillar."""
    lives: dict[str, Tokens] = {
        kind + pillar: Tokens({(0, None), (0, ("kind", kind)), (0, ("pillar", pillar))})
        for kind in "ab"
        for pillar in "12"
    }
    made: Crowd[str] = Crowd(lives.__getitem__, lambda _: (), lambda life: [each for each in lives if each != life])
    made.add("a1", "h0")
    made.add("a1", "h1")
    return made


@pytest.mark.parametrize(("target", "movable"), [("a2", 2), ("b1", 1), ("b2", 1), (None, 1)])
def test_whom_somebody_met_may_only_differ_in_what_he_does_not_see(target: str | None, movable: int) -> None:
    crowd = a_crowd()
    kind = NOBODY if target is None else crowd.type_number(target)
    (move,) = [each for each in crowd.moves_from(0) if (each.source, each.target) == (0, kind)]
    assert Free(crowd, Known(met={1: frozenset({0})})).of(move) == movable
    assert Free(crowd, Known(own=frozenset({1}))).of(move) == 1


def test_whoever_was_named_once_answers_nothing_to_those_who_remember() -> None:
    crowd = a_crowd()
    number = crowd.add("a1", "h2", fixed=frozenset({7}))
    label = Label(("2025", 1), ("pillar", "1"))
    question = Question("partners", label, Asked.EITHER, "2025", "a", "a number of the table")
    asker = Asker(crowd, label, {("2025", 1): 0})
    gone = World({number: NOBODY})
    answers = [Demand(question, asker, (0, 1, 2), 2, None, {""}, ever=ever).met_by(gone) for ever in (False, True)]
    assert answers == [True, False]


# --- where somebody met -----------------------------------------------------------------------------------------------


def over_two_years() -> Crowd[str]:
    """Two of kind a in both years; they might be of kind b in the first, in the second, or in both."""
    lives = {
        first + second: Tokens({(0, None), (0, ("kind", first)), (1, None), (1, ("kind", second))})
        for first in "ab"
        for second in "ab"
    }
    made: Crowd[str] = Crowd(lives.__getitem__, lambda _: (), lambda life: [each for each in lives if each != life])
    made.add("aa", "h0")
    made.add("aa", "h1")
    made.acquaintance.meet("h2", 1, 1)
    return made


@pytest.mark.parametrize(("target", "seen"), [("ba", False), ("ab", True), ("bb", True)])
def test_of_whom_somebody_met_he_knows_the_kind_where_he_sat_with_him(target: str, seen: bool) -> None:
    crowd = over_two_years()
    kind = crowd.type_number(target)
    (move,) = [each for each in crowd.moves_from(0) if each.target == kind]
    assert Free(crowd, crowd.acquaintance.known_to("h2")).of(move) == (1 if seen else 2)
    assert set(carriers(crowd, [move], crowd.acquaintance.known_to("h2"))) == ({0} if seen else {0, 1})
    assert crowd.acquaintance.unserved(World({1: kind})) == ({"h1", "h2"} if seen else {"h1"})


def test_the_audit_says_so_too() -> None:
    later, other = ("2026", 1), units((1, "kind:b"), (1, "kind:a"))
    truth = {THIS: Records(units((2, "kind:a"))), later: Records(units((2, "kind:a")), {"t": a_talk("", "u0", "u2")})}
    worlds = [AuditWorld({(where, "u0"): other["u0"]}) for where in (THIS, later)]
    attackers = Attackers(Counting(truth, worlds), Memory.EVER)
    touched = [set(attackers.names) - set(attackers.names_in(each)) for each in attackers.untouched[1:]]
    assert touched == [{"h0"}, {"h0", "h2"}]


def test_who_is_known_to_several_is_known_wherever_one_of_them_sat() -> None:
    both = Known(frozenset({0}), {1: frozenset({0})}) | Known(frozenset({2}), {1: frozenset({1}), 3: frozenset({1})})
    assert both == Known(frozenset({0, 2}), {1: frozenset({0, 1}), 3: frozenset({1})})
    assert both.all == {0, 1, 2, 3}


def test_whom_a_holding_met_is_told_in_one_order_whatever_set_it_was_read_from() -> None:
    crowd: Crowd[str] = Crowd(lambda _: frozenset(), lambda _: (), lambda _: ())
    for record, publication in ((2, 1), (0, 0), (1, 0), (0, 1)):
        crowd.acquaintance.meet("h", record, publication)
    assert [*crowd.acquaintance.known_to("h").met.items()] == [
        (0, frozenset({0, 1})),
        (1, frozenset({0})),
        (2, frozenset({1})),
    ]


# --- whose an organisation was ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("about", "holdings"),
    [({0}, ["h0", "h0"]), ({1}, ["h0", "h1"]), ({0, 1}, ["h0", "h1"]), ({2}, ["h0", "h0"])],
    ids=["the year before", "the year after", "both", "a year in which it is not"],
)
def test_of_which_holding_an_organisation_is_the_last_publication_tells_that_is_asked_about(
    about: set[int], holdings: list[str]
) -> None:
    """As in the audit (`contributors.py`); where none of them tells it, the first by name of all that it had."""
    made: Crowd[str] = Crowd(lambda _: Tokens({(0, None)}), lambda _: (), lambda _: ())
    made.add("a", "h0")
    made.add("a", "h1", before=((0, "h0"), (1, "h1")))
    assert made.holdings(frozenset(about)) == holdings
