"""Which questions are answered, against the same worked out one world, one attacker, one record at a time."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest

from tests.stages.a_search import every_change, fitting_worlds, lives
from tests.stages.some_worlds import a_table, a_talk, a_unit, published, release_of
from tweeluik.checks.audit.answers import Rules
from tweeluik.checks.audit.examination import Examination
from tweeluik.checks.audit.questions import OUTSIDER, Asked, Expression, Label, Memory, Question
from tweeluik.checks.audit.worlds import Publication, Records, Truth, Unit, World
from tweeluik.record.cell import Codes
from tweeluik.record.model import Release

T = 2
Y25, Y26 = ("2025", 1), ("2026", 1)
Whole = dict[Publication, dict[str, Unit]]


def some_truth(chance: random.Random) -> Truth:
    """Five organisations over two years, some under one umbrella, some named, and conversations."""
    people: dict[Publication, dict[str, Unit]] = {Y25: {}, Y26: {}}
    for i in range(5):
        holding = f"h{max(1, i)}"
        kind, named = chance.choice("abc"), chance.random() < 0.2
        for key in (Y25, Y26):
            if chance.random() < 0.8:
                codes = f"kind:{kind} pillar:{chance.choice(('1', '2', '1 pillar:2'))}"
                people[key][f"u{i}"] = a_unit(codes, holding, named=named or chance.random() < 0.1)
    return {key: Records(units, _some_talks(chance, units)) for key, units in people.items()}


def _some_talks(chance: random.Random, units: dict[str, Unit]) -> dict:  # type: ignore[type-arg]
    names = sorted(units)
    tables = [chance.sample(names, min(len(names), chance.randint(1, 2))) for _ in range(2)] if names else []
    return {
        f"t{i}": a_talk("form:g", *table, holdings=[units[name].holding for name in table])
        for i, table in enumerate(tables)
    }


def whole(truth: Truth, world: World | None) -> Whole:
    made = {key: dict(records.units) for key, records in truth.items()}
    for (key, name), unit in (world.units if world else {}).items():
        made[key].pop(name, None)
        made[key] |= {} if unit is None else {name: unit}
    return made


def members(of: Expression, world: Whole) -> set[str]:
    everyone = {name for units in world.values() for name in units}
    if isinstance(of, Label):
        return {n for n, unit in world[of.publication].items() if of.pair is None or of.pair in unit.codes}
    parts = [members(part, world) for part in of.parts]
    return {name for name in everyone if of.least <= sum(name in part for part in parts) <= of.most}


def about(of: Expression) -> set[Publication]:
    return {of.publication} if isinstance(of, Label) else set().union(*map(about, of.parts))


def known(truth: Truth, of: Expression, memory: Memory) -> set[str]:
    if memory is not Memory.HERE:
        return {name for records in truth.values() for name, unit in records.units.items() if unit.named}
    there = [unit for key in about(of) for unit in truth[key].units.items()]
    return {name for name, unit in there if unit.named} - {name for name, unit in there if not unit.named}


def holdings(names: set[str], truth: Truth) -> set[str]:
    """None of these organisations ever changes its holding."""
    whose = {name: unit.holding for records in truth.values() for name, unit in records.units.items()}
    return {whose.get(name, name) for name in names}


def excluded(world: World, truth: Truth, memory: Memory) -> set[str]:
    """Who knows that a world is not so."""
    everybody, found = attackers(truth), set()
    for (key, name), unit in world.units.items():
        true = truth[key].units.get(name)
        ever = any(records.units[name].named for records in truth.values() if name in records.units)
        if (true is not None and true.named) or (memory is not Memory.HERE and ever):
            return everybody
        found |= {each.holding for each in (true, unit) if each is not None}
        kinds = [None if each is None else {p for p in each.codes if p[0] == "kind"} for each in (true, unit)]
        if kinds[0] != kinds[1]:
            found |= {h for talk in truth[key].talks.values() if name in talk.units for h in talk.holdings}
    return found


def attackers(truth: Truth) -> set[str]:
    owners = {unit.holding for records in truth.values() for unit in records.units.values()}
    return {OUTSIDER, *owners}


def acquainted(truth: Truth, holding: str) -> set[str]:
    own = {n for records in truth.values() for n, unit in records.units.items() if unit.holding == holding}
    talks = (talk for records in truth.values() for talk in records.talks.values() if holding in talk.holdings)
    return own.union(*(talk.units for talk in talks))


def stands(truth: Truth, there: Whole) -> bool:
    """Whether kinds and pillars with the same organisations in both years have so in another world."""
    true, labels = whole(truth, None), [None, *(("kind", code) for code in "abc"), *(("pillar", code) for code in "12")]
    both = [tuple(members(Label(key, each), world) for key in (Y25, Y26)) for each in labels for world in (true, there)]
    return all(before != after or here == later for (before, after), (here, later) in batched(both))


def batched(pairs: list[tuple[set[str], ...]]) -> Iterator[tuple[tuple[set[str], ...], tuple[set[str], ...]]]:
    return zip(pairs[::2], pairs[1::2], strict=True)


def unanswered(truth: Truth, worlds: list[World], questions: list[Question]) -> Iterator[tuple[Question, str, Memory]]:
    """One record at a time."""
    wholes = [(whole(truth, None), None), *((whole(truth, world), world) for world in worlds)]
    shy = {
        (i, memory): (excluded(world, truth, memory) if world else set())
        | (attackers(truth) if memory is Memory.STILL and not stands(truth, there) else set())
        for i, (there, world) in enumerate(wholes)
        for memory in Memory
    }
    for memory in Memory:
        for question in questions:
            if question.same and memory is Memory.HERE:
                continue
            apart = known(truth, question.of, memory)
            sets = [members(question.of, each) - apart for each, _ in wholes]
            if not 0 < len(holdings(sets[0], truth)) < T:
                continue
            same = [
                all(members(o, each) == members(question.same[0], each) for o in question.same) for each, _ in wholes
            ]
            for attacker in attackers(truth):
                own = len(holdings(sets[0] & acquainted(truth, attacker), truth)) if attacker else 0
                numbers = {
                    len(holdings(found, truth))
                    for i, found in enumerate(sets) if same[i] and attacker not in shy[i, memory]
                }  # fmt: skip
                reached = (min(numbers) <= own, max(numbers) >= T)
                either = question.asked is Asked.EITHER or memory is Memory.STILL
                if not (any(reached) if either else all(reached)):
                    yield question, attacker, memory


def some_release(key: Publication, records: Records, hidden: set[tuple[Publication, str]]) -> Release:
    def hides(_: str, codes: Codes) -> bool:
        return (key, codes[0]) in hidden

    kinds = a_table(records, "soort", "partners", "kind", hides=hides)
    pillars = a_table(records, "pijler", "partners", "pillar", hides=hides)
    return release_of(key, kinds, pillars, a_table(records, "vorm", "conversations", "form"), threshold=T)


@pytest.mark.parametrize("number", [pytest.param(n, marks=pytest.mark.long if n in {5, 11} else []) for n in range(12)])
def test_the_audit_finds_unanswered_what_one_at_a_time_finds(number: int) -> None:
    chance = random.Random(number)
    truth = some_truth(chance)
    hidden = {(key, code) for key in truth for code in "abc12" if chance.random() < 0.5}
    releases = [some_release(key, records, hidden) for key, records in truth.items()]
    examination = Examination(published(*releases), truth, Rules(T, 10), {})
    codes = ["kind:a pillar:1", "kind:b pillar:2", "kind:c pillar:1 pillar:2", None]
    worlds = fitting_worlds(examination, every_change(truth, lives(y2025=codes, y2026=codes), most=2, new=1))[:150]
    asked = [q for q in examination.questions if q.counts == "partners" and q.asked in {Asked.BOTH, Asked.EITHER}]
    asked = chance.sample(asked, 150)
    found = {
        (each.question, attacker, each.memory)
        for each in examination.examine(worlds, asked).unanswered for attacker in each.attackers
    }  # fmt: skip
    expected = {each for each in unanswered(truth, worlds, asked) if each[2] in examination.memories}
    if Memory.STILL in examination.memories:
        told = {(question, who) for question, who, memory in expected if memory is Memory.STILL}
        ever = {(q, who) for q, who, memory in expected if memory is Memory.EVER and q.asked is Asked.EITHER}
        assert ever <= told  # so that nobody has to ask twice
        expected = {each for each in expected if each[2] is not Memory.EVER or each[0].asked is not Asked.EITHER}
    assert found == expected
    assert found
