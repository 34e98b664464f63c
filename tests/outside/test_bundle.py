"""The bundle from outside: the programs that its readers have open it, and it is what sealing.md promises."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path

import pytest

import build
from tests.conftest import need_program
from tests.once import put
from tests.outside.once import AFRESH
from tests.stages.a_bundle import DAY, PARTNERS, Desk, a_desk
from tests.stages.containers import pack, unpack
from tweeluik.confidential.age.identities import in_groups, read_identities, write_identity
from tweeluik.confidential.age.sealing import seal, unseal
from tweeluik.confidential.age.signature import SignatureRefused, sign
from tweeluik.confidential.bundle.inventory import (
    CHECKSUMS,
    MANIFEST,
    SIGNATURE,
    checksums,
    list_members,
    parse_inventory,
    take_stock,
)
from tweeluik.confidential.bundle.opening import Opened, open_bundle
from tweeluik.confidential.bundle.receipt import parse_receipt
from tweeluik.problems import OpeningFailed, SealingFailed, WrongUsage

COPY = "exemplaar-01-van-02.age"
OTHER = "exemplaar-02-van-02.age"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return a_desk(tmp_path, "archief", "cip")


@pytest.fixture(scope="module")
def sealed_once(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    desk = a_desk(tmp_path_factory.mktemp("eenmaal"), "archief", "cip")
    desk.seal(copies=2)
    return desk


@pytest.fixture
def sealed(sealed_once: Desk, tmp_path: Path) -> Desk:
    """A desk with a bundle of two copies, to spoil as one likes."""
    shutil.copytree(sealed_once.root, tmp_path, dirs_exist_ok=True)
    return replace(sealed_once, root=tmp_path)


def members(desk: Desk, name: str = COPY, role: str = "cip") -> dict[str, bytes]:
    secret = read_identities([desk.key(role)])[0].secret
    return unpack(unseal((desk.root / "bundel" / name).read_bytes(), [secret]))


def opened(desk: Desk, name: str = COPY, **options: object) -> Opened:
    values = {"identities": [desk.key("cip")], "into": None, "today": DAY, **options}
    return open_bundle(desk.root / "bundel" / name, **values)  # type: ignore[arg-type]


def refused(desk: Desk, name: str = COPY, **options: object) -> str:
    with pytest.raises(OpeningFailed) as caught:
        opened(desk, name, **{"into": desk.root / "uit", **options})
    assert not (desk.root / "uit").exists()
    return caught.value.problems[0].what


# --- as it was meant --------------------------------------------------------------------------------------------------


def test_the_age_program_and_sha256sum_agree(sealed: Desk) -> None:
    age, sums = need_program("age"), need_program("sha256sum")
    done = subprocess.run(
        [age, "-d", "-i", sealed.key("cip"), sealed.root / "bundel" / COPY], capture_output=True, check=True
    )
    folder = sealed.root / "gewoon"
    for name, data in unpack(done.stdout).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    subprocess.run([sums, "--check", "--strict", "--quiet", CHECKSUMS], cwd=folder, check=True)


def test_it_opens_for_its_role_and_the_archive(sealed: Desk) -> None:
    for role in ("cip", "archief"):
        found = opened(sealed, identities=[sealed.key(role)], into=sealed.root / role)
        assert (sealed.root / role).stat().st_mode & 0o777 == 0o700
        for name in found.files:
            path = sealed.root / role / name
            assert path.stat().st_mode & 0o777 == 0o600
            assert path.read_bytes() == members(sealed)[name]


def test_the_copies_role_cannot_open_the_archives_copy(sealed: Desk) -> None:
    assert "other recipients" in refused(sealed, "archief.age")
    assert opened(sealed, "archief.age", identities=[sealed.key("archief")]).inventory.copy == 0


def test_to_verify_writes_nothing(sealed: Desk) -> None:
    before = sorted(sealed.root.rglob("*"))
    assert opened(sealed).folder is None
    assert sorted(sealed.root.rglob("*")) == before


def test_it_holds_what_the_information_desk_needs(sealed: Desk) -> None:
    assert sorted(members(sealed)) == [
        "00-LEES-MIJ.txt", "01-overzicht.html", "01-overzicht.pdf", "02-gegevens/gegevens.json", "02-gegevens/lijst.csv",
        "02-gegevens/scharnier.json", "02-gegevens/tabel-tabel.csv", "03-aanbiedingsbrief.pdf", "04-ontvangstbewijs.pdf", "05-inzageregister.csv", "05-inzageregister.pdf",
        "06-afsluiting.pdf", CHECKSUMS, MANIFEST,
    ]  # fmt: skip


def test_file_names_outside_are_neutral_and_private(sealed: Desk) -> None:
    found = sorted((sealed.root / "bundel").iterdir())
    assert [each.name for each in found] == ["archief.age", COPY, OTHER, RECEIPT, "opener.html"]
    assert all(each.stat().st_mode & 0o777 == 0o600 for each in found)


def test_the_container_is_the_same_every_time_and_the_sealed_file_never(sealed: Desk) -> None:
    with put(AFRESH):
        sealed.seal("weer", copies=2)
    again = unpack(unseal((sealed.root / "weer" / COPY).read_bytes(), [read_identities([sealed.key("cip")])[0].secret]))
    assert again == members(sealed)
    assert (sealed.root / "weer" / COPY).read_bytes() != (sealed.root / "bundel" / COPY).read_bytes()


def test_the_manifest_says_for_whom_when_and_what(sealed: Desk) -> None:
    inventory = opened(sealed).inventory
    assert (inventory.copy, inventory.copies, inventory.sequence, inventory.edition) == (1, 2, 1, "2025")
    assert [(each.role, each.holder) for each in inventory.recipients] == [
        ("cip", "Houder van cip"),
        ("archief", "Houder van archief"),
    ]
    assert (inventory.marking, inventory.inspection) == ("Vertrouwelijk", (DAY, date(2025, 2, 13)))


def test_ssh_keys_that_are_meant_seal_and_open(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "archief", "cip")
    for role in ("archief", "cip"):
        desk.key(role).unlink()
        subprocess.run([need_program("ssh-keygen"), "-q", "-t", "ed25519", "-N", "", "-f", desk.key(role)], check=True)
        public = desk.key(role).with_suffix(".pub").read_text()
        (desk.content / "recipients" / f"{role}.txt").write_text(f"# holder: X\n# ssh: meant\n{public}")
    desk.seal(copies=2)
    for role in ("archief", "cip"):
        assert opened(desk, identities=[desk.key(role)]).inventory.copy == 1
    assert "other recipients" in refused(desk, "archief.age")


def test_a_bundle_in_the_simple_form_opens_with_its_key(tmp_path: Path) -> None:
    desk = a_desk(tmp_path)
    desk.seal()
    assert opened(desk, "exemplaar-01-van-01.age", identities=[desk.key("lezer")]).inventory.copies == 1


# --- the receipt ------------------------------------------------------------------------------------------------------


RECEIPT = "kwitantie-01.txt"


def test_one_receipt_proves_all_files_and_tells_nothing_else(sealed: Desk) -> None:
    folder = sealed.root / "bundel"
    found = parse_receipt((folder / RECEIPT).read_bytes())
    assert found is not None
    assert {each.name: each.sha256 for each in found.copies} == {
        each.name: sha256(each.read_bytes()).hexdigest() for each in folder.glob("*.age")
    }
    assert found.opener == sha256((folder / "opener.html").read_bytes()).hexdigest()
    text = (folder / RECEIPT).read_text()
    assert "Exemplaar 1 van 2" in text
    for partner in PARTNERS:
        for secret in (partner.name, partner.id, *partner.aliases):
            assert secret not in text
    assert "Houder" not in text
    assert str(sealed.source.report.title) not in text


def test_a_file_that_its_receipt_does_not_name_is_refused(sealed: Desk) -> None:
    again = planted(sealed, members(sealed), "cip", "archief")
    assert refused(sealed, again) == "the receipt that lies beside it is of other files than this one"
    (sealed.root / "bundel" / RECEIPT).unlink()
    assert any("receipt of this bundle does not lie beside it" in each for each in opened(sealed, again).warnings)


def test_without_its_receipt_nobody_says_that_it_is_the_newest(sealed: Desk) -> None:
    found = opened(sealed)
    assert "the newest that is known here" in found.summary
    # As many as the page that opens a bundle says: the list does not count itself, nor its sums and their signature.
    assert f"whole ({len(found.inventory.files)} files are as listed)" in found.summary
    (sealed.root / "bundel" / RECEIPT).unlink()
    assert "newest" not in opened(sealed).summary


def test_who_sealed_it_to_one_more_reader_is_noticed(sealed: Desk) -> None:
    write_identity(sealed.key("derde"))
    (sealed.root / "bundel" / RECEIPT).unlink()
    for roles in (("cip", "archief", "derde"), ("cip",)):
        assert "not as many recipients as its manifest names" in refused(
            sealed, planted(sealed, members(sealed), *roles)
        )


def test_the_text_form_is_refused(sealed: Desk) -> None:
    age, recipient = need_program("age"), read_identities([sealed.key("cip")])[0].recipient
    done = subprocess.run([age, "-a", "-r", str(recipient)], input=b"x", capture_output=True, check=True)
    (sealed.root / "bundel" / "tekst.age").write_bytes(done.stdout)
    assert "text form" in refused(sealed, "tekst.age")


# --- copies -----------------------------------------------------------------------------------------------------------


def test_two_copies_differ_in_the_visible_mark_only(sealed: Desk) -> None:
    one, two = members(sealed), members(sealed, OTHER)
    differing = {name for name in one if one[name] != two[name]}
    assert differing == {
        "00-LEES-MIJ.txt", "01-overzicht.html", "01-overzicht.pdf", "04-ontvangstbewijs.pdf", "05-inzageregister.csv", "05-inzageregister.pdf",
        "06-afsluiting.pdf", MANIFEST, CHECKSUMS,
    }  # fmt: skip
    for name in differing:
        if name.endswith((".txt", ".html")) and name != CHECKSUMS:
            assert one[name].replace(b"Exemplaar 1 van 2", b"Exemplaar 2 van 2") == two[name]


@pytest.mark.parametrize(
    "name", ["01-overzicht.pdf", "04-ontvangstbewijs.pdf", "05-inzageregister.pdf", "06-afsluiting.pdf"]
)
def test_two_copies_of_a_pdf_differ_in_the_visible_mark_only(sealed: Desk, name: str) -> None:
    """Text, images, structure and metadata: everything but the drawing of the mark, and the glyphs that it needs."""
    pikepdf = pytest.importorskip("pikepdf")
    texts, images, descriptions = [], [], []
    for copy in (COPY, OTHER):
        data = members(sealed, copy)[name]
        texts.append(pdf_text(data))
        (sealed.root / "x.pdf").write_bytes(data)
        with pikepdf.open(sealed.root / "x.pdf") as pdf:
            images.append(
                [each for each in pdf.objects if isinstance(each, pikepdf.Stream) and each.get("/Subtype") == "/Image"]
            )
            metadata = {
                key: str(value)
                for key, value in pdf.open_metadata().items()
                if not key.endswith("InstanceID")  # made from all other bytes
            }
            descriptions.append(
                (
                    metadata,
                    {key: str(value) for key, value in (pdf.docinfo or {}).items()},
                    len(pdf.pages),
                    sorted(pdf.Root.keys()),
                )
            )
    one, two = (re.sub(r"Exemplaar [12] van 2", "Exemplaar", text) for text in texts)  # the form lists all copies
    assert one == two
    assert images[0] == images[1] == []
    assert descriptions[0] == descriptions[1]


@pytest.mark.parametrize(
    "name", ["01-overzicht.pdf", "04-ontvangstbewijs.pdf", "05-inzageregister.pdf", "06-afsluiting.pdf"]
)
def test_every_page_has_the_marking_the_copys_number_and_its_own(sealed: Desk, name: str) -> None:
    pages = pdf_text(members(sealed)[name]).rstrip("\f").split("\f")
    for number, page in enumerate(pages, 1):
        assert "Exemplaar 1 van 2" in page
        assert "Vertrouwelijk" in page
        assert f"Pagina {number} van {len(pages)}" in page
        assert "volgnummer 1, gemaakt op 19 december 2024" in page


@pytest.mark.parametrize(
    "name",
    [
        "01-overzicht.pdf",
        "03-aanbiedingsbrief.pdf",
        "04-ontvangstbewijs.pdf",
        "05-inzageregister.pdf",
        "06-afsluiting.pdf",
    ],
)
def test_every_pdf_is_tagged_and_made_to_last(sealed: Desk, name: str) -> None:
    """What can be checked without veraPDF: the claims, and what they rest on."""
    pikepdf = pytest.importorskip("pikepdf")
    (sealed.root / "x.pdf").write_bytes(members(sealed)[name])
    subprocess.run([need_program("qpdf"), "--check", sealed.root / "x.pdf"], check=True, capture_output=True)
    with pikepdf.open(sealed.root / "x.pdf") as pdf:
        metadata = pdf.open_metadata()
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"], metadata["pdfuaid:part"]) == ("2", "A", "1")
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang).startswith("nl")
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        assert "/OutputIntents" in pdf.Root
        assert "/StructTreeRoot" in pdf.Root
        assert not {"/AcroForm", "/OpenAction", "/AA"} & set(pdf.Root.keys())
        assert not pdf.is_encrypted
        assert not pdf.attachments
        fonts = [
            each
            for each in pdf.objects
            if isinstance(each, pikepdf.Dictionary) and each.get("/Type") == "/FontDescriptor"
        ]
        assert fonts
        assert all({"/FontFile", "/FontFile2", "/FontFile3"} & set(font.keys()) for font in fonts)
        assert all(page.get("/Tabs") == "/S" for page in pdf.pages if "/Annots" in page)


def test_the_letter_tells_nothing_that_is_withheld(sealed: Desk) -> None:
    text = pdf_text(members(sealed)["03-aanbiedingsbrief.pdf"])
    for partner in PARTNERS:
        for secret in (partner.name, partner.id, *partner.aliases):
            assert secret not in text
    assert "Kamerstuk 32 824, nr. 447" in " ".join(text.split())
    assert "Exemplaar" not in text


def pdf_text(data: bytes) -> str:
    program = need_program("pdftotext")
    return subprocess.run([program, "-layout", "-", "-"], input=data, capture_output=True, check=True).stdout.decode()


# --- signatures and succession ----------------------------------------------------------------------------------------


@pytest.fixture
def signer(tmp_path: Path) -> Path:
    return a_signer(tmp_path, "afzender")


def a_signer(folder: Path, name: str) -> Path:
    subprocess.run([need_program("ssh-keygen"), "-q", "-t", "ed25519", "-N", "", "-f", folder / name], check=True)
    (folder / f"{name}.toegestaan").write_text(f"{name}@example.org {(folder / f'{name}.pub').read_text()}")
    return folder / name


def test_a_signed_bundle_names_its_sender(desk: Desk, signer: Path) -> None:
    desk.seal(copies=2, signer=signer)
    assert opened(desk, allowed_signers=desk.root / "afzender.toegestaan").origin.signed_by == "afzender@example.org"
    assert SIGNATURE in members(desk)


def test_the_passphrase_of_a_signing_key_is_asked_once(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Three manifests and a receipt are signed; the program that asks counts how often it was called."""
    key, asker, count = desk.root / "gesloten", desk.root / "vraag", desk.root / "keren"
    subprocess.run([need_program("ssh-keygen"), "-q", "-t", "ed25519", "-N", "geheim woord", "-f", key], check=True)
    asker.write_text(f"#!/bin/sh\necho x >> {count}\necho 'geheim woord'\n")
    asker.chmod(0o700)
    monkeypatch.setenv("SSH_ASKPASS", str(asker))
    monkeypatch.setenv("SSH_ASKPASS_REQUIRE", "force")
    monkeypatch.setenv("DISPLAY", ":0")
    (desk.root / "w").write_text(f"Ministerie {key.with_name('gesloten.pub').read_text()}")
    desk.seal(copies=2, signer=key)
    assert count.read_text().splitlines() == ["x"]
    assert opened(desk, allowed_signers=desk.root / "w").origin.signed_by == "Ministerie"


def test_plain_ssh_keygen_verifies_both_signatures(desk: Desk, signer: Path) -> None:
    desk.seal(copies=2, signer=signer)
    (desk.root / "m.sig").write_bytes(members(desk)[SIGNATURE])
    folder = desk.root / "bundel"
    for namespace, data, signature in (
        ("manifest@tweeluik", members(desk)[MANIFEST], desk.root / "m.sig"),
        ("kwitantie@tweeluik", (folder / RECEIPT).read_bytes(), folder / f"{RECEIPT}.sig"),
    ):
        check: list[str | Path] = [
            "ssh-keygen",
            "-Y",
            "verify",
            "-f",
            desk.root / "afzender.toegestaan",
            "-I",
            "afzender@example.org",
            "-n",
            namespace,
            "-s",
            signature,
        ]
        subprocess.run(check, input=data, check=True, capture_output=True)


def test_a_manifest_signed_by_another_is_refused(desk: Desk, signer: Path) -> None:
    desk.seal(copies=2, signer=signer)
    a_signer(desk.root, "vreemde")
    assert "not by an allowed signer" in refused(desk, allowed_signers=desk.root / "vreemde.toegestaan")


def test_an_unsigned_bundle_is_refused_when_signers_are_named(sealed: Desk, signer: Path) -> None:
    assert "not signed" in refused(sealed, allowed_signers=sealed.root / "afzender.toegestaan")


def test_a_file_of_signers_that_is_not_there_is_told_as_that(desk: Desk, signer: Path) -> None:
    desk.seal(copies=2, signer=signer)
    with pytest.raises(OpeningFailed) as caught:
        opened(desk, allowed_signers=desk.root / "weg")
    assert str(caught.value.problems[0]).endswith("cannot be read (check its name and place)")


def test_a_receipt_without_its_signature_or_with_another_is_refused(desk: Desk, signer: Path) -> None:
    desk.seal(copies=2, signer=signer)
    allowed = desk.root / "afzender.toegestaan"
    beside = desk.root / "bundel" / f"{RECEIPT}.sig"
    for data in (members(desk)[SIGNATURE], b"", b"hallo", None):
        beside.write_bytes(data) if data is not None else beside.unlink()
        assert refused(desk, allowed_signers=allowed) == "the receipt is not signed, or not by an allowed signer"


def test_a_receipt_that_somebody_lays_beside_the_signed_one_changes_nothing(desk: Desk, signer: Path) -> None:
    desk.seal(copies=2, signer=signer)
    text = (desk.root / "bundel" / RECEIPT).read_bytes()
    other = "0" * 4 + sha256((desk.root / "bundel" / COPY).read_bytes()).hexdigest()[4:]
    changed = text.replace(
        in_groups(sha256((desk.root / "bundel" / COPY).read_bytes()).hexdigest()[:32]).encode(),
        in_groups(other[:32]).encode(),
    )
    assert changed != text
    (desk.root / "bundel" / "andere-kwitantie.txt").write_bytes(changed)
    assert opened(desk, allowed_signers=desk.root / "afzender.toegestaan").origin.receipt == parse_receipt(text)


def test_a_key_that_lapsed_later_is_told_and_one_that_had_lapsed_is_refused(desk: Desk, signer: Path) -> None:
    desk.seal(copies=2, signer=signer)
    public = (desk.root / "afzender.pub").read_text()
    for until, today, lapsed in (("20250101", DAY, False), ("20250101", date(2030, 1, 1), True)):
        (desk.root / "met-grens").write_text(f'Ministerie van Voorbeeldzaken valid-before="{until}" {public}')
        found = opened(desk, allowed_signers=desk.root / "met-grens", today=today)
        assert (found.origin.signed_by, found.origin.lapsed) == ("Ministerie van Voorbeeldzaken", lapsed)
        assert any("is no longer" in each for each in found.warnings) is lapsed
    (desk.root / "met-grens").write_text(f'x valid-before="20241201" {public}')
    assert "not by an allowed signer" in refused(desk, allowed_signers=desk.root / "met-grens")


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("# wie\n{pub}", 2, "there is no name before the key"),
        ("Ministerie van Voorbeeldzaken\n", 1, "there is no public key in this line"),
        ("Ministerie ssh-ed25519 AAAAC3NzaC1\n", 1, "the public key is not whole"),
        ('Ministerie valid-before="2025" {pub}', 1, "a limit of a key that cannot be read"),
        ("Ministerie cert-authority {pub}", 1, "certificates are not used here"),
        ("A {pub}-----BEGIN OPENSSH PRIVATE KEY-----\n", 2, "a private key stands in the file with allowed signers"),
    ],
)
def test_a_file_of_signers_is_refused_by_its_line(desk: Desk, signer: Path, text: str, line: int, what: str) -> None:
    desk.seal(copies=2, signer=signer)
    (desk.root / "w").write_text(text.format(pub=(desk.root / "afzender.pub").read_text()))
    with pytest.raises(OpeningFailed) as caught:
        opened(desk, allowed_signers=desk.root / "w")
    (problem,) = caught.value.problems
    assert (str(problem.place), problem.what) == (f"signers:{line}:1", what)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("name", ["Ministerie van Voorbeeldzaken", "afzender@example.org", "Afzender, één"])
def test_a_file_of_signers_as_a_clerk_writes_it(desk: Desk, signer: Path, name: str, encoding: str) -> None:
    desk.seal(copies=2, signer=signer)
    line = f"{name} {(desk.root / 'afzender.pub').read_text()}".replace("\n", "\r\n")
    (desk.root / "w").write_bytes(line.encode(encoding))
    assert opened(desk, allowed_signers=desk.root / "w").origin.signed_by == name


def test_a_key_that_the_opener_cannot_verify_signs_no_bundle(desk: Desk) -> None:
    subprocess.run([need_program("ssh-keygen"), "-q", "-t", "rsa", "-N", "", "-f", desk.root / "rsa"], check=True)
    with pytest.raises(SealingFailed) as caught:
        desk.seal(signer=desk.root / "rsa")
    assert "of a kind that the opener cannot verify" in caught.value.problems[0].what


def test_who_sent_an_unsigned_bundle_is_told_to_be_unknown(sealed: Desk) -> None:
    found = opened(sealed)
    assert found.summary.startswith("SENDER NOT VERIFIED")
    assert any("anyone can make such a file" in each for each in found.warnings)


def test_a_signing_key_that_does_not_work_leaves_nothing(desk: Desk) -> None:
    (desk.root / "kapot").write_text("geen sleutel")
    with pytest.raises(Exception, match="1 problem") as caught:
        desk.seal(signer=desk.root / "kapot")
    assert caught.value.problems[0].what == "the signing key cannot be used"  # type: ignore[attr-defined]
    assert not (desk.root / "bundel").exists()


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("PuTTY-User-Key-File-3: ssh-ed25519\n", "a key of PuTTY"),
        ("-----BEGIN OPENSSH PRIVATE KEY-----\r\nAAAA\r\n", "a program of Windows"),
        (None, "check its name and place"),
        ("geen sleutel\r\n", "name a private ssh key"),
    ],
)
def test_what_is_wrong_with_a_signing_key_is_told(tmp_path: Path, text: str | None, hint: str) -> None:
    need_program("ssh-keygen")
    key = tmp_path / "sleutel"
    if text is not None:
        key.write_bytes(text.encode())
        key.chmod(0o600)
    with pytest.raises(SignatureRefused) as refused:
        sign(b"iets", key=key, namespace="proef@tweeluik")
    assert refused.value.hint.startswith(hint)


def test_a_later_bundle_names_what_it_supersedes_and_the_earlier_warns(sealed: Desk) -> None:
    before = {sha256(each.read_bytes()).hexdigest() for each in (sealed.root / "bundel").glob("*.age")}
    sealed.seal("nieuw", copies=2, supersedes=sealed.root / "bundel")
    later = open_bundle(sealed.root / "nieuw" / COPY, identities=[sealed.key("cip")], into=None, today=DAY)
    assert later.inventory.sequence == 2
    assert set(later.inventory.supersedes) == before
    assert not any("newer" in each for each in opened(sealed).warnings)
    receipt = sealed.root / "nieuw" / "kwitantie-02.txt"
    (sealed.root / "bundel" / receipt.name).write_bytes(receipt.read_bytes())
    assert any("newer" in each for each in opened(sealed).warnings)


def test_a_later_receipt_that_holds_this_very_file_tells_of_no_newer_one(sealed: Desk) -> None:
    own = sealed.root / "bundel" / "kwitantie-01.txt"
    later = sealed.root / "bundel" / "kwitantie-02.txt"
    later.write_bytes(own.read_bytes().replace(b"Volgnummer: 1", b"Volgnummer: 2"))
    found = opened(sealed)
    assert found.origin.is_newest(found.inventory)
    assert not any("newer" in each for each in found.warnings)
    later.write_bytes(later.read_bytes().replace(b"Bestand: exemplaar", b"Was: exemplaar"))
    assert any("newer" in each for each in opened(sealed).warnings)


def test_a_receipt_that_cannot_be_read_is_told(sealed: Desk) -> None:
    (sealed.root / "bundel" / "map-kwitantie.txt").mkdir()
    (sealed.root / "bundel" / "nergens-kwitantie.txt").symlink_to("nergens")
    assert not any("receipt in this folder" in each for each in opened(sealed).warnings)
    (sealed.root / "bundel" / "kapot-kwitantie.txt").symlink_to("/proc/self/mem")  # whoever reads it gets an error
    assert any("a receipt in this folder cannot be read" in each for each in opened(sealed).warnings)
    with pytest.raises(WrongUsage) as caught:
        sealed.seal("nieuw", supersedes=sealed.root / "bundel")
    assert "a receipt cannot be read" in caught.value.problems[0].what


def test_what_is_superseded_must_be_of_the_same_edition(desk: Desk) -> None:
    (desk.root / "leeg").mkdir()
    with pytest.raises(WrongUsage):
        desk.seal(supersedes=desk.root / "leeg")


# --- the period of inspection -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("day", "word"), [(DAY - timedelta(1), "begins"), (date(2025, 2, 14), "ended")])
def test_outside_the_inspection_a_person_is_asked(sealed: Desk, day: date, word: str) -> None:
    asked: list[tuple[str, ...]] = []

    def no(doubts: tuple[str, ...]) -> bool:
        asked.append(doubts)
        return False

    assert refused(sealed, today=day, confirm=no) == "stopped at your request"
    ((doubt, sender),) = asked
    assert word in doubt
    assert "NOT verified" in sender
    found = opened(sealed, today=day, confirm=lambda _: True, into=sealed.root / "uit")
    assert doubt in found.warnings
    assert (sealed.root / "uit" / MANIFEST).is_file()


def test_to_verify_alone_asks_nothing_and_warns(sealed: Desk) -> None:
    found = opened(sealed, today=date(2025, 2, 14), confirm=lambda _: pytest.fail("asked"))
    assert found.warnings[0] == "the inspection ended on 2025-02-13; what is in it stays confidential"


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("answer", "code"), [("\n", 14), ("n\n", 14), ("", 14), ("y\n", 0), ("Ja\n", 0)])
def test_at_a_terminal_the_command_asks_before_it_writes(
    sealed: Desk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], answer: str, code: int
) -> None:
    monkeypatch.setattr(sys, "stdin", Terminal(answer))
    into = sealed.root / "uit"
    command = ["open", str(sealed.root / "bundel" / COPY), "-i", str(sealed.key("cip")), "-o", str(into)]
    assert build.main(command) == code
    said = capsys.readouterr().err
    assert "the inspection ended on 2025-02-13; " in said
    assert "\nGo on?" in said
    assert into.exists() == (code == 0)


@pytest.mark.parametrize("nobody", [None, io.StringIO("")])
def test_where_nobody_can_be_asked_the_command_warns_and_goes_on(
    sealed: Desk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], nobody: io.StringIO | None
) -> None:
    monkeypatch.setattr(sys, "stdin", nobody)
    into = sealed.root / "uit"
    command = ["open", str(sealed.root / "bundel" / COPY), "-i", str(sealed.key("cip")), "-o", str(into)]
    assert build.main(command) == 0
    assert "the inspection ended on 2025-02-13; " in capsys.readouterr().err
    assert into.is_dir()


def test_a_clerk_is_told_in_dutch(sealed: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    command = ["open", str(sealed.root / "bundel" / COPY), "-i", str(sealed.key("cip")), "--verify", "--lang", "nl"]
    assert build.main(command) == 0
    told = capsys.readouterr()
    assert told.out.startswith(
        "AFZENDER NIET GECONTROLEERD: exemplaar 1 van 2, volgnummer 1, de nieuwste die hier bekend is"
    )
    assert "de inzage eindigde op 2025-02-13; de inhoud blijft vertrouwelijk" in told.err
    assert "iedereen kan zo'n bestand maken" in told.err


@pytest.mark.parametrize("day", [DAY, date(2025, 2, 13)])
def test_on_the_first_and_last_day_there_is_nothing_to_warn_of(sealed: Desk, day: date) -> None:
    assert not any("inspection" in each for each in opened(sealed, today=day).warnings)


# --- tampering by somebody who can seal -------------------------------------------------------------------------------


def planted(desk: Desk, content: dict[str, bytes], *roles: str) -> str:
    """Sealed by somebody who knows the public halves: those of the copy, when no other roles are named."""
    keys = [read_identities([desk.key(role)])[0].recipient for role in roles or ("cip", "archief")]
    (desk.root / "bundel" / "planted.age").write_bytes(seal(pack(content), [str(each) for each in keys]))
    return "planted.age"


def test_members_swapped_between_copies_are_noticed(sealed: Desk) -> None:
    one, two = members(sealed), members(sealed, OTHER)
    for name in one:
        if one[name] != two[name]:
            assert "no bundle as it was made" in refused(sealed, planted(sealed, {**one, name: two[name]}))


def test_a_member_too_many_or_too_few_is_noticed(sealed: Desk) -> None:
    one = members(sealed)
    assert "does not list" in refused(sealed, planted(sealed, {**one, "extra.txt": b""}))
    for name in one:
        assert refused(sealed, planted(sealed, {key: value for key, value in one.items() if key != name}))


def test_a_manifest_made_to_fit_is_stopped_by_its_signature(desk: Desk, signer: Path) -> None:
    desk.seal(copies=2, signer=signer)
    forged = members(desk)
    forged["02-gegevens/lijst.csv"] = b"naam\r\nAnders\r\n"
    listed = {name: data for name, data in forged.items() if name not in {MANIFEST, CHECKSUMS, SIGNATURE}}
    old = parse_inventory(forged[MANIFEST])
    new = type(old)(**{**{name: getattr(old, name) for name in old.__slots__}, "files": list_members(listed)})
    forged |= {MANIFEST: new.serialise(), CHECKSUMS: checksums(new)}
    assert take_stock(list_members(forged), forged) == new
    assert "allowed signer" in refused(desk, planted(desk, forged), allowed_signers=desk.root / "afzender.toegestaan")


def test_a_bundle_sealed_again_to_another_is_noticed(sealed: Desk) -> None:
    write_identity(sealed.key("derde"))
    assert "sealed again" in refused(
        sealed, planted(sealed, members(sealed), "derde", "archief"), identities=[sealed.key("derde")]
    )


@pytest.mark.parametrize("damage", [b"{}", b"[]", b"", b"\xff", b'{"kind": 1}', b"[" * 100_000])
def test_a_manifest_that_is_none_is_refused(sealed: Desk, damage: bytes) -> None:
    assert refused(sealed, planted(sealed, {**members(sealed), MANIFEST: damage}))


def test_a_passphrase_file_is_refused_without_any_work(sealed: Desk) -> None:
    vector = Path(__file__).parents[1] / "stages" / "data" / "cctv-age" / "scrypt_work_factor_23"
    (sealed.root / "bundel" / "w.age").write_bytes(vector.read_bytes().partition(b"\n\n")[2])
    assert "passphrase" in refused(sealed, "w.age")


def test_what_is_no_file_is_refused(sealed: Desk) -> None:
    (sealed.root / "bundel" / "map.age").mkdir()
    (sealed.root / "bundel" / "zonder-einde.age").symlink_to("/dev/zero")
    assert "cannot be read" in refused(sealed, "weg.age")
    for name in ("map.age", "zonder-einde.age"):
        assert refused(sealed, name) == "this is no file"
