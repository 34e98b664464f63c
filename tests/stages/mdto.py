"""What MDTO 1.0.1 asks, as a table: of every group its elements in their order, how often each may stand there, and what it holds.

The official schema is the Nationaal Archief's and is not kept here; `tools/mdto.py` holds files against it. From this
table a schema of our own is made, so that a test needs nothing from elsewhere.
"""

from __future__ import annotations

NAMESPACE = "https://www.nationaalarchief.nl/mdto"

Row = tuple[str, str, str]
"""The name of an element, how often it stands there ("1", "?", "*", "+"), and the group or the kind of text in it."""

_REFERENCE = "verwijzingGegevens"
_TERM = "begripGegevens"
_OBJECT: tuple[Row, ...] = (("identificatie", "+", "identificatieGegevens"), ("naam", "1", "string"))

GROUPS: dict[str, tuple[Row, ...]] = {
    "informatieobject": (
        *_OBJECT, ("aggregatieniveau", "?", _TERM), ("classificatie", "*", _TERM), ("trefwoord", "*", "string"), ("omschrijving", "*", "string"),
        ("raadpleeglocatie", "*", "raadpleeglocatieGegevens"), ("dekkingInTijd", "*", "dekkingInTijdGegevens"), ("dekkingInRuimte", "*", _REFERENCE),
        ("taal", "*", "language"), ("event", "*", "eventGegevens"), ("waardering", "1", _TERM), ("bewaartermijn", "?", "termijnGegevens"),
        ("informatiecategorie", "?", _TERM), ("isOnderdeelVan", "*", _REFERENCE), ("bevatOnderdeel", "*", _REFERENCE),
        ("heeftRepresentatie", "*", _REFERENCE), ("aanvullendeMetagegevens", "*", _REFERENCE),
        ("gerelateerdInformatieobject", "*", "gerelateerdInformatieobjectGegevens"), ("archiefvormer", "+", _REFERENCE),
        ("betrokkene", "*", "betrokkeneGegevens"), ("activiteit", "?", _REFERENCE), ("beperkingGebruik", "+", "beperkingGebruikGegevens"),
    ),
    "bestand": (
        *_OBJECT, ("omvang", "1", "integer"), ("bestandsformaat", "1", _TERM), ("checksum", "+", "checksumGegevens"),
        ("URLBestand", "?", "anyURI"), ("isRepresentatieVan", "1", _REFERENCE),
    ),
    "identificatieGegevens": (("identificatieKenmerk", "1", "string"), ("identificatieBron", "1", "string")),
    _REFERENCE: (("verwijzingNaam", "1", "string"), ("verwijzingIdentificatie", "?", "identificatieGegevens")),
    _TERM: (("begripLabel", "1", "string"), ("begripCode", "?", "string"), ("begripBegrippenlijst", "1", _REFERENCE)),
    "dekkingInTijdGegevens": (
        ("dekkingInTijdType", "1", _TERM), ("dekkingInTijdBegindatum", "1", "date"), ("dekkingInTijdEinddatum", "?", "date"),
    ),
    "eventGegevens": (
        ("eventType", "1", _TERM), ("eventTijd", "?", "date"), ("eventVerantwoordelijkeActor", "?", _REFERENCE), ("eventResultaat", "?", "string"),
    ),
    "gerelateerdInformatieobjectGegevens": (
        ("gerelateerdInformatieobjectVerwijzing", "1", _REFERENCE), ("gerelateerdInformatieobjectTypeRelatie", "1", _TERM),
    ),
    "betrokkeneGegevens": (("betrokkeneTypeRelatie", "1", _TERM), ("betrokkeneActor", "1", _REFERENCE)),
    "beperkingGebruikGegevens": (
        ("beperkingGebruikType", "1", _TERM), ("beperkingGebruikNadereBeschrijving", "?", "string"),
        ("beperkingGebruikDocumentatie", "*", _REFERENCE), ("beperkingGebruikTermijn", "?", "termijnGegevens"),
    ),
    "termijnGegevens": (
        ("termijnTriggerStartLooptijd", "?", _TERM), ("termijnStartdatumLooptijd", "?", "date"), ("termijnLooptijd", "?", "duration"),
        ("termijnEinddatum", "?", "date"),
    ),
    "checksumGegevens": (("checksumAlgoritme", "1", _TERM), ("checksumWaarde", "1", "string"), ("checksumDatum", "1", "dateTime")),
    "raadpleeglocatieGegevens": (("raadpleeglocatieFysiek", "*", _REFERENCE), ("raadpleeglocatieOnline", "*", "anyURI")),
}  # fmt: skip

REQUIRED = {(group, name) for group, rows in GROUPS.items() for name, often, _ in rows if often in "1+"}
"""Every element that must stand in its group, where that group is there."""

_OFTEN = {"1": (1, "1"), "?": (0, "1"), "*": (0, "unbounded"), "+": (1, "unbounded")}


def group_of(name: str) -> str | None:
    """The group that an element holds; None: a text."""
    kinds = {row[0]: row[2] for rows in GROUPS.values() for row in rows}
    return name if name in GROUPS else kinds[name] if kinds[name] in GROUPS else None


def schema() -> str:
    """The table as an XML Schema."""
    groups = "".join(_group(name, rows) for name, rows in GROUPS.items())
    roots = "".join(f'<xsd:element name="{name}" type="{name}"/>' for name in ("informatieobject", "bestand"))
    return (
        f'<xsd:schema xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns="{NAMESPACE}" targetNamespace="{NAMESPACE}" '
        f'elementFormDefault="qualified"><xsd:element name="MDTO"><xsd:complexType><xsd:choice>{roots}</xsd:choice>'
        f"</xsd:complexType></xsd:element>{groups}</xsd:schema>"
    )


def _group(name: str, rows: tuple[Row, ...]) -> str:
    elements = "".join(
        f'<xsd:element name="{element}" type="{kind if kind in GROUPS else f"xsd:{kind}"}" '
        f'minOccurs="{_OFTEN[often][0]}" maxOccurs="{_OFTEN[often][1]}"/>'
        for element, often, kind in rows
    )
    return f'<xsd:complexType name="{name}"><xsd:sequence>{elements}</xsd:sequence></xsd:complexType>'
