"""One linear program for all patterns and attackers of a system, and the witnesses that it has found.

Its columns are deviations from the true values: a shown cell cannot deviate, a hidden one can as far as its bounds and
the attacker's own contributions allow. Every solution is tried on all other requirements before more is
solved.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import Enum

from tweeluik.disclosure.deviations import Bounds, deviations, rebound, room, unit_of
from tweeluik.disclosure.dive import Diver
from tweeluik.disclosure.effort import Effort, OutOfEffort
from tweeluik.disclosure.lattice import coordinates
from tweeluik.disclosure.linear import INFINITY, Column, Model, Outcome, Status
from tweeluik.disclosure.memory import Memory
from tweeluik.disclosure.requirement import TOLERANCE, Requirement, requirements_of
from tweeluik.disclosure.shared_requirement import Sharing
from tweeluik.disclosure.solver import Program, Simplex, SolverFailed
from tweeluik.disclosure.system import Number, Role, System
from tweeluik.disclosure.witness import Ledger, Moves, Witness, rounded

Floors = Iterable[tuple[int, Number]]

_NOISE = 1e-12


class Trust(Enum):
    """See `Separation`."""

    WHOLE = "whole"
    LINEAR = "linear"


class Separation:
    """A system under attack by everybody.

    `trust` says what meets a requirement: WHOLE, the rule in an integral system, only tables in whole numbers that add
    up; LINEAR also tables in fractions, which is faster and proves failures only. Once `effort` is spent nothing is
    attacked any more: `OutOfEffort`. Its budget may change, its meter may not.
    """

    def __init__(self, system: System, *, trust: Trust = Trust.WHOLE, effort: Effort | None = None) -> None:
        self.system, self._unit = system, unit_of(system)
        self.effort = self._all = effort or Effort.endless()
        self._trusts_linear = trust is Trust.LINEAR or not system.integral
        self.ledger = Ledger(system)
        self.hidden = self.cross_classified = system.all_with(Role.CROSS_CLASSIFIED)
        self.memory = Memory(system)
        self._requirements = sorted(
            {requirement for target in system.targets for requirement in requirements_of(system, target)},
            key=lambda d: (d.attacker, d.signs, d.variable, d.need),
        )
        self.partly = False
        self._large = 1.0 + max((abs(cell.value) for cell in system.variables), default=0)
        self._share(dict.fromkeys(sorted(self.cross_classified), 1.0))
        self._rows = tuple(deviations(system))
        columns = [Column(0, 0) for _ in system.variables]
        self._linear = Program(Model.of(columns, self._rows), effort=self._all, unit=self._unit, simplex=Simplex.PRIMAL)
        self._bounds: Bounds = {}
        self._diver: Diver | None = None
        self._coordinates: tuple[frozenset[int], tuple[int, ...]] = frozenset(), ()
        self._puller = Sharing()
        self._whole: Program | None = None
        self._whole_bounds: Bounds = {}
        self._everybody = _most_of_all(system)

    def hide(self, hidden: frozenset[int]) -> None:
        """Publish everything else; witnesses that deviate elsewhere are dropped."""
        self.hidden = hidden | self.cross_classified
        self._share(dict.fromkeys(sorted(self.hidden), 1.0))
        kept = [] if self.partly else [w for w in self.memory.witnesses if self.hidden >= w.moves.keys()]
        if len(kept) < len(self.memory.witnesses):
            self.memory.replace(kept)
        self.partly = False

    def hide_partly(self, shares: Mapping[int, float]) -> None:
        """Allow each variable a share (0..1) of its room: what cuts are drawn from; nothing is verified."""
        self._share({**shares, **dict.fromkeys(self.cross_classified, 1.0)})
        self.hidden = frozenset(i for i, share in self._shares.items() if share > 0)
        self.memory.replace(())
        self.partly = True

    def adopt(self, witnesses: Iterable[Witness]) -> None:
        """Remember what another separation of the system found, where it is a whole table of what is hidden now."""
        whole = (Witness(rounded(each.moves, each.moves)) for each in witnesses)
        fitting = [each for each in whole if self.hidden >= each.moves.keys() and self.ledger.adds_up(each.moves)]
        self.memory.replace([*self.memory.witnesses, *fitting])

    def _share(self, shares: dict[int, float]) -> None:
        self._shares = shares
        self._rooms = {i: self._room(i) for i in shares}

    def asked(self) -> list[Requirement]:
        """The requirements on what is hidden now, in a fixed order, outsiders first as the system lists them."""
        return [requirement for requirement in self._requirements if requirement.variable in self.hidden]

    def interval(self, variable: int, attacker: int) -> tuple[Number, Number]:
        """The least and greatest value that an attacker cannot exclude; exact, an unbounded side infinite."""
        value = self.system.variables[variable].value
        if variable not in self.hidden:
            return value, value
        self.face(attacker)
        return value - self._extreme(variable, attacker, -1), value + self._extreme(variable, attacker, 1)

    def push(self, variable: int, sign: int) -> Outcome:
        """The linear program for the greatest deviation in one direction, before the present attacker.

        Raises:
            OutOfEffort: it is spent.
        """
        self.effort.check()
        return self._minimise({variable: -float(sign)})

    def _minimise(self, costs: Mapping[int, float]) -> Outcome:
        self._linear.charge(costs)
        outcome = self._linear.minimise()
        self._linear.charge(dict.fromkeys(costs, 0.0))
        return outcome

    # --- the attacker ------------------------------------------------------------------------------------------------

    def _limits(self, floors: Floors) -> Bounds:
        cells, limits = self.system.variables, dict(self._rooms)
        for i, floor in floors:
            if i in limits:
                low, high = limits[i]
                limits[i] = (min(0, max(low, (floor - cells[i].value) * self._shares[i])), high)
        return limits

    def _room(self, i: int) -> tuple[float, float]:
        low, high = room(self.system, i)
        share = self._shares[i]
        # A part of an infinite room is taken as a part of a large one: it only guides the choice of cuts.
        high = self._large if share < 1 and high == INFINITY else high
        return low * share, high * share

    def face(self, attacker: int) -> None:
        """Ask from now on as this attacker.

        Raises:
            OutOfEffort: it is spent.
        """
        self.effort.check()
        self.memory.face(attacker)
        self._bounds = rebound(self._linear, self._bounds, self._limits(self.system.attackers[attacker].floors))

    def known(self, requirement: Requirement) -> tuple[Witness, ...] | None:
        """Witnesses at hand that meet a requirement."""
        total: Number = 0
        found = []
        for sign in requirement.signs:
            witness = self.memory.furthest(requirement.variable, sign)
            if witness:
                total += sign * witness.moves[requirement.variable]
                found.append(witness)
        return (
            tuple(found)
            if total >= requirement.need or (not self.wants_whole and total >= requirement.enough)
            else None
        )

    # --- tables that attackers cannot exclude ------------------------------------------------------------------------

    def push_for_all(self, variable: int, sign: int, need: Number) -> None:
        """Look for one table that goes that far, with all that any attacker has of any other variable in it."""
        self.face(0)
        limits = self._limits(self._everybody) | {variable: _capped(self._bounds[variable], sign, need)}
        self._bounds = rebound(self._linear, self._bounds, limits)
        self.keep(self.push(variable, sign), variable, sign, need)

    def serve(self, requirements: Iterable[Requirement], part: float) -> Witness | None:
        """Look for one table that serves many of a part (0..1) of the requirements before the present attacker.

        Raises:
            OutOfEffort: it is spent.
        """
        self.effort.check()
        shared = self._puller.shared(requirements, part)
        limits = self._bounds | {i: _capped(self._bounds[i], shared.sign, shared.need) for i, shared in shared.items()}
        costs = {i: shared.cost for i, shared in shared.items()}
        return self._dive(limits, costs) if self.wants_whole else self._shared(limits, costs)

    def _shared(self, limits: Bounds, costs: Mapping[int, float]) -> Witness | None:
        before = self._bounds
        self._bounds = rebound(self._linear, before, limits)
        outcome = self._minimise(costs)
        self._bounds = rebound(self._linear, limits, before)
        return self._remember(self._moves(outcome)) if outcome.status is Status.OPTIMAL else None

    def _dive(self, limits: Bounds, costs: Mapping[int, float]) -> Witness | None:
        if self._coordinates[0] != self.hidden:
            self._coordinates = self.hidden, coordinates(self.system, self.hidden)
        if self._diver is None:
            self._diver = Diver(len(self.system.variables), self._rows, effort=self._all, unit=self._unit)
        moves = self._diver.dive(limits, costs, self._coordinates[1])
        return self._remember(moves) if moves and self.ledger.adds_up(moves) else None

    def _remember(self, moves: Moves) -> Witness:
        witness = Witness(moves)
        self.memory.add(witness)
        return witness

    def _moves(self, outcome: Outcome) -> Moves:
        return {i: outcome.values[i] for i in self._shares if abs(outcome.values[i]) > TOLERANCE * self._unit}

    @property
    def wants_whole(self) -> bool:
        """Whether only whole numbers meet a requirement now."""
        return not (self._trusts_linear or self.partly)

    def keep(self, outcome: Outcome, variable: int, sign: int, need: Number) -> None:
        """Keep a vertex as a witness; in an integral system only if its rounding adds up."""
        if outcome.status is Status.UNBOUNDED:
            bounds = self._bounds[variable]
            self._linear.bound({variable: _capped(bounds, sign, need)})
            outcome = self.push(variable, sign)
            self._linear.bound({variable: bounds})
        if not self.wants_whole:
            self._remember(self._moves(outcome))
            return
        moves = rounded(outcome.values, self._shares)
        within = all(self._bounds[i][0] <= move <= self._bounds[i][1] for i, move in moves.items())
        if within and self.ledger.adds_up(moves):
            self._remember(moves)

    def push_whole(self, variable: int, attacker: int, sign: int, need: Number) -> Number:
        """The greatest whole deviation up to `need`; its table becomes a witness.

        Raises:
            OutOfEffort: the search ended before it was found.
        """
        if self._whole is None:
            columns = [Column(0, 0, whole=True) for _ in self.system.variables]
            self._whole = Program(Model.of(columns, self._rows), effort=self._all)
        limits = self._limits(self.system.attackers[attacker].floors)
        self._whole_bounds = rebound(self._whole, self._whole_bounds, limits)
        bounds = self._whole_bounds[variable]
        self._whole.bound({variable: _capped(bounds, sign, need)})
        self._whole.charge({variable: -float(sign)})
        outcome = self._whole.minimise()
        self._whole.charge({variable: 0.0})
        self._whole.bound({variable: bounds})
        if outcome.status is Status.UNFINISHED:
            raise OutOfEffort
        if outcome.status is not Status.OPTIMAL:
            raise SolverFailed(f"an attack in whole numbers ended {outcome.status.value}")
        moves = rounded(outcome.values, self._shares)
        if not self.ledger.adds_up(moves) or not self.ledger.fits(moves, attacker):
            raise SolverFailed("an attack in whole numbers gave a table that does not add up")
        self._remember(moves)
        return sign * moves.get(variable, 0)

    def _extreme(self, variable: int, attacker: int, sign: int) -> Number:
        outcome = self.push(variable, sign)
        reach = reach_of(outcome)
        if reach == INFINITY or self._trusts_linear:
            return reach
        most = int(reach + TOLERANCE + _NOISE * reach)
        if most == 0:
            return 0
        self.keep(outcome, variable, sign, most)
        known = self.known(Requirement(variable, attacker, (sign,), most))
        return most if known else self.push_whole(variable, attacker, sign, most)


def _most_of_all(system: System) -> Floors:
    """The greatest floor that any attacker has of each variable."""
    most: dict[int, Number] = {}
    for attacker in system.attackers:
        for i, floor in attacker.floors:
            most[i] = max(floor, most.get(i, floor))
    return tuple(most.items())


def reach_of(outcome: Outcome) -> float:
    """How far the linear program went; infinite when nothing stops it.

    Raises:
        SolverFailed: it proves nothing.
    """
    if outcome.status is Status.UNBOUNDED:
        return INFINITY
    if outcome.status is not Status.OPTIMAL:
        raise SolverFailed(f"an attack ended {outcome.status.value}")
    return max(0.0, -outcome.objective)


def _capped(bounds: tuple[float, float], sign: int, need: Number) -> tuple[float, float]:
    low, high = bounds
    return (low, min(high, max(need, 0))) if sign > 0 else (max(low, -max(need, 0)), high)
