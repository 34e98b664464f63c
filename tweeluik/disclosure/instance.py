"""An instance of the field as a system: whole where its numbers are, in units that the solver's tolerances suit."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, Decimal
from pathlib import Path

from tweeluik.disclosure.jj import RESIDUE, UNBOUNDED, Cell, Equation, Lines, is_whole, places_of, read_jj
from tweeluik.disclosure.system import Constraint, Number, Role, System, Target, Variable

_PLACES = 6
_DIGITS = 12
_LARGE_ENOUGH = 4


@dataclass(frozen=True, slots=True)
class Instance:
    """A system, the index that the file gives each variable, and how its numbers differ from those of the file.

    `scale`: by how much weights were multiplied to be whole; `unit`: by how much values were. `residue`: the most by
    which values miss an equation, in the numbers of the file.
    """

    system: System
    indices: tuple[int, ...]
    scale: int = 1
    unit: int = 1
    residue: float = 0.0


def read_instance(path: Path) -> Instance:
    """The instance in a file in JJ format.

    Raises:
        SourceHasProblems: the file cannot be read, or not as JJ; with the line of every mistake.
    """
    cells, equations = read_jj(path)
    residue = max((equation.residue for equation in equations), default=Decimal(0))
    whole = _in_whole(cells, equations)
    unit = 10 ** (0 if whole else _missing_digits(cells))
    cells, equations = whole or _times(cells, equations, unit)
    scale = _scale_of_weights(cells)
    system = _system(cells, equations, scale, integral=whole is not None)
    return Instance(system, tuple(cell.index for cell in cells), scale, unit, float(residue))


# --- numbers ----------------------------------------------------------------------------------------------------------


def _in_whole(cells: tuple[Cell, ...], equations: tuple[Equation, ...]) -> Lines | None:
    """All in whole numbers, if they were but for what floating point left behind; None if not."""
    largest = max((abs(cell.value) for cell in cells), default=Decimal(0))
    near = RESIDUE * largest
    numbers = [n for cell in cells for n in (cell.value, cell.lower, cell.upper)]
    numbers += [equation.right for equation in equations]
    coefficients = (coefficient for equation in equations for _, coefficient in equation.terms)
    if not all(map(is_whole, coefficients)) or any(abs(n - n.to_integral_value()) > near for n in numbers):
        return None
    snapped = tuple(
        replace(cell, **{name: getattr(cell, name).to_integral_value() for name in ("value", "lower", "upper")})
        for cell in cells
    )
    value = {cell.index: cell.value for cell in snapped}
    kept = tuple(Equation(equation.right.to_integral_value(), equation.terms) for equation in equations)
    holds = all(sum(coefficient * value[i] for i, coefficient in each.terms) == each.right for each in kept)
    return (snapped, kept) if holds else None


def _missing_digits(cells: tuple[Cell, ...]) -> int:
    """How many digits the largest value lacks, so that a protection level is well above the solver's tolerance."""
    largest = max((abs(cell.value) for cell in cells), default=Decimal(0))
    return max(0, _LARGE_ENOUGH - largest.adjusted()) if largest else 0


def _times(cells: tuple[Cell, ...], equations: tuple[Equation, ...], unit: int) -> Lines:
    return (
        tuple(_cell_times(cell, unit) for cell in cells),
        tuple(replace(each, right=each.right * unit) for each in equations),
    )


def _cell_times(cell: Cell, unit: int) -> Cell:
    down, up, width = cell.levels
    lower, upper = (n if abs(n) >= UNBOUNDED else n * unit for n in (cell.lower, cell.upper))
    return replace(
        cell, value=cell.value * unit, lower=lower, upper=upper, levels=(down * unit, up * unit, width * unit)
    )


def _scale_of_weights(cells: tuple[Cell, ...]) -> int:
    """A power of ten that makes weights whole: to six decimals, or twelve digits of the largest if that is more."""
    largest = max((cell.weight for cell in cells), default=Decimal(0))
    most = max(_PLACES, _DIGITS - largest.adjusted()) if largest else 0
    return int(10 ** min(most, max((places_of(cell.weight) for cell in cells), default=0)))


def _plain(number: Decimal) -> Number:
    return int(number) if is_whole(number) else float(number)


# --- the system -------------------------------------------------------------------------------------------------------


def _system(cells: tuple[Cell, ...], equations: tuple[Equation, ...], scale: int, *, integral: bool) -> System:
    place = {cell.index: i for i, cell in enumerate(cells)}
    return System(
        variables=tuple(_variable(cell, scale) for cell in cells),
        constraints=tuple(_constraint(equation, place) for equation in equations),
        targets=tuple(
            _target(i, cell, integral=integral)
            for i, cell in enumerate(cells)
            if cell.role is Role.SENSITIVE and any(cell.levels)
        ),
        integral=integral,
    )


def _variable(cell: Cell, scale: int) -> Variable:
    lower = _plain(cell.lower) if cell.lower > -UNBOUNDED else -float("inf")
    upper = None if cell.upper >= UNBOUNDED else _plain(cell.upper)
    return Variable(_plain(cell.value), lower, upper, round(cell.weight * scale), cell.role)


def _constraint(equation: Equation, place: dict[int, int]) -> Constraint:
    terms = tuple((place[i], _plain(coefficient)) for i, coefficient in equation.terms)
    return Constraint(terms, _plain(equation.right), _plain(equation.right))


def _target(i: int, cell: Cell, *, integral: bool) -> Target:
    levels = [level.to_integral_value(ROUND_CEILING) if integral else level for level in cell.levels]
    down, up, width = levels
    return Target(
        i,
        0,
        low=_plain(cell.value - down) if down else None,
        high=_plain(cell.value + up) if up else None,
        width=_plain(width) if width else None,
    )
