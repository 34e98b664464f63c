"""What was published is frozen: the source may not change it, a correction adds to it, and earlier versions stay known."""

from __future__ import annotations

import errno
import os
import threading
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.factories import HERE, a_partner
from tests.generated import generate
from tweeluik.disk.durable import CannotWrite
from tweeluik.door.release import release
from tweeluik.problems import PublishedWouldChange, SourceHasProblems
from tweeluik.protection.editions import ProtectedEdition, protect_editions
from tweeluik.record.canonical import serialise
from tweeluik.record.cell import Rounded, Shown, Suppressed
from tweeluik.record.model import Release
from tweeluik.record.register import freeze, read_register
from tweeluik.source.records import Correction, Partner, Source

SEED = 1


def make(source: Source, content: Path) -> tuple[tuple[ProtectedEdition, ...], tuple[Release, ...]]:
    protected = protect_editions(source, read_register(content))
    return protected, tuple(release(source, each) for each in protected)


def publish(source: Source, content: Path) -> Release:
    _, releases = make(source, content)
    freeze(releases[0], content)
    return releases[0]


def corrected(source: Source, version: int = 2) -> Source:
    corrections = tuple(
        Correction(n, date(2026, 9, n), "Een telling is hersteld.", HERE) for n in range(2, version + 1)
    )
    return replace(source, editions=(replace(source.editions[0], corrections=corrections), *source.editions[1:]))


def with_partners(source: Source, *partners: Partner) -> Source:
    return replace(source, partners=(*source.partners, *partners))


@pytest.fixture(params=["suppression", "rounding"])
def source(request: pytest.FixtureRequest) -> Source:
    return generate(SEED, request.param)


def test_a_published_edition_is_rendered_from_its_record(source: Source, tmp_path: Path) -> None:
    published = publish(source, tmp_path)
    (protected,), (again,) = make(source, tmp_path)
    assert protected.frozen == published
    assert serialise(again) == serialise(published)


def test_publishing_twice_changes_nothing(source: Source, tmp_path: Path) -> None:
    publish(source, tmp_path)
    before = {each: each.read_bytes() for each in tmp_path.rglob("*.json")}
    publish(source, tmp_path)
    assert {each: each.read_bytes() for each in tmp_path.rglob("*.json")} == before


@pytest.mark.parametrize(
    ("change", "path"),
    [
        (lambda s: with_partners(s, *(a_partner(f"x-{n}", kind="k0", region="r0") for n in range(9))), "tables["),
        (lambda s: replace(s, editions=(replace(s.editions[0], title="Anders"),)), "title"),
        (lambda s: replace(s, editions=(replace(s.editions[0], status="final"),)), "status"),
        (lambda s: replace(s, editions=(replace(s.editions[0], tables=s.editions[0].tables[:-1]),)), "tables"),
        (lambda s: replace(s, editions=()), ""),
    ],
)
def test_a_source_that_would_change_it_is_refused(source: Source, tmp_path: Path, change: object, path: str) -> None:
    publish(source, tmp_path)
    with pytest.raises(PublishedWouldChange) as refused:
        make(change(source), tmp_path)  # type: ignore[operator]
    assert refused.value.exit_code == 15
    assert all(each.path.startswith(path) for each in refused.value.problems)


def test_a_correction_is_a_new_version_beside_the_old_one(source: Source, tmp_path: Path) -> None:
    first = publish(source, tmp_path)
    second = publish(corrected(source), tmp_path)
    assert read_register(tmp_path) == {"2025": (first, second)}
    assert second.version == 2


def test_a_correction_that_changes_no_number_publishes_the_same_cells(source: Source, tmp_path: Path) -> None:
    first = publish(source, tmp_path)
    second = publish(corrected(source), tmp_path)
    assert [each.cells for each in second.tables] == [each.cells for each in first.tables]


def test_a_correction_never_shows_what_was_hidden_nor_a_change_by_one_or_two(tmp_path: Path) -> None:
    source = generate(SEED, "suppression")
    first = publish(source, tmp_path)
    second = publish(corrected(with_partners(source, a_partner("x-1", kind="k0", region="r0"))), tmp_path)
    for before, after in zip(first.tables, second.tables, strict=True):
        for codes, content in before.cells.items():
            if isinstance(content, Suppressed) or after.cells[codes] != content:
                assert isinstance(after.cells[codes], Suppressed)


def test_a_rounded_number_that_did_not_change_keeps_its_rounding(tmp_path: Path) -> None:
    source = generate(2, "rounding")
    first = publish(source, tmp_path)
    more = tuple(a_partner(f"x-{n}", kind="k0", region="r0") for n in range(4))
    (protected,), (second,) = make(corrected(with_partners(source, *more)), tmp_path)
    changed = 0
    for table, before, after in zip(protected.tables, first.tables, second.tables, strict=True):
        for codes, content in before.cells.items():
            assert isinstance(content, Rounded)
            if all(str(member)[0] != "x" for member in table.cells[codes]):
                changed += after.cells[codes] != content
    assert changed == 0


@pytest.mark.parametrize("seed", [1, 7, 11])
def test_a_small_rounded_number_that_did_not_change_keeps_its_rounding_whatever_else_must_change(
    seed: int, tmp_path: Path
) -> None:
    """Two windows of one number leave a narrower one: 0 to 4 and 1 to 9 leave 1 to 4."""
    source = generate(seed, "rounding")
    first = publish(source, tmp_path)
    more = tuple(a_partner(f"x-{n}", kind="k0", region="r0") for n in range(4))
    (protected,), (second,) = make(corrected(with_partners(source, *more)), tmp_path)
    unknowns = protected.linked.unknowns
    for table, before, after in zip(protected.tables, first.tables, second.tables, strict=True):
        for codes, content in before.cells.items():
            unchanged = all(str(member)[0] != "x" for member in table.cells[codes])
            if unchanged and unknowns.of(table, codes) in protected.linked.sensitive:
                assert after.cells[codes] == content


def test_what_an_earlier_version_says_bounds_every_attacker(tmp_path: Path) -> None:
    source = generate(2, "rounding")
    first = publish(source, tmp_path)
    (protected,), _ = make(corrected(source), tmp_path)
    table, cells = protected.tables[0], first.tables[0].cells
    for codes, content in cells.items():
        assert isinstance(content, Rounded)
        low, high = protected.linked.window(protected.linked.unknowns.of(table, codes))
        assert max(0, content.value - 4) <= low
        assert high == content.value + 4


def test_the_versions_follow_each_other(source: Source, tmp_path: Path) -> None:
    _, (third,) = make(corrected(source, 3), tmp_path)
    with pytest.raises(PublishedWouldChange):
        freeze(third, tmp_path)
    assert not list(tmp_path.iterdir())


def test_an_older_source_than_the_register_is_refused(source: Source, tmp_path: Path) -> None:
    publish(source, tmp_path)
    publish(corrected(source), tmp_path)
    with pytest.raises(PublishedWouldChange):
        make(source, tmp_path)


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="needs the names of open files")
def test_the_record_its_folder_and_the_folders_above_are_forced_to_the_disk(
    source: Source, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    forced: set[str] = set()
    monkeypatch.setattr(os, "fsync", lambda of: forced.add(str(Path(f"/proc/self/fd/{of}").readlink())))
    publish(source, tmp_path)
    fresh = tmp_path / ".published.new"
    assert forced == {str(fresh / "2025/release-1.json"), str(fresh / "2025"), str(fresh), str(tmp_path)}


def test_a_disk_that_is_full_leaves_the_register_as_it_was(
    source: Source, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(source, tmp_path)
    before = {each: each.read_bytes() for each in tmp_path.rglob("*.json")}

    def full(*_: object) -> int:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(os, "write", full)
    with pytest.raises(CannotWrite, match="1 problem"):
        publish(corrected(source), tmp_path)
    assert {each: each.read_bytes() for each in tmp_path.rglob("*") if each.is_file()} == before


def test_of_two_runs_that_publish_another_record_under_one_version_the_second_is_refused(
    source: Source, tmp_path: Path
) -> None:
    _, (first, *_) = make(source, tmp_path)
    second = replace(first, title="Anders")
    refused: list[Release] = []

    def try_to_freeze(record: Release) -> None:
        try:
            freeze(record, tmp_path)
        except PublishedWouldChange:
            refused.append(record)

    runs = [threading.Thread(target=try_to_freeze, args=(each,)) for each in (first, second)]
    for each in runs:
        each.start()
    for each in runs:
        each.join()
    ((there,),) = read_register(tmp_path).values()
    assert [there] == [each for each in (first, second) if each not in refused]


def test_a_register_that_a_run_was_cut_off_in_is_not_taken_for_an_empty_one(source: Source, tmp_path: Path) -> None:
    publish(source, tmp_path)
    (tmp_path / "published").rename(tmp_path / ".published.old")
    with pytest.raises(SourceHasProblems) as refused:
        read_register(tmp_path)
    assert "its name published back" in refused.value.problems[0].hint


@pytest.mark.parametrize("damage", [b"", b"{}", b"\xff"])
def test_a_damaged_register_is_a_problem_of_the_source(source: Source, tmp_path: Path, damage: bytes) -> None:
    publish(source, tmp_path)
    (tmp_path / "published/2025/release-1.json").write_bytes(damage)
    with pytest.raises(SourceHasProblems) as refused:
        read_register(tmp_path)
    assert str(refused.value.problems[0].place) == "published/2025/release-1.json"


def test_a_version_that_is_gone_is_a_problem_of_the_source(source: Source, tmp_path: Path) -> None:
    publish(source, tmp_path)
    publish(corrected(source), tmp_path)
    (tmp_path / "published/2025/release-1.json").unlink()
    with pytest.raises(SourceHasProblems):
        read_register(tmp_path)


# --- two editions -----------------------------------------------------------------------------------------------------


def test_of_two_exact_editions_no_number_shows_that_one_or_two_came_or_went() -> None:
    source = generate(3, "suppression", editions=2)
    first, second = protect_editions(source, {})
    there = second.linked.unknowns.index
    for i, content in enumerate(first.by_unknown):
        unknown = first.linked.unknowns.all[i]
        later = second.by_unknown[there[unknown.key]] if unknown.key in there else None
        if isinstance(content, Shown) and isinstance(later, Shown) and unknown.key[0] == "partners":
            changed = unknown.members ^ second.linked.unknowns.all[there[unknown.key]].members
            holdings = {second.selection.holding[str(member)] for member in changed}
            assert len(holdings) == 0 or len(holdings) >= 3
