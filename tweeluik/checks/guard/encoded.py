"""Bytes that stand in a text as digits: base64, hexadecimal, and whatever a `data:` address holds."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator
from urllib.parse import unquote_to_bytes

from tweeluik.checks.guard.raw import NotReadable

LEAST = 16
"""Shorter runs of digits are compared with the encoded forms of each secret (`forms`)."""

LEAST_OF_A_FORM = 8

_BASE64 = re.compile(rf"[A-Za-z0-9+/_-]{{{LEAST},}}={{0,2}}")
_HEX = re.compile(rf"(?:[0-9a-fA-F]{{2}}){{{LEAST // 2},}}")
_DATA = re.compile(r"""\bdata:([\w.+-]*/?[\w.+-]*(?:;[\w.+=-]+)*),([^\s"'<>)]*)""", re.IGNORECASE)
_URL_SAFE = str.maketrans("-_", "+/")


def data_addresses(text: str) -> Iterator[bytes]:
    """What the `data:` addresses in a text hold.

    Raises:
        NotReadable: one that is not what it says.
    """
    addresses: list[tuple[str, str]] = _DATA.findall(text)
    for kind, body in dict.fromkeys(addresses):
        data = unquote_to_bytes(body)
        if kind.lower().endswith(";base64"):
            try:
                data = base64.b64decode(data, validate=True)
            except binascii.Error:
                raise NotReadable("a data address that cannot be decoded") from None
        yield data


def encoded(text: str) -> Iterator[bytes]:
    """Every run of base64 or hexadecimal digits as bytes, from each position where it may begin."""
    in_base64: list[str] = _BASE64.findall(text)
    for run in dict.fromkeys(in_base64):
        for start in range(4):
            yield from _unbase64(run[start:])
    in_hexadecimal: list[str] = _HEX.findall(text)
    for run in dict.fromkeys(in_hexadecimal):
        yield bytes.fromhex(run)
        yield bytes.fromhex(run[1:-1]) if len(run) > LEAST else b""


def forms(text: str) -> frozenset[str]:
    """A text in hexadecimal digits, and in base64 at every position: what its surroundings leave the same."""
    data = text.encode()
    found = {data.hex(), data.hex().upper()}
    for before in range(3):
        whole = base64.b64encode(bytes(before) + data).decode()
        first, last = -(-before * 8 // 6), (before + len(data)) * 8 // 6
        found |= {whole[first:last], whole[first:last].replace("+", "-").replace("/", "_")}
    return frozenset(form for form in found if len(form) >= LEAST_OF_A_FORM)


def forms_of_hash(digits: str) -> frozenset[str]:
    """The beginning of a hash in base64, as `integrity` attributes have it."""
    plain = base64.b64encode(bytes.fromhex(digits)).decode()
    return frozenset((plain, plain.replace("+", "-").replace("/", "_")))


def _unbase64(run: str) -> Iterator[bytes]:
    plain = run.rstrip("=").translate(_URL_SAFE)
    try:
        yield base64.b64decode(plain[: len(plain) - (len(plain) % 4 == 1)] + "=" * (-len(plain) % 4), validate=True)
    except binascii.Error:
        return
