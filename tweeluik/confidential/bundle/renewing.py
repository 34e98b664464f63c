"""The archive's copy, sealed again when its holders come or go: the same inside, other recipients, a signed note.

The new file lies in a folder of its own, with everything that its reader needs beside it; the earlier one stays what
and where it is, for a person to destroy once the new one was verified.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from itertools import count
from pathlib import Path

from tweeluik.confidential.age import signature
from tweeluik.confidential.age.header import HEADER_LIMIT
from tweeluik.confidential.age.identities import read_identities
from tweeluik.confidential.age.recipient import Recipient
from tweeluik.confidential.age.strength import refuse_weaker
from tweeluik.confidential.bundle.opener import OPENER
from tweeluik.confidential.bundle.receipt import series_of
from tweeluik.confidential.bundle.renewal import Reader, Renewal, name_of, render_renewal
from tweeluik.confidential.bundle.sealed import TEMPLATES, write_sealed
from tweeluik.confidential.bundle.signing import sign, unlocked
from tweeluik.confidential.bundle.stated import Covered, Found, Said
from tweeluik.confidential.bundle.verifying import Verified, verify
from tweeluik.confidential.bundle.waiting import Whole
from tweeluik.disk.durable import create_file, reason
from tweeluik.disk.private import (  # fmt: skip
    failing_as,
    new_folder,
    no_core_dumps,
    refuse_public_folder,
    refuse_used_folder,
)
from tweeluik.problems import Place, Problem, SealingFailed, WrongUsage

OPENER_LIMIT = 1 << 24


@dataclass(frozen=True, slots=True)
class Renewed:
    """Who became a reader of the archive's copy and who is none any more; whether its sender was verified before."""

    gained: tuple[Reader, ...]
    lost: tuple[Reader, ...]
    was_verified: bool


def reseal_archive(
    file: Path, *, identities: Sequence[Path], recipients: Sequence[Recipient], into: Path, signer: Path,
    allowed_signers: Path | None, content: Path, templates: Path, today: date, may_weaken: bool = False,
) -> Renewed:  # fmt: skip
    """Seal the archive's copy of a bundle again, into a new or empty folder, with all that belongs beside it.

    Args:
        file: The copy as it is.
        identities: Files with secrets of somebody who can open it.
        recipients: The archive's of today.
        into: Where the new file goes, with the receipts, the notes and the opener.
        signer: A private ssh key to sign the note with.
        allowed_signers: OpenSSH's file of who may sign; with it, a copy without a good signature is refused.
        content: The folder of the source, and
        templates: that of the templates: nothing is written there.
        today: The day that the note bears.
        may_weaken: Also where a recipient has a weaker kind of key than those that the copy is sealed to now.

    Raises:
        WrongUsage: it is no archive copy, or these recipients have it already.
        OpeningFailed: it does not open, or is not what it must be.
        SealingFailed: it cannot be sealed or written, or may not to these recipients. Nothing was left behind.
    """
    no_core_dumps()
    refuse_public_folder(into, content, templates)
    with failing_as(SealingFailed):
        refuse_used_folder(into)
    secrets = read_identities(identities)
    readers = tuple((each.role, each.fingerprint) for each in recipients)
    with Whole(into) as whole:
        found = verify(file, secrets, allowed=allowed_signers, today=today, keeper=whole)
        _refuse_needless(found, readers)
        if not may_weaken:
            with file.open("rb") as stream:
                refuse_weaker(Place("bundle"), (each.kind for each in recipients), stream.read(HEADER_LIMIT))
        try:
            with failing_as(SealingFailed), unlocked(signer) as key, new_folder(into) as scratch:
                digest = write_sealed(whole.again(), recipients, scratch / file.name)
                names = _keep_beside(found, file.parent, scratch)
                renewal = _renewal(found, Covered(file.name, digest, readers), today)
                _write_note(render_renewal(renewal, templates=templates / TEMPLATES), names, scratch, key)
        except OSError as error:
            what = f"the archive's copy cannot be written: {reason(error)}"
            hint = "make room, or choose another folder; nothing was left behind"
            raise SealingFailed(Problem(Place("bundle"), "", what, hint)) from None
    return Renewed(renewal.gained, renewal.lost, found.origin.signed_by is not None)


def _refuse_needless(found: Verified, readers: tuple[Reader, ...]) -> None:
    if found.inventory.copy:
        raise _wrong(
            "this is a numbered copy, and only the archive's is sealed again",
            "it goes back after the inspection; for other readers make a new bundle",
        )
    if set(readers) == set(found.trail.readers):
        raise _wrong("this copy is sealed to these recipients already", "change the archive's recipients first")


def _renewal(found: Verified, new: Covered, today: date) -> Renewal:
    """What the note says: which file came in the place of which, and for whom."""
    former = Covered(new.name, found.digest, found.trail.readers)
    return Renewal(series_of(found.inventory.edition), found.inventory.sequence, today, new, former)


def _write_note(text: bytes, names: Container[str], scratch: Path, key: signature.Unlocked | None) -> None:
    """The note under the first number that is free, and its signature beside it."""
    note = next(name for number in count(1) if (name := name_of(number)) not in names)
    create_file(scratch / note, text)
    if key:
        create_file(scratch / f"{note}{signature.SUFFIX}", sign(text, key, signature.RENEWAL_NAMESPACE))


def _keep_beside(found: Verified, folder: Path, scratch: Path) -> set[str]:
    """Receipts of the edition, the notes so far and the opener go along; the names of the texts."""
    receipts = {_copy(each, scratch) for each in found.beside.receipts}
    notes = {_copy(each, scratch) for each in found.trail.renewals}
    opener = folder / OPENER
    if found.origin.receipt and opener.is_file() and opener.stat().st_size < OPENER_LIMIT:
        page = opener.read_bytes()
        if sha256(page).hexdigest() == found.origin.receipt.opener:
            create_file(scratch / OPENER, page)
    return receipts | notes


def _copy(text: Found[Said], folder: Path) -> str:
    create_file(folder / text.name, text.data)
    if text.signature:
        create_file(folder / f"{text.name}{signature.SUFFIX}", text.signature)
    return text.name


def _wrong(what: str, hint: str) -> WrongUsage:
    return WrongUsage(Problem(Place("bundle"), "", what, hint))
