"""The gate is what it says: it looks at every program, says what is wrong, and CI does no less and nothing twice."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from tools.precise_types import main, modules, precision

ROOT = Path(__file__).parents[2]
MAKEFILE = (ROOT / "Makefile").read_text("utf-8")
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


def programs() -> set[str]:
    """The files and folders of the first level that hold Python that people write."""
    listed = subprocess.run(
        ["git", "ls-files", "*.py", "*.pyi"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    return {each.split("/")[0] for each in listed.split()}


def would_do(*targets: str) -> list[str]:
    """The commands that `make` would run, with everything installed."""
    installed = [each for name in ("run", "dev") for each in ("-o", f".venv/{name}")]
    done = subprocess.run(["make", "-n", *installed, *targets], cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stdout.splitlines()


def test_format_and_lint_and_types_look_at_every_program() -> None:
    (sources,) = re.findall(r"^SOURCES := (.*)$", MAKEFILE, re.MULTILINE)
    assert set(sources.split()) == programs()
    assert {*PROJECT["tool"]["mypy"]["files"], PROJECT["tool"]["mypy"]["mypy_path"]} == programs()
    assert PROJECT["tool"]["mypy"]["strict"]


def test_the_gate_is_format_lint_types_contracts_and_tests() -> None:
    gate = "\n".join(would_do("check"))
    order = ["ruff format --check", "ruff check", "mypy", "precise_types", "lint-imports", "pytest"]
    assert sorted(order, key=gate.index) == order


def test_ci_does_the_gate_and_runs_the_tests_once() -> None:
    installs, call = re.findall(r"^make .*$", (ROOT / ".ci" / "run").read_text("utf-8"), re.MULTILINE)
    assert installs == "make .venv/dev"
    done = would_do(*call.split()[1:])
    assert set(would_do("check")) <= set(done)
    assert len([line for line in done if "pytest" in line]) == 1
    assert call.startswith("make test")


def test_before_a_commit_git_runs_the_quick_half() -> None:
    ((repository),) = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text("utf-8"))["repos"]  # noqa: TID251
    assert [each["entry"] for each in repository["hooks"]] == ["make quick"]
    assert not [line for line in would_do("quick") if "pytest" in line]


def test_who_imports_the_package_gets_its_types() -> None:
    assert (ROOT / "tweeluik" / "py.typed").is_file()
    assert "py.typed" in PROJECT["tool"]["setuptools"]["package-data"]["tweeluik"]


def test_who_installs_the_package_gets_what_it_reads_beside_its_programs() -> None:
    package = ROOT / "tweeluik"
    taken = {file for each in PROJECT["tool"]["setuptools"]["package-data"]["tweeluik"] for file in package.glob(each)}
    beside = {each for each in package.rglob("*") if each.is_file() and each.suffix not in (".py", ".pyc")}
    assert beside
    assert beside - taken == set()


def test_both_lists_of_what_tests_need_are_the_same() -> None:
    lines = (ROOT / "requirements-dev.in").read_text("utf-8").splitlines()
    assert sorted(each for each in lines if each[0] != "-") == sorted(PROJECT["dependency-groups"]["dev"])


# --- how much is typed precisely --------------------------------------------------------------------------------------

REPORT = """                  Name   Anys   Exprs   Coverage
------------------------------------------------
            tweeluik.a      0     996    100.00%
    verify_certificate     {}       4      0.00%
         tests.tweeluik   5000    5000      0.00%
------------------------------------------------
                 Total   5004    6000     16.60%
"""


@pytest.mark.parametrize(("anything", "share"), [(0, 100.0), (4, 99.6)])
def test_the_share_is_over_all_modules_of_the_program(anything: int, share: float) -> None:
    assert precision(modules(REPORT.format(anything))) == share


@pytest.mark.parametrize(("most", "code"), [(0, 0), (1000, 1)])
def test_too_many_expressions_that_may_be_anything_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], most: int, code: int
) -> None:
    (tmp_path / "any-exprs.txt").write_text(REPORT.format(most))
    assert main(str(tmp_path)) == code
    assert ("verify_certificate: 1000 of 4" in capsys.readouterr().err) == bool(code)


# --- it refuses ------------------------------------------------------------------------------------------------------

WRONG = {
    "ruff format": ("x = {  'a':1 }\n", ["ruff", "format", "--check"]),
    "ruff check": ("import os\n", ["ruff", "check", "--isolated"]),
}


@pytest.mark.parametrize("tool", WRONG)
def test_each_tool_of_the_gate_refuses_what_is_wrong_for_it(tmp_path: Path, tool: str) -> None:
    text, command = WRONG[tool]
    (tmp_path / "wrong.py").write_text(text)
    done = subprocess.run(
        [sys.executable, "-m", *command, str(tmp_path / "wrong.py")], cwd=tmp_path, capture_output=True, check=False
    )
    assert done.returncode == 1
