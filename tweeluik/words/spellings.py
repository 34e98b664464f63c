"""The ways in which people write one name letter for letter: numbers in words, letters in two, digits for letters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import partial

_TWO_LETTERS = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "å": "aa", "Å": "Aa", "ø": "oe", "Ø": "Oe"}
)
_IN_WORDS = ("nul", "een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien", "elf", "twaalf")
_NUMBER = re.compile(r"(?<![\w.,'’-])(?:1[0-2]|\d)(?![\w.,'’-])")
_DIGIT_WITHIN = re.compile(r"(?<=[^\W\d_])[1345](?=[^\W\d_])")
_JOINED_NUMBER = re.compile(r"(?<!\w)\d{1,2}(?=[^\W\d_][a-z])")

_DIGITS = tuple(str.maketrans("1345", f"{one}eas") for one in "il")
"""Letters for which people and readers of paper take digits: `W1LGENHOF`."""


def spellings(name: str) -> tuple[str, ...]:
    """A name as it stands; ä, ö, ü, å and ø in two letters, small numbers in words, digits within a word as letters."""
    plain = unicodedata.normalize("NFC", name)
    apart = _JOINED_NUMBER.sub(r"\g<0> ", plain)
    in_words = _NUMBER.sub(lambda found: _IN_WORDS[int(found[0])], apart)
    as_letters = map(partial(_with_letters, plain), _DIGITS) if _DIGIT_WITHIN.search(plain) else ()
    return tuple(dict.fromkeys((plain, plain.translate(_TWO_LETTERS), in_words, *as_letters)))


def _with_letters(text: str, digits: Mapping[int, str | int]) -> str:
    return _DIGIT_WITHIN.sub(lambda found: found[0].translate(digits), text)
