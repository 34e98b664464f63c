"""Opening a bundle as its recipient: first everything is verified, in memory; then it is written, or not at all."""

from __future__ import annotations

import stat
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tweeluik.confidential.age import signature
from tweeluik.confidential.age.identities import Identity, fingerprint, read_identities
from tweeluik.confidential.age.sealing import AgeRefused, unseal
from tweeluik.confidential.bundle import receipt
from tweeluik.confidential.bundle.container import LIMIT, Unsound, unpack
from tweeluik.confidential.bundle.inventory import MANIFEST, SIGNATURE, Inventory, NotAsListed, take_stock
from tweeluik.disk.durable import create_file, reason, sync_folder
from tweeluik.disk.private import (  # fmt: skip
    failing_as,
    new_folder,
    no_core_dumps,
    refuse_public_folder,
    refuse_used_folder,
)
from tweeluik.problems import OpeningFailed, Place, Problem


@dataclass(frozen=True, slots=True, repr=False)
class Opened:
    """A bundle that is what its inventory says. `folder` is None when nothing was to be written."""

    inventory: Inventory
    files: tuple[str, ...]
    folder: Path | None
    signed_by: str | None
    warnings: tuple[str, ...]

    @property
    def summary(self) -> str:
        """A line for the terminal: nothing of what is inside."""
        copy = f"copy {self.inventory.copy} of {self.inventory.copies}" if self.inventory.copy else "the archive's copy"
        signer = "signed by an allowed signer" if self.signed_by else "sender not verified"
        return f"{copy}, sequence number {self.inventory.sequence}: {len(self.files)} files are as listed, {signer}"


def open_bundle(
    file: Path, *, identities: Sequence[Path], into: Path | None, allowed_signers: Path | None = None,
    today: date | None = None, confirm: Callable[[tuple[str, ...]], bool] = lambda _: True,
) -> Opened:  # fmt: skip
    """Open and verify a bundle; write its files into `into`, a new or empty folder, unless that is None.

    Args:
        file: The sealed file.
        identities: Files with the recipient's secrets.
        into: The folder to write.
        allowed_signers: OpenSSH's file of who may sign; with it, a bundle without a good signature is refused.
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
    secrets = read_identities(identities)
    sealed = _read(file)
    members, inventory = _verify(sealed, secrets)
    signed_by = _signer(file, sealed, members, allowed_signers)
    doubts = tuple(_find_untimely(file, inventory, today or date.today()))  # noqa: DTZ011 (the edge)
    if into is not None:
        if doubts and not confirm(doubts):
            raise _failed("stopped at your request", "nothing was written")
        _write(members, into)
    return Opened(inventory, tuple(sorted(members)), into, signed_by, (*doubts, *_unverified(signed_by)))


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


def _verify(sealed: bytes, identities: tuple[Identity, ...]) -> tuple[dict[str, bytes], Inventory]:
    try:
        members = unpack(unseal(sealed, [each.secret for each in identities]))
        inventory = take_stock(members)
    except AgeRefused as error:
        raise _failed(
            str(error), "check the receipt's digest, and that this identity is the one it was sealed to"
        ) from None
    except (Unsound, NotAsListed) as error:
        raise _failed(f"this is no bundle as it was made: {error}", "ask the sender for a new copy") from None
    _refuse_resealed(inventory, identities)
    return members, inventory


def _refuse_resealed(inventory: Inventory, identities: tuple[Identity, ...]) -> None:
    """The manifest names to whom it was sealed: who opens it must be one of them, or somebody sealed it again."""
    known = [each.recipient for each in identities]
    named = {each.fingerprint for each in inventory.recipients}
    if None not in known and named.isdisjoint(fingerprint(each) for each in known if each):
        raise _failed(
            "the bundle was sealed again, to a recipient that its manifest does not name",
            "ask the sender for a new copy",
        )


def _signer(file: Path, sealed: bytes, members: Mapping[str, bytes], allowed: Path | None) -> str | None:
    """Who signed the manifest and, where its signature lies beside it, the sealed file. None: nobody asked."""
    if allowed is None:
        return None
    outside = file.with_name(file.name + signature.SUFFIX)
    try:
        inside = members.get(SIGNATURE, b"")
        signer = signature.verify(members[MANIFEST], inside, allowed=allowed, namespace=signature.MANIFEST_NAMESPACE)
        if outside.is_file():
            signature.verify(sealed, outside.read_bytes(), allowed=allowed, namespace=signature.SEALED_NAMESPACE)
    except signature.SignatureRefused as error:
        raise _failed(str(error), error.hint) from None
    except OSError as error:
        raise _failed(f"the signature cannot be read: {reason(error)}", "check the file beside the bundle") from None
    return signer


def _find_untimely(file: Path, inventory: Inventory, today: date) -> Iterator[str]:
    """Why a person may not want to read this bundle now."""
    first, last = inventory.inspection
    if today < first:
        yield f"the inspection begins on {first.isoformat()}"
    if today > last:
        yield f"the inspection ended on {last.isoformat()}"
    try:
        latest = max((each.sequence for each in receipt.find_receipts(file.parent, inventory.edition)), default=0)
    except OSError:
        yield "a receipt in this folder cannot be read: it may be of a newer bundle"
    else:
        if latest > inventory.sequence:
            yield "there is a receipt of a newer bundle in this folder"


def _unverified(signed_by: str | None) -> tuple[str, ...]:
    return ("who sent this was not verified (name the allowed signers)",) if signed_by is None else ()


def _write(members: Mapping[str, bytes], into: Path) -> None:
    try:
        with failing_as(OpeningFailed), new_folder(into) as scratch:
            for name in sorted(members):
                path = scratch / name
                path.parent.mkdir(mode=0o700, exist_ok=True)
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
