"""The receipt of a bundle: safe in public, and what everything that was sent is compared with.

One text for all copies, signed beside it. It holds digests, marks of copies, roles and fingerprints of keys. No holder,
no organisation, no count. The words around what is read again may change (`templates/confidential/kwitantie.txt`); a
receipt that cannot be read again as it was meant is not written.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path

from tweeluik.confidential.age.identities import in_groups
from tweeluik.confidential.bundle import stated
from tweeluik.confidential.bundle.stated import SUPERSEDES, Covered, Found, in_lines, in_words, only, sections

TEMPLATE = "kwitantie.txt"
PATTERN = "*kwitantie*.txt"
"""Files that may be receipts: people put a name or a number before or behind it."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a receipt says: of which series and when, which files, with which opener, and in the place of which."""

    series: str
    sequence: int
    created: date
    copies: tuple[Covered, ...]
    opener: str
    supersedes: tuple[str, ...]

    def find(self, digest: str) -> Covered | None:
        """The sealed file with this SHA-256."""
        return next((each for each in self.copies if each.sha256 == digest), None)


def name_of(sequence: int) -> str:
    """The file in which the receipt of a bundle stands: two bundles of one edition may lie in one folder."""
    return f"kwitantie-{sequence:02}.txt"


def series_of(edition: str) -> str:
    """A neutral mark for all bundles of one edition. An edition's id is public, so that its hash gives nothing away."""
    return in_groups(sha256(f"tweeluik bundle {edition}".encode()).hexdigest()[:16])


def render_receipt(receipt: Receipt, *, marks: Sequence[str], templates: Path) -> bytes:
    """The text; `marks` are what is visible on every copy.

    Raises:
        SealingFailed: the template is missing or wrong, or what it makes says something else.
    """
    facts = {
        "series": receipt.series,
        "sequence": receipt.sequence,
        "created": receipt.created.isoformat(),
        "copies": [{**in_words(copy), "mark": mark} for copy, mark in zip(receipt.copies, marks, strict=True)],
        "opener": in_lines(receipt.opener),
        "supersedes": [in_groups(each) for each in receipt.supersedes],
    }
    lost = "a receipt that is made with this template cannot be read again"
    return stated.written(templates, TEMPLATE, facts, said=receipt, parse=parse_receipt, lost=lost)


def find_receipts(folder: Path, edition: str) -> Iterator[Found[Receipt]]:
    """Every receipt of an edition in a folder, in the order of the names; all else is passed over.

    Raises:
        OSError: one cannot be read.
    """
    return (each for each in stated.find(folder, PATTERN, parse_receipt) if each.said.series == series_of(edition))


def parse_receipt(data: bytes) -> Receipt | None:
    """What a receipt says, or None when it is none; the opener's `receipt.js` reads the same."""
    found = sections(data)
    try:
        return Receipt(
            series=stated.series(only(found, "Reeks").said),
            sequence=stated.sequence(only(found, "Volgnummer").said),
            created=stated.day(only(found, "Gemaakt").said),
            copies=tuple(each.covered for each in found if each.head == "Bestand"),
            opener=only(found, "Bestand om te openen").digests[0],
            supersedes=tuple(digest for each in found if each.head == SUPERSEDES for digest in each.digests),
        )
    except (ValueError, IndexError):
        return None
