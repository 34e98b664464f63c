"""Numbers of organisations: of the trade register (KvK, eight digits) and of the tax office (RSIN, nine digits).

However they are written, only the digits count. A number that is neither is met with what to type instead.
"""

from __future__ import annotations

import re
import unicodedata

KVK_DIGITS = 8
RSIN_DIGITS = 9
BRANCH_DIGITS = 12

LEAST_OF_KVK = 5
"""So many digits are left when a spreadsheet drops the zeros with which a number of the register begins."""

_SUBDOSSIER = "0000"
"""Stood behind a number of the register before branches had numbers of their own."""

_NINE = re.compile("[0-9]{9}")
_WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2, -1)
_GAP = "[ .\u00a0\u202f-]?"
_NUMBER = rf"(?:NL)?(\d(?:{_GAP}\d)*)(?:B\d\d)?(?!\d)"
_LABELLED = re.compile(
    r"(?<!\w)(?:kvk|k\.v\.k\.|kamer van koophandel|handelsregister|rsin|fiscaal|btw|vat|dossier|vestigings?)"
    rf"(?:[\s-]*(?:nummer|number|nr|no|id))?[\s.:=-]*{_NUMBER}",
    re.IGNORECASE,
)
_UNLABELLED = re.compile(rf"(?<![\w.-])(?<!\d,){_NUMBER}(?!\w)", re.IGNORECASE)
_ALONE = re.compile(rf"\s*{_NUMBER}\s*", re.IGNORECASE)
_DATE = re.compile(r"(?<!\d)(?:\d\d?[-. /]\d\d?[-. /](?:19|20)\d\d|(?:19|20)\d\d[-. /]\d\d?[-. /]\d\d?)(?!\d)")


def passes_eleven_test(digits: str) -> bool:
    """Whether nine digits are a number of the tax office: of an organisation (RSIN) or of a citizen (BSN).

    The digits weighed with 9 to 2, and the last with -1, add up to a multiple of 11 (Logisch Ontwerp BSN, 1.3).
    """
    if not _NINE.fullmatch(digits) or not digits.strip("0"):
        return False
    return sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, digits, strict=True)) % 11 == 0


def numbers(text: str) -> frozenset[str]:
    """Every number of an organisation that a line of text holds, digits only, dropped zeros put back.

    A number that is too short counts only where it can be nothing else: behind a label (`KvK 914263`) or alone.
    """
    if (alone := _ALONE.fullmatch(text)) is not None and (found := _meant(alone[1])):
        return found
    labelled: list[str] = _LABELLED.findall(text)
    runs: list[str] = _UNLABELLED.findall(_DATE.sub(" ", _LABELLED.sub(" ", text)))
    groups = (group for run in runs for group in (run, *run.split()))
    return frozenset().union(*map(_meant, labelled), *map(_complete, groups))


def without_numbers(text: str) -> str:
    """What a line of text holds besides numbers of organisations."""
    rest = _LABELLED.sub(" ", text)
    return _UNLABELLED.sub(lambda found: " " if _complete(found[1]) else found[0], rest).strip(" ,;:-()")


def mistyped(text: str) -> str:
    """What to type instead of a number that is nobody's; empty when nothing in the text is meant as such a number."""
    alone = _ALONE.fullmatch(text)
    meant = [alone[1]] if alone is not None else _LABELLED.findall(text)
    return next((cure(each) for each in meant if not _meant(each)), "")


def cure(number: str) -> str:
    """What to type instead of digits that are no number of the trade register or the tax office."""
    digits = digits_of(number)
    if not digits.strip("0"):
        return "zeros are nobody's number: leave it out"
    if len(digits) == BRANCH_DIGITS:
        return "twelve digits are the number of a branch: type the eight digits of the organisation (KvK)"
    if len(digits) == RSIN_DIGITS:
        return "nine digits that are no RSIN: look for a typing error, or type the eight digits of the trade register"
    if len(digits) < KVK_DIGITS:
        return "too few digits; a spreadsheet drops zeros in front: type all eight, in quotes"
    return "type the eight digits of the trade register (KvK)"


def _meant(number: str) -> frozenset[str]:
    digits = digits_of(number)
    is_short = LEAST_OF_KVK <= len(digits) < KVK_DIGITS and bool(digits.strip("0"))
    return frozenset((digits.zfill(KVK_DIGITS),)) if is_short else _complete(digits)


def _complete(number: str) -> frozenset[str]:
    """What digits may be: eight of the register, or of the tax office without its first zero."""
    digits = digits_of(number)
    if len(digits) == BRANCH_DIGITS and digits.endswith(_SUBDOSSIER):
        digits = digits[:KVK_DIGITS]
    found = {digits} if len(digits) == KVK_DIGITS and digits.strip("0") else set()
    return frozenset(found | {each for each in (digits, f"0{digits}") if passes_eleven_test(each)})


def digits_of(text: str) -> str:
    """The digits of a text, from whatever script, as the register writes them."""
    return "".join(str(unicodedata.decimal(each)) for each in text if each.isdecimal())
