"""The examples of Statistics Norway's GaussSuppression: its hidden cells beside ours, for outsiders and all insiders.

`python -m bench.gausssuppression [--write]`

The primary cells are theirs. Hidden cells count 1 each. An outsider must not be able to compute a primary cell, an
insider (one unit of a frequency table; one company of a magnitude table) neither, knowing its own part. Behind every
published cell stand the crossed cells of the data, published or not.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from bench.in_docs import publish, table
from tweeluik.disclosure.attack import find_unsafe
from tweeluik.disclosure.effort import Effort
from tweeluik.disclosure.suppression import CannotBeProtected, suppress
from tweeluik.disclosure.system import Attacker, Constraint, Role, System, Target, Variable

ROOT = Path(__file__).parents[1]

DATA = ROOT / "tests" / "adversary" / "data" / "gausssuppression"
MEMBERS = {
    "EU": ("Portugal", "Spain"),
    "nonEU": ("Iceland",),
    "private": ("Agriculture", "Entertainment", "Industry"),
    "public": ("Governmental",),
}
LEAF_OF = {"eu": "geo"}
CASES = (
    ("frequency 1", "example1", ("freq_table1",)),
    ("frequency 2", "example1", ("freq_table2",)),
    ("frequency 3", "example1", ("freq_table3",)),
    ("frequency 4", "example1", ("freq_table4",)),
    ("frequency 5", "example1", ("freq_table5",)),
    ("linked", "linked", ("linked_super-consistent_t1", "linked_super-consistent_t2")),
    ("magnitude 2", "magnitude1", ("mag_table2",)),
    ("magnitude 3", "magnitude1", ("mag_table3",)),
    ("holding", "magnitude1", ("mag_table7_holding",)),
    ("singleton", "magnitude1", ("mag_table9_singleton",)),
)

Row = dict[str, str]
Leaf = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Cell:
    """A published cell: its tables' codes and the crossed cells in it."""

    name: str
    leaves: frozenset[Leaf]
    primary: bool
    hidden: bool


def read(name: str) -> list[Row]:
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


class Case:
    """One example as a system."""

    def __init__(self, source: str, tables: tuple[str, ...]) -> None:
        rows = [row for table in tables for row in read(f"expected_{table}")]
        self.counts = "freq" in rows[0] and "value" not in rows[0]
        dims = [name for name in rows[0] | rows[-1] if name in ("age", "geo", "eu", "year", "sector4")]
        self.names = tuple(dict.fromkeys(LEAF_OF.get(name, name) for name in dims))
        self.data = read(f"input_{source}")
        self.codes = {name: sorted({row[name] for row in self.data}) for name in self.names}
        self.leaves = list(product(*([(name, code) for code in self.codes[name]] for name in self.names)))
        self.cells = tuple(dict.fromkeys(self._cell(row) for row in rows))

    def _cell(self, row: Row) -> Cell:
        wanted: dict[str, frozenset[str]] = {}
        for name, code in row.items():
            leaf = LEAF_OF.get(name, name)
            if leaf in self.names and name in ("age", "geo", "eu", "year", "sector4") and code != "Total":
                wanted[leaf] = frozenset(MEMBERS.get(code, (code,)))
        leaves = frozenset(
            leaf for leaf in self.leaves if all(code in wanted.get(name, (code,)) for name, code in leaf)
        )
        label = " ".join(row[name] for name in row if name in ("age", "geo", "eu", "year", "sector4"))
        return Cell(label, leaves, row["primary"] == "TRUE", row["suppressed"] == "TRUE")

    def parts(self) -> dict[str, dict[Leaf, float]]:
        """Per unit or company its part of every crossed cell; the whole under the empty name."""
        found: dict[str, dict[Leaf, float]] = {"": defaultdict(float)}
        for row in self.data:
            leaf = tuple((name, row[name]) for name in self.names)
            amount = float(row["freq" if self.counts else "value"])
            found[""][leaf] += amount
            if not self.counts:
                found.setdefault(row["company"], defaultdict(float))[leaf] += amount
            elif amount:
                found.setdefault(f"one of {' '.join(code for _, code in leaf)}", {})[leaf] = 1
        return found

    def system(self, *, insiders: bool) -> System:
        parts = self.parts()
        groups = [cell.leaves for cell in self.cells] + [frozenset({leaf}) for leaf in self.leaves]
        value = [self._total(parts[""], group) for group in groups]
        roles = [Role.SENSITIVE if cell.primary else Role.FREE for cell in self.cells] + [Role.CROSS_CLASSIFIED] * len(
            self.leaves
        )
        place = {leaf: len(self.cells) + k for k, leaf in enumerate(self.leaves)}
        constraints = tuple(
            Constraint((*sorted((place[leaf], 1) for leaf in cell.leaves), (i, -1)), 0, 0)
            for i, cell in enumerate(self.cells)
        )
        attackers, targets = [Attacker()], [self._target(i, 0, value[i]) for i in self._primaries()]
        for who, own in sorted(parts.items()) if insiders else ():
            if who:
                floors = tuple((i, x) for i, g in enumerate(groups) if (x := self._total(own, g)))
                attackers.append(Attacker(floors))
                alone = {i for i, floor in floors if floor == value[i] and not self.counts}
                targets += [self._target(i, len(attackers) - 1, value[i]) for i in self._primaries() if i not in alone]
        variables = tuple(Variable(v, 0, None, 1, role) for v, role in zip(value, roles, strict=True))
        return System(variables, constraints, tuple(attackers), tuple(targets), integral=self.counts)

    def _total(self, parts: dict[Leaf, float], leaves: frozenset[Leaf]) -> float:
        total = sum(parts.get(leaf, 0) for leaf in sorted(leaves))
        return int(total) if self.counts else round(total, 6)

    def _primaries(self) -> list[int]:
        return [i for i, cell in enumerate(self.cells) if cell.primary]

    def _target(self, i: int, attacker: int, value: float) -> Target:
        return Target(i, attacker, width=1 if self.counts else max(0.001 * value, 0.001))


def main() -> None:
    rows = []
    for name, source, tables in CASES:
        case = Case(source, tables)
        theirs = frozenset(i for i, cell in enumerate(case.cells) if cell.hidden)
        ours = [hidden(case.system(insiders=insiders)) for insiders in (False, True)]
        rows.append((name, len(theirs), *ours, broken(case, theirs)))
    heads = ("case", "theirs", "ours, outsiders", "ours, all insiders", "who computes a primary cell of theirs")
    publish("bench/gausssuppression.py", table(heads, rows))


def hidden(system: System) -> str:
    """How many cells the best pattern hides, and whether that is proven."""
    try:
        pattern = suppress(system, effort=Effort.of(3))
    except CannotBeProtected:
        return "impossible"
    return f"{len(pattern.hidden)}{'' if pattern.status == 'optimal' else '*'}"


def broken(case: Case, theirs: frozenset[int]) -> str:
    """The attackers for whom their pattern is not enough."""
    system = case.system(insiders=True)
    who = ["an outsider", *(name for name in sorted(case.parts()) if name)]
    found = {who[target.attacker] for target in find_unsafe(system, theirs).reached}
    return ", ".join(sorted(found)) or "nobody"


if __name__ == "__main__":
    main()
