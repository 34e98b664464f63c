"""Mending a source: for `check --fix`, all of it at once; for the preview, a file at a time."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tweeluik.cli.dialogue import today
from tweeluik.cli.preview_cards import Offer
from tweeluik.confidential.age.keyring import Keyring
from tweeluik.confidential.age.recipients import read_source_recipients
from tweeluik.confidential.at_rest.changing import write_source
from tweeluik.problems import Problem
from tweeluik.source.allowed import allowed_at
from tweeluik.source.load import read_codes
from tweeluik.source.mending import Mending, find_mendable, mend


class MendableSource:
    """The source in a folder, as the person who has these keys may change it."""

    def __init__(self, content: Path, keyring: Keyring) -> None:
        self._content, self._keyring = content, keyring

    def offer(self, problems: Sequence[Problem]) -> Offer:
        """What may stand where these problems are, and which of them have a line that can be mended.

        Raises:
            BuildFailed: the source cannot even be looked through.
        """
        codes = read_codes(self._content, names=False, unseal=self._keyring.unseal)
        places = sorted({(each.place.file, each.path) for each in problems if each.path})
        allowed = {place: allowed_at(*place, codes) for place in places}
        return Offer(allowed, frozenset(find_mendable(self._content, problems, unseal=self._keyring.unseal)))

    def mend(self, file: str | None = None) -> Mending:
        """What would change, in one file or anywhere.

        Raises:
            BuildFailed: the source cannot be looked through.
        """
        return mend(self._content, unseal=self._keyring.unseal, only=file)

    def write(self, mending: Mending) -> None:
        """Make the change, all of it or nothing.

        Raises:
            WrongUsage: somebody else changed a file meanwhile.
            BuildFailed: a file cannot be written or sealed; nothing was changed.
        """
        if mending.texts:
            recipients = read_source_recipients(self._content, today=today())
            write_source(
                self._content, mending.texts, mending.former, keyring=self._keyring, recipients=recipients, beside={}
            )
