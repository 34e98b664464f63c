"""Every figure of `docs/benchmarks.md` stands between the marks of the program that measured it."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from bench.children import run_each
from bench.kept import Kept

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "benchmarks.md").read_text("utf-8")
MARKED = re.compile(r"<!-- figures of (.+?) -->\n(.*?)<!-- end of \1 -->", re.DOTALL)
KEPT = re.compile(r"<!-- kept of (.+?) -->\n.*?<!-- end of kept -->", re.DOTALL)
"""What a program measured of an earlier state, to compare with."""

PROGRAMS = [program for program, _ in MARKED.findall(PAGE)]


def test_every_table_is_written_by_a_program() -> None:
    assert "|" not in KEPT.sub("", MARKED.sub("", PAGE))
    assert set(KEPT.findall(PAGE)) <= set(PROGRAMS)
    assert len(PROGRAMS) == len(set(PROGRAMS)) == PAGE.count("<!-- figures of ")


@pytest.mark.parametrize("program", PROGRAMS)
def test_the_program_is_there_and_writes_there(program: str) -> None:
    file, *more = program.split()
    # A folder is a program by its `__main__.py`.
    text = (ROOT / file / "__main__.py" if (ROOT / file).is_dir() else ROOT / file).read_text("utf-8")
    assert f'publish("{file}"' in text.replace("publish(\n        ", "publish(") or (
        more and f'publish(f"{file} ' in text
    )


@pytest.mark.parametrize("program", sorted(set(PROGRAMS)))
def test_its_section_says_how_to_run_it(program: str) -> None:
    file = program.split(maxsplit=1)[0]
    assert f"`python {file}" in PAGE or f"`python -m {file.removesuffix('.py').replace('/', '.')}" in PAGE


def test_every_program_that_measures_is_on_the_page() -> None:
    files = subprocess.run(["git", "ls-files", "bench/*.py"], cwd=ROOT, capture_output=True, text=True, check=True)
    measuring = {
        each.removesuffix("/__main__.py")
        for each in files.stdout.split()
        if "publish(" in (ROOT / each).read_text("utf-8")
    }
    assert {program.split()[0] for program in PROGRAMS} == measuring - {"bench/in_docs.py"} - NO_FIGURES


NO_FIGURES = {"bench/publishing.py"}
"""Publishes editions, not figures."""


def test_what_is_kept_is_not_run_again(tmp_path: Path) -> None:
    """No such program is there to run."""
    Kept("bench.nothing", tmp_path).add("1", {"outcome": "published"})
    kept = Kept("bench.nothing", tmp_path)
    ((case, row),) = run_each("bench.nothing", ["1"], seconds=1, kept=kept)
    assert (case, row) == ("1", {"outcome": "published"})
    assert re.fullmatch(r"[0-9a-f]{7,} \(1\)", kept.versions(["1", "2"]))
