"""Opening a bundle as its recipient: first everything is verified, in memory; then it is written, or not at all."""

from __future__ import annotations

import stat
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path

from tweeluik.confidential.age.header import is_armoured, stanza_kinds
from tweeluik.confidential.age.identities import Identity, fingerprint, read_identities
from tweeluik.confidential.age.sealing import AgeRefused, unseal
from tweeluik.confidential.bundle.against import refuse_other_numbers
from tweeluik.confidential.bundle.archive import bag
from tweeluik.confidential.bundle.container import LIMIT, Unsound, unpack
from tweeluik.confidential.bundle.inventory import Inventory, NotAsListed, take_stock
from tweeluik.confidential.bundle.origin import NotTheirs, Origin, trace
from tweeluik.confidential.bundle.receipt import Found, find_receipts
from tweeluik.disk.durable import create_file, reason, sync_folder
from tweeluik.disk.private import (  # fmt: skip
    failing_as,
    new_folder,
    no_core_dumps,
    refuse_public_folder,
    refuse_used_folder,
)
from tweeluik.problems import OpeningFailed, Place, Problem

NATIVE = frozenset({"X25519", "ssh-ed25519", "ssh-rsa", "mlkem768x25519"})
"""Kinds of stanzas of which every recipient has one; a plug-in may write more for one recipient."""

GREASE = "-grease"
"""How a stanza ends that belongs to nobody: it is there so that readers get used to what they do not know."""


@dataclass(frozen=True, slots=True, repr=False)
class Opened:
    """A bundle that is what its inventory says. `folder` is None when nothing was to be written."""

    inventory: Inventory
    files: tuple[str, ...]
    folder: Path | None
    origin: Origin
    warnings: tuple[str, ...]

    @property
    def summary(self) -> str:
        """A line for the terminal: from whom, whole, the newest that is known here; nothing of what is inside."""
        copy = f"copy {self.inventory.copy} of {self.inventory.copies}" if self.inventory.copy else "the archive's copy"
        sender = f"from {self.origin.signed_by}" if self.origin.signed_by else "SENDER NOT VERIFIED"
        newest = ", the newest that is known here" if self.origin.is_newest(self.inventory) else ""
        number = f"sequence number {self.inventory.sequence}"
        return f"{sender}: {copy}, {number}{newest}, whole ({len(self.files)} files are as listed)"


def open_bundle(
    file: Path, *, identities: Sequence[Path], into: Path | None, allowed_signers: Path | None = None,
    site: Path | None = None, today: date | None = None, confirm: Callable[[tuple[str, ...]], bool] = lambda _: True,
) -> Opened:  # fmt: skip
    """Open and verify a bundle; write its files into `into`, a new or empty folder, unless that is None.

    Args:
        file: The sealed file.
        identities: Files with the recipient's secrets.
        into: The folder to write.
        allowed_signers: OpenSSH's file of who may sign; with it, a bundle without a good signature is refused.
        site: The public site, or a record of it; with it, a bundle with other numbers is refused.
        today: To compare with the period of inspection; the clock's day when absent.
        confirm: Asks a person whether to write the files although it is not the time for it.

    Raises:
        WrongUsage: no identity is named, or the folder is in a public place.
        OpeningFailed: for every other reason. Nothing was written.
    """
    no_core_dumps()
    if into is not None:
        refuse_public_folder(into)
        with failing_as(OpeningFailed):
            refuse_used_folder(into)
    day = today or date.today()  # noqa: DTZ011 (the edge)
    secrets = read_identities(identities)
    digest, members, inventory = _verify(file, secrets)
    receipts, unread = _read_receipts(file, inventory)
    try:
        origin = trace(digest, members, inventory, receipts, allowed=allowed_signers, today=day)
    except NotTheirs as error:
        place = Place("signers", error.line, 1) if error.line else Place("bundle")
        raise OpeningFailed(Problem(place, "", str(error), error.hint)) from None
    if site is not None:
        refuse_other_numbers(members, site)
    doubts = (*unread, *_find_doubts(origin, inventory, day))
    if into is not None:
        if doubts and not confirm(doubts):
            raise _failed("stopped at your request", "nothing was written")
        _write(members if inventory.copy else bag(members, inventory), into)
    return Opened(inventory, tuple(sorted(members)), into, origin, (*doubts, *_find_unknown(origin)))


def _read(file: Path) -> bytes:
    try:
        about = file.stat()
        if not stat.S_ISREG(about.st_mode):
            raise _failed("this is no file", "name the sealed file, which ends in .age")
        if about.st_size > LIMIT:
            raise _failed("the file is larger than a bundle can be", "check that this is the file you received")
        return file.read_bytes()
    except OSError as error:
        raise _failed(f"the file cannot be read: {reason(error)}", "check its name and place") from None


def _verify(file: Path, identities: tuple[Identity, ...]) -> tuple[str, dict[str, bytes], Inventory]:
    """The SHA-256 of the sealed file, and what is inside of it; the two are never held in memory at once."""
    digest, kinds, container = _unsealed(_read(file), identities)
    try:
        members = unpack(container)
        del container
        inventory = take_stock(members)
    except (Unsound, NotAsListed) as error:
        raise _failed(f"this is no bundle as it was made: {error}", "ask the sender for a new copy") from None
    _refuse_resealed(kinds, inventory, identities)
    return digest, members, inventory


def _unsealed(sealed: bytes, identities: tuple[Identity, ...]) -> tuple[str, tuple[str, ...], bytes]:
    """The SHA-256 of a sealed file, the kinds of its recipients, and its container."""
    if is_armoured(sealed):
        raise _failed("this is the text form of age, in which no bundle is made", "ask the sender for the file itself")
    try:
        container = unseal(sealed, [each.secret for each in identities])
    except AgeRefused as error:
        raise _failed(
            str(error), "check the receipt's digest, and that this identity is the one it was sealed to"
        ) from None
    return sha256(sealed).hexdigest(), stanza_kinds(sealed), container


def _refuse_resealed(stanzas: tuple[str, ...], inventory: Inventory, identities: tuple[Identity, ...]) -> None:
    """The manifest names to whom it was sealed: the head has as many, and who opens it must be one of them."""
    known = [each.recipient for each in identities]
    named = {each.fingerprint for each in inventory.recipients}
    if None not in known and named.isdisjoint(fingerprint(each) for each in known if each):
        raise _failed(
            "the bundle was sealed again, to a recipient that its manifest does not name",
            "ask the sender for a new copy",
        )
    kinds = [each for each in stanzas if not each.endswith(GREASE)]
    if len(kinds) != len(inventory.recipients) and set(kinds) <= NATIVE:
        raise _failed(
            "the head of the file has not as many recipients as its manifest names", "ask the sender for a new copy"
        )


def _read_receipts(file: Path, inventory: Inventory) -> tuple[tuple[Found, ...], tuple[str, ...]]:
    """The receipts of this edition beside the file, and a doubt when one cannot be read."""
    try:
        return tuple(find_receipts(file.parent, inventory.edition)), ()
    except OSError:
        return (), ("a receipt in this folder cannot be read: it may be of a newer bundle",)


def _find_doubts(origin: Origin, inventory: Inventory, today: date) -> Iterator[str]:
    """Why a person may not want to read this bundle, or not now."""
    first, last = inventory.inspection
    if today < first:
        yield f"the inspection begins on {first.isoformat()}"
    if today > last:
        yield f"the inspection ended on {last.isoformat()}; what is in it stays confidential"
    if origin.newest > inventory.sequence:
        yield "there is a receipt of a newer bundle in this folder"
    if origin.signed_by is None:
        yield "from whom this is was NOT verified: anyone can make such a file (name who may sign with --signers)"


def _find_unknown(origin: Origin) -> Iterator[str]:
    """What could not be asked, and keeps nobody from reading."""
    if origin.receipt is None:
        yield "the receipt of this bundle does not lie beside it: whether it is the newest is not known"
    if origin.lapsed:
        yield "the key that signed it was valid on the day that it bears, and is no longer"


def _write(members: Mapping[str, bytes], into: Path) -> None:
    try:
        with failing_as(OpeningFailed), new_folder(into) as scratch:
            for name in sorted(members):
                path = scratch / name
                path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                create_file(path, members[name])
            for folder in sorted({(scratch / name).parent for name in members}):
                sync_folder(folder)
    except OSError as error:
        raise _failed(
            f"the files cannot be written: {reason(error)}",
            "make room, or choose another folder; nothing was left behind",
        ) from None


def _failed(what: str, hint: str) -> OpeningFailed:
    return OpeningFailed(Problem(Place("bundle"), "", what, hint))
