"""Bytes that stand in a text as digits or signs: base64, hexadecimal and others, and what a `data:` address holds."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterable, Iterator
from html import unescape
from string import ascii_letters, digits, hexdigits, whitespace
from typing import NamedTuple
from urllib.parse import unquote_to_bytes

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
_PAIR = "[0-9a-fA-F]{2}"
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
    of_digits = (text[start:end] for start, end in _HEXADECIMAL.rows(signs, LEAST_OF_HEXADECIMAL))
    return Runs(
        # Words in small letters, and names of files made of these, are no base64.
        tuple(run for run in runs if not run.islower() and not run.isdigit()),
        tuple(dict.fromkeys(part for run in runs if not run.islower() for part in _base32_in(run))),
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


def encoded_in_signs(text: str) -> Iterator[bytes]:
    """Every run in ascii85, base85, uuencode, pairs or codes; in a text as it stands: some look like escapes."""
    spaced = dict.fromkeys(each for each in text.split() if len(each) >= _LEAST_ASCII85)
    yield from _unascii85(spaced)
    yield from _unbase85(spaced)
    yield from _unuuencoded(text)
    yield from _from_pairs(text)
    yield from _from_numbers(text)


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
_GROUP = f"(?:{_PAIR}){{1,8}}"
_DUMP = re.compile(rf"""[ :\r\n"'>]{_GROUP}[ :\r\n]+(?:{_GROUP}[ :\r\n]+)*{_GROUP}(?![0-9a-zA-Z])""")


def _dumped(text: str, signs: bytes) -> Iterator[str]:
    for start, end in _IN_A_DUMP.rows(signs, LEAST + 1):
        before = text[start - 1] if start else " "
        dumps: list[str] = _DUMP.findall(_OFFSET.sub(" ", f"{before}{text[start : end + 1]}"))
        for dump in dumps:
            digits_alone = re.sub(r"[^0-9a-fA-F]", "", dump)
            if len(digits_alone) >= LEAST:
                yield digits_alone


# --- others -----------------------------------------------------------------------------------------------------------

_ASCII85 = re.compile(r"[!-uz]+")
_LEAST_ASCII85 = 15
_LEAST_OTHERS = 0.25
"""Of the signs of ascii85 one in three is no letter or digit; of what people write fewer are."""

_LETTERS_AND_DIGITS = f"{ascii_letters}{digits}".encode()

_UUENCODED = re.compile(r"^begin [0-7]{3,4} .*\n((?:[ -`]*\n)+?)end\s*$", re.MULTILINE)
_NEXT = r"(?:[,;]\s{0,9}|\s{1,9})"
"""Between two codes of a list, of which every one may have a line of its own, as JSON is often written."""

_NUMBERS = (
    ("", re.compile(rf"\d\d\d?(?:{_NEXT}\d\d\d?){{11,}}(?![\d.])"), re.compile(r"\d+"), 10),
    ("0x", re.compile(r"0x[0-9a-fA-F]{2}(?:[,; ] ?0x[0-9a-fA-F]{2}){5,}"), re.compile("(?<=0x).."), 16),
    ("\\", re.compile(r"\\[0-3][0-7]{2}(?:\\[0-3][0-7]{2}){5,}"), re.compile("[0-7]{3}"), 8),
    ("", re.compile(rf"(?<!\d)[01][0-7]{{2}}(?:{_NEXT}[01][0-7]{{2}}){{11,}}(?![\d.])"), re.compile("[0-7]{3}"), 8),
    ("", re.compile(r"(?<!\d)[01]{8}(?:[,; ]?[01]{8}){5,}(?!\d)"), re.compile("[01]{8}"), 2),
)
"""Lists of codes: what stands in them beside figures, one list, one code of it, and the base of its figures."""

_MAYBE_NUMBERS, _LEAST_NUMBERS = Kind(f"{digits},;{whitespace}?"), 35
"""What a list in figures alone is written in, those of other scripts too, and the shortest: twelve of two figures."""


_IN_PAIRS = Kind(f"{hexdigits}-,; ")
_PAIRS = re.compile(rf"(?<![^-,; ]){_PAIR}(?:[-,;] ?{_PAIR}){{{LEAST_BYTES - 1},}}(?![^-,; ])")

_MARKUP = re.compile(r"""="|='|</|><|://|\(\)""")
"""Stands in markup and in programs all the time, and in ascii85 by chance only."""


def _unascii85(spaced: Iterable[str]) -> Iterator[bytes]:
    """Runs in ascii85 (as PostScript and PDF have it) between spaces, with or without quotes and marks."""
    for run in dict.fromkeys(each.strip("{}").removeprefix("<~").removesuffix("~>") for each in spaced):
        others = len(run.encode(errors="replace").translate(None, _LETTERS_AND_DIGITS))
        if others > _LEAST_OTHERS * len(run) and _ASCII85.fullmatch(run) and not _MARKUP.search(run):
            bare = run.strip("\"'")
            for written in dict.fromkeys((bare, bare.strip(",;'\""), bare.replace('\\"', '"').replace("\\\\", "\\"))):
                try:
                    yield base64.a85decode(written)
                except ValueError:
                    continue


_BASE85 = re.compile(r"[^\"',\\]{15,}")
"""A quote or a comma ends a run, as in JSON and CSV."""

_OF_RFC1924 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;<=>?@^_`{|}~"
_OF_Z85 = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?&<>()[]{}@%$#"
_FROM_Z85 = str.maketrans(_OF_Z85, _OF_RFC1924)


def _unbase85(spaced: Iterable[str]) -> Iterator[bytes]:
    """Runs in base85, in the alphabets of RFC 1924 (git, Python) and of ZeroMQ, without the tags beside them."""
    # Most have no capital, which is seen sooner than that they have not all kinds.
    tokens = (each for each in spaced if not each.islower() and _ALL_KINDS.match(each))
    for run in dict.fromkeys(
        run for each in tokens for found in _BASE85.findall(each) for run in _within_markup(found)
    ):
        for written in (run, run.translate(_FROM_Z85)):
            try:
                yield base64.b85decode(written)
            except ValueError:
                continue


_ALL_KINDS = re.compile(r"(?=.*[0-9])(?=.*[A-Z])(?=.*[a-z])(?=.*[^\w-])")
"""Among fifteen signs in base85 are figures, capitals, small letters and other signs; seldom in what people write."""


def _within_markup(run: str) -> Iterator[str]:
    """A run, and what is between tags in it, as a page shows it."""
    for each in (run, *re.split("[<>]", run)) if "<" in run or ">" in run else (run,):
        if len(each) >= LEAST - 1 and _ALL_KINDS.match(each):
            yield each
            if "&" in each and (shown := unescape(each)) != each:
                yield shown


def _unuuencoded(text: str) -> Iterator[bytes]:
    """What stands between `begin` and `end`."""
    bodies: list[str] = _UUENCODED.findall(text) if "\nbegin " in f"\n{text}" else []
    for body in bodies:
        try:
            yield b"".join(binascii.a2b_uu(line) for line in body.splitlines())
        except binascii.Error:
            continue


def _from_pairs(text: str) -> Iterator[bytes]:
    """Pairs of hexadecimal digits with a dash or a comma between them, as programs print bytes."""
    for start, end in _IN_PAIRS.rows(one_byte_each(text), 3 * LEAST_BYTES - 1):
        yield from (bytes.fromhex(re.sub("[-,; ]", "", found)) for found in _PAIRS.findall(text[start:end]))


def _from_numbers(text: str) -> Iterator[bytes]:
    """Lists of the codes of letters: in tens, in sixteens, in eights, or in bits."""
    in_figures = _MAYBE_NUMBERS.is_row_in(one_byte_each(text), _LEAST_NUMBERS)
    for mark, pattern, one, base in _NUMBERS:
        lists: list[str] = pattern.findall(text) if (mark in text if mark else in_figures) else []
        for found in dict.fromkeys(lists):
            codes = [int(each, base) for each in one.findall(found)]
            if all(code < 256 for code in codes):  # noqa: PLR2004
                yield bytes(codes)


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
