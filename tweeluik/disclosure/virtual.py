"""Virtual cells: sums of hidden cells that an equation gives away although no single cell of them is known."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tweeluik.disclosure.system import Role, System


@dataclass(frozen=True, slots=True)
class ExposedSum:
    """An equation (index into `System.constraints`) that gives away a sensitive sum of hidden variables."""

    constraint: int
    group: frozenset[int]


def find_exposed_sums(system: System, hidden: frozenset[int]) -> Iterator[ExposedSum]:
    """Sensitive sums of hidden variables that an equation gives away, once all that follows from the rest is known."""
    if system.groups_sensitive is None:
        return
    unknown = still_unknown(system, hidden | system.all_with(Role.CROSS_CLASSIFIED))
    for index, constraint in enumerate(system.constraints):
        group = [(i, coefficient) for i, coefficient in constraint.terms if i in unknown]
        if constraint.is_equation and len(group) > 1 and len({coefficient for _, coefficient in group}) == 1:
            members = frozenset(i for i, _ in group)
            if system.groups_sensitive(members):
                yield ExposedSum(index, members)


def still_unknown(system: System, hidden: frozenset[int]) -> frozenset[int]:
    """The hidden variables that no chain of equations with a single unknown gives away."""
    unknown = set(hidden)
    equations = [[i for i, _ in constraint.terms] for constraint in system.constraints if constraint.is_equation]
    changed = True
    while changed:
        changed = False
        for members in equations:
            left = [i for i in members if i in unknown]
            if len(left) == 1:
                unknown.discard(left[0])
                changed = True
    return frozenset(unknown)
