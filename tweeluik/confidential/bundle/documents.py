"""The readable half of a dossier: every document from a template in `templates/confidential/`, with the same words.

HTML and plain text by Jinja2, PDF by typst: tagged (PDF/UA-1), made to last (PDF/A-2a), with typst's own fonts, so that
the same dossier gives the same bytes on any machine.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateError

from tweeluik.confidential.bundle.dossier import Dossier
from tweeluik.paper.tags import mark_row_heads
from tweeluik.problems import Place, Problem, SealingFailed
from tweeluik.selection.rules import PARTNER_RULES

MONTHS = (
    "januari", "februari", "maart", "april", "mei", "juni",
    "juli", "augustus", "september", "oktober", "november", "december",
)  # fmt: skip

READ_ME = "00-LEES-MIJ.txt"
OVERVIEW = "01-overzicht"
LETTER = "03-aanbiedingsbrief.pdf"
TEMPLATES = {
    f"{OVERVIEW}.pdf": "overzicht.typ",
    "04-ontvangstbewijs.pdf": "ontvangstbewijs.typ",
    "05-inzageregister.pdf": "inzageregister.typ",
    "06-afsluiting.pdf": "afsluiting.typ",
}
"""PDFs that bear the marking and the copy's mark on every page."""


def in_words(day: date) -> str:
    """A date as a Dutch reader writes it."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


GROUNDS = "gronden.json"
"""The rules by which organisations are left out, in words: every rule's number and its sentence."""


def render_documents(dossier: Dossier, *, mark: str, day: date, templates: Path) -> dict[str, bytes]:
    """All documents of one copy: `mark` is its visible mark ("Exemplaar 1 van 3"), `day` the date in the PDFs.

    Raises:
        SealingFailed: a template is missing or wrong; the message names the template, never a value.
    """
    words = wording(dossier, mark=mark, grounds=grounds_of(templates))
    stamp = stamp_of(day)
    return {
        READ_ME: for_notepad(text_of(templates, "lees-mij.txt", words)),
        f"{OVERVIEW}.html": text_of(templates, "overzicht.html", words).encode(),
        **{name: pdf_of(templates, template, words, stamp) for name, template in TEMPLATES.items()},
    }


def wording(dossier: Dossier, *, mark: str, grounds: Mapping[str, str]) -> dict[str, Any]:
    """What a template may use: the dossier with its dates and rules in words, and the copy's mark."""
    values = {name: in_words(value) if isinstance(value, date) else value for name, value in asdict(dossier).items()}
    return {
        **values,
        "mark": mark,
        "number_of_organisations": len(dossier.organisations),
        "grounds": [{"text": grounds[each.rule], "count": each.count} for each in dossier.grounds],
    }


def grounds_of(templates: Path) -> dict[str, str]:
    """The sentence of every rule, by its number."""
    try:
        found = json.loads((templates / GROUNDS).read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        raise _wrong_template(GROUNDS) from None
    numbers = {rule.number for rule in PARTNER_RULES}
    if (
        not isinstance(found, dict)
        or set(found) != numbers
        or not all(isinstance(each, str) for each in found.values())
    ):
        raise _wrong_template(GROUNDS)
    return found


def stamp_of(day: date) -> datetime:
    """The time that a PDF bears: midnight of a day that was given, never the clock."""
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def for_notepad(text: str) -> bytes:
    """Plain text as any Notepad of Windows reads it: its line ends, and a mark in front that says UTF-8."""
    return text.replace("\n", "\r\n").encode("utf-8-sig")


def text_of(templates: Path, name: str, words: dict[str, Any]) -> str:
    """A document by Jinja2."""
    environment = Environment(
        loader=FileSystemLoader(templates),
        autoescape=name.endswith(".html"),  # the others are plain text
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    try:
        return environment.get_template(name).render(words)
    except (TemplateError, OSError, UnicodeDecodeError):
        raise _wrong_template(name) from None


def pdf_of(templates: Path, name: str, words: dict[str, Any], stamp: datetime) -> bytes:
    """A document by typst, with what its template may use as JSON."""
    import typst  # noqa: PLC0415 (heavy: only where a PDF is made)

    try:
        pdf: bytes = typst.compile(
            templates / name,
            root=templates,
            format="pdf",
            pdf_standards=["a-2a", "ua-1"],
            sys_inputs={"data": json.dumps(words, ensure_ascii=False)},
            ignore_system_fonts=True,
            timestamp=stamp,
        )
    except (RuntimeError, OSError, ValueError):  # typst's messages may quote what they were given
        raise _wrong_template(name) from None
    return mark_row_heads(pdf)


def _wrong_template(name: str) -> SealingFailed:
    hint = "compare it with the one that came with Tweeluik"
    return SealingFailed(
        Problem(Place(f"templates/confidential/{name}"), "", "this template is missing or wrong", hint)
    )
