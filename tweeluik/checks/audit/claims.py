"""What the producer claims that nobody can learn: plain data, so that the audit shares no type with the protection.

Claims say which cells are sensitive and what organisations know of themselves. They are confidential.
"""

from __future__ import annotations

from dataclasses import dataclass

Pairs = tuple[tuple[str, str], ...]
"""The (dimension, code) pairs of a cell in any order, totals left out."""

CellName = tuple[str, str, Pairs]
"""Edition, what is counted, and of whom."""

Floors = tuple[tuple[CellName, int], ...]
"""Cells or complements with the least that somebody knows to be in each."""


@dataclass(frozen=True, slots=True, repr=False)
class Claim:
    """What one attacker (an index into `Claims.attackers`) cannot learn about one cell or complement.

    It holds when the least number that the attacker cannot exclude is at most `low`, the greatest at least `high`, and
    they differ by at least `width`. None: not claimed.
    """

    edition: str
    counts: str
    key: tuple[tuple[str, str], ...]
    attacker: int
    low: int | None = None
    high: int | None = None
    width: int | None = None


@dataclass(frozen=True, slots=True, repr=False)
class Complement:
    """A number that nobody publishes and everybody can work out: the cells `plus` less the cells `minus`.

    It is never negative. `name` is its own; the cells are of the same edition and counts.
    """

    name: CellName
    plus: tuple[Pairs, ...]
    minus: tuple[Pairs, ...]


@dataclass(frozen=True, slots=True, repr=False)
class Claims:
    """Everything claimed about one publication.

    `attackers` are the floors that each knows (none: an outsider); `known` and `ceilings` are the least and the most
    that everybody knows to be in a cell. `agenda` tells what lies in what, for parts that no record places itself:
    (level, code, code one level up). `complements` are the numbers besides cells that claims and floors are about.
    """

    attackers: tuple[Floors, ...] = ()
    targets: tuple[Claim, ...] = ()
    known: Floors = ()
    ceilings: Floors = ()
    agenda: tuple[tuple[str, str, str], ...] = ()
    complements: tuple[Complement, ...] = ()
