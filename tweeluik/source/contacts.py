"""Persons in running text. The source holds organisations only: no address, number, account or name of a person.

Telephone numbers are found by the rules of libphonenumber, citizen service numbers and bank accounts by their own
exact tests; names of persons, and what is about one person, in modules of their own. What is found is never told.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from tweeluik.source.about_one import find_about_one
from tweeluik.source.bare_names import find_bare_names
from tweeluik.source.first_names import find_first_names
from tweeluik.source.persons import find_persons
from tweeluik.words.registration import digits_of, passes_eleven_test

if TYPE_CHECKING:
    from phonenumbers import PhoneNumberMatch

_AT = (
    r"(?:[@\ufe6b\uff20]\s?|\s?[\[({<\u2039\u00ab]\s?(?:at|apen?staart(?:je)?)\s?[\])}>\u203a\u00bb]\s?"
    r"|\s+apen?staart(?:je)?\s+|\s?[-*/|](?:at|apen?staart(?:je)?)[-*/|]\s?|_at_|\s?[\[({]\s?[a@]\s?[\])}]\s?)"
)
"""Also the small and the full-width sign, and how people write it out."""

_TOP = r"(?:nl|be|de|fr|uk|eu|com|org|net|info|nu|io|me|edu|gov|biz|frl|amsterdam|online|example)"
"""Endings of addresses, where nothing else tells that it is one."""

_EMAIL = re.compile(
    rf"(?<![\w.+%-])[\w.+%-]+(?:{_AT}[\w-]+(?:[.\uff0e][\w-]+)+"
    r"|\s+(?:at|apen?staart(?:je)?)\s+[\w-]+(?:\s+(?:dot|punt)\s+[\w-]+)+"
    r"|\s?[\[({<\u2039\u00ab]\s?(?:at|apen?staart(?:je)?)\s?[\])}>\u203a\u00bb]\s?[\w-]+"
    r"(?:\s?[\[({<\u2039\u00ab]\s?(?:dot|punt)\s?[\])}>\u203a\u00bb]\s?[\w-]+)+"
    rf"|\s?[@\uff20]\s?[\w-]+\s?[.\uff0e]\s?{_TOP}(?!\w)|\sat\s[\w-]+\.{_TOP}(?!\w)|#[\w-]+\.{_TOP}(?!\w))"
    rf"|(?<![\w.])(?:[\w.-]\s){{3,}}[@\uff20](?:\s[\w-])+\s\.(?:\s\w){{2,}}",
    re.IGNORECASE,
)

_LEAST_DIGITS = 7
"""Of any telephone number that people write in full."""

_FULL_LENGTH = 9
"""Digits of a Dutch number without its zero. What is shorter is a service's (0800) or a municipality's (14 030)."""

_PARTING = str.maketrans({"_": "-", "\u00b7": ".", "\u2022": ".", "\u2219": ".", "~": "-"})
"""Signs that people put between the groups of a number."""

_SERVICE = re.compile(r"0[89]0\d")
_SAID_IN_WORDS = re.compile(r"(?<!\w)(?:nul[\s-]?zes|[Oo][-\s]?6)(?=\W{0,3}\d)")
"""Its first two signs in words, or with a letter: `nul zes 12345678`, `O6-12345678`."""

_DIGIT_WORD = r"(?:nul|een|één|twee|drie|vier|vijf|zes|zeven|acht|negen)"
_TENS = (
    r"(?:(?:een|één|twee|drie|vier|vijf|zes|zeven|acht|negen)[eë]n)?(?:twintig|dertig|veertig|vijftig|zestig|zeventig|tachtig|negentig)"
    r"|tien|elf|twaalf|dertien|veertien|vijftien|zestien|zeventien|achttien|negentien"
)
_ALL_IN_WORDS = re.compile(
    rf"(?<!\w)(?:(?:0\s?6|{_DIGIT_WORD})[\s,-]+)(?:{_DIGIT_WORD}[\s,-]+){{6,}}{_DIGIT_WORD}(?!\w)"
    rf"|(?<!\w)(?:0\s?6|nul[\s,-]+zes)(?:[\s,-]+(?:{_DIGIT_WORD}|{_TENS})(?!\w)){{4,}}",
    re.IGNORECASE,
)
"""A number that is spelled out, digit by digit or in tens."""

_LABELLED_TELEPHONE = re.compile(
    r"(?<!\w)(?:tel(?:efoon)?(?:nr|nummer)?|mob(?:iel)?|gsm|whatsapp|fax)\s?[.:]?\s{0,2}"
    r"\+?(?:\d[\s./-]{0,2}){8,12}\d(?!\d)|(?<![\d/])0\d(?:/\d\d){4}(?![\d/])",
    re.IGNORECASE,
)

_NINE_DIGITS = re.compile(
    r"(?<![\w€$£.,-])(?<![€$£] )(?<!EUR )"
    r"(?:\d{9}|\d{4}([. -])\d\d\1\d{3}|\d{3}([ -])\d{3}\2\d{3}|\d\d([. -])\d\d\3\d\d\3\d{3})"
    r"(?![\w-]|[.,]\d| (?:euro|miljoen|miljard|procent)\b)"
)
"""Nine digits in the ways in which people group them, but for amounts."""

_LABELLED_CITIZEN = re.compile(r"(?:bsn|burgerservicen\w+|sofi-?n\w+)\W{0,3}(\d(?:[ .-]?\d){7,8})(?!\d)", re.IGNORECASE)
"""A number that is called so by its name is one, mistyped or grouped as an amount too."""

_IBAN = re.compile(r"(?<![^\W_])[A-Z]{2} ?\d\d(?:[ \u00a0.-]?[A-Z0-9]){11,30}", re.IGNORECASE)
_LABELLED_ACCOUNT = re.compile(
    r"(?<!\w)(?:bank|giro)?rek(?:ening)?\.?\s?-?(?:nr|nummer|no)?\W{0,3}(\d(?:[ .-]?\d){6,9})(?![\d,])", re.IGNORECASE
)
"""An account as it was before 2014, which only its label tells from another number."""

_IBAN_LENGTHS = {
    "AT": 20, "BE": 16, "BG": 22, "CH": 21, "CY": 28, "CZ": 24, "DE": 22, "DK": 18, "EE": 20, "ES": 24, "FI": 18,
    "FR": 27, "GB": 22, "GI": 23, "GR": 27, "HR": 21, "HU": 28, "IE": 22, "IS": 26, "IT": 27, "LI": 21, "LT": 20,
    "LU": 20, "LV": 21, "MC": 27, "MT": 31, "NL": 18, "NO": 15, "PL": 28, "PT": 25, "RO": 24, "SE": 24, "SI": 19,
    "SK": 24, "SM": 27, "TR": 26, "UA": 29,
}  # fmt: skip
"""Of ISO 13616, for the countries of SEPA, Turkey and Ukraine."""

_TAKE_OUT = "the source holds no contact details; remove it"
_NOT_THIS_ONE = "only the address in report.yaml may be used; remove it"
_PERSON = "a name of a person in the text"
_NO_PERSONS = "the source holds organisations only; remove it"


ANY_ADDRESS = "*"
"""Stands for a mailbox that is not known because the file that names it could not be read: of that it is told."""


class Contact(NamedTuple):
    """Something about a person: where it begins, what kind of thing it is, and what to do. Never what it says."""

    position: int
    what: str
    cure: str


def find_contacts(text: str, *, mailbox: str | None = None, is_name: bool = False) -> tuple[Contact, ...]:
    """Everything about persons in one line of text, but for the address `mailbox`; a kind at a time.

    `is_name`: the text is what an organisation is called; that may be called after a person, and stand for nobody.
    """
    return _contacts(text, mailbox, is_name)


@lru_cache(maxsize=1 << 12)
def _contacts(text: str, mailbox: str | None, is_name: bool) -> tuple[Contact, ...]:
    """A page asks for every line in several readings, and a preview at every change."""
    return tuple(_found(text, mailbox, is_name=is_name))


def _found(text: str, mailbox: str | None, *, is_name: bool) -> Iterator[Contact]:
    for position, address in find_emails(text):
        if mailbox is None:
            yield Contact(position, "an e-mail address in the text", _TAKE_OUT)
        elif mailbox is not ANY_ADDRESS and address.casefold() != mailbox.casefold():
            yield Contact(position, "an e-mail address in the text", _NOT_THIS_ONE)
    for what, cure, find in _KINDS:
        yield from (Contact(position, what, cure) for position in find(text))
    # Who is announced would be told twice.
    if not is_name and next(find_persons(text), None) is None:
        unannounced = {*find_bare_names(text), *find_first_names(text)}
        yield from (Contact(position, _PERSON, _NO_PERSONS) for position in sorted(unannounced))


def find_emails(text: str) -> Iterator[tuple[int, str]]:
    """Position and text of everything that reads as an e-mail address, also with "[at]"."""
    return ((found.start(), found.group()) for found in _EMAIL.finditer(text))


def find_telephones(text: str) -> Iterator[int]:
    """Position of everything that reads as a telephone number, in the Netherlands or abroad."""
    yield from (each.start() for each in _ALL_IN_WORDS.finditer(text))
    if sum(character.isdigit() for character in text) < _LEAST_DIGITS:
        return
    from phonenumbers import Leniency, PhoneNumberMatcher  # noqa: PLC0415 (wanted only where a text has digits)

    # A line may stand between the groups; inside an account number they are no telephone number.
    plain = _without_accounts(text).translate(_PARTING)
    plain = _SAID_IN_WORDS.sub(lambda each: "06".rjust(len(each[0])), plain)
    found = {match.start for match in PhoneNumberMatcher(plain, "NL", leniency=Leniency.VALID) if _is_reachable(match)}
    found.update(match.start() for match in _LABELLED_TELEPHONE.finditer(plain) if not _overlaps(match, found))
    yield from sorted(found)


def find_citizen_numbers(text: str) -> Iterator[int]:
    """Position of every nine digits that pass the test of a citizen service number; an RSIN passes it too."""
    found = {each.start() for each in _NINE_DIGITS.finditer(text) if passes_eleven_test(digits_of(each[0]))}
    yield from sorted(found | {each.start(1) for each in _LABELLED_CITIZEN.finditer(text)})


def find_accounts(text: str) -> Iterator[int]:
    """Position of every international bank account number: of the length of its country, and 1 modulo 97."""
    yield from sorted(
        {*(start for start, _ in _accounts(text)), *(each.start(1) for each in _LABELLED_ACCOUNT.finditer(text))}
    )


_KINDS: tuple[tuple[str, str, Callable[[str], Iterator[int]]], ...] = (
    ("a telephone number in the text", _TAKE_OUT, find_telephones),
    ("a citizen service number (BSN) or an RSIN in the text", _NO_PERSONS, find_citizen_numbers),
    ("a bank account (IBAN) in the text", _TAKE_OUT, find_accounts),
    (_PERSON, _NO_PERSONS, find_persons),
    ("something about one person in the text", _NO_PERSONS, find_about_one),
)


def _is_reachable(match: PhoneNumberMatch) -> bool:
    """Numbers of services count too, but not the short ones of municipalities, which read as any number (14 030)."""
    is_abroad = match.raw_string.lstrip().startswith("+")
    is_whole = len(str(match.number.national_number)) >= _FULL_LENGTH
    return is_whole or is_abroad or _SERVICE.match(match.raw_string) is not None


def _overlaps(match: re.Match[str], starts: set[int]) -> bool:
    return any(match.start() <= start < match.end() for start in starts)


def _without_accounts(text: str) -> str:
    for start, end in _accounts(text):
        text = text[:start] + "x" * (end - start) + text[end:]
    return text


def _accounts(text: str) -> Iterator[tuple[int, int]]:
    for found in _IBAN.finditer(text):
        length = _IBAN_LENGTHS.get(found[0][:2].upper(), 0)
        signs = [at for at, sign in enumerate(found[0]) if sign.isalnum()][:length]
        if length and len(signs) == length and _is_account("".join(found[0][at] for at in signs).upper()):
            yield found.start(), found.start() + signs[-1] + 1


def _is_account(iban: str) -> bool:
    """ISO 7064, MOD 97-10: the country and the check digits behind, letters as 10 to 35, leaves 1."""
    digits = "".join(str(int(sign, 36)) for sign in iban[4:] + iban[:4])
    return int(digits) % 97 == 1
