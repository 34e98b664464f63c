"""What the producer claims that nobody can learn: plain data, so that the audit shares no type with the protection.

Claims say which cells are sensitive and what organisations know of themselves. They are confidential.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

CellName = tuple[str, str, tuple[tuple[str, str], ...]]
"""Edition, what is counted, and the (dimension, code) pairs of a cell in any order, totals left out."""

Floors = tuple[tuple[CellName, int], ...]
"""Cells with the least that somebody knows to be in each."""


Proof = Mapping[str, Mapping[str, int | float | str | None]]
"""Per edition what the producer says of its cost, bound and gap."""


@dataclass(frozen=True, slots=True, repr=False)
class Claim:
    """What one attacker (an index into `Claims.attackers`) cannot learn about one cell.

    It holds when the least number that the attacker cannot exclude is at most `low`, the greatest at least `high`, and
    they differ by at least `width`. None: not claimed. With `less` the claim is about the cell less another cell of the
    edition that lies within it: how many are in the one but not in the other.
    """

    edition: str
    counts: str
    key: tuple[tuple[str, str], ...]
    attacker: int
    low: int | None = None
    high: int | None = None
    width: int | None = None
    less: tuple[tuple[str, str], ...] | None = None


@dataclass(frozen=True, slots=True, repr=False)
class Claims:
    """Everything claimed about one publication.

    `attackers` are the floors that each knows (none: an outsider); `known` and `ceilings` are the least and the most
    that everybody knows to be in a cell. `agenda` tells what lies in what, for parts that no record places itself:
    (level, code, code one level up). `proof` goes into the certificate as it is.
    """

    attackers: tuple[Floors, ...] = ()
    targets: tuple[Claim, ...] = ()
    known: Floors = ()
    ceilings: Floors = ()
    agenda: tuple[tuple[str, str, str], ...] = ()
    proof: Proof = field(default_factory=dict)
