"""What was in a bundle waits: in memory, in files without a name, or in one spool; it comes out as it went in."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.stages.a_bundle import names
from tests.stages.containers import pack, read_all
from tweeluik.confidential.bundle import waiting
from tweeluik.confidential.bundle.unpacking import Unpacking
from tweeluik.confidential.bundle.waiting import Members, Whole

CONTENT = {f"{number:02}.bin": bytes([number]) * number * 100 for number in range(8)}
"""Eight members of 0 to 700 bytes, 2,800 in all."""


@pytest.fixture(params=["files without a name", "a file that takes no name", "no such files"])
def disk(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """What the system can do."""
    if request.param == "no such files":
        monkeypatch.setattr(waiting, "nameless", lambda _: None)
    if request.param == "a file that takes no name":
        monkeypatch.setattr(os, "link", refuse)
    return str(request.param)


def refuse(*_: object, **__: object) -> None:
    raise PermissionError


@contextmanager
def unpacked(into: Path) -> Iterator[Members]:
    with Members(into) as members:
        unpacking = Unpacking(members)
        unpacking.write(pack(CONTENT))
        unpacking.finish()
        yield members


def open_files(folder: Path) -> int:
    """Those that this process holds open in a folder and that have no name there."""
    found = 0
    for each in Path("/proc/self/fd").iterdir():
        try:
            found += "(deleted)" in str(each.readlink()) and str(folder) in str(each.readlink())
        except OSError:
            continue
    return found


@pytest.mark.parametrize("memory", [1, 700, 1500, 1 << 20])
@pytest.mark.parametrize("most", [0, 2, 100])
def test_every_member_comes_out_as_it_went_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, disk: str, *, memory: int, most: int
) -> None:
    monkeypatch.setattr(waiting, "MEMORY", memory)
    monkeypatch.setattr(waiting, "MOST_FILES", most)
    with unpacked(tmp_path / "uit") as members:
        assert names(tmp_path) == []
        assert {name: b"".join(members.blocks(name)) for name in CONTENT} == CONTENT
        for name in reversed(CONTENT):
            members.put(name, tmp_path / name)
    assert {each.name: each.read_bytes() for each in tmp_path.iterdir()} == CONTENT
    assert {each.stat().st_mode & 0o777 for each in tmp_path.iterdir()} == {0o600}


@pytest.mark.skipif(not hasattr(os, "O_TMPFILE"), reason="of Linux")
@pytest.mark.parametrize(
    ("memory", "most", "files"),
    [(1 << 20, 100, 0), (1, 100, 7), (1, 3, 4), (600, 100, 4)],
    ids=[
        "all in memory",
        "a file for each that is not empty",
        "the fourth and on in a spool",
        "four that are too much",
    ],
)
def test_what_does_not_fit_in_memory_has_a_file_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, memory: int, most: int, files: int
) -> None:
    monkeypatch.setattr(waiting, "MEMORY", memory)
    monkeypatch.setattr(waiting, "MOST_FILES", most)
    with unpacked(tmp_path / "uit"):
        assert open_files(tmp_path) == files
    assert open_files(tmp_path) == 0


def test_nothing_takes_the_place_of_another_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, disk: str) -> None:
    for memory in (1, 1 << 20):
        monkeypatch.setattr(waiting, "MEMORY", memory)
        (tmp_path / "03.bin").write_bytes(b"van een ander")
        with unpacked(tmp_path / "uit") as members, pytest.raises(FileExistsError):
            members.put("03.bin", tmp_path / "03.bin")
        assert (tmp_path / "03.bin").read_bytes() == b"van een ander"
        assert names(tmp_path) == ["03.bin"]


def test_a_file_without_a_name_is_on_the_disk_before_it_has_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, disk: str
) -> None:
    monkeypatch.setattr(waiting, "MEMORY", 1)
    synced = list[int]()
    with unpacked(tmp_path / "uit") as members:
        monkeypatch.setattr(os, "fsync", lambda handle: synced.append(os.fstat(handle).st_ino))
        members.put("07.bin", tmp_path / "07.bin")
    assert (tmp_path / "07.bin").stat().st_ino in synced


def test_a_spool_that_lost_something_is_noticed(tmp_path: Path) -> None:
    with unpacked(tmp_path / "uit") as members:
        members._spool.truncate(1000)
        with pytest.raises(OSError, match="less was read back"):
            members.put("07.bin", tmp_path / "07.bin")
    assert names(tmp_path) == []


@pytest.mark.parametrize("memory", [1, 1 << 20])
def test_the_whole_comes_out_as_it_went_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, memory: int) -> None:
    monkeypatch.setattr(waiting, "MEMORY", memory)
    with Whole(tmp_path / "uit") as whole:
        unpacking = Unpacking(whole)
        unpacking.write(pack(CONTENT))
        unpacking.finish()
        assert read_all(whole.again()) == pack(CONTENT)
    assert names(tmp_path) == []
