"""A cell -> text or a number of an organisation, or why not."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from tweeluik.problems import Place
from tweeluik.sheets.files.model import Cell
from tweeluik.sheets.misfits import DoesNotFit
from tweeluik.source.contacts import find_contacts
from tweeluik.source.nodes import Scalar
from tweeluik.source.reading import Reading
from tweeluik.source.texts import LONGEST_NAME, read_text
from tweeluik.words.folding import letters
from tweeluik.words.garbled import is_garbled
from tweeluik.words.legal_forms import is_form_alone
from tweeluik.words.registration import KVK_DIGITS, RSIN_DIGITS, digits_of, passes_eleven_test
from tweeluik.words.said import all_of, message, said

NONE = frozenset(("-", "--", "geen", "none"))
"""Says that there is none, where an empty cell says nothing."""

_NOT_TOLD = frozenset(("-", "--", "geen", "nvt", "onbekend", "?", "none"))

WHOLE_PARTS = re.compile(r"[;\n]")
_PART = re.compile(r'\s*"((?:[^"]|"")+)"\s*(?=[;\n]|$)|([^;\n]+)')
_NEEDS_QUOTES = re.compile('[;,\n"]')
_SHORT_NAME = re.compile(r"[A-Z0-9][A-Za-z0-9&.-]{1,11}")


def text(cell: Cell) -> str:
    """A name, in one line."""
    if is_garbled(cell.text):
        raise DoesNotFit(said("letters that went wrong on the way: type the text again, or save a CSV as UTF-8"))
    reading = Reading()
    found = read_text(Scalar(Place(""), cell.text, "text"), "", reading)
    if found is None:
        raise DoesNotFit(said("a sign that nobody sees: type the text again"))
    if not letters(found):
        raise DoesNotFit(said("a name without letters"))
    if len(found) > LONGEST_NAME:
        raise DoesNotFit(said("a name of more than {number} signs", number=LONGEST_NAME))
    contacts = list(dict.fromkeys(each.what for each in find_contacts(found, is_name=True)))
    if contacts:
        what = "{what}: remove it, the source knows no persons"
        raise DoesNotFit(said(what, what=all_of(map(message, contacts))))
    return found


def name(cell: Cell) -> str:
    """A name that is more than a legal form."""
    found = text(cell)
    if is_form_alone(found):
        raise DoesNotFit(said("a legal form, and no name beside it: write the whole name"))
    return found


def aliases(cell: Cell) -> tuple[str, ...]:
    """Other names, behind each other with semicolons; letters that stand for names with commas too."""
    if is_not_told(cell):
        return ()
    parts = [each.strip() for each in cell.text.split(",")]
    if len(parts) == 1 or not all(_SHORT_NAME.fullmatch(each) for each in parts):
        parts = parted(cell.text)
    found = (text(replace(cell, text=each)) for each in parts if each.strip())
    return tuple({letters(each) or each: each for each in found}.values())


def parted(written: str) -> list[str]:
    """The parts of a list, with semicolons or line ends between them; a part that holds one stands in quotes."""
    found = (each[1].replace('""', '"') if each[1] else each[2] for each in _PART.finditer(written))
    return [each.strip() for each in found if each.strip()]


def joined(texts: Iterable[str]) -> str:
    """A list as `parted` reads it."""
    return "; ".join('"' + each.replace('"', '""') + '"' if _NEEDS_QUOTES.search(each) else each for each in texts)


def registration(cell: Cell) -> str | None:
    """A number of the trade register, its eight digits."""
    if is_not_told(cell):
        return None
    digits = digits_of(cell.text)
    rest = re.sub(r"[\d\s.\-:'’]|kvk|nr|nummer", "", cell.text, flags=re.IGNORECASE)
    if rest:
        raise DoesNotFit(said("no number of the KvK: that has eight digits"))
    if len(digits) == KVK_DIGITS and digits.strip("0"):
        return digits
    if passes_eleven_test(digits):
        raise DoesNotFit(said("this is an RSIN (nine digits): put it in the column RSIN"))
    if cell.is_number and 0 < len(digits) < KVK_DIGITS:
        what = "a KvK number of {number} digits: zeros at its beginning were probably lost; make the column text"
        raise DoesNotFit(said(what, number=len(digits)))
    raise DoesNotFit(said("a KvK number of {number} digits: it has eight", number=len(digits)))


def rsin(cell: Cell) -> str | None:
    """A number of the tax office, its nine digits."""
    if is_not_told(cell):
        return None
    digits = digits_of(cell.text) if re.fullmatch(r"[\d\s.]+", cell.text) else ""
    if cell.is_number and digits:
        digits = digits.zfill(RSIN_DIGITS)
    if not passes_eleven_test(digits):
        what = "no RSIN: that has nine digits and passes the eleven test; see whether it was copied well"
        raise DoesNotFit(said(what))
    return digits


def is_not_told(cell: Cell) -> bool:
    """Whether somebody filled in that there is nothing to fill in."""
    return cell.text in _NOT_TOLD or letters(cell.text) in _NOT_TOLD


def is_none(cell: Cell) -> bool:
    """Whether somebody filled in that there is none (any more)."""
    return cell.text.casefold() in NONE
