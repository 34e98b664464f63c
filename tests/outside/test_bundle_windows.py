"""Sealing, opening and sealing again by the rules of Windows, played on another system.

There a file that is open can be neither moved nor deleted, nor a folder with one in it; a move never takes the place of
something; there are no hard links, no folders that can be opened, no `O_NOFOLLOW`. What is played here is these rules
alone: they are asked of the real disk, by what this process holds open (`/proc/self/fd`).
"""

from __future__ import annotations

import errno
import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.stages.a_bundle import DAY, TEMPLATES, Desk, a_desk, names
from tweeluik.confidential.age.identities import write_identity
from tweeluik.confidential.age.recipients import read_archive_recipients
from tweeluik.confidential.bundle import waiting
from tweeluik.confidential.bundle.opening import open_bundle
from tweeluik.confidential.bundle.renewing import reseal_archive
from tweeluik.disk import durable, private
from tweeluik.disk.private import AT_WORK, BUSY, UNFINISHED, replace_file, write_new_file
from tweeluik.problems import OpeningFailed, SealingFailed, WrongUsage

pytestmark = pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="needs to see what it holds open")

COPY = "exemplaar-01-van-01.age"


class LikeWindows:
    """The module `os` as two of ours see it."""

    name = "nt"

    def __getattr__(self, name: str) -> object:
        if name in {"O_NOFOLLOW", "O_TMPFILE", "link", "geteuid", "getuid"}:
            raise AttributeError(name)
        return getattr(os, name)


def held() -> set[str]:
    """The files that this process holds open."""
    found = set()
    for each in Path("/proc/self/fd").iterdir():
        try:
            found.add(str(each.readlink()))
        except OSError:
            continue
    return found


def refuse_if_held(path: str | Path) -> None:
    target = str(Path(path).absolute())
    if any(each == target or each.startswith(f"{target}{os.sep}") for each in held() if Path(each).is_file()):
        raise PermissionError(errno.EACCES, "another process uses this file", target)


@pytest.fixture
def windows(monkeypatch: pytest.MonkeyPatch) -> None:
    real = {name: getattr(os, name) for name in ("rename", "replace", "unlink", "open")}

    def rename(source: str | Path, target: str | Path) -> None:
        refuse_if_held(source)
        if os.path.lexists(target):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target))
        real["rename"](source, target)

    def replace(source: str | Path, target: str | Path) -> None:
        refuse_if_held(source)
        refuse_if_held(target)
        real["replace"](source, target)

    def unlink(path: str | Path, *, dir_fd: int | None = None) -> None:
        refuse_if_held(path if dir_fd is None else Path(f"/proc/self/fd/{dir_fd}").readlink() / path)
        real["unlink"](path, dir_fd=dir_fd)

    for name, played in (("rename", rename), ("replace", replace), ("unlink", unlink)):
        monkeypatch.setattr(os, name, played)
    for module in (durable, private):
        monkeypatch.setattr(module, "os", LikeWindows())


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    desk = a_desk(tmp_path_factory.mktemp("desk"), "archief", "cip")
    key = desk.key("ondertekenen")
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key], check=True)
    desk.seal(signer=key)
    (desk.root / "tweede.txt").write_text(f"# holder: Archief\n{write_identity(desk.key('tweede'))}\n")
    return desk


def clear(desk: Desk) -> list[str]:
    return [each for each in names(desk.root) if each not in {"bundel", "content", "keys", "tweede.txt"}]


def open_it(desk: Desk, into: str = "uit", file: str = COPY, who: str = "cip") -> None:
    open_bundle(desk.root / "bundel" / file, identities=[desk.key(who)], into=desk.root / into, today=DAY)


def reseal(desk: Desk) -> None:
    reseal_archive(
        desk.root / "bundel" / "archief.age", identities=[desk.key("archief")],
        recipients=read_archive_recipients(desk.root / "tweede.txt", today=DAY), into=desk.root / "nieuw",
        signer=desk.key("ondertekenen"), allowed_signers=None, content=desk.content, templates=TEMPLATES.parent, today=DAY,
    )  # fmt: skip


WORK: dict[str, Callable[[Desk], object]] = {
    "sealing": lambda desk: desk.seal("nieuw", signer=desk.key("ondertekenen")),
    "opening": open_it,
    "opening the archive's": lambda desk: open_it(desk, file="archief.age", who="archief"),
    "sealing again": reseal,
}


@pytest.fixture
def desk(once: Desk) -> Iterator[Desk]:
    yield once
    for name in clear(once):
        subprocess.run(["rm", "-r", once.root / name], check=True)


@pytest.mark.parametrize("work", WORK)
@pytest.mark.parametrize("memory", [1, 1 << 26])
def test_it_is_done(windows: None, desk: Desk, monkeypatch: pytest.MonkeyPatch, *, work: str, memory: int) -> None:
    monkeypatch.setattr(waiting, "MEMORY", memory)
    WORK[work](desk)
    (made,) = clear(desk)
    assert made in {"nieuw", "uit"}
    assert BUSY not in names(desk.root / made)


@pytest.mark.parametrize("work", WORK)
@pytest.mark.parametrize("failure", [KeyboardInterrupt, OSError(errno.ENOSPC, "no space left on device")])
@pytest.mark.parametrize("number", [1, 2, 3, 4, 5])
def test_what_fails_anywhere_leaves_nothing(
    windows: None, desk: Desk, monkeypatch: pytest.MonkeyPatch, *, work: str, failure: BaseException, number: int
) -> None:
    """At one of the first blocks that are written to a file."""
    real, calls = durable.NewFile.write, 0

    def write(file: durable.NewFile, data: bytes) -> int:
        nonlocal calls
        calls += 1
        if calls == number:
            raise failure
        return real(file, data)

    monkeypatch.setattr(durable.NewFile, "write", write)
    expected = (SealingFailed, OpeningFailed) if isinstance(failure, OSError) else KeyboardInterrupt
    with pytest.raises(expected):
        WORK[work](desk)
    assert clear(desk) == []


@pytest.mark.parametrize("work", WORK)
def test_what_a_kill_left_behind_the_next_run_deletes(windows: None, desk: Desk, work: str) -> None:
    scratch = desk.root / f"{'uit' if work.startswith('opening') else 'nieuw'}{UNFINISHED}"
    scratch.mkdir()
    (scratch / BUSY).write_bytes(AT_WORK)
    (scratch / "lijst.csv").write_text("naam")
    with pytest.raises((SealingFailed, OpeningFailed)) as told:
        WORK[work](desk)
    assert told.value.problems[0].what.startswith("an earlier run was cut off here")
    assert clear(desk) == []
    WORK[work](desk)


def test_a_new_file_never_takes_the_place_of_another(windows: None, tmp_path: Path) -> None:
    write_new_file(tmp_path / "a", b"een")
    with pytest.raises(FileExistsError):
        write_new_file(tmp_path / "a", b"twee")
    assert (tmp_path / "a").read_bytes() == b"een"
    replace_file(tmp_path / "a", b"drie")
    assert (tmp_path / "a").read_bytes() == b"drie"
    with pytest.raises(WrongUsage):
        write_identity(tmp_path / "a")
    assert names(tmp_path) == ["a"]


def test_the_rules_are_played(windows: None, tmp_path: Path) -> None:
    """Otherwise the others would show nothing."""
    (tmp_path / "map").mkdir()
    file = tmp_path / "map" / "a"
    file.touch()
    with file.open("rb"):
        for act in (file.unlink, lambda: file.rename(tmp_path / "b"), lambda: file.parent.rename(tmp_path / "c")):
            with pytest.raises(PermissionError):
                act()
    (tmp_path / "b").touch()
    with pytest.raises(FileExistsError):
        file.rename(tmp_path / "b")
