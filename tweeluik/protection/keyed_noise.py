"""Choices that readers must not be able to repeat, and that the same source must repeat to the bit.

A keyed hash of the address of a cell decides, so neither a clock nor the names, ids or order of the source have a say.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from datetime import date

from tweeluik.source.records import Partner, Source


@dataclass(frozen=True, slots=True, repr=False)
class Chance:
    """A secret, and fractions that follow from it."""

    key: bytes

    @classmethod
    def of(cls, source: Source) -> Chance:
        """From `protection.key`; without one, from all dates and traits in the source, which nobody outside knows."""
        if source.protection_key is not None:
            return cls(bytes.fromhex(source.protection_key))
        return cls(hashlib.sha256("\n".join(sorted(_traits(source))).encode()).digest())

    def fraction(self, *address: object) -> float:
        """A number in 0 <= x < 1 that belongs to an address."""
        digest = hmac.digest(self.key, repr(address).encode(), "sha256")
        return int.from_bytes(digest[:6], "big") / 2**48


def _traits(source: Source) -> list[str]:
    """What the source says, without anything that a renaming changes."""
    partners = [
        repr(
            (
                "p",
                each.kind,
                each.region,
                _endorsed(each),
                [(c.year, sorted(c.measures)) for c in each.collaborations],
            )
        )
        for each in source.partners
    ]
    conversations = [
        repr(("c", each.date, len(each.partners), each.context, each.form, each.subject, sorted(each.measures)))
        for each in source.conversations
    ]
    return partners + conversations


def _endorsed(partner: Partner) -> date | None:
    return min((each.start for each in partner.endorsed), default=None)


def _work(partner: Partner) -> list[tuple[int, list[str]]]:
    return [(each.year, sorted(each.measures)) for each in partner.collaborations]
