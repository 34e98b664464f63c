"""The stranger of `bench/attacker` is itself put to the test: every whole world of a small history is listed.

What he proves must hold in every world that fits what was published, and what he cannot prove must fail in one.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import combinations
from random import Random

import numpy as np
import pytest

from bench.attacker.attack import Effort, attack, readers
from bench.attacker.elimination import Factor, cheap_order, minima
from bench.attacker.history import Event, History
from bench.attacker.organisations import FACTS, SETTLED, Organisations
from bench.attacker.published import Label, Publication, Window
from bench.attacker.readers import TalkReader
from bench.attacker.space import Literal, Question, Record, Sight, Statement
from bench.attacker.truth import Agenda, Organisation, State, Talk
from bench.attacker.worlds import Worlds

AGENDA = Agenda({"1.1a": "1.1", "1.2a": "1.2", "1.1": "1", "1.2": "1"})
HIDDEN = Window()


def a_publication(edition: str, cells: Mapping[str, Window], **changes: object) -> Publication:
    """Partners by whatever the labels say: "all", or "kind=a theme=1.1"."""
    labels = {Label("partners", _pairs(name)): window for name, window in cells.items()}
    codes: dict[str, dict[str, None]] = {}
    for label in labels:
        for name, code in label.pairs:
            codes.setdefault(name, {})[code] = None
    year = int(edition[:4])
    values = {
        "edition": edition, "version": 1, "start": date(year, 1, 1), "until": date(year, 12, 31), "threshold": 3,
        "cells": labels, "categories": {name: tuple(each) for name, each in codes.items()}, "named": frozenset(),
    }  # fmt: skip
    return Publication(**{**values, **changes})  # type: ignore[arg-type]


def _pairs(name: str) -> tuple[tuple[str, str], ...]:
    return () if name == "all" else tuple(sorted(tuple(each.split("=")) for each in name.split()))  # type: ignore[misc]


# --- brute force ------------------------------------------------------------------------------------------------------


def every_world(space: Organisations, windows: Sequence[Mapping[Statement, Window]]) -> Iterator[dict[Record, int]]:
    """All worlds, as numbers per record, that fit the windows; every record is in a row with a highest value."""
    said = {statement: window for each in windows for statement, window in each.items()}
    records = [r for r in sorted(space.every_record()) if any(bits.any() for bits in space.holds(r))]
    columns = [np.array([space.holds(r)[s.view][s.row] for s in said], dtype=int) for r in records]
    low = np.array([window.low for window in said.values()])
    high = np.array([np.inf if window.high is None else window.high for window in said.values()])

    def extend(n: int, counts: tuple[int, ...], sums: np.ndarray) -> Iterator[dict[Record, int]]:
        if n == len(records):
            if (sums >= low).all():
                yield dict(zip(records, counts, strict=True))
            return
        number = 0
        while (sums + number * columns[n] <= high).all():
            yield from extend(n + 1, (*counts, number), sums + number * columns[n])
            number += 1

    yield from extend(0, (), np.zeros(len(said), dtype=int))


def number_of(space: Organisations, world: Mapping[Record, int], question: Question) -> int:
    return sum(
        count
        for record, count in world.items()
        if all(bool(space.holds(record)[q.statement.view][q.statement.row]) == q.holds for q in question)
    )


def draw(seed: int) -> tuple[Organisations, list[dict[Statement, Window]], list[Record]]:
    """Two or three small publications of a few organisations, each number shown, hidden or rounded by chance."""
    chance = Random(seed)
    tables = (("kind=a", "kind=b"), ("theme=1.1", "theme=1.2"), ("kind=a theme=1.1", "kind=b theme=1.1"))
    beliefs = chance.choice((FACTS, SETTLED))
    names = (("2025", "2026"), ("2025", "2025-b"), ("2025", "2026", "2025-2026"))[seed % 3]
    sights = []
    for name in names:
        cells = dict.fromkeys(("all", *chance.choice(tables)), HIDDEN)
        period = {"start": date(2025, 1, 1), "until": date(2026, 12, 31)} if name == "2025-2026" else {}
        sights.append(Sight(a_publication(name, cells, **period)))
    space = Organisations(sights, AGENDA, beliefs)
    every = [r for r in sorted(space.every_record()) if any(bits.any() for bits in space.holds(r))]
    true = [chance.choice(every) for _ in range(2)]
    windows = [
        {Statement(n, row): _window(chance, label, sum(int(space.holds(r)[n][row]) for r in true)) for label, row in view.rows.items() if isinstance(label, Label)}
        for n, view in enumerate(space.views)
    ]  # fmt: skip
    return space, windows, true


def _window(chance: Random, label: Label, value: int) -> Window:
    if not label.pairs:
        return Window(value, value)  # so that worlds are few
    return chance.choice((Window(value, value), HIDDEN, HIDDEN, Window(max(0, value - 1), value + 1)))


@pytest.mark.parametrize("seed", [0, 1, 3, 4, 5, 6, 7, pytest.param(8, marks=pytest.mark.long)])
@pytest.mark.parametrize("listed_up_to", [20_000, 0])
def test_he_proves_what_holds_in_every_world_and_nothing_else(
    seed: int, listed_up_to: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where there are too many types to list, and new ones come in every branch."""
    monkeypatch.setattr("bench.attacker.worlds.SMALL_SPACE", listed_up_to)
    space, windows, true = draw(seed)
    worlds, listed = Worlds(space, windows, true), list(every_world(space, windows))
    nobody = worlds.known([])
    assert listed
    for question in _questions(space, seed):
        numbers = {number_of(space, world, question) for world in listed}
        bounds = worlds.bounds(question, nobody)
        assert bounds.low <= min(numbers), question
        assert bounds.high is None or bounds.high >= max(numbers), question
        for window in (Window(0, 0), Window(max(numbers), None), Window(max(numbers) + 1, None)):
            there_is = any(window.low <= n and (window.high is None or n <= window.high) for n in numbers)
            worlds.extreme(question, nobody, sign=1)
            assert (worlds.find(question, nobody, window) is not None) == there_is, (question, window)


def _questions(space: Organisations, seed: int) -> list[Question]:
    chance = Random(seed)
    literals = [
        Literal(Statement(n, row), holds)
        for n, view in enumerate(space.views)
        for row in range(len(view.table))
        for holds in (True, False)
    ]
    pairs = [frozenset(each) for each in combinations(literals, 2) if any(literal.holds for literal in each)]
    return [*(frozenset({each}) for each in literals if each.holds)][:3] + chance.sample(pairs, 3)


def test_the_cheapest_assignment_is_that_of_brute_force() -> None:
    chance = np.random.default_rng(3)
    sizes: dict[Hashable, int] = {"a": 2, "b": 3, "c": 2, "d": 3}
    scopes = (("a", "b"), ("b", "c"), ("c", "d", "a"), ("d",))
    factors = [Factor(axes, chance.normal(size=[sizes[axis] for axis in axes])) for axes in scopes]

    def total(values: Mapping[Hashable, int]) -> float:
        return sum(float(each.costs[tuple(values[axis] for axis in each.axes)]) for each in factors)

    cost, found = minima(factors, cheap_order(scopes, sizes))[0]
    costs = [total(dict(zip(sizes, each, strict=True))) for each in np.ndindex(*sizes.values())]
    assert cost == pytest.approx(min(costs))
    assert total(found) == pytest.approx(cost)


# --- what he tells ----------------------------------------------------------------------------------------------------


def a_history(*publications: Publication, organisations: Sequence[dict[str, object]]) -> History:
    made = {
        f"p-{n}": Organisation(f"p-{n}", f"Naam {n}", f"p-{n}", {"kind": "a", "region": "r", "endorsed": date(2025, 1, 1), **raw})
        for n, raw in enumerate(organisations)
    }  # fmt: skip
    state = State(AGENDA, frozenset(), made, (), 10)
    return History([Event(each, state) for each in publications])


def working(measures: str, *years: int, **raw: object) -> dict[str, object]:
    return {"collaborations": [{"year": year, "measures": measures.split()} for year in years], **raw}


def test_two_publications_over_one_year_are_subtracted() -> None:
    partners = [*[working("1.1a", 2025)] * 2, *[working("1.1a", 2025, kind="b")] * 5]
    one = a_publication("2025", {"all": Window(7, 7), "kind=a": HIDDEN, "kind=b": HIDDEN})
    other = a_publication("2025-b", {"kind=a": HIDDEN, "kind=b": Window(5, 5)})
    told = attack(a_history(one, organisations=partners)).findings
    assert told == []
    told = attack(a_history(one, other, organisations=partners)).findings
    assert any(f.attacker == "" and f.bounds.low == f.bounds.high == 2 and f.belief == "facts" for f in told)


def test_an_insider_knows_that_it_is_not_in_a_number() -> None:
    # One of kind a, two of kind b. An outsider thinks that all three may be a, one that is b thinks two at most.
    partners = [working("1.1a", 2025), *[working("1.1a", 2025, kind="b")] * 2]
    safe = a_publication("2025", {"all": Window(3, 3), "kind=a": HIDDEN, "kind=b": HIDDEN})
    told = [f for f in attack(a_history(safe, organisations=partners)).findings if "kind" not in f.question]
    assert {f.attacker for f in told if f.question == "[partners: a] in 2025 v1"} == {"p-1"}


def test_who_was_named_is_subtracted_where_it_is_not_named_too() -> None:
    partners = [working("1.1a", 2025)] * 3
    named = a_publication("2025", {"kind=a": Window(3, 3)}, named=frozenset({"Naam 0"}))
    later = a_publication("2025", {"kind=a": Window(3, 3)}, version=2)
    history = a_history(named, later, organisations=partners)
    told = [f for f in attack(history).findings if f.attacker == ""]
    assert {(f.bounds.low, f.bounds.high, f.true) for f in told} == {(2, 2, 2)}


@pytest.mark.parametrize(
    ("name", "known"), [("Naam 0", {"p-0"}), ("Naam 2", {"p-0", "p-1", "p-2"}), ("Naam 3", {"p-3"})]
)
def test_who_is_succeeded_is_named_by_the_name_of_its_successor(name: str, known: set[str]) -> None:
    """As an edition does: of one that ended there, the name of who goes on."""
    after: list[dict[str, object]] = [{"successor": "p-1"}, {"successor": ["p-2"]}, {}, {}]
    partners = [working("1.1a", 2025, **each) for each in after]
    named = a_publication("2025", {"kind=a": Window(4, 4)}, named=frozenset({name}))
    assert a_history(named, organisations=partners).named == known


def a_succession() -> History:
    """One that worked in 2025 and ended before its last day; who goes on with it began in 2026, in another region."""
    ended: dict[str, object] = {"ended": date(2025, 12, 20), "successor": "p-1", "region": "q"}
    partners = [working("1.1a", 2025, **ended), working("1.2a", 2026), working("1.1a", 2025, 2026)]
    cells = {"all": Window(2, 2), "region=q": Window(0, 0), "region=r": Window(2, 2), "measure=1.1a": Window(2, 2)}
    later = {**cells, "measure=1.1a": Window(1, 1), "measure=1.2a": Window(1, 1)}
    return a_history(a_publication("2025", cells), a_publication("2026", later), organisations=partners)


def test_who_goes_on_with_the_work_of_one_that_ended_is_counted_in_its_place() -> None:
    history = a_succession()
    assert [{id_: (it.region, it.first) for id_, it in seen.items()} for seen in history.seen] == [
        {"p-0": ("r", 2025), "p-2": ("r", 2025)}
    ] * 2
    assert history.holdings["p-1"] == "p-0"


def test_who_goes_on_with_the_work_of_one_that_ended_is_that_one() -> None:
    history = a_succession()
    assert history.organisations == ("p-0", "p-2")
    space = Organisations(history.sights, AGENDA, FACTS)
    worlds = [space.encode(history.sightings(each)) for each in history.organisations]
    assert all(record is not None for record in worlds), "the truth is a world"


def test_a_conversation_with_one_that_ended_is_one_with_who_goes_on() -> None:
    history = a_succession()
    talk = Talk(date(2025, 5, 1), "gesprek", frozenset({"1.1a"}), frozenset({"p-0"}))
    state = replace(history.last, talks=(talk,))
    assert [[each.region for each in met["p-0"]] for met in map(state.met_in, publications(history))] == [["r"], ["r"]]
    assert [state.talks_in(each) for each in publications(history)] == [[talk], []]


@pytest.mark.parametrize(
    ("asked", "who"), [(("kind=a", "all"), {"p-0"}), (("all",), {"p-0", "p-1"}), (("kind=a", "kind=b"), {"p-0", "p-1"})]
)
def test_a_conversation_is_of_those_who_are_of_the_kind_that_is_asked_for(asked: Sequence[str], who: set[str]) -> None:
    """One was held, by one of kind a and one of kind b."""
    labels = {name: Label("conversations", _pairs(name)) for name in ("all", "kind=a", "kind=b")}
    publication = a_publication("2025", {"kind=a": HIDDEN, "kind=b": HIDDEN})
    publication = replace(publication, cells={**publication.cells, **dict.fromkeys(labels.values(), Window(1, 1))})
    history = a_history(publication, organisations=[working("1.1a", 2025), working("1.1a", 2025, kind="b")])
    talk = Talk(date(2025, 5, 1), "gesprek", frozenset({"1.1a"}), frozenset({"p-0", "p-1"}))
    history = History([replace(each, state=replace(each.state, talks=(talk,))) for each in history.events])
    reader = next(each for each in readers(history, 50) if isinstance(each, TalkReader))
    rows = reader.space.views[0].rows
    question = frozenset(Literal(Statement(0, rows[labels[name]])) for name in asked)
    assert reader.contributions(question).keys() == who


def publications(history: History) -> list[Publication]:
    return [each.publication for each in history.events]


def test_who_did_not_work_in_one_year_may_be_in_two() -> None:
    """A year without it, two years with it, on the same last day: it belongs then, without work in the one."""
    partners = [working("1.1a", 2025), working("1.1a", 2025, 2026)]
    one = a_publication("2026", {"all": Window(1, 1)})
    both = a_publication("2025-2026", {"all": Window(2, 2)}, until=date(2026, 12, 31))
    history = a_history(both, one, organisations=partners)
    for order in (history, a_history(one, both, organisations=partners)):
        space = Organisations(order.sights, AGENDA, FACTS)
        assert all(space.encode(order.sightings(each)) is not None for each in order.organisations)


def test_what_an_edition_takes_together_is_told_by_one_that_tells_its_parts() -> None:
    """Ten in all, seven of a or b together: three of c; another edition hides b and tells that five are a."""
    partners = [
        *[working("1.1a", 2025)] * 5,
        *[working("1.1a", 2025, kind="b")] * 2,
        *[working("1.1a", 2025, kind="c")] * 6,
    ]
    one = a_publication("2025", {"all": Window(13, 13), "kind=a+b": Window(7, 7), "kind=c": Window(6, 6)})
    other = a_publication("2025-b", {"kind=a": Window(5, 5), "kind=b": HIDDEN, "kind=c": HIDDEN})
    told = attack(a_history(one, other, organisations=partners)).findings
    assert any(f.attacker == "" and f.bounds.low == f.bounds.high == 2 and f.belief == "facts" for f in told)


def test_enough_and_none_are_no_finding() -> None:
    partners = [*[working("1.1a", 2025)] * 2, *[working("1.1a", 2025, kind="b")] * 5]
    safe = a_publication("2025", {"all": Window(7, 7), "kind=a": HIDDEN, "kind=b": HIDDEN})
    assert attack(a_history(safe, organisations=partners), effort=Effort(whole_numbers=50)).findings == []


@pytest.mark.parametrize("window", [Window(0, 2), Window(1, 5)])
@pytest.mark.parametrize("before", [True, False])
def test_one_end_is_promised_of_what_a_rounded_number_told_the_other_of_before(window: Window, *, before: bool) -> None:
    """Two of kind a, and a threshold of three: that they are fewer, or that there is one, was out first, or is told then."""
    partners = [*[working("1.1a", 2025)] * 2, *[working("1.1a", 2025, kind="b")] * 5]
    rounded = a_publication("2025", {"all": HIDDEN, "kind=a": window, "kind=b": HIDDEN})
    hidden = a_publication("2025-b", {"all": Window(7, 7), "kind=a": HIDDEN, "kind=b": HIDDEN})
    made = (rounded, hidden) if before else (hidden, rounded)
    found = attack(a_history(*made, organisations=partners), effort=Effort(whole_numbers=50)).findings
    assert bool(found) is not before


@pytest.mark.parametrize(("later", "told"), [(Window(1, 5), False), (Window(2, 2), True), (HIDDEN, False)])
def test_who_supposes_that_nothing_changed_is_promised_one_end_of_what_is_rounded_elsewhere(
    later: Window, *, told: bool
) -> None:
    """Two of kind a in both years, and a threshold of three: a year hides them, its half says that they are 1 to 5."""
    partners = [*[working("1.1a", 2025)] * 2, *[working("1.1a", 2025, kind="b")] * 5]
    first = a_publication("2025", {"all": HIDDEN, "kind=a": HIDDEN, "kind=b": HIDDEN})
    second = a_publication("2025-b", {"all": HIDDEN, "kind=a": later, "kind=b": HIDDEN}, until=date(2025, 6, 30))
    assert bool(attack(a_history(first, second, organisations=partners)).findings) is told
