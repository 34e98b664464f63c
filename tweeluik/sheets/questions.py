"""The sheet with questions that an import gives back, and the answers that somebody filled in there."""

from __future__ import annotations

from collections.abc import Iterator

from tweeluik.sheets.answers import Answer, answer
from tweeluik.sheets.files.model import Book, Sheet
from tweeluik.sheets.misfits import ASKED
from tweeluik.words.folding import letters
from tweeluik.words.said import said

SHEET = "Vragen"
HEADINGS = ("Kolom", "Wat er staat", "Rijen", "Betekent", "Misschien")


def read_questions(book: Book) -> tuple[Answer, ...]:
    """What was filled in behind the questions of an earlier import."""
    return tuple(answer for sheet in book.sheets if is_ours(sheet) for answer in _answers(sheet))


def is_ours(sheet: Sheet) -> bool:
    """Whether an import made this sheet."""
    if sheet.name != SHEET or not sheet.rows:
        return False
    first = sheet.rows[0].cells
    return [letters(first[at].text) if at in first else "" for at in range(1, 5)] == [
        letters(each) for each in HEADINGS[:4]
    ]


def _answers(sheet: Sheet) -> Iterator[Answer]:
    about = {letters(said(label).shown("nl")): key for key, label in ASKED.items()}
    for row in sheet.rows[1:]:
        kind, written, meant = (row.cells[at].text if at in row.cells else "" for at in (1, 2, 4))
        if (asked := about.get(letters(kind))) is not None and written and meant:
            yield answer(asked, written, meant)
