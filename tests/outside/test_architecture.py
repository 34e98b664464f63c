"""The import contracts hold, and nobody waits for what they do not use."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tweeluik.cli.arguments import COMMANDS

ROOT = Path(__file__).parents[2]
HEAVY = {
    "highspy",
    "numpy",
    "typst",
    "babel",
    "jinja2",
    "yaml",
    "pyrage",
    "pikepdf",
    "pypdfium2",
    "openpyxl",
    "watchfiles",
    "dataclasses",
    "json",
}


def test_every_import_contract_is_kept() -> None:
    done = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    assert "0 broken" in done.stdout


RECORDS = {"dataclasses", "json"}
"""What the record of a command and what it tells are made with: the help of one command may wait for these."""


@pytest.mark.parametrize(
    ("arguments", "heavy"), [(["--help"], HEAVY), *(([name, "--help"], HEAVY - RECORDS) for name in COMMANDS)]
)
def test_help_imports_nothing_heavy(arguments: list[str], heavy: set[str]) -> None:
    code = (
        f"import sys, runpy; sys.argv = ['build.py', *{arguments}]\n"
        "try: runpy.run_path('build.py', run_name='__main__')\n"
        "except SystemExit: pass\n"
        "print(*sorted({name.split('.')[0] for name in sys.modules}), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert heavy.isdisjoint(done.stderr.split())
    assert "usage" in done.stdout


def test_every_package_is_in_what_is_installed() -> None:
    find = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["setuptools"]["packages"]["find"]
    assert find == {"include": ["tweeluik*"]}
    folders = {each.parent for each in (ROOT / "tweeluik").rglob("*.py")}
    assert [each for each in folders if not (each / "__init__.py").is_file()] == []
