"""The note beside an archive copy that was sealed again: which file came in the place of which, and for whom.

Inside nothing changes: the manifest and its signature stay what the sender made. So the note is what tells that other
recipients than those of the manifest were meant; it counts when it is signed by somebody who may sign. Notes form a
trail: each says which file was there before, down to the one that the receipt of the bundle covers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tweeluik.confidential.bundle import stated
from tweeluik.confidential.bundle.receipt import series_of
from tweeluik.confidential.bundle.stated import Covered, Found, in_words, only, sections

TEMPLATE = "opnieuw-verzegeld.txt"
PATTERN = "*opnieuw-verzegeld*.txt"
Reader = tuple[str, str]
"""A role and the fingerprint of its key."""


@dataclass(frozen=True, slots=True)
class Renewal:
    """What a note says: of which bundle, on which day, and the file with the one whose place it took."""

    series: str
    sequence: int
    day: date
    file: Covered
    former: Covered

    @property
    def gained(self) -> tuple[Reader, ...]:
        """Who can open it now, and could not before."""
        return tuple(each for each in self.file.recipients if each not in self.former.recipients)

    @property
    def lost(self) -> tuple[Reader, ...]:
        """Who could open the file before, and not this one."""
        return tuple(each for each in self.former.recipients if each not in self.file.recipients)


@dataclass(frozen=True, slots=True)
class Trail:
    """From a sealed file back to the one that the sender made; `renewals` begin with the last one."""

    original: str
    readers: tuple[Reader, ...]
    renewals: tuple[Found[Renewal], ...] = ()

    @property
    def renewed(self) -> date | None:
        """On which day it was last sealed again; None: it is as it was sent."""
        return self.renewals[0].said.day if self.renewals else None


def name_of(number: int) -> str:
    """The file in which the note of the first, second, … time stands."""
    return f"opnieuw-verzegeld-{number:02}.txt"


def render_renewal(renewal: Renewal, *, templates: Path) -> bytes:
    """The text.

    Raises:
        SealingFailed: the template is missing or wrong, or what it makes says something else.
    """
    facts = {
        "series": renewal.series,
        "sequence": renewal.sequence,
        "day": renewal.day.isoformat(),
        "file": in_words(renewal.file),
        "former": in_words(renewal.former),
        "gained": [f"{role} {fingerprint}" for role, fingerprint in renewal.gained],
        "lost": [f"{role} {fingerprint}" for role, fingerprint in renewal.lost],
    }
    lost = "a note that is made with this template cannot be read again"
    return stated.written(templates, TEMPLATE, facts, said=renewal, parse=parse_renewal, lost=lost)


def parse_renewal(data: bytes) -> Renewal | None:
    """What a note says, or None when it is none; the opener's `renewal.js` reads the same."""
    found = sections(data)
    try:
        return Renewal(
            series=stated.series(only(found, "Reeks").said),
            sequence=stated.sequence(only(found, "Volgnummer").said),
            day=stated.day(only(found, "Opnieuw verzegeld").said),
            file=only(found, "Bestand").covered,
            former=only(found, "In de plaats van").covered,
        )
    except ValueError:
        return None


def find_renewals(folder: Path, edition: str, sequence: int) -> Iterator[Found[Renewal]]:
    """Every note about a bundle in a folder, in the order of the names; all else is passed over.

    Raises:
        OSError: one cannot be read.
    """
    for each in stated.find(folder, PATTERN, parse_renewal):
        if (each.said.series, each.said.sequence) == (series_of(edition), sequence):
            yield each


def follow(
    digest: str, first: tuple[Reader, ...], notes: Sequence[Found[Renewal]], vouches: Callable[[Found[Renewal]], bool]
) -> Trail:
    """The trail of a file with this SHA-256, by the notes that somebody vouches for.

    `first` are the readers whom the sender meant, as the manifest names them. A trail that does not lead to them from
    note to note is none: the file is then what it is without notes.
    """
    renewals = list[Found[Renewal]]()
    at = digest

    def leads_on(note: Found[Renewal]) -> bool:
        """Whether a note is about the file where we are, and for the readers that the note after it names."""
        fits = not renewals or set(note.said.file.recipients) == set(renewals[-1].said.former.recipients)
        return note.said.file.sha256 == at and note not in renewals and fits and vouches(note)

    while note := next(filter(leads_on, notes), None):
        renewals.append(note)
        at = note.said.former.sha256
    if not renewals or set(renewals[-1].said.former.recipients) != set(first):
        return Trail(digest, first)
    return Trail(at, renewals[0].said.file.recipients, tuple(renewals))
