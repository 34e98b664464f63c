"""From whom a bundle is, whether the receipt knows it, and whether a newer one is known.

Anyone who has the recipients' public keys can make a bundle that is whole in itself. So two signatures are asked: over
the manifest inside, which says to whom the bundle is sealed, and over the receipt, which says which files were sent.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tweeluik.confidential.age.signature import (
    MANIFEST_NAMESPACE,
    OFFLINE,
    RECEIPT_NAMESPACE,
    RENEWAL_NAMESPACE,
    SignatureRefused,
    Signed,
    kind_of,
    read_signers,
    signing_key,
    verify_made,
)
from tweeluik.confidential.age.signers import Signer
from tweeluik.confidential.bundle.inventory import MANIFEST, SIGNATURE, Inventory
from tweeluik.confidential.bundle.receipt import Receipt
from tweeluik.confidential.bundle.renewal import Renewal, Trail, follow
from tweeluik.confidential.bundle.stated import Found

ASK = "do not use this file; ask the sender by telephone, at a number that you knew before"


class NotTheirs(Exception):
    """The bundle is not what a receipt or a signature says; `line` is one of the file with allowed signers, or 0."""

    def __init__(self, what: str, hint: str = ASK, *, line: int = 0) -> None:
        super().__init__(what)
        self.hint, self.line = hint, line


@dataclass(frozen=True, slots=True)
class Origin:
    """What is known of a bundle from outside of it.

    `signed_by` is None when nobody who may sign was named; `lapsed` when their key is past its day by now. `receipt` is
    that of this bundle, where it lies there; `newest` the highest sequence number of the receipts of the edition, where
    a later one that holds this very file does not count: it tells of no newer one.
    """

    signed_by: str | None
    lapsed: bool
    receipt: Receipt | None
    newest: int

    def is_newest(self, inventory: Inventory) -> bool:
        """Whether its receipt is there, and none of a newer bundle."""
        return self.receipt is not None and self.newest <= inventory.sequence


@dataclass(frozen=True, slots=True)
class Desk:
    """Where signatures are looked at: who may sign (None: nobody was named), the day of the bundle, and today."""

    signers: tuple[Signer, ...] | None
    made: date
    today: date

    @classmethod
    def with_signers(cls, allowed: Path | None, inventory: Inventory, today: date) -> Desk:
        """Raises `NotTheirs` for a file of signers that does not say who may sign."""
        try:
            signers = None if allowed is None else read_signers(allowed)
        except SignatureRefused as error:
            raise NotTheirs(str(error), error.hint, line=error.line) from None
        return cls(signers, date.fromisoformat(inventory.created), today)

    def who_signed(self, data: bytes, signature: bytes, namespace: str, *, made: date | None = None) -> Signed:
        """By a key of which the opener can say the same. Raises `SignatureRefused`."""
        if signature and kind_of(signing_key(signature)) not in OFFLINE:
            raise SignatureRefused("the signature is of a kind that is not used for bundles")
        return verify_made(
            data, signature, signers=self.signers or (), namespace=namespace, made=made or self.made, today=self.today
        )

    def vouches(self, note: Found[Renewal]) -> bool:
        """Whether a note is signed by somebody who may; where nobody was named, everything goes and is told."""
        if self.signers is None:
            return True
        try:
            self.who_signed(note.data, note.signature, RENEWAL_NAMESPACE, made=note.said.day)
        except SignatureRefused:
            return False
        return True


def trace_back(digest: str, inventory: Inventory, notes: Sequence[Found[Renewal]], desk: Desk) -> Trail:
    """From a sealed file with this SHA-256 back to what the sender made: the archive's copy may be sealed again."""
    first = tuple((each.role, each.fingerprint) for each in inventory.recipients)
    return follow(digest, first, () if inventory.copy else notes, desk.vouches)


def trace(
    trail: Trail, members: Mapping[str, bytes], inventory: Inventory, receipts: Sequence[Found[Receipt]], desk: Desk
) -> Origin:
    """Compare a bundle with the receipts of its edition and, where somebody may sign, with the signatures.

    Raises:
        NotTheirs: a signature is missing or not good, or the receipt is of other files than this.
    """
    newest = _newest(trail.original, inventory, (each.said for each in receipts))
    own = [each for each in receipts if each.said.sequence == inventory.sequence]
    if desk.signers is None:
        return Origin(None, lapsed=False, receipt=_matching(trail.original, inventory, own), newest=newest)
    try:
        inside = desk.who_signed(members[MANIFEST], members.get(SIGNATURE, b""), MANIFEST_NAMESPACE)
        theirs = list(_find_signed(own, desk))
    except SignatureRefused as error:
        raise NotTheirs(str(error), error.hint, line=error.line) from None
    return Origin(inside.name, inside.lapsed, _matching(trail.original, inventory, theirs), newest)


def _newest(digest: str, inventory: Inventory, receipts: Iterable[Receipt]) -> int:
    tell = (each.sequence for each in receipts if each.sequence <= inventory.sequence or each.find(digest) is None)
    return max(tell, default=0)


def _find_signed(own: Sequence[Found[Receipt]], desk: Desk) -> Iterator[Found[Receipt]]:
    """The receipts of this bundle that are signed; others may have been laid beside them by anyone."""
    signed = []
    for each in own:
        with contextlib.suppress(SignatureRefused):
            desk.who_signed(each.data, each.signature, RECEIPT_NAMESPACE)
            signed.append(each)
    if own and not signed:
        raise SignatureRefused("the receipt is not signed, or not by an allowed signer")
    yield from signed


def _matching(digest: str, inventory: Inventory, own: Sequence[Found[Receipt]]) -> Receipt | None:
    """The receipt of this bundle, which must name this very file; None when there is none."""
    if not own:
        return None
    receipt = next((each.said for each in own if each.said.find(digest)), None)
    if receipt is None:
        raise NotTheirs("the receipt that lies beside it is of other files than this one")
    copy = receipt.find(digest)
    holders = {(each.role, each.fingerprint) for each in inventory.recipients}
    if copy is None or set(copy.recipients) != holders:
        raise NotTheirs("the receipt names other recipients than the bundle itself")
    if receipt.created.isoformat() != inventory.created or receipt.supersedes != inventory.supersedes:
        raise NotTheirs("the receipt is of another day, or in the place of other files, than the bundle itself")
    return receipt
