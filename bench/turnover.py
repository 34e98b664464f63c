"""The fake turnover of Insee's rtauargus as a system: ACTIVITY in three levels by SIZE, 414 cells with their margins.

The data, its rules and the outcome of τ-ARGUS come from InseeFrLab/rtauargus (MIT licence, copyright Insee 2021).
Primary: fewer than 3 respondents, or the largest over 85 % of the total; each to be protected by 10 % on both sides.

`python -m bench.turnover [--write]`
"""

from __future__ import annotations

import csv
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import highspy
import numpy as np

from bench.in_docs import publish, table
from tweeluik.disclosure.effort import Effort
from tweeluik.disclosure.suppression import suppress
from tweeluik.disclosure.system import Constraint, Role, System, Target, Variable

ROOT = Path(__file__).parents[1]

DATA = ROOT / "tests" / "adversary" / "data" / "rtauargus"
SCALE = 10_000
"""Weights (the turnover) have four decimals and must be whole."""

Key = tuple[str, str]


def turnover(*, by_count: bool) -> System:
    """The system; hiding costs the turnover of a cell, or 1."""
    rows = {(row["ACTIVITY"], row["SIZE"]): row for row in _read("turnover_act_size.csv")}
    place = {key: i for i, key in enumerate(sorted(rows))}
    primary = {key for key, row in rows.items() if _is_primary(row)}
    targets = [
        Target(place[key], 0, low=0.9 * float(rows[key]["TOT"]), high=1.1 * float(rows[key]["TOT"])) for key in primary
    ]
    return System(
        variables=tuple(_variable(rows[key], primary=key in primary, by_count=by_count) for key in sorted(rows)),
        constraints=tuple(
            Constraint((*((place[part], 1) for part in parts), (place[total], -1)), 0, 0)
            for total, parts in _sums(sorted(rows))
        ),
        targets=tuple(sorted(targets, key=lambda target: target.variable)),
        integral=False,
    )


def _read(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _is_primary(row: dict[str, str]) -> bool:
    total = float(row["TOT"])
    return 0 < float(row["N_OBS"]) < 3 or (total > 0 and float(row["MAX"]) > 0.85 * total)


def _variable(row: dict[str, str], *, primary: bool, by_count: bool) -> Variable:
    value = float(row["TOT"])
    role = Role.SENSITIVE if primary else Role.FREE if value > 0 else Role.FIXED
    return Variable(value, 0, None, 1 if by_count else round(value * SCALE), role)


def _sums(keys: list[Key]) -> Iterator[tuple[Key, list[Key]]]:
    """Every total that the table has, with its parts; a code that is its own only child is the same cell."""
    children: dict[str, set[str]] = defaultdict(set)
    for row in _read("activity_corr_table.csv"):
        for parent, child in (("Total", row["A10"]), (row["A10"], row["A21"]), (row["A21"], row["A88"])):
            if parent != child:
                children[parent].add(child)
    known = set(keys)
    for activity in sorted({activity for activity, _ in keys}):
        yield (activity, "Total"), [(a, s) for a, s in keys if a == activity and s != "Total"]
    for size in sorted({size for _, size in keys}):
        for parent in sorted(children):
            if (parent, size) in known:
                yield (parent, size), sorted((c, size) for c in children[parent] if (c, size) in known)


def main() -> None:
    """Both costs, proven or with the gap, and what a second program says of the patterns."""
    rows = []
    for by_count in (False, True):
        system, started = turnover(by_count=by_count), time.process_time()
        pattern = suppress(system, effort=Effort.of(6))
        seconds = time.process_time() - started
        secondaries = pattern.hidden - system.all_with(Role.SENSITIVE)
        proven = "proven" if pattern.status == "optimal" else f"gap {pattern.gap:.1e}"
        hidden = f"{sum(system.variables[i].value for i in secondaries):,.0f}"
        rows.append((f"least {'number' if by_count else 'turnover'}", len(secondaries), hidden, proven,
                     len(reached(system, pattern.hidden)), f"{seconds:.2f} s"))  # fmt: skip
    heads = ("asked", "secondaries", "their turnover", "", "primaries that a second program reaches", "processor")
    publish("bench/turnover.py", table(heads, rows))


def reached(system: System, hidden: frozenset[int]) -> list[Target]:
    """The targets that HiGHS, given the published table afresh and nothing of ours, reaches."""
    highs = highspy.Highs()  # type: ignore[no-untyped-call]
    highs.setOptionValue("output_flag", False)
    for i, variable in enumerate(system.variables):
        highs.addVar(0 if i in hidden else variable.value, highspy.kHighsInf if i in hidden else variable.value)
    for constraint in system.constraints:
        columns = np.array([i for i, _ in constraint.terms], dtype=np.int32)
        total = sum(coefficient * system.variables[i].value for i, coefficient in constraint.terms)
        highs.addRow(total, total, len(columns), columns, np.array([float(c) for _, c in constraint.terms]))
    return [target for target in system.targets if _is_reached(highs, target)]


def _is_reached(highs: highspy.Highs, target: Target) -> bool:
    least, most = (_extreme(highs, target.variable, sign) for sign in (1, -1))
    above = target.low is not None and least > target.low * (1 + 1e-6)
    return above or (target.high is not None and most < target.high * (1 - 1e-6))


def _extreme(highs: highspy.Highs, variable: int, sign: int) -> float:
    highs.changeColCost(variable, float(sign))
    highs.run()
    bounded = highs.getModelStatus() == highspy.HighsModelStatus.kOptimal
    value = float(highs.getObjectiveValue()) * sign if bounded else -sign * float("inf")
    highs.changeColCost(variable, 0.0)
    return value


if __name__ == "__main__":
    main()
