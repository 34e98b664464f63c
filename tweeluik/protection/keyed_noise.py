"""Choices that readers must not be able to repeat, and that the same source must repeat to the bit.

A keyed hash of the address of a cell decides, so neither a clock nor the names, ids or order of the source have a say.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass

from tweeluik.selection.secret import secret_of
from tweeluik.source.records import Source


@dataclass(frozen=True, slots=True, repr=False)
class KeyedNoise:
    """A secret, and fractions that follow from it."""

    key: bytes

    @classmethod
    def of(cls, source: Source) -> KeyedNoise:
        """That of a source."""
        return cls(secret_of(source))

    def again(self, turn: int) -> KeyedNoise:
        """Other draws from the same secret, where the first ones do not do; turn 0 are these."""
        return self if turn == 0 else KeyedNoise(hmac.digest(self.key, f"turn {turn}".encode(), "sha256"))

    def fraction(self, *address: object) -> float:
        """A number in 0 <= x < 1 that belongs to an address."""
        digest = hmac.digest(self.key, repr(address).encode(), "sha256")
        return int.from_bytes(digest[:6], "big") / 2**48
