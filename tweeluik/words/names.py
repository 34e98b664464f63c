"""What is compared of a name of an organisation, so that it is found however people write it.

A name has readings: all of it, and parts of it that people leave out or add. Of every reading the legal form, articles
and the words for "and" tell nothing. What is left is compared in several ways, from sure to doubtful.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from html import unescape

from tweeluik.words.cut_off import CutWords
from tweeluik.words.described import IN_DUTCH, acronyms, in_full, kernel, letters_beside, without_description
from tweeluik.words.folding import words
from tweeluik.words.legal_forms import UNMISTAKABLE, is_form, part
from tweeluik.words.places import by_its_own_name, without_place
from tweeluik.words.slips import is_at_most_one_slip
from tweeluik.words.spellings import spellings
from tweeluik.words.transliteration import (
    consonants,
    has_joined_article,
    is_foreign,
    latin_ways,
    one_vowel,
    sound,
    with_other_ch,
    without_article_behind,
)

ENOUGH_WITHOUT_ARTICLE = 8
"""So many letters tell an organisation without its article; `De Brug` needs it."""

LEAST_STEM = 6
"""Shorter words are not taken for the plural of others."""

LEAST_SOUND = 4
LEAST_CONSONANTS = 5
"""Fewer are shared by chance."""

ARTICLES = frozenset(("de", "het", "een", "t", "n", "the"))

AND = frozenset(("en", "and", "und", "et"))

ARABIC_ARTICLES = frozenset(("al", "el", "an", "as", "ash", "at", "ar", "ad", "az", "ul", "es"))
"""In Latin letters, in front of whatever letter."""

ARTICLE_BESIDE = "al-"
"""In front of a sound that only names with such an article share."""

LEFT_OUT = (
    ARTICLES
    | AND
    | frozenset(
        ("van", "voor", "in", "te", "ter", "ten", "den", "der", "des", "op", "aan", "bij", "met", "uit", "naar")
    )
    | frozenset(("om", "tot", "v", "la", "le", "les", "l", "du", "d", "von", "zu", "fur", "die", "das", "of", "for"))
    | ARABIC_ARTICLES
    | frozenset(("vd", "vh", "vdn", "od", "holding", "s"))
    | frozenset(("koninklijk", "koninklijke", "kon", "sint", "st"))
)
"""Words that a person leaves out or puts in, the article of Arabic in Latin letters and marks of honour among them."""

_AND_SIGN = re.compile("[&+]")

_OF_THE_WEB = re.compile(
    r"^(?:https?://)?www\.|^https?://|(?<=\w\w\w)\.(?:nl|be|de|org|eu|com|net|info|frl|nu)/?$", re.IGNORECASE
)
_ZERO_IN_A_WORD = re.compile(r"(?<=[^\W\d_])0(?=[^\W\d_])")
_DOMAIN = re.compile(
    r"(?:@|//(?:www\.)?|(?<!\w)www\.)([\w-]{4,})\.(?:nl|be|de|org|eu|com|net|info|frl|nu)\b", re.IGNORECASE
)
"""In an address: people write a mailbox or a page where a name belongs."""

_PAGE = re.compile(
    r"\b(?:facebook|instagram|linkedin|youtube|tiktok|twitter|x)\.com/(?:company/|c/|groups/|@)?([\w.-]{4,})",
    re.IGNORECASE,
)
"""The page of an organisation on a network of others."""

_SHORT_WORDS = {"a": "aan", "b": "bij", "i": "in", "o": "op", "v": "van"}
_SHORT_ARTICLE = re.compile(r"(?<!\w)([abiov])/d(?!\w)", re.IGNORECASE)
"""`Huis a/d Dijk`."""

_SET_APART = re.compile(r"(?<!\w)(?:[^\W\d_] ){3,}[^\W\d_](?!\w)")
_BRACKETS = re.compile(r"[(\[]([^)\]]*)[)\]]")
_ALSO = re.compile(
    r",?\s(?:t?[./]?h\.?\s?o\.?\s?d\.?\s?n\.?|[oa]\.?\s?k\.?\s?a\.?|v\.?/h\.?|ook(?:\s(?:wel|bekend|genoemd|genaamd|als))*|"
    r"voorheen|handelend onder de naam|genaamd|alias|kortweg|afgekort|(?:beter )?bekend als|[-\u2013\u2014/|])\s"
    r"|:\s|,\s(?:nu|thans|tegenwoordig|eerder|vroeger|eertijds|later)\s",
    re.IGNORECASE,
)
_PARTED = re.compile(r"(?<=\w{4})/(?=[\w ]{4})")
_CALLED = re.compile(
    r"^(?:voorheen|vroeger|eerder|eertijds|thans|nu|tegenwoordig|v\.?/?h\.?|h\.?o\.?d\.?n\.?|ook(?:\s(?:wel|bekend|genoemd|genaamd|als))*|afgekort|kortweg|genaamd"
    r"|alias|formerly|ex)(?!\w)[:.-]?\s*",
    re.IGNORECASE,
)
"""What stands in front of another name, within brackets."""

_FORMER = re.compile(
    r"^(?:(?:de|het)\s)?(?:voormalige?|vml\.|v\.?/?h\.?|voorheen|vroeger|ex-|oud-)\s?(?=\S{3})", re.IGNORECASE
)
"""In front of a name that an organisation had."""

_SITE = re.compile(r"^(?:locatie|vestiging|buurtlocatie|onderdeel)\s(?=\w{3})", re.IGNORECASE)
"""In front of what an organisation calls a part of itself, behind its own name."""

_WITHIN = re.compile(
    r"(?:\s*[,(\u2013-]|\s)\s*(?:een\s)?(?:onderdeel|deel) van\s.*$"
    r"|[\s,(]+(?:i\.?s\.?m\.?|in samenwerking met|samen met|namens|c/o|p/a)\s.*$"
    r"|\s*[,(]\s*(?:een\s)?(?:initiatief|project|programma|lid|merk|label) van\s.*$",
    re.IGNORECASE,
)
"""What a name says that its organisation belongs to: that is another one."""

_COMPOUND = re.compile(r"(\w{4})(?:stichting|vereniging|bond|federatie)\b", re.IGNORECASE)
_NUMBERED = re.compile(r"^\s*(?:\(?\d{1,3}[.)]|[A-Za-z][.)])\s+(?=\D)")
"""The number of a line in a list, in front of a name."""

_REGISTERED = re.compile(r"[\s,(]+(?:kvk|rsin|handelsregister)\b\D{0,6}\d[\d .]*\)?$", re.IGNORECASE)
_REGISTERED_AS = re.compile(r"^(?:kvk|rsin|handelsregister)\b\D{0,6}\d[\d .]{5,}\d[\s:;,)-]+(?=\S{3})", re.IGNORECASE)
_SPEAKING_FOR = re.compile(
    r"^(?:(?:het|de)\s)?(?:dagelijks\s|algemeen\s)?(?:hoofdbestuur|bestuur|secretariaat|directie|leden)\s(?:van\s)?(?=\S{3})",
    re.IGNORECASE,
)
"""Who writes in the name of an organisation."""

_DEPARTMENT = re.compile(
    r"(?<=\w)\s*[,(\u2013-]\s*(?:afd(?:eling|\.)|dienst|cluster|domein|directie|team|sector|griffie)\s.*$",
    re.IGNORECASE,
)
_OF_DEPARTMENTS = re.compile(
    r"^(?:de\s|het\s)?(?:gem(?:eente|\.)|provincie|waterschap|ministerie|universiteit|hogeschool|ggd|roc)\s",
    re.IGNORECASE,
)
"""What has departments that are no organisations of their own."""

_ROYAL = re.compile(r"^kon(?:inklijke?|\.)\s+(?=(?:ver|st)\w*\.?\s)", re.IGNORECASE)
"""A mark of honour before a legal form."""

_SURROUNDINGS = re.compile(r"\b(?:e\.\s?[oa]|e/o|c\.\s?s)\.?(?!\w)|\ben (?:omgeving|omstreken)\b", re.IGNORECASE)
_LONG_FORMS = tuple(sorted(form for form in UNMISTAKABLE if len(form) >= ENOUGH_WITHOUT_ARTICLE))
_END = 3
_BY_THEIR_ENDS = {
    end: tuple(form for form in _LONG_FORMS if end in (form[:_END], form[-_END:]))
    for end in {end for form in _LONG_FORMS for end in (form[:_END], form[-_END:])}
}
"""One slip in a word of eight letters leaves its first three as they are or its last."""
_ENDING = re.compile("(?:en|e|s|n|je)$")
_OF_OLD = re.compile("buro$")
_LATIN_PLURAL = re.compile("(?<=ntr)(?:um|a)$")
_TWICE = re.compile(r"([a-z])\1$")


@dataclass(frozen=True)
class Reading:
    """One way to take a name: its bare text and its folded words, in their order. Its repr shows neither."""

    bare: str
    words: tuple[str, ...]

    def __repr__(self) -> str:
        return "<Reading>"

    @cached_property
    def letters(self) -> str:
        """Its letters and digits, without "and"; without articles too, where enough is left."""
        without = "".join(self._without(ARTICLES | AND))
        return without if len(without) >= ENOUGH_WITHOUT_ARTICLE else "".join(self._without(AND))

    @cached_property
    def joined(self) -> str:
        """All its letters and digits, as an address or a name without spaces has them."""
        return "".join(self.words)

    @cached_property
    def tokens(self) -> tuple[str, ...]:
        """Its words without those that people leave out, in the order of the alphabet."""
        return tuple(sorted(self._core))

    @cached_property
    def stems(self) -> str:
        """Its tokens without the endings of plurals and adjectives."""
        return " ".join(sorted(map(_stem, self.tokens)))

    @cached_property
    def sounds(self) -> frozenset[str]:
        """Its tokens as they sound, whatever their script, each way in which they may; none of what is too short."""
        ways = {"".join(sorted(map(sound, tokens))) for tokens in self._said}
        if any(word in ARABIC_ARTICLES or has_joined_article(word) for word in self.words) or (
            without_article_behind(self.words) != self.words
        ):
            ways |= {ARTICLE_BESIDE + one_vowel(way) for way in ways}
        return frozenset(way for way in ways if len(way) >= LEAST_SOUND)

    @cached_property
    def consonants(self) -> frozenset[str]:
        """The consonants of its tokens, each way in which they may sound; none where there are too few."""
        ways = ("".join(map(consonants, tokens)) for tokens in self._said)
        return frozenset(way for way in ways if len(way) >= LEAST_CONSONANTS)

    @cached_property
    def kernels(self) -> frozenset[str]:
        """The same as sounds, without the words that say what it is or whose; none where nothing telling is left."""
        left = (kernel(tokens) for tokens in self._said)
        ways = ("".join(sorted(map(sound, each))) for each in left if each)
        return frozenset(way for way in ways if len(way) >= LEAST_SOUND)

    @cached_property
    def is_foreign(self) -> bool:
        """Whether a word of it is written in another script."""
        return is_foreign(self.bare)

    @cached_property
    def _core(self) -> tuple[str, ...]:
        return _core(tuple(words(_AND_SIGN.sub(" en ", _SURROUNDINGS.sub(" ", self.bare)))) or self.words)

    @cached_property
    def _said(self) -> tuple[tuple[str, ...], ...]:
        """Its tokens in Latin letters: as they stand, and with what `ch` stands for in French or in another script."""
        foreign = (_core(tuple(words(each))) for each in latin_ways(self.bare)) if self.is_foreign else (self._core,)
        ways = tuple(map(without_article_behind, foreign))
        other = (tuple(with_other_ch(word, is_foreign=self.is_foreign) for word in tokens) for tokens in ways)
        return tuple(dict.fromkeys((*ways, *other)))

    def _without(self, dropped: frozenset[str]) -> tuple[str, ...]:
        if all(len(word) == 1 for word in self.words):
            return self.words  # letters that stand apart
        return tuple(word for word in self.words if word not in dropped) or self.words


@lru_cache(maxsize=1 << 13)
def readings(name: str) -> tuple[Reading, ...]:
    """A name as a whole, in both spellings of its letters, and turned at its comma; nothing when it has no letter."""
    front, comma, behind = name.partition(",")
    turned = (f"{behind} {front}",) if comma and "," not in behind else ()
    written = (text for each in (name, *turned) for text in spellings(each))
    return tuple(dict.fromkeys(filter(_tells, map(_read, written))))


@lru_cache(maxsize=1 << 13)
def partial_readings(name: str) -> tuple[Reading, ...]:
    """What may stand for a name: what is in brackets or around them, joined by "ook", words without their form."""
    outside = _BRACKETS.sub(" ", name)
    within = (_CALLED.sub("", each) for each in _BRACKETS.findall(name))
    also = _ALSO.split(outside)
    apart = (*also, *(_SITE.sub("", each.strip()) for each in also[1:]), *_PARTED.split(outside))
    without = (each.sub("", name) for each in (_WITHIN, _NUMBERED, _REGISTERED, _REGISTERED_AS, _FORMER, _SPEAKING_FOR))
    undivided = _DEPARTMENT.sub("", name) if _OF_DEPARTMENTS.match(name) else name
    unregistered = _REGISTERED.sub("", name)
    parts = (
        *within,
        *apart,
        outside,
        *without,
        _BRACKETS.sub(" ", unregistered),
        *_DOMAIN.findall(name),
        *_PAGE.findall(name),
        _COMPOUND.sub(r"\1", name),
        _ROYAL.sub("", name),
        undivided,
    )
    found = (each for text in parts if not is_form(text) for each in readings(text.strip()))
    whole = {each.letters for each in readings(name)}
    return tuple(dict.fromkeys(each for each in found if each.letters not in whole))


@lru_cache(maxsize=1 << 13)
def placeless_readings(name: str) -> tuple[Reading, ...]:
    """A name without the place, the country or the branch that it says it is of."""
    taken = (*readings(name), *(readings(_BRACKETS.sub(" ", name)) if "(" in name else ()))
    left = dict.fromkeys(text for each in taken for text in without_place(each.bare))
    found = (each for text in left if not is_form(text) for each in readings(text))
    whole = {each.letters for each in readings(name)}
    return tuple(dict.fromkeys(each for each in found if each.letters not in whole))


@lru_cache(maxsize=1 << 13)
def undescribed_readings(name: str) -> tuple[Reading, ...]:
    """A name without what stands before what it is called: who writes for it, or what it is."""
    left = dict.fromkeys(text for each in readings(name) for text in without_description(each.bare))
    left |= dict.fromkeys((*in_full(name), *(text for each in readings(name) for text in in_full(each.bare))))
    return tuple(dict.fromkeys(each for text in left if not is_form(text) for each in readings(text)))


def acronyms_of(name: str) -> frozenset[str]:
    """A name with letters for its first words, as people shorten it, with its legal form and without."""
    plain = tuple(words(name))
    ways = dict.fromkeys((plain, *(each.words for each in readings(name))))
    return frozenset(text for each in ways for make in (acronyms, letters_beside) for text in make(each))


@lru_cache(maxsize=1 << 13)
def cut_words(name: str) -> tuple[CutWords, ...]:
    """The words of a name without those that people leave out; also with its form, which may be a word cut off."""
    texts = dict.fromkeys((*(each.bare for each in readings(name)), _as_said(name)))
    found = dict.fromkeys(filter(None, map(_cut, texts)))
    return tuple(dict.fromkeys((*found, *filter(None, map(_without_cut_forms, found)))))


def _without_cut_forms(cut: CutWords) -> CutWords:
    """Without the words cut off of which a legal form may be left: `Som. Ver. Klaver`."""
    return tuple((word, is_cut) for word, is_cut in cut if not (is_cut and _may_be_a_form(word)))


def _may_be_a_form(word: str) -> bool:
    return len(word) > 1 and any(form.startswith(word) for form in UNMISTAKABLE)


def _cut(text: str) -> CutWords:
    found = list[tuple[str, bool]]()
    for written in _AND_SIGN.sub(" en ", text).split():
        each = words(written)
        is_cut = written.rstrip("),;:").endswith(".") and len(each) == 1 and each[0] not in LEFT_OUT
        found += [(word, is_cut) for word in each if is_cut or not _is_left_out(word)]
    return tuple(found)


def _read(name: str) -> Reading:
    bare = part(_as_said(name)).bare
    return Reading(bare, tuple(words(_AND_SIGN.sub(" en ", bare))))


def _as_said(name: str) -> str:
    """Without what the web adds to a name, and with letters that were set apart as one word."""
    without = by_its_own_name(_OF_THE_WEB.sub("", unescape(name).strip()))
    without = _ZERO_IN_A_WORD.sub("o", without)
    without = _SHORT_ARTICLE.sub(lambda found: f"{_SHORT_WORDS[found[1].lower()]} de", without)
    return _SET_APART.sub(lambda found: found[0].replace(" ", ""), without)


def _tells(reading: Reading) -> bool:
    return any(reading.words)


def _core(found: tuple[str, ...]) -> tuple[str, ...]:
    """Without the words that people leave out, what it is in Dutch; a name of nothing else keeps them."""
    return tuple(_OF_OLD.sub("bureau", IN_DUTCH.get(word, word)) for word in found if not _is_left_out(word)) or found


@lru_cache(maxsize=1 << 15)
def _is_left_out(word: str) -> bool:
    """A legal form too, wherever it stands, also with a slip of the pen in it."""
    if word in LEFT_OUT or word in UNMISTAKABLE:
        return True
    alike = (*_BY_THEIR_ENDS.get(word[:_END], ()), *_BY_THEIR_ENDS.get(word[-_END:], ()))
    return any(is_at_most_one_slip(word, form) for form in alike)


def _stem(word: str) -> str:
    while len(word) >= LEAST_STEM and (shorter := _ENDING.sub("", word)) != word:
        word = shorter
    return _TWICE.sub(r"\1", _LATIN_PLURAL.sub("", word))
