"""Bytes that stand in a text as signs: ascii85, base85, uuencode, pairs of digits with something between, and codes."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterable, Iterator
from html import unescape
from string import ascii_letters, digits, hexdigits, whitespace

from tweeluik.checks.guard.encoded import LEAST, LEAST_BYTES, PAIR
from tweeluik.checks.guard.rows import Kind, one_byte_each

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
    ("0x", re.compile(rf"0x[0-9a-fA-F]{{2}}(?:{_NEXT}0x[0-9a-fA-F]{{2}}){{5,}}"), re.compile("(?<=0x).."), 16),
    ("\\", re.compile(r"\\[0-3][0-7]{2}(?:\\[0-3][0-7]{2}){5,}"), re.compile("[0-7]{3}"), 8),
    ("", re.compile(rf"(?<!\d)[01][0-7]{{2}}(?:{_NEXT}[01][0-7]{{2}}){{11,}}(?![\d.])"), re.compile("[0-7]{3}"), 8),
    ("", re.compile(r"(?<!\d)[01]{8}(?:[,; ]?[01]{8}){5,}(?!\d)"), re.compile("[01]{8}"), 2),
)
"""Lists of codes: what stands in them beside figures, one list, one code of it, and the base of its figures."""

_MAYBE_NUMBERS, _LEAST_NUMBERS = Kind(f"{digits},;{whitespace}?"), 35
"""What a list in figures alone is written in, those of other scripts too, and the shortest: twelve of two figures."""


_IN_PAIRS = Kind(f"{hexdigits}-,; ")
_PAIRS = re.compile(rf"(?<![^-,; ]){PAIR}(?:[-,;] ?{PAIR}){{{LEAST_BYTES - 1},}}(?![^-,; ])")

_MARKUP = re.compile(r"""="|='|</|><|://|\(\)""")
"""Stands in markup and in programs all the time, and in ascii85 by chance only."""


def encoded_in_signs(text: str) -> Iterator[bytes]:
    """Every run in ascii85, base85, uuencode, pairs or codes; in a text as it stands: some look like escapes."""
    spaced = dict.fromkeys(each for each in text.split() if len(each) >= _LEAST_ASCII85)
    yield from _unascii85(spaced)
    yield from _unbase85(spaced)
    yield from _unuuencoded(text)
    yield from _from_pairs(text)
    yield from _from_numbers(text)


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
