"""The archive's copy: metadata for each of its files (MDTO 1.0.1), and a BagIt bag when it is opened (RFC 8493).

The words are in `templates/confidential/mdto-*.xml`, where an archivist may change them; `tools/mdto.py` then holds
what comes of it against the official schema.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path, PurePosixPath

from tweeluik.confidential.bundle.documents import Issue, reference_of, said_in, text_of, wording
from tweeluik.confidential.bundle.dossier import Dossier
from tweeluik.confidential.bundle.inventory import Inventory, Listed
from tweeluik.words.papers import PAPERS

RECORD, FILE = "mdto-dossier.xml", "mdto-bestand.xml"
SUFFIX = ".mdto.xml"
FORMATS = {
    ".pdf": ("PDF/A-2a", "fmt/476"),
    ".html": ("HTML", "fmt/471"),
    ".txt": (PAPERS.text("archive.plain_text"), "x-fmt/111"),
    ".csv": ("CSV", "x-fmt/18"),
    ".json": ("JSON", "fmt/817"),
}
"""By the ending of a name: what it is, and its number in PRONOM (The National Archives)."""

PAYLOAD = "data"
DECLARATION = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"


@dataclass(frozen=True, slots=True)
class _File:
    """What MDTO asks of a file."""

    name: str
    identification: str
    size: int
    sha256: str
    format: str
    pronom: str


def render_metadata(dossier: Dossier, issue: Issue, members: Mapping[str, bytes], templates: Path) -> dict[str, bytes]:
    """The MDTO of the dossier as a whole and of every file in it, each beside the file.

    Raises:
        SealingFailed: a template is missing or wrong.
    """
    files = [_file(name, data, reference_of(dossier, issue)) for name, data in sorted(members.items())]
    days = {name: value.isoformat() for name, value in asdict(dossier).items() if isinstance(value, date)}
    words = {
        **wording(dossier, mark="", issue=issue),
        "iso": {**days, "created": issue.day.isoformat()},
        "files": [asdict(each) for each in files],
    }
    said = said_in(dossier)
    return {
        RECORD: text_of(templates, RECORD, words, said).encode(),
        **{
            f"{each.name}{SUFFIX}": text_of(templates, FILE, {**words, "file": asdict(each)}, said).encode()
            for each in files
        },
    }


def _file(name: str, data: bytes, reference: str) -> _File:
    label, pronom = FORMATS[PurePosixPath(name).suffix]
    return _File(name, f"{reference}/{name}", len(data), sha256(data).hexdigest(), label, pronom)


def bag_tags(listed: Sequence[Listed], inventory: Inventory) -> dict[str, bytes]:
    """What makes a bag of the files of an opened copy, which lie below `data/`: how a reader of bags checks them."""
    payload = {f"{PAYLOAD}/{each.name}": each.sha256 for each in listed}
    about = (
        f"Bagging-Date: {inventory.created}\n"
        f"External-Identifier: {inventory.edition}/{inventory.sequence}\n"
        f"Payload-Oxum: {sum(each.size for each in listed)}.{len(listed)}\n"
        f"Bag-Software-Agent: {inventory.tool}\n"
    )
    tags = {"bagit.txt": DECLARATION, "bag-info.txt": about.encode(), "manifest-sha256.txt": _sums(payload)}
    digests = {name: sha256(data).hexdigest() for name, data in tags.items()}
    return {**tags, "tagmanifest-sha256.txt": _sums(digests)}


def _sums(digests: Mapping[str, str]) -> bytes:
    return "".join(f"{digest}  {name}\n" for name, digest in sorted(digests.items())).encode()
