"""Bytes as programs print them line by line: where the line begins, its bytes, and what these read as.

As `xxd`, `hexdump` and `od` do: in pairs of hexadecimal digits, in words with the last byte first, in eights, in bits
or as letters.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

_SECOND_LINES = re.compile("00000(?:0[68c]|10|20)[: ]")
"""Where the second line of a dump begins, for the usual lengths of a line: looked for before anything else."""

_BEGIN = r"(?:^|(?<=>))"
"""Of a line, in a page behind a tag."""

_ESCAPED = {"\\0": "\0", "\\a": "\a", "\\b": "\b", "\\f": "\f", "\\n": "\n", "\\r": "\r", "\\t": "\t", "\\v": "\v"}
_SIGN = re.compile(r" {3}(.)| {2}(\\.)| ([0-7]{3})")
_SIGNS = re.compile(_BEGIN + r"[0-7]{7}((?: {3}[ -~]| {2}\\[0abfnrtv]| [0-7]{3}){1,16})$", re.MULTILINE)


class _Way(NamedTuple):
    """How a line prints its bytes: what stands behind its offset, and the bytes of it."""

    line: re.Pattern[str]
    read: Callable[[str], bytes]


def dumped(text: str) -> Iterator[bytes]:
    """What the dumps in a text hold, in every way in which their lines may be read."""
    if "00000" in text and _SECOND_LINES.search(text):
        for way in _WAYS:
            data = b"".join(map(way.read, way.line.findall(text)))
            if data:
                yield data


def _lines(group: str, gap: str) -> re.Pattern[str]:
    """Lines of such groups, with two spaces before what they read as."""
    return re.compile(rf"{_BEGIN}[0-9a-fA-F]{{7,16}}:? +((?:{group}{gap}){{0,31}}{group})(?: .*)?$", re.MULTILINE)


def _in_words(groups: str) -> bytes:
    """The last byte of each first."""
    return b"".join(bytes.fromhex(each)[::-1] for each in groups.split())


def _in_figures(base: int) -> Callable[[str], bytes]:
    return lambda groups: bytes(int(each, base) & 0xFF for each in groups.split())


def _as_letters(signs: str) -> bytes:
    found: list[tuple[str, str, str]] = _SIGN.findall(signs)
    return b"".join(
        bytes([int(code, 8) & 0xFF]) if code else (letter or _ESCAPED.get(escaped, " ")).encode()
        for letter, escaped, code in found
    )


_WAYS = (
    _Way(_lines("(?:[0-9a-fA-F]{2}){1,4}", " {1,2}"), bytes.fromhex),
    _Way(_lines("(?:[0-9a-fA-F]{2}){1,4}", " {1,8}"), _in_words),
    _Way(_lines("[0-3][0-7]{2}", " {1,2}"), _in_figures(8)),
    _Way(_lines("[01]{8}", " "), _in_figures(2)),
    _Way(_SIGNS, _as_letters),
)
