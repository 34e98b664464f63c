"""In whose words something is said: a version in those of its day, the site in those of today."""

from __future__ import annotations

from functools import lru_cache

from tweeluik.record.model import Publication, Release
from tweeluik.words.phrases import DUTCH, Words


def words(release: Release) -> Words:
    """The words with which a version was published."""
    return _own(() if release.imprint is None else release.imprint.wording)


def words_of(publication: Publication) -> Words:
    """The words of the site around the editions."""
    return _own(publication.wording)


@lru_cache(maxsize=64)
def _own(texts: tuple[tuple[str, str], ...]) -> Words:
    return DUTCH.own(dict(texts))
