"""The import contracts hold, and nobody waits for what they do not use."""

from __future__ import annotations

import ast
import json
import re
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
    "rapidfuzz",
    "phonenumbers",
    "anyascii",
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


HELP = """
import io, json, runpy, sys
said = {}
for arguments in sys.argv[1:]:
    known, sys.argv, sys.stdout = set(sys.modules), ['build.py', *arguments.split()], io.StringIO()
    try: runpy.run_path('build.py', run_name='__main__')
    except SystemExit: pass
    said[arguments] = sys.stdout.getvalue(), [*{each.partition('.')[0] for each in set(sys.modules) - known}]
json.dump(said, sys.__stdout__)
"""


@pytest.fixture(scope="module")
def helped() -> dict[str, tuple[str, list[str]]]:
    """What the help of each command says, and what it imports that none before it did: in one process, one after another."""
    asked = [f"{name} --help" for name in COMMANDS]
    done = subprocess.run([sys.executable, "-c", HELP, *asked], cwd=ROOT, capture_output=True, text=True, check=True)
    return dict(zip(COMMANDS, json.loads(done.stdout).values(), strict=True))


@pytest.mark.parametrize("name", COMMANDS)
def test_help_of_a_command_imports_nothing_heavy(helped: dict[str, tuple[str, list[str]]], name: str) -> None:
    said, imported = helped[name]
    assert (HEAVY - RECORDS).isdisjoint(imported)
    assert said.startswith(f"usage: build.py {name}")


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys, runpy; sys.argv = ['build.py', '--help']\n"
        "try: runpy.run_path('build.py', run_name='__main__')\n"
        "except SystemExit: pass\n"
        "print(*sorted({name.split('.')[0] for name in sys.modules}), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert HEAVY.isdisjoint(done.stderr.split())
    assert "usage" in done.stdout


def test_every_package_is_in_what_is_installed() -> None:
    find = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["setuptools"]["packages"]["find"]
    assert find == {"include": ["tweeluik*"], "namespaces": False}
    folders = {each.parent for each in (ROOT / "tweeluik").rglob("*.py")}
    assert [each for each in folders if not (each / "__init__.py").is_file()] == []


# --- who writes -------------------------------------------------------------------------------------------------------

WRITES = {"write_bytes", "write_text", "mkdir", "mkdtemp", "hardlink_to", "unlink", "rmtree", "symlink_to"}

OTHERS_THAT_WRITE = {
    "confidential/age/signature.py": {"write_bytes"},  # for ssh-keygen to read, in a folder that vanishes
    "confidential/at_rest/sealed_source.py": {"unlink"},  # what has been sealed
    "review/votes.py": {"write_text"},  # as signature.py
    "confidential/bundle/opening.py": {"mkdir"},  # below the private folder that becomes the opened bundle
    "confidential/at_rest/workplace.py": {"mkdir", "mkdtemp", "rmtree"},  # while a person edits
    "cli/commands/build.py": {"unlink"},  # the certificate of a build that failed after all
}


def writing_calls(module: Path) -> set[str]:
    """The names of the calls in a module that change something on the disk."""
    calls = [each for each in ast.walk(ast.parse(module.read_text("utf-8"))) if isinstance(each, ast.Call)]
    return ({name_of(each) for each in calls} & WRITES) | {"open" for each in calls if opens_to_write(each)}


def name_of(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def opens_to_write(call: ast.Call) -> bool:
    given = [*call.args, *(each.value for each in call.keywords if each.arg == "mode")]
    modes = [each.value for each in given if isinstance(each, ast.Constant) and isinstance(each.value, str)]
    return name_of(call) == "open" and any(re.fullmatch(r"[rbt]*[wax+][rwbt+]*", each) for each in modes)


@pytest.mark.parametrize(
    ("line", "call"),
    [
        ("path.write_text('x')", {"write_text"}),
        ("open('f', 'wb')", {"open"}),
        ("path.open('ab')", {"open"}),
        ("open('f', mode='x')", {"open"}),
        ("path.open('rb')", set()),
        ("os.open(path, os.O_RDONLY)", set()),
        ("path.read_text()", set()),
    ],
)
def test_a_call_that_writes_is_recognised(tmp_path: Path, line: str, call: set[str]) -> None:
    (tmp_path / "module.py").write_text(line)
    assert writing_calls(tmp_path / "module.py") == call


def test_nothing_but_the_writers_changes_the_disk() -> None:
    package = ROOT / "tweeluik"
    found = {each.relative_to(package).as_posix(): writing_calls(each) for each in package.rglob("*.py")}
    outside = {name: names for name, names in found.items() if names and not name.startswith("disk/")}
    assert outside == OTHERS_THAT_WRITE
