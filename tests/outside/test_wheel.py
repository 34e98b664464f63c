"""The package: two builds of one commit are equal byte for byte, and it holds the program, its licence and its types."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

from tests.desk import keep_simple_tables
from tests.golden.refresh import CONTENT

ROOT = Path(__file__).parents[2]
MADE = "1798761600"


def build(folder: Path, **environment: str) -> Path:
    command = [sys.executable, "-m", "tools.wheel", str(folder)]
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
        [sys.executable, "-m", "tools.wheel", str(tmp_path)],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 1
    assert not list(tmp_path.iterdir())


def test_installed_it_makes_the_example_and_checks_a_source(wheel: Path, tmp_path: Path) -> None:
    """In an environment of its own, with templates and example from the package; what it needs is that of the tests.

    The example is the very one of the project, which other tests check; here a small source is, with simple tables.
    """
    home = tmp_path / "thuis"
    home.mkdir()
    small = shutil.copytree(CONTENT, tmp_path / "klein")
    keep_simple_tables(small)
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", tmp_path / "venv"], check=True)
    scripts = tmp_path / "venv" / ("Scripts" if os.name == "nt" else "bin")
    packages = next((tmp_path / "venv").rglob("site-packages"))
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(packages)
    (packages / "needed.pth").write_text(sysconfig.get_path("purelib"))
    start = "from tweeluik.cli.main import run; run()"
    said = ""
    for arguments in (["--version"], ["init", "voorbeeld", "--example"], ["check", "--json", "--content", small]):
        command: list[str | Path] = [str(scripts / "python"), "-c", start, *arguments]
        said = subprocess.run(command, cwd=home, capture_output=True, text=True, check=True).stdout
    published = ROOT / "content" / "published"
    for each in (each for each in published.rglob("*") if each.is_file()):
        assert (home / "voorbeeld" / "published" / each.relative_to(published)).read_bytes() == each.read_bytes()
    told = json.loads(said)
    assert (told["exit"], told["problems"]) == (0, [])
    assert "2025" in {each["edition"] for each in told["editions"]}


def test_it_gives_the_command_by_its_name(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        (points,) = (each for each in archive.namelist() if each.endswith("/entry_points.txt"))
        assert "tweeluik = tweeluik.cli.main:run" in archive.read(points).decode()
