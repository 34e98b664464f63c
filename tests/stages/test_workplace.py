"""The private folder of an edit goes with the work, whatever ends that."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.stages.a_bundle import names
from tweeluik.confidential.at_rest.workplace import MEMORY, PREFIX, NotCleared, private_folder

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
        assert folder.name.startswith(PREFIX)
        assert folder.parent == MEMORY or not os.access(MEMORY, os.W_OK)
    assert not folder.exists()


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
def test_what_a_kill_leaves_the_next_one_clears(tmp_path: Path) -> None:
    killed, alive = working(tmp_path), working(tmp_path)
    end(killed, signal.SIGKILL)
    assert len(names(tmp_path)) == 2
    with private_folder(tmp_path):
        assert len(names(tmp_path)) == 2
    assert len(names(tmp_path)) == 1
    assert alive.poll() is None
    end(alive, signal.SIGTERM)
    assert names(tmp_path) == []


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
    assert str(caught.value.problems[0].place) == str(folder)


def test_the_signals_are_what_they_were_afterwards(tmp_path: Path) -> None:
    before = signal.getsignal(signal.SIGTERM)
    with private_folder(tmp_path):
        assert signal.getsignal(signal.SIGTERM) != before
    assert signal.getsignal(signal.SIGTERM) == before
