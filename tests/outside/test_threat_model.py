"""The threat model says of each of 52 channels how it is closed; what it names exists, and no channel is forgotten."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.adversary.test_leaks import CHANNELS
from tests.adversary.test_leaks_hidden import HIDDEN
from tests.everything import make_everything

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs" / "threat-model.md").read_text("utf-8")
ROWS = [line.strip("|").split("|") for line in TEXT.splitlines() if re.match(r"\| \d", line)]
KINDS = (".html", ".csv", ".json", ".jsonld", ".pdf", ".ods", ".docx", ".xml", ".txt", ".css", ".svg", ".png", ".js")


def numbers(cell: str) -> list[int]:
    heading = re.match("[0-9, \N{EN DASH}]+", cell.strip())
    assert heading
    found: list[int] = []
    for part in heading[0].replace(" ", "").strip(",").split(","):
        first, _, last = part.partition("\N{EN DASH}")
        found += range(int(first), int(last or first) + 1)
    return found


def test_every_channel_stands_in_the_table_once() -> None:
    assert sorted(number for row in ROWS for number in numbers(row[0])) == list(range(1, 53))


def test_every_channel_is_closed_by_something() -> None:
    assert all(row[1].strip() for row in ROWS)
    assert [numbers(row[0]) for row in ROWS if not row[2].strip()] == [[46]]


def test_every_test_that_it_names_exists() -> None:
    named = set(re.findall(r"\btest_\w+\.py", TEXT))
    assert len(named) > 12
    assert named <= {each.name for each in (ROOT / "tests").rglob("test_*.py")}


def test_it_plants_as_many_leaks_as_it_says() -> None:
    said = re.search(r"(\d+) planted channels", TEXT)
    assert said
    assert len(CHANNELS) + len(HIDDEN) >= int(said[1])


@pytest.fixture(scope="module")
def paths() -> list[str]:
    return sorted(make_everything(ROOT / "tests" / "golden" / "content").files)


def test_the_site_holds_only_kinds_of_files_that_somebody_chose(paths: list[str]) -> None:
    assert [path for path in paths if not path.endswith(KINDS)] == []


def test_no_name_of_a_file_is_hidden_or_leaves_the_folder(paths: list[str]) -> None:
    assert [path for path in paths if any(part.startswith(".") or not part for part in path.split("/"))] == []
    assert [path for path in paths if not re.fullmatch(r"[a-z0-9./-]+", path)] == []
