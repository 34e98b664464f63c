"""The cover letter: the one document of the bundle that anyone may read.

Its template is given public facts only. Because people may change the words, the letter is read once more: by the guard
of the public panel, and for numbers other than those of its dates and parliamentary papers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from tweeluik.checks.leaks import find_leaks
from tweeluik.confidential.documents import in_words, pdf_of, stamp_of, text_of
from tweeluik.confidential.dossier import Dossier
from tweeluik.problems import Place, Problem, SealingFailed
from tweeluik.source.records import Source
from tweeluik.withheld import withheld

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
NAMED = ("the name, other name or number of an organisation", "write the sentence in other words")
NUMBER = re.compile(r"\d+")


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
    words = {"publisher": dossier.publisher, "paragraphs": paragraphs}
    pdf = pdf_of(templates, "aanbiedingsbrief.typ", words, stamp_of(day))
    if _names_someone(pdf, "brief.pdf", source):
        raise SealingFailed(_unfit(*NAMED))
    return pdf


def find_unfit(letter: str, source: Source, *, numbers: frozenset[str]) -> Iterator[Problem]:
    """What a public letter may not hold; `numbers` are those of public facts."""
    if any(number not in numbers for number in NUMBER.findall(letter)):
        yield _unfit(
            "a number that is no public date or parliamentary number", "leave numbers out of the words of the letter"
        )
    if SPELLED_COUNT.search(letter):
        yield _unfit("a count in words", "leave out how many there are")
    if _names_someone(letter.encode(), "brief.txt", source):
        yield _unfit(*NAMED)


def _names_someone(data: bytes, name: str, source: Source) -> bool:
    return any(find_leaks({name: data}, withheld(source, ())))


def _in_words(value: date | str) -> str:
    return in_words(value) if isinstance(value, date) else value


def _unfit(what: str, hint: str) -> Problem:
    return Problem(Place("templates/confidential/aanbiedingsbrief.txt"), "", f"the letter holds {what}", hint)
