"""The worked examples of `CONTRIBUTING.md` are real: each change can be made, and its test then passes and did not before."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
NEEDED = ("tweeluik", "templates", "build.py", "pyproject.toml", "tests/*.py", "tests/golden/content")
EXAMPLES = dict(re.findall(r"^### (.+)\n(?s:(.+?))(?=^### |\Z)", PAGE.partition("## Worked examples")[2], re.MULTILINE))


def blocks(kind: str, text: str) -> list[str]:
    return re.findall(rf"^```{kind}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def copied(into: Path) -> Path:
    """A project with all that the examples touch; as it was compiled here, too, which holds for what they do not."""
    listed = subprocess.run(["git", "ls-files", *NEEDED], cwd=ROOT, capture_output=True, text=True, check=True)
    for name in listed.stdout.splitlines():
        (into / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, into / name)
    for folder in {(ROOT / name).parent / "__pycache__" for name in listed.stdout.splitlines()}:
        if folder.is_dir():
            shutil.copytree(folder, into / folder.relative_to(ROOT))
    return into


def run(project: Path, *tests: str) -> str:
    """The last line that pytest says of these tests."""
    (project / "examples").mkdir()
    for number, test in enumerate(tests):
        (project / "examples" / f"test_{number}.py").write_text(test, "utf-8")
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-n",
        "0",
        "-p",
        "no:cacheprovider",
        "--basetemp",
        str(project / "kept"),
        "examples",
    ]
    done = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)
    return done.stdout.strip().splitlines()[-1]


def test_there_is_an_example_of_each() -> None:
    assert [*EXAMPLES] == ["A rule", "A field", "A dimension of a table", "A check", "A command"]


def test_without_its_change_no_example_does_what_it_says(tmp_path: Path) -> None:
    tests = [test for text in EXAMPLES.values() for test in blocks("python", text)]
    assert run(copied(tmp_path), *tests).startswith(f"{len(EXAMPLES)} failed in ")


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_does_what_it_says(name: str, tmp_path: Path) -> None:
    (diff,), (test,) = blocks("diff", EXAMPLES[name]), blocks("python", EXAMPLES[name])
    project = copied(tmp_path)
    subprocess.run(["git", "apply", "--recount", "-"], cwd=project, input=diff, text=True, check=True)
    assert run(project, test).startswith("1 passed in ")


@pytest.mark.parametrize("target", re.findall(r"^\| `make ([a-z]+)", PAGE, re.MULTILINE))
def test_every_command_of_the_gate_is_one(target: str) -> None:
    assert subprocess.run(["make", "-n", target], cwd=ROOT, capture_output=True, check=False).returncode == 0
