"""Names of persons in running text that nothing announces: a first name or initials, and a surname.

Not for names of organisations: these may be called after somebody. Whether a word is a first name, a list says; what
else is called after persons (schools, streets, prizes) is told by its own words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tweeluik.source.persons import BETWEEN, GIVEN, INITIALS, OF_A_CLUB, UPPER
from tweeluik.words.folding import letters
from tweeluik.words.frequency import is_word
from tweeluik.words.given_names import is_given_name
from tweeluik.words.places import places

_CALLED_AFTER = re.compile(
    r"(?<!\w)(?:stichting|vereniging|sint|st\.?|prins(?:es)?|koning(?:in)?|huize|villa|café|zaal|gebouw|fonds|team|project|programma"
    r"|moskee|kerk|school|basisschool|college|bibliotheek|plein|straat|club|centrum|buurthuis|park|wijk|buurt|toets|optie|plan|groep"
    rf"|bijlage|punt|categorie|vitamine|lid|deel|klas|letter|kolom|variant|type|blok)\s(?:[{UPPER}]\w+\s)?$",
    re.IGNORECASE,
)
"""What stands before the name of somebody of whom a thing has its name, or before a letter that is no initial."""

_THINGS = (
    r"(?:\s(?:Huis|Stichting|Fonds|School|College|Centrum|Center|Instituut|Museum|Kerk|Moskee|Vereniging|Foundation|Comité|Lyceum"
    r"|Academie|Prijs|Lezing|Leerstoel|Award|Advies|Consultancy|Zorg|Welzijn|Hof|Park|Plein|Club|Groep|Holding|Beheer|Nederland"
    r"|Arena|Stadion|Toernooi|Kazerne|Ziekenhuis|Kliniek|Gasthuis|Huys|Paviljoen|Zaal|Gebouw|Bibliotheek|Theater|Basisschool"
    r"|Universiteit|Hogeschool|Hemelvaart)(?![\w'’-])|\w*(?:straat|laan|plein|kade|gracht|singel|weg|baan|school|college|kerk|moskee|fonds|prijs|lezing|stichting"
    r"|museum|centrum|toernooi|bokaal|polder)(?!\w)|[\w'’]*-(?!(?:van|de|den|der|ter|ten|el|al)\b)[a-z])"
)
"""What is called after somebody: by its own word behind the name, or by what the second half of the name ends with."""

_NAME = (
    r"(?!(?:Huis|Stichting|Advies|Zorg|Welzijn|Nederland|Consultancy|Universiteit|Hogeschool|Hemelvaart)(?!\w))(?:d['’])?"
    rf"[{UPPER}](?![\w'’-]*{_THINGS})[\w'’-]*[a-zà-ÿ][\w'’-]*(?![\w'’-])"
)

_NO_INITIALS = r"(?:V\.O\.F|St|Nr|No|Ca|[NBE]\.V|[UV]\.[SNK]|E\.[UG]|O\.L\.V|D\.C)\."
"""A company, a foundation, a union or a state."""

_GIVEN_AND_SURNAME = re.compile(rf"(?<![\w'’-])(?={GIVEN}\s(?:[{UPPER}]\.\s?){{0,4}}(?P<surname>{BETWEEN}{_NAME}))")
"""Looked for from every capital: `Directeur Jan Klaver` begins with no first name."""

_INITIALS_AND_SURNAME = re.compile(
    rf"(?<![\w.'’-]){OF_A_CLUB}(?!{_NO_INITIALS})(?P<initials>{INITIALS})\s?(?P<surname>{BETWEEN}{_NAME})"
)
_PARTICLES = r"(?:van|de|der|den|el|al|ter|ten)"
_TURNED = re.compile(
    rf"(?<![\w'’-])(?P<surname>[{UPPER}][a-zà-ÿ][\w'’-]*),\s(?:"
    rf"(?P<given>[{UPPER}][a-zà-ÿ]+)(?:\s{_PARTICLES}){{1,2}}(?=\s?[(,;.]|$)"
    rf"|(?P<initials>(?:[A-Z]\.\s?){{2,6}}|[A-Z]\.(?:(?:\s{_PARTICLES})+(?=\s?[(,;.]|$)|(?=\s?[(,;]|$))))"
)
"""`Klaver, A. de`, as lists and registers have it."""

_STYLED = re.compile(
    r"(?<!\w)(?:(?:[Ii]mam|[Hh]ad(?:ji|j)|[Ss]j?h?eikh?|[Mm]ullah|[Mm]aulana|[Pp]astoor|[Pp]astor|[Rr]abbijn|[Pp]ater|[Ww]eduwe"
    r"|[Ww]eduwnaar|[Ww]ijlen)|(?:(?:[Pp]rof|[Dd]rs?|[Mm]r|[Ii]r|[Ii]ng)\.\s?)+)\s?"
    rf"(?P<surname>{BETWEEN}{_NAME})"
)
"""A style or a degree, and a name: of the names of organisations many begin so."""

_CLOSED = re.compile(r"[.:!?…]\s*$|^\s*(?:[-*•>#]+\s*|\d+[.)]\s*)*$")
"""What stands before the first word of a sentence or of an item."""

_PROVERBIAL = re.compile(
    r"(?:Jantje Beton|Max Havelaar|Jan Modaal|Jan Publiek|Jip en Janneke|Ot en Sien|Anne Frank|Ali Baba)(?!\w)"
)
"""Of whom everybody speaks, and nobody is meant."""

_FEW = 60
"""Signs before a name."""

_LEAST_INITIALS = 2
"""So many are a person's; one letter may end a sentence: `zie bijlage B. Klaver is …`."""

_CAPITALISED = re.compile(rf"[{UPPER}][a-zà-ÿ][\w'’-]*\s$")


def find_bare_names(text: str) -> Iterator[int]:
    """Position of every name of a person in a line of running text, announced or not."""
    found = set[int]()
    for pattern, is_somebody in _LOOKED_FOR:
        found |= {each.start() for each in pattern.finditer(text) if is_somebody(just_before(text, each), each)}
    yield from sorted(found)


def _is_person(before: str, found: re.Match[str]) -> bool:
    given, surname = found["given"], found["surname"]
    if _PROVERBIAL.match(found.string, found.start()):
        return False
    if not is_given_name(given) or is_called_after(before) or letters(f"{given} {surname}") in places():
        return False
    if not is_word(letters(given)) or " " in surname:
        return True
    # `Wil Nederland dat?` is a question, `De Lange Adem Klaverzoom` an organisation; `Jan van der Klaver` is neither.
    return is_a_surname(surname) if _CLOSED.search(before) else _CAPITALISED.search(before) is None


def _has_initials(before: str, found: re.Match[str]) -> bool:
    surname = found["surname"]
    if is_called_after(before) or letters(surname) in places():
        return False
    return found["initials"].count(".") >= _LEAST_INITIALS or (
        is_a_surname(surname) and not before.endswith((" en ", " of "))
    )


def _is_turned(_: str, found: re.Match[str]) -> bool:
    if found["given"] is not None:
        return is_given_name(found["given"])
    return is_a_surname(found["surname"]) or found["initials"].count(".") >= _LEAST_INITIALS


def just_before(text: str, found: re.Match[str]) -> str:
    """The last words before a name: what decides stands there, and a long line is not read for every name again."""
    return text[max(0, found.start() - _FEW) : found.start()]


def is_called_after(before: str) -> bool:
    """Whether what stands before a name is called so: `Stichting Jan en Anna`."""
    return _CALLED_AFTER.search(before) is not None


def is_a_surname(text: str) -> bool:
    """Whether it is no word of the language, and no place."""
    return letters(text) not in places() and not is_word(letters(text.rsplit(maxsplit=1)[-1]))


def _is_styled(before: str, _: re.Match[str]) -> bool:
    return not is_called_after(before)


_LOOKED_FOR = (
    (_GIVEN_AND_SURNAME, _is_person),
    (_INITIALS_AND_SURNAME, _has_initials),
    (_TURNED, _is_turned),
    (_STYLED, _is_styled),
)
