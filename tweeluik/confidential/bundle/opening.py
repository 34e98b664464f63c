"""Opening a bundle as its recipient: first everything is verified, in memory; then it is written, or not at all."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tweeluik.confidential.age.identities import read_identities
from tweeluik.confidential.bundle.against import refuse_other_numbers
from tweeluik.confidential.bundle.archive import bag
from tweeluik.confidential.bundle.inventory import Inventory
from tweeluik.confidential.bundle.origin import Origin
from tweeluik.confidential.bundle.verifying import verify
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
    found = verify(file, read_identities(identities), allowed=allowed_signers, today=day)
    members, inventory = found.members, found.inventory
    if site is not None:
        refuse_other_numbers(members, site)
    doubts = tuple(found.find_doubts(day))
    if into is not None:
        if doubts and not confirm(doubts):
            raise _failed("stopped at your request", "nothing was written")
        _write(members if inventory.copy else bag(members, inventory), into)
    return Opened(
        inventory, tuple(sorted(members)), into, found.origin, found.trail.renewed, (*doubts, *found.find_remarks())
    )


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
