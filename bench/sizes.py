"""How the search grows: generated frequency tables with all margins, outsiders.

Either nobody may know that a small number is not 0 or below the threshold, 5 (what an edition asks), or only its exact
value may not be known, by 1 on both sides (what the field's own measurements ask).

`python -m bench.sizes [--write]`: 4 x 6 x 12 (455 cells), then the same over several years with a margin over them.
"""

from __future__ import annotations

import time
from dataclasses import replace
from itertools import product
from random import Random

from bench.in_docs import publish, table
from tweeluik.disclosure.effort import Effort, OutOfEffort
from tweeluik.disclosure.suppression import suppress
from tweeluik.disclosure.system import Constraint, Role, System, Target, Variable

THRESHOLD = 5
Cell = tuple[int, ...]
TOTAL = -1


def a_table(seed: int, *sizes: int, records: int) -> System:
    """Records spread unevenly over the cells; every margin is published."""
    chance = Random(seed)
    weights = [[chance.paretovariate(1.2) for _ in range(size)] for size in sizes]
    count: dict[Cell, int] = {}
    for _ in range(records):
        codes = tuple(chance.choices(range(len(weight)), weights=weight)[0] for weight in weights)
        for cell in product(*((code, TOTAL) for code in codes)):
            count[cell] = count.get(cell, 0) + 1
    cells = list(product(*([*range(size), TOTAL] for size in sizes)))
    place = {cell: i for i, cell in enumerate(cells)}
    variables = [_variable(count.get(cell, 0), chance) for cell in cells]
    constraints = [
        Constraint((*((place[_at(cell, axis, code)], 1) for code in range(size)), (place[cell], -1)), 0, 0)
        for axis, size in enumerate(sizes)
        for cell in cells
        if cell[axis] == TOTAL
    ]
    targets = [
        Target(i, 0, low=0, high=THRESHOLD) if each.role is Role.SENSITIVE else Target(i, 0, width=1)
        for i, each in enumerate(variables)
    ]
    return System(tuple(variables), tuple(constraints), targets=tuple(targets))


def _variable(value: int, chance: Random) -> Variable:
    role = Role.SENSITIVE if 0 < value < THRESHOLD else Role.FREE
    return Variable(value, 0, None, 1000 * (1 + value).bit_length() + chance.randrange(500), role)


def _at(cell: Cell, axis: int, code: int) -> Cell:
    return (*cell[:axis], code, *cell[axis + 1 :])


def by_one(system: System) -> System:
    """The same with 1 on both sides of every sensitive number."""
    values = [each.value for each in system.variables]
    targets = (
        replace(target, low=values[target.variable] - 1, high=values[target.variable] + 1)
        if target.width is None
        else target
        for target in system.targets
    )
    return replace(system, targets=tuple(targets))


HEADS = ("table", "seed", "cells", "sensitive", "asked", "others hidden", "gap", "processor")


def main() -> None:
    rows = [measure(seed, (4, 6, 12), 3000) for seed in range(5)]
    for seed, sizes, records in ((5, (4, 6, 12, 4), 12000), (6, (4, 6, 12, 4), 12000), (7, (4, 6, 12, 5), 15000)):
        rows += [measure(seed, sizes, records, narrow=True), measure(seed, sizes, records)]
    publish("bench/sizes.py", table(HEADS, rows))


def measure(seed: int, sizes: tuple[int, ...], records: int, *, narrow: bool = False) -> tuple[object, ...]:
    """What is found within the effort, and how good that is."""
    system = a_table(seed, *sizes, records=records)
    system = by_one(system) if narrow else system
    started = time.process_time()
    try:
        pattern = suppress(system, effort=Effort.of(3))
    except OutOfEffort:
        pattern = None
    seconds, sensitive = time.process_time() - started, system.all_with(Role.SENSITIVE)
    found = ("none proven safe", "") if pattern is None else (len(pattern.hidden - sensitive), f"{pattern.gap:.1%}")
    return ("x".join(map(str, sizes)), seed, len(system.variables), len(sensitive), "1" if narrow else "0..5", *found,
            f"{seconds:.1f} s")  # fmt: skip


if __name__ == "__main__":
    main()
