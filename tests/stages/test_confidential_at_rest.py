"""The source at rest, and what must never enter a version history."""

from __future__ import annotations

import subprocess
from datetime import date
from pathlib import Path

import pytest

from tests.conftest import need_program
from tests.factories import HERE
from tests.stages.a_bundle import DAY, a_desk, names
from tweeluik.confidential.container import pack
from tweeluik.confidential.keys import write_identity
from tweeluik.confidential.opening import open_bundle
from tweeluik.confidential.recipient import Recipient
from tweeluik.confidential.recipients import read_source_recipients
from tweeluik.confidential.sealed_source import edit_source, find_sealed, open_source, seal_source
from tweeluik.confidential.staged import find_unfit_staged
from tweeluik.problems import OpeningFailed, Problem, SealingFailed, WrongUsage

TODAY = date(2026, 1, 1)


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A content folder with one file of partners, and one editor with a key."""
    content = tmp_path / "content"
    (content / "recipients" / "source").mkdir(parents=True)
    (content / "partners").mkdir()
    (content / "partners" / "alle.yaml").write_text("- naam: Lindenbrug\n")
    recipient = write_identity(tmp_path / "key")
    (content / "recipients" / "source" / "redactie.txt").write_text(f"# holder: Redactie\n{recipient}\n")
    return content


def editors(content: Path) -> tuple[Recipient, ...]:
    return read_source_recipients(content, today=TODAY)


def key(content: Path) -> Path:
    return content.parent / "key"


def sealed(content: Path) -> Path:
    return seal_source(content / "partners" / "alle.yaml", editors(content))


def test_a_sealed_file_takes_the_place_of_the_one_in_clear(content: Path) -> None:
    target = sealed(content)
    assert names(content / "partners") == ["alle.yaml.age"]
    assert find_sealed(content) == (target,)
    assert open_source(content, [key(content)]) == {"partners/alle.yaml": b"- naam: Lindenbrug\n"}


def test_without_sealed_files_no_identity_is_asked(content: Path) -> None:
    assert open_source(content, []) == {}


def test_a_sealed_file_is_never_passed_over(content: Path) -> None:
    sealed(content)
    with pytest.raises(WrongUsage):
        open_source(content, [])
    write_identity(content.parent / "ander")
    with pytest.raises(OpeningFailed):
        open_source(content, [content.parent / "ander"])


def test_a_file_sealed_and_in_clear_is_refused(content: Path) -> None:
    sealed(content)
    (content / "partners" / "alle.yaml").touch()
    with pytest.raises(OpeningFailed) as caught:
        open_source(content, [key(content)])
    assert "sealed and in clear" in caught.value.problems[0].what
    with pytest.raises(WrongUsage):
        seal_source(content / "partners" / "alle.yaml", editors(content))


def test_with_nobody_to_seal_to_the_file_stays(content: Path) -> None:
    with pytest.raises(WrongUsage):
        seal_source(content / "partners" / "alle.yaml", ())
    assert names(content / "partners") == ["alle.yaml"]


def test_what_is_no_source_is_refused(content: Path) -> None:
    (content / "wijst.yaml").symlink_to(content / "partners" / "alle.yaml")
    for name in ("partners", "weg.yaml", "wijst.yaml", "recipients/source/redactie.txt"):
        with pytest.raises(WrongUsage):
            seal_source(content / name, editors(content))


def no_problems(_: bytes) -> tuple[Problem, ...]:
    return ()


def never(_: tuple[Problem, ...]) -> bool:
    return False


def test_an_edit_is_made_in_private_and_sealed_again(content: Path) -> None:
    target, seen = sealed(content), list[Path]()

    def change(file: Path) -> None:
        seen.append(file)
        assert file.name == "alle.yaml"
        assert file.parent.stat().st_mode & 0o777 == 0o700
        file.write_bytes(file.read_bytes() + b"- naam: Nog een\n")

    assert edit_source(target, [key(content)], editors(content), run=change, find_problems=no_problems, again=never)
    assert open_source(content, [key(content)])["partners/alle.yaml"].endswith(b"Nog een\n")
    assert not seen[0].parent.exists()
    assert names(content / "partners") == ["alle.yaml.age"]


def test_without_a_change_nothing_is_sealed_again(content: Path) -> None:
    target = sealed(content)
    before = target.read_bytes()
    assert not edit_source(
        target, [key(content)], editors(content), run=lambda _: None, find_problems=no_problems, again=never
    )
    assert target.read_bytes() == before


def test_an_edit_with_problems_may_be_corrected_or_given_up(content: Path) -> None:
    target = sealed(content)
    before, words = target.read_bytes(), [b"fout", b"fout", b"goed", b"fout"]

    def change(file: Path) -> None:
        file.write_bytes(words.pop(0))

    def check(data: bytes) -> tuple[Problem, ...]:
        return (Problem(HERE, "", "wrong"),) if data == b"fout" else ()

    options = {"run": change, "find_problems": check}
    assert edit_source(target, [key(content)], editors(content), again=lambda _: True, **options)  # type: ignore[arg-type]
    assert open_source(content, [key(content)])["partners/alle.yaml"] == b"goed"
    after = target.read_bytes()
    assert after != before
    with pytest.raises(SealingFailed):
        edit_source(target, [key(content)], editors(content), again=never, **options)  # type: ignore[arg-type]
    assert target.read_bytes() == after


def test_an_editor_that_crashes_leaves_nothing_in_clear(content: Path) -> None:
    target, seen = sealed(content), list[Path]()

    def crash(file: Path) -> None:
        seen.append(file)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        edit_source(target, [key(content)], editors(content), run=crash, find_problems=no_problems, again=never)
    assert not seen[0].exists()


# --- check --staged ---------------------------------------------------------------------------------------------------


@pytest.fixture
def repository(content: Path) -> Path:
    subprocess.run([need_program("git"), "init", "-q", content.parent], check=True)
    return content.parent


def staged(repository: Path, name: str, data: bytes) -> list[str]:
    file = repository / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)
    subprocess.run(["git", "-C", repository, "add", "-f", name], check=True)
    return [each.what for each in find_unfit_staged(repository / "content") if str(each.place) == name]


def test_an_identity_is_refused_wherever_it_stands(repository: Path) -> None:
    secret = (repository / "key").read_bytes()
    assert staged(repository, "docs/uitleg.md", b"zo:\n" + secret) == ["an identity or private key"]
    assert staged(repository, "id", b"-----BEGIN OPENSSH PRIVATE KEY-----\n") == ["an identity or private key"]
    assert staged(repository, "content/recipients/cip.txt", b"# holder: X\nage1qqqq\n") == []


def test_what_is_staged_counts_and_not_what_is_on_the_disk(repository: Path) -> None:
    staged(repository, "id", (repository / "key").read_bytes())
    (repository / "id").write_bytes(b"weg")
    assert [str(each.place) for each in find_unfit_staged(repository / "content")] == ["id"]


def test_an_opened_bundle_is_refused_in_every_file(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    desk = a_desk(tmp_path_factory.mktemp("desk"))
    desk.seal()
    sealed_file = desk.root / "bundel" / "exemplaar-01-van-01.age"
    found = open_bundle(sealed_file, identities=[desk.key("lezer")], into=repository / "open", today=DAY)
    confidential = [
        name
        for name in found.files
        if name
        not in {"03-aanbiedingsbrief.pdf", "04-ontvangstbewijs.pdf", "05-inzageregister.pdf", "06-afsluiting.pdf"}
    ]
    assert confidential
    for name in confidential:
        assert staged(repository, f"open/{name}", (repository / "open" / name).read_bytes()) == [
            "a file of an opened bundle"
        ]
    assert staged(repository, "bundel.zip", pack({"a": b"x"})) == ["a file of an opened bundle"]
    assert staged(repository, "bundel.age", sealed_file.read_bytes()) == []


def test_source_in_clear_is_refused_where_it_is_kept_sealed(repository: Path) -> None:
    assert staged(repository, "content/partners/alle.yaml", b"- naam: X\n") == [
        "source in clear, where sealed source is expected"
    ]
    assert staged(repository, "content/editions/2025.yaml", b"titel: X\n") == []
    assert staged(repository, "content/partners/alle.yaml.age", b"age") == []
    (repository / "content" / "recipients" / "source" / "redactie.txt").unlink()
    assert staged(repository, "content/partners/alle.yaml", b"- naam: X\n") == []


def test_outside_a_repository_it_says_so(tmp_path: Path) -> None:
    need_program("git")
    for folder in (tmp_path, tmp_path / "weg"):
        with pytest.raises(WrongUsage):
            list(find_unfit_staged(folder))
