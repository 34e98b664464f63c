"""`python -m tweeluik.disclosure`: solve or attack an instance in JJ format, for comparison with other tools.

Prints JSON. Exits 0, 2 (wrong usage), 10 (a bad file) or 11 (nothing safe exists, or none was found within the effort).

Counted work ends the search, so that an instance has one answer. Only here, for comparisons at equal time, a clock may
end it instead (`--seconds`): the answer then depends on the machine, and `ended` says so.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from tweeluik.disclosure.attack import findings
from tweeluik.disclosure.effort import Effort, OutOfEffort
from tweeluik.disclosure.instance import Instance, read_instance
from tweeluik.disclosure.jj import RESIDUE
from tweeluik.disclosure.separation import Separation
from tweeluik.disclosure.solver import SolverFailed
from tweeluik.disclosure.suppression import CannotBeProtected, Pattern, suppress
from tweeluik.disclosure.system import Number, Role
from tweeluik.problems import BuildFailed, Place, Problem, UnsafeTables, WrongUsage

Answer = dict[str, object]

_UNSAFE = UnsafeTables.exit_code
_EFFORT = 3


def main(arguments: list[str]) -> int:
    """Run one command; returns its exit code."""
    given = _parser().parse_args(arguments)
    try:
        instance = read_instance(given.instance)
        _tell_residue(given.instance, instance)
        if given.command == "attack":
            answer, code = attack(instance, given.suppressed), 0
        else:
            answer, code = solve(instance, effort=_effort(given.effort, given.seconds), by_count=given.cost == "count")
    except BuildFailed as failure:
        for problem in failure.problems:
            sys.stderr.write(f"{problem}\n")
        return failure.exit_code
    sys.stdout.write(json.dumps(answer) + "\n")
    return code


def _tell_residue(path: Path, instance: Instance) -> None:
    if instance.residue:
        sys.stderr.write(
            f"{path.name}: values miss equations by up to {instance.residue:.2g}, taken as rounding "
            f"(of floating point: at most {RESIDUE} of the largest value)\n"
        )


def _parser() -> argparse.ArgumentParser:
    whole = argparse.ArgumentParser(prog="python -m tweeluik.disclosure", description="Cell suppression, exact.")
    commands = whole.add_subparsers(dest="command", required=True)
    solving = commands.add_parser("solve", help="the cheapest safe pattern")
    limit = solving.add_mutually_exclusive_group()
    limit.add_argument(
        "--effort", type=_positive, default=_EFFORT, help=f"the most work, as in policy.yaml (default: {_EFFORT})"
    )
    limit.add_argument("--seconds", type=_positive, help="the most time instead, so that the answer may differ")
    solving.add_argument(
        "--cost", choices=("weight", "count"), default="weight", help="what is least (default: weight)"
    )
    attacking = commands.add_parser("attack", help="what a reader can derive of each hidden cell")
    attacking.add_argument(
        "--suppressed", type=_indices, required=True, metavar="I,J,…", help="indices of hidden cells"
    )
    for command in (solving, attacking):
        command.add_argument("instance", type=Path, metavar="INSTANCE.jj")
    return whole


def _positive(text: str) -> float:
    number = float(text)
    if not 0 < number < float("inf"):
        raise argparse.ArgumentTypeError("a number above 0")
    return number


def _effort(effort: float, seconds: float | None) -> Effort:
    return Effort.of(effort) if seconds is None else Effort(seconds, _Stopwatch())


@dataclass(frozen=True, slots=True)
class _Stopwatch:
    """A meter that time runs up instead of work."""

    started: float = field(default_factory=time.monotonic)

    @property
    def done(self) -> float:
        return time.monotonic() - self.started

    def spend(self, units: int) -> None:
        """Work counts for nothing."""


def _indices(text: str) -> list[int]:
    parts = [part.strip() for part in text.split(",") if part.strip()]
    if not all(part.isdecimal() for part in parts):
        raise argparse.ArgumentTypeError("whole numbers with commas between them")
    return sorted({int(part) for part in parts})


def solve(instance: Instance, *, effort: Effort, by_count: bool) -> tuple[Answer, int]:
    """The cheapest safe pattern, and the exit code; a primary suppression costs nothing."""
    instance = _counted(instance) if by_count else instance
    started = time.monotonic()
    try:
        answer, code = _solved(instance, suppress(instance.system, effort=effort)), 0
    except CannotBeProtected as refused:
        cell = None if refused.target is None else instance.indices[refused.target.variable]
        answer, code = _nothing("infeasible") | {"cell": cell, "equations": list(refused.constraints)}, _UNSAFE
    except (OutOfEffort, SolverFailed):
        answer, code = _nothing("unknown"), _UNSAFE
    seconds = round(time.monotonic() - started, 3)
    return answer | {"ended": _ended(effort), "residue": instance.residue, "seconds": seconds}, code


def _ended(effort: Effort) -> str:
    """What ended the search: itself (nothing more was to be found), the work, or the clock."""
    limit = "seconds" if isinstance(effort.meter, _Stopwatch) else "effort"
    return limit if effort.spent else "itself"


def _counted(instance: Instance) -> Instance:
    """The same with every cell at weight 1."""
    variables = tuple(replace(variable, weight=1) for variable in instance.system.variables)
    return replace(instance, system=replace(instance.system, variables=variables), scale=1)


def _solved(instance: Instance, pattern: Pattern) -> Answer:
    sensitive = instance.system.all_with(Role.SENSITIVE)
    return {
        "status": pattern.status,
        "objective": _unscaled(pattern.objective, instance.scale),
        "bound": _unscaled(pattern.bound, instance.scale),
        "suppressed": sorted(instance.indices[i] for i in pattern.hidden),
        "secondaries": len(pattern.hidden - sensitive),
    }


def _nothing(status: str) -> Answer:
    return {"status": status, "objective": None, "bound": None, "suppressed": [], "secondaries": 0}


def _unscaled(weight: int, scale: int) -> Number:
    return weight // scale if weight % scale == 0 else weight / scale


def attack(instance: Instance, suppressed: list[int]) -> Answer:
    """The feasibility interval of each hidden cell, and whether the pattern is safe; null for a side without end.

    Raises:
        WrongUsage: a hidden cell is not in the file.
        UnsafeTables: the solver could not prove an interval.
    """
    place = {index: i for i, index in enumerate(instance.indices)}
    if not place.keys() >= set(suppressed):
        raise WrongUsage(Problem(Place("--suppressed"), "", "no cell of the instance has this index", "see the file"))
    try:
        return _attacked(instance, {index: place[index] for index in suppressed})
    except SolverFailed:
        what = "the solver could not prove what a reader can derive"
        raise UnsafeTables(Problem(Place("--suppressed"), "", what, "hide other cells")) from None


def _attacked(instance: Instance, suppressed: Mapping[int, int]) -> Answer:
    separation = Separation(instance.system)
    separation.hide(frozenset(suppressed.values()))
    found = findings(separation)
    reached = {target.variable for target in found.reached}
    cells = [
        {"index": index, **_interval(instance, separation, variable), "safe": variable not in reached}
        for index, variable in suppressed.items()
    ]
    safe = found.safe and instance.system.all_with(Role.SENSITIVE) <= separation.hidden
    return {"safe": safe, "cells": cells, "residue": instance.residue}


def _interval(instance: Instance, separation: Separation, variable: int) -> Answer:
    least, most = separation.interval(variable, 0)
    return {"minimum": _told(least, instance.unit), "maximum": _told(most, instance.unit)}


def _told(number: Number, unit: int) -> Number | None:
    """In the numbers of the file; None for a side without end."""
    if abs(number) == float("inf"):
        return None
    return number if unit == 1 else number / unit


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
