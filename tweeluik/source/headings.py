"""What people write above the columns of their spreadsheets, and which key of the source it is."""

from __future__ import annotations

import re

from tweeluik.words.folding import letters

PARTNERS = {
    "id": ("id", "kenmerk"),
    "name": ("name", "naam", "organisatie", "naam organisatie", "partner"),
    "aliases": ("aliases", "alias", "andere namen", "afkorting", "ook bekend als"),
    "registration": ("registration", "kvk", "kvk-nummer", "kvk nummer", "nummer kvk"),
    "rsin": ("rsin", "rsin-nummer", "fiscaal nummer"),
    "kind": ("kind", "soort", "soort organisatie", "type", "type organisatie"),
    "region": ("region", "regio", "gebied", "provincie"),
    "umbrella": ("umbrella", "koepel", "koepelorganisatie"),
    "traceable_to_persons": ("traceable_to_persons", "herleidbaar", "herleidbaar tot personen"),
    "endorsed": ("endorsed", "onderschreven", "onderschreven op", "datum onderschrijving"),
}
CONVERSATIONS = {
    "date": ("date", "datum", "datum gesprek"),
    "partners": ("partners", "partner", "organisaties", "organisatie", "gesprekspartners", "deelnemers"),
    "context": ("context", "kader"),
    "form": ("form", "vorm", "vorm gesprek"),
    "measures": ("measures", "maatregelen", "maatregel"),
    "subject": ("subject", "onderwerp"),
}
WORDS = {
    "actieagenda": "agenda",
    "binnenactieagenda": "agenda",
    "samenleving": "society",
    "contactmetdesamenleving": "society",
    "integratie": "integratie-en-samenleven",
    "anders": "overig",
}
"""Folded words that mean one of the source's own fixed words."""

TRUE = frozenset({"true", "ja", "j", "yes", "x", "waar", "1"})
FALSE = frozenset({"false", "nee", "n", "no", "onwaar", "0"})

_MEASURES_OF_A_YEAR = re.compile(r"(?:measures|maatregelen?|samenwerking)(20\d\d)")


def keys(headings: list[str]) -> tuple[str, dict[int, str]] | None:
    """Whether these are columns of `partners` or `conversations`, and the key of every column that is known.

    A column with the measures of one year has the key `collaborations.2025`. None: neither can be told.
    """
    conversations = _match(headings, CONVERSATIONS)
    if {"date", "partners"} <= {*conversations.values()}:
        return "conversations", conversations
    partners = _match(headings, PARTNERS)
    return ("partners", partners) if "name" in partners.values() else None


def _match(headings: list[str], known: dict[str, tuple[str, ...]]) -> dict[int, str]:
    meaning = {letters(heading): key for key, all_ in known.items() for heading in all_}
    found: dict[int, str] = {}
    for position, heading in enumerate(headings):
        year = _MEASURES_OF_A_YEAR.fullmatch(letters(heading))
        key = f"collaborations.{year[1]}" if year and known is PARTNERS else meaning.get(letters(heading))
        if key is not None and key not in found.values():
            found[position] = key
    return found
