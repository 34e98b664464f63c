"""The papers of a reviewer, by the templates in `templates/review/`: pages by Jinja2, PDF by typst."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from tweeluik.paper import theme
from tweeluik.paper.folder import NotFilled, fill
from tweeluik.paper.tags import mark_row_heads
from tweeluik.paper.typesetting import NotTypeset, typeset
from tweeluik.problems import Place, Problem, SourceHasProblems
from tweeluik.words.reviewing import REVIEW

FOLDER = "review"


def render_html(templates: Path, name: str, words: Mapping[str, object]) -> bytes:
    """A page; everything is escaped, and an unknown word is an error.

    Raises:
        SourceHasProblems: the template is missing or wrong; the message names it, never a value.
    """
    seen = {"theme": _theme(templates), "say": REVIEW.fill}
    try:
        return fill(templates / FOLDER, name, words, seen=seen, is_markup=True).encode()
    except NotFilled:
        raise _wrong(name) from None


def render_pdf(templates: Path, name: str, words: Mapping[str, object], day: date) -> bytes:
    """A tagged PDF (PDF/UA-1, PDF/A-2a) that bears a day that was given.

    Raises:
        SourceHasProblems: as `render_html`.
    """
    given = {**words, "theme": _theme(templates).for_typst, "say": REVIEW.for_typst}
    try:
        return mark_row_heads(typeset(templates / FOLDER / name, given, day=day))
    except NotTypeset:
        raise _wrong(name) from None


def _theme(templates: Path) -> theme.Theme:
    """The look of the papers is that of the pages."""
    try:
        return theme.read_theme(templates / theme.FOLDER)
    except theme.ThemeIsWrong as wrong:
        raise _problem(f"{theme.FOLDER.as_posix()}/{wrong.file}", wrong.line, wrong.what) from None


def _wrong(name: str) -> SourceHasProblems:
    return _problem(f"{FOLDER}/{name}", 0, "this template is missing or wrong")


def _problem(file: str, line: int, what: str) -> SourceHasProblems:
    hint = "compare it with the one that came with Tweeluik"
    return SourceHasProblems(Problem(Place(f"templates/{file}", line, 1 if line else 0), "", what, hint))
