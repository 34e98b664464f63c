"""The receipt of a bundle: safe in public, and what everything that was sent is compared with.

One text for all copies, signed beside it. It holds digests, marks of copies, roles and fingerprints of keys. No holder,
no organisation, no count. The words around what is read again may change (`templates/confidential/kwitantie.txt`); a
receipt that cannot be read again as it was meant is not written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path

from tweeluik.confidential.age.identities import in_groups
from tweeluik.confidential.age.signature import SUFFIX as SIGNATURE_SUFFIX
from tweeluik.confidential.bundle.documents import for_notepad, text_of
from tweeluik.problems import Place, Problem, SealingFailed

TEMPLATE = "kwitantie.txt"
PATTERN = "*kwitantie*.txt"
"""Files that may be receipts: people put a name or a number before or behind it."""

LIMIT = 1 << 18
PER_LINE = 32
HEAD = re.compile(r"(Reeks|Volgnummer|Gemaakt|Bestand|Bestand om te openen): (\S.*)")
DIGITS = re.compile(r"  ((?:[0-9a-f]{4} ){7,15}[0-9a-f]{4})")
HOLDER = re.compile(r"  ([a-z][a-z0-9-]{0,30}): ((?:[0-9a-f]{4} ){7}[0-9a-f]{4})")
SERIES = re.compile(r"(?:[0-9a-f]{4} ){3}[0-9a-f]{4}")
SEQUENCE = re.compile(r"[1-9][0-9]{0,5}")


@dataclass(frozen=True, slots=True)
class Covered:
    """A sealed file: its name, its SHA-256, and the role and fingerprint of everyone it is sealed to."""

    name: str
    sha256: str
    recipients: tuple[tuple[str, str], ...]


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


@dataclass(frozen=True, slots=True)
class Found:
    """A receipt as it lies in a folder, and the signature beside it (empty: there is none)."""

    receipt: Receipt
    data: bytes
    signature: bytes


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
        "copies": [_words(copy, mark) for copy, mark in zip(receipt.copies, marks, strict=True)],
        "opener": _lines(receipt.opener),
        "supersedes": [in_groups(each) for each in receipt.supersedes],
    }
    made = for_notepad(text_of(templates, TEMPLATE, facts))
    if parse_receipt(made) != receipt:
        hint = "keep its lines with a colon as they are; the sentences may change"
        what = "a receipt that is made with this template cannot be read again"
        raise SealingFailed(Problem(Place(f"templates/confidential/{TEMPLATE}"), "", what, hint))
    return made


def _words(copy: Covered, mark: str) -> dict[str, object]:
    recipients = [{"role": role, "fingerprint": fingerprint} for role, fingerprint in copy.recipients]
    return {"name": copy.name, "mark": mark, "digest": _lines(copy.sha256), "recipients": recipients}


def _lines(digest: str) -> list[str]:
    return [in_groups(digest[start : start + PER_LINE]) for start in range(0, len(digest), PER_LINE)]


def find_receipts(folder: Path, edition: str) -> Iterator[Found]:
    """Every receipt of an edition in a folder, in the order of the names; all else is passed over.

    Raises:
        OSError: one cannot be read.
    """
    for file in sorted(folder.glob(PATTERN)):
        if not file.is_file():
            continue
        data = _read(file)
        receipt = parse_receipt(data)
        if receipt and receipt.series == series_of(edition):
            beside = file.with_name(file.name + SIGNATURE_SUFFIX)
            yield Found(receipt, data, _read(beside) if beside.is_file() else b"")


def _read(file: Path) -> bytes:
    with file.open("rb") as stream:
        return stream.read(LIMIT)


# --- text -> receipt; the opener's `receipt.js` reads the same --------------------------------------------------------


def parse_receipt(data: bytes) -> Receipt | None:
    """What a receipt says, or None when it is none."""
    lines = [line.rstrip("\r") for line in data.decode("utf-8-sig", "replace").split("\n")]
    sections = list(_sections(lines))
    try:
        (series,), (sequence,), (created,), (opener,) = (
            [each for each in sections if each.head == head]
            for head in ("Reeks", "Volgnummer", "Gemaakt", "Bestand om te openen")
        )
        return Receipt(
            series=_whole(SERIES, series.said),
            sequence=int(_whole(SEQUENCE, sequence.said)),
            created=_day(created.said),
            copies=tuple(_covered(each) for each in sections if each.head == "Bestand"),
            opener=opener.digests[0],
            supersedes=tuple(digest for each in sections if each.head == "Vervangt" for digest in each.digests),
        )
    except (ValueError, IndexError):
        return None


@dataclass(frozen=True, slots=True)
class _Section:
    """A line with a colon, and the lines of digits and of holders up to the next."""

    head: str
    said: str
    digits: list[str]
    holders: list[tuple[str, str]]

    @property
    def digests(self) -> list[str]:
        """Two lines of half a digest, or one line with all of it."""
        joined = "".join("".join(each.split()) for each in self.digits)
        if len(joined) % (2 * PER_LINE):
            raise ValueError
        return [joined[start : start + 2 * PER_LINE] for start in range(0, len(joined), 2 * PER_LINE)]


def _sections(lines: list[str]) -> Iterator[_Section]:
    section = _Section("", "", [], [])
    for line in lines:
        if head := HEAD.fullmatch(line):
            yield section
            section = _Section(head[1], head[2], [], [])
        elif line == "Vervangt:":
            yield section
            section = _Section("Vervangt", "", [], [])
        elif digits := DIGITS.fullmatch(line):
            section.digits.append(digits[1])
        elif holder := HOLDER.fullmatch(line):
            section.holders.append((holder[1], holder[2]))
    yield section


def _covered(section: _Section) -> Covered:
    (digest,) = section.digests
    return Covered(section.said, digest, tuple(section.holders))


def _whole(pattern: re.Pattern[str], text: str) -> str:
    if not pattern.fullmatch(text):
        raise ValueError
    return text


def _day(text: str) -> date:
    day = date.fromisoformat(text)
    if day.isoformat() != text:
        raise ValueError
    return day
