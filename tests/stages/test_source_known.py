"""A source that is read time and again says what it says when it is read for the first time, whatever changed."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.golden.refresh import CONTENT
from tweeluik.problems import SourceHasProblems
from tweeluik.source.load import read_source
from tweeluik.source.loading import Parsed
from tweeluik.source.reading import Reading


def read(content: Path, known: Parsed | None) -> object:
    try:
        source = read_source(content, known=known)
    except SourceHasProblems as failure:
        return failure.problems
    return source, source.doubts


def copied(content: Path) -> None:
    """Every organisation twice: what the second file says is wrong because of the first."""
    shutil.copy(content / "partners" / "partners.yaml", content / "partners" / "zelfde.yaml")


def renamed(content: Path) -> None:
    change(content / "partners" / "partners.yaml", "name: ", "name: Nieuw ")


def remarked(content: Path) -> None:
    change(content / "partners" / "partners.yaml", "name: ", "name: Nieuw # Buurthuis ")


def broken(content: Path) -> None:
    change(content / "partners" / "partners.yaml", "kind:", "soort:")


def emptied(content: Path) -> None:
    (content / "partners" / "gemeenten.yaml").write_text("[]\n", "utf-8")


def shortened(content: Path) -> None:
    file = content / "conversations" / "2024.csv"
    file.write_text("".join(file.read_text("utf-8").splitlines(keepends=True)[:3]), "utf-8")


def spoilt(content: Path) -> None:
    change(content / "conversations" / "2024.csv", "2024-", "gisteren-")


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")


@pytest.mark.parametrize("edit", [copied, renamed, remarked, broken, emptied, shortened, spoilt])
def test_after_a_change_and_back_again_it_is_what_reading_anew_finds(
    tmp_path: Path, edit: Callable[[Path], None]
) -> None:
    content, known = tmp_path / "content", Parsed()
    shutil.copytree(CONTENT, content)
    before = read(content, None)
    assert read(content, known) == before
    edit(content)
    changed = read(content, None)
    assert changed != before
    assert read(content, known) == changed
    shutil.rmtree(content)
    shutil.copytree(CONTENT, content)
    assert read(content, known) == before


def test_the_same_ids_in_two_files_are_told_whether_or_not_the_files_were_read_before(tmp_path: Path) -> None:
    content, known = tmp_path / "content", Parsed()
    shutil.copytree(CONTENT, content)
    copied(content)
    for _ in range(2):
        with pytest.raises(SourceHasProblems) as caught:
            read_source(content, known=known)
        # Once, and not at each organisation; of two files that say the same the longer name is that of the copy.
        assert [each.place.file for each in caught.value.problems] == ["partners/partners.yaml"]


def test_only_the_file_that_changed_is_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content, known = tmp_path / "content", Parsed()
    shutil.copytree(CONTENT, content)
    read_source(content, known=known)
    kept = {name: part for name, (_, part) in known.lists.items()}
    assert len(kept) > 2
    renamed(content)
    monkeypatch.setattr(Reading, "report", lambda *_: pytest.fail("nothing is wrong"))
    read_source(content, known=known)
    assert {name for name, (_, part) in known.lists.items() if part is not kept[name]} == {"partners/partners.yaml"}


def test_organisations_that_are_said_in_order_stay_the_very_records(tmp_path: Path) -> None:
    content, known = tmp_path / "content", Parsed()
    shutil.copytree(CONTENT, content)
    one, other = read_source(content, known=known), read_source(content, known=known)
    assert one == other
    assert any(a is b for a, b in zip(one.partners, other.partners, strict=True))
