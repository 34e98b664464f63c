"""Faults between the register and the audit trail: what was done is told once, by whoever did it or whoever comes next."""

from __future__ import annotations

import json
import os
import shutil
import stat
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

import build
from tests.everything import TEMPLATES
from tests.interrupts import interrupts
from tests.kills import killed_at
from tests.outside.test_bundle_faults import count, disk_with
from tests.outside.test_publish_faults import a_desk
from tweeluik.cli.approving import event_of, keep, read_up, replace_told
from tweeluik.disk.tree import remove_file
from tweeluik.pipeline.freezing import make_publication
from tweeluik.pipeline.frozen import Frozen
from tweeluik.record.register import NOTE, Published, clear_note, read_note, read_published, replace_register
from tweeluik.review.box import TRAIL, Box, read_box
from tweeluik.review.trail import Event, caught_up, note_of, read_trail, with_event

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs fork and limits")


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Published, Frozen]:
    """Content with a trail of one line, what was published, and what is to be."""
    content = a_desk(tmp_path_factory.mktemp("prepared"))
    seen = read_published(content)
    assert keep(content, event_of("published", seen.log[0], who="redactie")) == ()
    return content, seen, make_publication(content, TEMPLATES, edition="2025")


@pytest.fixture
def desk(prepared: tuple[Path, Published, Frozen], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of it. What is tested is what is left, not the disk: nothing waits for that."""
    monkeypatch.setattr(os, "fsync", lambda _descriptor: None)
    shutil.copytree(prepared[0], tmp_path / "content")
    return tmp_path / "content"


def publishing(content: Path, prepared: tuple[Path, Published, Frozen]) -> Callable[[], tuple[str, ...]]:
    _, seen, frozen = prepared
    event = event_of("published", frozen.entry, who="hoofd")
    return lambda: replace_told(content, seen, frozen.published.files, event)


def forgetting(content: Path, _prepared: tuple[Path, Published, Frozen]) -> Callable[[], object]:
    return lambda: build.main(["forget", "2025", "--content", str(content), "--by", "archief"])


def told(content: Path) -> list[tuple[str, int, str]]:
    return [(each.what, each.version, each.who) for each in read_trail(read_box(content))]


def quietly(work: Callable[[], object]) -> Callable[[], None]:
    def quiet() -> None:
        work()

    return quiet


BEFORE = [("published", 1, "redactie")]


@pytest.mark.parametrize(
    ("doing", "line"),
    [(publishing, ("published", 2, "hoofd")), (forgetting, ("forgot", 1, "archief"))],
    ids=["publish", "forget"],
)
def test_killed_at_any_moment_the_next_command_tells_what_was_done_and_nothing_else(
    desk: Path, prepared: tuple[Path, Published, Frozen], tmp_path: Path,
    doing: Callable[[Path, tuple[Path, Published, Frozen]], Callable[[], object]], line: tuple[str, int, str],
) -> None:  # fmt: skip
    before, number, was_killed, done = read_published(desk).files, 0, True, list[bool]()
    while was_killed:
        number += 1
        content = tmp_path / str(number)
        shutil.copytree(desk, content)
        was_killed = killed_at(doing(content, prepared), number)
        is_done = read_published(content).files != before
        done.append(is_done)
        assert [(each.what, each.version, each.who) for each in read_trail(read_up(content))] == [
            *BEFORE,
            *[line] * is_done,
        ]
        assert keep(content) == ()
        assert told(content) == [*BEFORE, *[line] * is_done]
        assert read_note(content) == b""
        assert keep(content) == ()
        assert told(content) == [*BEFORE, *[line] * is_done]
    assert done == sorted(done)
    assert done.count(False) > 10
    assert done.count(True) > 10
    count(number - 1, f"killed before any change of the disk, in what is to be told: {line[0]}")


def test_interrupted_before_any_line_it_is_told_as_well(
    desk: Path, prepared: tuple[Path, Published, Frozen], tmp_path: Path
) -> None:
    before, number = read_published(desk).files, 0
    for number, interrupt in enumerate(interrupts(replace_told, keep, clear_note, remove_file)):
        content = tmp_path / str(number)
        shutil.copytree(desk, content)
        interrupt.around(quietly(publishing(content, prepared)))
        is_done = read_published(content).files != before
        assert keep(content) == ()
        assert told(content) == [*BEFORE, *[("published", 2, "hoofd")] * is_done]
    assert number > 10


def test_a_disk_that_is_full_behind_the_register_is_told_and_what_was_done_with_the_next_command(
    desk: Path, prepared: tuple[Path, Published, Frozen]
) -> None:
    _, seen, frozen = prepared
    event = event_of("published", frozen.entry, who="hoofd")
    room = sum(map(len, frozen.published.files.values())) + len(note_of(read_box(desk), event))
    with disk_with(room):
        (warning,) = replace_told(desk, seen, frozen.published.files, event)
    assert "done, but not kept in the trail" in warning
    assert "no space left" in warning
    assert told(desk) == BEFORE
    assert stat.S_IMODE((desk / "published" / NOTE).stat().st_mode) == 0o600
    assert keep(desk) == ()
    assert told(desk) == [*BEFORE, ("published", 2, "hoofd")]


def test_what_a_broken_trail_could_not_be_told_it_is_told_when_it_is_whole_again(
    desk: Path, prepared: tuple[Path, Published, Frozen]
) -> None:
    file = desk / "approvals" / TRAIL
    whole = file.read_bytes()
    file.write_bytes(b"{}\n")
    (warning,) = publishing(desk, prepared)()
    assert "approvals/trail.jsonl:1:1" in warning
    file.write_bytes(whole)
    assert keep(desk) == ()
    assert told(desk) == [*BEFORE, ("published", 2, "hoofd")]


def test_the_commands_that_write_the_trail_tell_what_it_lacks(
    desk: Path, prepared: tuple[Path, Published, Frozen], capsys: pytest.CaptureFixture[str]
) -> None:
    _, seen, frozen = prepared
    replace_register(
        desk, seen, frozen.published.files, note_of(read_box(desk), event_of("published", frozen.entry, who="hoofd"))
    )
    where = ("--content", str(desk), "--templates", str(TEMPLATES), "--site", str(desk.parent / "site"))
    before = (desk / "approvals" / TRAIL).read_bytes()
    assert build.main([*where, "review", "2025", "--trail", "--json"]) == 0
    seen_by_readers = json.loads(capsys.readouterr().out)
    assert (len(seen_by_readers["events"]), seen_by_readers["unsaid"]) == (2, 0)
    assert (desk / "approvals" / TRAIL).read_bytes() == before, "who looks writes nothing"
    assert build.main([*where, "publish", "2025"]) == 0
    assert told(desk) == [*BEFORE, ("published", 2, "hoofd")]
    assert build.main([*where, "forget", "2025", "--by", "archief"]) == 0
    assert told(desk)[2:] == [("forgot", 2, "archief")]


# --- the note ---------------------------------------------------------------------------------------------------------


def event(who: str, version: int = 1) -> Event:
    return Event("published", "2025", version, date(2026, 7, 3), who, "a" * 64)


def test_lines_of_several_are_told_in_their_order_and_once_whoever_comes_between() -> None:
    start = with_event(Box(), event("een"))
    note = note_of(start, event("twee", 2))
    between = with_event(start, event("ander", 9))
    note += note_of(between, event("drie", 3))
    for seen in (between, caught_up(between, note), with_event(between, event("twee", 2))):
        found = read_trail(caught_up(seen, note))
        assert [each.who for each in found] == ["een", "ander", "twee", "drie"]


def test_what_was_done_before_and_is_done_again_is_told_again() -> None:
    """A memory that was put back may be forgotten on the same day by the same person."""
    start = with_event(Box(), event("een"))
    note = note_of(start, event("een"))
    assert len(read_trail(caught_up(start, note))) == 2


def test_a_note_that_grew_meanwhile_stays_for_who_wrote_it(desk: Path) -> None:
    seen = read_published(desk)
    first, second = note_of(Box(), event("een")), note_of(Box(), event("twee"))
    replace_register(desk, seen, seen.files, first)
    replace_register(desk, seen, seen.files, second)
    clear_note(desk, first)
    assert read_note(desk) == first + second
    clear_note(desk, first + second)
    assert read_note(desk) == b""
    clear_note(desk, first + second)  # another run may have been first
