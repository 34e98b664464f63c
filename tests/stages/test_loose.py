"""Files of a person are written together or not at all, and never over what somebody else wrote meanwhile."""

from __future__ import annotations

import sys
from itertools import count
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from tweeluik.disk import loose
from tweeluik.disk.durable import CannotWrite
from tweeluik.disk.loose import Change, replace_together
from tweeluik.problems import WrongUsage


def texts(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != ".new.lock"
    }


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two files."""
    (tmp_path / "een.yaml").write_bytes(b"een")
    (tmp_path / "twee.yaml").write_bytes(b"twee")
    return tmp_path


def changes(folder: Path) -> list[Change]:
    """Both files other, and a third one that is new."""
    return [
        Change(folder / "een.yaml", b"een", b"1"),
        Change(folder / "twee.yaml", b"twee", b"2"),
        Change(folder / "nieuw" / "drie.yaml", None, b"3"),
    ]


def test_all_of_them_get_their_new_content_and_nothing_else_is_left(folder: Path) -> None:
    replace_together(folder, changes(folder))
    left = texts(folder)
    assert {name: left[name] for name in left if name.endswith(".yaml")} == {
        "een.yaml": b"1", "nieuw/drie.yaml": b"3", "twee.yaml": b"2",
    }  # fmt: skip
    assert not [name for name in left if name.endswith(".yaml.new")]


@pytest.mark.parametrize("meanwhile", ["changed", "gone", "there"])
def test_what_somebody_else_did_meanwhile_stops_all_of_it(folder: Path, meanwhile: str) -> None:
    wanted = changes(folder)
    if meanwhile == "changed":
        (folder / "twee.yaml").write_bytes(b"van een ander")
    elif meanwhile == "gone":
        (folder / "twee.yaml").unlink()
    else:
        (folder / "nieuw").mkdir()
        (folder / "nieuw" / "drie.yaml").write_bytes(b"van een ander")
    before = {name: data for name, data in texts(folder).items() if name.endswith(".yaml")}
    with pytest.raises(WrongUsage) as refused:
        replace_together(folder, wanted)
    assert "somebody else changed this file meanwhile" in refused.value.problems[0].what
    assert {name: data for name, data in texts(folder).items() if name.endswith(".yaml")} == before


def test_when_one_cannot_be_written_those_before_it_are_as_they_were(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, replace, done = texts(folder), Path.replace, list[Path]()

    def full(self: Path, target: Path) -> Path:
        done.append(target)
        if len(done) == len(changes(folder)):
            raise OSError(28, "No space left on device")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(CannotWrite):
        replace_together(folder, changes(folder))
    assert {name: data for name, data in texts(folder).items() if name.endswith((".yaml", ".new"))} == before


def interrupted_at(number: int, folder: Path) -> bool:
    """Replace, with an interrupt before this line of those of the module, counted from 0, that is carried out; whether there was one."""
    lines = count()

    def trace(frame: FrameType, event: str, _argument: object) -> Any:
        if frame.f_code.co_filename != loose.__file__:
            return None
        if event == "line" and next(lines) == number:
            raise KeyboardInterrupt
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        replace_together(folder, changes(folder))
    except KeyboardInterrupt:
        return True
    finally:
        sys.settrace(before)
    return False


def test_an_interrupt_before_any_line_leaves_all_of_them_as_they_were_or_all_of_them_new(tmp_path: Path) -> None:
    seen = set[int]()
    for number in count():
        folder = tmp_path / str(number)
        folder.mkdir()
        (folder / "een.yaml").write_bytes(b"een")
        (folder / "twee.yaml").write_bytes(b"twee")
        was_stopped = interrupted_at(number, folder)
        left = {name: data for name, data in texts(folder).items() if name.endswith((".yaml", ".new"))}
        assert left in (
            {"een.yaml": b"een", "twee.yaml": b"twee"},
            {"een.yaml": b"1", "nieuw/drie.yaml": b"3", "twee.yaml": b"2"},
        ), number
        seen.add(len(left))
        if not was_stopped:
            break
    assert seen == {2, 3}
    assert number > len(changes(tmp_path)) * 5
