"""A publication as canonical JSON, and back: all that is handed to the process that renders the public panel.

Its releases are the very texts of their `release.json`.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date
from typing import Any

from tweeluik.record.canonical import parse_own, serialise
from tweeluik.record.log import parse_log, serialise_log
from tweeluik.record.model import Page, Publication, Release, Security, Woo


def serialise_publication(publication: Publication) -> bytes:
    """Every field of it."""
    security = publication.security
    raw = {
        "title": publication.title,
        "publisher": publication.publisher,
        "contact_name": publication.contact_name,
        "contact_email": publication.contact_email,
        "base_url": publication.base_url,
        "licence": publication.licence,
        "accessibility_statement": publication.accessibility_statement,
        "security": None if security is None else {**asdict(security), "expires": security.expires.isoformat()},
        "woo": None if publication.woo is None else asdict(publication.woo),
        "releases": [serialise(each).decode() for each in publication.releases],
        "pages": [asdict(each) for each in publication.pages],
        "superseded": [serialise(each).decode() for each in publication.superseded],
        "log": serialise_log(publication.log).decode(),
        "unpublished": sorted(publication.unpublished),
        "wording": publication.wording,
        "privacy_statement": publication.privacy_statement,
    }
    return json.dumps(raw, ensure_ascii=False).encode()


def parse_publication(data: bytes) -> Publication:
    """What `serialise_publication` was given, from the bytes that it made in this run.

    Raises:
        BrokenLog: the log in it is none.
    """
    raw: dict[str, Any] = json.loads(data)
    return Publication(
        **{
            **raw,
            "security": None if raw["security"] is None else _security(raw["security"]),
            "woo": None if raw["woo"] is None else Woo(**raw["woo"]),
            "releases": _releases(raw["releases"]),
            "pages": tuple(Page(**each) for each in raw["pages"]),
            "superseded": _releases(raw["superseded"]),
            "log": parse_log(raw["log"].encode()),
            "unpublished": frozenset(raw["unpublished"]),
            "wording": tuple((key, text) for key, text in raw["wording"]),
        }
    )


def _security(raw: dict[str, Any]) -> Security:
    return Security(raw["contact"], date.fromisoformat(raw["expires"]))


def _releases(texts: list[str]) -> tuple[Release, ...]:
    return tuple(parse_own(each.encode()) for each in texts)
