"""Names of persons whom a text announces: by a title, by what they are or did, or as whom to turn to.

A name of an organisation may hold that of a person, but announces nobody. Of names that nothing announces:
`bare_names.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tweeluik.source.called_after import is_a_thing
from tweeluik.words.folding import letters
from tweeluik.words.given_names import CAPITALS, is_given_name
from tweeluik.words.places import places

BETWEEN = r"(?:(?:van|de|der|den|het|ten|ter|te|['’]t|la|le|el|al|bin|ibn|von|zu)\s){0,4}"
SURNAME = rf"{BETWEEN}(?:d['’])?[{CAPITALS}][\w'’-]+"
INITIALS = rf"(?:[{CAPITALS}][a-z]?\.\s?){{1,6}}"
DEGREE = r"(?:(?:mr|dr|drs|ir|ing|prof|ds|bc)\.\s?)*"
_TITLE = (
    r"(?:[Mm]evr(?:\.|ouw)?|MEVROUW|MEVR\.|[Mm]ej\.|[Hh]r\.|[Mm]w\.?|MW\.|[Dd]hr\.?|DHR\.?|[Dd]e\s+[Hh]eer|DE\s+HEER|[Mm]eneer|[Mm]ijnheer"
    r"|[Ff]am\.|(?<=[Dd]e )familie|(?:[Gg]eachte|[Bb]este)\s[Hh]eer|[Dd]e\shr\."
    r"|[Ee]chtpaar|de\s+heren|Herr|Frau|Mrs\.|Ms\.|[Dd]ominee|[Dd]s\.|ds|imam|pastoor|pastor|rabbijn|pater"
    r"|[Zz]r\.)"
)
_OFFICE = r"(?:[Dd]e\s)?(?:Voorzitter|Minister|Staatssecretaris|Burgemeester|President|Wethouder|Secretaris)\b"
_ANNOUNCED = (
    r"(?:[Tt]\.?[Nn]\.?[Vv]\.?:?|[Tt]en name van|[Oo]p naam van|[Ww]\.[Gg]\.|[Ww]as getekend,?"
    r"|[Tt]\.?\s?[Aa]\.?\s?[Vv]\.?:?|[Tt]er attentie van|[Cc]ontact(?:persoon|gegevens)?:|[Cc]ontactpersoon(?: is)?"
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
    rf"(?<!\w)(?:{_TITLE}(?:\s+|(?<=\.)){DEGREE}(?!{_OFFICE})(?:{INITIALS}\s?|[{CAPITALS}]{{1,3}}\s)?{SURNAME}"
    rf"|{_ANNOUNCED}\s+{DEGREE}(?!{_NOBODY})(?:{INITIALS}\s?{SURNAME}|[{CAPITALS}][a-zà-ÿ]+\s{SURNAME}))"
)

_ROLE = (
    r"(?:voorzitter|secretaris|penningmeester|directeur|bestuurder|coördinator|beheerder|projectleider|beleidsmedewerker"
    r"|adviseur|accountmanager|notulist)"
)
OF_A_CLUB = r"(?!(?:[SVRKC]\.){2})"
"""`S.V. Klaver` is a club."""

_WITH_INITIALS = re.compile(
    rf"(?<![\w.])(?:(?i:{_ROLE})\s+{DEGREE}{OF_A_CLUB}{INITIALS}\s?{SURNAME}"
    rf"|(?:(?:mr|dr|drs|ir|ing|prof|bc)\.\s?)+{INITIALS}\s?{SURNAME}"
    rf"|{OF_A_CLUB}{INITIALS}\s?{SURNAME}\s?[,(]\s?(?:de\s)?(?i:{_ROLE})\b)"
)
"""A name with its initials, beside a degree or what somebody is."""

WHO = (
    rf"(?:{_ROLE[3:-1]}|oprichter|oprichtster|bestuurslid|wethouder|burgemeester|wijkagent|vrijwilliger|vrijwilligster"
    r"|medewerker|medewerkster|begeleider|docent|teamleider|manager|woordvoerder|ambassadeur|initiatiefnemer|initiatiefneemster|trainer"
    r"|mentor|(?:jongeren|opbouw|straat|sociaal)werk(?:er|ster)|onderzoek(?:er|ster)|docente|leerkracht|hoogleraar|lector|rapporteur"
    r"|schrijver|schrijfster|kunstenaar|kunstenares|rapper|theatermaker|deelnemer|deelneemster|cliënte?|statushouder|vluchteling"
    r"|nieuwkomer|inburgeraar|mantelzorger|vertrouwenspersoon|juffrouw|imame?|sleutelpersoon|ervaringsdeskundige|voorganger|portefeuillehouder|raadslid"
    r"|collega)"
)
"""What somebody is, that stands beside a name."""

_DID = (
    r"(?:met dank aan|volgens|aldus|zegt|zei|schrijft|schreef|vertelt|interview met"
    r"|(?:gesproken|gesprek|gebeld|overleg|afspraak) met|sprak(?:en)?(?:\smet)?"
    r"|(?:opgesteld|geschreven|ingevuld|bijgewerkt|gemaakt) door:?"
    r"|(?:genotuleerd|ondertekend|getekend) door:?|(?:met )?(?:vriendelijke )?groet(?:en)?,|hoogachtend,"
    r"|(?:auteur|tekst|foto|redactie|verslag|notulen|notulist|aanwezig(?:en)?|afwezig|cc):|namens\s\w[\w ]{1,30}:)"
)
"""What was done with or by somebody."""

GIVEN = rf"(?P<given>[{CAPITALS}][\w'’-]+)"
_NO_ORGANISATION = (
    r"(?![\w'’-])(?!\s(?:Huis|Stichting|Fonds|School|College|Centrum|Instituut|Museum|Kerk|Moskee|Vereniging"
    r"|Foundation|Comité)\b)"
)
"""What is called after somebody is no person."""

_GIVEN_NAMES = (
    re.compile(rf"(?<!\w)(?i:{WHO})(?:\sis|[,:])?\s{{1,2}}{DEGREE}{GIVEN}\s(?P<surname>{SURNAME}){_NO_ORGANISATION}"),
    re.compile(rf"(?<![\w])(?i:{_DID})\s{DEGREE}{GIVEN}\s(?P<surname>{SURNAME}){_NO_ORGANISATION}"),
    re.compile(
        rf"(?<![\w.])(?i:(?:(?:mr|dr|drs|ir|ing|prof|bc)\.\s?)+){GIVEN}\s(?P<surname>{SURNAME}){_NO_ORGANISATION}"
    ),
    re.compile(rf"(?<![\w-]){GIVEN}\s(?P<surname>{SURNAME})\s?[,(]\s?(?:de\s|onze\s|als\s|is\s)?(?i:{WHO})\b"),
)
"""A first name and a surname beside what somebody is or did; whether the first is a first name, a list says."""

_INITIALS_OFWHO_DID = re.compile(rf"(?<!\w)(?i:{_DID})\s{DEGREE}{OF_A_CLUB}{INITIALS}\s?{SURNAME}{_NO_ORGANISATION}")

_INITIAL_ALONE = re.compile(
    rf"(?<!\w){_TITLE}(?:\s+|(?<=\.))(?:[{CAPITALS}]\.)+(?!\w)|(?<!\w)(?i:{_DID})\s(?:[A-Z]\.){{2,3}}(?!\w)"
)


_OF_STREETS = re.compile(r"(?:[Dd]omin|[Dd]s|[Ii]mam|[Pp]ast|[Pp]ater|[Rr]abbijn|[Pp]rof|[DdMm]r|[Ii]r|[Zz]r)")
"""Styles that stand in names of streets."""

_PATTERNS = (_PERSON, _WITH_INITIALS, _INITIALS_OFWHO_DID, _INITIAL_ALONE)


def find_persons(text: str) -> Iterator[int]:
    """Position of every name of a person that is announced: by a title, or as whom to turn to."""
    met = (each for pattern in _PATTERNS for each in pattern.finditer(text))
    found = {each.start() for each in met if not _is_place(each[0]) and not _is_street(each)}
    named = (each for pattern in _GIVEN_NAMES for each in pattern.finditer(text))
    met_given = {
        each.start()
        for each in named
        if is_given_name(each["given"]) and not is_a_thing(text, each.start("given"), each.end("surname"))
    }
    yield from sorted(found | met_given)


def _is_street(found: re.Match[str]) -> bool:
    """`Dominee Klaverpad`; of a lady and a gentleman there are none."""
    return _OF_STREETS.match(found[0]) is not None and is_a_thing(found.string, *found.span())


def _is_place(text: str) -> bool:
    """`Contact: Den Haag`."""
    return letters("".join(text.rsplit(maxsplit=2)[-2:])) in places()
