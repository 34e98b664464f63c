"""The language of the exact core: variables (cells), what is known of them, and what every attacker must not learn."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

Number = int | float


class Role(Enum):
    """What a publication may do with a variable."""

    FREE = "free"
    """May be shown or hidden; hiding costs the variable's weight."""
    SENSITIVE = "sensitive"
    """Must be hidden (a primary suppression); costs nothing."""
    FIXED = "fixed"
    """Always shown: a structural zero, or published before."""
    CROSS_CLASSIFIED = "cross_classified"
    """Never published and never known to an attacker; costs nothing."""


@dataclass(frozen=True, slots=True)
class Variable:
    """One cell: its true value, the bounds that every attacker knows anyway, and the cost of hiding it.

    `lower <= value <= upper`; `upper` None means unbounded. In an integral system all three are whole numbers.
    """

    value: Number
    lower: Number
    upper: Number | None
    weight: int
    role: Role


@dataclass(frozen=True, slots=True)
class Constraint:
    """`lower <= sum of coefficient * variable <= upper`, terms as (variable, coefficient); None: no bound on that side.

    An equation has equal sides. Every attacker knows every constraint.
    """

    terms: tuple[tuple[int, Number], ...]
    lower: Number | None
    upper: Number | None

    @property
    def is_equation(self) -> bool:
        """Whether both sides are the same number."""
        return self.lower is not None and self.lower == self.upper


@dataclass(frozen=True, slots=True)
class Attacker:
    """Who knows more than the publication: `floors` are (variable, own contribution), so the variable is at least that.

    No floors: an outsider.
    """

    floors: tuple[tuple[int, Number], ...] = ()


@dataclass(frozen=True, slots=True)
class Target:
    """What one attacker (an index into `System.attackers`) must not learn about one variable while that is hidden.

    Safe when the least value that fits what the attacker knows is at most `low`, the greatest at least `high`, and they
    differ by at least `width`. None: not asked.
    """

    variable: int
    attacker: int
    low: Number | None = None
    high: Number | None = None
    width: Number | None = None


@dataclass(frozen=True, slots=True)
class System:
    """Everything that a publication and its attackers share.

    `groups_sensitive` gets the hidden variables of one equation whose sum is therefore known exactly (two or more, all
    with the same coefficient; cross-classified ones included) and tells whether that sum, a virtual
    cell, may not be known.
    """

    variables: tuple[Variable, ...]
    constraints: tuple[Constraint, ...]
    attackers: tuple[Attacker, ...] = (Attacker(),)
    targets: tuple[Target, ...] = ()
    integral: bool = True
    groups_sensitive: Callable[[frozenset[int]], bool] | None = None

    def all_with(self, role: Role) -> frozenset[int]:
        """The indices of the variables in that role."""
        return frozenset(i for i, variable in enumerate(self.variables) if variable.role is role)
