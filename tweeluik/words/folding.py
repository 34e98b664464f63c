"""Text made comparable: a name is found however it is written, spaced, accented or cased."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import zip_longest
from string import ascii_uppercase

from tweeluik.words.confusables import LOOK_ALIKES

_NOT_ASCII = re.compile(r"[^\x00-\x7f]+")
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1b\x7f]+")
_NOT_ALNUM = re.compile(r"[\W_]+")
_UNSEEN = frozenset({"Mn", "Me", "Cf", "Cc", "Lm"})
"""Categories of Unicode: marks, formats and controls, and letters that only lengthen or part others."""

_FILLERS = frozenset("\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
"""Letters and signs without any ink: fillers of Korean and Khmer, the empty pattern of Braille."""

_TAGS = {0xE0000 + code: chr(code) for code in range(0x20, 0x7F)} | {
    first + place: letter for first in (0x1F150, 0x1F170, 0x1F1E6) for place, letter in enumerate(ascii_uppercase)
}
"""Unseen doubles of ASCII (Unicode 17.0, 23.9), which a program reads; letters on a black ground, and of flags."""

_ASCII_REST = bytes(code for code in range(128) if not chr(code).isalnum())
_ASCII = bytes(range(128))
_FEW = 50
"""So many different letters are replaced one by one sooner than all together."""

_LOWER = bytes(ord(chr(code).lower()) if code < 128 else code for code in range(256))  # noqa: PLR2004


def fold(text: str) -> str:
    """Lower case without accents, invisible characters or letters that look like others; word boundaries stay."""
    if text.isascii():
        return text.lower()
    # Runs of other letters come back time and again, and of what stands between them there is little to do.
    text = _CONTROLS.sub("", text)
    parts = _NOT_ASCII.split(text)
    runs = _NOT_ASCII.findall(text)
    return "".join(
        each for plain, run in zip_longest(parts, runs, fillvalue="") for each in (plain.lower(), _folded(run))
    )


@lru_cache(maxsize=1 << 12)
def _folded(run: str) -> str:
    """Of letters that are not ASCII, each by itself: nothing here depends on a neighbour."""
    folded = unicodedata.normalize("NFKD", run.translate(_TAGS)).translate(LOOK_ALIKES).casefold()
    # Of many a letter only the small one looks like another.
    folded = folded.translate(LOOK_ALIKES)
    return "".join(_digit(each) for each in folded if _is_seen(each))


def _is_seen(character: str) -> bool:
    return character.isspace() or (unicodedata.category(character) not in _UNSEEN and character not in _FILLERS)


def _digit(character: str) -> str:
    """Of every script."""
    return str(unicodedata.decimal(character)) if character.isdecimal() else character


def squeeze(text: str) -> bytes:
    """Folded, and only its letters and digits, as UTF-8."""
    data = text.encode(errors="replace")
    if not data.isascii():
        data = _one_by_one(data) or _NOT_ASCII.sub(lambda run: _folded(run[0]), text).encode(errors="replace")
    folded = data.translate(_LOWER, _ASCII_REST)
    return folded if folded.isascii() else _NOT_ALNUM.sub("", folded.decode()).encode()


def beyond_ascii(text: str) -> str:
    """All signs of a text that are not ASCII, in their order."""
    return "" if text.isascii() else text.encode(errors="replace").translate(None, _ASCII).decode()


def _one_by_one(data: bytes) -> bytes | None:
    """A text in UTF-8 with its other letters folded, all of a kind at once; None when these are many.

    Nearly all texts of a page have some accents and dashes, the same time and again. What a letter is folded to stays
    what it is, so that their order is none.
    """
    others = set(data.translate(None, _ASCII).decode())
    if len(others) > _FEW:
        return None
    for each in others:
        data = data.replace(each.encode(), _NOT_ALNUM.sub("", _folded(each)).encode())
    return data


def letters(text: str) -> str:
    """The same as text: what the eye compares of a name or a label. Empty when nothing of it is a letter or digit."""
    return squeeze(text).decode()


def words(text: str) -> list[str]:
    """The folded words of a text."""
    return _NOT_ALNUM.sub(" ", fold(text)).split()
