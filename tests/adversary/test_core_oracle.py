"""The exact core against brute force: every whole table that fits is listed, for small systems of every shape.

What an attacker derives must be exactly the extremes over that list, and no safe pattern may be cheaper than ours.
"""

from __future__ import annotations

from itertools import chain, combinations
from random import Random

import numpy as np
import numpy.typing as npt
import pytest

from tweeluik.disclosure.attack import find_unsafe, interval
from tweeluik.disclosure.effort import Effort
from tweeluik.disclosure.suppression import CannotBeProtected, suppress
from tweeluik.disclosure.system import Attacker, Constraint, Role, System, Target, Variable

MOST = 14


def a_table(chance: Random, *, multi: bool) -> System:
    """A small table of two by three with its margins; with `multi` the columns only bound their total."""
    rows, columns = 2, 3
    values = {(r, c): chance.choice([0, 0, 1, 1, 2, 3, 5]) for r in range(rows) for c in range(columns)}
    for r in range(rows):
        parts = [values[r, c] for c in range(columns)]
        values[r, -1] = chance.randint(max(parts), sum(parts)) if multi else sum(parts)
    for c in (*range(columns), -1):
        values[-1, c] = sum(values[r, c] for r in range(rows))
    place = {cell: i for i, cell in enumerate(values)}
    constraints = [_sum([place[r, c] for r in range(rows)], place[-1, c], equal=True) for c in (*range(columns), -1)]
    for r in (*range(rows), -1):
        parts = [place[r, c] for c in range(columns)]
        constraints.append(_sum(parts, place[r, -1], equal=not multi))
        if multi:
            constraints += [Constraint(((place[r, -1], 1), (part, -1)), 0, None) for part in parts]
    variables = [
        Variable(value, 0, MOST, 1000 + 100 * value + chance.randrange(90), _role(chance, value, cell))
        for cell, value in values.items()
    ]
    floors = tuple((i, 1) for i, each in enumerate(variables) if each.value > 0 and chance.random() < 0.3)
    targets = [
        target
        for i, each in enumerate(variables)
        for target in (Target(i, 0, width=1), *((Target(i, 0, low=0, high=each.value + 1), Target(i, 1, high=each.value + 1))
                                              if each.role is Role.SENSITIVE else ()))
    ]  # fmt: skip
    return System(tuple(variables), tuple(constraints), (Attacker(), Attacker(floors)), tuple(targets))


def _sum(parts: list[int], total: int, *, equal: bool) -> Constraint:
    return Constraint((*((part, 1) for part in parts), (total, -1)), 0, 0 if equal else None)


def _role(chance: Random, value: int, cell: tuple[int, int]) -> Role:
    if 0 < value < 3 and -1 not in cell and chance.random() < 0.6:
        return Role.SENSITIVE
    return Role.FIXED if cell == (-1, -1) else Role.FREE


Tables = npt.NDArray[np.int64]


def fits(system: System, tables: Tables, attacker: int) -> npt.NDArray[np.bool_]:
    """Which of the tables, a row each, agree with everything this attacker knows, besides what is published."""
    found = np.ones(len(tables), dtype=bool)
    for i, floor in system.attackers[attacker].floors:
        found &= tables[:, i] >= floor
    for constraint in system.constraints:
        total = sum(coefficient * tables[:, i] for i, coefficient in constraint.terms)
        if constraint.lower is not None:
            found &= total >= constraint.lower
        if constraint.upper is not None:
            found &= total <= constraint.upper
    return found


def all_tables(system: System, hidden: frozenset[int], attacker: int) -> Tables:
    """Every whole table that fits, a row each, by trying all values of all hidden cells."""
    order = sorted(hidden)
    every = np.indices((MOST + 1,) * len(order)).reshape(len(order), -1).T
    tables = np.tile(np.array([int(each.value) for each in system.variables]), (len(every), 1))
    tables[:, order] = every
    return tables[fits(system, tables, attacker)]


def is_safe(system: System, hidden: frozenset[int]) -> bool:
    tables = {attacker: all_tables(system, hidden, attacker) for attacker in range(len(system.attackers))}
    for target in system.targets:
        if target.variable in hidden:
            seen = tables[target.attacker][:, target.variable]
            if target.low is not None and seen.min() > target.low:
                return False
            if target.high is not None and seen.max() < target.high:
                return False
            if target.width is not None and seen.max() - seen.min() < target.width:
                return False
    return True


@pytest.mark.parametrize("multi", [False, True])
@pytest.mark.parametrize("seed", range(12))
def test_what_an_attacker_derives_is_exactly_what_all_tables_together_say(seed: int, multi: bool) -> None:
    chance = Random(seed)
    system = a_table(chance, multi=multi)
    hidden = frozenset(chance.sample([i for i, each in enumerate(system.variables) if each.role is not Role.FIXED], 4))
    for attacker in range(2):
        tables = all_tables(system, hidden, attacker)
        for i in sorted(hidden):
            seen = tables[:, i]
            assert interval(system, hidden, i, attacker) == (seen.min(), seen.max())


@pytest.mark.parametrize("multi", [False, True])
@pytest.mark.parametrize("seed", range(12))
def test_an_attack_finds_a_pattern_unsafe_exactly_when_all_tables_say_so(seed: int, multi: bool) -> None:
    chance = Random(100 + seed)
    system = a_table(chance, multi=multi)
    free = [i for i, each in enumerate(system.variables) if each.role is Role.FREE]
    hidden = frozenset(chance.sample(free, 2)) | frozenset(sorted(system.all_with(Role.SENSITIVE))[:2])
    assert find_unsafe(system, hidden).safe == is_safe(system, hidden)


@pytest.mark.parametrize("multi", [False, True])
@pytest.mark.parametrize(
    "seed", [pytest.param(n, marks=pytest.mark.long if n in {5, 6, 8, 9} else []) for n in range(10)]
)
def test_no_safe_pattern_is_cheaper(seed: int, multi: bool) -> None:
    system = a_table(Random(200 + seed), multi=multi)
    must = system.all_with(Role.SENSITIVE)
    try:
        pattern = suppress(system, effort=Effort.of(1))
    except CannotBeProtected:
        everything = must | system.all_with(Role.FREE)
        assert not find_unsafe(system, everything).safe or not must
        return
    assert find_unsafe(system, pattern.hidden).safe
    assert pattern.status == "optimal"
    assert min(costs_of_safe_patterns(system, must, pattern.objective), default=pattern.objective) == pattern.objective


def costs_of_safe_patterns(system: System, must: frozenset[int], most: int) -> list[int]:
    """The costs of all cheaper safe patterns, the attack (proven above) as the judge."""
    free = sorted(system.all_with(Role.FREE))
    weight = [system.variables[i].weight for i in free]
    subsets = chain.from_iterable(combinations(range(len(free)), size) for size in range(len(free) + 1))
    return [
        cost
        for subset in subsets
        if (cost := sum(weight[k] for k in subset)) < most
        and find_unsafe(system, must | frozenset(free[k] for k in subset)).safe
    ]
