"""What each attacker derives from a hidden pattern, and which targets they reach."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tweeluik.disclosure.effort import Effort
from tweeluik.disclosure.requirement import demands_of
from tweeluik.disclosure.separation import Probe
from tweeluik.disclosure.system import Number, System, Target
from tweeluik.disclosure.verification import settle
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

    An unbounded side is infinite. LATENT variables count as hidden. For many intervals of one pattern use one `Probe`.
    """
    probe = Probe(system)
    probe.hide(frozenset(hidden))
    return probe.interval(variable, attacker)


def find_unsafe(system: System, hidden: Iterable[int], effort: Effort | None = None) -> Findings:
    """Attack a hidden pattern with every attacker of the system.

    Raises:
        OutOfEffort: the attack did not end within the effort.
    """
    probe = Probe(system, effort=effort)
    probe.hide(frozenset(hidden))
    return findings(probe)


def findings(probe: Probe) -> Findings:
    """Attack the pattern that a probe hides now; its earlier witnesses are used again."""
    system, reached = probe.system, settle(probe, probe.asked())
    used = {id(witness): witness for witnesses in reached.met.values() for witness in witnesses}
    failing = (
        target
        for target in system.targets
        if target.variable in probe.hidden and any(demand in reached.failed for demand in demands_of(system, target))
    )
    return Findings(
        reached=tuple(failing),
        sums=tuple(find_exposed_sums(system, probe.hidden)),
        witnesses=tuple(sorted({witness.table(system) for witness in used.values()})),
    )
