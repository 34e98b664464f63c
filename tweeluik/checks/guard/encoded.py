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
    """Every run of base64, base32 or hexadecimal digits as bytes, from each position where it may begin.

    Also where such a run goes on over line ends, in strings that a script joins, or in pairs as a hex dump has them.
    """
    whole = _JOINT.sub("", text)
    in_base64: list[str] = [*_BASE64.findall(text), *(_BASE64.findall(whole) if whole != text else ())]
    for run in dict.fromkeys(in_base64):
        for start in range(4):
            yield from _unbase64(run[start:])
    in_base32: list[str] = _BASE32.findall(whole)
    for run in dict.fromkeys(in_base32):
        yield from _unbase32(run)
    in_hexadecimal: list[str] = _HEX.findall(text)
    for run in dict.fromkeys((*in_hexadecimal, *_dumped(text))):
        yield bytes.fromhex(run)
        yield bytes.fromhex(run[1:-1]) if len(run) > LEAST else b""


_JOINT = re.compile(r"""(?<=[A-Za-z0-9+/_-]{12})(?:\s*["']\s*\+\s*["']\s*|\r?\n)(?=[A-Za-z0-9+/_-]{2})""")
"""What a line end or a script leaves out between two parts of one run."""

_BASE32 = re.compile(rf"(?<![A-Za-z0-9])[A-Z0-9]{{{LEAST},}}")
_BASE32_DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
_EXTENDED = str.maketrans("0123456789ABCDEFGHIJKLMNOPQRSTUV", _BASE32_DIGITS)

_OFFSET = re.compile(r"^[0-9a-fA-F]{4,16}:? +", re.MULTILINE)
_DUMP = re.compile(
    rf"(?:(?:[0-9a-fA-F]{{2}}){{1,8}}[ :\r\n]+){{{LEAST // 8 - 1},}}(?:[0-9a-fA-F]{{2}}){{1,8}}(?![0-9a-zA-Z])"
)


def _unbase32(run: str) -> Iterator[bytes]:
    """In both alphabets of RFC 4648."""
    for plain in (run, run.translate(_EXTENDED)):
        if set(plain) <= set(_BASE32_DIGITS):
            for start in range(8):
                part = plain[start:]
                part = part[: len(part) - (len(part) % 8 in (1, 3, 6))]
                yield base64.b32decode(part + "=" * (-len(part) % 8))


def _dumped(text: str) -> Iterator[str]:
    """Hexadecimal digits in groups, without what stands between these."""
    for dump in dict.fromkeys(_DUMP.findall(_OFFSET.sub("", text))):
        digits = re.sub(r"[^0-9a-fA-F]", "", dump)
        if len(digits) >= LEAST:
            yield digits


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
