"""The site as a catalogue for machines: DCAT-AP-NL 3, as JSON-LD."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from tweeluik.public.downloads import Download, Taken
from tweeluik.public.message import plain
from tweeluik.public.news import name_of
from tweeluik.public.points import headline
from tweeluik.public.texts import as_of, status
from tweeluik.public.words import words_of
from tweeluik.record.model import Publication, Release
from tweeluik.words.wording import LICENCES

Node = dict[str, Any]

EU = "http://publications.europa.eu/resource/authority"
"""The European Union's lists of themes, languages, file types and so on, which DCAT-AP-NL 3 prescribes."""

CONTEXT: Node = {
    "adms": "http://www.w3.org/ns/adms#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "spdx": "http://spdx.org/rdf/terms#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}

FILE_TYPES: Mapping[str, str] = {
    "csv": "CSV",
    "csvw": "JSON",
    "json": "JSON",
    "pdf": "PDF",
    "ods": "ODS",
    "docx": "DOCX",
    "png": "PNG",
    "svg": "SVG",
}
"""Per kind of download its name in the EU's list of file types."""

ADMS = "http://purl.org/adms/status"
_STATUSES = {
    "concept": "UnderDevelopment", "provisional": "UnderDevelopment", "final": "Completed", "withdrawn": "Withdrawn",
}  # fmt: skip

RANGES: Mapping[str, str] = {
    "adms:status": "skos:Concept",
    "dcat:landingPage": "foaf:Document",
    "dcat:mediaType": "dct:MediaType",
    "dcat:theme": "skos:Concept",
    "dct:accessRights": "dct:RightsStatement",
    "dct:accrualPeriodicity": "dct:Frequency",
    "dct:conformsTo": "dct:Standard",
    "dct:format": "dct:MediaTypeOrExtent",
    "dct:language": "dct:LinguisticSystem",
    "dct:license": "dct:LicenseDocument",
    "dct:spatial": "dct:Location",
    "foaf:homepage": "foaf:Document",
    "foaf:page": "foaf:Document",
}
"""What an address stands for, per property: said here, so that nobody needs the lists to see that the kind is right."""


def catalogue(publication: Publication, taken: Taken) -> Node:
    """The site as a DCAT catalogue: a series, a dataset per edition that tells numbers, a distribution per file."""
    base = publication.base_url or ""
    editions = datasets(publication)
    catalog: Node = {
        "@id": f"{base}#catalogus",
        "@type": "dcat:Catalog",
        **_common(
            base, publication.title, words_of(publication).text("catalogue.description", title=publication.title)
        ),
        "dct:creator": {"@id": f"{base}#uitgever"},
        "foaf:homepage": {"@id": f"{base}index.html"},
        "dct:license": {"@id": _licence(publication.licence)},
        "dcat:dataset": [{"@id": _dataset_id(base, each)} for each in editions],
    }
    agents = (_agent(publication, base), _contact(publication, base))
    nodes = [node for each in editions for node in _edition(publication, base, each, taken[each.edition, each.version])]
    described = [catalog, _series(publication, base), *agents, *nodes]
    return {"@context": CONTEXT, "@graph": [*described, *_addresses(described)]}


def datasets(publication: Publication) -> tuple[Release, ...]:
    """The editions that are datasets. Where there is none there is no catalogue: one must have a dataset."""
    return tuple(each for each in publication.releases if each.tables or _tells(each))


def _tells(release: Release) -> bool:
    """Whether numbers are what it is for: that there are too few for a table is told too, or that it was taken back."""
    return release.population == "agenda-partners"


def _addresses(nodes: Iterable[Node]) -> Iterator[Node]:
    """Every address that the nodes refer to, once, with its kind."""
    kinds = {node[name]["@id"]: kind for node in nodes for name, kind in RANGES.items() if name in node}
    yield from ({"@id": address, "@type": kind} for address, kind in sorted(kinds.items()))


def _series(publication: Publication, base: str) -> Node:
    return {
        "@id": f"{base}#reeks",
        "@type": "dcat:DatasetSeries",
        **_common(base, publication.title, words_of(publication).text("catalogue.series")),
        "dct:accrualPeriodicity": {"@id": f"{EU}/frequency/ANNUAL"},
    }


def _edition(publication: Publication, base: str, release: Release, files: Iterable[Download]) -> Iterator[Node]:
    files = tuple(files)
    identifier = _dataset_id(base, release)
    yield {
        "@id": identifier,
        "@type": "dcat:Dataset",
        "dct:identifier": name_of(publication, _dataset_id("", release)),
        **_common(base, release.title, plain(headline(release))),
        "dct:creator": {"@id": f"{base}#uitgever"},
        "dct:accessRights": {"@id": f"{EU}/access-right/PUBLIC"},
        "dct:spatial": {"@id": f"{EU}/country/NLD"},
        "dct:temporal": {
            "@type": "dct:PeriodOfTime",
            "dcat:startDate": _typed(release.period_from),
            "dcat:endDate": _typed(release.reaches),
        },
        "dcat:theme": {"@id": f"{EU}/data-theme/SOCI"},
        "dcat:inSeries": {"@id": f"{base}#reeks"},
        "dcat:landingPage": {"@id": f"{base}edities/{release.edition}/index.html"},
        "foaf:page": {"@id": f"{base}methode/index.html"},
        "dcat:version": str(release.version),
        "adms:status": {"@id": f"{ADMS}/{_STATUSES[status(publication, release)]}"},
        **({} if release.as_of is None else {"adms:versionNotes": _dutch(as_of(release).capitalize())}),
        **_dates(release),
        "dcat:distribution": [{"@id": _file_id(base, release, file)} for file in files],
    }
    yield from (_distribution(base, release, file) for file in files)


def _distribution(base: str, release: Release, file: Download) -> Node:
    address = _file_id(base, release, file)
    return {
        "@id": address,
        "@type": "dcat:Distribution",
        "dct:title": _dutch(file.title),
        "dcat:accessURL": {"@id": f"{base}edities/{release.edition}/index.html"},
        "dcat:downloadURL": {"@id": address},
        "dcat:mediaType": {"@id": f"https://www.iana.org/assignments/media-types/{file.media_type}"},
        "dct:format": {"@id": f"{EU}/file-type/{FILE_TYPES[file.kind]}"},
        "dct:license": {"@id": _licence(release.colophon.licence)},
        **_schema(base, release, file),
        "dct:language": {"@id": f"{EU}/language/NLD"},
        "dcat:byteSize": {"@type": "xsd:nonNegativeInteger", "@value": str(file.length)},
        "spdx:checksum": {
            "@type": "spdx:Checksum",
            "spdx:algorithm": {"@id": "spdx:checksumAlgorithm_sha256", "@type": "spdx:ChecksumAlgorithm"},
            "spdx:checksumValue": {"@type": "xsd:hexBinary", "@value": file.digest},
        },
    }


def _schema(base: str, release: Release, file: Download) -> Node:
    """What describes how the file is built up."""
    if file.kind == "csv":
        return {"dct:conformsTo": {"@id": f"{_file_id(base, release, file)}-metadata.json"}}
    return {"dct:conformsTo": {"@id": f"{base}data/release.schema.json"}} if file.kind == "json" else {}


def _common(base: str, title: str, description: str) -> Node:
    return {
        "dct:title": _dutch(title),
        "dct:description": _dutch(description),
        "dct:language": {"@id": f"{EU}/language/NLD"},
        "dct:publisher": {"@id": f"{base}#uitgever"},
        "dcat:contactPoint": {"@id": f"{base}#contact"},
    }


def _licence(licence: str) -> str:
    return LICENCES[licence].removesuffix("deed.nl")


def _agent(publication: Publication, base: str) -> Node:
    return {"@id": f"{base}#uitgever", "@type": "foaf:Agent", "foaf:name": _dutch(publication.publisher)}


def _contact(publication: Publication, base: str) -> Node:
    return {
        "@id": f"{base}#contact",
        "@type": "vcard:Kind",
        "vcard:fn": publication.contact_name,
        "vcard:hasEmail": {"@id": f"mailto:{publication.contact_email}"},
    }


def _dates(release: Release) -> Node:
    changed = max((each.date for each in release.corrections), default=release.sent)
    issued = {} if release.sent is None else {"dct:issued": _typed(release.sent)}
    return issued if changed is None else {**issued, "dct:modified": _typed(changed)}


def _typed(day: date) -> Node:
    return {"@type": "xsd:date", "@value": day.isoformat()}


def _dutch(text: str) -> Node:
    return {"@language": "nl", "@value": text}


def _dataset_id(base: str, release: Release) -> str:
    return f"{base}edities/{release.edition}/index.html#gegevensset"


def _file_id(base: str, release: Release, file: Download) -> str:
    return f"{base}edities/{release.edition}/{file.name}"
