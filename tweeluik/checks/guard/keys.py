"""What opens or signs, and what is sealed: none has any business in public, whoever's it is.

Of age, OpenSSH, OpenSSL, PuTTY, GnuPG, minisign and JSON Web Keys; with the lines around a key or without them, by what
the encoding of its kind begins with (age-encryption.org/v1; RFC 4253, 5208, 5915, 7517, 8017, 8410, 9580).
"""

from __future__ import annotations

import re
from functools import cache

from tweeluik.checks.guard.machine import BytesMachine

_MARKS = (
    r"AGE-SECRET-KEY-(?:[A-Z0-9]+-)?1[0-9A-Z]{20}|AGE-PLUGIN-[A-Z0-9-]+-1[0-9A-Z]{20}",
    r"-----BEGIN AGE ENCRYPTED FILE-----|^age-encryption\.org/v1\n-> ",
    r"-----BEGIN (?:[A-Z]+ )*PRIVATE KEY(?: BLOCK)?-----|-----BEGIN PGP MESSAGE-----",
    r"PuTTY-User-Key-File-[0-9]|minisign encrypted secret key|RWRTY0Iy",
    r"b3BlbnNzaC1rZXktdjE",  # OpenSSH
    r"IBADANBgkqhkiG9w0BAQEFAASC|MII[A-Z0-9+/]{3,4}IBAAKCA|BfBgkqhkiG9w0BBQ0w",  # RSA, older RSA, any with a password
    r"MIGHAgEAMBMGByqGSM49|MHcCAQEEI|MC4CAQAwBQYDK2V[wu]BCIEI",  # of curves
    r'"kty"(?s:.){0,900}"d"\s*:\s*"[\w-]{40}|"d"\s*:\s*"[\w-]{40}(?s:.){0,900}"kty"',
)
_AS_WRITTEN = re.compile("|".join(_MARKS), re.IGNORECASE)

_BECH32 = "[02-9ac-hj-np-z]{58}"
_BY_LETTERS = re.compile(f"agesecretkey(?:pq)?1{_BECH32}|{_BECH32}1(?:qp)?yektercesega".encode())
"""An identity in pieces, or from its end: so many letters of its alphabet follow in no sentence about identities."""

_NEEDED = (
    b"agesecretkey", b"yektercesega", b"ageplugin", b"privatekey", b"ageencryptedfile", b"ageencryptionorgv1",
    b"pgpmessage", b"puttyuserkeyfile", b"minisign", b"rwrty0iy", b"b3blbnnzac1rzxktdje", b"qhkig9w0b", b"ibaakca",
    b"ambmgbyqgsm49", b"mhccaqeei", b"mc4caqawbqydk2v", b"kty",
)  # fmt: skip
"""One of these is among the letters of each."""


@cache
def _needed() -> BytesMachine:
    """All of them in one pass: one by one they take four times as long."""
    return BytesMachine(_NEEDED)


def holds_key_or_sealed(text: str, letters: bytes) -> bool:
    """Whether a text, of which the letters and digits are given as well, holds a secret key or something sealed."""
    if not _needed().find(letters):
        return False
    return _AS_WRITTEN.search(text) is not None or _BY_LETTERS.search(letters) is not None
