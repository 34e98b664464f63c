"""An edition for search engines: schema.org's Dataset, as JSON-LD in its page."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tweeluik.public.downloads import Download
from tweeluik.public.message import plain
from tweeluik.public.news import name_of
from tweeluik.public.points import headline
from tweeluik.public.texts import as_of, folder_of, status
from tweeluik.public.words import words
from tweeluik.record.model import Publication, Release
from tweeluik.words.wording import LICENCES


def dataset(publication: Publication, release: Release, files: Iterable[Download]) -> dict[str, Any]:
    """The edition with its files."""
    said = words(release)
    organisation = {"@type": "GovernmentOrganization", "name": release.colophon.publisher}
    place = f"{publication.base_url}{folder_of(publication, release)}" if publication.base_url else ""
    return {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": release.title,
        "identifier": name_of(publication, f"edities/{release.edition}/index.html#gegevensset"),
        **({"url": place} if place else {}),
        "description": plain(headline(release)),
        "inLanguage": "nl",
        "isAccessibleForFree": True,
        "license": LICENCES[release.colophon.licence],
        "creator": organisation,
        "publisher": organisation,
        "spatialCoverage": said.text("catalogue.place"),
        "temporalCoverage": f"{release.period_from.isoformat()}/{release.reaches.isoformat()}",
        "creativeWorkStatus": ", ".join(
            filter(None, (said.text(f"status.{status(publication, release)}"), as_of(release)))
        ),
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
