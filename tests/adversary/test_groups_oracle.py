"""Brute force: to whom it may be known that all of a cell are in one category, against every world that he thinks possible.

A world is what each organisation may be, of two kinds and in two pillars. A holding knows its own, and of those whom it
met the kind. To whom no member of the cell could be outside the category the group says nothing new; to all others it
must stay open.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from random import Random

import pytest

from tests.stages.some_worlds import THIS, a_talk, a_unit
from tweeluik.checks.audit.answers import Answers, Rules
from tweeluik.checks.audit.counting import Counting
from tweeluik.checks.audit.questions import OUTSIDER, Asked, Label, Memory, Question, less
from tweeluik.checks.audit.worlds import Pair, Records

KIND, PILLAR = ("kind", "a"), ("pillar", "1")
LIVES = [(kind, pillar) for kind in "ab" for pillar in "12"]


def a_truth(seed: int, cell: Pair) -> Records:
    """Four organisations of three or four holdings, all of a cell in the other category, and up to three tables."""
    chance = Random(seed)
    outside = ("b", "1") if cell == PILLAR else ("a", "2")
    lives = [life for life in LIVES if life != outside]
    members = {}
    for n in range(4):
        kind, pillar = ("a", "1") if n == 0 else chance.choice(lives)
        members[f"u{n}"] = a_unit(f"kind:{kind} pillar:{pillar}", f"h{min(n, chance.choice((2, 3)))}")
    tables = [sorted(chance.sample(sorted(members), chance.choice((1, 2, 3)))) for _ in range(chance.randrange(4))]
    talks = {
        f"t{n}": a_talk("form:g", *table, holdings=[members[name].holding for name in table])
        for n, table in enumerate(tables)
    }
    return Records(members, talks)


def possible(truth: Records, attacker: str) -> Iterator[dict[str, frozenset[Pair]]]:
    """All that the organisations may be, for who knows its own and the kinds of those it met."""
    met = {name for talk in truth.talks.values() if attacker in talk.holdings for name in talk.units}
    for lives in product(LIVES, repeat=len(truth.units)):
        world = {
            name: frozenset({("kind", kind), ("pillar", pillar)})
            for name, (kind, pillar) in zip(truth.units, lives, strict=True)
        }
        own = all(world[name] == unit.codes for name, unit in truth.units.items() if unit.holding == attacker)
        if own and all(_kind(world[name]) == _kind(truth.units[name].codes) for name in met):
            yield world


def _kind(codes: frozenset[Pair]) -> set[str]:
    return {code for name, code in codes if name == "kind"}


def asked_for(truth: Records, cell: Pair, category: Pair) -> set[str]:
    """Those to whom the audit asks that the rest of the group stays open."""
    answers = Answers(Counting({THIS: truth}), [True], Rules(5, 10), Memory.EVER)
    group = less(Label(THIS, cell), Label(THIS, category))
    demand = answers.demand(Question("partners", group, Asked.SOMEBODY, "2025", "soort", "all of one"))
    wanted = () if demand is None else demand.wanted
    return {name for each in wanted for name in answers.attackers.names_in(each.attackers)}


@pytest.mark.parametrize(("cell", "category"), [(PILLAR, KIND), (KIND, PILLAR)], ids=["kinds are seen", "work is not"])
def test_to_whom_a_group_is_no_news_no_member_could_be_outside(cell: Pair, category: Pair) -> None:
    exempt = 0
    for seed in range(40):
        truth = a_truth(seed, cell)
        inside = [name for name, unit in truth.units.items() if cell in unit.codes]
        assert all(category in truth.units[name].codes for name in inside)
        for attacker in {OUTSIDER, *(unit.holding for unit in truth.units.values())}:
            news = any(
                cell in world[name] and category not in world[name]
                for world in possible(truth, attacker)
                for name in inside
            )
            assert (attacker in asked_for(truth, cell, category)) == news, (seed, attacker)
            exempt += not news
    assert exempt > 5
