"""The readable half of a dossier: every document from a template in `templates/confidential/`, with the same words.

HTML and plain text by Jinja2, PDF by typst: the same dossier gives the same bytes on any machine.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from pathlib import Path

from tweeluik.confidential.bundle.dossier import Dossier
from tweeluik.paper import theme
from tweeluik.paper.folder import NotFilled, fill
from tweeluik.paper.tags import mark_row_heads
from tweeluik.paper.typesetting import NotTypeset, typeset
from tweeluik.problems import Place, Problem, SealingFailed
from tweeluik.words import dutch
from tweeluik.words.papers import PAPERS
from tweeluik.words.phrases import Words

READ_ME = "00-LEES-MIJ.txt"
OVERVIEW = "01-overzicht"
LETTER = "03-aanbiedingsbrief.pdf"
CLOSING = "afsluiting.typ"
TEMPLATES = {
    f"{OVERVIEW}.pdf": "overzicht.typ",
    "04-ontvangstbewijs.pdf": "ontvangstbewijs.typ",
    "05-inzageregister.pdf": "inzageregister.typ",
    "06-afsluiting.pdf": CLOSING,
}
"""PDFs that bear the marking and the copy's mark on every page."""

SATURDAY = 5
FEWEST_LINES = 28
"""On two sheets of the register, on its side."""


@dataclass(frozen=True, slots=True)
class Issue:
    """Which of the bundles of an edition: the day that it bears, its sequence number, and what it supersedes."""

    day: date
    sequence: int = 1
    supersedes: tuple[str, ...] = ()
    copies: tuple[tuple[str, str], ...] = ()
    """The visible mark of every copy, and the roles that it is sealed to."""


def render_documents(dossier: Dossier, *, mark: str, issue: Issue, templates: Path) -> dict[str, bytes]:
    """All documents of one copy; `mark` is its visible mark ("Exemplaar 1 van 3").

    Raises:
        SealingFailed: a template is missing or wrong; the message names the template, never a value.
    """
    words, said = wording(dossier, mark=mark, issue=issue), said_in(dossier)
    return {
        READ_ME: for_notepad(text_of(templates, "lees-mij.txt", words, said)),
        f"{OVERVIEW}.html": text_of(templates, "overzicht.html", words, said).encode(),
        **{name: pdf_of(templates, template, words, issue.day, said) for name, template in TEMPLATES.items()},
    }


def said_in(dossier: Dossier) -> Words:
    """The texts of the papers, with what the ministry says otherwise."""
    return PAPERS.own(dict(dossier.wording))


def wording(dossier: Dossier, *, mark: str, issue: Issue) -> dict[str, object]:
    """What a template may use: the dossier with its dates and rules in words, the copy's mark, its issue."""
    said = said_in(dossier)
    values = {name: dutch.day(value) if isinstance(value, date) else value for name, value in asdict(dossier).items()}
    return {
        **values,
        "mark": mark,
        "created": dutch.day(issue.day),
        "sequence": issue.sequence,
        "supersedes": issue.supersedes,
        "copies": [{"mark": mark, "roles": roles} for mark, roles in issue.copies],
        "reference": reference_of(dossier, issue),
        "register_lines": _register_lines(dossier),
        "closing": None,
        "number_of_organisations": len(dossier.organisations),
        "grounds": [{"text": said.text(f"ground.{each.rule}"), "count": each.count} for each in dossier.grounds],
    }


def reference_of(dossier: Dossier, issue: Issue) -> str:
    """By what people refer to a bundle. An edition's id is public."""
    return f"{dossier.edition}/{issue.sequence}"


def _register_lines(dossier: Dossier) -> int:
    """A line for every working day of the inspection, and two sheets at least."""
    days = (dossier.inspection_until - dossier.inspection_from).days + 1
    working = sum((dossier.inspection_from + timedelta(day)).weekday() < SATURDAY for day in range(days))
    return max(FEWEST_LINES, working)


def for_notepad(text: str) -> bytes:
    """Plain text as any Notepad of Windows reads it: its line ends, and a mark in front that says UTF-8."""
    return text.replace("\n", "\r\n").encode("utf-8-sig")


def text_of(templates: Path, name: str, words: Mapping[str, object], said: Words = PAPERS) -> str:
    """A document by Jinja2, in which `say` is what the catalogue has."""
    seen: dict[str, object] = {"say": said.fill}
    if name.endswith(".html"):
        seen["theme"] = theme_of(templates)
    try:
        return fill(templates, name, words, seen=seen, is_markup=name.endswith((".html", ".xml")))
    except NotFilled:
        raise _wrong_template(name) from None


def pdf_of(templates: Path, name: str, words: Mapping[str, object], day: date, said: Words = PAPERS) -> bytes:
    """A document by typst, which bears a day that was given, never the clock's."""
    given = {**words, "theme": theme_of(templates).for_typst, "say": said.for_typst}
    try:
        return mark_row_heads(typeset(templates / name, given, day=day))
    except NotTypeset:
        raise _wrong_template(name) from None


def theme_of(templates: Path) -> theme.Theme:
    """The look of the papers: that of the public pages, which is among the templates beside these."""
    try:
        return theme.read_theme(templates.parent / theme.FOLDER)
    except theme.ThemeIsWrong as wrong:
        place = Place(f"templates/{theme.FOLDER.as_posix()}/{wrong.file}", wrong.line, 1 if wrong.line else 0)
        raise SealingFailed(Problem(place, "", wrong.what, _HINT)) from None


_HINT = "compare it with the one that came with Tweeluik"


def _wrong_template(name: str) -> SealingFailed:
    return SealingFailed(
        Problem(Place(f"templates/confidential/{name}"), "", "this template is missing or wrong", _HINT)
    )
