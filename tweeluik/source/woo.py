"""The categories of information of the Wet open overheid (article 3.3), as the lists of the government have them.

Source: the list of information categories of TOOI, and the names of files in the guide of the Woo harvester
(https://standaarden.overheid.nl/diwoo/metadata).
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
