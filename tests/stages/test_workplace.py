"""The private folder of an edit goes with the work, whatever ends that."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.interrupts import interrupts
from tests.stages.a_bundle import names
from tweeluik.confidential.at_rest import workplace
from tweeluik.confidential.at_rest.workplace import MEMORY, PREFIX, NotCleared, private_folder
from tweeluik.disk import private
from tweeluik.disk.private import BUSY

ROOT = Path(__file__).parents[2]
WORK = """
import sys, time
from pathlib import Path
from tweeluik.confidential.at_rest.workplace import private_folder
with private_folder(Path(sys.argv[1])) as folder:
    (folder / "naam.yaml").write_text("- naam: X")
    print("ready", flush=True)
    time.sleep(60)
"""


class LikeWindows:
    """The module `os` without what Windows does not have."""

    def __getattr__(self, name: str) -> object:
        if name in {"getuid", "geteuid"}:
            raise AttributeError(name)
        return getattr(os, name)


def working(place: Path) -> subprocess.Popen[bytes]:
    """A program that is at work in a private folder below `place`."""
    program = subprocess.Popen(
        [sys.executable, "-c", WORK, place], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    assert program.stdout is not None
    assert program.stdout.readline() == b"ready\n"
    return program


def end(program: subprocess.Popen[bytes], number: signal.Signals) -> None:
    program.send_signal(number)
    program.communicate(timeout=20)


def test_it_is_for_its_owner_only_and_in_memory_where_there_is_that() -> None:
    with private_folder() as folder:
        assert folder.stat().st_mode & 0o777 == 0o700
        assert folder.parent.stat().st_mode & 0o777 == 0o700
        assert folder.parent.name.startswith(PREFIX)
        assert folder.parent.parent == MEMORY or not os.access(MEMORY, os.W_OK)
        assert names(folder) == []
    assert not folder.parent.exists()


def test_it_goes_with_all_in_it_after_a_failure(tmp_path: Path) -> None:
    def work() -> None:
        with private_folder(tmp_path) as folder:
            (folder / "dieper").mkdir()
            (folder / "dieper" / "naam.yaml").write_text("- naam: X")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        work()
    assert names(tmp_path) == []


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_it_goes_when_a_signal_ends_the_program(tmp_path: Path, number: signal.Signals) -> None:
    program = working(tmp_path)
    assert len(names(tmp_path)) == 1
    end(program, number)
    assert names(tmp_path) == []


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
@pytest.mark.parametrize("system", ["posix", "nt"])
def test_what_a_kill_leaves_the_next_one_clears(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, system: str) -> None:
    if system == "nt":
        monkeypatch.setattr(workplace, "os", LikeWindows())
    killed, alive = working(tmp_path), working(tmp_path)
    end(killed, signal.SIGKILL)
    assert len(names(tmp_path)) == 2
    with private_folder(tmp_path):
        assert len(names(tmp_path)) == 2
    assert len(names(tmp_path)) == 1
    assert alive.poll() is None
    end(alive, signal.SIGTERM)
    assert names(tmp_path) == []


def test_nothing_in_clear_is_left_when_it_is_let_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A kill after that leaves an empty folder at most."""
    found = list[list[str]]()
    real = os.ftruncate

    def let_go(handle: int, size: int) -> None:
        found.append(sorted(each.name for each in tmp_path.rglob("*")))
        real(handle, size)

    monkeypatch.setattr(os, "ftruncate", let_go)
    with private_folder(tmp_path) as folder:
        (folder / "naam.yaml").write_text("- naam: X")
    assert found == [[BUSY, folder.parent.name]]


def test_an_interrupt_before_any_line_leaves_nothing_in_clear(tmp_path: Path) -> None:
    def work() -> None:
        with private_folder(tmp_path) as folder:
            (folder / "naam.yaml").write_text("- naam: X")

    for number, each in enumerate(interrupts(workplace.private_folder, workplace._inner, private.held)):
        each.around(work)
        assert list(tmp_path.rglob("naam.yaml")) == [], number
    assert number > 15


def test_only_folders_of_its_own_are_cleared(tmp_path: Path) -> None:
    (tmp_path / "ander").mkdir()
    (tmp_path / f"{PREFIX}wijst").symlink_to(tmp_path / "ander")
    (tmp_path / f"{PREFIX}bestand").write_text("van een ander")
    with private_folder(tmp_path):
        pass
    assert names(tmp_path) == ["ander", f"{PREFIX}bestand", f"{PREFIX}wijst"]


def test_what_cannot_be_deleted_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_folder: Path) -> None:
        raise PermissionError

    monkeypatch.setattr(shutil, "rmtree", refuse)
    with pytest.raises(NotCleared) as caught, private_folder(tmp_path) as folder:
        pass
    assert str(caught.value.problems[0].place) == str(folder.parent)


def test_the_signals_are_what_they_were_afterwards(tmp_path: Path) -> None:
    before = signal.getsignal(signal.SIGTERM)
    with private_folder(tmp_path):
        assert signal.getsignal(signal.SIGTERM) != before
    assert signal.getsignal(signal.SIGTERM) == before
