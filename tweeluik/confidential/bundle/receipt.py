"""The receipt of a sealed file: safe in public, enough to check the file by, and to know an older one from a newer.

It holds digests, a copy's mark, roles and fingerprints of keys. No holder, no organisation, no count.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from tweeluik.confidential.age.identities import in_groups
from tweeluik.confidential.age.recipient import Recipient
from tweeluik.confidential.bundle.documents import for_notepad, text_of

SUFFIX = ".kwitantie.txt"
LIMIT = 1 << 16
SEQUENCE = re.compile(r"^Volgnummer: (\d{1,6})\r?$", re.MULTILINE)
SERIES = re.compile(r"^Reeks: ([0-9a-f ]+)\r?$", re.MULTILINE)
DIGEST = re.compile(r"^Controlegetal.*:\r?\n((?:  [0-9a-f ]+\r?\n)+)", re.MULTILINE)
PER_LINE = 32


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a later run needs of a receipt."""

    series: str
    sequence: int
    sha256: str


def series_of(edition: str) -> str:
    """A neutral mark for all bundles of one edition. An edition's id is public, so that its hash gives nothing away."""
    return in_groups(sha256(f"tweeluik bundle {edition}".encode()).hexdigest()[:16])


def render_receipt(
    sealed: bytes, *, name: str, mark: str, edition: str, sequence: int, supersedes: tuple[str, ...],
    recipients: tuple[Recipient, ...], templates: Path,
) -> bytes:  # fmt: skip
    """The receipt of one sealed file, in words of `templates/confidential/kwitantie.txt`."""
    digest = sha256(sealed).hexdigest()
    facts = {
        "name": name,
        "mark": mark,
        "sequence": sequence,
        "series": series_of(edition),
        "digest": [in_groups(digest[start : start + PER_LINE]) for start in range(0, len(digest), PER_LINE)],
        "recipients": [{"role": each.role, "fingerprint": each.fingerprint} for each in recipients],
        "supersedes": [in_groups(each) for each in supersedes],
    }
    return for_notepad(text_of(templates, "kwitantie.txt", facts))


def find_receipts(folder: Path, edition: str) -> Iterator[Receipt]:
    """Every receipt of an edition in a folder, in the order of the names; all else is passed over.

    Raises:
        OSError: one cannot be read.
    """
    for file in sorted(folder.glob(f"*{SUFFIX}")):
        if not file.is_file():
            continue
        with file.open("rb") as stream:
            receipt = parse_receipt(stream.read(LIMIT).decode("utf-8-sig", "replace"))
        if receipt and receipt.series == series_of(edition):
            yield receipt


def parse_receipt(text: str) -> Receipt | None:
    """What a receipt says, or None when it is none."""
    series, sequence, digest = SERIES.search(text), SEQUENCE.search(text), DIGEST.search(text)
    if not (series and sequence and digest):
        return None
    return Receipt(series[1].strip(), int(sequence[1]), "".join(digest[1].split()))
