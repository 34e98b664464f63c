"""Witnesses: whole tables that an attacker cannot exclude, checked by addition alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from tweeluik.disclosure.requirement import TOLERANCE
from tweeluik.disclosure.system import Number, System

Table = tuple[Number, ...]
"""One value per variable of the system."""

Moves = Mapping[int, Number]
"""Deviations from the true values, by variable; absent is 0."""


def rounded(values: Mapping[int, Number] | Sequence[Number], variables: Iterable[int]) -> dict[int, int]:
    """The deviations of these variables to the nearest whole numbers."""
    return {i: round(values[i]) for i in variables if round(values[i])}


@dataclass(frozen=True, slots=True, eq=False)
class Witness:
    """The deviations of one table that fits everything published."""

    moves: Moves

    def table(self, system: System) -> Table:
        """The table itself."""
        return tuple(cell.value + self.moves.get(i, 0) for i, cell in enumerate(system.variables))


class Ledger:
    """Adds up tables of one system."""

    def __init__(self, system: System) -> None:
        self._system = system
        self._touching: dict[int, list[int]] = {}
        for index, constraint in enumerate(system.constraints):
            for variable, _ in constraint.terms:
                self._touching.setdefault(variable, []).append(index)

    def fits(self, moves: Moves, attacker: int) -> bool:
        """Whether an attacker's own contributions leave the deviations possible."""
        cells, slack = self._system.variables, 0 if self._system.integral else TOLERANCE
        return all(
            cells[i].value + moves[i] >= floor - slack * max(1.0, abs(floor))
            for i, floor in self._system.attackers[attacker].floors
            if i in moves
        )

    def adds_up(self, moves: Moves) -> bool:
        """Whether whole deviations keep every bound and every constraint; exact."""
        cells = self._system.variables
        for variable, move in moves.items():
            cell, value = cells[variable], cells[variable].value + move
            if value < cell.lower or (cell.upper is not None and value > cell.upper):
                return False
        return all(self._holds(index, moves) for index in self._touched(moves))

    def _touched(self, moves: Iterable[int]) -> set[int]:
        return {index for variable in moves for index in self._touching.get(variable, ())}

    def _holds(self, index: int, moves: Moves) -> bool:
        cells, constraint = self._system.variables, self._system.constraints[index]
        total = sum(coefficient * (cells[i].value + moves.get(i, 0)) for i, coefficient in constraint.terms)
        if constraint.lower is not None and total < constraint.lower:
            return False
        return constraint.upper is None or total <= constraint.upper
