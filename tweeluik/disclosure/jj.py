"""Reading the field's JJ format, which makes this core comparable with every peer.

First line 0; the number of cells; per cell its index, value, weight, status, lower and upper bound, lower, upper and
sliding protection level; the number of equations; per equation its right side, its number of terms and
`: index (coefficient) …`. Status `s` may be hidden, `u` must be, `z` must not be. sdcTable writes it; the solvers of
Fischetti and Salazar read it. As for them blank lines mean nothing; `#` begins a comment.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import TypeVar

from tweeluik.disclosure.system import Role
from tweeluik.problems import Place, Problem, SourceHasProblems

UNBOUNDED = Decimal("1e20")
"""A bound from here on is none."""

RESIDUE = Decimal("1e-12")
"""What floating point may leave behind of a sum, as a part of the largest value of the file."""

_ROLES = {"s": Role.FREE, "u": Role.SENSITIVE, "z": Role.FIXED}
_NUMBER = re.compile(r"[-+]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][-+]?[0-9]{1,3})?")
_WHOLE = re.compile(r"[0-9]{1,15}")
_TERM = re.compile(r"([0-9]+)\s*\(\s*([^()\s]+)\s*\)\s*")
_CELL_FIELDS = 9
_LARGEST = Decimal("1e15")
_ROUNDED_PART = Decimal("1e-6")

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Cell:
    """A line of the first block; `levels` are the lower, upper and sliding protection level."""

    index: int
    value: Decimal
    weight: Decimal
    role: Role
    lower: Decimal
    upper: Decimal
    levels: tuple[Decimal, Decimal, Decimal]


@dataclass(frozen=True, slots=True)
class Equation:
    """A line of the second block, with terms (index, coefficient); `residue` is by how much the values miss it."""

    right: Decimal
    terms: tuple[tuple[int, Decimal], ...]
    residue: Decimal = Decimal(0)


Lines = tuple[tuple[Cell, ...], tuple[Equation, ...]]


class _Wrong(Exception):
    """What is wrong with the line at hand, and its cure."""

    def __init__(self, what: str, hint: str = "") -> None:
        self.what, self.hint = what, hint
        super().__init__(what)


def read_jj(path: Path) -> Lines:
    """The cells and equations in a file.

    Raises:
        SourceHasProblems: the file cannot be read, or not as JJ; with the line of every mistake.
    """
    try:
        data = path.read_bytes()
    except OSError:
        problem = Problem(Place(path.name), "", "cannot be read", "give a text file in JJ format")
        raise SourceHasProblems(problem) from None
    # Bytes that are no UTF-8 may stand in a comment; elsewhere their line is no number.
    return _Reader(path.name, data.decode("utf-8-sig", errors="replace")).read()


class _Reader:
    """One file, line by line; mistakes within lines are collected, wrong numbers of lines end the reading."""

    def __init__(self, name: str, text: str) -> None:
        self._name, self._problems = name, list[Problem]()
        self._number = 0
        lines = ((number, line.partition("#")[0].strip()) for number, line in enumerate(text.split("\n"), 1))
        self._lines = [(number, line) for number, line in lines if line]
        self._lines.reverse()

    def read(self) -> Lines:
        try:
            cells, equations = self._blocks()
        except _Wrong as wrong:
            self._note(wrong)
        else:
            if not self._problems:
                return tuple(cells), tuple(equations)
        raise SourceHasProblems(tuple(sorted(self._problems)))

    def _blocks(self) -> tuple[list[Cell], list[Equation]]:
        if self._next() != "0":
            raise _Wrong("the first line of a JJ file is 0")
        known: dict[int, Cell] = {}
        numbered = self._block(lambda line: (self._number, _distinct(_cell(line), known)))
        floating = RESIDUE * max((abs(cell.value) for cell in known.values()), default=Decimal(0))
        cells = [cell for number, each in numbered if (cell := self._within(number, each, floating))]
        equations = self._block(lambda line: _true(_equation(line, known), known, floating))
        if self._lines:
            self._next()
            raise _Wrong("something follows the last equation", "check the number of equations above them")
        return cells, equations

    def _block(self, parse: Callable[[str], T]) -> list[T]:
        """A number, and as many lines."""
        count = self._next()
        if not _WHOLE.fullmatch(count):
            raise _Wrong("the number of lines that follow is expected here", "a whole number alone on its line")
        return [parsed for _ in range(int(count)) if (parsed := self._parsed(parse)) is not None]

    def _parsed(self, parse: Callable[[str], T]) -> T | None:
        line = self._next()
        try:
            return parse(line)
        except _Wrong as wrong:
            self._note(wrong)
            return None

    def _within(self, number: int, cell: Cell, floating: Decimal) -> Cell | None:
        """The cell with its value within its bounds, if it was but for what floating point left behind."""
        if cell.lower - floating <= cell.value <= cell.upper + floating:
            return replace(cell, lower=min(cell.lower, cell.value), upper=max(cell.upper, cell.value))
        self._number = number
        self._note(_Wrong("the value lies outside its bounds"))
        return None

    def _next(self) -> str:
        if not self._lines:
            raise _Wrong("the file ends too early", "check the numbers of cells and of equations")
        self._number, line = self._lines.pop()
        return line

    def _note(self, wrong: _Wrong) -> None:
        self._problems.append(Problem(Place(self._name, self._number, 1), "", wrong.what, wrong.hint))


def _number(text: str) -> Decimal:
    if not _NUMBER.fullmatch(text):
        raise _Wrong("not a number", "a decimal point, no thousands separator")
    return Decimal(text)


def _quantity(text: str) -> Decimal:
    number = _number(text)
    if abs(number) > _LARGEST:
        raise _Wrong("a number above 10^15 cannot be kept exactly", "count in thousands or millions")
    return number


def _index(text: str) -> int:
    if not _WHOLE.fullmatch(text):
        raise _Wrong("an index is a whole number")
    return int(text)


def _cell(line: str) -> Cell:
    fields = line.split()
    if len(fields) != _CELL_FIELDS:
        raise _Wrong("a cell has 9 fields", "index value weight status lower upper LPL UPL SPL")
    if fields[3] not in _ROLES:
        raise _Wrong("unknown status", "known are s, u and z")
    value, weight, *levels = (_quantity(fields[i]) for i in (1, 2, 6, 7, 8))
    lower, upper = (_number(field) for field in fields[4:6])
    if weight < 0 or min(levels) < 0:
        raise _Wrong("weights and protection levels are 0 or more")
    return Cell(_index(fields[0]), value, weight, _ROLES[fields[3]], lower, upper, (levels[0], levels[1], levels[2]))


def _distinct(cell: Cell, known: dict[int, Cell]) -> Cell:
    if known.setdefault(cell.index, cell) is not cell:
        raise _Wrong("an index that an earlier cell has too")
    return cell


def _equation(line: str, known: Mapping[int, Cell]) -> Equation:
    head, colon, rest = line.partition(":")
    fields, terms = head.split(), rest.strip()
    if not colon or len(fields) != 2 or not _TERM.sub("", terms) == "":  # noqa: PLR2004 (right side and count)
        raise _Wrong("not an equation", "right side, number of terms, then `: index (coefficient) …`")
    found = tuple((_index(index), _quantity(coefficient)) for index, coefficient in _TERM.findall(terms))
    if len(found) != _index(fields[1]):
        raise _Wrong("the number of terms is not what the line says")
    if len({index for index, _ in found}) < len(found):
        raise _Wrong("a cell stands twice in one equation")
    if any(index not in known for index, _ in found):
        raise _Wrong("no cell has this index", "or its own line has a mistake")
    return Equation(_quantity(fields[0]), tuple((index, coefficient) for index, coefficient in found if coefficient))


def _true(equation: Equation, known: Mapping[int, Cell], floating: Decimal) -> Equation:
    """The equation, if the values keep it up to the rounding of their last decimal, or of floating point."""
    parts = [coefficient * known[index].value for index, coefficient in equation.terms]
    residue = abs(sum(parts) - equation.right)
    numbers = [equation.right, *(number for i, number in equation.terms for number in (number, known[i].value))]
    if residue > (0 if all(map(is_whole, numbers)) else max(floating, _rounding(equation, known))):
        raise _Wrong("the values of the cells do not keep this equation")
    return Equation(equation.right, equation.terms, residue)


def _rounding(equation: Equation, known: Mapping[int, Cell]) -> Decimal:
    """What numbers that were rounded to so many decimals may miss a sum by."""
    digits = max((places_of(known[index].value) for index, _ in equation.terms), default=0)
    if not digits:
        return Decimal(0)
    return max(Decimal(10) ** -digits * len(equation.terms), _ROUNDED_PART * abs(equation.right))


def is_whole(number: Decimal) -> bool:
    """Whether a number has no decimals but zeros."""
    return number == number.to_integral_value()


def places_of(number: Decimal) -> int:
    """How many decimals a number has, zeros at the end left out."""
    exponent = number.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
