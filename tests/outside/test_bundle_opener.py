"""The offline opener: one HTML file, from file:// in a real browser, with a bundle made by the product."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import need_program, nu_checker
from tests.outside.sites import OPENER
from tests.outside.test_html import OF_COLOUR, axe, complaints
from tests.stages.a_bundle import DAY, Desk, a_desk, an_inspected_edition
from tests.stages.containers import pack, unpack
from tweeluik.confidential.age.header import of_readers, stanza_kinds
from tweeluik.confidential.age.identities import in_groups, read_identities, write_identity
from tweeluik.confidential.age.recipients import read_archive_recipients
from tweeluik.confidential.age.sealing import seal, unseal
from tweeluik.confidential.bundle.opening import open_bundle
from tweeluik.confidential.bundle.renewing import reseal_archive
from tweeluik.door.release import release
from tweeluik.problems import OpeningFailed, SealingFailed
from tweeluik.protection.editions import protect_editions
from tweeluik.record.canonical import serialise as serialise_record
from tweeluik.record.cell import Shown
from tweeluik.source.records import Period

COPY = "exemplaar-01-van-01.age"
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A bundle whose inspection is going on, by the browser's own calendar."""
    today = date.today()  # noqa: DTZ011 (the browser reads its clock too)
    edition = an_inspected_edition()
    assert edition.inspection is not None
    now = replace(edition.inspection, period=Period(today - timedelta(2), today + timedelta(2)))
    desk = a_desk(tmp_path_factory.mktemp("desk"), "archief", "cip", edition=an_inspected_edition(inspection=now))
    desk.seal(signer=a_signer(desk.root))
    return desk


SENDER = "Ministerie van Voorbeeldzaken"


def a_signer(root: Path) -> Path:
    """A key to sign with, and the file of who may sign as a clerk writes it."""
    key = root / "ondertekenen"
    subprocess.run([need_program("ssh-keygen"), "-q", "-t", "ed25519", "-N", "", "-f", key], check=True)
    (root / "ondertekenaars").write_text(f"{SENDER} {key.with_name('ondertekenen.pub').read_text()}")
    return key


class Reader:
    """Somebody behind the page, who notes every request and every word in the console."""

    def __init__(self, page: Any, opener: Path) -> None:
        self.page, self.noise = page, list[str]()
        page.on("console", lambda message: self.noise.append(message.text))
        page.on("pageerror", lambda error: self.noise.append(str(error)))
        page.on(
            "request",
            lambda request: self.noise.append(request.url) if not request.url.startswith(("file:", "blob:")) else None,
        )
        page.goto(opener.as_uri())

    def choose(self, sealed: Path, key: Path) -> str:
        """As a clerk does: what the sender sent, the key, and, where there is one, the file of who may sign."""
        self.page.set_input_files("#sealed", [sealed, *sorted(sealed.parent.glob("kwitantie*"))])
        self.page.wait_for_selector("#digest:not(:empty)")
        signers = sealed.parents[1] / "ondertekenaars"
        if signers.exists():
            self.page.set_input_files("#signers", signers)
        self.page.set_input_files("#key", key)
        self.page.wait_for_selector("#status.good, #status.wrong, #status.warn")
        return str(self.page.inner_text("#status"))


@pytest.fixture
def reader(browser: Any, opener: Path) -> Iterator[Reader]:
    context = browser.new_context(offline=True, accept_downloads=True)
    reader = Reader(context.new_page(), opener)
    yield reader
    context.close()
    assert reader.noise == []


def test_it_is_one_file_that_may_fetch_nothing(opener: Path) -> None:
    page = opener.read_text()
    assert "default-src 'none'" in page
    assert "unsafe" not in page.partition("<title>")[0]
    assert " src=" not in page.partition("<script")[0]
    for name in (
        "age-encryption 0.3.1 (BSD-3-Clause)",
        "@noble/hashes",
        "@noble/curves",
        "Permission is hereby granted",
    ):
        assert name in page


def test_the_page_that_goes_along_with_a_bundle_is_the_one_that_is_made_here(opener: Path) -> None:
    kept = ROOT / "templates" / "confidential" / "opener.html"
    assert kept.read_bytes() == opener.read_bytes(), "make opener, then copy build-output/opener.html there"


FEW = 8


def test_the_clerk_opens_verifies_and_saves_the_pdf(reader: Reader, desk: Desk, tmp_path: Path) -> None:
    assert reader.choose(desk.root / "bundel" / COPY, desk.key("cip")) == (
        f"Van {SENDER}. De bundel klopt: 12 bestanden zijn gecontroleerd. Dit is de nieuwste die bekend is (volgnummer 1)."
    )
    assert reader.page.get_attribute("#status", "class") == "good"
    assert reader.page.inner_text("#mark") == "Vertrouwelijk \u2013 Exemplaar 1 van 1"
    assert reader.page.title() == "Bestand openen"
    found = open_bundle(desk.root / "bundel" / COPY, identities=[desk.key("cip")], into=tmp_path / "open")
    for number in range(len(reader.page.query_selector_all("#files a"))):
        if number % FEW == 0:  # a browser asks before it saves more files of one page
            reader.page.reload()
            reader.choose(desk.root / "bundel" / COPY, desk.key("cip"))
        with reader.page.expect_download() as download:
            reader.page.query_selector_all("#files a")[number].click()
        name = next(each for each in found.files if each.replace("/", "-") == download.value.suggested_filename)
        assert Path(download.value.path()).read_bytes() == (tmp_path / "open" / name).read_bytes()


def test_the_digest_is_that_of_the_receipt(reader: Reader, desk: Desk) -> None:
    reader.choose(desk.root / "bundel" / COPY, desk.key("cip"))
    digest = in_groups(sha256((desk.root / "bundel" / COPY).read_bytes()).hexdigest())
    assert reader.page.inner_text("#digest") == digest


def test_another_key_or_no_key(reader: Reader, desk: Desk, tmp_path: Path) -> None:
    write_identity(tmp_path / "ander")
    assert "gaat niet open" in reader.choose(desk.root / "bundel" / COPY, tmp_path / "ander")
    (tmp_path / "geen").write_text("hallo")
    reader.page.set_input_files("#key", tmp_path / "geen")
    reader.page.locator("#status", has_text="geen sleutelbestand").wait_for()
    (tmp_path / "openbaar").write_text("age1qqqq")
    reader.page.set_input_files("#key", tmp_path / "openbaar")
    reader.page.locator("#status", has_text="openbare helft").wait_for()
    assert reader.page.is_hidden("#result")


def members(desk: Desk) -> dict[str, bytes]:
    return unpack(unseal((desk.root / "bundel" / COPY).read_bytes(), [read_identities([desk.key("cip")])[0].secret]))


def planted(desk: Desk, folder: Path, container: bytes, *roles: str) -> Path:
    """By somebody who knows the public halves of the keys."""
    keys = [str(read_identities([desk.key(role)])[0].recipient) for role in roles or ("cip", "archief")]
    (folder / "planted.age").write_bytes(seal(container, keys))
    return folder / "planted.age"


def test_what_was_changed_is_not_shown(reader: Reader, desk: Desk, tmp_path: Path) -> None:
    good = members(desk)
    other = b"x" * len(good["02-gegevens/lijst.csv"])
    for bad in (
        {**good, "02-gegevens/lijst.csv": other},
        {**good, "extra.txt": b"x"},
        {name: data for name, data in good.items() if name != "00-LEES-MIJ.txt"},
        {**good, "manifest-sha256.txt": b""},
    ):
        reader.page.reload()
        assert "niet wat de inhoudslijst zegt" in reader.choose(planted(desk, tmp_path, pack(bad)), desk.key("cip"))
        assert reader.page.is_hidden("#result")


def test_what_is_no_container_is_refused(reader: Reader, desk: Desk, tmp_path: Path) -> None:
    good = pack(members(desk))
    spoiled = bytearray(good)
    spoiled[good.index(b"vulling.bin") + 16] ^= 1  # in the padding
    for bad in (b"", b"PK", good[:-1], good + b"x", bytes(spoiled)):
        reader.page.reload()
        assert "geen bundel van Tweeluik" in reader.choose(planted(desk, tmp_path, bad), desk.key("cip"))


def test_a_bundle_sealed_again_to_another_is_refused(reader: Reader, desk: Desk, tmp_path: Path) -> None:
    if not desk.key("derde").exists():
        write_identity(desk.key("derde"))
    assert "opnieuw verzegeld" in reader.choose(
        planted(desk, tmp_path, pack(members(desk)), "derde", "archief"), desk.key("derde")
    )


def test_a_passphrase_file_and_no_age_file_are_refused(reader: Reader, desk: Desk, tmp_path: Path) -> None:
    vector = Path(__file__).parents[1] / "stages" / "data" / "cctv-age" / "scrypt_work_factor_23"
    (tmp_path / "w.age").write_bytes(vector.read_bytes().partition(b"\n\n")[2])
    assert "met een wachtwoord" in reader.choose(tmp_path / "w.age", desk.key("cip"))
    reader.page.reload()
    (tmp_path / "geen.age").write_bytes(b"hallo")
    assert "geen verzegeld bestand" in reader.choose(tmp_path / "geen.age", desk.key("cip"))


def test_outside_the_inspection_it_asks_first(reader: Reader, tmp_path: Path) -> None:
    later = a_desk(tmp_path / "d", "archief", "cip")
    later.seal(signer=a_signer(later.root))
    assert "let op" in reader.choose(later.root / "bundel" / COPY, later.key("cip"))
    assert (
        reader.page.inner_text("#reasons") == "De inzage duurde tot 13 februari 2025. De inhoud blijft vertrouwelijk."
    )
    assert reader.page.is_hidden("#result")
    reader.page.click("#anyway")
    assert reader.page.is_visible("#result")


# --- from whom it is --------------------------------------------------------------------------------------------------


def test_a_bundle_by_an_outsider_from_the_public_keys_alone_is_red(reader: Reader, desk: Desk, tmp_path: Path) -> None:
    forged = {name: data for name, data in members(desk).items() if name != "manifest.json.sig"}
    sealed = planted(desk, tmp_path, pack(forged))
    assert reader.choose(sealed, desk.key("cip")) == "Let op: de afzender is onbekend."
    assert reader.page.get_attribute("#status", "class") == "wrong"
    assert "Bel de afzender" in reader.page.inner_text("#reasons")
    assert reader.page.is_hidden("#result")
    reader.page.set_input_files("#signers", desk.root / "ondertekenaars")
    reader.page.locator(
        "#status", has_text="Deze bundel is niet ondertekend. Gebruik dit bestand niet. Bel de afzender"
    ).wait_for()
    assert reader.page.is_hidden("#ask")


def test_an_unknown_sender_stays_red_when_the_clerk_goes_on(reader: Reader, desk: Desk, tmp_path: Path) -> None:
    shutil.copy(desk.root / "bundel" / COPY, tmp_path)
    reader.choose(tmp_path / COPY, desk.key("cip"))
    reader.page.click("#anyway")
    assert reader.page.inner_text("#status").startswith("De afzender is onbekend.")
    assert reader.page.get_attribute("#status", "class") == "wrong"


def test_a_newer_receipt_is_told_and_a_missing_one_too(reader: Reader, desk: Desk, tmp_path: Path) -> None:
    if not (desk.root / "nieuw").exists():
        desk.seal("nieuw", signer=desk.root / "ondertekenen", supersedes=desk.root / "bundel")
    files = [
        desk.root / "bundel" / COPY,
        *(desk.root / "bundel").glob("kwitantie*"),
        *(desk.root / "nieuw").glob("kwitantie*"),
    ]
    reader.page.set_input_files("#sealed", files)
    reader.page.set_input_files("#key", desk.key("cip"))
    reader.page.set_input_files("#signers", desk.root / "ondertekenaars")
    reader.page.locator("#reasons", has_text="een kwitantie van een nieuwere bundel").wait_for()
    reader.page.reload()
    reader.page.set_input_files("#sealed", desk.root / "bundel" / COPY)
    reader.page.set_input_files("#key", desk.key("cip"))
    reader.page.set_input_files("#signers", desk.root / "ondertekenaars")
    reader.page.locator("#status.warn", has_text="Of dit de nieuwste is, is niet bekend").wait_for()


def test_an_archive_copy_that_was_sealed_again_is_told_by_its_note_and_red_without(
    reader: Reader, desk: Desk, tmp_path: Path
) -> None:
    (tmp_path / "tweede.txt").write_text(f"# holder: Archief\n{write_identity(tmp_path / 'tweede')}\n")
    recipients = read_archive_recipients(tmp_path / "tweede.txt", today=DAY)
    reseal_archive(
        desk.root / "bundel" / "archief.age", identities=[desk.key("archief")], recipients=recipients, into=tmp_path / "map",
        signer=desk.root / "ondertekenen", allowed_signers=None, content=desk.content, templates=ROOT / "templates", today=DAY,
    )  # fmt: skip
    texts = sorted((tmp_path / "map").glob("*.txt*"))
    for files, said in (
        (texts, "is opnieuw verzegeld, het laatst op 19 december 2024"),
        (texts[:2], "opnieuw verzegeld"),
    ):
        reader.page.reload()
        reader.page.set_input_files("#sealed", [tmp_path / "map" / "archief.age", *files])
        reader.page.set_input_files("#key", tmp_path / "tweede")
        reader.page.set_input_files("#signers", desk.root / "ondertekenaars")
        status = "good" if files == texts else "wrong"
        reader.page.locator(f"#status.{status}", has_text=said).wait_for()


def test_the_receipt_of_other_files_is_red(reader: Reader, desk: Desk, tmp_path: Path) -> None:
    for file in (desk.root / "bundel").glob("kwitantie*"):
        shutil.copy(file, tmp_path)
    assert "hoort bij andere bestanden" in reader.choose(planted(desk, tmp_path, pack(members(desk))), desk.key("cip"))


def test_a_file_of_signers_is_refused_by_its_line(reader: Reader, desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "w").write_text(f"# wie\n{(desk.root / 'ondertekenen.pub').read_text()}")
    reader.choose(desk.root / "bundel" / COPY, desk.key("cip"))
    reader.page.set_input_files("#signers", tmp_path / "w")
    reader.page.locator("#status.wrong", has_text="regel 2: er staat geen naam voor de sleutel").wait_for()


# --- against the public site ------------------------------------------------------------------------------------------


def test_the_numbers_are_held_against_the_public_record_and_one_that_is_changed_is_told_by_its_cell(
    reader: Reader, desk: Desk, tmp_path: Path
) -> None:
    record = replace(release(desk.source, protect_editions(desk.source, {})[0]), status="final")
    (table,) = record.tables
    codes = next(iter(table.cells))
    changed = replace(record, tables=(replace(table, cells={**table.cells, codes: Shown(999)}),))
    other = replace(record, hinge="0" * 64)
    for name, each in (("goed", record), ("anders", changed), ("scharnier", other)):
        (tmp_path / name).write_bytes(serialise_record(each))
    reader.choose(desk.root / "bundel" / COPY, desk.key("cip"))
    reader.page.set_input_files("#record", tmp_path / "goed")
    reader.page.locator("#hinge", has_text="Het scharnier klopt").wait_for()
    assert reader.page.is_visible("#result")
    reader.page.set_input_files("#record", tmp_path / "anders")
    where = f"tabel {table.id}, cel {' en '.join(codes)}"
    reader.page.locator("#hinge", has_text=f"De site toont een ander getal: {where}.").wait_for()
    assert reader.page.get_attribute("#status", "class") == "wrong"
    assert reader.page.is_hidden("#result")
    reader.page.set_input_files("#record", tmp_path / "scharnier")
    reader.page.locator("#hinge", has_text="een getal dat de site niet toont").wait_for()
    reader.page.set_input_files("#record", desk.key("cip"))
    reader.page.locator("#status.wrong", has_text="geen release.json").wait_for()
    bare = replace(record, hinge=None)
    for name, each in (("bloot", bare), ("leeg", replace(bare, tables=()))):
        (tmp_path / name).write_bytes(serialise_record(each))
    reader.page.set_input_files("#record", tmp_path / "bloot")
    reader.page.locator("#hinge", has_text="geen scharnier. Over de andere getallen").wait_for()
    reader.page.set_input_files("#record", tmp_path / "leeg")
    reader.page.locator("#hinge", has_text="Er is niets om mee te vergelijken").wait_for()
    assert reader.page.is_hidden("#result")
    edits: tuple[dict[str, object], ...] = (
        {"schema": None}, {"tables": {}}, {"tables": [{}]}, {"hinge": ""}, {"hinge": None},
    )  # fmt: skip
    for edit in edits:
        raw = {**json.loads((tmp_path / "goed").read_bytes()), **edit}
        (tmp_path / "geen").write_text(json.dumps(raw))
        reader.page.set_input_files("#record", tmp_path / "geen")
        reader.page.locator("#status.wrong", has_text="geen release.json").wait_for()
        reader.page.set_input_files("#record", tmp_path / "goed")
        reader.page.locator("#hinge", has_text="Het scharnier klopt").wait_for()


# --- at the desk ------------------------------------------------------------------------------------------------------


def test_a_drop_is_as_good_as_a_choice(reader: Reader, desk: Desk) -> None:
    for area, file in (("#sealed", desk.root / "bundel" / COPY), ("#key", desk.key("cip"))):
        drop = """([area, text]) => {
            const carried = new DataTransfer()
            carried.items.add(new File([Uint8Array.from(atob(text), (each) => each.charCodeAt(0))], "x"))
            const event = new DragEvent("drop", { dataTransfer: carried, bubbles: true, cancelable: true })
            document.querySelector(area).closest("section").dispatchEvent(event)
        }"""
        reader.page.evaluate(drop, [area, b64encode(file.read_bytes()).decode()])
    reader.page.locator("#ask", has_text="niet gecontroleerd").wait_for()


def test_the_overview_printed_from_a_browser_bears_the_mark_on_every_page(
    browser: Any, desk: Desk, tmp_path: Path
) -> None:
    (tmp_path / "overzicht.html").write_bytes(members(desk)["01-overzicht.html"])
    page = browser.new_page()
    page.goto((tmp_path / "overzicht.html").as_uri())
    printed = page.pdf(width="148mm", height="105mm")
    text = subprocess.run(
        [need_program("pdftotext"), "-layout", "-", "-"], input=printed, capture_output=True, check=True
    )
    pages = text.stdout.decode().rstrip("\f").split("\f")
    assert len(pages) > 2
    for number, each in enumerate(pages, 1):
        assert "Vertrouwelijk \u2013 Exemplaar 1 van 1" in each
        assert f"Pagina {number} van {len(pages)}" in each
        assert "volgnummer 1" in each
        assert "gemaakt op" in each


# --- for every reader -------------------------------------------------------------------------------------------------


def refused_by_axe(page: Any) -> list[tuple[str, str]]:
    """What stands in a reader's way, light and dark."""
    page.evaluate(axe())
    page.emulate_media(color_scheme="light")
    found = [("light", each) for each in complaints(page)]
    page.emulate_media(color_scheme="dark")
    return [*found, *(("dark", each) for each in complaints(page, OF_COLOUR))]


def test_nothing_on_the_page_stands_in_a_readers_way(reader: Reader, desk: Desk, tmp_path: Path) -> None:
    """At the start, with what is right, with what is wrong, and when it asks."""
    sealed = desk.root / "bundel" / COPY
    past = a_desk(tmp_path / "d", "archief", "cip")
    past.seal(signer=a_signer(past.root))
    write_identity(tmp_path / "ander")
    assert refused_by_axe(reader.page) == []
    for file, key in (
        (sealed, desk.key("cip")),
        (sealed, tmp_path / "ander"),
        (past.root / "bundel" / COPY, past.key("cip")),
    ):
        reader.page.reload()
        reader.choose(file, key)
        assert refused_by_axe(reader.page) == []


def test_nothing_in_the_overview_stands_in_a_readers_way(browser: Any, desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "overzicht.html").write_bytes(members(desk)["01-overzicht.html"])
    page = browser.new_page()
    page.goto((tmp_path / "overzicht.html").as_uri())
    assert refused_by_axe(page) == []


def test_the_nu_checker_finds_no_error(opener: Path, desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "overzicht.html").write_bytes(members(desk)["01-overzicht.html"])
    shutil.copy(opener, tmp_path)
    command: list[str | Path] = [*nu_checker(), "--format", "json", *sorted(tmp_path.glob("*.html"))]
    done = subprocess.run(command, capture_output=True, check=False)
    said = json.loads(done.stderr)["messages"]
    assert [each["message"] for each in said if each["type"] == "error"] == []


# --- post-quantum -----------------------------------------------------------------------------------------------------

MAKE_KEY = """
import { generateHybridIdentity, identityToRecipient } from "age-encryption"
import { bech32 } from "@scure/base"
const identity = await generateHybridIdentity()
const plugin = bech32.encode("AGE-PLUGIN-PQ-", bech32.decode(identity, false).words, false).toUpperCase()
console.log([identity, plugin, await identityToRecipient(identity)].join("\\n"))
"""


@pytest.fixture
def post_quantum_desk(opener: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Roles with post-quantum keys, and on the path a plug-in that knows these."""
    tool, node = opener.parents[1] / OPENER, need_program("node")
    shutil.copy(Path(__file__).with_name("age_plugin_pq.mjs"), tool)
    program = tmp_path / "bin" / "age-plugin-pq"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec {node} {tool}/age_plugin_pq.mjs "$@"\n')
    program.chmod(0o700)
    monkeypatch.setenv("PATH", f"{program.parent}:{os.environ['PATH']}")
    today = date.today()  # noqa: DTZ011 (the browser reads its clock too)
    inspection = replace(an_inspected_edition().inspection, period=Period(today, today + timedelta(2)))  # type: ignore[type-var]
    desk = a_desk(tmp_path / "desk", "archief", "cip", edition=an_inspected_edition(inspection=inspection))
    for role in ("archief", "cip"):
        made = subprocess.run(
            [node, "--input-type=module", "-e", MAKE_KEY], cwd=tool, capture_output=True, text=True, check=True
        )
        native, plugin, recipient = made.stdout.split()
        desk.key(role).write_text(f"{plugin}\n")
        desk.key(f"{role}-zelf").write_text(f"{native}\n")
        (desk.content / "recipients" / f"{role}.txt").write_text(f"# holder: X\n{recipient}\n")
    return desk


def test_a_post_quantum_bundle_opens_with_the_plugin_and_on_the_page(post_quantum_desk: Desk, reader: Reader) -> None:
    desk = post_quantum_desk
    desk.seal()
    sealed = desk.root / "bundel" / COPY
    kinds = {*of_readers(stanza_kinds(sealed.read_bytes()))}
    assert kinds == {"mlkem768x25519"}
    for role in ("cip", "archief"):
        assert open_bundle(sealed, identities=[desk.key(role)], into=None).inventory.copy == 1
        reader.page.reload()
        assert reader.choose(sealed, desk.key(f"{role}-zelf")) == "Let op: de afzender is onbekend."
    with pytest.raises(OpeningFailed, match="1 problem"):
        open_bundle(desk.root / "bundel" / "archief.age", identities=[desk.key("cip")], into=None)


def test_a_post_quantum_role_beside_an_ordinary_one_is_refused(post_quantum_desk: Desk) -> None:
    recipient = write_identity(post_quantum_desk.root / "gewoon")
    (post_quantum_desk.content / "recipients" / "griffie.txt").write_text(f"# holder: X\n{recipient}\n")
    with pytest.raises(SealingFailed) as caught:
        post_quantum_desk.seal(copies=2)
    assert caught.value.problems[0].what == "the recipients are of different kinds"


@pytest.mark.parametrize("width", [320, 1280])
def test_it_fits_a_narrow_screen(reader: Reader, desk: Desk, width: int) -> None:
    reader.page.set_viewport_size({"width": width, "height": 800})
    reader.choose(desk.root / "bundel" / COPY, desk.key("cip"))
    assert reader.page.evaluate("document.documentElement.scrollWidth") <= width
