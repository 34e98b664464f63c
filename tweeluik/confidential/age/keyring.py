"""The identities that were named on the command line, and whether each of them was of any use.

An identity that opens nothing was a mistake: its owner believes that something was opened, or tested, that was not.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tweeluik.confidential.age.identities import Identity, read_identities
from tweeluik.confidential.age.padding import unpad
from tweeluik.confidential.age.sealing import AgeRefused, SealedToOthers, unseal
from tweeluik.disk.private import no_core_dumps
from tweeluik.source.inventory import CannotUnseal


class Keyring:
    """Identity files, read once."""

    def __init__(self, files: Sequence[Path]) -> None:
        """Read them.

        Raises:
            OpeningFailed: a file cannot be read or holds no identity.
        """
        if files:
            no_core_dumps()
        self._bunches = tuple(read_identities([file]) for file in files)
        self._idle = set(self._bunches)

    @property
    def identities(self) -> tuple[Identity, ...]:
        """All of them."""
        return tuple(identity for bunch in self._bunches for identity in bunch)

    @property
    def is_empty(self) -> bool:
        """Whether no identity was named."""
        return not self._bunches

    @property
    def has_idle(self) -> bool:
        """Whether a file among them has opened nothing so far."""
        return bool(self._idle)

    def open(self, sealed: bytes) -> bytes:
        """What is inside an age file.

        Raises:
            SealedToOthers: none of the identities is of a recipient.
            AgeRefused: no age file, a passphrase file, or damaged.
        """
        for bunch in self._bunches:
            try:
                opened = unseal(sealed, [each.secret for each in bunch])
            except SealedToOthers:
                continue
            self._idle.discard(bunch)
            return opened
        raise SealedToOthers("the file was sealed to other recipients, or its head is damaged")

    def unseal(self, sealed: bytes) -> bytes:
        """The same without the padding, for `read_source`: raises `CannotUnseal`."""
        if self.is_empty:
            raise CannotUnseal("the file is sealed")
        try:
            return unpad(self.open(sealed))
        except AgeRefused as error:
            raise CannotUnseal(str(error)) from None
