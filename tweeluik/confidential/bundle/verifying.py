"""What a sealed file is: whole, made by the program, for whom it says, and from whom. Nothing is written for that."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from io import FileIO
from pathlib import Path

from tweeluik.confidential.age.header import of_readers
from tweeluik.confidential.age.identities import Identity, fingerprint
from tweeluik.confidential.age.sealing import AgeRefused, TextForm, unseal_stream
from tweeluik.confidential.bundle.container import LIMIT, Unsound
from tweeluik.confidential.bundle.inventory import Inventory, NotAsListed, take_stock
from tweeluik.confidential.bundle.origin import Desk, NotTheirs, Origin, trace, trace_back
from tweeluik.confidential.bundle.receipt import Receipt, find_receipts
from tweeluik.confidential.bundle.renewal import Renewal, Trail, find_renewals
from tweeluik.confidential.bundle.stated import Found
from tweeluik.confidential.bundle.unpacking import Keeper, NoRoom, Unpacked, Unpacking
from tweeluik.disk.durable import reason
from tweeluik.problems import OpeningFailed, Place, Problem

NATIVE = frozenset({"X25519", "ssh-ed25519", "ssh-rsa", "mlkem768x25519"})
"""Kinds of stanzas of which every recipient has one; a plug-in may write more for one recipient."""

NOT_VERIFIED = "from whom this is was NOT verified: anyone can make such a file (name who may sign with --signers)"


@dataclass(frozen=True, slots=True)
class Beside:
    """What lies beside a sealed file and is about its edition; `unread`: something there cannot be read."""

    receipts: tuple[Found[Receipt], ...]
    notes: tuple[Found[Renewal], ...]
    unread: bool = False


@dataclass(frozen=True, slots=True, repr=False)
class Verified:
    """A bundle that is what its inventory says. `digest` is the SHA-256 of the sealed file."""

    digest: str
    content: Unpacked
    inventory: Inventory
    beside: Beside
    trail: Trail
    origin: Origin

    def find_doubts(self, today: date) -> Iterator[str]:
        """Why a person may not want to read this bundle, or not now."""
        first, last = self.inventory.inspection
        if self.beside.unread:
            yield "a receipt in this folder cannot be read: it may be of a newer bundle"
        if today < first:
            yield f"the inspection begins on {first.isoformat()}"
        if today > last:
            yield f"the inspection ended on {last.isoformat()}; what is in it stays confidential"
        if self.origin.newest > self.inventory.sequence:
            yield "there is a receipt of a newer bundle in this folder"
        if self.origin.signed_by is None:
            yield NOT_VERIFIED

    def find_remarks(self) -> Iterator[str]:
        """What a reader should know, and keeps nobody from reading."""
        if self.origin.receipt is None:
            yield "the receipt of this bundle does not lie beside it: whether it is the newest is not known"
        if self.origin.lapsed:
            yield "the key that signed it was valid on the day that it bears, and is no longer"
        if self.trail.renewed:
            yield f"it was sealed again, last on {self.trail.renewed.isoformat()}; inside it is the same"


def verify(
    file: Path, identities: tuple[Identity, ...], *, allowed: Path | None, today: date, keeper: Keeper | None = None
) -> Verified:
    """Open a sealed file, block by block, and ask everything that can be asked of it.

    Args:
        file: The sealed file.
        identities: The recipient's secrets.
        allowed: OpenSSH's file of who may sign; with it, a bundle without a good signature is refused.
        today: On which keys must be valid, or else on the day that the bundle bears.
        keeper: Gets what is inside; None: nothing is kept of it but the texts that are asked about.

    Raises:
        OpeningFailed: it is anything else than what its sender made for one of these identities.
    """
    digest, kinds, content, inventory = _open(file, identities, keeper)
    beside = _look_beside(file, inventory)
    try:
        desk = Desk.with_signers(allowed, inventory, today)
        trail = trace_back(digest, inventory, beside.notes, desk)
        _refuse_resealed(kinds, trail, identities)
        origin = trace(trail, content.texts, inventory, beside.receipts, desk)
    except NotTheirs as error:
        place = Place("signers", error.line, 1) if error.line else Place("bundle")
        raise OpeningFailed(Problem(place, "", str(error), error.hint)) from None
    return Verified(digest, content, inventory, beside, trail, origin)


def _open(
    file: Path, identities: tuple[Identity, ...], keeper: Keeper | None
) -> tuple[str, tuple[str, ...], Unpacked, Inventory]:
    """The SHA-256 of a sealed file, the kinds of its recipients, and what is inside."""
    unpacking = Unpacking(keeper)
    try:
        _refuse_other_kinds(file.stat())
        with file.open("rb", buffering=0) as stream:
            sealed = _Hashed(stream)
            kinds = unseal_stream(sealed, unpacking, [each.secret for each in identities])
        content = unpacking.finish()
        inventory = take_stock(content.listed, content.texts)
    except TextForm as error:
        raise _failed(str(error), "ask the sender for the file itself") from None
    except AgeRefused as error:
        raise _failed(
            str(error), "check the receipt's digest, and that this identity is the one it was sealed to"
        ) from None
    except (Unsound, NotAsListed) as error:
        raise _failed(f"this is no bundle as it was made: {error}", "ask the sender for a new copy") from None
    except NoRoom as failure:
        raise _failed(
            f"the files cannot be written: {reason(failure.error)}",
            "make room, or choose another folder; nothing was left behind",
        ) from None
    except OSError as error:
        raise _failed(f"the file cannot be read: {reason(error)}", "check its name and place") from None
    return sealed.digest, kinds, content, inventory


def _refuse_other_kinds(about: os.stat_result) -> None:
    if not stat.S_ISREG(about.st_mode):
        raise _failed("this is no file", "name the sealed file, which ends in .age")
    if about.st_size > LIMIT:
        raise _failed("the file is larger than a bundle can be", "check that this is the file you received")


class _Hashed:
    """A sealed file as it is read: the very bytes that are opened are those of its digest."""

    def __init__(self, stream: FileIO) -> None:
        self._stream = stream
        self._sha256 = sha256()

    def readinto(self, room: memoryview, /) -> int:
        """The next bytes, and how many they are."""
        found = self._stream.readinto(room)
        self._sha256.update(room[:found])
        return found

    @property
    def digest(self) -> str:
        """The SHA-256 of all that was read; age reads to the end, or refuses."""
        return self._sha256.hexdigest()


def _refuse_resealed(stanzas: tuple[str, ...], trail: Trail, identities: tuple[Identity, ...]) -> None:
    """It is known to whom it was sealed: the head has as many, and who opens it must be one of them."""
    known = [each.recipient for each in identities]
    named = {each for _, each in trail.readers}
    if None not in known and named.isdisjoint(fingerprint(each) for each in known if each):
        raise _failed(
            "the bundle was sealed again, to a recipient that its manifest does not name",
            "ask the sender for a new copy",
        )
    kinds = of_readers(stanzas)
    if len(kinds) != len(trail.readers) and set(kinds) <= NATIVE:
        raise _failed(
            "the head of the file has not as many recipients as its manifest names", "ask the sender for a new copy"
        )


def _look_beside(file: Path, inventory: Inventory) -> Beside:
    """What a clerk laid beside the file; what cannot be read is a doubt."""
    try:
        notes = find_renewals(file.parent, inventory.edition, inventory.sequence)
        return Beside(tuple(find_receipts(file.parent, inventory.edition)), tuple(notes))
    except OSError:
        return Beside((), (), unread=True)


def _failed(what: str, hint: str) -> OpeningFailed:
    return OpeningFailed(Problem(Place("bundle"), "", what, hint))
