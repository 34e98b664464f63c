"""Persons in running text. The source holds organisations only: no address, number, account or name of a person.

Telephone numbers are found by the rules of libphonenumber, citizen service numbers and bank accounts by their own
exact tests, names of persons where people announce one: "t.a.v. mevr. …". What is found is never told.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from tweeluik.words.given_names import is_given_name
from tweeluik.words.registration import passes_eleven_test

if TYPE_CHECKING:
    from phonenumbers import PhoneNumberMatch

_AT = (
    r"(?:[@\ufe6b\uff20]\s?|\s?[\[({<\u2039\u00ab]\s?(?:at|apen?staart(?:je)?)\s?[\])}>\u203a\u00bb]\s?"
    r"|\s+apen?staart(?:je)?\s+|\s?-(?:at|apen?staart(?:je)?)-\s?|_at_)"
)
"""Also the small and the full-width sign, and how people write it out."""

_EMAIL = re.compile(
    rf"(?<![\w.+%-])[\w.+%-]+(?:{_AT}[\w-]+(?:[.\uff0e][\w-]+)+"
    r"|\s+(?:at|apen?staart(?:je)?)\s+[\w-]+(?:\s+(?:dot|punt)\s+[\w-]+)+"
    r"|\s?[\[({<\u2039\u00ab]\s?(?:at|apen?staart(?:je)?)\s?[\])}>\u203a\u00bb]\s?[\w-]+"
    r"(?:\s?[\[({<\u2039\u00ab]\s?(?:dot|punt)\s?[\])}>\u203a\u00bb]\s?[\w-]+)+"
    r"|\s?[@\uff20]\s?[\w-]+\s?[.\uff0e]\s?(?:nl|be|de|eu|com|org|net|info)(?!\w))",
    re.IGNORECASE,
)

_LEAST_DIGITS = 7
"""Of any telephone number that people write in full."""

_FULL_LENGTH = 9
"""Digits of a Dutch number without its zero. What is shorter is a service's (0800) or a municipality's (14 030)."""

_SERVICE = re.compile(r"0[89]0\d")
_SAID_IN_WORDS = re.compile(r"(?<!\w)(?:nul[\s-]?zes|[Oo][-\s]?6)(?=\W{0,3}\d)")
"""Its first two signs in words, or with a letter: `nul zes 12345678`, `O6-12345678`."""

_DIGIT_WORD = r"(?:nul|een|één|twee|drie|vier|vijf|zes|zeven|acht|negen)"
_ALL_IN_WORDS = re.compile(
    rf"(?<!\w)(?:(?:0\s?6|{_DIGIT_WORD})[\s,-]+)(?:{_DIGIT_WORD}[\s,-]+){{6,}}{_DIGIT_WORD}(?!\w)", re.IGNORECASE
)
"""A number that is spelled out, digit by digit."""

_LABELLED_TELEPHONE = re.compile(
    r"(?<!\w)(?:tel(?:efoon)?(?:nr|nummer)?|mob(?:iel)?|gsm|whatsapp|fax)\s?[.:]?\s{0,2}"
    r"\+?(?:\d[\s./-]{0,2}){8,12}\d(?!\d)",
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

_BETWEEN = r"(?:(?:van|de|der|den|het|ten|ter|te|['’]t|la|le|el|al|bin|ibn|von|zu)\s)*"
_SURNAME = rf"{_BETWEEN}(?:d['’])?[A-ZÀ-Þ][\w'’-]+"
_INITIALS = r"(?:[A-ZÀ-Þ][a-z]?\.\s?)+"
_DEGREE = r"(?:(?:mr|dr|drs|ir|ing|prof|ds|bc)\.\s?)*"
_TITLE = (
    r"(?:[Mm]evr(?:\.|ouw)?|MEVROUW|MEVR\.|[Mm]ej\.|[Hh]r\.|[Mm]w\.?|MW\.|[Dd]hr\.?|DHR\.?|[Dd]e\s+[Hh]eer|DE\s+HEER|[Mm]eneer|[Mm]ijnheer"
    r"|[Ff]am\.|(?<=[Dd]e )familie"
    r"|[Ee]chtpaar|de\s+heren|Herr|Frau|Mrs\.|Ms\.|[Dd]ominee|[Dd]s\.|imam|pastoor|rabbijn|pater|[Zz]r\.)"
)
_OFFICE = r"(?:[Dd]e\s)?(?:Voorzitter|Minister|Staatssecretaris|Burgemeester|President|Wethouder|Secretaris)\b"
_ANNOUNCED = (
    r"(?:[Tt]\.?\s?[Aa]\.?\s?[Vv]\.?:?|[Tt]er attentie van|[Cc]ontact(?:persoon|gegevens)?:|[Cc]ontactpersoon(?: is)?"
    r"|[Aa]anspreekpersoon(?: is|:)?|[Vv]raag naar|[Aa]anspreekpunt(?: is|:)?|Aan:|[Aa]ttn\.?:?|[Cc]/o|[Pp]/a"
    r"|(?:[Vv]oorzitter|[Ss]ecretaris|[Pp]enningmeester|[Dd]irecteur"
    r"|[Cc]oördinator|[Bb]eheer(?:der)?|[Bb]estuur(?:slid)?):)"
)
_NOBODY = (
    r"(?:Afdeling|Team|Redactie|Directie|Ministerie|Gemeente|Bestuur|Secretariaat|Bureau|College|Commissie|Tweede"
    r"|Eerste|Centraal|Dienst|Programma|Stichting|Vereniging|Loket|Postbus|Postkamer|Kamer|Leden|Griffie"
    r"|Alle|De|Het|Een)\b"
)
"""Whom a letter may be addressed to without naming a person."""

_PERSON = re.compile(
    rf"(?<!\w)(?:{_TITLE}(?:\s+|(?<=\.)){_DEGREE}(?!{_OFFICE})(?:{_INITIALS}\s?|[A-ZÀ-Þ]{{1,3}}\s)?{_SURNAME}"
    rf"|{_ANNOUNCED}\s+{_DEGREE}(?!{_NOBODY})(?:{_INITIALS}\s?{_SURNAME}|[A-ZÀ-Þ][a-zà-ÿ]+\s{_SURNAME}))"
)

_ROLE = (
    r"(?:voorzitter|secretaris|penningmeester|directeur|bestuurder|coördinator|beheerder|projectleider|beleidsmedewerker"
    r"|adviseur|accountmanager|notulist)"
)
_OF_A_CLUB = r"(?!(?:[SVRKC]\.){2})"
"""`S.V. Klaver` is a club."""

_WITH_INITIALS = re.compile(
    rf"(?<![\w.])(?:(?i:{_ROLE})\s+{_DEGREE}{_OF_A_CLUB}{_INITIALS}\s?{_SURNAME}"
    rf"|(?:(?:mr|dr|drs|ir|ing|prof|bc)\.\s?)+{_INITIALS}\s?{_SURNAME}"
    rf"|{_OF_A_CLUB}{_INITIALS}\s?{_SURNAME}\s?[,(]\s?(?:de\s)?(?i:{_ROLE})\b)"
)
"""A name with its initials, beside a degree or what somebody is."""

_WHO = (
    rf"(?:{_ROLE[3:-1]}|oprichter|oprichtster|bestuurslid|wethouder|burgemeester|wijkagent|vrijwilliger|vrijwilligster"
    r"|medewerker|medewerkster|begeleider|docent|teamleider|manager|woordvoerder|ambassadeur|initiatiefnemer|initiatiefneemster|trainer"
    r"|mentor|jongerenwerker|opbouwwerker|sleutelpersoon|ervaringsdeskundige|voorganger|portefeuillehouder|raadslid"
    r"|collega)"
)
"""What somebody is, that stands beside a name."""

_DID = (
    r"(?:met dank aan|(?:gesproken|gesprek|gebeld|overleg|afspraak) met|sprak(?:en)?(?:\smet)?"
    r"|(?:opgesteld|geschreven|ingevuld|bijgewerkt|gemaakt) door:?"
    r"|(?:genotuleerd|ondertekend|getekend) door:?|(?:met )?(?:vriendelijke )?groet(?:en)?,|hoogachtend,"
    r"|(?:auteur|tekst|foto|redactie|verslag|notulen|notulist|aanwezig(?:en)?|afwezig|cc):|namens\s\w[\w ]{1,30}:)"
)
"""What was done with or by somebody."""

_GIVEN = r"(?P<given>[A-ZÀ-Þİ][\w'’-]+)"
_NO_ORGANISATION = (
    r"(?![\w'’-])(?!\s(?:Huis|Stichting|Fonds|School|College|Centrum|Instituut|Museum|Kerk|Moskee|Vereniging"
    r"|Foundation|Comité)\b)"
)
"""What is called after somebody is no person."""

_GIVEN_NAMES = (
    re.compile(rf"(?<!\w)(?i:{_WHO})(?:\sis|[,:])?\s{{1,2}}{_DEGREE}{_GIVEN}\s{_SURNAME}{_NO_ORGANISATION}"),
    re.compile(rf"(?<![\w])(?i:{_DID})\s{_DEGREE}{_GIVEN}\s{_SURNAME}{_NO_ORGANISATION}"),
    re.compile(rf"(?<![\w.])(?i:(?:(?:mr|dr|drs|ir|ing|prof|bc)\.\s?)+){_GIVEN}\s{_SURNAME}{_NO_ORGANISATION}"),
    re.compile(rf"(?<![\w-]){_GIVEN}\s{_SURNAME}\s?[,(]\s?(?:de\s|onze\s|als\s|is\s)?(?i:{_WHO})\b"),
)
"""A first name and a surname beside what somebody is or did; whether the first is a first name, a list says."""

_INITIALS_OF_WHO_DID = re.compile(
    rf"(?<!\w)(?i:{_DID})\s{_DEGREE}{_OF_A_CLUB}{_INITIALS}\s?{_SURNAME}{_NO_ORGANISATION}"
)

_MONTH = r"(?:jan|feb|mrt|maart|apr|mei|jun|jul|aug|sep|okt|nov|dec)[a-z]*\.?"
_DAY = rf"(?:\d\d?[-/. ]\d\d?[-/. ]\d{{4}}|\d\d?\s{_MONTH}\s\d{{4}})"
_ABOUT_ONE = re.compile(
    rf"(?<!\w)(?:geb(?:oren|\.)?\s?(?:op|:)?\s?|geboorted(?:atum|ag)\W{{0,3}}){_DAY}"
    r"|(?<!\w)(?:v-?\s?(?:nummer|nr\.?)|vreemdelingennummer|big-?\s?(?:nummer|registratie)"
    r"|(?:paspoort|rijbewijs|id-?kaart|identiteitskaart)(?:\s?-?(?:nummer|nr\.?))?)"
    r"\W{0,3}(?=[A-Z0-9. -]{0,4}\d)[A-Z0-9](?:[ .-]?[A-Z0-9]){7,11}(?!\w)"
    r"|linkedin\.com/in/\S|(?<!\w)skype:\s?\S",
    re.IGNORECASE,
)
"""A day of birth, a number by its label (V number, passport, driving licence, BIG), or a page about one person."""

_TAKE_OUT = "the source holds no contact details; remove it"
_NOT_THIS_ONE = "only the address in report.yaml may be used; remove it"
_NO_PERSONS = "the source holds organisations only; remove it"


ANY_ADDRESS = "*"
"""Stands for a mailbox that is not known because the file that names it could not be read: of that it is told."""


class Contact(NamedTuple):
    """Something about a person: where it begins, what kind of thing it is, and what to do. Never what it says."""

    position: int
    what: str
    cure: str


def find_contacts(text: str, *, mailbox: str | None = None) -> tuple[Contact, ...]:
    """Everything about persons in one line of text, but for the address `mailbox`; a kind at a time."""
    return _contacts(text, mailbox)


@lru_cache(maxsize=1 << 12)
def _contacts(text: str, mailbox: str | None) -> tuple[Contact, ...]:
    """A page asks for every line in several readings, and a preview at every change."""
    return tuple(_found(text, mailbox))


def _found(text: str, mailbox: str | None) -> Iterator[Contact]:
    for position, address in find_emails(text):
        if mailbox is None:
            yield Contact(position, "an e-mail address in the text", _TAKE_OUT)
        elif mailbox is not ANY_ADDRESS and address.casefold() != mailbox.casefold():
            yield Contact(position, "an e-mail address in the text", _NOT_THIS_ONE)
    for what, cure, find in _KINDS:
        yield from (Contact(position, what, cure) for position in find(text))


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
    plain = _without_accounts(text).replace("_", "-")
    plain = _SAID_IN_WORDS.sub(lambda each: "06".rjust(len(each[0])), plain)
    found = {match.start for match in PhoneNumberMatcher(plain, "NL", leniency=Leniency.VALID) if _is_reachable(match)}
    found.update(match.start() for match in _LABELLED_TELEPHONE.finditer(plain) if not _overlaps(match, found))
    yield from sorted(found)


def find_citizen_numbers(text: str) -> Iterator[int]:
    """Position of every nine digits that pass the test of a citizen service number; an RSIN passes it too."""
    found = {each.start() for each in _NINE_DIGITS.finditer(text) if passes_eleven_test(re.sub(r"\D", "", each[0]))}
    yield from sorted(found | {each.start(1) for each in _LABELLED_CITIZEN.finditer(text)})


def find_accounts(text: str) -> Iterator[int]:
    """Position of every international bank account number: of the length of its country, and 1 modulo 97."""
    yield from sorted(
        {*(start for start, _ in _accounts(text)), *(each.start(1) for each in _LABELLED_ACCOUNT.finditer(text))}
    )


def find_persons(text: str) -> Iterator[int]:
    """Position of every name of a person that is announced: by a title, or as whom to turn to."""
    found = {
        each.start() for pattern in (_PERSON, _WITH_INITIALS, _INITIALS_OF_WHO_DID) for each in pattern.finditer(text)
    }
    named = (each for pattern in _GIVEN_NAMES for each in pattern.finditer(text))
    yield from sorted(found | {each.start() for each in named if is_given_name(each["given"])})


def find_about_one(text: str) -> Iterator[int]:
    """Position of what is about one person, and names nobody."""
    yield from (found.start() for found in _ABOUT_ONE.finditer(text))


_KINDS: tuple[tuple[str, str, Callable[[str], Iterator[int]]], ...] = (
    ("a telephone number in the text", _TAKE_OUT, find_telephones),
    ("a citizen service number (BSN) or an RSIN in the text", _NO_PERSONS, find_citizen_numbers),
    ("a bank account (IBAN) in the text", _TAKE_OUT, find_accounts),
    ("a name of a person in the text", _NO_PERSONS, find_persons),
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
