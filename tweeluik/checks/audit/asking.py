"""The producer's claims in the audit's own terms: cells, attackers and what they know as indices."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tweeluik.checks.audit.blocks import Contradiction
from tweeluik.checks.audit.claims import CellName, Claim, Claims, Complement, Floors, Pairs
from tweeluik.checks.audit.published import Key
from tweeluik.checks.audit.solver import ENDLESS
from tweeluik.checks.audit.system import Bounds, Published, Terms, with_complements

Known = tuple[tuple[int, int], ...]
"""Cells (indices) with the least that an attacker knows to be in each, beyond what everybody knows."""


class NoSuchCell(Exception):
    """A claim is about a cell or an attacker that is not there."""


@dataclass(frozen=True, slots=True)
class Ask:
    """A claim. A `low` of `ENDLESS`, a `high` of -1 and a `width` of 0 ask nothing."""

    cell: int
    attacker: int
    low: int
    high: int
    width: int

    def holds_of(self, value: int) -> bool:
        """Whether the claim holds although everybody knows the number."""
        return value <= self.low and value >= self.high and self.width <= 0


class Asking:
    """Claims about a publication, with what everybody knows (`bounds`, of the complements too).

    `attackers` are the different ones, an outsider first; `asks` are the claims, and for every number that is not shown
    that it cannot be worked out, whatever the producer claims.

    Raises:
        NoSuchCell: a claim is about a cell or an attacker that is not there.
        Contradiction: somebody knows more to be in a cell than is published.
    """

    def __init__(self, published: Published, claims: Claims) -> None:
        self._keys: dict[CellName, Key] = {}
        self._index = published.index
        self.published = with_complements(published, dict(map(self._complement, claims.complements)))
        self._index = self.published.index
        self.bounds = self._everybody_knows(claims)
        self._places: dict[Known, int] = {(): 0}
        self._which = [self._places.setdefault(self._beyond(floors), len(self._places)) for floors in claims.attackers]
        self.attackers = tuple(self._places)
        self.asks = tuple(dict.fromkeys((*self._own(), *map(self._ask, claims.targets))))

    # --- which cell ---------------------------------------------------------------------------------------------------

    def _key(self, name: CellName) -> Key:
        if name not in self._keys:
            self._keys[name] = (name[0], name[1], frozenset(name[2]))
        return self._keys[name]

    def _number(self, edition: str, counts: str, pairs: Pairs) -> int:
        i = self._index.get(self._key((edition, counts, pairs)))
        if i is None:
            raise NoSuchCell
        return i

    def _complement(self, told: Complement) -> tuple[Key, Terms]:
        edition, counts, _ = told.name
        plus, minus = ([self._number(edition, counts, pairs) for pairs in each] for each in (told.plus, told.minus))
        return self._key(told.name), (*((i, 1) for i in plus), *((i, -1) for i in minus))

    # --- what is known ------------------------------------------------------------------------------------------------

    def _everybody_knows(self, claims: Claims) -> tuple[Bounds, ...]:
        bounds = list(self.published.bounds)
        for i, least in self._least(claims.known):
            bounds[i] = bounds[i].within(Bounds(least, None))
        for name, most in claims.ceilings:
            place = self._index.get(self._key(name))
            if place is not None:
                bounds[place] = bounds[place].within(Bounds(0, most))
        if not all(each.possible for each in bounds):
            raise Contradiction
        return tuple(bounds)

    def _least(self, floors: Floors) -> Iterator[tuple[int, int]]:
        """Floors by index. What is known of a cell that nobody published holds for every wider cell that is."""
        for name, least in floors:
            edition, counts, pairs = key = self._key(name)
            if key in self._index:
                yield self._index[key], least
                continue
            for i, (other, what, wider) in enumerate(self.published.cells):
                if (other, what) == (edition, counts) and wider < pairs:
                    yield i, least

    def _beyond(self, floors: Floors) -> Known:
        most: dict[int, int] = {}
        for i, least in self._least(floors):
            if least > self.bounds[i].least:
                if not self.bounds[i].within(Bounds(least, None)).possible:
                    raise Contradiction
                most[i] = max(most.get(i, 0), least)
        return tuple(sorted(most.items()))

    # --- what is asked ------------------------------------------------------------------------------------------------

    def _own(self) -> Iterator[Ask]:
        return (Ask(i, 0, ENDLESS, -1, 1) for i, hidden in enumerate(self.published.hidden) if hidden)

    def _ask(self, claim: Claim) -> Ask:
        if not 0 <= claim.attacker < len(self._which):
            raise NoSuchCell
        i = self._number(claim.edition, claim.counts, claim.key)
        low = ENDLESS if claim.low is None else max(0, claim.low)
        return Ask(i, self._which[claim.attacker], low, -1 if claim.high is None else claim.high, claim.width or 0)
