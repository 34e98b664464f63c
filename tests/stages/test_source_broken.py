"""Every mistake in `tests/broken` is met with exactly the messages that its `expected.txt` holds.

A folder holds what differs from `_base`, a source without mistakes; `removed.txt` names files to leave out.
"""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

import build
from tests.mistakes import BASE, BROKEN, CASES, DUTCH, MARKER, TEMPLATES, check, with_mistake
from tweeluik.problems import SourceHasProblems
from tweeluik.public.groups import manifest
from tweeluik.source.load import read_source

CODE = re.compile(r" \[[EW]\d{3}\]$", re.MULTILINE)


def messages(content: Path) -> list[str]:
    with pytest.raises(SourceHasProblems) as caught:
        read_source(content)
    assert caught.value.exit_code == 10
    assert list(caught.value.problems) == sorted(caught.value.problems)
    return [str(problem) for problem in caught.value.problems]


@pytest.mark.parametrize("name", CASES)
def test_a_mistake_is_met_with_its_messages(name: str, tmp_path: Path) -> None:
    expected = (BROKEN / name / "expected.txt").read_text(encoding="utf-8").splitlines()
    assert messages(with_mistake(name, tmp_path)) == expected


@pytest.mark.parametrize("name", CASES)
def test_a_person_reads_it_in_dutch(name: str, tmp_path: Path) -> None:
    code, told = check(with_mistake(name, tmp_path), "--lang", "nl")
    assert told == (BROKEN / name / DUTCH).read_text(encoding="utf-8")
    assert code == 10


@pytest.mark.parametrize("name", CASES)
def test_no_message_holds_what_was_written(name: str) -> None:
    for file in ("expected.txt", DUTCH):
        assert MARKER not in (BROKEN / name / file).read_text(encoding="utf-8").casefold()


@pytest.mark.parametrize("name", CASES)
def test_a_build_of_it_ends_with_code_10_tells_the_same_and_changes_nothing(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content, site = with_mistake(name, tmp_path), tmp_path / "site"
    site.mkdir()
    (site / "index.html").write_text("van gisteren")
    (site / "manifest.txt").write_bytes(manifest({"index.html": b"van gisteren"}))
    before = {path: path.is_file() and path.read_bytes() for path in tmp_path.rglob("*")}
    where = ["--content", str(content), "--templates", str(TEMPLATES), "--site", str(site)]
    assert build.main([*where, "--lang", "en", "--all"]) == 10
    said = capsys.readouterr()
    expected = (BROKEN / name / "expected.txt").read_text(encoding="utf-8").splitlines()
    assert (said.out, sorted(CODE.sub("", said.err).splitlines()[:-1])) == ("", sorted(expected))
    assert {path: path.is_file() and path.read_bytes() for path in tmp_path.rglob("*")} == before


def test_the_marker_is_really_planted() -> None:
    planted = {
        path.parts[len(BROKEN.parts)]
        for path in BROKEN.rglob("*.*")
        if MARKER in path.read_bytes().decode("utf-8", "replace").casefold()
    }
    assert len(planted) > 30


def test_all_messages_begin_with_a_place_and_are_in_style() -> None:
    files = {"yaml", "YAML", "csv", "md", "yml", "xlsx", "docx", "key", "txt"}
    for name in CASES:
        for line in (BROKEN / name / "expected.txt").read_text(encoding="utf-8").splitlines():
            place, _colon, message = line.partition(": ")
            assert place.split(":")[0].rpartition(".")[2] in files | {"partners", "editions", "pages"}
            assert not message.rstrip(")").endswith(".")
            assert message


def test_the_base_has_no_mistake() -> None:
    source = read_source(BASE)
    assert [partner.id for partner in source.partners] == ["p-19d2e0", "p-55aa01", "p-7f3a9c"]


def test_a_link_out_of_the_content_folder_is_refused(tmp_path: Path) -> None:
    content = tmp_path / "content"
    shutil.copytree(BASE, content)
    (tmp_path / "elders.yaml").write_text("id: p-aa0001\n")
    (content / "partners" / "elders.yaml").symlink_to(tmp_path / "elders.yaml")
    (content / "pages" / "map").symlink_to(tmp_path)
    assert messages(content) == [
        "pages/map: a link out of the content folder (put the file itself here)",
        "partners/elders.yaml: a link out of the content folder (put the file itself here)",
    ]


def test_a_link_within_the_content_folder_is_followed(tmp_path: Path) -> None:
    content = tmp_path / "content"
    shutil.copytree(BASE, content)
    (content / "report.yaml").rename(content / ".report.yaml")
    (content / "report.yaml").symlink_to(".report.yaml")
    assert read_source(content).report.title == "Maatschappelijke partners"


def test_a_content_folder_that_is_not_there(tmp_path: Path) -> None:
    assert messages(tmp_path / "niets") == [
        ".: the content folder is not there (name it with --content, or make one with `init`)"
    ]


@pytest.mark.parametrize(
    ("named", "told"),
    [
        ("bron/report.yaml", "the content folder is not there (name the folder, not a file in it)"),
        ("bron/partners", "no source in this folder (name the folder above it with --content)"),
        (".", "no source in this folder (name with --content the folder in it that holds report.yaml)"),
        (
            "leeg",
            "no source in this folder (name the folder that holds report.yaml with --content, or make one with `init`)",
        ),
    ],
)
def test_another_folder_than_that_of_the_source_is_one_problem(tmp_path: Path, named: str, told: str) -> None:
    shutil.copytree(BASE, tmp_path / "bron")
    (tmp_path / "leeg").mkdir()
    assert messages(tmp_path / named) == [f".: {told}"]


def test_a_source_whose_own_files_have_other_names_is_told_by_file(tmp_path: Path) -> None:
    (tmp_path / "report.yml").write_bytes((BASE / "report.yaml").read_bytes())
    told = messages(tmp_path)
    assert any(each.startswith("report.yml: ") for each in told)
    assert any(each.startswith("agenda.yaml: the file is missing (") for each in told)


def test_a_protection_key_is_sixty_four_hexadecimal_digits(tmp_path: Path) -> None:
    content = tmp_path / "content"
    shutil.copytree(BASE, content)
    key = content / "protection.key"
    key.write_text("0123456789abcdef" * 4 + "\n")
    assert read_source(content).protection_key == "0123456789abcdef" * 4
    key.write_text(f"{MARKER}\n")
    assert messages(content) == ["protection.key: not a key (64 hexadecimal digits in small letters)"]


def test_a_file_that_may_not_be_read_is_a_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = tmp_path / "content"
    shutil.copytree(BASE, content)
    whole, scandir = Path.read_bytes, os.scandir

    def read_bytes(path: Path) -> bytes:
        if path.name == "een.yaml":
            raise PermissionError(13, MARKER)
        return whole(path)

    def list_folder(path: Any) -> Any:
        if Path(path).name == "pages":
            raise PermissionError(13, MARKER)
        return scandir(path)

    monkeypatch.setattr(Path, "read_bytes", read_bytes)
    monkeypatch.setattr(os, "scandir", list_folder)
    assert messages(content) == [
        "pages: cannot be read (look at who may read it)",
        "partners/een.yaml: cannot be read (look at who may read it)",
    ]


@pytest.mark.skipif(os.name == "nt", reason="Windows does not let such a file be made")
@pytest.mark.parametrize("file", ["editions/aux.yaml", "pages/nul.md"])
def test_a_name_that_windows_keeps_for_itself_is_a_problem(tmp_path: Path, file: str) -> None:
    content = tmp_path / "content"
    shutil.copytree(BASE, content)
    (content / "pages").mkdir(exist_ok=True)
    (content / "pages" / "over.md").write_text("---\ntitle: Over\norder: 1\n---\nTekst.\n")
    like = {".yaml": content / "editions" / "2025.yaml", ".md": content / "pages" / "over.md"}[Path(file).suffix]
    like.rename(content / file)
    assert f"{file}: a name that Windows keeps for itself (choose another)" in messages(content)


def test_what_is_neither_file_nor_folder_is_a_problem(tmp_path: Path) -> None:
    content = tmp_path / "content"
    shutil.copytree(BASE, content)
    os.mkfifo(content / "partners" / "pijp.yaml")
    (content / "partners" / "lus.yaml").symlink_to("lus.yaml")
    assert messages(content) == [
        "partners/lus.yaml: not a file (put the file itself here)",
        "partners/pijp.yaml: not a file (put the file itself here)",
    ]
