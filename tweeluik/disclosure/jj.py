"""Instances in the field's JJ format, which makes this core comparable with every peer.

First line 0; the number of cells; per cell its index, value, weight, status, lower and upper bound, lower, upper and
sliding protection level; the number of equations; per equation its right side, its number of terms and
`: index (coefficient) …`. Status `s` may be hidden, `u` must be, `z` must not be. sdcTable writes it; the solvers of
Fischetti and Salazar read it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from pathlib import Path
from typing import TypeVar

from tweeluik.disclosure.system import Constraint, Number, Role, System, Target, Variable
from tweeluik.problems import Place, Problem, SourceHasProblems

_ROLES = {"s": Role.FREE, "u": Role.SENSITIVE, "z": Role.FIXED}
_NUMBER = re.compile(r"[-+]?(\d+(\.\d*)?|\.\d+)([eE][-+]?\d{1,3})?")
_TERM = re.compile(r"(\d+)\s*\(\s*([^()\s]+)\s*\)\s*")
_CELL_FIELDS = 9
_UNBOUNDED = Decimal("1e20")
_PLACES = 6
_HIDDEN_PART = Decimal("1e-6")

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Instance:
    """A system, the index that the file gives each variable, and by how much weights were multiplied to be whole."""

    system: System
    indices: tuple[int, ...]
    scale: int


@dataclass(frozen=True, slots=True)
class _Cell:
    index: int
    value: Decimal
    weight: Decimal
    role: Role
    lower: Decimal
    upper: Decimal
    levels: tuple[Decimal, Decimal, Decimal]


@dataclass(frozen=True, slots=True)
class _Equation:
    right: Decimal
    terms: tuple[tuple[int, Decimal], ...]


class _Wrong(Exception):
    """What is wrong with the line at hand, and its cure."""

    def __init__(self, what: str, hint: str = "") -> None:
        self.what, self.hint = what, hint
        super().__init__(what)


def read_instance(path: Path) -> Instance:
    """The instance in a file.

    Raises:
        SourceHasProblems: the file cannot be read, or not as JJ; with the line of every mistake.
    """
    try:
        text = path.read_text(encoding="ascii")
    except (OSError, UnicodeDecodeError):
        problem = Problem(Place(path.name), "", "cannot be read", "give a text file in JJ format")
        raise SourceHasProblems(problem) from None
    return _Reader(path.name, text).read()


class _Reader:
    """One file, line by line; mistakes within lines are collected, wrong numbers of lines end the reading."""

    def __init__(self, name: str, text: str) -> None:
        self._name, self._problems = name, list[Problem]()
        self._number = 0
        self._lines = [(number, line.strip()) for number, line in enumerate(text.splitlines(), 1) if line.strip()]

    def read(self) -> Instance:
        try:
            cells, equations = self._blocks()
        except _Wrong as wrong:
            self._note(wrong)
        else:
            if not self._problems:
                return _instance(cells, equations)
        raise SourceHasProblems(tuple(self._problems))

    def _blocks(self) -> tuple[list[_Cell], list[_Equation]]:
        if self._next() != "0":
            raise _Wrong("the first line of a JJ file is 0")
        places: dict[int, _Cell] = {}
        cells = self._block(lambda line: _distinct(_cell(line), places))
        equations = self._block(lambda line: _true(_equation(line, places), places))
        if self._lines:
            self._next()
            raise _Wrong("something follows the last equation", "check the number of equations above them")
        return cells, equations

    def _block(self, parse: Callable[[str], T]) -> list[T]:
        """A number, and as many lines."""
        count = self._next()
        if not count.isdecimal():
            raise _Wrong("the number of lines that follow is expected here", "a whole number alone on its line")
        return [parsed for _ in range(int(count)) if (parsed := self._parsed(parse)) is not None]

    def _parsed(self, parse: Callable[[str], T]) -> T | None:
        line = self._next()
        try:
            return parse(line)
        except _Wrong as wrong:
            self._note(wrong)
            return None

    def _next(self) -> str:
        if not self._lines:
            raise _Wrong("the file ends too early", "check the numbers of cells and of equations")
        self._number, line = self._lines.pop(0)
        return line

    def _note(self, wrong: _Wrong) -> None:
        self._problems.append(Problem(Place(self._name, self._number, 1), "", wrong.what, wrong.hint))


def _number(text: str) -> Decimal:
    if not _NUMBER.fullmatch(text):
        raise _Wrong("not a number", "a decimal point, no thousands separator")
    return Decimal(text)


def _index(text: str) -> int:
    if not text.isdecimal():
        raise _Wrong("an index is a whole number")
    return int(text)


def _cell(line: str) -> _Cell:
    fields = line.split()
    if len(fields) != _CELL_FIELDS:
        raise _Wrong("a cell has 9 fields", "index value weight status lower upper LPL UPL SPL")
    if fields[3] not in _ROLES:
        raise _Wrong("unknown status", "known are s, u and z")
    value, weight, lower, upper, *levels = (_number(field) for field in fields[1:3] + fields[4:])
    if not lower <= value <= upper:
        raise _Wrong("the value lies outside its bounds")
    if weight < 0 or min(levels) < 0:
        raise _Wrong("weights and protection levels are 0 or more")
    return _Cell(_index(fields[0]), value, weight, _ROLES[fields[3]], lower, upper, (levels[0], levels[1], levels[2]))


def _distinct(cell: _Cell, known: dict[int, _Cell]) -> _Cell:
    if known.setdefault(cell.index, cell) is not cell:
        raise _Wrong("an index that an earlier cell has too")
    return cell


def _equation(line: str, known: Mapping[int, _Cell]) -> _Equation:
    head, colon, rest = line.partition(":")
    fields, terms = head.split(), rest.strip()
    if not colon or len(fields) != 2 or not _TERM.sub("", terms) == "":  # noqa: PLR2004 (right side and count)
        raise _Wrong("not an equation", "right side, number of terms, then `: index (coefficient) …`")
    found = tuple((int(index), _number(coefficient)) for index, coefficient in _TERM.findall(terms))
    if len(found) != _index(fields[1]):
        raise _Wrong("the number of terms is not what the line says")
    if len({index for index, _ in found}) < len(found):
        raise _Wrong("a cell stands twice in one equation")
    if any(index not in known for index, _ in found):
        raise _Wrong("no cell has this index", "or its own line has a mistake")
    return _Equation(_number(fields[0]), found)


def _true(equation: _Equation, known: Mapping[int, _Cell]) -> _Equation:
    """The equation, if the values keep it up to the rounding of their last decimal."""
    parts = [coefficient * known[index].value for index, coefficient in equation.terms]
    digits = max((_places(known[index].value) for index, _ in equation.terms), default=0)
    rounding = Decimal(10) ** -digits * len(parts) if digits else Decimal(0)
    if abs(sum(parts) - equation.right) > max(rounding, _HIDDEN_PART * abs(equation.right) if digits else Decimal(0)):
        raise _Wrong("the values of the cells do not keep this equation")
    return equation


def _places(number: Decimal) -> int:
    exponent = number.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _instance(cells: Iterable[_Cell], equations: Iterable[_Equation]) -> Instance:
    cells, equations = tuple(cells), tuple(equations)
    place = {cell.index: i for i, cell in enumerate(cells)}
    integral = all(_is_whole(number) for number in _numbers(cells, equations))
    scale = 10 ** min(_PLACES, max((_places(cell.weight) for cell in cells), default=0))
    system = System(
        variables=tuple(_variable(cell, scale) for cell in cells),
        constraints=tuple(
            Constraint(
                tuple((place[i], _plain(coefficient)) for i, coefficient in equation.terms),
                _plain(equation.right),
                _plain(equation.right),
            )
            for equation in equations
        ),
        targets=tuple(
            _target(i, cell, integral=integral)
            for i, cell in enumerate(cells)
            if cell.role is Role.SENSITIVE and any(cell.levels)
        ),
        integral=integral,
    )
    return Instance(system, tuple(cell.index for cell in cells), scale)


def _variable(cell: _Cell, scale: int) -> Variable:
    lower = _plain(cell.lower) if cell.lower > -_UNBOUNDED else -float("inf")
    upper = None if cell.upper >= _UNBOUNDED else _plain(cell.upper)
    return Variable(_plain(cell.value), lower, upper, round(cell.weight * scale), cell.role)


def _target(i: int, cell: _Cell, *, integral: bool) -> Target:
    levels = [level.to_integral_value(ROUND_CEILING) if integral else level for level in cell.levels]
    down, up, width = levels
    return Target(
        i,
        0,
        low=_plain(cell.value - down) if down else None,
        high=_plain(cell.value + up) if up else None,
        width=_plain(width) if width else None,
    )


def _numbers(cells: Iterable[_Cell], equations: Iterable[_Equation]) -> Iterable[Decimal]:
    for cell in cells:
        yield from (cell.value, cell.lower, cell.upper)
    for equation in equations:
        yield from (equation.right, *(coefficient for _, coefficient in equation.terms))


def _is_whole(number: Decimal) -> bool:
    return number == number.to_integral_value()


def _plain(number: Decimal) -> Number:
    return int(number) if _is_whole(number) else float(number)
