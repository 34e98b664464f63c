"""Opening a bundle as its recipient: first everything is verified; then it is written, or not at all."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tweeluik.confidential.age.identities import read_identities
from tweeluik.confidential.bundle.against import refuse_other_numbers
from tweeluik.confidential.bundle.archive import PAYLOAD, bag_tags
from tweeluik.confidential.bundle.inventory import Inventory
from tweeluik.confidential.bundle.origin import Origin
from tweeluik.confidential.bundle.verifying import Verified, verify
from tweeluik.confidential.bundle.waiting import Members
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
    """A bundle that is what its inventory says. `folder` is None when nothing was to be written.

    `renewed` is the day on which an archive copy was last sealed again, None when it is as it was sent.
    """

    inventory: Inventory
    files: tuple[str, ...]
    folder: Path | None
    origin: Origin
    renewed: date | None
    warnings: tuple[str, ...]

    @property
    def summary(self) -> str:
        """A line for the terminal: from whom, whole, the newest that is known here; nothing of what is inside."""
        copy = f"copy {self.inventory.copy} of {self.inventory.copies}" if self.inventory.copy else "the archive's copy"
        sender = f"from {self.origin.signed_by}" if self.origin.signed_by else "SENDER NOT VERIFIED"
        newest = ", the newest that is known here" if self.origin.is_newest(self.inventory) else ""
        number = f"sequence number {self.inventory.sequence}"
        return f"{sender}: {copy}, {number}{newest}, whole ({len(self.inventory.files)} files are as listed)"


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
    with contextlib.nullcontext() if into is None else Members(into) as members:
        found = verify(file, secrets, allowed=allowed_signers, today=day, keeper=members)
        if site is not None:
            refuse_other_numbers(found.content.texts, site)
        doubts = tuple(found.find_doubts(day))
        if into is not None and members is not None:
            if doubts and not confirm(doubts):
                raise _failed("stopped at your request", "nothing was written")
            _write(found, members, into)
    files = tuple(each.name for each in found.content.listed)
    return Opened(found.inventory, files, into, found.origin, found.trail.renewed, (*doubts, *found.find_remarks()))


def _write(found: Verified, members: Members, into: Path) -> None:
    """All files of a copy; those of the archive's below `data/`, with what makes a bag of them."""
    listed, inventory = found.content.listed, found.inventory
    tags = {} if inventory.copy else bag_tags(listed, inventory)
    try:
        with failing_as(OpeningFailed), new_folder(into) as scratch:
            payload = scratch if inventory.copy else scratch / PAYLOAD
            for each in listed:
                path = payload / each.name
                path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                members.put(each.name, path)
            for name, data in tags.items():
                create_file(scratch / name, data)
            for folder in sorted({scratch, *((payload / each.name).parent for each in listed)}):
                sync_folder(folder)
    except OSError as error:
        raise _failed(
            f"the files cannot be written: {reason(error)}",
            "make room, or choose another folder; nothing was left behind",
        ) from None


def _failed(what: str, hint: str) -> OpeningFailed:
    return OpeningFailed(Problem(Place("bundle"), "", what, hint))
