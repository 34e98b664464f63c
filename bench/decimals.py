"""Public instances whose values have decimals: our proven least cost beside what the peers' own patterns cost.

The cost of a pattern is the sum of the values of its secondary cells, the primaries are the peers' own, and so is what
is asked: for GaussSuppression that nobody can compute a primary cell, no single company either; for τ-ARGUS 10 % on
both sides. Of rtauargus the data have the number of secondaries of τ-ARGUS, not which; the turnover goes through a file
in JJ format, as floating point has it.

`python -m bench.decimals [--write]`
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from bench.gausssuppression import CASES, Case
from bench.in_docs import publish, table
from bench.turnover import reached, turnover
from tweeluik.disclosure.attack import find_unsafe
from tweeluik.disclosure.effort import Effort
from tweeluik.disclosure.instance import read_instance
from tweeluik.disclosure.suppression import suppress
from tweeluik.disclosure.system import Role, System

SCALE = 10_000
HEADS = ("instance", "cells", "primary", "theirs", "their cost", "ours", "our cost", "", "processor")


def main() -> None:
    publish("bench/decimals.py", table(HEADS, [*_of_gausssuppression(), *_of_rtauargus()]))


def _of_gausssuppression() -> Iterator[tuple[object, ...]]:
    for name, source, tables in CASES:
        case = Case(source, tables)
        if case.counts:
            continue
        system = by_value(case.system(insiders=True))
        primary = system.all_with(Role.SENSITIVE)
        theirs = frozenset(i for i, cell in enumerate(case.cells) if cell.hidden) - primary
        ours, proven, seconds = _solved(system)
        yield (f"GaussSuppression, {name}", len(case.cells), len(primary), len(theirs), f"{cost(system, theirs):,.1f}",
               len(ours), f"{cost(system, ours):,.1f}", proven, f"{seconds:.2f} s")  # fmt: skip


def _of_rtauargus() -> Iterator[tuple[object, ...]]:
    for factor, about in ((1, "turnover of rtauargus"), (1_000_000, "the same in millionths")):
        system = turnover(by_count=False)
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "turnover.jj")
            path.write_text("\n".join(in_jj(system, factor)), encoding="ascii")
            instance = read_instance(path)
        ours, proven, seconds = _solved(instance.system)
        if reached(system, ours | system.all_with(Role.SENSITIVE)):
            raise ValueError(about)
        yield (about, len(system.variables), len(system.all_with(Role.SENSITIVE)), 64, "not told", len(ours),
               f"{sum(system.variables[i].value for i in ours) * factor:,.0f}", proven, f"{seconds:.2f} s")  # fmt: skip


def by_value(system: System) -> System:
    """The same with the value of a cell as the cost of hiding it, in whole numbers."""
    return replace(
        system, variables=tuple(replace(each, weight=round(each.value * SCALE)) for each in system.variables)
    )


def _solved(system: System) -> tuple[frozenset[int], str, float]:
    """Secondary cells, how good they are, and processor seconds; checked once more by an attack of its own."""
    started = time.process_time()
    pattern = suppress(system, effort=Effort.of(3))
    seconds = time.process_time() - started
    if not find_unsafe(system, pattern.hidden).safe:
        raise ValueError(seconds)
    proven = "proven" if pattern.status == "optimal" else f"gap {pattern.gap:.1%}"
    return pattern.hidden - system.all_with(Role.SENSITIVE), proven, seconds


def cost(system: System, hidden: frozenset[int]) -> float:
    """The sum of the hidden values."""
    return sum(system.variables[i].value for i in hidden)


def in_jj(system: System, factor: int) -> Iterator[str]:
    """A system with positive values in JJ format, all values so many times as large, as floating point has them."""
    levels = {each.variable: (each.low, each.high) for each in system.targets}
    status = {Role.FREE: "s", Role.SENSITIVE: "u", Role.FIXED: "z"}
    yield from ("0", str(len(system.variables)))
    for i, each in enumerate(system.variables):
        value = each.value * factor
        low, high = levels.get(i, (each.value, each.value))
        down, up = value - (low or 0) * factor, (high or 0) * factor - value
        weight = Decimal(each.weight) * factor / SCALE
        yield f"{i} {value!r} {weight} {status[each.role]} 0 1e30 {max(down, 0.0)!r} {max(up, 0.0)!r} 0"
    yield str(len(system.constraints))
    for constraint in system.constraints:
        residue = sum(coefficient * system.variables[i].value * factor for i, coefficient in constraint.terms)
        terms = " ".join(f"{i} ({coefficient})" for i, coefficient in constraint.terms)
        yield f"{residue if abs(residue) < 1e-3 * factor else 0!r} {len(constraint.terms)} : {terms}"


if __name__ == "__main__":
    main()
