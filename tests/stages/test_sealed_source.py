"""The source at rest: sealed files say what they said in clear, and a change leaves nothing in clear behind."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import pytest

from tests.factories import HERE
from tests.stages.a_bundle import names
from tweeluik.confidential.age.identities import write_identity
from tweeluik.confidential.age.keyring import Keyring
from tweeluik.confidential.age.padding import pad, padme, unpad
from tweeluik.confidential.age.recipient import Recipient
from tweeluik.confidential.age.recipients import read_source_recipients
from tweeluik.confidential.at_rest.kept import find_kept
from tweeluik.confidential.at_rest.sealed_source import (
    Person,
    edit_source,
    find_file,
    find_in_clear,
    find_memories,
    seal_source,
)
from tweeluik.disk.private import UNFINISHED
from tweeluik.problems import OpeningFailed, Place, Problem, SealingFailed, SourceHasProblems, WrongUsage
from tweeluik.source.inventory import SourceFile
from tweeluik.source.load import read_source

GOLDEN = Path(__file__).parents[1] / "golden" / "content"
NAME = "partners/partners.yaml"


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """The small source, and one editor with a key."""
    content = tmp_path / "content"
    shutil.copytree(GOLDEN, content)
    (content / "recipients" / "source").mkdir(parents=True)
    recipient = write_identity(tmp_path / "key")
    (content / "recipients" / "source" / "redactie.txt").write_text(f"# holder: Redactie\n{recipient}\n")
    return content


def editors(content: Path) -> tuple[Recipient, ...]:
    return read_source_recipients(content, today=date(2026, 1, 1))


def keyring(content: Path) -> Keyring:
    return Keyring([content.parent / "key"])


def a_stranger(content: Path) -> Keyring:
    write_identity(content.parent / "ander")
    return Keyring([content.parent / "ander"])


def sealed(content: Path, name: str = NAME) -> SourceFile:
    seal_source([find_file(content, Path(name))], editors(content))
    return find_file(content, Path(name))


def said_of(content: Path, keys: Keyring | None) -> list[str]:
    with pytest.raises(SourceHasProblems) as caught:
        read_source(content, unseal=None if keys is None else keys.unseal)
    return [str(each) for each in caught.value.problems]


# --- reading ----------------------------------------------------------------------------------------------------------


def test_a_source_says_the_same_sealed_or_in_clear(content: Path) -> None:
    (content / "protection.key").write_text("0f" * 32 + "\n")
    before = read_source(content)
    everything = [
        each.relative_to(content).as_posix()
        for each in content.rglob("*.*")
        if each.suffix in (".yaml", ".csv", ".key")
    ]
    seal_source([find_file(content, Path(name)) for name in everything], editors(content))
    assert len(everything) > 9
    assert not [each for each in content.rglob("*.*") if each.suffix in (".yaml", ".csv", ".key")]
    assert read_source(content, unseal=keyring(content).unseal) == before


def test_a_sealed_file_is_never_passed_over(content: Path) -> None:
    sealed(content)
    (said,) = {each for each in said_of(content, None) if NAME in each}
    assert said == f"{NAME}.age: the file is sealed (name the identity of one of its editors with --identity)"
    assert said in said_of(content, Keyring([]))


def test_another_identity_opens_nothing(content: Path) -> None:
    sealed(content)
    (said,) = {each for each in said_of(content, a_stranger(content)) if NAME in each}
    assert "sealed to other recipients" in said


@pytest.mark.parametrize("damage", [b"", b"kapot", b"age-encryption.org/v1\nkapot"])
def test_a_damaged_file_is_a_problem_like_any_other(content: Path, damage: bytes) -> None:
    sealed(content).path.write_bytes(damage)
    assert any(each.startswith(f"{NAME}.age: ") for each in said_of(content, keyring(content)))


def test_problems_within_have_their_line_and_column(content: Path) -> None:
    (content / NAME).write_text((content / NAME).read_text().replace("kind: ", "kint: ", 1))
    in_clear = said_of(content, None)
    sealed(content)
    assert said_of(content, keyring(content)) == in_clear


def test_a_file_sealed_and_in_clear_is_a_problem(content: Path) -> None:
    before = (content / NAME).read_bytes()
    sealed(content)
    (content / NAME).write_bytes(before)
    expected = f"{NAME}.age: the file is there sealed and in clear (remove the one that is out of date)"
    assert said_of(content, keyring(content)) == [expected]


@pytest.mark.parametrize(
    "name", ["partners/meer.yml.age", "partners/diep/meer.yaml.age", "pages/over.md.age", "bundel.age"]
)
def test_a_sealed_file_that_nobody_reads_is_a_problem(content: Path, name: str) -> None:
    (content / name).parent.mkdir(exist_ok=True)
    (content / name).write_bytes(b"age-encryption.org/v1\n")
    (said,) = said_of(content, keyring(content))
    assert said.startswith(f"{name}: a file that is not read")


# --- sealing ----------------------------------------------------------------------------------------------------------


def test_a_sealed_file_takes_the_place_of_the_one_in_clear(content: Path) -> None:
    before = (content / NAME).read_bytes()
    file = sealed(content)
    assert names(content / "partners") == ["gemeenten.yaml", "partners.yaml.age"]
    assert keyring(content).unseal(file.path.read_bytes()) == before
    assert file.path.stat().st_mode & 0o777 == 0o600


def test_what_is_confidential_and_in_clear_is_found(content: Path) -> None:
    (content / "protection.key").write_text("0f" * 32 + "\n")
    sealed(content)
    found = [each.name for each in find_in_clear(content)]
    assert found == [
        "conversations/2024.csv", "conversations/2025.yaml", "conversations/2026.yaml", "partners/gemeenten.yaml", "protection.key",
    ]  # fmt: skip


def test_a_memory_from_before_there_were_editors_is_sealed_too_and_never_edited(content: Path) -> None:
    left = {f"published/{year}/memory-{version}.json": b"{}\n" for year, version in ((2025, 1), (2025, 12), (2026, 1))}
    for name, data in {**left, "published/2025/release-1.json": b"{}\n"}.items():
        (content / name).parent.mkdir(parents=True, exist_ok=True)
        (content / name).write_bytes(data)
    (content / "published" / "2026" / "memory-2.json").symlink_to(content / NAME)
    found = find_in_clear(content)
    assert {each.name for each in found if each.name.startswith("published/")} == set(left)
    with pytest.raises(WrongUsage):
        find_file(content, Path("published/2026/memory-1.json"))
    seal_source([find_file(content, Path("published/2026/memory-1.json"), find_memories(content))], editors(content))
    assert names(content / "published" / "2026") == ["memory-1.json.age", "memory-2.json"]
    assert keyring(content).unseal((content / "published" / "2026" / "memory-1.json.age").read_bytes()) == b"{}\n"


def test_with_nobody_to_seal_to_the_file_stays(content: Path) -> None:
    before = (content / NAME).read_bytes()
    with pytest.raises(WrongUsage):
        seal_source([find_file(content, Path(NAME))], ())
    assert (content / NAME).read_bytes() == before
    assert not (content / f"{NAME}.age").exists()


def test_what_cannot_be_sealed_is_refused_before_anything_is(content: Path) -> None:
    first = find_file(content, Path(NAME))
    for other in ("pages/over.md", "partners/gemeenten.yaml"):
        (content / "partners" / "gemeenten.yaml.age").touch()
        with pytest.raises(WrongUsage):
            seal_source([first, find_file(content, Path(other))], editors(content))
    assert first.path.exists()


def test_what_is_no_source_is_not_found(content: Path) -> None:
    (content / "partners" / "wijst.yaml").symlink_to(content / NAME)
    for name in (
        "partners",
        "weg.yaml",
        "partners/wijst.yaml",
        "recipients/source/redactie.txt",
        "/etc/passwd",
        "",
        "..",
    ):
        with pytest.raises(WrongUsage):
            find_file(content, Path(name))


def test_a_file_is_found_however_it_is_named(content: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = sealed(content)
    monkeypatch.chdir(content)
    for name in (NAME, f"{NAME}.age", str(content / NAME), f"./{NAME}"):
        assert find_file(content, Path(name)) == file
    monkeypatch.chdir(content / "partners")
    assert find_file(content, Path("partners.yaml.age")) == file


def test_what_another_run_left_is_told_with_its_cure(content: Path) -> None:
    (content / "partners" / f".partners.yaml.age{UNFINISHED}").touch()
    with pytest.raises(SealingFailed) as caught:
        sealed(content)
    assert UNFINISHED in caught.value.problems[0].hint
    assert Path(caught.value.problems[0].place.file) == content / "partners" / f".partners.yaml.age{UNFINISHED}"
    assert (content / NAME).exists()


# --- editing ----------------------------------------------------------------------------------------------------------


def edit(
    content: Path, file: SourceFile, run: Callable[[Path], object], *, keys: Keyring | None = None,
    find_problems: Callable[[bytes, bytes], tuple[Problem, ...]] = lambda _sealed, _after: (), again: bool = False,
) -> bool:  # fmt: skip
    def edit_file(files: Sequence[Path]) -> None:
        run(files[0])

    return edit_source(
        file, keys or keyring(content), editors(content), person=Person(edit_file, lambda _: again, TOLD.append),
        find_problems=find_problems, where=place(content),
    )  # fmt: skip


TOLD: list[str] = []
"""What the person was told, of all tests."""


def place(content: Path) -> Path:
    """Where the private folders of these tests are made."""
    (content.parent / "werk").mkdir(exist_ok=True)
    return content.parent / "werk"


def append(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b"# nieuw\n")


def test_an_edit_is_made_in_private_and_sealed_again(content: Path) -> None:
    file, seen = sealed(content), list[Path]()

    def change(path: Path) -> None:
        seen.append(path)
        assert path.name == "partners.yaml"
        assert path.parent.stat().st_mode & 0o777 == 0o700
        assert path.stat().st_mode & 0o777 == 0o600
        (path.parent / "partners.yaml~").write_bytes(path.read_bytes())
        append(path)

    assert edit(content, file, change)
    assert keyring(content).unseal(file.path.read_bytes()).endswith(b"# nieuw\n")
    assert seen
    assert names(place(content)) == []
    assert names(content / "partners") == ["gemeenten.yaml", "partners.yaml.age"]


def test_an_editor_that_puts_another_file_in_its_place_is_understood(content: Path) -> None:
    file = sealed(content)

    def change(path: Path) -> None:
        path.with_suffix(".tmp").write_bytes(b"# anders\n")
        path.with_suffix(".tmp").replace(path)

    assert edit(content, file, change)
    assert keyring(content).unseal(file.path.read_bytes()) == b"# anders\n"


def test_without_a_change_nothing_is_sealed_again(content: Path) -> None:
    file = sealed(content)
    before = file.path.read_bytes()
    assert not edit(content, file, lambda _: None)
    assert file.path.read_bytes() == before


def test_an_edit_with_problems_may_be_corrected_or_given_up(content: Path) -> None:
    file = sealed(content)
    words = [b"fout", b"fout", b"goed", b"fout"]

    def wrong(_sealed: bytes, after: bytes) -> tuple[Problem, ...]:
        return (Problem(HERE, "", "wrong"),) if after == b"fout" else ()

    assert edit(content, file, lambda path: path.write_bytes(words.pop(0)), find_problems=wrong, again=True)
    assert keyring(content).unseal(file.path.read_bytes()) == b"goed"
    before = file.path.read_bytes()
    with pytest.raises(SourceHasProblems):
        edit(content, file, lambda path: path.write_bytes(words.pop(0)), find_problems=wrong)
    assert file.path.read_bytes() == before
    assert names(place(content)) == []


def fail(path: Path) -> None:
    append(path)
    raise WrongUsage(Problem(HERE, "", "the editor ended with a failure"))


def interrupt(path: Path) -> None:
    append(path)
    raise KeyboardInterrupt


def remove(path: Path) -> None:
    path.unlink()


@pytest.mark.parametrize(
    ("run", "failure"), [(fail, WrongUsage), (interrupt, KeyboardInterrupt), (remove, SealingFailed)]
)
def test_an_edit_that_fails_changes_nothing_and_leaves_nothing(
    content: Path, run: Callable[[Path], None], failure: type[BaseException]
) -> None:
    file = sealed(content)
    before = file.path.read_bytes()
    with pytest.raises(failure):
        edit(content, file, run)
    assert file.path.read_bytes() == before
    assert names(place(content)) == []
    assert [each for each in names(content / "partners") if not each.startswith(".partners.bewaard")] == [
        "gemeenten.yaml",
        "partners.yaml.age",
    ]


def test_a_change_of_another_is_not_overwritten(content: Path) -> None:
    file = sealed(content)
    others: list[bytes] = []

    def change(path: Path) -> None:
        assert edit(content, file, lambda other: other.write_bytes(b"# van een ander\n"))
        others.append(file.path.read_bytes())
        append(path)

    with pytest.raises(SealingFailed):
        edit(content, file, change)
    assert [file.path.read_bytes()] == others
    assert names(place(content)) == []


# --- no text is lost --------------------------------------------------------------------------------------------------


def kept_texts(content: Path) -> list[bytes]:
    return [unpad(keyring(content).open(each.read_bytes())) for each in find_kept(content / f"{NAME}.age")]


def fails(
    error: type[BaseException], text: bytes = b"# mijn werk\n", name: str = "partners.yaml"
) -> Callable[[Path], None]:
    """An editor that writes, beside the file or into it, and is cut off."""

    def run(path: Path) -> None:
        path.with_name(name).write_bytes(text)
        raise error

    return run


@pytest.mark.parametrize("name", ["partners.yaml", "partners.yaml.save", "#partners.yaml#", "partners.yaml.recovered"])
@pytest.mark.parametrize("error", [KeyboardInterrupt, WrongUsage])
def test_what_was_written_before_the_editor_was_cut_off_is_kept_sealed(
    content: Path, name: str, error: type[BaseException]
) -> None:
    file = sealed(content)
    before = file.path.read_bytes()
    cut_off = (
        error
        if error is KeyboardInterrupt
        else type("CutOff", (WrongUsage,), {"__init__": lambda self: WrongUsage.__init__(self, ())})
    )
    with pytest.raises(error):
        edit(content, file, fails(cut_off, name=name))
    assert file.path.read_bytes() == before
    assert kept_texts(content) == [b"# mijn werk\n"]
    assert names(place(content)) == []
    assert (
        TOLD[-1]
        == "what you wrote is kept, sealed, as .partners.bewaard-1.yaml.age; the next edit of this file shows it"
    )
    read_source(content, unseal=keyring(content).unseal)  # it is no file of the source


def test_a_change_that_another_was_before_and_one_with_problems_are_kept(content: Path) -> None:
    file = sealed(content)

    def change(path: Path) -> None:
        assert edit(content, file, lambda other: other.write_bytes(b"# van een ander\n"))
        append(path)

    with pytest.raises(SealingFailed):
        edit(content, file, change)
    problem = Problem(Place(NAME), "", "fout")
    with pytest.raises(SourceHasProblems):
        edit(content, file, lambda path: path.write_bytes(b"# fout\n"), find_problems=lambda _a, _b: (problem,))
    first, second = kept_texts(content)
    assert first.endswith(b"# nieuw\n")
    assert second == b"# fout\n"


def test_the_next_edit_shows_what_is_kept_and_then_it_goes(content: Path) -> None:
    file = sealed(content)
    with pytest.raises(KeyboardInterrupt):
        edit(content, file, fails(KeyboardInterrupt))
    shown: list[str] = []

    def look(path: Path) -> None:
        shown.extend(names(path.parent))

    assert not edit(content, file, look)
    assert shown == ["partners.bewaard-1.yaml", "partners.yaml"]
    assert kept_texts(content) == [b"# mijn werk\n"]
    with pytest.raises(KeyboardInterrupt):
        edit(content, file, fails(KeyboardInterrupt, text=b""))
    assert len(kept_texts(content)) == 1  # what is kept is not kept again
    assert edit(content, file, append)
    assert kept_texts(content) == []


@pytest.mark.parametrize("size", [0, 1, 300, 4000, 4096, 5000, 100_000])
def test_the_size_of_a_sealed_file_tells_little(content: Path, size: int) -> None:
    file = sealed(content)
    text = b"# " + b"x" * size + b"\n"
    assert edit(content, file, lambda path: path.write_bytes(text))
    padded = keyring(content).open(file.path.read_bytes())
    assert len(padded) >= 4096
    assert padme(len(padded)) == len(padded)
    assert keyring(content).unseal(file.path.read_bytes()) == text


@pytest.mark.parametrize("text", [b"", b"x", b"x\n", b"x\n\n\n", b"\n", b"y" * 4096, b"y" * 4095 + b"\n", b"x\r\n"])
def test_padding_is_taken_away_as_it_was_put_there(text: bytes) -> None:
    assert unpad(pad(text)) == text
    assert unpad(text) == text


# --- and again --------------------------------------------------------------------------------------------------------


def test_a_file_that_cannot_be_sealed_again_is_what_it_was(content: Path) -> None:
    file = sealed(content)
    before = file.path.read_bytes()
    (content / "partners" / f".partners.yaml.age{UNFINISHED}").touch()
    with pytest.raises(SealingFailed):
        edit(content, file, append)
    assert file.path.read_bytes() == before
    assert names(place(content)) == []


def test_a_stranger_sees_nothing(content: Path) -> None:
    file = sealed(content)
    with pytest.raises(OpeningFailed) as caught:
        edit(content, file, lambda _: pytest.fail("an editor was started"), keys=a_stranger(content))
    assert "sealed to other recipients" in caught.value.problems[0].what


def test_a_file_in_clear_needs_no_key(content: Path) -> None:
    with pytest.raises(WrongUsage):
        edit(content, find_file(content, Path(NAME)), lambda _: pytest.fail("an editor was started"))
