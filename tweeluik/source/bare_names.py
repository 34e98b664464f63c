"""Names of persons in running text that nothing announces: a first name or initials, and a surname.

Not for names of organisations: these may be called after somebody. Whether a word is a first name, a list says; what
else is called after persons (schools, streets, prizes) is told by its own words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from tweeluik.source.called_after import BEHIND, follows_an_article, is_a_thing, is_called_after, is_nobody, just_before
from tweeluik.source.persons import BETWEEN, GIVEN, INITIALS, OF_A_CLUB
from tweeluik.words.folding import letters
from tweeluik.words.frequency import is_frequent, is_word
from tweeluik.words.given_names import CAPITALS, is_given_name
from tweeluik.words.places import places

_NAME = (
    r"(?!(?:Huis|Stichting|Advies|Zorg|Welzijn|Nederland|Consultancy|Universiteit|Hogeschool|Hemelvaart)(?!\w))(?:d['’])?"
    rf"[{CAPITALS}](?![\w'’-]*{BEHIND})[\w'’-]*[a-zà-ÿ][\w'’-]*(?![\w'’-])"
)

_NO_INITIALS = r"(?:V\.O\.F|St|Nr|No|Ca|[NBE]\.V|[UV]\.[SNK]|E\.[UG]|O\.L\.V|D\.C)\."
"""A company, a foundation, a union or a state."""

_GIVEN_AND_SURNAME = re.compile(rf"(?<![\w'’-])(?={GIVEN}\s(?:[{CAPITALS}]\.\s?){{0,4}}(?P<surname>{BETWEEN}{_NAME}))")
"""Looked for from every capital: `Directeur Jan Klaver` begins with no first name."""

_INITIALS_AND_SURNAME = re.compile(
    rf"(?<![\w.'’-]){OF_A_CLUB}(?!{_NO_INITIALS})(?P<initials>{INITIALS})\s?(?P<surname>{BETWEEN}{_NAME})"
)
_SHOUTED = re.compile(
    rf"(?<![\w'’-])(?P<given>[{CAPITALS}]{{3,}})\s(?P<surname>(?:(?:VAN|DE|DER|DEN|TER|EL|AL)\s){{0,3}}[{CAPITALS}]{{4,}})(?![\w'’-])"
)
"""All in capitals, as on the paper of a form."""

_PARTICLES = r"(?:van|de|der|den|el|al|ter|ten)"
_TURNED = re.compile(
    rf"(?<![\w'’-])(?P<surname>[{CAPITALS}][a-zà-ÿ][\w'’-]*),\s(?:"
    rf"(?P<given>[{CAPITALS}][a-zà-ÿ]+)(?:\s{_PARTICLES}){{1,2}}(?=\s?[(,;.]|$)"
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

_LEAST_INITIALS = 2
"""So many are a person's; one letter may end a sentence: `zie bijlage B. Klaver is …`."""

_CAPITALISED = re.compile(rf"(?P<word>[{CAPITALS}][a-zà-ÿ][\w'’-]*)\s$")


def find_bare_names(text: str) -> Iterator[int]:
    """Position of every name of a person in a line of running text, announced or not."""
    found = set[int]()
    for pattern, is_somebody in _LOOKED_FOR:
        found |= {each.start() for each in pattern.finditer(text) if _is_meant(is_somebody, each)}
    yield from sorted(found)


def _is_meant(is_somebody: Callable[[str, re.Match[str]], bool], found: re.Match[str]) -> bool:
    text, start = found.string, found.start()
    return (
        is_somebody(just_before(text, start), found)
        and not is_nobody(text, start)
        and not is_a_thing(text, start, found.end("surname"))
    )


def _is_person(before: str, found: re.Match[str]) -> bool:
    given, surname = found["given"], found["surname"]
    if not is_given_name(given) or is_called_after(before) or letters(f"{given} {surname}") in places():
        return False
    if not is_word(letters(given)) or " " in surname:
        return True
    # `Wil Nederland dat?` is a question, `De Lange Adem Klaverzoom` an organisation; `Jan van der Klaver` is neither.
    return is_a_surname(surname) if _CLOSED.search(before) else not _goes_on(before)


def _goes_on(before: str) -> bool:
    """Whether a name has begun already; `Volgens` begins a sentence only, and `De` may begin either."""
    found = _CAPITALISED.search(before)
    if found is None:
        return False
    begins = _CLOSED.search(before[: found.start()]) is not None and not follows_an_article(before)
    return not (begins and is_frequent(letters(found["word"])))


def _has_initials(before: str, found: re.Match[str]) -> bool:
    surname = found["surname"]
    if is_called_after(before) or letters(surname) in places() or _is_a_saint(before, found["initials"]):
        return False
    return found["initials"].count(".") >= _LEAST_INITIALS or (
        is_a_surname(surname) and not before.endswith((" en ", " of "))
    )


def _is_shouted(before: str, found: re.Match[str]) -> bool:
    given, surname = found["given"], found["surname"]
    is_given = is_given_name(given) and not is_word(letters(given)) and not is_called_after(before)
    return is_given and is_a_surname(surname) and letters(f"{given} {surname}") not in places()


def _is_a_saint(before: str, initials: str) -> bool:
    """`de H. Antonius`."""
    return initials.strip() == "H." and re.search(r"(?<!\w)[Dd]e\s$", before) is not None


def _is_turned(_: str, found: re.Match[str]) -> bool:
    if found["given"] is not None:
        return is_given_name(found["given"])
    return is_a_surname(found["surname"]) or found["initials"].count(".") >= _LEAST_INITIALS


def is_a_surname(text: str) -> bool:
    """Whether it is no word of the language, and no place."""
    return letters(text) not in places() and not is_word(letters(text.rsplit(maxsplit=1)[-1]))


def _is_styled(before: str, _: re.Match[str]) -> bool:
    return not is_called_after(before)


_LOOKED_FOR = (
    (_GIVEN_AND_SURNAME, _is_person),
    (_INITIALS_AND_SURNAME, _has_initials),
    (_SHOUTED, _is_shouted),
    (_TURNED, _is_turned),
    (_STYLED, _is_styled),
)
