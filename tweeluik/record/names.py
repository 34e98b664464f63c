"""Names of organisations in a record, and the salted digests that can take their place.

Whoever is named may withdraw its consent. The name then goes from the record, and its digest stays: the log still knows
the record, and without the salt, which goes too, nobody can try names out.
"""

from __future__ import annotations

from collections.abc import Container
from dataclasses import replace
from hashlib import sha256

from tweeluik.record.model import Release


def salted(name: str, salt: str) -> str:
    """SHA-256 of a salt and a name, in hexadecimal."""
    return sha256(bytes.fromhex(salt) + name.encode()).hexdigest()


def commitments(release: Release) -> list[str]:
    """The salted digest of every name that stands in a record, or stood there once, sorted."""
    standing = (salted(name, salt) for name, salt in zip(release.named, release.salts, strict=True))
    return sorted((*standing, *release.struck))


def strike(release: Release, names: Container[str]) -> Release:
    """The record without those of its names that are among `names`; the log knows it still."""
    pairs = tuple(zip(release.named, release.salts, strict=True))
    kept = tuple(pair for pair in pairs if pair[0] not in names)
    gone = (salted(*pair) for pair in pairs if pair[0] in names)
    return replace(
        release,
        named=tuple(name for name, _ in kept),
        salts=tuple(salt for _, salt in kept),
        struck=tuple(sorted((*release.struck, *gone))),
    )
