"""An edition as one linked system: every cell, every relation, every attacker, every target, ready for a method."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from tweeluik.disclosure.system import Attacker, Constraint, Role, System, Target, Variable
from tweeluik.protection.differences import Difference
from tweeluik.protection.relations import relations, told_by_names
from tweeluik.protection.safety import Limits, attackers, is_sensitive, sums_sensitive, targets, telling_children
from tweeluik.protection.unknowns import Unknowns
from tweeluik.source.records import Source


@dataclass(frozen=True, slots=True, repr=False)
class Linked:
    """What both methods start from. Variables: `unknowns.every`, and the differences of `groups`.

    `windows`: the least and the most that earlier versions of the edition leave of an unknown (None: no most).
    `told`: the unknowns that names tell exactly, so that rounding them hides nothing.
    """

    unknowns: Unknowns
    limits: Limits
    constraints: tuple[Constraint, ...]
    attackers: tuple[Attacker, ...]
    targets: tuple[Target, ...]
    groups: tuple[tuple[int, int], ...]
    sensitive: frozenset[int]
    differences: tuple[Difference, ...]
    windows: Mapping[int, tuple[int, int | None]]
    told: frozenset[int] = frozenset()

    def system(self, variables: Sequence[Variable], asked: Sequence[Target]) -> System:
        """The system of a method: its variables (one per unknown) and its targets, with the groups added."""
        cells = self.unknowns.all
        gaps = tuple(cells[parent].value - cells[child].value for parent, child in self.groups)
        return System(
            variables=(
                *variables,
                *self._complements(),
                *(Variable(gap, 0, None, 0, Role.CROSS_CLASSIFIED) for gap in gaps),
            ),
            constraints=(*self.constraints, *self._group_constraints()),
            attackers=self.attackers,
            targets=(*asked, *self._group_targets()),
            groups_sensitive=sums_sensitive(self.unknowns, self.limits),
        )

    def window(self, i: int) -> tuple[int, int | None]:
        """What every reader knows an unknown to be at least and at most, whatever is published now."""
        low, high = self.windows.get(i, (0, None))
        return max(low, self.named(i)), high

    def named(self, i: int) -> int:
        """How many of an unknown's records every reader knows by name."""
        unknown = self.unknowns.every[i]
        return len(self.unknowns.named_in(unknown.key[0], unknown.members))

    def _complements(self) -> Iterator[Variable]:
        for i in range(len(self.unknowns.all), len(self.unknowns.every)):
            yield Variable(self.unknowns.every[i].value, self.named(i), None, 0, Role.CROSS_CLASSIFIED)

    def _group_constraints(self) -> tuple[Constraint, ...]:
        first = len(self.unknowns.every)
        return tuple(
            Constraint(((parent, 1), (child, -1), (first + place, -1)), 0, 0)
            for place, (parent, child) in enumerate(self.groups)
        )

    def _group_targets(self) -> tuple[Target, ...]:
        first = len(self.unknowns.every)
        return tuple(
            Target(first + place, attacker, high=1)
            for place in range(len(self.groups))
            for attacker in range(len(self.attackers))
        )


def link(
    unknowns: Unknowns,
    source: Source,
    differences: tuple[Difference, ...] = (),
    windows: Mapping[int, tuple[int, int | None]] = MappingProxyType({}),
) -> Linked:
    """Put an edition together under the policy of its source."""
    limits = Limits.of(source.policy)
    order, which = attackers(unknowns)
    sensitive = frozenset(
        i for i, unknown in enumerate(unknowns.all) if is_sensitive(unknowns, unknown.key, unknown.members, limits)
    )
    return Linked(
        unknowns=unknowns,
        limits=limits,
        constraints=relations(unknowns),
        attackers=order,
        targets=tuple(targets(unknowns, which, limits)),
        groups=tuple(telling_children(unknowns, limits)),
        sensitive=sensitive,
        differences=differences,
        windows=windows,
        told=told_by_names(unknowns),
    )
