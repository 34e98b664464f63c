"""The audit: a stranger with a solver reads the finished files of all editions and tries to learn what is hidden.

It shares no code with the protection of the tables. It passes only what whole tables prove (`witnesses.py`), and writes
those tables down in a certificate that others can check by addition.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from tweeluik.checks.blocks import Block, Contradiction, cut
from tweeluik.checks.certificate import Certified, compose_certificate
from tweeluik.checks.claims import CellName, Claims, Floors
from tweeluik.checks.equations import Bounds, Published, link
from tweeluik.checks.pages import find_disagreements
from tweeluik.checks.published import Edition, Key, read_editions
from tweeluik.checks.solver import ENDLESS, Ints, NotSolved
from tweeluik.checks.witnesses import Asked, prove
from tweeluik.problems import Place, Problem

HINT = "protect the tables again; do not publish these files"


@dataclass(frozen=True, slots=True)
class AuditSummary:
    """How much was audited: numbers of editions, of cells, of those not known exactly, of claims, and of tables found."""

    editions: int = 0
    cells: int = 0
    unknown: int = 0
    claims: int = 0
    witnesses: int = 0


@dataclass(frozen=True, slots=True, repr=False)
class Audited:
    """What the audit found. The certificate is empty when anything is wrong; it is confidential."""

    problems: tuple[Problem, ...]
    certificate: bytes
    summary: AuditSummary


def audit(files: Mapping[str, bytes], claims: Claims) -> Audited:
    """Audit the finished public files (path below the site's folder -> bytes) against the producer's claims."""
    editions, problems = read_editions(files)
    if problems:
        return Audited(problems, b"", AuditSummary(len(editions)))
    published, contradictions = link(editions)
    found = [*find_disagreements(files, editions), *contradictions, *_small_counts(editions)]
    try:
        attack = _Attack(published, claims)
        certified = attack.run()
    except Contradiction:
        found.append(Problem(Place("edities"), "", "the published numbers, or what is claimed about them, contradict each other", HINT))
        return Audited(tuple(sorted(set(found))), b"", AuditSummary(len(editions), len(published.cells)))
    found += attack.problems
    summary = AuditSummary(
        len(editions), len(published.cells), sum(len(each.cells) for each in attack.blocks), attack.asked,
        max((len(each.tables) for each in certified), default=0),
    )  # fmt: skip
    certificate = b"" if found else compose_certificate(files, editions, published, attack.known, certified, claims.proof)
    return Audited(tuple(sorted(set(found))), certificate, summary)


def _small_counts(editions: Iterable[Edition]) -> Iterator[Problem]:
    """Counts of partners that are shown although they are small; up to as many as are named may be named ones."""
    for edition in editions:
        for table in edition.tables:
            for codes, cell in table.cells.items():
                small = cell.status == "shown" and max(0, edition.named) < (cell.value or 0) < edition.threshold
                if small and table.counts == "partners":
                    place = Place(f"{edition.folder}/release.json")
                    yield Problem(place, table.id, f"cell {', '.join(codes)} shows a number below the threshold", HINT)


@dataclass(frozen=True, slots=True)
class _Ask:
    """A claim in the audit's own terms; see `Asked`."""

    cell: int
    attacker: int
    low: int
    high: int
    width: int


class _Attack:
    def __init__(self, published: Published, claims: Claims) -> None:
        self._published, self._claims = published, claims
        self.problems: list[Problem] = []
        self._names: dict[CellName, Key] = {}
        self.known = self._everybody_knows()
        self.blocks = cut(published, self.known)
        self._attackers: dict[tuple[tuple[int, int], ...], int] = {(): 0}
        self._floors: list[tuple[tuple[int, int], ...]] = [()]
        self._asks = tuple(dict.fromkeys((*self._own_asks(), *self._their_asks())))
        self.asked = len(self._asks)

    def run(self) -> tuple[Certified, ...]:
        """Attack every block."""
        by_cell: dict[int, list[_Ask]] = {}
        for ask in self._asks:
            by_cell.setdefault(ask.cell, []).append(ask)
        for i in sorted(by_cell):
            exact = self._published.bounds[i].exact
            if exact and any(not _trivial(ask, self._published.bounds[i].least) for ask in by_cell[i]):
                self._fail(i)
        return tuple(self._attack(block, [ask for i in block.cells for ask in by_cell.get(i, ())]) for block in self.blocks)

    # --- what is known, in indices -------------------------------------------------------------------------------------

    def _key(self, name: CellName) -> Key:
        if name not in self._names:
            self._names[name] = (name[0], name[1], frozenset(name[2]))
        return self._names[name]

    def _everybody_knows(self) -> tuple[Bounds, ...]:
        bounds = list(self._published.bounds)
        for i, least in self._least(self._claims.known):
            bounds[i] = bounds[i].within(Bounds(least, None))
        for name, most in self._claims.ceilings:
            i = self._published.index.get(self._key(name))
            if i is not None:
                bounds[i] = bounds[i].within(Bounds(0, most))
        return tuple(bounds)

    def _least(self, floors: Floors) -> Iterator[tuple[int, int]]:
        """Floors by index. What is known of a cell that nobody published holds for every wider cell that is."""
        for name, least in floors:
            edition, counts, pairs = key = self._key(name)
            if key in self._published.index:
                yield self._published.index[key], least
                continue
            for i, (other, what, wider) in enumerate(self._published.cells):
                if (other, what) == (edition, counts) and wider < pairs:
                    yield i, least

    def _attacker(self, floors: Floors) -> int:
        most: dict[int, int] = {}
        for i, least in self._least(floors):
            if least > self.known[i].least:
                if self._published.bounds[i].exact:
                    raise Contradiction
                most[i] = max(most.get(i, 0), least)
        mine = tuple(sorted(most.items()))
        if self._attackers.setdefault(mine, len(self._floors)) == len(self._floors):
            self._floors.append(mine)
        return self._attackers[mine]

    # --- what is asked -------------------------------------------------------------------------------------------------

    def _own_asks(self) -> Iterator[_Ask]:
        """Whatever the producer claims: a number that is not shown cannot be worked out either."""
        return (_Ask(i, 0, ENDLESS, -1, 1) for i, hidden in enumerate(self._published.hidden) if hidden)

    def _their_asks(self) -> Iterator[_Ask]:
        which = [self._attacker(floors) for floors in self._claims.attackers]
        for claim in self._claims.targets:
            i = self._published.index.get(self._key((claim.edition, claim.counts, claim.key)))
            if i is None or not 0 <= claim.attacker < len(which):
                self.problems.append(Problem(Place("edities"), "", "a claim is about a cell or an attacker that is not there", HINT))
                continue
            low = ENDLESS if claim.low is None else max(0, claim.low)
            yield _Ask(i, which[claim.attacker], low, -1 if claim.high is None else claim.high, claim.width or 0)

    # --- the attack ----------------------------------------------------------------------------------------------------

    def _attack(self, block: Block, asks: list[_Ask]) -> Certified:
        place = {i: position for position, i in enumerate(block.cells)}
        floors, row_of = _floors_of(block, place, self._floors)
        columns = zip(*((row_of[a.attacker], place[a.cell], a.low, a.high, a.width) for a in asks), strict=True)
        asked = Asked(floors, *(np.array(column, dtype=np.int64) for column in columns)) if asks else _nothing(floors)
        try:
            proof = prove(block, asked)
        except NotSolved:
            self.problems.append(Problem(Place("edities"), "", "the solver could not prove that hidden numbers stay hidden", HINT))
            return Certified(block.cells, (), (), ())
        for i in sorted({asks[position].cell for position in proof.unmet}):
            self._fail(i)
        met = tuple(
            (a.cell, a.attacker, None if a.low == ENDLESS else a.low, None if a.high < 0 else a.high, a.width or None, int(low), int(high))
            for a, low, high in zip(asks, proof.lowest, proof.highest, strict=True)
        )
        return Certified(block.cells, tuple(tuple(table.tolist()) for table in proof.tables), met, tuple(self._floors))

    def _fail(self, i: int) -> None:
        edition, counts, pairs = self._published.cells[i]
        where = ", ".join(f"{name} {code}" for name, code in sorted(pairs)) or "the total"
        what = f"a reader can work out too much about the number of {counts} of {where}"
        self.problems.append(Problem(Place(f"edities/{edition}/release.json"), "", what, HINT))


def _trivial(ask: _Ask, value: int) -> bool:
    return value <= ask.low and value >= ask.high and ask.width <= 0


def _floors_of(
    block: Block, place: Mapping[int, int], attackers: list[tuple[tuple[int, int], ...]]
) -> tuple[Ints, dict[int, int]]:
    """The different floors that attackers have in a block, a row each, and the row of every attacker."""
    rows: dict[tuple[tuple[int, int], ...], int] = {}
    row_of = {}
    for number, floors in enumerate(attackers):
        mine = tuple((place[i], least) for i, least in floors if i in place)
        row_of[number] = rows.setdefault(mine, len(rows))
    found = np.zeros((len(rows), len(block.cells)), dtype=np.int64)
    for mine, row in rows.items():
        for position, least in mine:
            found[row, position] = least
    return found, row_of


def _nothing(floors: Ints) -> Asked:
    none = np.zeros(0, dtype=np.int64)
    return Asked(floors, none, none, none, none, none)
