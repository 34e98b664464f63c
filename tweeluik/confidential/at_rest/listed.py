"""A line of the exclusion list, as the person who wrote it means it.

People number their lists, put a mark before a name or a remark behind it, and paste rows of a spreadsheet. All of a
line counts as a name, and so does every part that may be one; but a part behind a comma is no more than a question.
"""

from __future__ import annotations

import hmac
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from tweeluik.words.described import is_telling
from tweeluik.words.folding import letters
from tweeluik.words.frequency import is_word
from tweeluik.words.index import Index
from tweeluik.words.known import Known
from tweeluik.words.legal_forms import is_form
from tweeluik.words.matching import Likeness, Match, Verdict
from tweeluik.words.names import readings
from tweeluik.words.registration import mistyped, numbers, without_numbers

_COMMENT = re.compile(r"\s*#(?!\d+[.):]?\s)")
DIGEST_DIGITS = 24
TELLING_WORDS = 3
"""A name of fewer words stands in another by chance: `Taalhuis Averlicht` in `Taalhuis Averlicht Noord`."""

TELLING_LETTERS = 6
"""A word of so many letters that is no Dutch and no place tells one organisation from others."""

MOST_WORDS = 16
"""Of a line that are looked through for a name in the midst of them."""


_MARK = re.compile(
    r"^\s*(?:[-\u2013\u2014*\u2022\u00b7\u25aa\u25e6>+]+|\(?(?:\d{1,4}|[a-z]|[ivxlc]{2,6})[.)]|\d{1,4}\s*[-:]|\d+(?:\.\d+)+[.)]?"
    r"|#\d+[.):]?|n(?:r|o)\.?\s?\d+\s?[.):-]?|\[[ x]?\])\s+",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"^\s*\d{1,3}\s+(?=\D)")
_REMARK = re.compile(r"\s+(?:(?:#|//|--|=>|<-)\s*|(?:t\.?a\.?v\.?|attn\.?)\s).*$", re.IGNORECASE)
_TAG = re.compile(r"</?[a-z][^<>]*>", re.IGNORECASE)
"""Of a page that somebody copied a line of."""
_RULE = " \t-=_*.\u2013\u2014"
_HEADING = re.compile(
    r"^\s*(?:(?:naam|name|organisatie|instelling|alias|ook)\s*[:=]\s*"
    r"|(?:o\.?a\.|onder andere|b\.?v\.|bijv(?:\.|oorbeeld)|mogelijk|vermoedelijk|waarschijnlijk"
    r"|m\.?b\.?t\.?|i\.?v\.?m\.?|cf\.?|vgl\.?|zie(?: ook)?|todo|let op:?|betr(?:eft|\.)?:?|inzake|re:"
    r"|evt\.|eventueel|vml\.|voormalige?|vroegere|voorheen|alle (?:stichtingen|verenigingen|afdelingen(?: van)?))\s+)",
    re.IGNORECASE,
)
"""What says of a name only that it is one, or how sure somebody is of it."""

_AND_MORE = re.compile(
    r"[\s,]+(?:etc\.?|enz\.?|e\.d\.|en dergelijke|(?:en|&|\+) (?:haar |zijn |hun |alle )?"
    r"(?:aanverwant|verwant|gelieerd|zuster|dochter|vrienden|relaties|afdelingen)[\w ]*)$",
    re.IGNORECASE,
)
"""That others are meant too, who have no name."""

_DEFUSED = (re.compile(r"\[\.\]|\(\.\)"), re.compile("hxxp", re.IGNORECASE))
"""An address of the web that nobody can click on by mistake."""

_CELLS = re.compile(r"[;\t|]")
_COMMA = re.compile(r",\s*")
_AND = re.compile(r"\s(?:en|&|\+|als|of|alsmede|alsook|en ook|plus)\s")
"""Between two that stand on one line; in a name it says nothing of two, so that a part is no more than a question."""

_SIGNS = ",.:;!?()[]<>*~'\"-"
_BECAME = re.compile(r"\s+(?:[\u2190-\u21ff]|=>|->|<-|>|=|/)\s+")
"""Between a name and what it became, as people draw that; behind the same sign others write a remark."""


@dataclass(frozen=True)
class Line:
    """A line with its number in the list, counted from 1. Its repr does not show it."""

    number: int
    text: str

    def __repr__(self) -> str:
        return f"<line {self.number}>"

    @property
    def is_comment(self) -> bool:
        """Whether it is there for people only: a remark, or a row of dashes."""
        return _COMMENT.match(self.text) is not None or not self.text.strip(_RULE)

    def digest(self, key: str) -> str:
        """What stands for this line in a judgement, whatever its mark, its remark and its place in the list."""
        told = hmac.digest(key.encode(), letters(_unmarked(self.text)).encode(), "sha256")
        return f"line-{told.hex()[:DIGEST_DIGITS]}"

    def find(self, among: Index[str]) -> Mapping[str, Match]:
        """The organisations that the line means or may mean.

        Another number on the line is no reason to let a name pass: the list may have it wrong.
        """
        sure = (Known((), self._numbers), Known(self._names))
        found = dict(match for known in sure for match in among.find(known))
        for id_, match in among.find(Known(self._parts)):
            found.setdefault(id_, match._replace(verdict=Verdict.MAYBE))
        for id_ in (*among.find_named(_runs(_unmarked(self.text))), *among.find_with_words(self._words)):
            found.setdefault(id_, Match(Verdict.MAYBE, Likeness.PART))
        return found

    @property
    def cure(self) -> str:
        """What to write instead when the line tells no organisation from others; empty when it does."""
        if self.is_comment or self._numbers:
            return ""
        if told := mistyped(_unmarked(self.text)):
            return told
        return "" if self._names else "a line needs a name or a number that tells one organisation from others"

    @cached_property
    def _numbers(self) -> frozenset[str]:
        return frozenset().union(*map(numbers, self._cells))

    @cached_property
    def _names(self) -> tuple[str, ...]:
        return tuple(_names((self.text, *self._cells)))

    @cached_property
    def _parts(self) -> tuple[str, ...]:
        plain = _unmarked(self.text)
        parts = (*_COMMA.split(plain), _NUMBERED.sub("", plain), *_BECAME.split(_MARK.sub("", self.text)))
        parts = (*parts, *_AND.split(plain), *_without_what_is_said(plain))
        return tuple(dict.fromkeys(_names(parts)))

    @cached_property
    def _words(self) -> frozenset[str]:
        """The words of a name that may be a part of another; none where they are words that many share."""
        plain = next(iter(_names((_unmarked(self.text),))), "")
        found = frozenset(word for each in readings(plain)[:1] for word in each.tokens)
        return found if any(is_telling(word, TELLING_LETTERS) for word in found) else frozenset()

    @cached_property
    def _cells(self) -> tuple[str, ...]:
        plain = _unmarked(self.text)
        return tuple(dict.fromkeys((plain, *_CELLS.split(plain))))


def read_lines(texts: Iterable[str]) -> tuple[Line, ...]:
    """The lines that mean something, numbered as they stand."""
    lines = (Line(number, text) for number, text in enumerate(texts, start=1))
    return tuple(line for line in lines if not line.is_comment)


def _runs(text: str) -> Iterator[str]:
    """The letters of words that follow each other, at least three telling ones: a name with something around it."""
    found = text.split()[:MOST_WORDS]
    for start in range(len(found)):
        for end in range(start + TELLING_WORDS, len(found) + 1):
            for each in readings(" ".join(found[start:end])):
                if len(each.tokens) >= TELLING_WORDS:
                    yield each.letters


def _without_what_is_said(text: str) -> Iterator[str]:
    """A name without the ordinary words, in small letters or in capitals, that stand before it or behind: a remark."""
    said = text.split()
    shouted = not any(map(str.islower, text))
    first = next((at for at, word in enumerate(said) if not _is_said(word, shouted=shouted)), 0)
    last = next((at for at in range(len(said), 0, -1) if not _is_said(said[at - 1], shouted=shouted)), len(said))
    yield from (" ".join(said[start:end]) for start, end in ((first, len(said)), (0, last), (first, last)))


def _is_said(word: str, *, shouted: bool) -> bool:
    """Whether a word is one of a remark, a number or a code, and no name; in a text of capitals only, nothing is."""
    plain = word.strip(_SIGNS)
    if any(map(str.isdigit, plain)):
        return True
    return not shouted and (plain.islower() or plain.isupper()) and is_word(letters(plain))


def _unmarked(text: str) -> str:
    dot, scheme = _DEFUSED
    live = scheme.sub("http", dot.sub(".", _TAG.sub(" ", text)))
    return _AND_MORE.sub("", _HEADING.sub("", _MARK.sub("", _REMARK.sub("", live)))).strip()


def _names(cells: Iterable[str]) -> Iterator[str]:
    for cell in cells:
        for text in dict.fromkeys((cell, without_numbers(cell))):
            if letters(text) and not is_form(text) and not text.strip().isdigit():
                yield text
