"""Rows of a table that are no records: totals, headings once more, notes; and cells that a spreadsheet could not fill.

Of such a row one thing is told: what is wrong with each of its cells follows from that.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import zip_longest
from typing import NamedTuple

from tweeluik.problems import Place, Problem
from tweeluik.source.asides import AGAIN, WRITE_AGAIN, says_again
from tweeluik.source.days import Day
from tweeluik.source.dutch_words import key_of, value_of
from tweeluik.source.schema import Field, Shape
from tweeluik.source.texts import Choice
from tweeluik.words.folding import letters

FAILED = re.compile(
    r"#{2,}|#(?:NAAM\?|VERW!|WAARDE!|N/B|DEEL/0!|GETAL!|LEEG!|OVERLOOP!|NAME\?|REF!|VALUE!|N/A|DIV/0!|NUM!|NULL!|SPILL!)",
    re.IGNORECASE,
)
"""What a Dutch or an English spreadsheet writes for a formula that failed, or where a column is too narrow."""

_TOTAL = re.compile(r"(?:sub|eind)?tota(?:al|len)\b|som\b|gemiddelde?\b|aantal\b|grand total\b|total\b", re.IGNORECASE)
_FORMULA = re.compile(r"[=+@](?=[A-Za-z(\"])")
_LEAST = 2
"""Cells that say with their headings that a row holds these once more."""


class Cell(NamedTuple):
    """One cell of a row."""

    place: Place
    text: str

    def __repr__(self) -> str:
        return f"<a cell at {self.place}>"


def find_oddity(header: Sequence[Cell], row: Sequence[Cell], shape: Shape[object]) -> Problem | None:
    """The one thing that is to be told of a row; None where it is a record as far as anybody can see."""
    return next((told for find in _ODDITIES if (told := find(header, row, shape)) is not None), None)


def _total(_header: Sequence[Cell], row: Sequence[Cell], shape: Shape[object]) -> Problem | None:
    first = next(cell for cell in row if cell.text)
    found = next((cell for cell in row if _TOTAL.match(cell.text)), None)
    days = [each for each in shape.fields if isinstance(each.kind, Day)]
    if found is None or (found is not first and any(_may_be(first.text, each) for each in days)):
        return None
    return Problem(row[0].place, "", "a row that is a total", "remove it: totals are counted by the program")


def _headings(header: Sequence[Cell], row: Sequence[Cell], shape: Shape[object]) -> Problem | None:
    known = {each.key for each in shape.fields}
    again = [one for one, other in zip(row, header, strict=False) if one.text and _key(one.text, known) == other.text]
    if len(again) < max(_LEAST, sum(bool(each.text) for each in row) - 1):
        return None
    return Problem(row[0].place, "", "the headings of the table once more", "remove the row")


def _key(text: str, known: set[str]) -> str | None:
    return text.casefold() if text.casefold() in known else key_of(text, known)


def _failed(_header: Sequence[Cell], row: Sequence[Cell], _shape: Shape[object]) -> Problem | None:
    for cell in row:
        if FAILED.fullmatch(cell.text):
            what = "a cell whose value the spreadsheet could not show"
            return Problem(cell.place, "", what, "widen its column or mend its formula, and save the table again")
        if _FORMULA.match(cell.text):
            return Problem(cell.place, "", "a formula in a cell", "write its outcome")
    return None


def _again(_header: Sequence[Cell], row: Sequence[Cell], _shape: Shape[object]) -> Problem | None:
    found = next((cell for cell in row if says_again(cell.text)), None)
    return None if found is None else Problem(found.place, "", AGAIN, WRITE_AGAIN)


def _no_record(header: Sequence[Cell], row: Sequence[Cell], shape: Shape[object]) -> Problem | None:
    """A note or a second row of headings: nothing in it that has a form has it, not even nearly."""
    texts = {name.text: cell.text for name, cell in zip_longest(header, row, fillvalue=Cell(row[0].place, ""))}
    asked = [each for each in shape.fields if each.required and isinstance(each.kind, Day | Choice)]
    if not asked or any(_may_be(texts.get(each.key, ""), each) for each in asked):
        return None
    what = "a row that is no record"
    return Problem(row[0].place, "", what, "remove it: notes and second headings do not belong in a table")


def _may_be(text: str, field: Field) -> bool:
    """Whether a text may be meant as a value of a field: a day has a digit in it, a word is one of a few."""
    if isinstance(field.kind, Day):
        return any(sign.isdecimal() for sign in text)
    if not isinstance(field.kind, Choice):
        return False
    choices = field.kind.choices
    return letters(text) in map(letters, choices) or value_of(text, choices) is not None


_ODDITIES: tuple[Callable[[Sequence[Cell], Sequence[Cell], Shape[object]], Problem | None], ...] = (
    _total, _headings, _failed, _again, _no_record,
)  # fmt: skip
