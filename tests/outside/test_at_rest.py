"""The exclusion list and the sealed source from the outside: what commands do with them, and what they never say."""

from __future__ import annotations

import io
import json
import os
import shlex
import shutil
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

import build
from tests import desk as desks
from tests.conftest import need_program
from tests.desk import files_of
from tweeluik.confidential.at_rest.workplace import MEMORY, PREFIX
from tweeluik.source.load import read_source

ROOT = Path(__file__).parents[2]
MARKER = "Kwaakzwaluw"
FILE = "partners/partners.yaml"


class Desk(desks.SimpleDesk):
    """The small content, two keys, and the command line."""

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        self.holder, self.editor = root / "houder", root / "redacteur"
        for key in (self.holder, self.editor):
            assert build.main(["keygen", "-o", str(key)]) == 0
        (self.content / "recipients.txt").write_text(f"# Lezer\n{self.recipient(self.holder)}\n")
        (self.content / "recipients" / "source").mkdir(parents=True)
        editor = self.content / "recipients" / "source" / "redacteur.txt"
        editor.write_text(f"# holder: Redacteur\n{self.recipient(self.editor)}\n")

    def recipient(self, key: Path) -> str:
        return key.read_text().split()[2]

    def options(self) -> list[str]:
        return ["--content", str(self.content), "--templates", str(ROOT / "templates"), "--site", str(self.site)]

    def exclude(self, *lines: str) -> None:
        (self.root / "lijst.txt").write_text("\n".join(lines), "utf-8")
        assert self.run("exclusions", "seal", str(self.root / "lijst.txt"), "-i", str(self.holder)) == 0
        (self.root / "lijst.txt").unlink()

    def files(self, folder: Path) -> dict[str, bytes]:
        return files_of(folder)


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    desk = Desk(tmp_path)
    capsys.readouterr()
    return desk


# --- the exclusion list -----------------------------------------------------------------------------------------------

COMMANDS = (["check"], ["build"], ["bundle", "gesprekspartners"], ["publish", "2025"])


def a_name(desk: Desk) -> str:
    return max((each.name for each in read_source(desk.content).partners), key=len)


@pytest.mark.parametrize("command", COMMANDS, ids=lambda each: each[0])
def test_a_match_stops_and_is_counted_and_never_named(
    desk: Desk, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, command: list[str]
) -> None:
    monkeypatch.chdir(desk.root)
    name = a_name(desk)
    desk.exclude(MARKER, name.upper().replace("-", " "))
    before = desk.files(desk.root)
    capsys.readouterr()
    assert desk.run(*command, "--identity", str(desk.holder)) == 10
    said = "".join(capsys.readouterr())
    assert "1 organisation of the source is on the exclusion list" in said
    for word in (MARKER, name):
        assert word.casefold() not in said.casefold()
    assert desk.files(desk.root) == before


@pytest.mark.parametrize("command", COMMANDS, ids=lambda each: each[0])
def test_without_the_holder_it_is_not_tested_and_one_line_says_so(
    desk: Desk, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, command: list[str]
) -> None:
    monkeypatch.chdir(desk.root)
    desk.exclude(MARKER, a_name(desk))
    capsys.readouterr()
    assert desk.run(*command) == 0
    said = "".join(capsys.readouterr())
    assert [line for line in said.splitlines() if "exclusion" in line] == [
        "the exclusion list was not tested: name its holder's identity"
    ]
    assert MARKER not in said


def test_nothing_of_the_list_is_in_anything_that_is_made(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    identity = ("--identity", str(desk.holder))
    assert desk.run("build") == 0
    without = desk.files(desk.site)
    desk.exclude(MARKER, "99999999")
    capsys.readouterr()
    assert desk.run("build", *identity) == 0
    assert desk.files(desk.site) == without
    assert desk.run("publish", "2025", *identity) == 0
    assert desk.run("bundle", "gesprekspartners", "-o", str(desk.root / "bundel"), *identity) == 0
    (sealed,) = (each for each in (desk.root / "bundel").glob("exemplaar*.age"))
    assert desk.run("open", str(sealed), "-i", str(desk.holder), "-o", str(desk.root / "open")) == 0
    said = "".join(capsys.readouterr())
    assert said.count("the exclusion list was tested") == 3
    made = {**desk.files(desk.root), "said": said.encode()}
    assert len(made) > 40
    assert [name for name, data in made.items() if MARKER.encode() in data or b"99999999" in data] == []
    inside = desk.files(desk.root / "open")
    assert [name for name, data in inside.items() if b"exclusion" in data or b"uitsluit" in data.lower()] == []


def test_as_data_it_says_whether_it_was_tested(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    desk.exclude(MARKER)
    for identity, tested in (([], False), (["-i", str(desk.holder)], True)):
        capsys.readouterr()
        assert desk.run("check", "--json", *identity) == 0
        assert json.loads(capsys.readouterr().out)["exclusions_tested"] is tested


def test_an_identity_of_another_is_told_what_to_do(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    desk.exclude(MARKER)
    capsys.readouterr()
    assert desk.run("check", "-i", str(desk.editor)) == 14
    said = "".join(capsys.readouterr())
    assert "exclusions.age: the file was sealed to other recipients" in said
    assert "name the identity of the holder of the list" in said
    assert "AGE-SECRET-KEY" not in said


def test_lines_are_added_from_standard_input(
    desk: Desk, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(f"{MARKER}\r\n{a_name(desk)}\r\n".encode())))
    assert desk.run("exclusions", "add", "-i", str(desk.holder)) == 0
    assert desk.run("check", "-i", str(desk.holder)) == 10
    assert MARKER not in "".join(capsys.readouterr())
    age = need_program("age")
    opened = subprocess.run(
        [age, "-d", "-i", desk.holder, desk.content / "exclusions.age"], capture_output=True, check=True
    )
    lines = opened.stdout.decode().splitlines()
    assert [line for line in lines if line.strip() and not line.startswith("#")] == [MARKER, a_name(desk)]


def test_how_many_lines_the_list_has_does_not_show_in_its_size(desk: Desk) -> None:
    sizes = set()
    for most in (1, 60):
        desk.exclude(*(f"{MARKER} {number}" for number in range(most)))
        sealed = (desk.content / "exclusions.age").read_bytes()
        sizes.add(len(sealed) - sealed.index(b"\n--- "))  # without the head: pyrage pads that at random
    assert len(sizes) == 1


def test_what_is_alike_is_judged_by_the_holder_and_kept_by_the_editor(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit 10 with a number, the line on the holder's terminal only, a judgement without the name, and the build goes on."""
    name, identity = a_name(desk), ("-i", str(desk.holder))
    alike = f"{name} ({MARKER})"
    desk.exclude("# uitleg", f"1. {alike}")
    capsys.readouterr()
    assert desk.run("check", *identity) == 10
    said = "".join(capsys.readouterr())
    assert "1 organisation of the source is perhaps on the exclusion list" in said
    assert not any(word.casefold() in said.casefold() for word in (MARKER, name))
    before = desk.files(desk.root)
    assert desk.run("exclusions", "review", *identity) == 0
    shown = capsys.readouterr()
    assert desk.files(desk.root) == before
    assert f"line 2  1. {alike}" in shown.out
    assert "strictly confidential" in shown.err
    partner = next(each.id for each in read_source(desk.content).partners if each.name == name)
    digest = shown.out.split("[line-", 1)[1].split("]", 1)[0]
    assert desk.run("organisations", "--different", partner, f"line-{digest}", "--on", "2026-11-27") == 0
    assert desk.run("check", *identity) == 0
    assert MARKER not in (desk.content / "judgements.yaml").read_text("utf-8")


def test_a_list_sealed_with_age_itself_is_tested(desk: Desk) -> None:
    age = need_program("age")
    seal: list[str | Path] = [age, "-a", "-r", desk.recipient(desk.holder), "-o", desk.content / "exclusions.age"]
    subprocess.run(seal, input=a_name(desk).encode(), check=True)
    assert desk.run("check", "-i", str(desk.holder)) == 10


def test_a_text_that_is_none_is_refused(desk: Desk) -> None:
    (desk.root / "lijst.txt").write_bytes(b"\xff\xfe\x00")
    for file in ("lijst.txt", "weg.txt"):
        assert desk.run("exclusions", "seal", str(desk.root / file), "-i", str(desk.holder)) == 2
    assert not (desk.content / "exclusions.age").exists()


# --- the source at rest -----------------------------------------------------------------------------------------------


@pytest.fixture
def sealed(desk: Desk, capsys: pytest.CaptureFixture[str]) -> Desk:
    assert desk.run("seal-source") == 0
    capsys.readouterr()
    return desk


def test_everything_confidential_is_sealed(sealed: Desk) -> None:
    names = {each for each in sealed.files(sealed.content) if each.startswith(("partners", "conversations"))}
    assert names
    assert all(each.endswith(".age") for each in names)
    assert sealed.run("seal-source") == 0


def test_a_memory_that_a_killed_run_left_beside_the_register_does_not_stay_in_clear(desk: Desk) -> None:
    left = desk.content / ".published.new" / "2024"
    left.mkdir(parents=True)
    (left / "memory-1.json").write_text("{}")
    assert desk.run("seal-source") == 0
    assert not left.parent.exists()


def test_the_first_publication_keeps_a_key_in_clear_or_sealed_as_the_records_are(desk: Desk) -> None:
    key = desk.content / "protection.key"
    assert desk.run("publish", "2025") == 0
    in_clear = key.read_bytes()
    assert len(in_clear.strip()) == 64
    if os.name == "posix":
        assert stat.S_IMODE(key.stat().st_mode) == 0o600
    for name in ("published", "approvals"):
        shutil.rmtree(desk.content / name)
    key.unlink()
    assert desk.run("seal-source") == 0
    assert desk.run("publish", "2025", "-i", str(desk.editor)) == 0
    assert not key.exists()
    assert (desk.content / "protection.key.age").read_bytes().startswith(b"age-encryption.org/v1")
    assert desk.run("build", "-i", str(desk.editor)) == 0


def test_a_sealed_source_gives_the_same_site(desk: Desk) -> None:
    assert desk.run("build") == 0
    in_clear = desk.files(desk.site)
    assert desk.run("seal-source") == 0
    assert desk.run("build", "-i", str(desk.editor)) == 0
    assert desk.files(desk.site) == in_clear


COMMANDS_THAT_READ = (*COMMANDS, ["explain"], ["organisations"])


@pytest.mark.parametrize("command", COMMANDS_THAT_READ, ids=lambda each: each[0])
def test_without_or_with_a_wrong_identity_every_command_says_what_is_sealed(
    sealed: Desk, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, command: list[str]
) -> None:
    monkeypatch.chdir(sealed.root)
    before = sealed.files(sealed.root)
    files = sorted(name for name in sealed.files(sealed.content) if name.endswith(".age"))
    cure = "name the identity of one of its editors with --identity"
    assert len(files) > 3
    assert sealed.run(*command, "--all") == 10
    said = "".join(capsys.readouterr()).splitlines()
    assert [line for line in said if ".age" in line] == [
        f"{each}: the file is sealed ({cure}) [E720]" for each in files
    ]
    assert sealed.run(*command, "--all", "-i", str(sealed.holder)) == 10
    said = "".join(capsys.readouterr()).splitlines()
    told = [line.partition(" (")[0] for line in said if ".age" in line]
    assert told == [f"{each}: the file was sealed to other recipients, or its head is damaged" for each in files]
    assert sealed.files(sealed.root) == before


@pytest.mark.parametrize("command", COMMANDS_THAT_READ, ids=lambda each: each[0])
def test_with_the_identity_of_an_editor_every_command_works(
    sealed: Desk, monkeypatch: pytest.MonkeyPatch, command: list[str]
) -> None:
    monkeypatch.chdir(sealed.root)
    assert sealed.run(*command, "-i", str(sealed.editor)) == 0


def test_an_import_into_a_sealed_source_is_sealed_too(sealed: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    (sealed.root / "nieuw.csv").write_text(
        "naam;soort;regio;herleidbaar;kvk\nKwaakhuis;vrijwilligers;NL;nee;11112222\n"
    )
    command = ("import", str(sealed.root / "nieuw.csv"))
    before = sealed.files(sealed.content)
    assert sealed.run(*command) == 10
    assert sealed.files(sealed.content) == before
    assert sealed.run(*command, "-i", str(sealed.editor)) == 0, "".join(capsys.readouterr())
    new = sealed.files(sealed.content).keys() - before.keys()
    assert new == {"partners/import.yaml.age"}
    (sealed.root / "nieuw.csv").write_text("kvk;maatregelen 2026\n11112222;1.1a\n")
    assert sealed.run(*command, "-i", str(sealed.editor)) == 0, "".join(capsys.readouterr())
    assert sealed.files(sealed.content).keys() == {*before, *new}
    assert b"Kwaakhuis" not in b"".join(sealed.files(sealed.content).values())
    assert sealed.run("check", "-i", str(sealed.editor)) == 0


def test_a_new_record_of_a_sealed_source_is_sealed_and_filled_in_with_edit(
    sealed: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert sealed.run("new", "partner", "-i", str(sealed.editor)) == 0
    assert "partners/nieuw.yaml.age: fill in what is empty with `edit`" in capsys.readouterr().out
    assert (sealed.content / "partners" / "nieuw.yaml.age").read_bytes().startswith(b"age-encryption.org/")


def test_an_editor_who_does_not_hold_the_list_can_work(sealed: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    sealed.exclude(MARKER)
    capsys.readouterr()
    assert sealed.run("check", "-i", str(sealed.editor)) == 0
    assert "the exclusion list was not tested: it is sealed to another identity" in "".join(capsys.readouterr())
    assert sealed.run("check", "-i", str(sealed.editor), "-i", str(sealed.holder)) == 0
    assert "the exclusion list was tested" in "".join(capsys.readouterr())


# --- people come and go -----------------------------------------------------------------------------------------------


def test_the_source_is_sealed_again_to_the_editors_of_today(
    sealed: Desk, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    readers, newcomer = sealed.content / "recipients" / "source", sealed.root / "nieuw"
    monkeypatch.chdir(sealed.root)
    assert sealed.run("reseal", "-i", str(sealed.editor)) == 0
    assert build.main(["keygen", "-o", str(newcomer)]) == 0
    (readers / "nieuweling.txt").write_text(f"# holder: Nieuw\n{sealed.recipient(newcomer)}\n")
    (readers / "redacteur.txt").unlink()
    capsys.readouterr()
    assert sealed.run("check", "-i", str(sealed.editor)) == 0
    said = capsys.readouterr().err
    assert "recipients/source/nieuweling.txt:2:1: this editor cannot open the source yet" in said
    assert "somebody who is no editor any more can open the source as it is" in said
    before = sealed.files(sealed.content)
    assert sealed.run("reseal", "-i", str(newcomer)) == 14
    assert sealed.files(sealed.content) == before
    assert sealed.run("reseal", "-i", str(sealed.editor)) == 0
    told = "".join(capsys.readouterr())
    assert "became a reader: nieuweling" in told
    assert "is no reader any more: redacteur" in told
    assert sealed.run("check", "-i", str(newcomer)) == 0
    assert "editor" not in capsys.readouterr().err
    assert sealed.run("check", "-i", str(sealed.editor)) == 10


def test_the_source_is_not_sealed_to_a_weaker_kind_of_key_unless_that_is_meant(
    sealed: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    key = sealed.root / "ssh"
    subprocess.run([need_program("ssh-keygen"), "-q", "-t", "ed25519", "-N", "", "-f", key], check=True)
    editor = f"# holder: Nieuw\n# ssh: meant\n{key.with_suffix('.pub').read_text()}"
    (sealed.content / "recipients" / "source" / "nieuweling.txt").write_text(editor)
    before = sealed.files(sealed.content)
    assert sealed.run("reseal", "-i", str(sealed.editor), "--lang", "nl") == 13
    assert "zwakker soort sleutel dan waarvoor het nu is verzegeld" in capsys.readouterr().err
    assert sealed.files(sealed.content) == before
    assert sealed.run("reseal", "-i", str(sealed.editor), "--weaker") == 0
    assert sealed.run("reseal", "-i", str(key)) == 0


def test_check_tells_in_time_whose_key_lapses(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    """Of the bundle's roles too; it is no failure of the source."""
    (desk.content / "recipients" / "cip.txt").write_text("# holder: Informatiepunt\n# expires: 2020-01-31\nage1…\n")
    assert desk.run("check") == 0
    assert "recipients/cip.txt:2:1: this recipient has expired" in capsys.readouterr().err


def test_the_note_of_readers_is_signed_and_goes_with_what_it_says(sealed: Desk) -> None:
    keygen, key = need_program("ssh-keygen"), sealed.root / "ondertekenen"
    subprocess.run([keygen, "-q", "-t", "ed25519", "-N", "", "-f", key], check=True)
    (sealed.root / "allowed").write_text(f"redactie {key.with_name('ondertekenen.pub').read_text()}")
    assert sealed.run("reseal", "-i", str(sealed.editor), "--sign", str(key)) == 0
    note = sealed.content / "recipients" / "source" / "lezers.note"
    beside = note.with_name("lezers.note.sig")
    check: list[str | Path] = [
        keygen,
        "-Y",
        "verify",
        "-f",
        sealed.root / "allowed",
        "-I",
        "redactie",
        "-n",
        "lezers@tweeluik",
        "-s",
        beside,
    ]
    subprocess.run(check, input=note.read_bytes(), check=True, capture_output=True)
    assert sealed.run("reseal", "-i", str(sealed.editor)) == 0
    assert beside.read_bytes() == b""
    assert sealed.run("reseal", "-i", str(sealed.editor), "--sign", str(sealed.root / "weg")) == 13


def test_without_a_note_the_heads_tell_that_an_editor_is_missing(
    sealed: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    assert build.main(["keygen", "-o", str(sealed.root / "nieuw")]) == 0
    text = f"# holder: Nieuw\n{sealed.recipient(sealed.root / 'nieuw')}\n"
    (sealed.content / "recipients" / "source" / "nieuweling.txt").write_text(text)
    capsys.readouterr()
    assert sealed.run("check", "-i", str(sealed.editor)) == 0
    assert "files are sealed to another number of editors than there are" in capsys.readouterr().err


# --- edit -------------------------------------------------------------------------------------------------------------


def an_editor(desk: Desk, body: str) -> str:
    """The command of an editor that notes where it worked, and then does `body` with `file`."""
    script = desk.root / "editor.py"
    note = f"from pathlib import Path; import sys, time; file = Path(sys.argv[2])\nPath({str(desk.root / 'waar')!r}).write_text(str(file))\n"
    script.write_text(note + body)
    return shlex.join([sys.executable, str(script), "--wait"])


def edited(desk: Desk, monkeypatch: pytest.MonkeyPatch, body: str, file: str = FILE) -> int:
    monkeypatch.setenv("VISUAL", "")
    monkeypatch.setenv("EDITOR", an_editor(desk, body))
    return desk.run("edit", file, "-i", str(desk.editor))


def nothing_is_left(desk: Desk) -> bool:
    private = Path((desk.root / "waar").read_text()).parent.parent
    assert private.name.startswith(PREFIX)
    assert private.parent == MEMORY or not os.access(MEMORY, os.W_OK)
    return not private.exists() and not (desk.content / FILE).exists()


APPEND = "file.write_bytes(file.read_bytes() + b'\\n# Kwaakzwaluw\\n')"


def test_an_edit_is_sealed_again(sealed: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    before = (sealed.content / f"{FILE}.age").read_bytes()
    assert edited(sealed, monkeypatch, APPEND) == 0
    assert nothing_is_left(sealed)
    assert (sealed.content / f"{FILE}.age").read_bytes() != before
    age = need_program("age")
    opened = subprocess.run(
        [age, "-d", "-i", sealed.editor, sealed.content / f"{FILE}.age"], capture_output=True, check=True
    )
    assert opened.stdout.rstrip().endswith(b"# Kwaakzwaluw")  # and a line of spaces, which means nothing
    assert [name for name, data in sealed.files(sealed.content).items() if b"Kwaakzwaluw" in data] == []
    assert sealed.run("check", "-i", str(sealed.editor)) == 0


def test_no_change_is_told(sealed: Desk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    before = sealed.files(sealed.content)
    assert edited(sealed, monkeypatch, "") == 0
    assert "nothing was changed" in "".join(capsys.readouterr())
    assert nothing_is_left(sealed)
    assert sealed.files(sealed.content) == before


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (f"{APPEND}; sys.exit(3)", (2, "the editor ended with a failure")),
        ("file.write_text('- naam: Kwaakzwaluw')", (10, FILE)),
        ("file.write_text('- {Kwaakzwaluw')", (10, FILE)),
        ("file.write_bytes(b'')", (10, "the file is empty")),
        ("file.unlink()", (13, "cannot be read")),
    ],
)
def test_an_edit_that_does_not_work_out_changes_nothing(
    sealed: Desk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], body: str, told: tuple[int, str]
) -> None:
    before = sealed.files(sealed.content)
    assert edited(sealed, monkeypatch, body) == told[0]
    said = "".join(capsys.readouterr())
    assert told[1] in said
    assert MARKER not in said
    assert nothing_is_left(sealed)
    assert without_kept(sealed) == before


KEPT = ".partners.bewaard-1"
TAKE_KEPT = f"kept = Path(sys.argv[3]); assert kept.name == '{KEPT[1:]}.yaml'; file.write_bytes(kept.read_bytes())"


def without_kept(desk: Desk) -> dict[str, bytes]:
    """The source but for what was kept of work that did not end well, which is sealed."""
    files = desk.files(desk.content)
    kept = {name for name in files if name.startswith("partners/.")}
    assert all(files[name].startswith(b"age-encryption.org/v1\n") for name in kept)
    return {name: data for name, data in files.items() if name not in kept}


def test_work_that_did_not_end_well_is_kept_sealed_and_shown_by_the_next_edit(
    sealed: Desk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert edited(sealed, monkeypatch, f"{APPEND}; sys.exit(3)") == 2
    assert f"what you wrote is kept, sealed, as {KEPT}.yaml.age" in capsys.readouterr().err
    assert edited(sealed, monkeypatch, TAKE_KEPT) == 0
    assert list((sealed.content / "partners").glob(".*")) == []
    assert sealed.run("check", "-i", str(sealed.editor)) == 0


@pytest.mark.parametrize("editor", ["een-editor-die-er-niet-is", "'", "/"])
def test_an_editor_that_cannot_start_is_told(sealed: Desk, monkeypatch: pytest.MonkeyPatch, editor: str) -> None:
    before = sealed.files(sealed.content)
    monkeypatch.setenv("VISUAL", editor)
    assert sealed.run("edit", FILE, "-i", str(sealed.editor)) == 2
    assert sealed.files(sealed.content) == before


def test_problems_elsewhere_that_were_there_do_not_stop_an_edit(sealed: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    (sealed.content / "editions" / "2025.yaml").write_text("titel: X\n")
    assert edited(sealed, monkeypatch, APPEND) == 0


def test_a_file_with_a_problem_is_sealed_again_when_that_is_cured(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    (desk.content / FILE).write_text((desk.content / FILE).read_text().replace("kind: ", "kint: ", 1))
    assert desk.run("seal-source") == 0
    assert edited(desk, monkeypatch, APPEND) == 10
    assert edited(desk, monkeypatch, "file.write_text(file.read_text().replace('kint: ', 'kind: '))") == 0
    assert desk.run("check", "-i", str(desk.editor)) == 0


def test_a_problem_that_an_edit_makes_elsewhere_stops_it(
    sealed: Desk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    before = sealed.files(sealed.content)
    body = "file.write_text(file.read_text().replace('- id: p-', '- id: q-'))"
    assert edited(sealed, monkeypatch, body) == 10
    assert "conversations/" in "".join(capsys.readouterr())
    assert without_kept(sealed) == before


def test_a_person_may_correct_the_problems(sealed: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Wrong at first, then right; then wrong, and given up; then wrong, and nobody answers."""

    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    flag = sealed.root / "eerder"
    body = f"flag = Path({str(flag)!r})\nif flag.exists(): {APPEND.replace('read_bytes()', 'read_bytes()[1:]')}\nelse: file.write_bytes(b'x' + file.read_bytes()); flag.touch()"
    monkeypatch.setattr(sys, "stdin", Terminal("\n"))
    assert edited(sealed, monkeypatch, body) == 0
    for answer in ("n\n", ""):
        flag.unlink()
        monkeypatch.setattr(sys, "stdin", Terminal(answer))
        assert edited(sealed, monkeypatch, body) == 10
        assert nothing_is_left(sealed)


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGKILL])
def test_a_program_that_is_ended_leaves_the_sealed_file_as_it_was(
    sealed: Desk, monkeypatch: pytest.MonkeyPatch, number: signal.Signals
) -> None:
    """Asked to end, it keeps what was written, sealed beside it, for the next edit; a kill leaves nothing to keep."""
    before = sealed.files(sealed.content)
    wait = an_editor(sealed, f"{APPEND}\nPath(sys.argv[0]).with_name('klaar').touch()\ntime.sleep(30)")
    program = subprocess.Popen(
        [sys.executable, "build.py", "edit", FILE, "-i", sealed.editor, *sealed.options()],
        cwd=ROOT, env={**os.environ, "VISUAL": wait}, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True,
    )  # fmt: skip
    until = time.monotonic() + 20
    while not (sealed.root / "klaar").exists() and time.monotonic() < until:
        time.sleep(0.02)
    assert (sealed.root / "klaar").exists()
    program.send_signal(number)
    program.wait(20)
    if number == signal.SIGKILL:
        os.killpg(program.pid, signal.SIGKILL)  # the editor that nobody waits for
        assert not nothing_is_left(sealed)
        monkeypatch.setenv("VISUAL", need_program("true"))
        assert sealed.run("edit", FILE, "-i", str(sealed.editor)) == 0
    _, told = program.communicate()
    assert nothing_is_left(sealed)
    assert without_kept(sealed) == before
    kept = sorted(each.name for each in (sealed.content / "partners").glob(".*"))
    assert kept == ([] if number == signal.SIGKILL else [f"{KEPT}.yaml.age"])
    assert ((b"what you wrote is kept, sealed, as " + KEPT.encode()) in told) is bool(kept)
    if kept:
        assert edited(sealed, monkeypatch, TAKE_KEPT) == 0
        assert not list((sealed.content / "partners").glob(".*"))
        age = need_program("age")
        opened = subprocess.run(
            [age, "-d", "-i", sealed.editor, sealed.content / f"{FILE}.age"], capture_output=True, check=True
        )
        assert opened.stdout.rstrip().endswith(b"# Kwaakzwaluw")
