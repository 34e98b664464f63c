"""What a receipt, or a note that lies beside one, states of sealed files: line by line, so that people may add words.

A head stands with a colon; below it come the digits of a digest and who the file is sealed to. The opener's `stated.js`
reads the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Generic, TypeVar

from tweeluik.confidential.age.identities import in_groups
from tweeluik.confidential.age.signature import SUFFIX as SIGNATURE_SUFFIX
from tweeluik.confidential.bundle.documents import for_notepad, text_of
from tweeluik.problems import Place, Problem, SealingFailed

LIMIT = 1 << 18
PER_LINE = 32
HEADS = (
    "Reeks", "Volgnummer", "Gemaakt", "Bestand", "Bestand om te openen", "Opnieuw verzegeld", "In de plaats van",
)  # fmt: skip
HEAD = re.compile(rf"({'|'.join(HEADS)}): ([^ \t\n][^\n]*)")
SUPERSEDES = "Vervangt"
DIGITS = re.compile(r"  ((?:[0-9a-f]{4} ){7,15}[0-9a-f]{4})")
HOLDER = re.compile(r"  ([a-z][a-z0-9-]{0,30}): ((?:[0-9a-f]{4} ){7}[0-9a-f]{4})")
SERIES = re.compile(r"(?:[0-9a-f]{4} ){3}[0-9a-f]{4}")
SEQUENCE = re.compile(r"[1-9][0-9]{0,5}")

Said = TypeVar("Said")


@dataclass(frozen=True, slots=True)
class Covered:
    """A sealed file: its name, its SHA-256, and the role and fingerprint of everyone it is sealed to."""

    name: str
    sha256: str
    recipients: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Found(Generic[Said]):
    """A text as it lies in a folder: its name, what it says, and the signature beside it (empty: there is none)."""

    name: str
    said: Said
    data: bytes
    signature: bytes


@dataclass(frozen=True, slots=True)
class Section:
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

    @property
    def covered(self) -> Covered:
        """The one sealed file that it is about."""
        (digest,) = self.digests
        return Covered(self.said, digest, tuple(self.holders))


def sections(data: bytes) -> tuple[Section, ...]:
    """Every head with what stands below it; the first has no head. Wrong letters are no error: they say nothing."""
    found = [Section("", "", [], [])]
    for line in (each.rstrip("\r") for each in data.decode("utf-8-sig", "replace").split("\n")):
        if head := HEAD.fullmatch(line):
            found.append(Section(head[1], head[2], [], []))
        elif line == f"{SUPERSEDES}:":
            found.append(Section(SUPERSEDES, "", [], []))
        elif digits := DIGITS.fullmatch(line):
            found[-1].digits.append(digits[1])
        elif holder := HOLDER.fullmatch(line):
            found[-1].holders.append((holder[1], holder[2]))
    return tuple(found)


def only(found: Sequence[Section], head: str) -> Section:
    """The one section with this head. Raises `ValueError` when it stands there twice, or not at all."""
    (section,) = (each for each in found if each.head == head)
    return section


def series(text: str) -> str:
    """The neutral mark of an edition. Raises `ValueError`."""
    return _whole(SERIES, text)


def sequence(text: str) -> int:
    """The number of a bundle. Raises `ValueError`."""
    return int(_whole(SEQUENCE, text))


def day(text: str) -> date:
    """A day as it is written here. Raises `ValueError`."""
    found = date.fromisoformat(text)
    if found.isoformat() != text:
        raise ValueError
    return found


def _whole(pattern: re.Pattern[str], text: str) -> str:
    if not pattern.fullmatch(text):
        raise ValueError
    return text


def in_words(copy: Covered) -> dict[str, object]:
    """A sealed file for a template."""
    recipients = [{"role": role, "fingerprint": fingerprint} for role, fingerprint in copy.recipients]
    return {"name": copy.name, "digest": in_lines(copy.sha256), "recipients": recipients}


def in_lines(digest: str) -> list[str]:
    """A digest on two lines, to read aloud."""
    return [in_groups(digest[start : start + PER_LINE]) for start in range(0, len(digest), PER_LINE)]


def find(folder: Path, pattern: str, parse: Callable[[bytes], Said | None]) -> Iterator[Found[Said]]:
    """Files whose names are like this and that say something, in their order; all else is passed over.

    Raises:
        OSError: one cannot be read.
    """
    for file in sorted(folder.glob(pattern)):
        if file.is_file():
            beside, data = file.with_name(file.name + SIGNATURE_SUFFIX), _read(file)
            signature, said = _read(beside) if beside.is_file() else b"", parse(data)
            if said is not None:
                yield Found(file.name, said, data, signature)


def written(
    templates: Path,
    template: str,
    facts: Mapping[str, object],
    *,
    said: Said,
    parse: Callable[[bytes], Said | None],
    lost: str,
) -> bytes:
    """The text that a template makes of facts; `lost` is told when it cannot be read again as what was said.

    Raises:
        SealingFailed: the template is missing or wrong, or what it makes says something else.
    """
    made = for_notepad(text_of(templates, template, facts))
    if parse(made) != said:
        hint = "keep its lines with a colon as they are; the sentences may change"
        raise SealingFailed(Problem(Place(f"templates/confidential/{template}"), "", lost, hint))
    return made


def _read(file: Path) -> bytes:
    with file.open("rb") as stream:
        return stream.read(LIMIT)
