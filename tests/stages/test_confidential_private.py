"""Private files and folders: whole or not there, never in place of another."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.conftest import need_program
from tests.interrupts import interrupts
from tests.stages.a_bundle import names
from tweeluik.confidential.age.identities import Identity, fingerprint, read_identities, write_identity
from tweeluik.confidential.age.keyring import Keyring
from tweeluik.confidential.age.sealing import recipient_of, seal, unseal
from tweeluik.disk import private
from tweeluik.disk.durable import create_file
from tweeluik.disk.private import AT_WORK, BUSY, UNFINISHED, new_folder, refuse_public_folder, write_new_file
from tweeluik.problems import OpeningFailed, SealingFailed, WrongUsage


def test_a_new_file_is_its_owners_only(tmp_path: Path) -> None:
    write_new_file(tmp_path / "f", b"inhoud")
    assert (tmp_path / "f").read_bytes() == b"inhoud"
    assert (tmp_path / "f").stat().st_mode & 0o777 == 0o600
    assert names(tmp_path) == ["f"]


def test_an_existing_file_or_link_stays_what_it_was(tmp_path: Path) -> None:
    (tmp_path / "f").write_bytes(b"oud")
    (tmp_path / "wijst").symlink_to(tmp_path / "niets")
    for name in ("f", "wijst"):
        with pytest.raises(FileExistsError):
            write_new_file(tmp_path / name, b"nieuw")
    assert (tmp_path / "f").read_bytes() == b"oud"
    assert names(tmp_path) == ["f", "wijst"]


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "wijst").symlink_to(tmp_path / "niets")
    with pytest.raises(OSError):
        create_file(tmp_path / "wijst", b"nieuw")
    assert not (tmp_path / "niets").exists()


def test_a_disk_that_keeps_something_else_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.write
    monkeypatch.setattr(os, "write", lambda handle, data: real(handle, bytes(data).replace(b"i", b"j")))
    with pytest.raises(OSError, match="read back"):
        create_file(tmp_path / "f", b"inhoud")
    assert names(tmp_path) == []


def test_a_disk_that_keeps_too_little_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.write
    monkeypatch.setattr(os, "write", lambda handle, data: real(handle, data[:-1]) + 1)
    with pytest.raises(OSError, match="less was read back"):
        create_file(tmp_path / "f", b"inhoud")
    assert names(tmp_path) == []


def test_a_folder_appears_when_all_is_done(tmp_path: Path) -> None:
    with new_folder(tmp_path / "uit") as scratch:
        assert not (tmp_path / "uit").exists()
        assert scratch.stat().st_mode & 0o777 == 0o700
        (scratch / "f").touch()
    assert names(tmp_path) == ["uit"]
    assert (tmp_path / "uit").stat().st_mode & 0o777 == 0o700


def test_an_empty_folder_will_do(tmp_path: Path) -> None:
    (tmp_path / "uit").mkdir()
    with new_folder(tmp_path / "uit") as scratch:
        (scratch / "f").touch()
    assert names(tmp_path / "uit") == ["f"]


def test_after_a_failure_nothing_is_there(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt), new_folder(tmp_path / "uit") as scratch:  # noqa: PT012
        (scratch / "f").touch()
        raise KeyboardInterrupt
    assert names(tmp_path) == []


def test_an_interrupt_before_any_line_leaves_nothing_that_can_be_read(tmp_path: Path) -> None:
    def work() -> None:
        with new_folder(tmp_path / "uit") as scratch:
            (scratch / "f").write_text("vertrouwelijk")

    too_late = 0
    for number, each in enumerate(interrupts(private.new_folder, private.held, private._make_scratch)):
        stopped = each.around(work)
        left = [path for path in tmp_path.rglob("*") if path.is_file()]
        assert left in ([], [tmp_path / "uit" / "f"]), number
        too_late += bool(stopped and left)
        shutil.rmtree(tmp_path / "uit", ignore_errors=True)
        shutil.rmtree(tmp_path / f"uit{UNFINISHED}", ignore_errors=True)
    assert number > 15
    assert too_late <= 1


def test_folders_above_it_are_private_and_go_again_after_a_failure(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt), new_folder(tmp_path / "a" / "b" / "uit"):
        raise KeyboardInterrupt
    assert names(tmp_path) == []
    with new_folder(tmp_path / "a" / "b" / "uit"):
        pass
    for folder in ("a", "a/b", "a/b/uit"):
        assert (tmp_path / folder).stat().st_mode & 0o777 == 0o700


def test_a_used_folder_or_a_link_is_refused(tmp_path: Path) -> None:
    (tmp_path / "vol").mkdir()
    (tmp_path / "vol" / "f").touch()
    (tmp_path / "leeg").mkdir()
    (tmp_path / "wijst").symlink_to(tmp_path / "leeg")
    (tmp_path / "bestand").touch()
    for name in ("vol", "wijst", "bestand"):
        with pytest.raises(WrongUsage), new_folder(tmp_path / name):
            pytest.fail("must not start")


def test_a_second_run_at_the_same_time_is_refused(tmp_path: Path) -> None:
    with new_folder(tmp_path / "uit") as scratch:
        (scratch / "f").touch()
        with pytest.raises(WrongUsage, match="1 problem"), new_folder(tmp_path / "uit"):
            pytest.fail("must not start")
    assert names(tmp_path / "uit") == ["f"]


def test_what_came_in_between_is_not_overwritten(tmp_path: Path) -> None:
    with pytest.raises(OSError), new_folder(tmp_path / "uit") as scratch:  # noqa: PT012
        (scratch / "f").touch()
        (tmp_path / "uit").mkdir()
        (tmp_path / "uit" / "ander").touch()
    assert names(tmp_path / "uit") == ["ander"]
    assert names(tmp_path) == ["uit"]


def test_after_a_kill_the_next_run_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / f"uit{UNFINISHED}").mkdir()
    with pytest.raises(WrongUsage) as caught, new_folder(tmp_path / "uit"):
        pytest.fail("must not start")
    assert UNFINISHED in str(caught.value.problems[0])
    assert Path(caught.value.problems[0].place.file) == tmp_path / f"uit{UNFINISHED}"


def test_never_in_the_public_panel_or_the_source(tmp_path: Path) -> None:
    (tmp_path / "www").mkdir()
    for name in ("manifest.txt", "index.html"):
        (tmp_path / "www" / name).touch()
    for inside in ("site/x", "site", "www", "www/diep/er/in", "content/x"):
        with pytest.raises(WrongUsage):
            refuse_public_folder(tmp_path / inside, tmp_path / "content")
    refuse_public_folder(tmp_path / "bundels" / "2025", tmp_path / "content")


def test_a_link_into_the_public_panel_is_seen(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "weg").symlink_to(tmp_path / "site")
    with pytest.raises(WrongUsage):
        refuse_public_folder(tmp_path / "weg" / "x")


# --- identities -------------------------------------------------------------------------------------------------------


def test_an_identity_file_opens_what_was_sealed_to_its_recipient(tmp_path: Path) -> None:
    recipient = write_identity(tmp_path / "key")
    assert (tmp_path / "key").stat().st_mode & 0o777 == 0o600
    (identity,) = read_identities([tmp_path / "key"])
    assert identity.recipient == recipient == recipient_of(identity.secret)
    assert unseal(seal(b"x", [recipient]), [identity.secret]) == b"x"


def test_an_identity_is_never_overwritten(tmp_path: Path) -> None:
    write_identity(tmp_path / "key")
    before = (tmp_path / "key").read_bytes()
    with pytest.raises(WrongUsage):
        write_identity(tmp_path / "key")
    assert (tmp_path / "key").read_bytes() == before


def test_an_identity_beside_what_a_killed_run_left_is_told_with_its_cure(tmp_path: Path) -> None:
    (tmp_path / f".key{UNFINISHED}").touch()
    with pytest.raises(SealingFailed) as caught:
        write_identity(tmp_path / "key")
    assert f"delete the file whose name ends in {UNFINISHED}" in caught.value.problems[0].hint
    assert names(tmp_path) == [f".key{UNFINISHED}"]


def test_an_identity_where_nothing_can_be_written(tmp_path: Path) -> None:
    with pytest.raises(SealingFailed):
        write_identity(tmp_path / "nergens" / "key")


def test_an_identity_does_not_print_itself() -> None:
    assert "geheim" not in repr(Identity("geheim", "age1"))


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("age1qqqq\n", "public half"),
        ("ssh-ed25519 AAAA\n", "public half"),
        ("age-encryption.org/v1\n-> scrypt", "sealed with a passphrase"),
        ("", "no identity"),
        ("hallo\n", "no identity"),
        ("AGE-SECRET-KEY-1KAPOT\n", "damaged"),
        ("\udcff", "no identity"),
    ],
)
def test_a_file_that_is_no_identity(tmp_path: Path, text: str, what: str) -> None:
    (tmp_path / "key").write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(OpeningFailed) as caught:
        read_identities([tmp_path / "key"])
    assert what in caught.value.problems[0].what


@pytest.mark.parametrize("form", [(), ("-m", "PEM"), ("-m", "PKCS8")])
def test_an_ssh_key_with_a_passphrase_is_told_from_one_without(tmp_path: Path, form: tuple[str, ...]) -> None:
    keygen, kind = need_program("ssh-keygen"), "rsa" if form else "ed25519"
    for name, passphrase in (("met", "wachtwoord"), ("zonder", "")):
        subprocess.run([keygen, "-q", "-t", kind, *form, "-N", passphrase, "-f", tmp_path / name], check=True)
    with pytest.raises(OpeningFailed) as caught:
        read_identities([tmp_path / "met"])
    assert "has a passphrase" in caught.value.problems[0].what
    (found,) = read_identities([tmp_path / "zonder"])
    public = " ".join((tmp_path / "zonder.pub").read_text().split()[:2])
    assert found.recipient == (None if form else public)


def test_no_identity_named_or_none_there(tmp_path: Path) -> None:
    with pytest.raises(WrongUsage):
        read_identities([])
    with pytest.raises(OpeningFailed):
        read_identities([tmp_path / "weg"])


def test_a_fingerprint_is_in_groups_of_four_and_ignores_the_comment() -> None:
    assert fingerprint("ssh-ed25519 AAAA jan@pc") == fingerprint("ssh-ed25519 AAAA")
    assert [len(group) for group in fingerprint("age1x").split()] == [4] * 8


# --- cut off ----------------------------------------------------------------------------------------------------------

WORK = """
import sys, time
from pathlib import Path
from types import SimpleNamespace
from tweeluik.disk.private import new_folder
with new_folder(Path(sys.argv[1])) as folder:
    (folder / "lijst.csv").write_text("naam")
    print("ready", flush=True)
    time.sleep(60)
"""


def cut_off(target: Path, number: signal.Signals) -> None:
    """A program that is ended while it has a list in clear in its folder."""
    program = subprocess.Popen(
        [sys.executable, "-c", WORK, target],
        cwd=Path(__file__).parents[2],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    assert program.stdout is not None
    assert program.stdout.readline() == b"ready\n"
    program.send_signal(number)
    program.communicate(timeout=120)


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_signal_that_ends_the_program_leaves_nothing(tmp_path: Path, number: signal.Signals) -> None:
    cut_off(tmp_path / "uit", number)
    assert names(tmp_path) == []


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_what_a_kill_leaves_the_next_run_deletes_and_tells(tmp_path: Path) -> None:
    cut_off(tmp_path / "uit", signal.SIGKILL)
    assert names(tmp_path) == [f"uit{UNFINISHED}"]
    with pytest.raises(WrongUsage) as told, new_folder(tmp_path / "uit"):
        pytest.fail("went on")
    assert told.value.problems[0].what == "an earlier run was cut off here; what it left behind is deleted now"
    assert names(tmp_path) == []
    with new_folder(tmp_path / "uit") as scratch:
        (scratch / "a").touch()
    assert names(tmp_path / "uit") == ["a"]


def test_who_is_only_beginning_or_ending_there_was_not_cut_off(tmp_path: Path) -> None:
    """Between making the file and holding it, and between letting it go and deleting it, it is empty."""
    scratch = tmp_path / f"uit{UNFINISHED}"
    scratch.mkdir()
    (scratch / BUSY).touch()
    (scratch / "af.age").touch()
    with pytest.raises(WrongUsage) as told, new_folder(tmp_path / "uit"):
        pytest.fail("went on")
    assert told.value.problems[0].what.startswith("another run is at work here")
    assert names(scratch) == sorted([BUSY, "af.age"])


def test_while_somebody_is_at_work_the_file_says_so(tmp_path: Path) -> None:
    with new_folder(tmp_path / "uit") as scratch:
        assert (scratch / BUSY).read_bytes() == AT_WORK
    assert names(tmp_path / "uit") == []


def test_a_folder_of_somebody_else_is_not_deleted(tmp_path: Path) -> None:
    (tmp_path / f"uit{UNFINISHED}").mkdir()
    (tmp_path / f"uit{UNFINISHED}" / "mijn werk").touch()
    with pytest.raises(WrongUsage), new_folder(tmp_path / "uit"):
        pytest.fail("went on")
    assert names(tmp_path / f"uit{UNFINISHED}") == ["mijn werk"]


# --- an identity with a passphrase ------------------------------------------------------------------------------------


SEALED = (Path(__file__).parent / "data" / "identity_with_a_passphrase.age").read_bytes()
"""As `age -p` makes it ("verzonnen woorden"), but with 2^10 as its work: opened in no time, on a busy machine too."""

RECIPIENT = "age14wklnn4ukj5f52fkj7ef0m4fks854egltz57xrwetrkq2938j49s4m07ap"


def a_sealed_identity(folder: Path, work: bytes = b"10") -> Path:
    """The identity file, with this word for its work."""
    (folder / "sealed").write_bytes(SEALED.replace(b" 10\n", b" " + work + b"\n", 1))
    return folder / "sealed"


def types(monkeypatch: pytest.MonkeyPatch, answer: str | None) -> list[str]:
    """A person who answers so; what they were asked."""
    asked: list[str] = []

    def ask(what: str) -> str | None:
        asked.append(what)
        return answer

    monkeypatch.setattr("tweeluik.confidential.age.identities.ask_secret", ask)
    return asked


def test_an_identity_with_a_passphrase_is_opened_and_asks_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = types(monkeypatch, "verzonnen woorden")
    keyring = Keyring([a_sealed_identity(tmp_path)])
    for text in (b"een", b"twee"):
        assert keyring.open(seal(text, [RECIPIENT])) == text
    assert len(asked) == 1


@pytest.mark.parametrize(
    ("given", "asked"), [("nl", "wachtwoord van het identiteitsbestand: "), ("en", "passphrase of the identity file: ")]
)
def test_a_passphrase_is_asked_in_the_language_of_the_command_on_a_line_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, given: str, asked: str
) -> None:
    prompts: list[str] = []

    def typed(prompt: str) -> str:
        prompts.append(prompt)
        return "verzonnen woorden"

    monkeypatch.setattr("getpass.getpass", typed)
    monkeypatch.setattr(sys, "argv", ["build.py", "--lang", given, "check"])
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(isatty=lambda: True))
    monkeypatch.setenv("TERM", "xterm")
    assert Keyring([a_sealed_identity(tmp_path)]).identities
    assert prompts == [f"\r\x1b[K{asked}"]


@pytest.mark.parametrize(
    ("answer", "said"), [("anders", "the passphrase does not open it"), (None, "sealed with a passphrase")]
)
def test_another_passphrase_or_nobody_to_ask(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answer: str | None, said: str
) -> None:
    file = a_sealed_identity(tmp_path)
    types(monkeypatch, answer)
    with pytest.raises(OpeningFailed) as caught:
        read_identities([file])
    assert said in caught.value.problems[0].what


@pytest.mark.parametrize("work", [b"21", b"64", b"x", b"-1"])
def test_an_identity_that_costs_more_work_than_age_asks_is_not_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, work: bytes
) -> None:
    file = a_sealed_identity(tmp_path, work)
    types(monkeypatch, "verzonnen woorden")
    with pytest.raises(OpeningFailed):
        read_identities([file])
