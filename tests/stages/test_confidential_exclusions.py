"""The exclusion list: it stops the build, says how many, and never which."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.factories import a_partner, a_source
from tweeluik.confidential.exclusions import FILE, add_exclusions, read_exclusions, refuse_excluded, seal_exclusions
from tweeluik.confidential.keys import read_identities, write_identity
from tweeluik.problems import OpeningFailed, SealingFailed, SourceHasProblems
from tweeluik.source.records import Source

SOURCE = a_source(
    (
        a_partner("p-1", name="Stichting Lindenbrug", aliases=("De Brug",), registration="90123457"),
        a_partner("p-2", name="Vereniging Ærøsund", aliases=()),
    )
)


@pytest.fixture
def key(tmp_path: Path) -> Path:
    write_identity(tmp_path / "key")
    return tmp_path / "key"


def matches(source: Source, content: Path, key: Path, *lines: str) -> str:
    (content / FILE).unlink(missing_ok=True)
    add_exclusions(lines, content, [key])
    try:
        refuse_excluded(source, content, [key])
    except SourceHasProblems as failure:
        return failure.problems[0].what
    return ""


@pytest.mark.parametrize(
    "line",
    ["Stichting Lindenbrug", "lindenbrug", "LINDEN-BRUG (stichting)", "Lindenbrug, Stichting", "Líndenbrüg", "Linden\u00adbrug",
     "L\u0456ndenbrug", "de brug", "90123457", "90 12 34 57", "9012.3457", "AEROSUND"],
)  # fmt: skip
def test_a_name_alias_or_number_in_any_spelling_is_found_and_not_told(tmp_path: Path, key: Path, line: str) -> None:
    said = matches(SOURCE, tmp_path, key, "Iets Anders", line)
    assert said == "1 of the organisations in the source are on the exclusion list"


@pytest.mark.parametrize(
    "line", ["Linden", "Lindenbrug Noord", "Stichting", "9012345", "# Stichting Lindenbrug", "Brug"]
)
def test_what_only_looks_like_it_passes(tmp_path: Path, key: Path, line: str) -> None:
    assert matches(SOURCE, tmp_path, key, line) == ""


def test_every_organisation_counts_once(tmp_path: Path, key: Path) -> None:
    assert matches(SOURCE, tmp_path, key, "De Brug", "Lindenbrug", "90123457", "Vereniging Ærøsund").startswith("2 of")


def test_without_an_identity_or_a_list_nothing_is_compared(tmp_path: Path, key: Path) -> None:
    refuse_excluded(SOURCE, tmp_path, [key])
    add_exclusions(["Lindenbrug"], tmp_path, [key])
    refuse_excluded(SOURCE, tmp_path, [])


def test_the_list_is_sealed_and_grows(tmp_path: Path, key: Path) -> None:
    assert add_exclusions(["Een"], tmp_path, [key]) == 1
    assert add_exclusions(["Twee", "Een", " "], tmp_path, [key]) == 2
    assert read_exclusions(tmp_path, read_identities([key])) == ("Een", "Twee")
    assert (tmp_path / FILE).stat().st_mode & 0o777 == 0o600
    assert b"Twee" not in (tmp_path / FILE).read_bytes()


def test_a_text_file_becomes_the_list(tmp_path: Path, key: Path) -> None:
    (tmp_path / "lijst.txt").write_text("\ufeffEen\n\n# uitleg\nTwee\n", "utf-8")
    assert seal_exclusions(tmp_path / "lijst.txt", tmp_path, [key]) == 3
    assert read_exclusions(tmp_path, read_identities([key])) == ("Een", "Twee")
    with pytest.raises(SealingFailed):
        seal_exclusions(tmp_path / "weg.txt", tmp_path, [key])


def test_another_identity_cannot_look_and_does_not_pass(tmp_path: Path, key: Path) -> None:
    add_exclusions(["Lindenbrug"], tmp_path, [key])
    write_identity(tmp_path / "ander")
    with pytest.raises(OpeningFailed):
        refuse_excluded(SOURCE, tmp_path, [tmp_path / "ander"])
    before = (tmp_path / FILE).read_bytes()
    with pytest.raises(OpeningFailed):
        add_exclusions(["Meer"], tmp_path, [tmp_path / "ander"])
    assert (tmp_path / FILE).read_bytes() == before


def test_a_damaged_list_stops_the_build(tmp_path: Path, key: Path) -> None:
    (tmp_path / FILE).write_bytes(b"kapot")
    with pytest.raises(OpeningFailed):
        refuse_excluded(replace(SOURCE), tmp_path, [key])
