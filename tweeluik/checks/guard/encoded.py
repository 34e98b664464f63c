"""Bytes that stand in a text as digits: base64, base32 and hexadecimal; and what a `data:` address holds."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator
from string import ascii_letters, digits, hexdigits
from typing import NamedTuple
from urllib.parse import unquote_to_bytes

from tweeluik.checks.guard.dumps import dumped
from tweeluik.checks.guard.raw import NotReadable
from tweeluik.checks.guard.rows import Kind, one_byte_each

LEAST = 16
"""Shorter runs of digits are compared with the encoded forms of each secret (`forms`)."""

LEAST_BYTES = 12
"""So many bytes always stand in a run that is read, in any of these encodings."""

LEAST_OF_A_FORM = 8
LEAST_OF_HEXADECIMAL = 8
"""The beginning of a digest may be as short."""


_DIGITS_OF_64 = Kind(f"{ascii_letters}{digits}+/_-")
PAIR = "[0-9a-fA-F]{2}"
"""A byte in hexadecimal digits."""
_DATA = re.compile(r"""\bdata:([\w.+-]*/?[\w.+-]*(?:;[\w.+=-]+)*),([^\s"'<>)]*)""", re.IGNORECASE)
_URL_SAFE = str.maketrans("-_", "+/")


def data_addresses(text: str) -> Iterator[bytes]:
    """What the `data:` addresses in a text hold.

    Raises:
        NotReadable: one that is not what it says.
    """
    addresses: list[tuple[str, str]] = _DATA.findall(text) if b"data:" in one_byte_each(text).lower() else []
    for kind, body in dict.fromkeys(addresses):
        data = unquote_to_bytes(body)
        if kind.lower().endswith(";base64"):
            try:
                data = base64.b64decode(data, validate=True)
            except binascii.Error:
                raise NotReadable("a data address that cannot be decoded") from None
        yield data


class Runs(NamedTuple):
    """The runs of digits in a text, each once: looked for in one go, since several readers want them."""

    base64: tuple[str, ...] = ()
    base32: tuple[str, ...] = ()
    hexadecimal: tuple[str, ...] = ()
    dumps: tuple[str, ...] = ()
    """Groups of hexadecimal digits, without what stands between them."""


NO_RUNS = Runs()


def runs_in(text: str) -> Runs:
    """Also those that go on over line ends, in strings that a script joins, or in pairs as a hex dump has them."""
    signs = one_byte_each(text)
    whole = _joined(text, signs)
    runs = dict.fromkeys(_of_base64(text, signs))
    if whole != text:
        runs |= dict.fromkeys(_of_base64(whole, one_byte_each(whole)))
    of_digits = [text[start:end] for start, end in _HEXADECIMAL.rows(signs, LEAST_OF_HEXADECIMAL)]
    if whole != text:  # lines of digits, as `xxd -p` has them
        of_digits += (whole[start:end] for start, end in _HEXADECIMAL.rows(one_byte_each(whole), LEAST))
    return Runs(
        # Words in small letters, and names of files made of these, are no base64.
        tuple(run for run in runs if not run.islower() and not run.isdigit()),
        tuple(dict.fromkeys(part for run in runs for part in _base32_in(run))),
        tuple(dict.fromkeys(of_digits)),
        tuple(dict.fromkeys(_dumped(text, signs))),
    )


def encoded(runs: Runs) -> Iterator[bytes]:
    """Every run of digits as bytes, in each of the encodings, from each position where it may begin."""
    for run in runs.base64:
        for start in range(4):
            yield from _unbase64(run[start:])
    for run in runs.base32:
        yield from _unbase32(run)
    for run in (*runs.hexadecimal, *runs.dumps):
        if len(run) >= LEAST:
            even = len(run) - len(run) % 2
            yield bytes.fromhex(run[:even])
            yield bytes.fromhex(run[1 : even - 1] if even == len(run) else run[1:])


def _of_base64(text: str, signs: bytes) -> Iterator[str]:
    """Every run with the signs behind it that fill it up."""
    for start, end in _DIGITS_OF_64.rows(signs, LEAST):
        filled = next((ways for ways in ("==", "=") if text.startswith(ways, end)), "")
        yield f"{text[start:end]}{filled}"


# --- base64 and base32 ------------------------------------------------------------------------------------------------

_SIGN, _BEFORE = "[A-Za-z0-9+/_-]", 12
_LINE_END = re.compile(
    rf"\r\n(?={_SIGN}{{2}})(?<={_SIGN}{{{_BEFORE}}}\r\n)|\n(?={_SIGN}{{2}})(?<={_SIGN}{{{_BEFORE}}}\n)"
)
_PLUS = r"""["']\s*\+\s*["']"""
_IN_A_SCRIPT = re.compile(rf"({_SIGN}{{{_BEFORE}}})\s*{_PLUS}\s*(?={_SIGN}{{2}})")
_ANY_PLUS = re.compile(_PLUS)
"""What a line end or a script leaves out between two parts of one run; looked for by what is seldom, much sooner."""

_MARKED = bytes(ord("a") if chr(code) in f"{ascii_letters}{digits}+/_-" else code for code in range(256))
_AT_A_LINE_END = tuple(b"a" * _BEFORE + end + b"aa" for end in (b"\n", b"\r\n"))
"""Where a run goes on over a line end, with one letter for all of its signs."""

_BASE32 = re.compile(rf"(?<![A-Za-z0-9])[A-Z0-9]{{{LEAST},}}")
_BASE32_DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
_EXTENDED = str.maketrans("0123456789ABCDEFGHIJKLMNOPQRSTUV", _BASE32_DIGITS)


def _base32_in(run: str) -> list[str]:
    """In small letters only with a figure among them, which words have not."""
    if run.islower():
        return [each for each in _BASE32.findall(run.upper()) if not each.isalpha()]
    return _BASE32.findall(run)


def _joined(text: str, signs: bytes) -> str:
    """With the parts of runs that a line end or a script parts."""
    if "+" in text and _ANY_PLUS.search(text):
        text = _IN_A_SCRIPT.sub(r"\1", text)
        signs = one_byte_each(text)
    marked = signs.translate(_MARKED)
    return _LINE_END.sub("", text) if any(end in marked for end in _AT_A_LINE_END) else text


def _unbase64(run: str) -> Iterator[bytes]:
    plain = run.rstrip("=").translate(_URL_SAFE)
    try:
        yield base64.b64decode(plain[: len(plain) - (len(plain) % 4 == 1)] + "=" * (-len(plain) % 4), validate=True)
    except binascii.Error:
        return


def _unbase32(run: str) -> Iterator[bytes]:
    """In both alphabets of RFC 4648."""
    for plain in (run, run.translate(_EXTENDED)):
        if set(plain) <= set(_BASE32_DIGITS):
            for start in range(8):
                part = plain[start:]
                part = part[: len(part) - (len(part) % 8 in (1, 3, 6))]
                yield base64.b32decode(part + "=" * (-len(part) % 8))


# --- hexadecimal ------------------------------------------------------------------------------------------------------

_HEXADECIMAL = Kind(hexdigits)
_IN_A_DUMP = Kind(f"{hexdigits} :\r\n")
_OFFSET = re.compile(r"^[0-9a-fA-F]{4,16}:? +", re.MULTILINE)
_GROUP = f"(?:{PAIR}){{1,8}}"
_DUMP = re.compile(rf"""[ :\r\n"'>]{_GROUP}[ :\r\n]+(?:{_GROUP}[ :\r\n]+)*{_GROUP}(?![0-9a-zA-Z])""")


def _dumped(text: str, signs: bytes) -> Iterator[str]:
    yield from (data.hex() for data in dumped(text) if len(data) * 2 >= LEAST)
    for start, end in _IN_A_DUMP.rows(signs, LEAST + 1):
        before = text[start - 1] if start else " "
        dumps: list[str] = _DUMP.findall(_OFFSET.sub(" ", f"{before}{text[start : end + 1]}"))
        for dump in dumps:
            digits_alone = re.sub(r"[^0-9a-fA-F]", "", dump)
            if len(digits_alone) >= LEAST:
                yield digits_alone


# --- short texts ------------------------------------------------------------------------------------------------------


def forms(text: str) -> frozenset[str]:
    """A text in hexadecimal digits, and in base64 at every position: what its surroundings leave the same."""
    data = text.encode()
    found = {data.hex(), data.hex().upper()}
    for before in range(3):
        whole = base64.b64encode(bytes(before) + data).decode()
        first, last = -(-before * 8 // 6), (before + len(data)) * 8 // 6
        found |= {whole[first:last], whole[first:last].replace("+", "-").replace("/", "_")}
    return frozenset(form for form in found if len(form) >= LEAST_OF_A_FORM)
