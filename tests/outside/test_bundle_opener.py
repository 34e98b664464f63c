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

from tests.conftest import need_node_file, need_program
from tests.outside.test_html import axe, complaints
from tests.stages.a_bundle import Desk, a_desk, an_inspected_edition
from tweeluik.confidential.age.header import stanza_kinds
from tweeluik.confidential.age.identities import in_groups, read_identities, write_identity
from tweeluik.confidential.age.sealing import seal, unseal
from tweeluik.confidential.bundle.container import pack, unpack
from tweeluik.confidential.bundle.opening import open_bundle
from tweeluik.problems import OpeningFailed, SealingFailed
from tweeluik.source.records import Inspection, Period

COPY = "exemplaar-01-van-01.age"
ROOT = Path(__file__).parents[2]
TOOL = "tools/opener"


@pytest.fixture(scope="module")
def opener(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page, made from the locked packages as its README says."""
    make = need_program("make")
    for name in ("npm", "node"):
        need_program(name)
    folder = tmp_path_factory.mktemp("opener")
    shutil.copy(ROOT / "Makefile", folder)
    shutil.copytree(ROOT / TOOL, folder / TOOL, ignore=shutil.ignore_patterns("node_modules"))
    done = subprocess.run([make, "opener"], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return folder / "build-output" / "opener.html"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A bundle whose inspection is going on, by the browser's own calendar."""
    today = date.today()  # noqa: DTZ011 (the browser reads its clock too)
    edition = an_inspected_edition()
    assert edition.inspection is not None
    now = replace(edition.inspection, period=Period(today - timedelta(2), today + timedelta(2)))
    desk = a_desk(tmp_path_factory.mktemp("desk"), "archief", "cip", edition=an_inspected_edition(inspection=now))
    desk.seal()
    return desk


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
        self.page.set_input_files("#sealed", sealed)
        self.page.wait_for_selector("#digest:not(:empty)")
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


FEW = 8


def test_the_clerk_opens_verifies_and_saves_the_pdf(reader: Reader, desk: Desk, tmp_path: Path) -> None:
    assert reader.choose(desk.root / "bundel" / COPY, desk.key("cip")).startswith("De bundel klopt: 11 bestanden")
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


def planted(desk: Desk, folder: Path, container: bytes, role: str = "cip") -> Path:
    recipient = read_identities([desk.key(role)])[0].recipient
    assert recipient is not None
    (folder / "planted.age").write_bytes(seal(container, [recipient]))
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
        planted(desk, tmp_path, pack(members(desk)), "derde"), desk.key("derde")
    )


def test_a_passphrase_file_and_no_age_file_are_refused(reader: Reader, desk: Desk, tmp_path: Path) -> None:
    vector = Path(__file__).parents[1] / "stages" / "data" / "cctv-age" / "scrypt_work_factor_23"
    (tmp_path / "w.age").write_bytes(vector.read_bytes().partition(b"\n\n")[2])
    assert "met een wachtwoord" in reader.choose(tmp_path / "w.age", desk.key("cip"))
    reader.page.reload()
    (tmp_path / "geen.age").write_bytes(b"hallo")
    assert "geen verzegeld bestand" in reader.choose(tmp_path / "geen.age", desk.key("cip"))


def test_outside_the_inspection_it_asks_first(reader: Reader, desk: Desk, tmp_path: Path) -> None:
    inspection = desk.selection.edition.inspection
    assert isinstance(inspection, Inspection)
    past = an_inspected_edition()
    later = a_desk(tmp_path / "d", "archief", "cip", edition=past)
    later.seal()
    assert "let op" in reader.choose(later.root / "bundel" / COPY, later.key("cip"))
    assert reader.page.inner_text("#reason") == "De inzage duurde tot en met 13 februari 2025."
    assert reader.page.is_hidden("#result")
    reader.page.click("#anyway")
    assert reader.page.is_visible("#result")


def test_a_drop_is_as_good_as_a_choice(reader: Reader, desk: Desk) -> None:
    for area, file in (("#sealed", desk.root / "bundel" / COPY), ("#key", desk.key("cip"))):
        drop = """([area, text]) => {
            const carried = new DataTransfer()
            carried.items.add(new File([Uint8Array.from(atob(text), (each) => each.charCodeAt(0))], "x"))
            const event = new DragEvent("drop", { dataTransfer: carried, bubbles: true, cancelable: true })
            document.querySelector(area).closest("section").dispatchEvent(event)
        }"""
        reader.page.evaluate(drop, [area, b64encode(file.read_bytes()).decode()])
    reader.page.locator("#status", has_text="De bundel klopt").wait_for()


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


# --- for every reader -------------------------------------------------------------------------------------------------


def refused_by_axe(page: Any) -> list[tuple[str, str]]:
    """What stands in a reader's way, light and dark."""
    found = []
    page.evaluate(axe())
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        found += [(scheme, each) for each in complaints(page)]
    return found


def test_nothing_on_the_page_stands_in_a_readers_way(reader: Reader, desk: Desk, tmp_path: Path) -> None:
    """At the start, with what is right, with what is wrong, and when it asks."""
    sealed = desk.root / "bundel" / COPY
    past = a_desk(tmp_path / "d", "archief", "cip")
    past.seal()
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
    checker = need_node_file("vnu-jar/build/dist/vnu.jar")
    command: list[str | Path] = [
        need_program("java"),
        "-jar",
        checker,
        "--format",
        "json",
        *sorted(tmp_path.glob("*.html")),
    ]
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
    tool, node = opener.parents[1] / TOOL, need_program("node")
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
    kinds = {kind for kind in stanza_kinds(sealed.read_bytes()) if not kind.endswith("-grease")}
    assert kinds == {"mlkem768x25519"}
    for role in ("cip", "archief"):
        assert open_bundle(sealed, identities=[desk.key(role)], into=None).inventory.copy == 1
        reader.page.reload()
        assert reader.choose(sealed, desk.key(f"{role}-zelf")).startswith("De bundel klopt")
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
