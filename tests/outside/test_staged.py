"""What must never enter a version history: `check --staged`, by itself and as git's hook."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

import build
from tests.conftest import need_program
from tests.stages.a_bundle import DAY, a_desk
from tests.stages.containers import pack
from tweeluik.confidential.age.identities import write_identity
from tweeluik.confidential.age.sealing import seal
from tweeluik.confidential.at_rest.staged import find_unfit_staged
from tweeluik.confidential.bundle.opening import open_bundle
from tweeluik.pipeline.steps import make_candidates
from tweeluik.problems import WrongUsage

ROOT = Path(__file__).parents[2]
IN_CLEAR = ["source in clear, where sealed source is expected"]


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with a source that is kept sealed, and the key of its one editor."""
    git(tmp_path, "init", "-q")
    folder = tmp_path / "content" / "recipients" / "source"
    folder.mkdir(parents=True)
    (folder / "redactie.txt").write_text(f"# holder: Redactie\n{write_identity(tmp_path / 'key')}\n")
    return tmp_path


def git(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    who = ("-c", "user.name=Redactie", "-c", "user.email=redactie@example.org")
    return subprocess.run(
        [need_program("git"), "-C", folder, *who, *arguments], capture_output=True, text=True, check=False
    )


def sealed(repository: Path, data: bytes = b"- naam: X\n") -> bytes:
    recipient = (repository / "content" / "recipients" / "source" / "redactie.txt").read_text().split()[-1]
    return seal(data, [recipient])


def staged(repository: Path, name: str, data: bytes) -> list[str]:
    file = repository / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)
    assert git(repository, "add", "-f", name).returncode == 0
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


def test_a_certificate_of_an_attack_is_refused(repository: Path) -> None:
    certificate = make_candidates(
        ROOT / "tests" / "golden" / "content", ROOT / "templates", day=date(2031, 1, 2)
    ).certificate
    assert staged(repository, "bewijs.json", certificate) == ["a certificate of an attack, which is confidential"]


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
        for path in (f"open/{name}", name.replace("/", "-")):  # the offline opener saves without folders
            assert staged(repository, path, (repository / "open" / name).read_bytes()) == ["a file of an opened bundle"]
    assert staged(repository, "bundel.zip", pack({"a": b"x"})) == ["a file of an opened bundle"]
    assert staged(repository, "bundel.age", sealed_file.read_bytes()) == []


def test_an_identity_is_found_in_other_shapes(repository: Path) -> None:
    secret = (repository / "key").read_text()
    assert staged(repository, "powershell.txt", secret.encode("utf-16")) == ["an identity or private key"]
    assert staged(repository, "klein", secret.lower().encode()) == ["an identity or private key"]


def test_source_in_clear_is_refused_where_it_is_kept_sealed(repository: Path) -> None:
    assert staged(repository, "content/partners/alle.yaml", b"- naam: X\n") == IN_CLEAR
    assert staged(repository, "content/partners/alle.yaml~", b"- naam: X\n") == IN_CLEAR
    assert staged(repository, "content/conversations/2025.csv", b"date,partners\n") == IN_CLEAR
    assert staged(repository, "content/protection.key", b"0" * 64) == IN_CLEAR
    assert staged(repository, "content/editions/2025.yaml", b"titel: X\n") == []
    assert staged(repository, "elders/partners/alle.yaml", b"- naam: X\n") == []
    assert staged(repository, "content/partners/alle.yaml.age", sealed(repository)) == []
    (repository / "content" / "recipients" / "source" / "redactie.txt").unlink()
    assert staged(repository, "content/partners/alle.yaml", b"- naam: X\n") == []


def test_a_name_does_not_seal(repository: Path) -> None:
    said = staged(repository, "content/partners/alle.yaml.age", b"- naam: X\n")
    assert set(said) == {*IN_CLEAR, "a file that is named .age and is not sealed"}


def test_a_file_that_leaves_the_history_is_no_matter(repository: Path) -> None:
    staged(repository, "content/partners/alle.yaml", b"- naam: X\n")
    git(repository, "commit", "-q", "-m", "vroeger")
    git(repository, "rm", "-q", "content/partners/alle.yaml")
    assert list(find_unfit_staged(repository / "content")) == []


def test_a_file_that_was_renamed_is_read(repository: Path) -> None:
    staged(repository, "elders.yaml", b"- naam: X\n" * 20)
    git(repository, "commit", "-q", "-m", "vroeger")
    (repository / "content" / "partners").mkdir()
    git(repository, "mv", "elders.yaml", "content/partners/alle.yaml")
    assert [each.what for each in find_unfit_staged(repository / "content")] == IN_CLEAR


def test_a_repository_within_the_repository_is_passed_over(repository: Path) -> None:
    inner = repository / "ander"
    inner.mkdir()
    git(inner, "init", "-q")
    git(inner, "commit", "-q", "--allow-empty", "-m", "leeg")
    assert git(repository, "add", "ander").returncode == 0
    assert list(find_unfit_staged(repository / "content")) == []


def test_outside_a_repository_it_says_so(tmp_path: Path) -> None:
    need_program("git")
    for folder in (tmp_path, tmp_path / "weg"):
        with pytest.raises(WrongUsage):
            list(find_unfit_staged(folder))


# --- as a command and as a hook ---------------------------------------------------------------------------------------


def test_the_command_names_files_and_no_values(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    content = str(repository / "content")
    assert build.main(["check", "--staged", "--content", content]) == 0
    staged(repository, "content/partners/alle.yaml", b"- naam: Kwaakzwaluw\n")
    staged(repository, "sleutel", (repository / "key").read_bytes())
    capsys.readouterr()
    assert build.main(["check", "--staged", "--content", content]) == 10
    said = "".join(capsys.readouterr())
    assert "content/partners/alle.yaml" in said
    assert "sleutel" in said
    assert "Kwaakzwaluw" not in said
    assert "AGE-SECRET-KEY" not in said


def test_as_a_hook_it_stops_a_commit(repository: Path) -> None:
    hook = repository / ".git" / "hooks" / "pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(f"#!/bin/sh\nexec {sys.executable} {ROOT / 'build.py'} check --staged\n")
    hook.chmod(0o755)
    staged(repository, "content/editions/2025.yaml", b"titel: X\n")
    assert git(repository, "commit", "-q", "-m", "goed").returncode == 0
    staged(repository, "content/partners/alle.yaml", b"- naam: Kwaakzwaluw\n")
    for options in (("-m", "fout"), ("-a", "-m", "fout"), ("-m", "fout", "content/partners/alle.yaml")):
        stopped = git(repository, "commit", *options)
        assert stopped.returncode != 0
        assert IN_CLEAR[0] in stopped.stderr
        assert "Kwaakzwaluw" not in stopped.stderr
    assert git(repository, "log", "--format=%s").stdout.split() == ["goed"]
