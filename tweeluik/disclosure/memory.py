"""What a separation has found so far, and the furthest of it that one attacker cannot exclude."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

from tweeluik.disclosure.requirement import TOLERANCE
from tweeluik.disclosure.system import System
from tweeluik.disclosure.witness import Witness

Floats = npt.NDArray[np.float64]


class Memory:
    """Witnesses as the rows of one matrix of deviations, so that an attacker is tried on all of them at once."""

    def __init__(self, system: System) -> None:
        self._system = system
        self.witnesses: list[Witness] = []
        self._rows: Floats = np.zeros((0, len(system.variables)))
        self._attacker = 0
        self._best: dict[tuple[int, int], Witness | None] = {}
        self._fitting: npt.NDArray[np.intp] | None = None
        self._least = [self._floors_of(attacker) for attacker in range(len(system.attackers))]

    def _floors_of(self, attacker: int) -> tuple[list[int], Floats]:
        """The variables of which an attacker has a part, and how far each may go down."""
        slack = 0.0 if self._system.integral else TOLERANCE
        floors = self._system.attackers[attacker].floors
        values = (self._system.variables[i].value for i, _ in floors)
        least = [floor - value - slack * max(1.0, abs(floor)) for (_, floor), value in zip(floors, values, strict=True)]
        return [i for i, _ in floors], np.array(least, dtype=np.float64)

    def replace(self, witnesses: Sequence[Witness]) -> None:
        """Remember these and nothing else."""
        self.witnesses = list(witnesses)
        self._rows = np.zeros((2 * len(self.witnesses) + 16, len(self._system.variables)))
        for row, witness in zip(self._rows, self.witnesses, strict=False):
            _write(row, witness)
        self._forget()

    def add(self, witness: Witness) -> None:
        """Remember one more, which the present attacker cannot exclude."""
        place = len(self.witnesses)
        if place == len(self._rows):
            self._rows = np.concatenate((self._rows, np.zeros((place + 16, self._rows.shape[1]))))
        _write(self._rows[place], witness)
        self.witnesses.append(witness)
        self._fitting = None
        for variable, move in witness.moves.items():
            key = (variable, 1 if move > 0 else -1)
            known = self._best.get(key)
            if key in self._best and (known is None or abs(known.moves[variable]) < abs(move)):
                self._best[key] = witness

    def face(self, attacker: int) -> None:
        """Ask from now on as this attacker."""
        if attacker != self._attacker:
            self._attacker = attacker
            self._forget()

    def furthest(self, variable: int, sign: int) -> Witness | None:
        """The witness that deviates most in one direction of a variable; None when none does."""
        key = (variable, sign)
        if key not in self._best:
            self.look((variable,))
        return self._best[key]

    def look(self, variables: Iterable[int]) -> None:
        """Find the furthest witnesses of many variables at once."""
        columns = [variable for variable in variables if (variable, 1) not in self._best]
        if self._fitting is None:
            self._fitting = self._that_fit()
        moves = self._rows[self._fitting[:, np.newaxis], columns]
        for sign in (1, -1):
            places = (sign * moves).argmax(axis=0).tolist() if len(moves) else [None for _ in columns]
            for column, variable in enumerate(columns):
                place = places[column]
                beyond = place is not None and sign * moves[place, column] > 0
                self._best[variable, sign] = self.witnesses[self._fitting[place]] if beyond else None

    def _that_fit(self) -> npt.NDArray[np.intp]:
        variables, least = self._least[self._attacker]
        rows = self._rows[: len(self.witnesses)]
        return np.flatnonzero((rows[:, variables] >= least).all(axis=1))

    def _forget(self) -> None:
        self._best, self._fitting = {}, None


def _write(row: Floats, witness: Witness) -> None:
    row[:] = 0
    row[list(witness.moves)] = list(witness.moves.values())
