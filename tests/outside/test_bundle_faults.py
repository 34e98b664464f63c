"""Faults, put in on purpose: never a half file, never a lost earlier one, never plaintext left behind."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.stages.a_bundle import DAY, Desk, a_desk, names
from tweeluik.confidential.opening import open_bundle
from tweeluik.confidential.private import UNFINISHED, new_folder, write_exclusively, write_new_file
from tweeluik.problems import BuildFailed, OpeningFailed, SealingFailed, WrongUsage

COPY = "exemplaar-01-van-01.age"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A desk with an earlier bundle, `bundel`, and one opened, `open`. No test may change those."""
    desk = a_desk(tmp_path_factory.mktemp("desk"), "archief", "cip")
    desk.seal()
    open_bundle(desk.root / "bundel" / COPY, identities=[desk.key("cip")], into=desk.root / "open", today=DAY)
    return desk


@contextmanager
def room_for(size: int) -> Iterator[None]:
    """No file may grow beyond `size` bytes: the system answers as a full disk does."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def snapshot(folder: Path) -> dict[str, bytes]:
    return {
        each.relative_to(folder).as_posix(): each.read_bytes() if each.is_file() else b"" for each in folder.rglob("*")
    }


def test_a_disk_that_is_full_at_any_byte_leaves_no_file(tmp_path: Path) -> None:
    data = bytes(range(256)) * 3
    for room in range(len(data)):
        with room_for(room):
            with pytest.raises(OSError):
                write_exclusively(tmp_path / "a", data)
            with pytest.raises(OSError):
                write_new_file(tmp_path / "b", data)
            with pytest.raises(OSError), new_folder(tmp_path / "c") as scratch:
                write_exclusively(scratch / "d", data)
        assert names(tmp_path) == []
    with room_for(len(data)):
        write_exclusively(tmp_path / "a", data)
    assert (tmp_path / "a").read_bytes() == data


def test_a_full_disk_while_sealing(desk: Desk) -> None:
    before = snapshot(desk.root)
    size = (desk.root / "bundel" / COPY).stat().st_size  # give or take the random stanza of the head
    for room in (0, 1, 200, 4096, size // 2, size - 8192, size - 2048):
        with room_for(room), pytest.raises(SealingFailed) as caught:
            desk.seal("nieuw")
        assert "file too large" in caught.value.problems[0].what
        assert snapshot(desk.root) == before


def test_a_full_disk_while_opening(desk: Desk) -> None:
    before = snapshot(desk.root)
    largest = max(each.stat().st_size for each in (desk.root / "open").rglob("*") if each.is_file())
    for room in (*range(0, largest, largest // 40), largest - 1):
        with room_for(room), pytest.raises(OpeningFailed):
            open_bundle(desk.root / "bundel" / COPY, identities=[desk.key("cip")], into=desk.root / "uit", today=DAY)
        assert snapshot(desk.root) == before


def test_a_folder_that_cannot_be_made(desk: Desk) -> None:
    before = snapshot(desk.root)
    with pytest.raises(SealingFailed):
        desk.seal("/proc/tweeluik/bundel")
    with pytest.raises(WrongUsage):
        desk.seal("keys/cip/bundel")
    with pytest.raises(OpeningFailed):
        open_bundle(
            desk.root / "bundel" / COPY, identities=[desk.key("cip")], into=Path("/proc/tweeluik/uit"), today=DAY
        )
    assert snapshot(desk.root) == before


def test_a_target_in_use_a_link_or_a_file(desk: Desk) -> None:
    (desk.root / "wijst").symlink_to(desk.root / "bundel")
    before = snapshot(desk.root)
    for into in ("bundel", "wijst", "keys/cip"):
        with pytest.raises(WrongUsage):
            desk.seal(into)
        with pytest.raises(WrongUsage):
            open_bundle(desk.root / "bundel" / COPY, identities=[desk.key("cip")], into=desk.root / into, today=DAY)
    assert snapshot(desk.root) == before
    (desk.root / "wijst").unlink()


def test_damage_anywhere_in_the_sealed_file(desk: Desk, tmp_path: Path) -> None:
    """One bit flipped, and cut off, at every 1,499th byte of a real bundle; every byte of a small one is done elsewhere."""
    good = (desk.root / "bundel" / COPY).read_bytes()
    for position in range(0, len(good), 1499):
        for bad in (good[:position] + bytes([good[position] ^ 4]) + good[position + 1 :], good[:position]):
            (tmp_path / "x.age").write_bytes(bad)
            with pytest.raises(OpeningFailed):
                open_bundle(tmp_path / "x.age", identities=[desk.key("cip")], into=tmp_path / "uit", today=DAY)
    assert names(tmp_path) == ["x.age"]


KILLED = """
import json, os, signal, sys
from pathlib import Path
from tests.stages.a_bundle import DAY, TEMPLATES, PARTNERS, a_desk
from tweeluik.confidential.opening import open_bundle
from tweeluik.confidential.private import UNFINISHED

root = Path(sys.argv[1])
desk = a_desk(root, "archief", "cip")

def seal():
    desk.seal("nieuw")

def open_():
    open_bundle(root / "bundel" / "exemplaar-01-van-01.age", identities=[desk.key("cip")], into=root / "nieuw", today=DAY)

def snapshot(folder):
    return {str(each.relative_to(folder)): each.read_bytes() for each in folder.rglob("*") if each.is_file()}

def clear(folder):
    for each in sorted(folder.rglob("*"), reverse=True):
        each.rmdir() if each.is_dir() else each.unlink()
    folder.rmdir()

def killed_at(work, number):
    '''Run `work` in a child that kills itself right before its `number`th call that changes the disk.'''
    child = os.fork()
    if child:
        return os.WIFSIGNALED(os.waitpid(child, 0)[1])
    calls = 0
    def counted(real):
        def call(*arguments, **options):
            nonlocal calls
            calls += 1
            if calls == number:
                os.kill(os.getpid(), signal.SIGKILL)
            return real(*arguments, **options)
        return call
    for name in ("open", "write", "fsync", "mkdir", "rename", "link", "unlink"):
        setattr(os, name, counted(getattr(os, name)))
    try:
        work()
    finally:
        os._exit(0)

# Also the first bundle is made by a child: threads that typst starts here would be missing in a later fork.
killed_at(lambda: desk.seal("bundel"), 0)
found = {"stages": {}, "wrong": []}
for work in (seal, open_):
    earlier, whole, number = snapshot(root), None, 0
    while True:
        number += 1
        was_killed = killed_at(work, number)
        after = snapshot(root)
        if any(after.get(name) != data for name, data in earlier.items()):
            found["wrong"].append((work.__name__, number, "something earlier was changed"))
        new, scratch = root / "nieuw", root / f"nieuw{UNFINISHED}"
        if new.exists():
            complete = {each.name for each in new.rglob("*") if each.is_file()}
            whole = whole or complete
            if complete != whole:
                found["wrong"].append((work.__name__, number, "a half result"))
            clear(new)
        if scratch.exists():
            if scratch.stat().st_mode & 0o77:
                found["wrong"].append((work.__name__, number, "the scratch folder is not private"))
            if work is seal and any(PARTNERS[0].name.encode() in data for data in snapshot(scratch).values()):
                found["wrong"].append((work.__name__, number, "plaintext was left"))
            clear(scratch)
        if not was_killed:
            break
    found["stages"][work.__name__] = number - 1
print(json.dumps(found))
"""


def test_killed_at_any_stage_it_leaves_all_or_nothing(tmp_path: Path) -> None:
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", KILLED, str(tmp_path)],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["wrong"] == []
    assert found["stages"]["seal"] > 15
    assert found["stages"]["open_"] > 30


def test_two_runs_at_once_one_wins_and_the_other_says_so(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "archief", "cip")
    (tmp_path / f"bundel{UNFINISHED}").mkdir()
    with pytest.raises(BuildFailed) as caught:
        desk.seal()
    assert "another run is at work" in caught.value.problems[0].what
    assert (tmp_path / f"bundel{UNFINISHED}").is_dir()
    (tmp_path / f"bundel{UNFINISHED}").rmdir()
    desk.seal()
    assert names(tmp_path) == ["bundel", "content", "keys"]
