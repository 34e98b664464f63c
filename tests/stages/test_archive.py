"""The archive's copy: metadata by the names of MDTO 1.0.1 for each file, and a bag when it is opened."""

from __future__ import annotations

import re
import subprocess
from collections import Counter
from hashlib import sha256
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from tests.conftest import need_program
from tests.stages import mdto as mdto_table
from tests.stages.a_bundle import DAY, PARTNERS, Desk, a_desk, names
from tools.mdto import find_unfit
from tweeluik.confidential.bundle.opening import Opened, open_bundle

MDTO = "{https://www.nationaalarchief.nl/mdto}"
OF_DOSSIER = ("identificatie", "naam", "waardering", "archiefvormer", "beperkingGebruik")
OF_FILE = ("identificatie", "naam", "omvang", "bestandsformaat", "checksum", "isRepresentatieVan")


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    desk = a_desk(tmp_path_factory.mktemp("desk"), "archief", "cip")
    desk.seal(copies=2)
    return desk


@pytest.fixture(scope="module")
def opened(desk: Desk) -> Opened:
    return open_bundle(
        desk.root / "bundel" / "archief.age", identities=[desk.key("archief")], into=desk.root / "zak", today=DAY
    )


@pytest.fixture(scope="module")
def bag(desk: Desk, opened: Opened) -> Path:
    assert opened.folder == desk.root / "zak"
    return desk.root / "zak"


def test_it_is_a_bag(bag: Path, opened: Opened) -> None:
    """RFC 8493: the declaration, the payload below `data/`, and a manifest of that and one of the tags."""
    assert names(bag) == ["bag-info.txt", "bagit.txt", "data", "manifest-sha256.txt", "tagmanifest-sha256.txt"]
    assert (bag / "bagit.txt").read_bytes() == b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
    for manifest in ("manifest-sha256.txt", "tagmanifest-sha256.txt"):
        subprocess.run([need_program("sha256sum"), "--check", "--strict", "--quiet", manifest], cwd=bag, check=True)
    listed = {line.partition("  ")[2] for line in (bag / "manifest-sha256.txt").read_text().splitlines()}
    there = {each.relative_to(bag).as_posix() for each in (bag / "data").rglob("*") if each.is_file()}
    assert listed == there == {f"data/{name}" for name in opened.files}
    size = sum((bag / name).stat().st_size for name in there)
    assert f"Payload-Oxum: {size}.{len(there)}\n" in (bag / "bag-info.txt").read_text()


def test_the_payload_of_the_bag_is_still_what_its_inventory_lists(bag: Path) -> None:
    command = [need_program("sha256sum"), "--check", "--strict", "--quiet", "manifest-sha256.txt"]
    subprocess.run(command, cwd=bag / "data", check=True)


def mdto(file: Path) -> ET.Element:
    (record,) = ET.fromstring(file.read_bytes())
    return record


def said(record: ET.Element, *path: str) -> list[str]:
    return [each.text or "" for each in record.findall("/".join(f"{MDTO}{name}" for name in path))]


@pytest.fixture(scope="module")
def schema(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("schema") / "mdto.xsd"
    file.write_text(mdto_table.schema())
    return file


def test_every_file_with_metadata_is_as_mdto_asks(bag: Path, schema: Path) -> None:
    assert list(find_unfit(schema, bag)) == []


def test_nothing_to_hold_against_the_schema_is_no_good_sign(schema: Path, tmp_path: Path) -> None:
    assert list(find_unfit(schema, tmp_path)) == ["there are no files with metadata"]


def lacking(file: Path) -> list[tuple[tuple[str, str], bytes]]:
    """The file as often as it has elements, each time without one of those that MDTO requires."""
    made = []
    for number, each in enumerate(ET.fromstring(file.read_bytes()).iter()):
        group = mdto_table.group_of(each.tag.removeprefix(MDTO)) if each.tag != f"{MDTO}MDTO" else None
        for at, child in enumerate(each):
            name = child.tag.removeprefix(MDTO)
            if (group or "", name) in mdto_table.REQUIRED and len(each.findall(child.tag)) == 1:
                tree = ET.fromstring(file.read_bytes())
                parent = list(tree.iter())[number]
                parent.remove(parent[at])
                made.append(((group or "", name), ET.tostring(tree)))
    return made


def test_every_required_element_is_there_and_missed_when_it_is_not(bag: Path, schema: Path, tmp_path: Path) -> None:
    """Shown one by one: the files hold all that MDTO requires, and are none without any of it."""
    shown = set[tuple[str, str]]()
    for file in (bag / "data" / "mdto-dossier.xml", bag / "data" / "01-overzicht.pdf.mdto.xml"):
        for which, without in lacking(file):
            (tmp_path / "mdto-dossier.xml").write_bytes(without)
            assert list(find_unfit(schema, tmp_path)), which
            shown.add(which)
    print("\n".join(f"{group}: {name}" for group, name in sorted(shown)))
    not_used = ("gerelateerdInformatieobject", "betrokkene")
    assert {each for each in mdto_table.REQUIRED if not each[0].startswith(not_used)} == shown


def test_the_dossier_has_what_mdto_requires(bag: Path, desk: Desk) -> None:
    record = mdto(bag / "data" / "mdto-dossier.xml")
    assert record.tag == f"{MDTO}informatieobject"
    found = Counter(each.tag.removeprefix(MDTO) for each in record)
    assert all(found[name] == 1 for name in OF_DOSSIER)
    assert said(record, "identificatie", "identificatieKenmerk") == ["2025/1"]
    assert said(record, "waardering", "begripLabel") == ["Blijvend te bewaren"]
    assert said(record, "archiefvormer", "verwijzingNaam") == [desk.source.report.publisher]
    assert said(record, "event", "eventType", "begripLabel") == ["Creatie", "Ter inzage gelegd"]
    assert said(record, "event", "eventTijd") == ["2024-12-19", "2024-12-19"]
    term = ("beperkingGebruik", "beperkingGebruikTermijn")
    assert said(record, *term, "termijnEinddatum") == ["2025-02-13"]
    (ground,) = said(record, "beperkingGebruik", "beperkingGebruikNadereBeschrijving")
    assert ground.startswith("veiligheid en privacy")


def test_every_file_has_its_own(bag: Path) -> None:
    data = bag / "data"
    files = [
        each for each in data.rglob("*") if each.is_file() and re.match(r"\d\d-", each.relative_to(data).as_posix())
    ]
    described = [each for each in files if not each.name.endswith(".mdto.xml")]
    for each in described:
        record = mdto(each.with_name(f"{each.name}.mdto.xml"))
        assert record.tag == f"{MDTO}bestand"
        assert [child.tag.removeprefix(MDTO) for child in record] == list(OF_FILE)
        assert said(record, "omvang") == [str(each.stat().st_size)]
        assert said(record, "checksum", "checksumWaarde") == [sha256(each.read_bytes()).hexdigest()]
        assert said(record, "checksum", "checksumAlgoritme", "begripLabel") == ["SHA-256"]
        assert said(record, "isRepresentatieVan", "verwijzingIdentificatie", "identificatieKenmerk") == ["2025/1"]
    assert len(described) * 2 == len(files)
    listed = said(mdto(data / "mdto-dossier.xml"), "heeftRepresentatie", "verwijzingNaam")
    assert listed == sorted(each.relative_to(data).as_posix() for each in described)


def test_the_metadata_names_no_organisation(bag: Path) -> None:
    files = list(bag.rglob("*.xml"))
    assert len(files) > 5
    for file in files:
        text = file.read_text("utf-8")
        assert not any(secret in text for each in PARTNERS for secret in (each.name, each.id, *each.aliases))


def test_a_copy_for_inspection_has_no_metadata_and_is_no_bag(desk: Desk) -> None:
    copy = desk.root / "bundel" / "exemplaar-01-van-02.age"
    found = open_bundle(copy, identities=[desk.key("cip")], into=desk.root / "inzage", today=DAY)
    assert not [name for name in found.files if name.endswith(".xml")]
    assert "bagit.txt" not in names(desk.root / "inzage")


def test_the_form_to_close_with_lists_every_copy(bag: Path) -> None:
    program = need_program("pdftotext")
    done = subprocess.run(
        [program, "-layout", bag / "data" / "06-afsluiting.pdf", "-"], capture_output=True, check=True
    )
    text = done.stdout.decode()
    for words in ("Exemplaar 1 van 2", "Exemplaar 2 van 2", "Archiefexemplaar", "cip, archief"):
        assert words in text
