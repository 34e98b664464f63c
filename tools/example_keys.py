"""The keys of the invented people who approve the example: made from a sentence, so that everybody has them.

They protect nothing, and stand in no `allowed_signers`: the example is published anew with them, to the same bytes.
"""

from __future__ import annotations

import base64
from hashlib import sha256, sha512
from pathlib import Path

PEOPLE = ("jurist", "privacyfunctionaris")

_P = 2**255 - 19
_D = -121665 * pow(121666, -1, _P) % _P
_BASE = (
    15112221349535400772501151409588531511454012693041857206046113283949847762202,
    46316835694926478169428394003475163141307993866256225615783033603165251855960,
)

Point = tuple[int, int]


def write_key(who: str, folder: Path) -> Path:
    """The private key of somebody, in a file as OpenSSH writes it, for its owner only."""
    file = folder / who
    file.touch(mode=0o600)
    file.write_text(private_key(who), "ascii")
    return file


def private_key(who: str) -> str:
    """The text of that file (PROTOCOL.key, without a passphrase)."""
    seed = _seed(who)
    public = _public(seed)
    check = b"\1\2\3\4" * 2
    secret = check + _string(b"ssh-ed25519") + _string(public) + _string(seed + public) + _string(who.encode())
    secret += bytes(range(1, 1 + -len(secret) % 8))
    whole = b"openssh-key-v1\0" + _string(b"none") * 2 + _string(b"") + (1).to_bytes(4)
    text = base64.encodebytes(whole + _string(_blob(public)) + _string(secret)).decode()
    return f"-----BEGIN OPENSSH PRIVATE KEY-----\n{text}-----END OPENSSH PRIVATE KEY-----\n"


def allowed_line(who: str) -> str:
    """The line of `allowed_signers` for that key."""
    return f"{who} ssh-ed25519 {base64.b64encode(_blob(_public(_seed(who)))).decode()}"


def _seed(who: str) -> bytes:
    return sha256(f"een verzonnen goedkeurder van een verzonnen voorbeeld: {who}".encode()).digest()


def _blob(public: bytes) -> bytes:
    return _string(b"ssh-ed25519") + _string(public)


def _string(data: bytes) -> bytes:
    return len(data).to_bytes(4) + data


# --- the public half of an ed25519 key (RFC 8032, 5.1.5); not in constant time: nothing is secret ---------------------


def _public(seed: bytes) -> bytes:
    digest = bytearray(sha512(seed).digest()[:32])
    digest[0] &= 248
    digest[31] = digest[31] & 127 | 64
    x, y = _times(int.from_bytes(digest, "little"), _BASE)
    return (y | (x & 1) << 255).to_bytes(32, "little")


def _times(scalar: int, point: Point) -> Point:
    found: Point = (0, 1)
    while scalar:
        if scalar & 1:
            found = _add(found, point)
        point, scalar = _add(point, point), scalar >> 1
    return found


def _add(one: Point, other: Point) -> Point:
    (x, y), (u, v) = one, other
    product = _D * x * u * y * v % _P
    return (x * v + u * y) * pow(1 + product, -1, _P) % _P, (y * v + x * u) * pow(1 - product, -1, _P) % _P
