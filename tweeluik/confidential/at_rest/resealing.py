"""People come and go: the source sealed again to the editors of today, with a note of who gained and who lost.

The note, `recipients/source/lezers.note`, says to whom the source is sealed, because the head of a sealed file does
not. It holds roles and fingerprints and no key; a signature of whoever sealed lies beside it. What somebody could open
before stays open to them in copies that they have: the note says from which day on they are no reader any more.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tweeluik.confidential.age.header import NotAge, of_readers, stanza_kinds
from tweeluik.confidential.age.keyring import Keyring
from tweeluik.confidential.age.recipient import Recipient
from tweeluik.confidential.age.sealing import AgeRefused, seal
from tweeluik.confidential.age.signature import SUFFIX
from tweeluik.confidential.age.strength import refuse_weaker
from tweeluik.confidential.at_rest.exclusions import FILE as EXCLUSIONS
from tweeluik.disk.loose import Change, replace_together
from tweeluik.problems import OpeningFailed, Place, Problem, SealingFailed, WrongUsage
from tweeluik.source.inventory import SEALED
from tweeluik.words.papers import PAPERS

NOTE = "recipients/source/lezers.note"
NAMESPACE = "lezers@tweeluik"
READER = re.compile(r"(Lezer|Erbij|Eraf): ([a-z][a-z0-9-]{0,30}) ((?:[0-9a-f]{4} ){7}[0-9a-f]{4})")
HINT = "seal the source again with `reseal`"

Reader = tuple[str, str]
"""A role and the fingerprint of its key."""


@dataclass(frozen=True, slots=True)
class Resealed:
    """How many files were sealed again, and who became a reader or stopped being one, as far as is known."""

    files: int
    gained: tuple[Reader, ...]
    lost: tuple[Reader, ...]


def reseal_source(
    content: Path,
    keyring: Keyring,
    recipients: Sequence[Recipient],
    *,
    day: date,
    sign: Callable[[bytes], bytes] | None,
    may_weaken: bool = False,
) -> Resealed:
    """Seal every sealed file of the source to the editors of today, all of them or none.

    Args:
        content: The content folder.
        keyring: Of somebody who can open all of it.
        recipients: The editors of today.
        day: The day that the note bears.
        sign: Signs the note; None: nobody does.
        may_weaken: Also where an editor has a weaker kind of key than those that a file is sealed to now.

    Raises:
        WrongUsage: there are no editors, nothing is sealed, or somebody changed a file meanwhile.
        OpeningFailed: a file does not open.
        SealingFailed: a file cannot be sealed, or may not to these.
    """
    if not recipients:
        hint = "add a file per editor to content/recipients/source/"
        raise WrongUsage(Problem(Place("recipients/source"), "", "there are no editors to seal this to", hint))
    files = find_sealed(content)
    if not files:
        raise WrongUsage(Problem(Place("content"), "", "nothing in the source is sealed", "seal it with `seal-source`"))
    if not may_weaken:
        _refuse_weaker(content, files, recipients)
    changes = [_again(content, file, keyring, recipients) for file in files]
    before, now = read_readers(content) or (), _readers(recipients)
    gained = tuple(each for each in now if before and each not in before)
    lost = tuple(each for each in before if each not in now)
    note = _note(day, len(files), now, gained, lost)
    changes += [_change(content / NOTE, note), *_signature(content / f"{NOTE}{SUFFIX}", note, sign)]
    replace_together(content, changes)
    return Resealed(len(files), gained, lost)


def _signature(file: Path, note: bytes, sign: Callable[[bytes], bytes] | None) -> Iterator[Change]:
    """That of the note; an earlier one, which would be of the note before, is made empty."""
    if sign or file.exists():
        yield _change(file, sign(note) if sign else b"")


def _change(file: Path, data: bytes) -> Change:
    return Change(file, file.read_bytes() if file.exists() else None, data)


def find_sealed(content: Path) -> tuple[Path, ...]:
    """Every file of the source that is sealed to its editors: not the list of exclusions, which has a holder."""
    return tuple(each for each in sorted(content.rglob(f"*{SEALED}")) if each.name != EXCLUSIONS and each.is_file())


def find_stale(content: Path, recipients: Sequence[Recipient]) -> Iterator[Problem]:
    """Who is not a reader yet, and that somebody still is one, by the note or else by the heads of the files."""
    files = find_sealed(content)
    if not files or not recipients:
        return
    known, now = read_readers(content), _readers(recipients)
    for each in recipients:
        if known is not None and (each.role, each.fingerprint) not in known:
            yield Problem(each.place, "", "this editor cannot open the source yet", HINT)
    if known is not None and set(known) - set(now):
        yield Problem(Place(NOTE), "", "somebody who is no editor any more can open the source as it is", HINT)
    if known is None and any(_count(file) not in (None, len(recipients)) for file in files):
        yield Problem(
            Place("recipients/source"), "", "files are sealed to another number of editors than there are", HINT
        )


def read_readers(content: Path) -> tuple[Reader, ...] | None:
    """To whom the source was last sealed, by the note; None: there is none."""
    try:
        text = (content / NOTE).read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        return None
    found = (READER.fullmatch(line) for line in text.splitlines())
    return tuple((each[2], each[3]) for each in found if each and each[1] == "Lezer")


def _count(file: Path) -> int | None:
    try:
        return len(of_readers(stanza_kinds(file.read_bytes())))
    except (OSError, NotAge):
        return None


def _readers(recipients: Sequence[Recipient]) -> tuple[Reader, ...]:
    return tuple((each.role, each.fingerprint) for each in recipients)


def _note(day: date, files: int, now: Sequence[Reader], gained: Sequence[Reader], lost: Sequence[Reader]) -> bytes:
    groups = (("Lezer", now), ("Erbij", gained), ("Eraf", lost))
    lines = [f"{head}: {role} {fingerprint}" for head, readers in groups for role, fingerprint in readers]
    return "\n".join(
        [PAPERS.text("readers.title"), "", f"Dag: {day.isoformat()}", f"Bestanden: {files}", *lines, ""]
    ).encode()


def _refuse_weaker(content: Path, files: Sequence[Path], recipients: Sequence[Recipient]) -> None:
    for file in files:
        with contextlib.suppress(NotAge):  # opening it tells what it is
            refuse_weaker(Place(_name(content, file)), (each.kind for each in recipients), file.read_bytes())


def _name(content: Path, file: Path) -> str:
    return file.relative_to(content).as_posix()


def _again(content: Path, file: Path, keyring: Keyring, recipients: Sequence[Recipient]) -> Change:
    place = Place(_name(content, file))
    former = file.read_bytes()
    try:
        opened = keyring.open(former)
    except AgeRefused as error:
        raise OpeningFailed(Problem(place, "", str(error), "name the identity of one of its editors")) from None
    try:
        return Change(file, former, seal(opened, [each.key for each in recipients]), is_private=True)
    except AgeRefused as error:
        raise SealingFailed(Problem(place, "", str(error), "check the editors' recipients")) from None
