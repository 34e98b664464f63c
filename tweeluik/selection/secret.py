"""The secret from which follows whatever readers must not be able to repeat."""

from __future__ import annotations

import hashlib
from datetime import date

from tweeluik.source.records import Partner, Source


def secret_of(source: Source) -> bytes:
    """`protection.key`; without one, a digest of all dates and traits in the source, which nobody outside knows."""
    if source.protection_key is not None:
        return bytes.fromhex(source.protection_key)
    return hashlib.sha256("\n".join(sorted(_traits(source))).encode()).digest()


def _traits(source: Source) -> list[str]:
    """What the source says, without anything that a renaming changes."""
    partners = [
        repr(("p", e.kind, e.region, _endorsed(e), [(c.year, sorted(c.measures)) for c in e.collaborations]))
        for e in source.partners
    ]
    conversations = [
        repr(("c", e.date, len(e.partners), e.context, e.form, e.subject, sorted(e.measures)))
        for e in source.conversations
    ]
    return partners + conversations


def _endorsed(partner: Partner) -> date | None:
    return min((each.start for each in partner.endorsed), default=None)
