"""The list of mutants is true: every change can be made, and its tests are there. `make mutants` runs it."""

from __future__ import annotations

import ast
import re
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
        before, after = (
            ast.dump(ast.parse(text)) for text in ((ROOT / each.file).read_text("utf-8"), each.applied(ROOT))
        )
        assert before != after, each


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
