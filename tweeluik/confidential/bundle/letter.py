"""The cover letter: the one document of the bundle that anyone may read.

Its template is given public facts only. Because people may change the words and the typography, both are read once
more: by the guard of the public panel, and for numbers other than those of the public facts.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from datetime import date
from pathlib import Path

from tweeluik.checks.guard.leaks import find_leaks
from tweeluik.checks.guard.pdf import pages
from tweeluik.confidential.bundle.documents import Issue, pdf_of, reference_of, said_in, text_of
from tweeluik.confidential.bundle.dossier import Dossier
from tweeluik.door.withheld import withheld
from tweeluik.problems import Place, Problem, SealingFailed
from tweeluik.source.records import Source
from tweeluik.words import dutch
from tweeluik.words.phrases import Words

PUBLIC_FACTS = (
    "publisher", "contact", "paper", "marking", "reason", "classified_until", "decided_by",
    "inspection_from", "inspection_until", "location", "audience",
)  # fmt: skip

NAMED = ("the name, other name or number of an organisation", "write the sentence in other words")
NUMBERED = ("a number that is no public date or parliamentary number", "leave numbers out of the words of the letter")
COUNTED = ("a count in words", "leave out how many there are")

SPELLED = (
    r"(?:twee|drie|vier|vijf|zes|zeven|negen|tien|elf|twaalf|(?:der|veer|vijf|zes|zeven|acht|negen)tien"
    r"|\w*(?:twin|der|veer|vijf|zes|zeven|tach|negen)tig|honderd"
    r"|(?:twee|drie|vier|vijf|zes|zeven|acht|negen|tien|twaalf)tal|dozijn|handvol|geen enkele)"
)
ALSO_WORDS = rf"(?:{SPELLED}|één|acht|beide|enkele|enige|(?:een )?paar|(?:slechts|maar|precies|alleen) een|\d+)"
"""What counts only beside what it counts: these have other meanings too."""

NOUN = r"(?:organisatie|partner|partij|gesprek|stichting|vereniging|koepel|lid\b|leden\b)"
COUNT_OF = re.compile(rf"(?<![\w.,]){ALSO_WORDS} (?:\w+ ){{0,2}}?\w*{NOUN}|\b(?:er|zijn) (?:één|acht)\b")
SPELLED_NUMBER = re.compile(rf"\b{SPELLED}\b")


def render_letter(source: Source, dossier: Dossier, *, issue: Issue, templates: Path) -> bytes:
    """The letter as a PDF.

    Raises:
        SealingFailed: the letter tells more than the public may know; the message does not say what.
    """
    facts = {
        **{name: _in_words(getattr(dossier, name)) for name in PUBLIC_FACTS},
        "created": dutch.day(issue.day),
        "reference": reference_of(dossier, issue),
    }
    said = said_in(dossier)
    letter = text_of(templates, "aanbiedingsbrief.txt", facts, said)
    _refuse_unfit("aanbiedingsbrief.txt", find_unfit(letter, source, facts=facts.values()))
    paragraphs = [" ".join(each.split()) for each in re.split(r"\n\s*\n", letter) if each.strip()]
    words = {"publisher": dossier.publisher, "paragraphs": paragraphs}
    pdf = pdf_of(templates, "aanbiedingsbrief.typ", words, issue.day, said)
    printed = _without_page_numbers(pages(pdf), said)
    _refuse_unfit("aanbiedingsbrief.typ", find_unfit(printed, source, facts=facts.values()))
    if _names_someone(pdf, "brief.pdf", source):
        _refuse_unfit("aanbiedingsbrief.typ", iter([NAMED]))
    return pdf


def find_unfit(letter: str, source: Source, *, facts: Collection[str]) -> Iterator[tuple[str, str]]:
    """What a public letter may not hold, and the cure; `facts` are public, with their numbers."""
    text = _plain(letter)
    for fact in sorted(filter(None, map(_plain, facts)), key=len, reverse=True):
        if not COUNT_OF.search(fact):
            text = _wherever_lines_end(fact).sub("…", text)
    if any(each.isnumeric() for each in text):
        yield NUMBERED
    if SPELLED_NUMBER.search(text) or COUNT_OF.search(text):
        yield COUNTED
    if _names_someone(letter.encode(), "brief.txt", source):
        yield NAMED


def _without_page_numbers(printed: Sequence[str], said: Words) -> str:
    """The text of all pages, of each without the line that says which of how many it is."""
    return "\n".join(
        text.replace(said.fill("paper.page_of", page=page, pages=len(printed)), "…")
        for page, text in enumerate(printed, start=1)
    )


def _wherever_lines_end(fact: str) -> re.Pattern[str]:
    """The fact also where a page breaks it; a PDF may give a hyphen at the end of a line as another character."""
    letters = (r"[-\x02\ufffe]?" if each == "-" else re.escape(each) for each in fact if each != " ")
    return re.compile(r"\s*".join(letters))


def _plain(text: str) -> str:
    """In lower case, with one space between words, and without what is not seen, such as soft hyphens."""
    shown = (each for each in unicodedata.normalize("NFKC", text) if unicodedata.category(each) != "Cf")
    return " ".join("".join(shown).lower().split())


def _names_someone(data: bytes, name: str, source: Source) -> bool:
    return any(find_leaks({name: data}, withheld(source, ())))


def _in_words(value: date | str) -> str:
    return dutch.day(value) if isinstance(value, date) else value


def _refuse_unfit(template: str, unfit: Iterator[tuple[str, str]]) -> None:
    place = Place(f"templates/confidential/{template}")
    problems = tuple(Problem(place, "", f"the letter holds {what}", hint) for what, hint in unfit)
    if problems:
        raise SealingFailed(problems)
