"""The parts of the search: what each claims, tried on small systems by brute force and on tables of three dimensions."""

from __future__ import annotations

from itertools import chain, combinations
from random import Random

import numpy as np
import pytest

from bench.sizes import a_table
from tests.adversary import test_core_oracle as oracle
from tweeluik.disclosure.cuts import Cutter
from tweeluik.disclosure.deviations import deviations
from tweeluik.disclosure.dive import Diver
from tweeluik.disclosure.effort import Effort
from tweeluik.disclosure.lattice import coordinates
from tweeluik.disclosure.master import Master
from tweeluik.disclosure.separation import Separation, Trust
from tweeluik.disclosure.shared_requirement import Sharing
from tweeluik.disclosure.solver import Program, SolverFailed
from tweeluik.disclosure.suppression import suppress
from tweeluik.disclosure.system import Constraint, Role, System, Variable
from tweeluik.disclosure.verification import verify
from tweeluik.disclosure.virtual import find_exposed_sums
from tweeluik.disclosure.witness import Ledger


def some_of(system: System, chance: Random, part: float) -> frozenset[int]:
    return frozenset(i for i in range(len(system.variables)) if chance.random() < part)


@pytest.mark.parametrize("seed", range(12))
def test_whole_coordinates_settle_everything_else_and_make_it_whole(seed: int) -> None:
    chance, system = Random(seed), a_table(seed, 3, 3, 4, records=90)
    hidden = some_of(system, chance, 0.7)
    free = coordinates(system, hidden)
    settled = sorted(hidden - set(free))
    matrix = np.zeros((len(system.constraints), len(system.variables)))
    for row, constraint in zip(matrix, system.constraints, strict=True):
        row[[i for i, _ in constraint.terms]] = [coefficient for _, coefficient in constraint.terms]
    assert np.linalg.matrix_rank(matrix[:, settled]) == len(settled)
    deviation = np.array([chance.randint(-9, 9) for _ in free])
    others = np.linalg.lstsq(matrix[:, settled], -matrix[:, list(free)] @ deviation, rcond=None)[0]
    assert np.allclose(others, np.rint(others), atol=1e-6)
    assert np.allclose(matrix[:, settled] @ others, -matrix[:, list(free)] @ deviation)


def test_what_no_whole_pivot_settles_stays_a_coordinate() -> None:
    twice = System(tuple(Variable(4, 0, None, 1, Role.FREE) for _ in range(2)), (Constraint(((0, 2), (1, -2)), 0, 0),))
    assert coordinates(twice, frozenset({0, 1})) == (0, 1)


def test_a_dive_is_not_misled_by_two_sums_that_are_even_or_odd_together() -> None:
    """The sum of two is one, their difference is best 0: halves fit, and in whole numbers only a difference of one."""
    cells = tuple(Variable(5, -9, None, 1, Role.FREE) for _ in range(4))
    equations = (Constraint(((0, 1), (1, 1), (2, -1)), 5, 5), Constraint(((0, 1), (1, -1), (3, -1)), -5, -5))
    system = System(cells, equations)
    diver = Diver(4, tuple(deviations(system)))
    bounds = {0: (-3.0, 3.0), 1: (-3.0, 3.0), 2: (1.0, 1.0), 3: (0.0, 1.0)}
    moves = diver.dive(bounds, {3: 1.0}, coordinates(system, frozenset(range(4))))
    assert moves is not None
    assert (moves[2], moves[3]) == (1, 1)
    assert Ledger(system).adds_up(moves)


@pytest.mark.parametrize("seed", range(12))
def test_what_a_dive_brings_up_is_a_whole_table_within_its_bounds(seed: int) -> None:
    chance, system = Random(seed), a_table(seed, 3, 4, 4, records=90)
    probe = Separation(system)
    probe.hide(some_of(system, chance, 0.8) | system.all_with(Role.SENSITIVE))
    probe.face(0)
    found = [probe.serve(probe.asked(), part) for part in (1.0, 0.5, 0.2, 0.1, 0.05)]
    tables = [witness.moves for witness in found if witness]
    assert tables
    assert all(set(moves) <= probe.hidden and all(type(n) is int for n in moves.values()) for moves in tables)
    assert all(Ledger(system).adds_up(moves) for moves in tables)


def test_a_dive_in_which_the_solver_fails_gets_stuck_and_claims_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise SolverFailed

    system = a_table(0, 2, 3, 3, records=90)
    probe = Separation(system)
    probe.hide(frozenset(range(len(system.variables))))
    probe.face(0)
    monkeypatch.setattr(Program, "minimise", fail)
    assert probe.serve(probe.asked(), 1.0) is None
    assert probe.memory.witnesses == []


@pytest.mark.parametrize("seed", range(6))
def test_whole_witnesses_settle_what_a_probe_that_trusts_fractions_settles(seed: int) -> None:
    system = a_table(seed, 2, 3, 3, records=90)
    hidden = suppress(system, effort=Effort.of(1)).hidden
    for trust in Trust:
        probe = Separation(system, trust=trust)
        probe.hide(hidden)
        settled = verify(probe, probe.asked())
        assert settled.failed == {}
        assert set(settled.met) == set(probe.asked())


@pytest.mark.parametrize("multi", [False, True])
@pytest.mark.parametrize("seed", range(12))
def test_the_cuts_of_one_attack_exclude_the_pattern_that_failed_and_none_that_is_safe(seed: int, multi: bool) -> None:
    system = oracle.a_table(Random(seed), multi=multi)
    must, free = system.all_with(Role.SENSITIVE), system.all_with(Role.FREE)
    probe, cutter, master = Separation(system, trust=Trust.LINEAR), Cutter(system), Master(system)
    probe.hide(must)
    failed = verify(probe, probe.asked()).failed
    master.add(cut for demand, outcomes in failed.items() if (cut := cutter.benders(demand, outcomes)))
    assert master.excludes(must) == bool(failed)
    attacked = Separation(system)
    for others in chain.from_iterable(combinations(sorted(free), many) for many in range(3)):
        assert not (master.excludes(must | set(others)) and is_safe(attacked, must | set(others)))


def is_safe(attacked: Separation, hidden: frozenset[int]) -> bool:
    """As `find_unsafe` says it, which looks on for all that is reached, and begins anew for each pattern."""
    attacked.hide(hidden)
    reached = verify(attacked, attacked.asked(), stop_after=1).failed
    return not reached and not [*find_exposed_sums(attacked.system, hidden)]


def test_pulls_are_the_same_in_every_run_and_differ_within_one() -> None:
    probe = Separation(a_table(1, 3, 3, 3, records=90))
    probe.hide(frozenset(range(len(probe.system.variables))))
    one, other = Sharing(), Sharing()
    first = one.shared(probe.asked(), 0.5)
    assert first == other.shared(probe.asked(), 0.5)
    assert first != one.shared(probe.asked(), 0.5)
    assert all(pull.need > 0 and pull.cost * pull.sign < 0 for pull in first.values())


def test_the_same_system_gives_the_same_pattern_and_the_same_witnesses() -> None:
    system = a_table(3, 3, 3, 4, records=90)
    assert suppress(system, effort=Effort.of(3)) == suppress(system, effort=Effort.of(3))
