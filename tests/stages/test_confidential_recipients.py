"""To whom a bundle is sealed: what is refused, and how clearly."""

from __future__ import annotations

import subprocess
from datetime import date
from pathlib import Path

import pytest

from tests.conftest import need_program
from tweeluik.confidential.age.recipients import find_lapsing, read_recipients
from tweeluik.confidential.age.sealing import new_identity
from tweeluik.confidential.age.strength import refuse_weaker
from tweeluik.confidential.bundle.copies import deal
from tweeluik.problems import Place, SealingFailed, WrongUsage

TODAY = date(2026, 1, 1)


@pytest.fixture
def content(tmp_path: Path) -> Path:
    (tmp_path / "recipients").mkdir()
    return tmp_path


def role(content: Path, name: str, text: str | None = None, notes: str = "# holder: Iemand\n") -> str:
    key = text or new_identity()[1]
    (content / "recipients" / f"{name}.txt").write_text(f"{notes}{key}\n")
    return key


def messages(content: Path) -> str:
    with pytest.raises(SealingFailed) as caught:
        read_recipients(content, today=TODAY)
    return "\n".join(str(each) for each in caught.value.problems)


def test_roles_are_read_with_holder_and_expiry(content: Path) -> None:
    role(content, "archief")
    key = role(content, "cip", notes="# holder: Informatiepunt\n# expires: 2026-01-01\n")
    archive, cip = read_recipients(content, today=TODAY)
    assert (archive.role, cip.role, cip.holder, cip.expires, cip.key) == (
        "archief",
        "cip",
        "Informatiepunt",
        TODAY,
        key,
    )


def test_the_day_after_it_expires_a_recipient_is_refused(content: Path) -> None:
    role(content, "archief")
    role(content, "cip", notes="# holder: X\n# expires: 2025-12-31\n")
    assert "recipients/cip.txt: this recipient has expired" in messages(content)


@pytest.mark.parametrize("note", ["#Expires: 2025-12-31", "#  EXPIRES :2025-12-31 "])
def test_a_limit_counts_however_it_is_written(content: Path, note: str) -> None:
    role(content, "archief")
    role(content, "cip", notes=f"# holder: X\n{note}\n")
    assert "recipients/cip.txt: this recipient has expired" in messages(content)


@pytest.mark.parametrize(
    "note",
    [
        "# expires 2027-12-31",
        "# expiry: 2027-12-31",
        "# Expires = 2027-12-31",
        "# verloopt: 2027-12-31",
        "# geldig tot 2027-12-31",
    ],
)
def test_a_limit_that_cannot_be_read_is_refused_and_not_passed_over(content: Path, note: str) -> None:
    role(content, "archief")
    role(content, "cip", notes=f"# holder: X\n{note}\n")
    assert "recipients/cip.txt:2:1: a limit that cannot be read" in messages(content)


def test_a_limit_that_is_no_date_or_stands_there_twice(content: Path) -> None:
    role(content, "archief", notes="# holder: X\n# expires: volgend jaar\n")
    role(content, "cip", notes="# holder: X\n# expires: 2025-12-31\n# expires: 2027-12-31\n")
    said = messages(content)
    assert "recipients/archief.txt: `expires` is no date" in said
    assert "recipients/cip.txt: a note stands there twice" in said


def test_without_a_role_for_the_archive(content: Path) -> None:
    role(content, "cip")
    role(content, "leden")
    assert "no role for the archive" in messages(content)


def test_with_one_role_only(content: Path) -> None:
    role(content, "archief")
    assert "fewer than two roles" in messages(content)


def test_an_identity_in_a_recipients_place_is_never_quoted(content: Path) -> None:
    secret, _ = new_identity()
    role(content, "archief")
    role(content, "cip", secret)
    said = messages(content)
    assert "an identity stands where a recipient belongs" in said
    assert secret not in said
    assert secret[-20:] not in said


def test_a_role_may_have_two_holders_each_with_its_own_notes(content: Path) -> None:
    role(content, "archief")
    first, second = new_identity()[1], new_identity()[1]
    role(
        content,
        "cip",
        f"{first}\n# holder: Plaatsvervanger\n# expires: 2026-12-31\n{second}",
        "# holder: Informatiepunt\n",
    )
    found = [each for each in read_recipients(content, today=TODAY) if each.role == "cip"]
    assert [(each.holder, each.key, each.expires) for each in found] == [
        ("Informatiepunt", first, None), ("Plaatsvervanger", second, date(2026, 12, 31)),
    ]  # fmt: skip
    for copy in deal(read_recipients(content, today=TODAY), 2)[:2]:
        assert [each.role for each in copy.recipients] == ["cip", "cip", "archief"]


def test_the_second_holder_must_be_named_and_not_expired(content: Path) -> None:
    role(content, "archief")
    role(content, "cip", f"{new_identity()[1]}\n# expires: 2025-12-31\n{new_identity()[1]}")
    said = messages(content)
    assert "no holder" in said
    assert "this recipient has expired" in said


def a_plugin(folder: Path, monkeypatch: pytest.MonkeyPatch, name: str = "age-plugin-yubikey") -> None:
    (folder / name).write_text("#!/bin/sh\n")
    (folder / name).chmod(0o700)
    monkeypatch.setenv("PATH", str(folder))


TOKEN = "age1yubikey1qwt50d05nh5vutpdzmlg5wn80xq5negm4uj9ghv0snvdd3yysf5yw3rhl3t"


def test_the_recipient_of_a_token_is_taken_where_its_program_is(content: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    role(content, "archief")
    role(content, "cip", TOKEN)
    monkeypatch.setenv("PATH", "")
    assert "needs a plug-in program that is not installed" in messages(content)
    a_plugin(content, monkeypatch)
    assert [each.kind for each in read_recipients(content, today=TODAY)] == ["x25519", "yubikey"]


def test_too_many_recipients_in_one_role(content: Path) -> None:
    role(content, "archief")
    role(content, "cip", "\n".join(new_identity()[1] for _ in range(3)))
    assert "expected one or two recipients, found 3" in messages(content)


def test_the_same_recipient_for_two_roles(content: Path) -> None:
    role(content, "cip", role(content, "archief"))
    assert "two roles have the same recipient" in messages(content)


def test_without_a_holder(content: Path) -> None:
    role(content, "archief")
    role(content, "cip", notes="")
    assert "no holder" in messages(content)


def test_a_mistyped_recipient(content: Path) -> None:
    role(content, "archief")
    role(content, "cip", new_identity()[1][:-1] + "b")
    assert "this recipient is not valid" in messages(content)


def test_an_unknown_kind(content: Path) -> None:
    role(content, "archief")
    role(content, "cip", "age1yubikey1qqqq")
    role(content, "leden", "ecdsa-sha2-nistp256 AAAA")
    assert messages(content).count("unknown kind of recipient") == 1


def test_a_post_quantum_recipient_without_its_program(content: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    role(content, "archief")
    role(content, "cip", "age1pq1qqqq")
    assert "needs the program age-plugin-pq" in messages(content)


def test_an_ssh_key_must_be_meant(content: Path, tmp_path: Path) -> None:
    subprocess.run([need_program("ssh-keygen"), "-q", "-t", "ed25519", "-N", "", "-f", tmp_path / "key"], check=True)
    role(content, "archief")
    role(content, "cip", (tmp_path / "key.pub").read_text().strip())
    assert "an ssh key as recipient" in messages(content)
    role(content, "cip", (tmp_path / "key.pub").read_text().strip(), notes="# holder: X\n# ssh: nee\n")
    assert "an ssh key as recipient" in messages(content)
    role(content, "cip", (tmp_path / "key.pub").read_text().strip(), notes="# holder: X\n# ssh: meant\n")
    assert "of different kinds" in messages(content)


def test_all_problems_are_told_together(content: Path) -> None:
    role(content, "archief", notes="")
    role(content, "cip", "onzin")
    said = messages(content)
    assert "recipients/archief.txt: no holder" in said
    assert "recipients/cip.txt:2:1: unknown kind" in said


def test_a_file_that_is_no_role(content: Path) -> None:
    role(content, "Mijn Rol")
    assert "a name that is no role" in messages(content)


def test_the_simple_form_names_holders_in_comments(content: Path) -> None:
    one, two = new_identity()[1], new_identity()[1]
    (content / "recipients.txt").write_text(f"# Eerste\n{one}\n\n{two}  # Tweede\n")
    assert [(each.holder, each.key) for each in read_recipients(content, today=TODAY)] == [
        ("Eerste", one),
        ("Tweede", two),
    ]


@pytest.mark.parametrize("form", ["- {}", "Griffie: {}", '"{}"', "{} {}", "{};"])
def test_something_beside_a_recipient_is_told_for_what_it_is(content: Path, form: str) -> None:
    (content / "recipients.txt").write_text(f"# Griffie\n{form.format(*[new_identity()[1]] * 2)}\n")
    told = messages(content)
    assert told.startswith("recipients.txt:2:1: ")
    assert "something beside a recipient" in told or form == "{};"


def test_one_key_for_two_people_is_no_second_recipient(content: Path) -> None:
    key = new_identity()[1]
    (content / "recipients.txt").write_text(f"# Eerste\n{key}\n# Tweede\n{key}\n")
    assert messages(content) == (
        "recipients.txt:4:1: a recipient that stands there twice (the first is at recipients.txt:2:1)"
    )


@pytest.mark.parametrize("name", ["griffie.pub", "griffie.identity", "griffie", "griffie.TXT"])
def test_a_file_of_a_role_under_another_name_is_not_passed_over(content: Path, name: str) -> None:
    for each in ("archief", "cip"):
        role(content, each)
    (content / "recipients" / name).write_text(new_identity()[1])
    assert messages(content).startswith(f"recipients/{name}: a file that is not read (")


@pytest.mark.parametrize("name", ["README.md", ".DS_Store", "cip.txt~", "desktop.ini", "Thumbs.db", "lezers.note.sig"])
def test_what_other_programs_leave_beside_them_is_no_role(content: Path, name: str) -> None:
    for each in ("archief", "cip"):
        role(content, each)
    (content / "recipients" / name).write_text("iets")
    assert len(read_recipients(content, today=TODAY)) == 2


@pytest.mark.parametrize("text", ["", "# alleen een uitleg\n"])
def test_nobody_at_all(content: Path, text: str) -> None:
    (content / "recipients.txt").write_text(text)
    assert "there is nobody to seal to" in messages(content)


def test_both_forms_at_once(content: Path) -> None:
    role(content, "archief")
    role(content, "cip")
    (content / "recipients.txt").write_text(new_identity()[1])
    assert "recipients stand in two places" in messages(content)


def test_copies_are_dealt_to_the_roles_in_turn_and_the_archive_opens_all(content: Path) -> None:
    for name in ("archief", "cip", "griffie"):
        role(content, name)
    copies = deal(read_recipients(content, today=TODAY), 3)
    assert [(each.mark, tuple(r.role for r in each.recipients)) for each in copies] == [
        ("Exemplaar 1 van 3", ("cip", "archief")),
        ("Exemplaar 2 van 3", ("griffie", "archief")),
        ("Exemplaar 3 van 3", ("cip", "archief")),
        ("Archiefexemplaar", ("archief",)),
    ]


@pytest.mark.parametrize(("copies", "fits"), [(0, False), (1, True), (99, True), (100, False)])
def test_in_the_simple_form_there_are_one_to_ninety_nine_copies(content: Path, copies: int, fits: bool) -> None:
    (content / "recipients.txt").write_text(new_identity()[1])
    recipients = read_recipients(content, today=TODAY)
    if fits:
        assert [each.number for each in deal(recipients, copies)] == list(range(1, copies + 1))
    else:
        with pytest.raises(WrongUsage):
            deal(recipients, copies)


@pytest.mark.parametrize("copies", [0, 1, 100, -1])
def test_a_number_of_copies_that_cannot_be(content: Path, copies: int) -> None:
    for name in ("archief", "cip", "griffie"):
        role(content, name)
    with pytest.raises(WrongUsage):
        deal(read_recipients(content, today=TODAY), copies)


# --- before it is too late --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("expires", "told"),
    [
        ("2026-06-30", "this recipient has expired"),
        ("2026-07-01", "this recipient expires within a month"),
        ("2026-08-01", "this recipient expires within a month"),
        ("2026-08-02", None),
        ("nooit", None),
    ],
)
@pytest.mark.parametrize("folder", ["recipients", "recipients/source"])
def test_whose_key_lapses_is_told_in_time(tmp_path: Path, folder: str, expires: str, told: str | None) -> None:
    (tmp_path / folder).mkdir(parents=True)
    (tmp_path / folder / "cip.txt").write_text(f"# holder: Informatiepunt\n# expires: {expires}\nage1…\n")
    found = list(find_lapsing(tmp_path, today=date(2026, 7, 1)))
    assert [each.what for each in found] == ([told] if told else [])
    assert [str(each.place) for each in found] == ([f"{folder}/cip.txt:2:1"] if told else [])


# --- sealed again -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sealed_to", "kinds", "is_refused"),
    [
        ("X25519", "x25519", False),
        ("X25519", "pq", False),
        ("X25519", "yubikey", False),
        ("X25519", "ssh", True),
        ("X25519", "pq ssh", True),
        ("ssh-ed25519", "ssh", False),
        ("ssh-rsa", "x25519", False),
        ("X25519 ssh-ed25519", "ssh", False),
        ("mlkem768x25519", "pq", False),
        ("mlkem768x25519", "x25519", True),
        ("mlkem768x25519", "yubikey", True),
        ("mlkem768p256tag", "pq x25519", True),
        ("mlkem768x25519 X25519", "x25519", False),
        ("mlkem768x25519 a-grease", "x25519", True),
        ("piv-p256", "x25519", False),
        ("piv-p256", "ssh", True),
        ("a-grease", "ssh", True),
    ],
)
def test_what_is_sealed_again_is_as_strong_as_the_weakest_that_it_was_sealed_to(
    sealed_to: str, kinds: str, is_refused: bool
) -> None:
    head = "".join(f"-> {kind} x\nAAAA\n" for kind in sealed_to.split())
    data = f"age-encryption.org/v1\n{head}--- AAAA\n".encode()
    if not is_refused:
        refuse_weaker(Place("bundle"), kinds.split(), data)
        return
    with pytest.raises(SealingFailed) as caught:
        refuse_weaker(Place("bundle"), kinds.split(), data)
    assert "a weaker kind of key" in caught.value.problems[0].what


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-be"])
def test_a_recipient_is_read_as_windows_saves_it(content: Path, encoding: str) -> None:
    """As a program of Windows shows it and `>` saves it; with a space that does not break behind the key."""
    role(content, "archief")
    key, mark = new_identity()[1], "\ufeff" if encoding == "utf-16-be" else ""
    text = f"{mark}# holder: Informatiepunt\r\n{key}\xa0\r\n"
    (content / "recipients" / "cip.txt").write_bytes(text.encode(encoding))
    assert {each.key for each in read_recipients(content, today=TODAY)} >= {key}
