"""The package: two builds of one commit are equal byte for byte, and it holds the program, its licence and its types."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MADE = "1798761600"


def build(folder: Path, **environment: str) -> Path:
    command = [sys.executable, "tools/wheel.py", str(folder)]
    done = subprocess.run(
        command,
        cwd=ROOT,
        env={**os.environ, "SOURCE_DATE_EPOCH": MADE, **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    return Path(done.stdout.strip())


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("one"))


def test_two_builds_are_equal_byte_for_byte(wheel: Path, tmp_path: Path) -> None:
    other = build(tmp_path / "two", TZ="Asia/Tokyo", LC_ALL="C", PYTHONHASHSEED="1")
    assert (other.name, other.read_bytes()) == (wheel.name, wheel.read_bytes())


def test_it_holds_the_program_its_licence_and_its_types_and_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    command = ["git", "ls-files", "tweeluik", "templates", "content"]
    tracked = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
    inside = {each if each.startswith("tweeluik/") else f"tweeluik/data/{each}" for each in tracked}
    assert {each for each in names if ".dist-info/" not in each} == inside
    assert {"tweeluik/data/templates/public/home.html", "tweeluik/data/content/published/log.jsonl"} <= names
    assert any(each.endswith("/entry_points.txt") for each in names)
    assert any(each.endswith("/licenses/LICENSE") for each in names)


def test_without_a_time_of_its_own_nothing_is_built(tmp_path: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if name != "SOURCE_DATE_EPOCH"}
    done = subprocess.run(
        [sys.executable, "tools/wheel.py", str(tmp_path)], cwd=ROOT, env=environment, capture_output=True, check=False
    )
    assert done.returncode == 1
    assert not list(tmp_path.iterdir())
