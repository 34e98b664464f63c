"""First names alone, and surnames behind an office, in running text: `vraag naar Anna`, `wethouder Klaver`.

Not for names of organisations, which may be called after somebody.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tweeluik.source.bare_names import is_a_surname
from tweeluik.source.called_after import is_a_thing, is_called_after, is_nobody, just_before
from tweeluik.source.persons import BETWEEN, WHO
from tweeluik.words.folding import letters
from tweeluik.words.frequency import is_word
from tweeluik.words.given_names import CAPITALS, is_given_name
from tweeluik.words.places import places

_SINGLE = rf"(?P<given>[{CAPITALS}][\w'’]*[a-zà-ÿ][\w'’-]*)(?![\w'’-])(?!\s{BETWEEN}[{CAPITALS}])"
"""A first name and no surname behind it: of those `bare_names.py` tells."""

_TURN_TO = (
    r"(?:contact(?:perso(?:on|nen))?(?:\sis|:)?|aanspreekpunt(?:\sis|:)?|vraag naar"
    r"|(?:bel|app)(?:pen|len)?(?:\s(?:met|naar))?|(?:neem )?contact(?: op)? met|mail(?:en)?(?:\s(?:met|naar|aan))?"
    r"|zegt|zei|aldus|vertel(?:t|de)|volgens|schr(?:ijft|eef)"
    r"|zuster|broeder|tante|oom|oma|opa|juf|meester|coach|tolk|met dank aan"
    r"|buur(?:vrouw|man)|huisarts|(?:moeder|vader|ouders|zoon|dochter|broer|zus|kind) van|akkoord(?: van)?"
    r"|(?:met )?(?:vriendelijke |hartelijke )?(?:gr(?:oet(?:en|jes)?|\.)|hartelijks|liefs),?(?:\svan)?|m\.?v\.?g\.?,?"
    r"|terecht (?:bij|met)|(?:aan)?melden bij|in handen van|(?:met )?hulp van|verhaal van|\d\d?-jarige"
    r"|(?:notulist|notulen|verslag|auteur|tolk|begeleiding|uitleg):"
    r"|(?:loopt|ging|gaat|contact) via|(?:navragen|check|bekend|opvragen|ligt) bij)"
)
_DONE_BY = (
    r"(?:aangeleverd|opgesteld|ingevuld|gemaakt|geregeld|doorgegeven|geschreven|besproken|afgestemd|overlegd?"
    r"|gesproken|gebeld|gemaild)\s(?:door|met|bij|aan)"
)
_DID = (
    r"(?:heeft|had|zegt|zei|belde|mailde|vertelt|vertelde|schreef|vroeg|vindt|vond|gaf|komt|kwam|stuurt|stuurde"
    r"|regelt|regelde|woont|woonde|vluchtte|werkt|werkte|kreeg|leert|leerde|hielp|helpt|spreekt|sprak|volgt|volgde|deed|wilde|ging"
    r"|en\s(?:haar|zijn)\s(?:moeder|vader|man|vrouw|kinderen|zoon|dochter|zus|broer|ouders)|is\s(?:\d\d|moeder|vader)|\(niet\s(?:haar|zijn))"
)
_OF_SOMEBODY = (
    r"(?:verhaal|moeder|vader|man|vrouw|kind(?:eren)?|zoon|dochters?|zus(?:sen)?|broers?|ouders|oma|opa|taalmaatje|begeleider"
    r"|begeleidster|buur(?:vrouw|man)|asielaanvraag|vlucht|diploma)"
)
_IS = rf"(?:{WHO[3:-1]}|imam|pastoor|dominee|voorganger|moeder|vader|echtgenote?|partner|zoon|dochter)"
_FIRST_NAMES = (
    re.compile(rf"(?<![\w-]){_SINGLE}\s?(?:\(\d\d?\)|,\s\d\d?\sjaar(?!\w))"),
    re.compile(rf"(?<![\w-]){_SINGLE}\suit\s[{CAPITALS}]"),
    re.compile(rf"(?<!\w)(?i:{_TURN_TO}|{_DONE_BY}|{WHO})\s{_SINGLE}"),
    re.compile(rf"(?<!\w)(?i:beste|dag|hallo|hoi|hey|lieve|geachte)\s{_SINGLE}\s?[,!]"),
    re.compile(rf"(?<![\w-]){_SINGLE}\s?[,(]\s?(?:de\s|onze\s|als\s|is\s)?(?i:{_IS})(?!\w)"),
    re.compile(rf"(?<![\w-]){_SINGLE}\svan\s(?:de|het|onze)\s(?:stichting|vereniging|gemeente|club|moskee|kerk)(?!\w)"),
    re.compile(rf"(?<![\w-])(?P<given>[{CAPITALS}][a-zà-ÿ]+?)(?:['’]s?|s)\s{_OF_SOMEBODY}(?!\w)"),
    re.compile(rf"(?<![\w-])(?P<given>[{CAPITALS}][\w’-]+)\s[A-Z]\.(?=\s?\(\d|[ ,]\s?[a-z]|$)"),
)
"""A first name alone, beside whom to turn to, what somebody is or said, an age or a place."""

_AT_WORK = re.compile(rf"(?<![\w-]){_SINGLE}\s{_DID}(?!\w)")
"""The same before what somebody did; a name that is a word of the language begins a sentence."""

_MOST_WORDS = 4
"""Of a place."""

_OFFICIAL = re.compile(
    r"(?<!\w)(?:[Hh]oogleraar|[Ll]ector|[Rr]apporteur|[Oo]nderzoek(?:er|ster)|[Mm]inister-president|[Pp]remier|[Ww]ethouder|[Bb]urgemeester|[Mm]inister|[Ss]taatssecretaris|[Kk]amerlid|[Gg]edeputeerde|[Rr]aadslid"
    r"|[Ww]ijkagent|[Bb]estuurslid|MT-lid|[Ff]amilie|gebroeders|[Nn]otaris|[Hh]uisarts|[Dd]okter|[Aa]dvocaat)\s"
    rf"(?P<surname>(?:(?:Van|De|Den|Der|Ter|Ten|El|Al|Ben)\s(?:(?:de|den|der|het|'t)\s)?)?[{CAPITALS}][a-zà-ÿ'’]+(?:-[{CAPITALS}][a-zà-ÿ]+)?)"
    r"(?![\w-])(?!\s(?:en|van)\s)"
)
"""Who has an office is called by the surname; behind the same word stand policies and places."""

_PAIR = re.compile(rf"(?<![\w-]){_SINGLE}(?:\sen\s|/)(?P<second>[{CAPITALS}][\w'’-]+)(?![\w'’-])(?!\s[{CAPITALS}])")
"""Two first names, of which no surname is told."""


def find_first_names(text: str) -> Iterator[int]:
    """Position of every first name, or surname, by which somebody is called in a line of running text."""
    alone = (each for pattern in _FIRST_NAMES for each in pattern.finditer(text))
    found = {each.start() for each in alone if is_given_name(each["given"]) and not _is_of_a_thing(each)}
    found |= {
        each.start() for each in _AT_WORK.finditer(text) if _is_no_word(each["given"]) and not _is_of_a_thing(each)
    }
    pairs = (each for each in _PAIR.finditer(text) if not _is_of_a_thing(each))
    found |= {each.start() for each in pairs if _are_first_names(each["given"], each["second"])}
    found |= {each.start() for each in _OFFICIAL.finditer(text) if _is_somebody(each)}
    yield from sorted(found)


def _is_of_a_thing(found: re.Match[str]) -> bool:
    """`Sint Maarten`."""
    start = found.start("given")
    return is_called_after(just_before(found.string, start)) or is_nobody(found.string, start)


def _is_no_word(given: str) -> bool:
    return is_given_name(given) and not is_word(letters(given))


def _are_first_names(*two: str) -> bool:
    """Of two that are words of the language both, `Roos en Iris`, it is not known."""
    return all(map(is_given_name, two)) and not all(is_word(letters(each)) for each in two)


def _is_somebody(found: re.Match[str]) -> bool:
    """`De Klaver` is one who is called so; a word alone is what the office is about."""
    text, surname = found.string, found["surname"]
    if is_a_thing(text, *found.span()) or _begins_a_place(text, found.start("surname")):
        return False
    return is_a_surname(surname) or (" " in surname and letters(surname) not in places())


def _begins_a_place(text: str, start: int) -> bool:
    """`Gooise Meren`, of which the first word is no place."""
    following = text[start:].split()[:_MOST_WORDS]
    return any(letters("".join(following[:number])) in places() for number in range(1, len(following) + 1))
