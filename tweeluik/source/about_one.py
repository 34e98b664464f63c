"""What is about one person and names nobody: a day of birth, a number of one's own, a plate, a home, a page.

The forms are those of the Netherlands: postal codes (1234 AB), plates by the series of the RDW, V numbers, BIG numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tweeluik.source.called_after import is_called_after, just_before
from tweeluik.words.given_names import is_given_name

_MONTH = r"(?:jan|feb|mrt|maart|apr|mei|jun|jul|aug|sep|okt|nov|dec)[a-z]*\.?"
_YEAR = r"(?:\d{4}|['’]?\d\d)(?!\d)"
_DAY = rf"(?:\d\d?[-/. ]\d\d?[-/. ]{_YEAR}|\d\d?\s{_MONTH}\s{_YEAR}|\d{{4}}-\d\d-\d\d)"
_ABOUT_ONE = re.compile(
    rf"(?<!\w)(?:geb(?:oren|\.)?\s?(?:te\s\S+(?:\s\S+)?\s)?(?:op|:)?\s?|geb(?:oorte)?\.?-?\s?(?:datum|dag|dat\.?)\W{{0,3}}){_DAY}"
    rf"|(?<!\w)geboortejaar\W{{0,3}}\d{{4}}|\(\s?(?:geb\.|°|\*)\s?(?:{_DAY}|\d{{4}})\s?\)"
    r"|(?<!\w)(?:v-?\s?(?:nummer|nr\.?)|vreemdelingen(?:nummer|nr\.?)|big-?\s?(?:nummer|registratie)"
    r"|(?:paspoort|rijbewijs|id-?kaart|identiteitskaart)(?:\s?-?(?:nummer|nr\.?))?)"
    r"\W{0,3}(?=[A-Z0-9. -]{0,4}\d)[A-Z0-9](?:[ .-]?[A-Z0-9]){7,11}(?!\w)"
    r"|(?<!\w)(?:personeels|pati[eë]nt(?:en)?|cli[eë]nt(?:en)?|leden|lid|deelnemers?|bezoekers?|studenten|leerling)-?\s?(?:nummer|nr\.?)\W{0,3}\d[\d.-]{3,}"
    r"|(?<!\w)(?:cli[eë]nt|deelne(?:mer|emster)|respondent|kandidaat|leerling|casus)\s(?:nr\.?\s)?\d+\W{1,3}(?:een\s)?(?:man|vrouw|jongen|meisje|m|v)(?!\w)"
    r"|linkedin\.com/(?:in|pub)/\S|(?<!\w)(?:skype|teams|signal|telegram|snapchat):?\s(?=\w*[a-z][._][a-z])\w[\w.-]+|facebook\.com/profile"
    r"|(?<!\w)skype:\s?\S|(?<!\w)(?:t\.me|wa\.me|api\.whatsapp\.com|m\.me)/\S",
    re.IGNORECASE,
)
"""A day of birth, a number by its label (V number, passport, driving licence, BIG), or a page about one person."""

_BY_ITS_LABEL = r"(?:kenteken(?:plaat)?|nummerbord|nummerplaat)"
_CONSONANTS = "BDFGHJKLNPRSTVXZ"
_PLATE = re.compile(
    rf"(?<!\w)(?i:{_BY_ITS_LABEL})(?:nummer)?(?:\sis)?\W{{0,3}}(?=[A-Z-]{{0,5}}\d)[A-Z0-9]{{1,3}}-?[A-Z0-9]{{1,3}}-?[A-Z0-9]{{1,3}}(?![\w-])"
    rf"|(?<![\w-])(?:\d\d-[{_CONSONANTS}]{{3}}-\d|\d-[{_CONSONANTS}]{{3}}-\d\d|[{_CONSONANTS}]{{2}}-\d{{3}}-[{_CONSONANTS}]"
    rf"|[{_CONSONANTS}]-\d{{3}}-[{_CONSONANTS}]{{2}}|[{_CONSONANTS}]{{3}}-\d\d-[{_CONSONANTS}]|[{_CONSONANTS}]-\d\d-[{_CONSONANTS}]{{3}})(?![\w-])"
)
"""A plate behind its label, or as the series since 2008 have it: without vowels."""

_OF_AN_AGE = re.compile(
    r"(?<![\w.])[A-Z]\.(?:\s?\(\d\d\)|,\s\d\d\sjaar(?!\w))|(?<!\w)\d\d-jarige\s[A-Z]\.(?=\s(?:[a-z]|\()|,|$)"
)
"""One letter for a name, and an age: `M., 34 jaar`, as the newspaper has it."""

_POSTAL_CODE = r"[1-9]\d{3}\s?(?!SA|SD|SS)[A-Z]{2}(?!\w)"
_NUMBER = r"(?:nr\.?\s)?(?!(?:19|20)\d\d(?!\w))\d{1,5}(?:\s?-?\s?(?:[A-Za-z]|bis|hs|huis|[IVX]{1,4}|\d{1,4}))?(?!\w)"
_ENDS = (
    r"(?:straat|str\.|laan|weg|plein|kade|gracht|singel|dijk|hof|steeg|pad|dreef|plantsoen|markt|wal|haven|ring|baan"
    r"|erf|kamp|akker|veld|burg|donk|meent|zoom|kwartier|hoeve|boulevard|allee|akkers|brink)"
)
_NAMES = r"[A-ZÀ-Þ'’][\w'’.-]+(?:\s(?:[A-ZÀ-Þ'’][\w'’.-]*|van|de|der|den|het|'t|op|aan|onder|bij|la)){0,3}?"
_LIVES = (
    r"(?:[Ww]oon(?:t|de|achtig)(?:\snog)?\s(?:aan|op)(?:\s(?:de|het))?"
    r"|(?i:(?:huis|woon|thuis|privé|post)?adres(?:\sis)?:?))"
)
_HOME = re.compile(
    rf"(?<![\w-]){_NAMES}(?<!Postbus)(?<!Antwoordnummer)\s{_NUMBER}\s?[,(-]?\s(?:te\s)?\(?{_POSTAL_CODE}"
    rf"|(?<!\w){_LIVES}\s{_NAMES}(?<!Postbus)(?<!Antwoordnummer)\s{_NUMBER}"
    rf"|(?<![\w-])[A-ZÀ-Þ][\w'’-]*{_ENDS}\s{_NUMBER}(?:,|\s(?:te|in))\s[A-ZÀ-Þ]"
    rf"|(?<!\w)[Ww]oon(?:t|de)\sin\s(?:de|het)\s[A-ZÀ-Þ][\w'’-]*{_ENDS}\s{_NUMBER}"
    rf"|(?<![\w-]){_POSTAL_CODE}\s{{1,2}}(?:nr\.?\s)?\d{{1,4}}(?!\d|[.,]\d|-)"
)
"""A street with its number and postal code or place, or where somebody lives. A P.O. box is nobody's home."""

_SEAT = re.compile(
    r"(?:Parnassusplein 5|Rijnstraat (?:8|50)|Turfmarkt 147|Bezuidenhoutseweg (?:67|73)|Korte Voorhout 7|Kalvermarkt 32"
    r"|Plein (?:2|4)|Binnenhof \d{1,2}[A-Za-z]?|Prinses Irenestraat 6)(?!\w)"
)
"""Where ministries and parliament are: their own pages say so."""

_HANDLE = re.compile(
    r"(?:(?:facebook|instagram|twitter|x|tiktok|threads|snapchat)\.(?:com|net)/@?|(?:facebook|instagram|insta|twitter|tiktok|threads|snapchat|x)"
    r"(?:\s?:)?\s@|/~)(?P<handle>[\w.-]{3,})",
    re.IGNORECASE,
)
_PARTICLE = re.compile(r"(?:van|vande|vanden|vander|de|den|der|el|al|ter|ten)(?=\w{3})")
_LEAST_GIVEN = 4
"""Letters of a first name at the beginning of a name that is written in one word."""


def find_about_one(text: str) -> Iterator[int]:
    """Position of what is about one person, and names nobody."""
    found = {each.start() for pattern in (_ABOUT_ONE, _PLATE) for each in pattern.finditer(text)}
    aged = (each.start() for each in _OF_AN_AGE.finditer(text))
    found |= {start for start in aged if not is_called_after(just_before(text, start))}
    found |= {each.start() for each in _HOME.finditer(text) if not _SEAT.search(each[0])}
    found |= {each.start() for each in _HANDLE.finditer(text) if _is_of_one(each["handle"].lower())}
    yield from sorted(found)


def _is_of_one(handle: str) -> bool:
    """Whether it begins with a first name: alone, before a sign, or before the small word of a surname."""
    first = re.split(r"[._\d-]", handle, maxsplit=1)[0]
    if is_given_name(first):
        return True
    ends = (at for at in range(_LEAST_GIVEN, len(handle)) if is_given_name(handle[:at]))
    return any(_PARTICLE.match(handle, at) for at in ends)
