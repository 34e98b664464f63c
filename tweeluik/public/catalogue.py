"""Descriptions for machines: DCAT-AP-NL 3 for the whole site and schema.org for an edition, both as JSON-LD."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from tweeluik.public.downloads import Download, Taken
from tweeluik.public.message import plain
from tweeluik.public.points import headline
from tweeluik.public.wording import LICENCES
from tweeluik.record import Publication, Release

Node = dict[str, Any]

EU = "http://publications.europa.eu/resource/authority"
"""The European Union's lists of themes, languages, file types and so on, which DCAT-AP-NL 3 prescribes."""

CONTEXT: Node = {
    "adms": "http://www.w3.org/ns/adms#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "spdx": "http://spdx.org/rdf/terms#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}

FILE_TYPES: Mapping[str, str] = {"csv": "CSV", "csvw": "JSON", "json": "JSON", "pdf": "PDF", "ods": "ODS"}
"""Per kind of download its name in the EU's list of file types."""


# --- DCAT -------------------------------------------------------------------------------------------------------------


def catalogue(publication: Publication, taken: Taken) -> Node:
    """The site as a DCAT catalogue: one series, a dataset per edition with tables, a distribution per file."""
    base = publication.base_url or ""
    editions = [release for release in publication.releases if release.tables]
    series = _series(publication, base)
    catalog = {
        "@id": f"{base}#catalogus",
        "@type": "dcat:Catalog",
        **_common(base, publication.title, f"Open gegevens bij: {publication.title}."),
        "foaf:homepage": {"@id": f"{base}index.html"},
        "dct:license": {"@id": _licence(publication)},
        "dcat:dataset": [{"@id": _dataset_id(base, each)} for each in editions],
    }
    agents = (_agent(publication, base), _contact(publication, base))
    nodes = (node for each in editions for node in _edition(publication, base, each, taken[each.edition]))
    return {"@context": CONTEXT, "@graph": [catalog, series, *agents, *nodes]}


def _series(publication: Publication, base: str) -> Node:
    return {
        "@id": f"{base}#reeks",
        "@type": "dcat:DatasetSeries",
        **_common(base, publication.title, "Een reeks met een overzicht per editie."),
        "dct:accrualPeriodicity": {"@id": f"{EU}/frequency/ANNUAL"},
    }


def _edition(publication: Publication, base: str, release: Release, files: Iterable[Download]) -> Iterator[Node]:
    files = tuple(files)
    identifier = _dataset_id(base, release)
    yield {
        "@id": identifier,
        "@type": "dcat:Dataset",
        "dct:identifier": identifier,
        **_common(base, release.title, plain(headline(release))),
        "dct:creator": {"@id": f"{base}#uitgever"},
        "dct:accessRights": {"@id": f"{EU}/access-right/PUBLIC"},
        "dct:spatial": {"@id": f"{EU}/country/NLD"},
        "dct:temporal": {
            "@type": "dct:PeriodOfTime",
            "dcat:startDate": _typed(release.period_from),
            "dcat:endDate": _typed(release.period_until),
        },
        "dcat:theme": {"@id": f"{EU}/data-theme/SOCI"},
        "dcat:inSeries": {"@id": f"{base}#reeks"},
        "dcat:landingPage": {"@id": f"{base}edities/{release.edition}/index.html"},
        "dcat:version": str(release.version),
        **_dates(release),
        "dcat:distribution": [{"@id": _file_id(base, release, file)} for file in files],
    }
    yield from (_distribution(publication, base, release, file) for file in files)


def _distribution(publication: Publication, base: str, release: Release, file: Download) -> Node:
    address = _file_id(base, release, file)
    return {
        "@id": address,
        "@type": "dcat:Distribution",
        "dct:title": _dutch(file.title),
        "dcat:accessURL": {"@id": f"{base}edities/{release.edition}/index.html"},
        "dcat:downloadURL": {"@id": address},
        "dcat:mediaType": {"@id": f"https://www.iana.org/assignments/media-types/{file.media_type}"},
        "dct:format": {"@id": f"{EU}/file-type/{FILE_TYPES[file.kind]}"},
        "dct:license": {"@id": _licence(publication)},
        "dct:language": {"@id": f"{EU}/language/NLD"},
        "dcat:byteSize": {"@type": "xsd:nonNegativeInteger", "@value": str(len(file.data))},
        "spdx:checksum": {
            "@type": "spdx:Checksum",
            "spdx:algorithm": {"@id": "spdx:checksumAlgorithm_sha256"},
            "spdx:checksumValue": {"@type": "xsd:hexBinary", "@value": file.digest},
        },
    }


def _common(base: str, title: str, description: str) -> Node:
    return {
        "dct:title": _dutch(title),
        "dct:description": _dutch(description),
        "dct:language": {"@id": f"{EU}/language/NLD"},
        "dct:publisher": {"@id": f"{base}#uitgever"},
        "dcat:contactPoint": {"@id": f"{base}#contact"},
    }


def _licence(publication: Publication) -> str:
    return LICENCES[publication.licence][1].removesuffix("deed.nl")


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


# --- schema.org -------------------------------------------------------------------------------------------------------


def dataset(publication: Publication, release: Release, files: Iterable[Download]) -> Node:
    """An edition as a schema.org Dataset, for search engines."""
    organisation = {"@type": "GovernmentOrganization", "name": publication.publisher}
    place = f"{publication.base_url}edities/{release.edition}/" if publication.base_url else ""
    return {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": release.title,
        "description": plain(headline(release)),
        "inLanguage": "nl",
        "isAccessibleForFree": True,
        "license": LICENCES[publication.licence][1],
        "creator": organisation,
        "publisher": organisation,
        "spatialCoverage": "Nederland",
        "temporalCoverage": f"{release.period_from.isoformat()}/{release.period_until.isoformat()}",
        "version": str(release.version),
        **({} if release.sent is None else {"datePublished": release.sent.isoformat()}),
        "distribution": [
            {
                "@type": "DataDownload",
                "name": file.title,
                "contentUrl": f"{place}{file.name}",
                "encodingFormat": file.media_type,
                "sha256": file.digest,
            }
            for file in files
        ],
    }
