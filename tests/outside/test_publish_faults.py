"""Faults, put into `publish` on purpose: the register is what it was or what it is to be, never anything between.

Every test counts its faults; `pytest -s` shows the numbers.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from itertools import accumulate
from pathlib import Path

import pytest

from tests.everything import publish
from tests.outside.test_bundle_faults import count, disk_with, room_for
from tests.outside.test_editions import a_small_source
from tweeluik.pipeline.freezing import make_publication
from tweeluik.pipeline.frozen import Frozen
from tweeluik.problems import BuildFailed, RegisterNotWhole
from tweeluik.record.register import Published, RegisterChanged, read_published, replace_register

ROOT = Path(__file__).parents[2]
TEMPLATES = ROOT / "templates"

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs fork and limits")


def a_desk(root: Path) -> Path:
    """Content of which a provisional version was published, and the final one can be."""
    content = root / "content"
    a_small_source(content)
    edition = content / "editions" / "2025.yaml"
    from datetime import date  # noqa: PLC0415

    publish(content, "2025", date(2025, 11, 15), provisional=True)
    text = edition.read_text("utf-8")
    edition.write_text(text.replace("status: concept\nas_of: 2025-10-31", "status: final\nsent: 2026-07-01"), "utf-8")
    return content


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Published, Frozen]:
    """The content, what was published, and what is to be."""
    content = a_desk(tmp_path_factory.mktemp("prepared"))
    return content, read_published(content), make_publication(content, TEMPLATES, edition="2025")


@pytest.fixture
def desk(prepared: tuple[Path, Published, Frozen], tmp_path: Path) -> tuple[Path, Published, Frozen]:
    shutil.copytree(prepared[0], tmp_path / "content")
    return tmp_path / "content", *prepared[1:]


def snapshot(content: Path) -> dict[str, bytes]:
    return {each.relative_to(content).as_posix(): each.read_bytes() for each in content.rglob("*") if each.is_file()}


# --- the disk ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def no_waiting_for_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hundreds of registers are written here: what is tested is what is left, not the disk."""
    monkeypatch.setattr(os, "fsync", lambda _descriptor: None)


def rooms_of(files: Mapping[str, bytes]) -> list[int]:
    """Of what is written one file after another every 17th byte, and each at which a file is just not written, or just is."""
    ends = list(accumulate(len(files[path]) for path in sorted(files)))
    around = (end + beside for end in ends for beside in (-1, 0, 1))
    return sorted(each for each in {*range(0, ends[-1], 17), *around} if 0 <= each < ends[-1])


@pytest.mark.usefixtures("no_waiting_for_the_disk")
def test_a_disk_that_fills_up_at_any_byte_leaves_the_register_as_it_was(desk: tuple[Path, Published, Frozen]) -> None:
    content, seen, frozen = desk
    before, files = snapshot(content), frozen.published.files
    total, rooms = sum(map(len, files.values())), rooms_of(files)
    for room in rooms:
        with disk_with(room), pytest.raises(BuildFailed) as refused:
            replace_register(content, seen, files)
        assert "no space left" in refused.value.problems[0].what
        assert snapshot(content) == before
    count(len(rooms), "a disk that fills up at every 17th byte of a publication, and around the end of every file")
    with disk_with(total):
        replace_register(content, seen, files)
    assert read_published(content).files == files


@pytest.mark.usefixtures("no_waiting_for_the_disk")
def test_a_file_that_may_not_grow_beyond_any_byte_leaves_the_register_as_it_was(
    desk: tuple[Path, Published, Frozen],
) -> None:
    content, seen, frozen = desk
    before, largest = snapshot(content), max(map(len, frozen.published.files.values()))
    rooms = range(0, largest, 13)
    for room in rooms:
        with room_for(room), pytest.raises(BuildFailed):
            replace_register(content, seen, frozen.published.files)
        assert snapshot(content) == before
    count(len(rooms), "a file may not grow beyond every 13th byte")


def test_a_folder_that_may_not_be_written_is_told_with_its_reason(desk: tuple[Path, Published, Frozen]) -> None:
    content, seen, frozen = desk
    before = snapshot(content)
    (content / ".published.new").write_text("in de weg")
    with pytest.raises(BuildFailed):
        replace_register(content, seen, frozen.published.files)
    (content / ".published.new").unlink()
    assert snapshot(content) == before


# --- a kill, at every stage -------------------------------------------------------------------------------------------

KILLED = """
import json, sys
from pathlib import Path
from tests.kills import killed_at
from tweeluik.pipeline.freezing import make_publication
from tweeluik.problems import RegisterNotWhole
from tweeluik.record.register import read_published, replace_register

content = Path(sys.argv[1])
seen = read_published(content)
fresh = make_publication(content, Path("templates"), edition="2025").published

found, number = {"stages": 0, "old": 0, "new": 0, "wrong": []}, 0
while True:
    number += 1
    was_killed = killed_at(lambda: replace_register(content, seen, fresh.files), number)
    try:
        now = read_published(content).files
    except RegisterNotWhole as refused:
        found["wrong"].append((number, [str(each) for each in refused.problems]))
        break
    if now == seen.files:
        found["old"] += 1
    elif now == fresh.files:
        found["new"] += 1
        # The next run finds what the one that was killed left, and goes back for the next stage.
        replace_register(content, fresh, seen.files)
    else:
        found["wrong"].append((number, "a half register"))
    if not was_killed:
        break
found["stages"] = number - 1
found["left"] = sorted(each.name for each in content.iterdir() if each.name.startswith("."))
print(json.dumps(found))
"""


def test_killed_at_any_stage_it_leaves_the_old_register_or_the_new_one(tmp_path: Path) -> None:
    content = a_desk(tmp_path)
    done = subprocess.run(
        [sys.executable, "-c", KILLED, str(content)], cwd=ROOT, capture_output=True, text=True, check=False, timeout=240
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["wrong"] == []
    assert found["stages"] > 20
    assert found["old"] > 10
    assert found["new"] > 0
    count(found["stages"], "killed before any change of the disk, while publishing")


def test_what_a_kill_left_beside_the_register_is_nobodys_and_goes_in_the_next_run(
    desk: tuple[Path, Published, Frozen],
) -> None:
    content, seen, frozen = desk
    shutil.copytree(content / "published", content / ".published.new")
    assert read_published(content).files == seen.files
    replace_register(content, seen, frozen.published.files)
    assert read_published(content).files == frozen.published.files
    assert not (content / ".published.new").exists()


def test_where_a_system_cannot_exchange_folders_a_register_that_is_away_is_not_taken_for_none(
    desk: tuple[Path, Published, Frozen],
) -> None:
    content, seen, _ = desk
    (content / "published").rename(content / ".published.old")
    with pytest.raises(RegisterNotWhole) as refused:
        read_published(content)
    assert "a publication was cut off" in refused.value.problems[0].what
    (content / ".published.old").rename(content / "published")
    assert read_published(content).files == seen.files


# --- two at once ------------------------------------------------------------------------------------------------------

RACE = """
import json, os, sys
from pathlib import Path
import build
from tests.everything import unchecked

def run(gate, edition):
    os.read(gate, 1)
    try:
        with unchecked():
            code = build.main(["publish", edition, "--content", sys.argv[1], "--templates", "templates"])
    finally:
        os._exit(code)

gate, opener = os.pipe()
children = [child for edition in ("2025", "2026", "2027") if (child := os.fork()) or run(gate, edition)]
os.write(opener, b"xxx")
print(json.dumps(sorted(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children)))
"""


def test_of_three_at_once_each_is_published_whole_or_told_to_run_again_or_what_comes_first(tmp_path: Path) -> None:
    content = a_desk(tmp_path)
    text = (content / "editions" / "2025.yaml").read_text("utf-8")
    partners = content / "partners" / "alle.yaml"
    more = '    - {year: 2026, measures: ["1.1a"]}\n'
    partners.write_text(partners.read_text("utf-8").replace(more, f"{more}{more.replace('2026', '2027')}"), "utf-8")
    for year in (2026, 2027):
        later = text.replace("2026", str(year + 1)).replace("2025", str(year))
        (content / "editions" / f"{year}.yaml").write_text(later, "utf-8")
    done = subprocess.run(
        [sys.executable, "-c", RACE, str(content)], cwd=ROOT, capture_output=True, text=True, check=False, timeout=240
    )
    assert done.returncode == 0, done.stderr
    codes = json.loads(done.stdout.splitlines()[-1])
    published = read_published(content)
    assert codes.count(0) == len(published.log) - 1 >= 1
    assert set(codes) <= {0, 2, 15}
    assert done.stderr.count("run this again") == codes.count(2)
    assert done.stderr.count("was sent before the day of this publication") >= codes.count(15)


def test_a_register_that_changed_since_it_was_read_is_not_overwritten(desk: tuple[Path, Published, Frozen]) -> None:
    content, seen, frozen = desk
    replace_register(content, seen, frozen.published.files)
    before = snapshot(content)
    with pytest.raises(RegisterChanged):
        replace_register(content, seen, frozen.published.files)
    assert snapshot(content) == before
