"""The exclusion list: it stops the build, says how many, and never which."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.factories import a_partner, a_source
from tweeluik.confidential.age.identities import write_identity
from tweeluik.confidential.age.keyring import Keyring
from tweeluik.confidential.age.sealing import seal
from tweeluik.confidential.at_rest.exclusions import (
    FILE,
    Comparison,
    add_exclusions,
    read_exclusions,
    refuse_excluded,
    seal_exclusions,
)
from tweeluik.confidential.at_rest.matching import count_matches
from tweeluik.disk.private import UNFINISHED
from tweeluik.problems import OpeningFailed, SealingFailed, SourceHasProblems, WrongUsage

SOURCE = a_source(
    (
        a_partner("p-1", name="Stichting Lindenbrug", aliases=("De Brug",), registration="90123457"),
        a_partner("p-2", name="Vereniging Ærøsund", aliases=("Sûnd & Co B.V.",), registration="00914263"),
    )
)


@pytest.fixture
def key(tmp_path: Path) -> Path:
    write_identity(tmp_path / "key")
    return tmp_path / "key"


# --- what matches -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "line",
    ["Stichting Lindenbrug", "lindenbrug", "LINDEN-BRUG (stichting)", "Lindenbrug, Stichting", "Líndenbrüg", "Linden\u00adbrug",
     "Linden\u200bbrug", "L\u0456ndenbrug", "\u1d38indenbrug", "L i n d e n b r u g", "St. Lindenbrug", "de brug", "90123457",
     "90 12 34 57", "9012.3457", "KvK 90123457", "Lindenbrug; ergens", "iets\tlindenbrug", "iets anders; 90123457", "AEROSUND",
     "Sund en Co; sund & co", "914263", "0914263", "00914263"],
)  # fmt: skip
def test_a_name_alias_or_number_in_any_spelling_is_found(line: str) -> None:
    assert count_matches(SOURCE, ["Iets Anders", line]) == 1


@pytest.mark.parametrize(
    "line",
    [
        "",
        "Linden",
        "Lindenbrug Noord",
        "Stichting",
        "St.",
        "9012345",
        "901234570",
        "# Stichting Lindenbrug",
        "Brug",
        "-",
        ";",
    ],
)
def test_what_only_looks_like_it_passes(line: str) -> None:
    assert count_matches(SOURCE, [line]) == 0


def test_every_organisation_counts_once() -> None:
    assert count_matches(SOURCE, ["De Brug", "Lindenbrug", "90123457", "Vereniging Ærøsund"]) == 2


def test_an_organisation_without_letters_is_no_match_for_a_line_without_letters() -> None:
    assert count_matches(a_source((a_partner("p-1", name="!?", aliases=("…",)),)), ["—", "?!"]) == 0


# --- what is said -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (["Lindenbrug"], "1 organisation of the source is"),
        (["De Brug", "Ærøsund"], "2 organisations of the source are"),
    ],
)
def test_it_says_how_many(tmp_path: Path, key: Path, lines: list[str], said: str) -> None:
    add_exclusions(lines, tmp_path, Keyring([key]))
    with pytest.raises(SourceHasProblems) as caught:
        refuse_excluded(SOURCE, tmp_path, Keyring([key]))
    (problem,) = caught.value.problems
    assert problem.what == f"{said} on the exclusion list"
    assert not any(word in str(problem).casefold() for word in ("linden", "brug", "sund"))


def test_a_source_that_passes_is_tested(tmp_path: Path, key: Path) -> None:
    add_exclusions(["Iets Anders"], tmp_path, Keyring([key]))
    assert refuse_excluded(SOURCE, tmp_path, Keyring([key])) == Comparison(True, ("the exclusion list was tested",))


def test_without_an_identity_it_is_not_tested_and_says_so(tmp_path: Path, key: Path) -> None:
    add_exclusions(["Lindenbrug"], tmp_path, Keyring([key]))
    (line,) = refuse_excluded(SOURCE, tmp_path, Keyring([])).lines
    assert line == "the exclusion list was not tested: name its holder's identity"


def test_without_a_list_there_is_nothing_to_say_but_to_a_holder(tmp_path: Path, key: Path) -> None:
    assert refuse_excluded(SOURCE, tmp_path, Keyring([])) == Comparison(False)
    assert refuse_excluded(SOURCE, tmp_path, Keyring([key])).lines == ("there is no exclusion list to test",)


def test_an_identity_of_nobody_does_not_pass(tmp_path: Path, key: Path) -> None:
    add_exclusions(["Lindenbrug"], tmp_path, Keyring([key]))
    write_identity(tmp_path / "ander")
    with pytest.raises(OpeningFailed) as caught:
        refuse_excluded(SOURCE, tmp_path, Keyring([tmp_path / "ander"]))
    assert caught.value.problems[0].hint == "name the identity of the holder of the list"


def test_an_editors_identity_passes_and_says_that_nothing_was_tested(tmp_path: Path, key: Path) -> None:
    """Editors open the source with theirs, and must not be able to read the list."""
    add_exclusions(["Lindenbrug"], tmp_path, Keyring([key]))
    editor = Keyring([tmp_path / "editor"]) if write_identity(tmp_path / "editor") else Keyring([])
    editor.open(seal(b"partners", [str(editor.identities[0].recipient)]))
    assert refuse_excluded(SOURCE, tmp_path, editor) == Comparison(
        False, ("the exclusion list was not tested: it is sealed to another identity",)
    )


@pytest.mark.parametrize("damage", ["none of it", "the first byte", "the last byte", "half of it"])
def test_a_damaged_list_stops_the_build(tmp_path: Path, key: Path, damage: str) -> None:
    add_exclusions(["Lindenbrug"], tmp_path, Keyring([key]))
    sealed = (tmp_path / FILE).read_bytes()
    damaged = {
        "none of it": b"",
        "the first byte": b"x" + sealed[1:],
        "the last byte": sealed[:-1] + bytes([sealed[-1] ^ 1]),
        "half of it": sealed[: len(sealed) // 2],
    }[damage]
    (tmp_path / FILE).write_bytes(damaged)
    with pytest.raises(OpeningFailed):
        refuse_excluded(SOURCE, tmp_path, Keyring([key]))


def test_a_damaged_list_is_not_taken_for_one_of_another(tmp_path: Path, key: Path) -> None:
    """Its holder also opened a file of the source, so that no identity is idle."""
    add_exclusions(["Lindenbrug"], tmp_path, Keyring([key]))
    (tmp_path / FILE).write_bytes((tmp_path / FILE).read_bytes()[:-1])
    keyring = Keyring([key])
    keyring.open(seal(b"partners", [str(keyring.identities[0].recipient)]))
    with pytest.raises(OpeningFailed):
        refuse_excluded(SOURCE, tmp_path, keyring)


def test_a_list_that_is_no_text_stops_the_build(tmp_path: Path, key: Path) -> None:
    (tmp_path / FILE).write_bytes(seal(b"\xff\xfe\x00", [str(Keyring([key]).identities[0].recipient)]))
    with pytest.raises(OpeningFailed):
        refuse_excluded(SOURCE, tmp_path, Keyring([key]))


# --- keeping it -------------------------------------------------------------------------------------------------------


def test_the_list_is_sealed_and_grows(tmp_path: Path, key: Path) -> None:
    add_exclusions(["# uitleg", "Een"], tmp_path, Keyring([key]))
    add_exclusions(["Twee", "Een", " "], tmp_path, Keyring([key]))
    assert read_exclusions(tmp_path, Keyring([key])) == ("# uitleg", "Een", "Twee")
    assert (tmp_path / FILE).stat().st_mode & 0o777 == 0o600
    assert b"Twee" not in (tmp_path / FILE).read_bytes()


def test_a_new_list_takes_the_place_of_the_earlier_one(tmp_path: Path, key: Path) -> None:
    add_exclusions(["Oud"], tmp_path, Keyring([key]))
    seal_exclusions(["Een", "", "# uitleg", "Twee"], tmp_path, Keyring([key]))
    assert read_exclusions(tmp_path, Keyring([key])) == ("Een", "# uitleg", "Twee")


def test_what_a_killed_run_left_is_told_with_its_cure(tmp_path: Path, key: Path) -> None:
    seal_exclusions(["Eerst"], tmp_path, Keyring([key]))
    before = (tmp_path / FILE).read_bytes()
    (tmp_path / f".{FILE}{UNFINISHED}").write_bytes(before[:10])
    with pytest.raises(SealingFailed) as caught:
        seal_exclusions(["Daarna"], tmp_path, Keyring([key]))
    assert f"delete the file whose name ends in {UNFINISHED}" in caught.value.problems[0].hint
    assert (tmp_path / FILE).read_bytes() == before


def test_nothing_is_no_list(tmp_path: Path, key: Path) -> None:
    for keep in (add_exclusions, seal_exclusions):
        with pytest.raises(WrongUsage):
            keep([" ", ""], tmp_path, Keyring([key]))
        with pytest.raises(WrongUsage):
            keep(["Een"], tmp_path, Keyring([]))
    assert not (tmp_path / FILE).exists()


def test_another_identity_adds_nothing(tmp_path: Path, key: Path) -> None:
    add_exclusions(["Lindenbrug"], tmp_path, Keyring([key]))
    write_identity(tmp_path / "ander")
    before = (tmp_path / FILE).read_bytes()
    with pytest.raises(OpeningFailed):
        add_exclusions(["Meer"], tmp_path, Keyring([tmp_path / "ander"]))
    assert (tmp_path / FILE).read_bytes() == before


def test_no_holder_is_locked_out_by_another(tmp_path: Path, key: Path) -> None:
    write_identity(tmp_path / "tweede")
    both = [key, tmp_path / "tweede"]
    seal_exclusions(["Een"], tmp_path, Keyring(both))
    before = (tmp_path / FILE).read_bytes()
    with pytest.raises(WrongUsage):
        add_exclusions(["Twee"], tmp_path, Keyring([key]))
    assert (tmp_path / FILE).read_bytes() == before
    add_exclusions(["Twee"], tmp_path, Keyring(both))
    assert read_exclusions(tmp_path, Keyring([tmp_path / "tweede"])) == ("Een", "Twee")
