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
_TENS = ("", "", "twintig", "dertig", "veertig", "vijftig", "zestig", "zeventig", "tachtig", "negentig")
_TEENS = ("dertien", "veertien", "vijftien", "zestien", "zeventien", "achttien", "negentien")
_LARGE = {100: "honderd", 1000: "duizend"}
_RANKS = {
    1: "eerste", 2: "tweede", 3: "derde", 4: "vierde", 5: "vijfde", 6: "zesde", 7: "zevende", 8: "achtste",
    9: "negende", 10: "tiende", 11: "elfde", 12: "twaalfde",
}  # fmt: skip
_NUMBER = re.compile(r"(?<![\w.,'’-])(?:1000?|[1-9]\d|\d)(?![\w.,'’-])")
_RANK = re.compile(r"(?<![\w.,'’-])(1[0-2]|[1-9])\s?(?:e|de|ste)(?![\w.,'’-])")
_PERCENT = re.compile(r"(?<=\d)\s?%")
_DIGIT_WITHIN = re.compile(r"(?<=[^\W\d_])[1345](?=[^\W\d_])")
_JOINED_NUMBER = re.compile(r"(?<!\w)\d{1,2}(?=[^\W\d_][a-z])")

_DIGITS = tuple(str.maketrans("1345", f"{one}eas") for one in "il")
"""Letters for which people and readers of paper take digits: `W1LGENHOF`."""


def spellings(name: str) -> tuple[str, ...]:
    """A name as it stands; ä, ö, ü, å and ø in two letters, small numbers in words, digits within a word as letters."""
    plain = unicodedata.normalize("NFC", name)
    ranked = _RANK.sub(lambda found: _RANKS[int(found[1])], plain)
    apart = _JOINED_NUMBER.sub(r"\g<0> ", _PERCENT.sub(" procent", ranked))
    in_words = _NUMBER.sub(lambda found: _in_words(int(found[0])), apart)
    as_letters = map(partial(_with_letters, plain), _DIGITS) if _DIGIT_WITHIN.search(plain) else ()
    return tuple(dict.fromkeys((plain, plain.translate(_TWO_LETTERS), in_words, *as_letters)))


def _in_words(number: int) -> str:
    """Up to a hundred, and a thousand."""
    if number in _LARGE:
        return _LARGE[number]
    if number < len(_IN_WORDS):
        return _IN_WORDS[number]
    if number < len(_IN_WORDS) + len(_TEENS):
        return _TEENS[number - len(_IN_WORDS)]
    tens, ones = divmod(number, 10)
    return f"{_IN_WORDS[ones]}en{_TENS[tens]}" if ones else _TENS[tens]


def _with_letters(text: str, digits: Mapping[int, str | int]) -> str:
    return _DIGIT_WITHIN.sub(lambda found: found[0].translate(digits), text)
