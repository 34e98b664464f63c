"""The cover letter: the one document of the bundle that anyone may read.

Its template is given public facts only. Because people may change the words, the finished letter is read once more: no
name of an organisation, and no number but those of its dates and parliamentary papers.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from tweeluik.confidential.documents import in_words, pdf_of, stamp_of, text_of
from tweeluik.confidential.dossier import Dossier
from tweeluik.problems import Place, Problem, SealingFailed
from tweeluik.source.records import Source

PUBLIC_FACTS = (
    "publisher", "paper", "marking", "reason", "classified_until", "decided_by",
    "inspection_from", "inspection_until", "location", "audience",
)  # fmt: skip

SMALL_NUMBERS = (
    "één", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien", "elf", "twaalf",
    "dertien", "veertien", "vijftien", "zestien", "zeventien", "achttien", "negentien", "geen enkele",
)  # fmt: skip
COUNTED = r"(organisatie|partner|partij|gesprek|stichting|vereniging|koepel|lid\b|leden\b)"
SPELLED_COUNT = re.compile(rf"\b({'|'.join(SMALL_NUMBERS)})\s+(\w+\s+){{0,2}}?{COUNTED}", re.IGNORECASE)
NUMBER = re.compile(r"\d+")
WORD = re.compile(r"\w+")


def render_letter(source: Source, dossier: Dossier, *, day: date, templates: Path) -> bytes:
    """The letter as a PDF.

    Raises:
        SealingFailed: the letter tells more than the public may know; the message does not say what.
    """
    facts = {name: _in_words(getattr(dossier, name)) for name in PUBLIC_FACTS}
    letter = text_of(templates, "aanbiedingsbrief.txt", facts).decode()
    problems = tuple(find_unfit(letter, source, numbers=frozenset(NUMBER.findall(" ".join(facts.values())))))
    if problems:
        raise SealingFailed(problems)
    paragraphs = [" ".join(each.split()) for each in re.split(r"\r?\n\s*\n", letter) if each.strip()]
    return pdf_of(
        templates, "aanbiedingsbrief.typ", {"publisher": dossier.publisher, "paragraphs": paragraphs}, stamp_of(day)
    )


def find_unfit(letter: str, source: Source, *, numbers: frozenset[str]) -> Iterator[Problem]:
    """What a public letter may not hold; `numbers` are those of public facts."""
    if any(number not in numbers for number in NUMBER.findall(letter)):
        yield _unfit(
            "a number that is no public date or parliamentary number", "leave numbers out of the words of the letter"
        )
    if SPELLED_COUNT.search(letter):
        yield _unfit("a count in words", "leave out how many there are")
    if _names_someone(letter, source):
        yield _unfit("the name, other name or number of an organisation", "write the sentence in other words")


def _names_someone(letter: str, source: Source) -> bool:
    """Whether the words of some name stand in the letter in that order; a name of one plain word as it is written."""
    folded, written = _phrase(fold(letter)), _phrase(letter)
    for partner in source.partners:
        for text in (partner.name, *partner.aliases, partner.registration, partner.id):
            words = WORD.findall(fold(text or ""))
            plain = len(words) == 1 and words[0].isalpha()
            if words and (_phrase(text or "") in written if plain else _phrase(fold(text or "")) in folded):
                return True
    return False


def fold(text: str) -> str:
    """Letters without case and marks, so that spelling variants are equal."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(each for each in plain if not unicodedata.combining(each) and unicodedata.category(each) != "Cf")


def _phrase(text: str) -> str:
    return f" {' '.join(WORD.findall(text))} "


def _in_words(value: date | str) -> str:
    return in_words(value) if isinstance(value, date) else value


def _unfit(what: str, hint: str) -> Problem:
    return Problem(Place("templates/confidential/aanbiedingsbrief.txt"), "", f"the letter holds {what}", hint)
