"""What each attacker derives from a hidden pattern, and which targets they reach."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tweeluik.disclosure.effort import Effort
from tweeluik.disclosure.requirement import requirements_of
from tweeluik.disclosure.separation import Separation
from tweeluik.disclosure.system import Number, System, Target
from tweeluik.disclosure.verification import verify
from tweeluik.disclosure.virtual import ExposedSum, find_exposed_sums
from tweeluik.disclosure.witness import Table

__all__ = ["ExposedSum", "Findings", "find_unsafe", "findings", "interval"]


@dataclass(frozen=True, slots=True)
class Findings:
    """What an attack found: the targets that their attackers reach, and the sums given away; safe when there are none.

    Each witness is a whole table that fits everything published. Those that fit an attacker's own contributions show
    together that the attacker's other targets are safe. In a system that is not integral they are the solver's tables.
    """

    reached: tuple[Target, ...]
    sums: tuple[ExposedSum, ...]
    witnesses: tuple[Table, ...]

    @property
    def safe(self) -> bool:
        """Whether nobody reaches anything."""
        return not self.reached and not self.sums


def interval(system: System, hidden: Iterable[int], variable: int, attacker: int) -> tuple[Number, Number]:
    """The least and greatest value of a variable that fit what the attacker knows; exact, whole in an integral system.

    An unbounded side is infinite. Cross-classified variables count as hidden. For many intervals of one
    pattern use one `Separation`.
    """
    separation = Separation(system)
    separation.hide(frozenset(hidden))
    return separation.interval(variable, attacker)


def find_unsafe(system: System, hidden: Iterable[int], effort: Effort | None = None) -> Findings:
    """Attack a hidden pattern with every attacker of the system.

    Raises:
        OutOfEffort: the attack did not end within the effort.
    """
    separation = Separation(system, effort=effort)
    separation.hide(frozenset(hidden))
    return findings(separation)


def findings(separation: Separation) -> Findings:
    """Attack the pattern that a separation hides now; its earlier witnesses are used again."""
    system, reached = separation.system, verify(separation, separation.asked())
    used = {id(witness): witness for witnesses in reached.met.values() for witness in witnesses}
    failing = (
        target
        for target in system.targets
        if target.variable in separation.hidden
        and any(requirement in reached.failed for requirement in requirements_of(system, target))
    )
    return Findings(
        reached=tuple(failing),
        sums=tuple(find_exposed_sums(system, separation.hidden)),
        witnesses=tuple(sorted({witness.table(system) for witness in used.values()})),
    )
