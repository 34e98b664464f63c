"""What the government lists: the categories of information of the Wet open overheid (article 3.3), and its ministries.

Sources: the list of information categories of TOOI, and the names of files in the guide of the Woo harvester
(https://standaarden.overheid.nl/diwoo/metadata). The ministries are those of the value list `rwc_ministeries_compleet`,
version 4 of 10 July 2024, which the schema of the Woo index refers to. Both are works of public authority, without
copyright (article 11 of the Auteurswet). A later ministry asks for a later list here.
"""

from __future__ import annotations

from collections.abc import Mapping

_CODES = (
    ("wetten en algemeen verbindende voorschriften", "c_139c6280"),
    ("overige besluiten van algemene strekking", "c_aab6bfc7"),
    ("ontwerpen van wet- en regelgeving met adviesaanvraag", "c_759721e2"),
    ("organisatie en werkwijze", "c_40a05794"),
    ("bereikbaarheidsgegevens", "c_89ee6784"),
    ("bij vertegenwoordigende organen ingekomen stukken", "c_8c840238"),
    ("vergaderstukken Staten-Generaal", "c_c76862ab"),
    ("vergaderstukken decentrale overheden", "c_db4862c3"),
    ("agenda’s en besluitenlijsten bestuurscolleges", "c_3a248e3a"),
    ("adviezen", "c_99a836c7"),
    ("convenanten", "c_8fc2335c"),
    ("jaarplannen en jaarverslagen", "c_c6cd1213"),
    ("subsidieverplichtingen anders dan met beschikking", "c_cf268088"),
    ("Woo-verzoeken en -besluiten", "c_3baef532"),
    ("onderzoeksrapporten", "c_fdaee95e"),
    ("beschikkingen", "c_46a81018"),
    ("klachtoordelen", "c_a870c43d"),
)
"""Name and code, in the order that numbers them from 1."""

CATEGORIES = tuple(name for name, _ in _CODES)

NUMBERS: Mapping[str, int] = {name: number for number, name in enumerate(CATEGORIES, start=1)}

ADDRESSES: Mapping[str, str] = {
    name: f"https://identifier.overheid.nl/tooi/def/thes/kern/{code}" for name, code in _CODES
}

MINISTRIES: Mapping[str, str] = {
    "mnre0170": "Verkeer en Waterstaat",
    "mnre0180": "Volkshuisvesting, Ruimtelijke Ordening en Milieubeheer",
    "mnre1010": "Algemene Zaken",
    "mnre1013": "Buitenlandse Zaken",
    "mnre1018": "Defensie",
    "mnre1025": "Volksgezondheid, Welzijn en Sport",
    "mnre1034": "Binnenlandse Zaken en Koninkrijksrelaties",
    "mnre1040": "Economische Zaken",
    "mnre1045": "Economische Zaken",
    "mnre1058": "Justitie en Veiligheid",
    "mnre1073": "Sociale Zaken en Werkgelegenheid",
    "mnre1090": "Financiën",
    "mnre1109": "Onderwijs, Cultuur en Wetenschap",
    "mnre1130": "Infrastructuur en Waterstaat",
    "mnre1150": "Landbouw, Natuur en Voedselkwaliteit",
    "mnre1153": "Landbouw, Visserij, Voedselzekerheid en Natuur",
    "mnre1162": "Asiel en Migratie",
    "mnre1171": "Volkshuisvesting en Ruimtelijke Ordening",
    "mnre1182": "Klimaat en Groene Groei",
}
"""Per code of TOOI the name of the ministry; two ministries were called the same at different times."""

MINISTRY = "https://identifier.overheid.nl/tooi/id/ministerie/"
"""Stands before the code in the address of a ministry."""
