"""Where tests write while there are workers: in memory, where there is room, and nothing of it stays."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import ClassVar, cast

import pytest

from tests import conftest, in_memory

NOBODY = 2**22 + 1
"""No program has a number above what Linux gives out."""


def test_it_is_a_folder_that_is_not_there_yet_in_one_of_our_own_and_both_go(tmp_path: Path) -> None:
    given = in_memory.a_folder(tmp_path)
    assert given is not None
    folder = Path(given)
    assert (folder.exists(), folder.parent.stat().st_mode & 0o777, folder.parent.parent) == (False, 0o700, tmp_path)
    (folder / "van een test").mkdir(parents=True)
    in_memory.clear(given)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("left", [f"tweeluik-tests-{os.getppid()}-a", "van iemand anders", "tweeluik-tests-x"])
def test_what_is_of_others_stays(left: str, tmp_path: Path) -> None:
    (tmp_path / left / "all").mkdir(parents=True)
    in_memory.a_folder(tmp_path)
    in_memory.clear(str(tmp_path / left / "all"))
    assert (tmp_path / left / "all").is_dir()


def test_what_a_killed_run_left_goes(tmp_path: Path) -> None:
    left = tmp_path / f"tweeluik-tests-{NOBODY}-a"
    left.mkdir()
    in_memory.a_folder(tmp_path)
    assert not left.exists()


def test_without_room_or_without_such_memory_there_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert in_memory.a_folder(tmp_path / "is er niet") is None
    assert in_memory.a_folder(tmp_path) is not None
    monkeypatch.setattr(in_memory, "ROOM", 1 << 62)
    assert in_memory.a_folder(tmp_path) is None


@dataclass
class Config:
    """What pytest tells of a run, as far as it is asked."""

    numprocesses: int | None
    option: SimpleNamespace

    def getoption(self, name: str, _default: object) -> object:
        return getattr(self, name)


class Worker(Config):
    """As a worker has it, which is told so."""

    workerinput: ClassVar = {"workerid": "gw0"}


def named(folder: str | None) -> SimpleNamespace:
    return SimpleNamespace(basetemp=folder)


@pytest.mark.parametrize(
    ("config", "is_given"),
    [
        (Config(2, named(None)), True), (Config(0, named(None)), False), (Config(None, named(None)), False),
        (Config(2, named("eigen")), False), (Worker(2, named(None)), False),
    ],
)  # fmt: skip
def test_who_starts_workers_has_it_and_takes_it_away(
    config: Config, is_given: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(in_memory, "MEMORY", tmp_path)
    before = config.option.basetemp
    conftest.pytest_configure(cast("pytest.Config", config))
    assert (config.option.basetemp != before, len(list(tmp_path.iterdir()))) == (is_given, int(is_given))
    conftest.pytest_unconfigure(cast("pytest.Config", config))
    assert list(tmp_path.iterdir()) == []
