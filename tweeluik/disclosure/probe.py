"""One linear program for all patterns and attackers of a system, and the witnesses that it has found.

Its columns are deviations from the true values: a shown cell cannot deviate, a hidden one can as far as its bounds and
the attacker's own contributions allow. Every solution is tried on all other demands before anything more is solved.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum

from tweeluik.disclosure.demand import TOLERANCE, Demand, demands_of
from tweeluik.disclosure.solver import INFINITY, Column, Outcome, Program, Row, Simplex, SolverFailed, Status
from tweeluik.disclosure.system import Number, Role, System
from tweeluik.disclosure.witness import Ledger, Moves, Witness

Bounds = dict[int, tuple[float, float]]


class Trust(Enum):
    """See `Probe`."""

    WHOLE = "whole"
    LINEAR = "linear"


@dataclass(frozen=True, slots=True)
class Reached:
    """Demands met by witnesses (one per direction), and those that failed.

    A failure holds the linear programs (one per direction) that prove it; none when only whole numbers prove it.
    """

    met: dict[Demand, tuple[Witness, ...]] = field(default_factory=dict)
    failed: dict[Demand, tuple[Outcome, ...]] = field(default_factory=dict)


class Probe:
    """A system under attack by everybody.

    `trust` says what settles a demand: WHOLE, the rule in an integral system, only tables in whole numbers that add up;
    LINEAR also tables in fractions, which is faster and proves failures only.
    """

    def __init__(self, system: System, *, trust: Trust = Trust.WHOLE) -> None:
        self.system = system
        self._trusts_linear = trust is Trust.LINEAR or not system.integral
        self.ledger = Ledger(system)
        self.hidden = self.latent = system.all_with(Role.LATENT)
        self.witnesses: list[Witness] = []
        self._demands = sorted(
            {demand for target in system.targets for demand in demands_of(system, target)},
            key=lambda d: (d.attacker, -d.need, d.variable, d.signs),
        )
        self._partly = False
        self._shares: dict[int, float] = dict.fromkeys(self.latent, 1.0)
        self._best: dict[tuple[int, int], Witness] = {}
        self._noted: list[Witness] = []
        self._recalled = 0
        self._rows = tuple(deviations(system))
        self._linear = Program([Column(0, 0) for _ in system.variables], self._rows, simplex=Simplex.PRIMAL)
        self._bounds: Bounds = {}
        self._whole: Program | None = None
        self._whole_bounds: Bounds = {}
        self._large = 1.0 + max((abs(cell.value) for cell in system.variables), default=0)

    def hide(self, hidden: frozenset[int]) -> None:
        """Publish everything else; witnesses that deviate elsewhere are dropped."""
        self.hidden = hidden | self.latent
        self._shares = dict.fromkeys(sorted(self.hidden), 1.0)
        self.witnesses = [] if self._partly else [w for w in self.witnesses if self.hidden >= w.moves.keys()]
        self._partly = False

    def hide_partly(self, shares: Mapping[int, float]) -> None:
        """Allow each variable a share (0..1) of its room: what cuts are drawn from; nothing is verified."""
        self._shares = {**shares, **dict.fromkeys(self.latent, 1.0)}
        self.hidden = frozenset(i for i, share in self._shares.items() if share > 0)
        self.witnesses = []
        self._partly = True

    def asked(self) -> list[Demand]:
        """The demands on what is hidden now, in a fixed order, outsiders first as the system lists them."""
        return [demand for demand in self._demands if demand.variable in self.hidden]

    def attack(self, demands: Iterable[Demand], *, stop_after: int | None = None) -> Reached:
        """Settle demands; stop once so many have failed. In an integral system only whole witnesses settle one."""
        reached = Reached()
        pending: dict[int, list[Demand]] = {}
        for demand in demands:
            pending.setdefault(demand.attacker, []).append(demand)
        for attacker, group in pending.items():
            self._recall(attacker)
            rest = self._unsettled(group, reached)
            if rest:
                self._face(attacker)
            while rest:
                self._attack_one(rest[0], reached)
                if stop_after is not None and len(reached.failed) >= stop_after:
                    return reached
                rest = self._unsettled(rest[1:], reached)
        return reached

    def interval(self, variable: int, attacker: int) -> tuple[Number, Number]:
        """The least and greatest value that an attacker cannot exclude; exact, an unbounded side infinite."""
        value = self.system.variables[variable].value
        if variable not in self.hidden:
            return value, value
        self._recall(attacker)
        self._face(attacker)
        return value - self._extreme(variable, attacker, -1), value + self._extreme(variable, attacker, 1)

    def push(self, variable: int, sign: int) -> Outcome:
        """The linear program for the greatest deviation in one direction, before the present attacker."""
        self._linear.charge({variable: -float(sign)})
        outcome = self._linear.minimise()
        self._linear.charge({variable: 0.0})
        return outcome

    # --- the attacker ------------------------------------------------------------------------------------------------

    def _limits(self, attacker: int) -> Bounds:
        cells, limits = self.system.variables, {}
        for i, share in self._shares.items():
            low, high = room(self.system, i)
            # A part of an infinite room is taken as a part of a large one: it only guides the choice of cuts.
            high = self._large if share < 1 and high == INFINITY else high
            limits[i] = (low * share, high * share)
        for i, floor in self.system.attackers[attacker].floors:
            if i in limits:
                limits[i] = (min(0, max(limits[i][0], (floor - cells[i].value) * self._shares[i])), limits[i][1])
        return limits

    def _face(self, attacker: int) -> None:
        self._bounds = _rebound(self._linear, self._bounds, self._limits(attacker))

    def _recall(self, attacker: int) -> None:
        """Bring the furthest witnesses that this attacker cannot exclude up to date."""
        if self._recalled != attacker or self.witnesses[: len(self._noted)] != self._noted:
            self._best, self._noted, self._recalled = {}, [], attacker
        for witness in self.witnesses[len(self._noted) :]:
            self._noted.append(witness)
            if self.ledger.fits(witness.moves, attacker):
                self._note(witness)

    def _note(self, witness: Witness) -> None:
        for variable, move in witness.moves.items():
            key = (variable, 1 if move > 0 else -1)
            if key not in self._best or abs(self._best[key].moves[variable]) < abs(move):
                self._best[key] = witness

    def _keep(self, moves: Moves) -> None:
        witness = Witness(moves)
        self.witnesses.append(witness)
        self._noted.append(witness)
        self._note(witness)

    def _known(self, demand: Demand) -> tuple[Witness, ...] | None:
        """Witnesses at hand that meet a demand."""
        pairs = [(self._best.get((demand.variable, sign)), sign) for sign in demand.signs]
        total = sum(witness.reach(demand.variable, sign) for witness, sign in pairs if witness)
        enough = demand.need if self.wants_whole else demand.enough
        return tuple(witness for witness, _ in pairs if witness) if total >= enough else None

    def _unsettled(self, demands: list[Demand], reached: Reached) -> list[Demand]:
        rest = []
        for demand in demands:
            known = self._known(demand)
            if known is None:
                rest.append(demand)
            else:
                reached.met[demand] = known
        return rest

    # --- one attack --------------------------------------------------------------------------------------------------

    def _attack_one(self, demand: Demand, reached: Reached) -> None:
        outcomes = tuple(self.push(demand.variable, sign) for sign in demand.signs)
        if sum(_reach(outcome) for outcome in outcomes) < demand.enough:
            reached.failed[demand] = outcomes
            return
        for sign, outcome in zip(demand.signs, outcomes, strict=True):
            self._keep_linear(outcome, demand.variable, sign, demand.need)
        known = self._known(demand) or (self._known_whole(demand) if self.wants_whole else None)
        if known is None:
            reached.failed[demand] = () if self.wants_whole else outcomes
        else:
            reached.met[demand] = known

    @property
    def wants_whole(self) -> bool:
        """Whether only whole numbers settle a demand now."""
        return not (self._trusts_linear or self._partly)

    def _keep_linear(self, outcome: Outcome, variable: int, sign: int, need: Number) -> None:
        """Keep a vertex as a witness; in an integral system only if its rounding adds up."""
        if outcome.status is Status.UNBOUNDED:
            bounds = self._bounds[variable]
            self._linear.bound({variable: _capped(bounds, sign, need)})
            outcome = self.push(variable, sign)
            self._linear.bound({variable: bounds})
        if not self.wants_whole:
            self._keep({i: outcome.values[i] for i in self._shares if abs(outcome.values[i]) > TOLERANCE})
            return
        moves = {i: round(outcome.values[i]) for i in self._shares if round(outcome.values[i])}
        within = all(self._bounds[i][0] <= move <= self._bounds[i][1] for i, move in moves.items())
        if within and self.ledger.adds_up(moves):
            self._keep(moves)

    def _known_whole(self, demand: Demand) -> tuple[Witness, ...] | None:
        missing: Number = demand.need
        for sign in demand.signs:
            missing -= self._push_whole(demand.variable, demand.attacker, sign, missing)
        return self._known(demand) if missing <= 0 else None

    def _push_whole(self, variable: int, attacker: int, sign: int, need: Number) -> Number:
        """The greatest whole deviation up to `need`; its table becomes a witness."""
        if self._whole is None:
            self._whole = Program([Column(0, 0, whole=True) for _ in self.system.variables], self._rows)
        self._whole_bounds = _rebound(self._whole, self._whole_bounds, self._limits(attacker))
        bounds = self._whole_bounds[variable]
        self._whole.bound({variable: _capped(bounds, sign, need)})
        self._whole.charge({variable: -float(sign)})
        outcome = self._whole.minimise()
        self._whole.charge({variable: 0.0})
        self._whole.bound({variable: bounds})
        if outcome.status is not Status.OPTIMAL:
            raise SolverFailed(f"an attack in whole numbers ended {outcome.status.value}")
        moves = {i: round(outcome.values[i]) for i in self._shares if round(outcome.values[i])}
        if not self.ledger.adds_up(moves) or not self.ledger.fits(moves, attacker):
            raise SolverFailed("an attack in whole numbers gave a table that does not add up")
        self._keep(moves)
        return sign * moves.get(variable, 0)

    def _extreme(self, variable: int, attacker: int, sign: int) -> Number:
        outcome = self.push(variable, sign)
        reach = _reach(outcome)
        if reach == INFINITY or self._trusts_linear:
            return reach
        most = int(reach + TOLERANCE + 1e-9 * reach)
        if most == 0:
            return 0
        self._keep_linear(outcome, variable, sign, most)
        known = self._known(Demand(variable, attacker, (sign,), most))
        return most if known else self._push_whole(variable, attacker, sign, most)


def room(system: System, variable: int) -> tuple[Number, Number]:
    """The deviations (low <= 0 <= high) of a hidden variable that an outsider's prior bounds allow."""
    cell = system.variables[variable]
    return min(0, cell.lower - cell.value), INFINITY if cell.upper is None else max(0, cell.upper - cell.value)


def deviations(system: System) -> Iterator[Row]:
    """The constraints over deviations from the truth."""
    for constraint in system.constraints:
        truth = sum(coefficient * system.variables[i].value for i, coefficient in constraint.terms)
        # Real data may miss an equation by their rounding; a deviation starts from the truth and need not.
        equal = constraint.is_equation
        low = -INFINITY if constraint.lower is None else min(0, constraint.lower - truth)
        high = INFINITY if constraint.upper is None else max(0, constraint.upper - truth)
        yield Row(constraint.terms, 0.0 if equal else low, 0.0 if equal else high)


def _rebound(program: Program, old: Bounds, new: Bounds) -> Bounds:
    changed = sorted(i for i in old.keys() | new.keys() if old.get(i) != new.get(i))
    program.bound({i: new.get(i, (0.0, 0.0)) for i in changed})
    return new


def _reach(outcome: Outcome) -> float:
    if outcome.status is Status.UNBOUNDED:
        return INFINITY
    if outcome.status is not Status.OPTIMAL:
        raise SolverFailed(f"an attack ended {outcome.status.value}")
    return max(0.0, -outcome.objective)


def _capped(bounds: tuple[float, float], sign: int, need: Number) -> tuple[float, float]:
    low, high = bounds
    return (low, min(high, max(need, 0))) if sign > 0 else (max(low, -max(need, 0)), high)
