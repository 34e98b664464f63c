"""`init` makes a source without problems, in one step, with a key of its own and what editors need."""

from __future__ import annotations

import json
import os
import re
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

import build
from tests.desk import files_of
from tests.kills import killed_at
from tweeluik.source.load import read_source
from tweeluik.source.protection_key import EXAMPLE_KEY
from tweeluik.source.skeleton import SCHEMAS, with_modeline

pytestmark = pytest.mark.usefixtures("parsed_once")

ROOT = Path(__file__).parents[2]


def test_what_to_do_now_can_be_copied_also_where_a_name_has_a_space(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert init(tmp_path / "mijn bron") == 0
    assert f'`check --content "{tmp_path / "mijn bron"}"`' in capsys.readouterr().out


def init(folder: Path, *options: str) -> int:
    return build.main(["init", str(folder), *options])


@pytest.fixture(params=[(), ("--example",)], ids=["nobody", "example"])
def made(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    assert init(tmp_path / "content", *request.param) == 0
    return tmp_path / "content"


@pytest.mark.skipif(sys.platform == "win32", reason="needs fork")
def test_killed_at_any_moment_it_has_made_all_of_it_or_nothing(tmp_path: Path) -> None:
    """What is left beside it goes when it is begun again."""
    folder, whole, found = tmp_path / "content", set[str](), list[set[str]]()
    assert init(tmp_path / "heel") == 0
    whole = set(files_of(tmp_path / "heel"))
    number, was_killed = 0, True
    while was_killed:
        number += 1
        was_killed = killed_at(lambda: init(folder), number)
        found.append(set(files_of(folder)) if folder.exists() else set())
        shutil.rmtree(folder, ignore_errors=True)
    assert found[-1] == whole
    assert {*map(len, found)} == {0, len(whole)}
    assert found.count(whole) > 1
    assert [each.name for each in tmp_path.iterdir() if each.name.startswith(".")] == []


def test_it_is_a_source_without_problems(made: Path) -> None:
    source = read_source(made)
    assert source.report.title
    assert len(source.vocabulary.kinds) > 5


def test_a_new_source_is_about_nobody_and_says_nothing_of_an_example(tmp_path: Path) -> None:
    init(tmp_path / "content")
    source = read_source(tmp_path / "content")
    assert (source.partners, source.conversations, source.editions) == ((), (), ())
    texts = "".join(
        each.read_text("utf-8") for each in (tmp_path / "content").glob("**/*.*") if each.suffix in {".yaml", ".md"}
    )
    assert "Verzonnen voorbeeld" not in texts
    assert "Dit is een voorbeeld" not in texts


def test_the_example_is_all_of_it_but_for_the_key(tmp_path: Path) -> None:
    init(tmp_path / "content", "--example")
    example, own = read_source(ROOT / "content"), read_source(tmp_path / "content")
    assert [each.id for each in own.partners] == [each.id for each in example.partners]
    for file in (each for each in (ROOT / "content" / "published").rglob("*.*") if each.is_file()):
        assert (tmp_path / "content" / file.relative_to(ROOT / "content")).read_bytes() == file.read_bytes()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such rights")
def test_the_key_is_its_own_and_for_its_owner_only(made: Path, tmp_path: Path) -> None:
    import hashlib  # noqa: PLC0415

    key = made / "protection.key"
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert re.fullmatch("[0-9a-f]{64}\n", key.read_text())
    assert hashlib.sha256(key.read_text().strip().encode()).hexdigest() != EXAMPLE_KEY
    init(tmp_path / "ander")
    assert key.read_text() != (tmp_path / "ander" / "protection.key").read_text()


def test_every_file_tells_an_editor_its_schema_and_the_schema_is_there(made: Path) -> None:
    files = [each for each in made.rglob("*.yaml") if "published" not in each.parts]
    assert len(files) >= 4
    for file in files:
        told = re.match(r"# yaml-language-server: \$schema=(\S+)\n", file.read_text("utf-8"))
        assert told is not None
        schema = (file.parent / told[1]).resolve()
        assert schema.parent == (made / SCHEMAS).resolve()
        assert json.loads(schema.read_text("utf-8"))["$schema"]


def test_the_settings_of_editors_name_schemas_that_are_there(made: Path) -> None:
    settings = json.loads((made / ".vscode" / "settings.json").read_text("utf-8"))
    assert all((made / name).is_file() for name in settings["yaml.schemas"])
    assert "indent_style = space" in (made / ".editorconfig").read_text()


def test_git_leaves_the_line_ends_of_a_source_as_they_are_on_windows_too(made: Path) -> None:
    def git(*arguments: str) -> None:
        subprocess.run(["git", "-c", "core.autocrlf=true", *arguments], cwd=made, check=True, capture_output=True)

    file = made / "pages" / "regels.md"
    file.write_bytes(b"een\ntwee\n")
    git("init")
    git("add", "--force", ".gitattributes", "pages/regels.md")
    file.unlink()
    git("checkout-index", "--all", "--force")
    assert file.read_bytes() == b"een\ntwee\n"


def test_completion_has_the_codes_of_the_source(tmp_path: Path) -> None:
    init(tmp_path / "content", "--example")
    schema = json.loads((tmp_path / "content" / SCHEMAS / "partners.schema.json").read_text("utf-8"))
    assert "NL31" in schema["$defs"]["region-code"]["enum"]
    assert "2027" in schema["$defs"]["edition-code"]["enum"]


@pytest.mark.parametrize("options", [(), ("--example",)])
def test_a_clone_whose_content_is_somebodys_own_gives_nothing_of_it_away(
    options: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    init(tmp_path / "eigen", "--example")
    monkeypatch.setattr("tweeluik.disk.installed.EXAMPLE", tmp_path / "eigen")
    assert init(tmp_path / "content", *options) == 2
    assert "this is no longer the example" in capsys.readouterr().err
    assert not (tmp_path / "content").exists()


def test_a_folder_that_holds_something_is_refused_and_left(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "brief.txt").write_text("van een ander")
    assert init(tmp_path / "content", "--lang", "nl") == 2
    assert "de map is niet leeg" in capsys.readouterr().err
    assert [each.name for each in (tmp_path / "content").iterdir()] == ["brief.txt"]


@pytest.mark.parametrize(
    ("name", "schema"),
    [("report.yaml", ".schemas/report"), ("partners/a.yaml", "../.schemas/partners"), ("editions/2025.yaml", "../.schemas/editions")],
)  # fmt: skip
def test_the_line_for_editors_is_the_first_and_stands_once(name: str, schema: str) -> None:
    text = with_modeline(name, "a: 1\n")
    assert text == f"# yaml-language-server: $schema={schema}.schema.json\na: 1\n"
    assert with_modeline(name, text) == text


@pytest.mark.parametrize("name", ["conversations/2024.csv", "pages/over.md", "published/2025/release-1.json"])
def test_other_files_have_no_such_line(name: str) -> None:
    assert with_modeline(name, "a: 1\n") == "a: 1\n"
