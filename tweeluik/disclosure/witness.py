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
        self._touching: dict[int, list[tuple[int, Number]]] = {}
        self._rooms: list[tuple[Number | None, Number | None]] = []
        for index, constraint in enumerate(system.constraints):
            for variable, coefficient in constraint.terms:
                self._touching.setdefault(variable, []).append((index, coefficient))
            truth = sum(coefficient * system.variables[i].value for i, coefficient in constraint.terms)
            low, high = constraint.lower, constraint.upper
            self._rooms.append((None if low is None else low - truth, None if high is None else high - truth))

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
        return all(self._allows(index, change) for index, change in self._changes(moves).items())

    def _changes(self, moves: Moves) -> dict[int, Number]:
        """Per constraint with some of these variables by how much its sum changes."""
        found: dict[int, Number] = {}
        for variable, move in moves.items():
            for index, coefficient in self._touching.get(variable, ()):
                found[index] = found.get(index, 0) + coefficient * move
        return found

    def _allows(self, index: int, change: Number) -> bool:
        low, high = self._rooms[index]
        return (low is None or change >= low) and (high is None or change <= high)
