"""What was published is frozen: the log knows every version, and whatever was changed in the register is named."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.stages.a_publication import a_release, suppressed_2025
from tweeluik.pipeline.publishing import add, strike_names
from tweeluik.problems import RegisterNotWhole
from tweeluik.record.canonical import serialise
from tweeluik.record.log import digest_of, head, parse_log, parse_public, serialise_log, serialise_public
from tweeluik.record.model import Release
from tweeluik.record.register import Published, RegisterChanged, read_published, replace_register

FIRST, SECOND = date(2026, 7, 1), date(2027, 7, 1)


def published(*releases: Release) -> Published:
    """These versions, in this order, a year apart."""
    found = Published()
    for number, release in enumerate(releases):
        found = add(found, release, date(2026 + number, 7, 1))
    return found


def three() -> Published:
    first = replace(suppressed_2025(), version=1, corrections=())
    return published(first, a_release("2026"), replace(suppressed_2025(), version=2))


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A content folder with a register of three publications."""
    replace_register(tmp_path, Published(), three().files)
    return tmp_path


def refusal(content: Path) -> list[str]:
    with pytest.raises(RegisterNotWhole) as refused:
        read_published(content)
    assert refused.value.exit_code == 15
    return [f"{each.place}: {each.what}" for each in refused.value.problems]


# --- whole ------------------------------------------------------------------------------------------------------------


def test_what_was_written_is_read_again(content: Path) -> None:
    found = read_published(content)
    assert found == three()
    assert [(entry.number, entry.edition, entry.version) for entry in found.log] == [
        (1, "2025", 1),
        (2, "2026", 1),
        (3, "2025", 2),
    ]
    assert [each.version for each in found.current] == [2, 1]


def test_no_register_is_an_empty_one(tmp_path: Path) -> None:
    assert read_published(tmp_path) == Published()


def test_every_line_names_the_one_before_it() -> None:
    log = three().log
    assert [entry.before for entry in log[1:]] == [digest_of(entry) for entry in log[:-1]]
    assert head(log) == digest_of(log[-1])


def test_the_log_on_the_site_is_the_same_log() -> None:
    log = three().log
    assert parse_public(serialise_public(log)) == log
    assert json.loads(serialise_public(log))["head"] == head(log)
    assert parse_public(serialise_public(log).replace(b'"version": 2', b'"version": 3')) is None
    assert parse_public(serialise_public(log).replace(head(log).encode(), b"0" * 64)) is None
    assert parse_public(b"[]") is None


def test_a_register_whose_folder_a_killed_run_left_aside_is_not_taken_for_none(content: Path) -> None:
    (content / "published").rename(content / ".published.old")
    assert refusal(content) == ["published: the register is not in its place: a publication was cut off"]


def test_records_without_a_log_are_those_of_before_the_log() -> None:
    register = three().register
    assert Published(register, ()).is_older_than_the_log
    assert not three().is_older_than_the_log
    assert not Published().is_older_than_the_log


def test_what_is_remembered_is_for_its_owner_only(content: Path) -> None:
    seen = read_published(content)
    replace_register(content, seen, {**seen.files, "2025/memory-2.json": b"{}"})
    folder = content / "published" / "2025"
    assert {each.name: each.stat().st_mode & 0o777 for each in folder.iterdir()} == {
        "memory-2.json": 0o600, "release-1.json": 0o644, "release-2.json": 0o644,
    }  # fmt: skip
    assert read_published(content).memory_of("2025", 2) == ("published/2025/memory-2.json", b"{}")


def test_a_memory_of_what_was_not_published_is_refused(content: Path) -> None:
    (content / "published" / "2025" / "memory-3.json").write_bytes(b"{}")
    assert refusal(content) == ["published/2025/memory-3.json: the memory of a version that was not published"]


def test_two_publications_may_be_on_one_day() -> None:
    one, other = published(a_release("2026")), replace(suppressed_2025(), version=1, corrections=())
    assert parse_log(serialise_log(add(one, other, date(2026, 7, 1)).log))


def test_what_file_managers_and_git_leave_there_stays_and_is_no_problem(content: Path) -> None:
    (content / "published" / ".gitkeep").write_bytes(b"")
    (content / "published" / "2025" / ".DS_Store").write_bytes(b"x")
    seen = read_published(content)
    replace_register(content, seen, add(seen, a_release("2027"), date(2029, 1, 1)).files)
    assert (content / "published" / ".gitkeep").exists()
    assert (content / "published" / "2025" / ".DS_Store").read_bytes() == b"x"


def test_what_another_wrote_meanwhile_is_not_overwritten(content: Path) -> None:
    seen = read_published(content)
    replace_register(content, seen, add(seen, a_release("2027"), date(2029, 1, 1)).files)
    before = read_published(content).files
    with pytest.raises(RegisterChanged):
        replace_register(content, seen, add(seen, a_release("2028"), date(2029, 1, 1)).files)
    assert read_published(content).files == before


# --- broken in many ways ----------------------------------------------------------------------------------------------


def lines_of(content: Path) -> list[bytes]:
    return (content / "published" / "log.jsonl").read_bytes().splitlines(keepends=True)


def rewrite(content: Path, *lines: bytes) -> None:
    (content / "published" / "log.jsonl").write_bytes(b"".join(lines))


def without_line(number: int) -> Callable[[Path], None]:
    def damage(content: Path) -> None:
        lines = lines_of(content)
        rewrite(content, *lines[: number - 1], *lines[number:])

    return damage


def with_line(number: int, old: bytes, new: bytes) -> Callable[[Path], None]:
    def damage(content: Path) -> None:
        lines = lines_of(content)
        assert old in lines[number - 1]
        lines[number - 1] = lines[number - 1].replace(old, new)
        rewrite(content, *lines)

    return damage


def in_other_order(content: Path) -> None:
    first, second, third = lines_of(content)
    rewrite(content, first, third, second)


def cut_off(content: Path) -> None:
    rewrite(content, b"".join(lines_of(content))[:-40])


def doubled(content: Path) -> None:
    first, second, third = lines_of(content)
    rewrite(content, first, second, second, third)


def forged(content: Path) -> None:
    """A line changed, and all lines after it made again by whoever knows how: the record is not what it says."""
    log = list(three().log)
    log[0] = replace(log[0], record="0" * 64)
    for at in (1, 2):
        log[at] = replace(log[at], before=digest_of(log[at - 1]))
    rewrite(content, serialise_log(tuple(log)))


def merged(name: str) -> Callable[[Path], None]:
    """Two branches that both published, put together by git."""

    def damage(content: Path) -> None:
        file = content / "published" / name
        *kept, last = file.read_bytes().splitlines(keepends=True)
        file.write_bytes(b"".join([*kept, b"<<<<<<< HEAD\n", last, b"=======\n", last, b">>>>>>> andere\n"]))

    return damage


def as_on_windows(name: str) -> Callable[[Path], None]:
    def damage(content: Path) -> None:
        file = content / "published" / name
        file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))

    return damage


def without_log(content: Path) -> None:
    (content / "published" / "log.jsonl").unlink()


def without_record(content: Path) -> None:
    (content / "published" / "2026" / "release-1.json").unlink()
    (content / "published" / "2026").rmdir()


def without_version(content: Path) -> None:
    (content / "published" / "2025" / "release-1.json").unlink()


def shown_as_hidden(content: Path) -> None:
    file = content / "published" / "2025" / "release-2.json"
    shown = b'"value": 116,\n          "status": "shown"'
    assert shown in file.read_bytes()
    file.write_bytes(file.read_bytes().replace(shown, b'"value": null,\n          "status": "suppressed"', 1))


def a_record_more(content: Path) -> None:
    fourth = a_release("2027")
    (content / "published" / "2027").mkdir()
    (content / "published" / "2027" / "release-1.json").write_bytes(serialise(fourth))


def records_exchanged(content: Path) -> None:
    one, other = (content / "published" / "2025" / f"release-{n}.json" for n in (1, 2))
    data = one.read_bytes()
    one.write_bytes(other.read_bytes())
    other.write_bytes(data)


def a_concept(content: Path) -> None:
    concept = replace(a_release("2026"), status="concept", as_of=date(2026, 12, 31))
    (content / "published" / "2026" / "release-1.json").write_bytes(serialise(concept))


LOG = "published/log.jsonl"
BROKEN = {
    "the first line is gone": (without_line(1), f"{LOG}:1:1: a line is missing or in another place"),
    "a line in the middle is gone": (without_line(2), f"{LOG}:2:1: a line is missing or in another place"),
    "the last line is gone": (without_line(3), "published/2025/release-2.json: no line of the log is about this record"),
    "two lines are exchanged": (in_other_order, f"{LOG}:2:1: a line is missing or in another place"),
    "a line stands there twice": (doubled, f"{LOG}:3:1: a line is missing or in another place"),
    "a day is changed": (with_line(1, b"2026-07-01", b"2026-07-02"), f"{LOG}:2:1: it does not go on from the line before"),
    "a status is changed": (with_line(3, b'"final"', b'"provisional"'), f"{LOG}:3:1: the record of this line was changed: version 2 of 2025"),
    "an edition is changed": (with_line(2, b'"2026"', b'"2027"'), f"{LOG}:3:1: it does not go on from the line before"),
    "a number is changed": (with_line(2, b'"number": 2', b'"number": 9'), f"{LOG}:2:1: a line is missing or in another place"),
    "a version is changed": (with_line(3, b'"version": 2', b'"version": 3'), f"{LOG}:3:1: it is not about the next version"),
    "the last day is before the one before it": (with_line(3, b"2028-07-01", b"2027-06-30"), f"{LOG}:3:1: its day is before"),
    "a record is that of a concept": (a_concept, "published/2026/release-1.json: the record is of another edition or version, or a concept"),
    "a line has a key more": (with_line(2, b'{"number"', b'{"more": 1, "number"'), f"{LOG}:2:1: not a line that `publish` wrote"),
    "a line has a key twice": (with_line(2, b'{"number"', b'{"number": 2, "number"'), f"{LOG}:2:1: not a line that `publish` wrote"),
    "a line is written otherwise": (with_line(2, b": 2,", b":2,"), f"{LOG}:2:1: not a line that `publish` wrote"),
    "a blank line": (with_line(2, b"}\n", b"}\n\n"), f"{LOG}:3:1: not a line that `publish` wrote"),
    "it is cut off": (cut_off, f"{LOG}:3:1: the line does not end"),
    "it is gone": (without_log, "published/2025/release-1.json: no line of the log is about this record"),
    "a line and all behind it are made again": (forged, f"{LOG}:1:1: the record of this line was changed: version 1 of 2025"),
    "a record is gone": (without_record, f"{LOG}:2:1: the record of this line is gone: version 1 of 2026"),
    "a version is gone": (without_version, "published/2025: the versions in the register are not 1, 2, 3"),
    "a shown number is hidden": (shown_as_hidden, f"{LOG}:3:1: the record of this line was changed: version 2 of 2025"),
    "a record that nobody published": (a_record_more, "published/2027/release-1.json: no line of the log is about this record"),
    "git on Windows changed its line ends": (as_on_windows("log.jsonl"), f"{LOG}: line ends that are not those of the file as it was written"),
    "git on Windows changed those of a record": (as_on_windows("2026/release-1.json"), "published/2026/release-1.json: line ends"),
    "two branches published": (merged("log.jsonl"), f"{LOG}:3:1: marks that git left when it merged two versions"),
    "two branches published one edition": (merged("2026/release-1.json"), "published/2026/release-1.json:"),
    "two records are exchanged": (records_exchanged, "published/2025/release-1.json: the record is of another edition or version"),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_a_register_that_was_changed_is_refused_by_its_line_or_file(name: str, content: Path) -> None:
    damage, expected = BROKEN[name]
    damage(content)
    assert refusal(content)[0].startswith(expected)


@pytest.mark.parametrize("at", range(3))
def test_a_changed_byte_of_any_line_is_refused(at: int, content: Path) -> None:
    """But for the day of the last line: only paper and the site know that one."""
    lines = lines_of(content)
    day = lines[at].index(b'"day": "')
    for position in range(0, len(lines[at]) - 1, 5):
        if at < 2 or not day < position < day + 18:
            changed = bytearray(lines[at])
            changed[position] ^= 1
            rewrite(content, *lines[:at], bytes(changed), *lines[at + 1 :])
            assert refusal(content)


# --- read with care ---------------------------------------------------------------------------------------------------


def a_pipe(path: Path) -> None:
    os.mkfifo(path)


def a_link(path: Path) -> None:
    (path.parents[2] / "elders.json").write_bytes(serialise(a_release("2026")))
    path.symlink_to(path.parents[2] / "elders.json")


def a_device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def a_folder(path: Path) -> None:
    path.mkdir()


def deeply_nested(path: Path) -> None:
    path.write_bytes(b"[" * 1_000_000)


def nested_objects(path: Path) -> None:
    path.write_bytes(b'{"a":' * 200_000 + b"1" + b"}" * 200_000)


def of_wrong_types(path: Path) -> None:
    path.write_bytes(
        serialise(a_release("2026")).replace(b'"title": "Partneroverzicht 2026"', b'"title": ["Partneroverzicht 2026"]')
    )


def with_a_key_twice(path: Path) -> None:
    path.write_bytes(serialise(a_release("2026")).replace(b'"version": 1,', b'"version": 1,\n  "version": 1,'))


def with_half_a_character(path: Path) -> None:
    path.write_bytes(serialise(a_release("2026")).replace(b"Partneroverzicht", b"\\ud800"))


def with_not_a_number(path: Path) -> None:
    path.write_bytes(serialise(a_release("2026")).replace(b'"threshold": 5', b'"threshold": NaN'))


def with_a_huge_number(path: Path) -> None:
    path.write_bytes(serialise(a_release("2026")).replace(b'"threshold": 5', b'"threshold": ' + b"9" * 5000))


def with_a_day_that_does_not_exist(path: Path) -> None:
    path.write_bytes(serialise(a_release("2026")).replace(b"2026-12-31", b"2026-12-32"))


def too_large(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(1 << 27)


def empty(path: Path) -> None:
    path.write_bytes(b"")


def no_text(path: Path) -> None:
    path.write_bytes(b"\xff\xfe")


STRANGE = [
    a_pipe, a_link, a_device, a_folder, deeply_nested, nested_objects, of_wrong_types, with_a_key_twice,
    with_half_a_character, with_not_a_number, with_a_huge_number, with_a_day_that_does_not_exist, too_large, empty, no_text,
]  # fmt: skip


@pytest.mark.skipif(os.name == "nt", reason="needs pipes and links")
@pytest.mark.parametrize("make", STRANGE, ids=lambda each: each.__name__)
def test_a_file_that_is_no_record_is_a_problem_with_its_name(make: Callable[[Path], None], content: Path) -> None:
    file = content / "published" / "2026" / "release-1.json"
    file.unlink()
    make(file)
    assert any(each.startswith("published/2026") for each in refusal(content))


@pytest.mark.skipif(os.name == "nt", reason="needs pipes and links")
@pytest.mark.parametrize("make", [a_pipe, a_device, deeply_nested, too_large, no_text], ids=lambda each: each.__name__)
def test_a_log_that_is_no_log_is_a_problem_with_its_name(make: Callable[[Path], None], content: Path) -> None:
    file = content / "published" / "log.jsonl"
    file.unlink()
    make(file)
    assert any(each.startswith("published/log.jsonl") for each in refusal(content))


@pytest.mark.parametrize(
    "name",
    [
        "notes.txt",
        "2025/notes.txt",
        "2025/release-0.json",
        "2025/release-1.json.bak",
        "2025/dieper/release-1.json",
        "A B/x",
    ],
)
def test_a_file_that_publish_does_not_write_is_refused_by_its_name(name: str, content: Path) -> None:
    path = content / "published" / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(b"x")
    assert any(each.startswith("published/") and "not a file that" in each for each in refusal(content))


def test_the_register_may_not_be_a_link(content: Path) -> None:
    (content / "published").rename(content / "elders")
    (content / "published").symlink_to(content / "elders")
    assert refusal(content) == ["published: not a folder"]


# --- a name that goes -------------------------------------------------------------------------------------------------


def test_a_name_that_is_struck_leaves_a_digest_and_the_log_whole(content: Path) -> None:
    seen = read_published(content)
    after, gone = strike_names(seen, "2025", {"Stichting Linderoord"})
    replace_register(content, seen, after.files)
    again = read_published(content)
    assert gone == 1
    assert again.log == seen.log
    for release in again.register["2025"]:
        assert release.named == ("Vereniging d'Olde Kraan & Co",)
        assert len(release.struck) == len(release.salts) == 1
    assert not any(b"Linderoord" in data for data in again.files.values())


def test_a_name_cannot_be_put_in_the_place_of_another(content: Path) -> None:
    for file in (content / "published" / "2025").iterdir():
        file.write_bytes(file.read_bytes().replace(b"Stichting Linderoord", b"Stichting Linderoort"))
    assert f"{LOG}:1:1: the record of this line was changed: version 1 of 2025" in refusal(content)


def test_a_digest_of_a_struck_name_cannot_be_taken_away(content: Path) -> None:
    seen = read_published(content)
    after, _ = strike_names(seen, "2025", {"Stichting Linderoord"})
    shorter = replace(after.register["2025"][0], struck=())
    replace_register(content, seen, {**after.files, "2025/release-1.json": serialise(shorter)})
    assert refusal(content)[0].startswith(f"{LOG}:1:1: the record of this line was changed")
