"""Files of a person are written together or not at all, and never over what somebody else wrote meanwhile."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.interrupts import interrupts
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


def test_an_interrupt_before_any_line_leaves_all_of_them_as_they_were_or_all_of_them_new(tmp_path: Path) -> None:
    seen = list[int]()
    for number, interrupt in enumerate(interrupts(loose._replace, loose._write_scratch)):
        folder = tmp_path / str(number)
        folder.mkdir()
        (folder / "een.yaml").write_bytes(b"een")
        (folder / "twee.yaml").write_bytes(b"twee")
        interrupt.around(lambda folder=folder: replace_together(folder, changes(folder)))  # type: ignore[misc]
        left = {name: data for name, data in texts(folder).items() if name.endswith((".yaml", ".new"))}
        assert left in (
            {"een.yaml": b"een", "twee.yaml": b"twee"},
            {"een.yaml": b"1", "nieuw/drie.yaml": b"3", "twee.yaml": b"2"},
        ), number
        seen.append(len(left))
    assert set(seen) == {2, 3}
    assert len(seen) > len(changes(tmp_path)) * 5
