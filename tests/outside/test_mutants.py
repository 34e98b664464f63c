"""The list of mutants is true: every change can be made, and its tests are there. `make mutants` runs it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable
from functools import cache
from itertools import takewhile
from pathlib import Path

import pytest

from tools.mutants.catalogue import MUTANTS
from tools.mutants.mutant import Mutant, NotOnce

ROOT = Path(__file__).parents[2]
AREAS = (
    "protection/safety", "protection/differences", "checks/audit", "verify_certificate", "selection/rules", "selection/tables", "selection/reference", "selection/microdata", "checks/guard", "confidential/age",
    "confidential/at_rest", "confidential/bundle/container", "record/register", "record/log", "words/matching", "words/names",
)  # fmt: skip


def test_there_are_at_least_eighty_and_no_two_are_one() -> None:
    changed = {(each.file, each.applied(ROOT)) for each in MUTANTS}
    assert len(changed) == len(MUTANTS) >= 80


@pytest.mark.parametrize("area", AREAS)
def test_every_promise_has_some(area: str) -> None:
    assert len([each for each in MUTANTS if area in each.file]) >= 2


def test_every_change_stands_once_and_leaves_a_program() -> None:
    for each in MUTANTS:
        before, after = parts(each)
        assert meaning(before) != ast.dump(ast.parse(after)), each


@cache
def meaning(before: str) -> str:
    """As a program is understood; many changes stand in one function."""
    return ast.dump(ast.parse(before))


@cache
def read(file: str) -> tuple[list[str], list[tuple[int, int]]]:
    """The lines of a program, and of every statement of its first level the first line and the one behind it."""
    text = (ROOT / file).read_text("utf-8")
    statements = [
        (min([each.lineno, *(of.lineno for of in getattr(each, "decorator_list", ()))]) - 1, each.end_lineno or 0)
        for each in ast.parse(text).body
    ]
    return text.splitlines(keepends=True), statements


def alike(one: Iterable[str], other: Iterable[str]) -> int:
    """How many lines are the same until the first that is not."""
    return sum(1 for _ in takewhile(lambda two: two[0] == two[1], zip(one, other, strict=False)))


def parts(mutant: Mutant) -> tuple[str, str]:
    """The statements of the first level in which something changes, as they are and changed: the rest is the same."""
    lines, statements = read(mutant.file)
    changed = mutant.applied(ROOT).splitlines(keepends=True)
    first = alike(lines, changed)
    same = alike(reversed(lines[first:]), reversed(changed[first:]))
    within = [each for each in statements if each[0] < max(len(lines) - same, first + 1) and first < each[1]]
    begin, end = within[0][0], within[-1][1]
    return "".join(lines[begin:end]), "".join(changed[begin : end + len(changed) - len(lines)])


def test_every_test_that_is_asked_is_there() -> None:
    for asked in {test for each in MUTANTS for test in each.tests}:
        name, _, function = asked.partition("::")
        text = (ROOT / "tests" / name).read_text("utf-8")
        assert re.search(rf"^def {function or 'test_'}", text, re.MULTILINE), asked


def test_a_change_that_stands_nowhere_or_twice_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("x = 1\ny = 1\n")
    assert Mutant("a.py", "x = 1", "x = 2", ()).applied(tmp_path) == "x = 2\ny = 1\n"
    for old in ("z", "1"):
        with pytest.raises(NotOnce, match=r"a\.py"):
            Mutant("a.py", old, "2", ()).applied(tmp_path)
