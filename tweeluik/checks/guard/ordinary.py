"""Names that are words, and names of few letters: found where they are written as a name.

One pass finds the letters, in any case; what stands around them decides (`contexts.py`).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from string import ascii_uppercase

from tweeluik.checks.guard.contexts import Use, lined
from tweeluik.checks.guard.machine import TextMachine
from tweeluik.checks.guard.patterns import is_within
from tweeluik.checks.guard.rows import one_byte_each
from tweeluik.checks.guard.secret import Secret, may_stand
from tweeluik.words.frequency import is_word

SURE_IN_SMALL_LETTERS = 4
"""From so many letters on, an abbreviation that is no word counts without its capitals too."""

LEAST_JOINED = 7
"""From so many letters on, words that are written as one are a name."""

LEAST_SPACED = 6
"""So many letters, each set apart, are meant to be read as one word."""

_SPACED = re.compile(rf"(?<![^\W_])(?:[^\W_][ .\-_*]{{1,2}}){{{LEAST_SPACED - 1},}}[^\W_](?![^\W_])")
_KINDS = bytes(
    b" "[0] if chr(code) in " .-_*" else b",w"[chr(code).isalnum() or chr(code) == "?"] for code in range(256)
)
_SETTING_APART = re.compile(b" w {1,2}w {1,2}w ")
"""A part of what is looked for, found much sooner in a byte for every sign; any beyond Latin-1 may be a letter."""

_DOTTED = re.compile(r"(?<![^\W_])(?:[A-Z]\. ?){2,}[A-Z](?![^\W_])")
"""An abbreviation with a point behind its letters; of two letters these are mostly somebody's initials."""

_CAPITALS = bytes(b"A"[0] if chr(code) in ascii_uppercase else code for code in range(256))
_DOTTING = (b"A.A.", b"A. A.")

_APOSTROPHES = "\u2018\u2019\u02bc\u2032\u00b4`"
"""As word processors write it, and what people take for one."""

_DASHES = ("-", "_", "\u2010", "\u2011", "\u2013")
_GAP = re.compile(r"[\W_]+")


class Words:
    """All texts that are found as words, to be searched for together."""

    def __init__(self, secrets: Iterable[Secret]) -> None:
        self._by_text: dict[str, list[Secret]] = defaultdict(list)
        self._spaced: dict[str, list[Secret]] = defaultdict(list)
        for secret in dict.fromkeys(secrets):
            for text in dict.fromkeys(_spellings(secret)):
                self._by_text[text].append(secret)
            self._spaced[_joined(secret.text)].append(secret)
        self._machine = TextMachine(self._by_text)

    def find(self, path: str, parts: Iterable[str], *, pointed: bool) -> Iterator[Secret]:
        """Every text that stands in these parts of a file as a name, and may not."""
        csv = path.endswith(".csv")
        if self._by_text:
            for part in parts:
                # Most texts hold none of these words: that is seen before it is asked where their lines end.
                if self._machine.is_any_in(_flat(" ".join(part.split()))):
                    yield from self._find(path, lined(part), csv=csv, pointed=pointed)
                yield from self._find_spaced(path, part)

    def _find(self, path: str, text: str, *, csv: bool, pointed: bool) -> Iterator[Secret]:
        hits = self._machine.find(_flat(text))
        free = [(start, end) for found, start, end in hits if may_stand(self._by_text[found], path)]
        for found, start, end in hits:
            if not is_within(start, end, free):
                use = Use(text, start, end)
                yield from (each for each in self._by_text[found] if _is_name(each, use, csv=csv, pointed=pointed))

    def _find_spaced(self, path: str, text: str) -> Iterator[Secret]:
        signs = one_byte_each(text)
        found: list[str] = _SPACED.findall(text) if _SETTING_APART.search(signs.translate(_KINDS)) else []
        capitals = signs.translate(_CAPITALS)
        if any(each in capitals for each in _DOTTING):
            found += _DOTTED.findall(text)
        for letters in found:
            yield from (each for each in self._spaced.get(_joined(letters), ()) if not may_stand((each,), path))


def _flat(text: str) -> str:
    """In small letters, with a space for every dash and line end; each character where it was."""
    small = text.replace("\N{LATIN CAPITAL LETTER I WITH DOT ABOVE}", "I").lower().replace("\n", " ")
    return _plain(small)


def _spellings(secret: Secret) -> Iterator[str]:
    """In small letters, with spaces, and in one word."""
    plain = _flat(lined(secret.text))
    yield plain
    joined = plain.replace(" ", "")
    if joined != plain and len(joined) >= LEAST_JOINED and not is_word(joined):
        yield joined


def _joined(text: str) -> str:
    return _GAP.sub("", text).lower()


def _written(use: Use) -> str:
    return _plain(use.written)


def _plain(text: str) -> str:
    """One by one: to look for a sign takes a hundredth of what a table for all takes, and hardly a text has any."""
    for sign in _APOSTROPHES:
        text = text.replace(sign, "'")
    for dash in _DASHES:
        text = text.replace(dash, " ")
    return text


def _is_name(secret: Secret, use: Use, *, csv: bool, pointed: bool) -> bool:
    name = _plain(" ".join(secret.text.split()))
    if any(use.is_within_label(label.lower(), name.lower()) for label in secret.within):
        return False
    if secret.kind == "phrase":
        return use.is_word()
    if secret.kind != "ordinary":
        return _is_abbreviation(name, use, csv=csv, pointed=pointed)
    return _is_ordinary_name(name, use, csv=csv, pointed=pointed)


def _is_abbreviation(name: str, use: Use, *, csv: bool, pointed: bool) -> bool:
    if use.is_word():
        if _written(use) in (name, name.upper()):
            return True
        return (
            pointed
            or use.is_in_value()
            or use.is_in_address()
            or use.is_in_title()
            or use.is_whole(csv=csv)
            or _is_long(name, use)
        )
    return use.is_of_an_organisation() or (use.is_word(digits=True) and _is_long(name, use))


def _is_long(name: str, use: Use) -> bool:
    return len(name) >= SURE_IN_SMALL_LETTERS and name.isalpha() and (use.is_shown() or use.is_in_value())


def _is_ordinary_name(name: str, use: Use, *, csv: bool, pointed: bool) -> bool:
    if not use.is_word():
        return use.is_of_an_organisation()
    written = _written(use)
    if " " in name and not _GAP.search(written):
        return True
    if _is_capitalised(name, use) or use.is_of_an_organisation():
        return True
    if use.is_in_class():
        return False
    if written in (name, name.upper()) and use.is_whole(csv=csv):
        return True
    return use.is_whole(pointed=pointed) and (pointed or use.is_in_value())


def _is_capitalised(name: str, use: Use) -> bool:
    """As the name is written, or in capitals, where no other word would be."""
    written, several = _written(use), " " in name
    if written.isupper() and len(written) > 1:
        return not use.is_shouted() and (several or use.is_within_sentence())
    if written != name or not any(map(str.isupper, written)):
        return False
    # A capital in the middle, as in `Hand in Hand`, stands nowhere by the rules of spelling.
    return any(map(str.isupper, written[1:])) or use.is_within_sentence()
