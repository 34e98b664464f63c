"""Names from other scripts, and what stays the same however they are written in Latin letters.

How a name is put into Latin letters differs from hand to hand: al-Noer, el Nour, an-Nur. What such spellings share is
kept: vowels that are heard alike become one, and consonants that Dutch, English, French and Turkish write in another
way. Arabic and Hebrew write most vowels not at all; of those names only the consonants can be compared.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from tweeluik.words.folding import fold

_ARABIC_ARTICLE = re.compile("(?<![^\\W_])\u0627\u0644(?=\\w\\w)")
_ALIKE = tuple(
    (re.compile(pattern), plain)
    for pattern, plain in (
        ("tsch|tsj|tch|dsch|dsj|dzj", "j"),
        ("sch|sh|sj", "s"),
        ("zh|zj", "z"),
        ("y(?=[aeou])", "j"),
        ("kh|gh|ch", "g"),
        ("dj", "j"),
        ("th", "t"),
        ("dh", "d"),
        ("ph", "f"),
        ("ck|q", "k"),
        ("aou|aw(?![aeiou])", "au"),
        ("oe|ou|oo|ue|uu|w(?=[aeiou])", "u"),
        ("ij|ie|ee|ei|ey|ii|y", "i"),
        ("(?<=[aeiou])h$", ""),
        (r"([a-z])\1+", r"\1"),
    )
)
_NOT_CONSONANT = re.compile("[^bcdfghjklmnpqrstvxz0-9]")
_FIRST_CH = re.compile("^ch(?=[aeiou])")
_JOINED_ARTICLE = re.compile(r"^[ae](?:sh(?=sh)|ch(?=ch)|([dlnrstz])(?=\1))(?=\w{3})")
_ARTICLE_BEHIND = re.compile("(?<=[a-z]{3})(?:u|oe)([dlnrstz])$")
_UKRAINIAN = re.compile("[\u0404\u0406\u0407\u0454\u0456\u0457]")
"""Letters that Russian and Bulgarian have not."""

_UKRAINIAN_H = str.maketrans({"\u0413": "H", "\u0433": "h"})
_LAST_H = re.compile("h$")


@lru_cache(maxsize=1 << 12)
def is_foreign(text: str) -> bool:
    """Whether a word of a text has no letter of the Latin alphabet; one among Latin letters only looks like them."""
    return any(not any(map(_is_latin, word)) for word in re.findall(r"[^\W\d_]+", text))


def latin(text: str) -> str:
    """A text in Latin letters, without the article that Arabic writes in front of a word."""
    if not is_foreign(text):
        return fold(text)
    from anyascii import anyascii  # noqa: PLC0415 (wanted only for names in another script)

    return anyascii(_ARABIC_ARTICLE.sub("", unicodedata.normalize("NFKC", text))).casefold().replace("`", "")


def latin_ways(text: str) -> tuple[str, ...]:
    """The same, and for a name in Ukrainian with the h that it writes as Russian writes a g."""
    ways = (latin(text), latin(text.translate(_UKRAINIAN_H))) if _UKRAINIAN.search(text) else (latin(text),)
    return tuple(dict.fromkeys(ways))


@lru_cache(maxsize=1 << 14)
def sound(word: str) -> str:
    """What spellings of one word in Latin letters share."""
    word = _JOINED_ARTICLE.sub("", word)
    for pattern, plain in _ALIKE:
        word = pattern.sub(plain, word)
    return word


def with_other_ch(word: str, *, is_foreign: bool) -> str:
    """A word with `ch` as French writes what Dutch writes `sj`, in front of a vowel; from Cyrillic it is `tsj`."""
    return word.replace("ch", "tsj") if is_foreign else _FIRST_CH.sub("sj", word)


def has_joined_article(word: str) -> bool:
    """Whether the article of Arabic is written as one with a word: `annour`, `essalam`."""
    return _JOINED_ARTICLE.match(word) is not None


def without_article_behind(words: tuple[str, ...]) -> tuple[str, ...]:
    """Words without the article of Arabic as one with the word in front of it: `darul amana`, `darus salam`."""
    return tuple(
        word[: found.start()]
        if (found := _ARTICLE_BEHIND.search(word)) and after and found[1] in ("l", after[0])
        else word
        for word, after in zip(words, (*words[1:], ""), strict=False)  # of none there is none
    )


def one_vowel(text: str) -> str:
    """A text in which the vowels are one that Turkish, French and English hear differently in Arabic."""
    return text.replace("e", "a").replace("o", "u")


def consonants(word: str) -> str:
    """The consonants that are heard in a word; in Arabic a last h is only written."""
    return _NOT_CONSONANT.sub("", _LAST_H.sub("", sound(word)))


@lru_cache(maxsize=1 << 12)
def _is_latin(letter: str) -> bool:
    return unicodedata.name(letter, "").startswith("LATIN ")
