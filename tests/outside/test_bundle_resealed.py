"""The archive's copy, sealed again when its holders come or go: the same inside, and a signed note."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

import build
from tests.conftest import need_program
from tests.stages.a_bundle import DAY, Desk, a_desk, names
from tweeluik.confidential.age.identities import write_identity
from tweeluik.confidential.age.recipients import read_archive_recipients
from tweeluik.confidential.age.signature import RENEWAL_NAMESPACE
from tweeluik.confidential.bundle.opening import Opened, open_bundle
from tweeluik.confidential.bundle.renewal import parse_renewal
from tweeluik.confidential.bundle.renewing import Renewed, reseal_archive
from tweeluik.problems import BuildFailed, OpeningFailed, SealingFailed, WrongUsage

TEMPLATES = Path(__file__).parents[2] / "templates"
NOTE = "opnieuw-verzegeld-01.txt"


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A signed bundle, who may sign, and the keys of two later holders of the archive."""
    root = tmp_path_factory.mktemp("eenmaal")
    desk = a_desk(root, "archief", "cip")
    for name in ("ondertekenen", "archivaris"):
        subprocess.run(
            [need_program("ssh-keygen"), "-q", "-t", "ed25519", "-N", "", "-f", root / "keys" / name], check=True
        )
    lines = (f"{name} {(root / 'keys' / f'{name}.pub').read_text()}" for name in ("ondertekenen", "archivaris"))
    (root / "ondertekenaars").write_text("".join(lines))
    desk.seal(signer=desk.key("ondertekenen"))
    for name in ("tweede", "derde"):
        recipient = write_identity(root / "keys" / name)
        (root / f"{name}.txt").write_text(f"# holder: Archief, {name} houder\n{recipient}\n")
    return root


@pytest.fixture
def desk(once: Path, tmp_path: Path) -> Desk:
    shutil.copytree(once, tmp_path, dirs_exist_ok=True)
    made = a_desk(tmp_path / "leeg", "archief")
    return Desk(tmp_path, made.source, made.selection, made.tables)


def reseal(
    desk: Desk, who: str, to: str, *, file: str = "bundel/archief.age", into: str = "nieuw", **options: object
) -> Renewed:
    values: dict[str, object] = {
        "identities": [desk.key(who)], "recipients": read_archive_recipients(desk.root / f"{to}.txt", today=DAY), "into": desk.root / into,
        "signer": desk.key("archivaris"), "allowed_signers": desk.root / "ondertekenaars", "content": desk.content,
        "templates": TEMPLATES, "today": DAY, **options,
    }  # fmt: skip
    return reseal_archive(desk.root / file, **values)  # type: ignore[arg-type]


def opened(desk: Desk, who: str, file: str = "nieuw/archief.age", *, into: Path | None = None) -> Opened:
    allowed = desk.root / "ondertekenaars"
    return open_bundle(desk.root / file, identities=[desk.key(who)], into=into, allowed_signers=allowed, today=DAY)


def why(failure: type[BuildFailed], desk: Desk, *arguments: str, **options: object) -> str:
    before = sorted(each.name for each in desk.root.iterdir())
    with pytest.raises(failure) as caught:
        reseal(desk, *arguments, **options)  # type: ignore[arg-type]
    assert sorted(each.name for each in desk.root.iterdir()) == before
    return caught.value.problems[0].what


# --- as it was meant --------------------------------------------------------------------------------------------------


def test_the_new_holder_opens_what_the_old_one_held(desk: Desk) -> None:
    done = reseal(desk, "archief", "tweede")
    assert [role for role, _ in done.gained] == [role for role, _ in done.lost] == ["archief"]
    assert done.was_verified
    found = opened(desk, "tweede", into=desk.root / "zak")
    assert (found.origin.signed_by, found.renewed) == ("ondertekenen", DAY)
    assert found.origin.receipt is not None
    assert any("sealed again" in each for each in found.warnings)
    opened(desk, "archief", "bundel/archief.age", into=desk.root / "eerder")
    for each in (desk.root / "eerder").rglob("*"):
        if each.is_file():
            assert (desk.root / "zak" / each.relative_to(desk.root / "eerder")).read_bytes() == each.read_bytes()


def test_everything_that_a_reader_needs_goes_along_and_the_earlier_file_stays(desk: Desk) -> None:
    before = {each.name: each.read_bytes() for each in (desk.root / "bundel").iterdir()}
    reseal(desk, "archief", "tweede")
    new = desk.root / "nieuw"
    assert names(new) == sorted(
        ["archief.age", "kwitantie-01.txt", "kwitantie-01.txt.sig", "opener.html", NOTE, f"{NOTE}.sig"]
    )
    assert all(each.stat().st_mode & 0o777 == 0o600 for each in new.iterdir())
    assert {each.name: each.read_bytes() for each in (desk.root / "bundel").iterdir()} == before
    for name in ("kwitantie-01.txt", "kwitantie-01.txt.sig", "opener.html"):
        assert (new / name).read_bytes() == before[name]


def test_the_old_holder_opens_the_new_file_no_more(desk: Desk) -> None:
    reseal(desk, "archief", "tweede")
    with pytest.raises(OpeningFailed) as caught:
        opened(desk, "archief")
    assert "other recipients" in caught.value.problems[0].what


def test_plain_ssh_keygen_verifies_the_note_and_it_names_no_holder(desk: Desk) -> None:
    reseal(desk, "archief", "tweede")
    note = desk.root / "nieuw" / NOTE
    call = [
        "ssh-keygen",
        "-Y",
        "verify",
        "-f",
        desk.root / "ondertekenaars",
        "-I",
        "archivaris",
        "-n",
        RENEWAL_NAMESPACE,
    ]
    subprocess.run([*map(str, call), "-s", f"{note}.sig"], input=note.read_bytes(), capture_output=True, check=True)
    text = note.read_text("utf-8-sig")
    assert "houder" not in text
    said = parse_renewal(note.read_bytes())
    assert said is not None
    assert said.day == DAY
    assert all(fingerprint in text for _, fingerprint in (*said.gained, *said.lost))


def test_who_stays_is_no_news(desk: Desk) -> None:
    both = (desk.content / "recipients" / "archief.txt").read_text() + (desk.root / "tweede.txt").read_text()
    (desk.root / "beide.txt").write_text(both)
    done = reseal(desk, "archief", "beide")
    assert (len(done.gained), done.lost) == (1, ())
    assert opened(desk, "archief").renewed == opened(desk, "tweede").renewed == DAY


def test_it_can_be_done_again_and_the_notes_form_a_trail(desk: Desk) -> None:
    reseal(desk, "archief", "tweede")
    reseal(desk, "tweede", "derde", file="nieuw/archief.age", into="nieuwer")
    assert {NOTE, "opnieuw-verzegeld-02.txt"} <= set(names(desk.root / "nieuwer"))
    assert opened(desk, "derde", "nieuwer/archief.age").origin.receipt is not None
    (desk.root / "nieuwer" / NOTE).unlink()
    with pytest.raises(OpeningFailed):
        opened(desk, "derde", "nieuwer/archief.age")


# --- what is refused --------------------------------------------------------------------------------------------------


def test_without_its_note_or_with_a_note_of_somebody_else_it_is_a_forgery(desk: Desk) -> None:
    reseal(desk, "archief", "tweede", signer=desk.key("ondertekenen"))
    (desk.root / "ondertekenaars").write_text(f"archivaris {(desk.root / 'keys' / 'archivaris.pub').read_text()}")
    with pytest.raises(OpeningFailed):
        opened(desk, "tweede")
    (desk.root / "nieuw" / NOTE).unlink()
    with pytest.raises(OpeningFailed) as caught:
        open_bundle(desk.root / "nieuw" / "archief.age", identities=[desk.key("tweede")], into=None, today=DAY)
    assert "sealed again" in caught.value.problems[0].what


def test_a_numbered_copy_is_never_sealed_again(desk: Desk) -> None:
    assert "numbered copy" in why(WrongUsage, desk, "cip", "tweede", file="bundel/exemplaar-01-van-01.age")


def test_the_same_recipients_are_no_reason(desk: Desk) -> None:
    shutil.copy(desk.content / "recipients" / "archief.txt", desk.root / "zelfde.txt")
    assert "already" in why(WrongUsage, desk, "archief", "zelfde")


def test_what_somebody_else_signed_is_not_sealed_again(desk: Desk) -> None:
    (desk.root / "ondertekenaars").write_text(f"archivaris {(desk.root / 'keys' / 'archivaris.pub').read_text()}")
    assert "not by an allowed signer" in why(OpeningFailed, desk, "archief", "tweede")


def test_it_is_not_sealed_to_a_weaker_kind_of_key_unless_that_is_meant(desk: Desk) -> None:
    ssh = (desk.root / "keys" / "archivaris.pub").read_text()
    (desk.root / "ssh.txt").write_text(f"# holder: Archief\n# ssh: meant\n{ssh}")
    assert "weaker kind of key" in why(SealingFailed, desk, "archief", "ssh")
    reseal(desk, "archief", "ssh", may_weaken=True)
    assert opened(desk, "archivaris").renewed == DAY
    reseal(desk, "archivaris", "tweede", file="nieuw/archief.age", into="nieuwer")
    assert opened(desk, "tweede", "nieuwer/archief.age").renewed == DAY


def test_a_key_that_does_not_sign_leaves_nothing(desk: Desk) -> None:
    assert "signing key" in why(SealingFailed, desk, "archief", "tweede", signer=desk.key("weg"))


def test_a_folder_in_use_stays_what_it_is(desk: Desk) -> None:
    assert "not empty" in why(SealingFailed, desk, "archief", "tweede", into="bundel")


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("# holder: Archief\n", "found 0"),
        ("# holder: Archief\nage1onzin\n", "not valid"),
        ("# holder: Archief\n# expires: 2020-01-01\n{key}\n", "expired"),
        ("# holder: A\n{key}\n# holder: B\n{key}\n", "same recipient"),
    ],
)
def test_recipients_that_cannot_be_are_told(desk: Desk, text: str, what: str) -> None:
    key = (desk.root / "tweede.txt").read_text().splitlines()[-1]
    (desk.root / "fout.txt").write_text(text.replace("{key}", key))
    with pytest.raises(SealingFailed) as caught:
        read_archive_recipients(desk.root / "fout.txt", today=DAY)
    assert what in caught.value.problems[0].what


# --- the command ------------------------------------------------------------------------------------------------------


def test_the_command_tells_who_came_and_who_went(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    call = (
        "reseal",
        str(desk.root / "bundel" / "archief.age"),
        "--content",
        str(desk.content),
        "-i",
        str(desk.key("archief")),
    )
    assert build.main([*call, "--to", str(desk.root / "tweede.txt")]) == 2
    assert "a folder (-o) and a key (--sign)" in capsys.readouterr().err
    assert build.main(["reseal", "--content", str(desk.content), "-i", str(desk.key("archief")), "-o", "x"]) == 2
    assert "are about an archive copy" in capsys.readouterr().err
    shutil.copy(desk.root / "tweede.txt", desk.content / "recipients" / "archief.txt")
    sign = ("--sign", str(desk.key("archivaris")), "--signers", str(desk.root / "ondertekenaars"))
    assert build.main([*call, *sign, "-o", str(desk.root / "nieuw"), "--lang", "nl"]) == 0
    told = capsys.readouterr()
    assert "kan nu lezen: archief" in told.out
    assert "kan niet meer lezen: archief" in told.out
    assert "vernietig daarna het eerdere" in told.err
