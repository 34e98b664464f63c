"""The codes of a source, found by code or by any label, as people write them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal

from tweeluik.source.records import AgendaItem, Source, Term
from tweeluik.words.folding import letters

Target = Literal["kind", "region", "form", "measure", "theme"]

_MOST_ASKED = 200
"""Different words; a sheet with more is not about these codes."""

_BEHIND = re.compile(r"(.+?)\s*[(\[]([^()\[\]]+)[)\]]\s*")
_BEFORE = re.compile(r"(\S+?)\s*[-\u2013:]?\s+(.+)")


@dataclass(frozen=True, slots=True)
class Code:
    """A code, its present label, and the years in which it may be used."""

    code: str
    label: str
    labels: tuple[str, ...]
    first: int
    last: int

    def holds_in(self, years: range) -> bool:
        """Whether it may be used in one of these years, which follow each other."""
        return self.first < years.stop and self.last >= years.start


class Codes:
    """The codes of one kind."""

    def __init__(self, codes: Iterable[Code]) -> None:
        self.all = tuple(sorted(codes, key=lambda each: (each.code, each.first)))
        self.known = frozenset(each.code for each in self.all)
        self._asked: dict[str, tuple[str, ...]] = {}
        self._by_code: dict[str, set[str]] = {}
        self._by_letters: dict[str, set[str]] = {}
        for each in self.all:
            self._by_code.setdefault(each.code.casefold(), set()).add(each.code)
            for text in each.labels:
                self._by_letters.setdefault(letters(text), set()).add(each.code)
            if not any(sign.isdigit() for sign in each.code):  # others keep their signs: 1.11 and 11.1 are two
                self._by_letters.setdefault(letters(each.code), set()).add(each.code)

    def find(self, text: str) -> tuple[str, ...]:
        """Every code that is meant: none when it is unknown, several when a label is that of more than one."""
        text = " ".join(text.split())
        return tuple(sorted(self._find(text) or self._both(text)))

    def _find(self, text: str) -> set[str]:
        return self._by_code.get(text.casefold()) or self._by_letters.get(letters(text)) or set()

    def _both(self, text: str) -> set[str]:
        """A code beside its own label: `Utrecht (NL31)`, `1.3a: Taal op het werk`."""
        parted = (pattern.fullmatch(text) for pattern in (_BEHIND, _BEFORE))
        return next((both for each in parted if each and (both := self._find(each[1]) & self._find(each[2]))), set())

    def in_year(self, codes: Iterable[str], year: int) -> tuple[str, ...]:
        """Those of the codes that may be used in a year."""
        living = {each.code for each in self.all if each.first <= year <= each.last}
        return tuple(each for each in codes if each in living)

    def label(self, code: str) -> str:
        """What people call a code, so that it is found again: its label, with the code where others have that too."""
        label = next((each.label for each in reversed(self.all) if each.code == code), code)
        return label if self.find(label) == (code,) else f"{label} ({code})"

    def nearest(self, text: str) -> tuple[str, ...]:
        """Up to three codes whose label or code looks most like a text; nothing once very many were asked."""
        if text not in self._asked:
            self._asked[text] = self._nearest(text) if len(self._asked) < _MOST_ASKED else ()
        return self._asked[text]

    def _nearest(self, text: str) -> tuple[str, ...]:
        spelled: dict[str, str] = {}
        for each in self.all:
            spelled.update(dict.fromkeys(map(letters, (*each.labels, each.code)), each.code))
        close = get_close_matches(letters(text), sorted(spelled), n=6, cutoff=0.55)
        return tuple(dict.fromkeys(spelled[each] for each in close))[:3]


def codes_of(source: Source) -> Mapping[Target, Codes]:
    """All codes of a source, by kind."""
    vocabulary, agenda = source.vocabulary, source.agenda
    return {
        "kind": _of_terms(vocabulary.kinds),
        "region": _of_terms(vocabulary.regions),
        "form": _of_terms(vocabulary.forms),
        "measure": _of_items(agenda.measures),
        "theme": _of_items(agenda.themes),
    }


def _of_terms(terms: Iterable[Term]) -> Codes:
    return Codes(Code(each.code, each.label, each.labels, each.first, each.last) for each in terms)


def _of_items(items: Iterable[AgendaItem]) -> Codes:
    return Codes(Code(each.code, each.label, (each.label,), each.first, each.last) for each in items)
