"""What there is to tell over time, for the feed: editions sent and corrections, by the dates of the record."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import NAMESPACE_URL, uuid5

from tweeluik.public.changes import changes
from tweeluik.public.message import plain
from tweeluik.public.points import headline
from tweeluik.public.words import words
from tweeluik.record.model import Correction, Publication, Release
from tweeluik.words.dutch import plural


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that happened, with the page that has it."""

    day: date
    path: str
    title: str
    text: str


def name_of(publication: Publication, path: str) -> str:
    """What names the feed or an item of it for ever: its address, or a name made from publisher, title and path."""
    if publication.base_url:
        return f"{publication.base_url}{path}"
    return f"urn:uuid:{uuid5(NAMESPACE_URL, f'{publication.publisher}: {publication.title}: {path}')}"


def news(publication: Publication) -> tuple[Item, ...]:
    """Every published edition and correction with a date, newest first."""
    published = (each for each in publication.releases if each.edition not in publication.unpublished)
    items = (item for release in published for item in _items(publication, release))
    return tuple(sorted(items, key=lambda each: (each.day, each.path, each.title), reverse=True))


def has_news(publication: Publication) -> bool:
    """Whether there is anything in `news`, without its sentences."""
    return any(
        each.notice is not None
        or each.sent is not None
        or (each.as_of is not None and publication.entry(each) is not None)
        or bool(each.corrections)
        for each in publication.releases
        if each.edition not in publication.unpublished
    )


def _items(publication: Publication, release: Release) -> Iterator[Item]:
    path = f"edities/{release.edition}/index.html"
    if release.notice is not None:
        yield Item(release.notice.inspection_from, path, release.title, words(release).text("news.notice"))
    elif release.sent is not None:
        yield Item(release.sent, path, release.title, plain(headline(release)))
    elif (entry := publication.entry(release)) is not None and release.as_of is not None:
        yield Item(entry.day, path, release.title, plain(headline(release)))
    for each in release.corrections:
        key = "news.withdrawn" if each.withdraws else "news.version"
        title = words(release).text(
            key, title=release.title, **({} if each.withdraws else {"version": str(each.version)})
        )
        yield Item(each.date, f"{path}#verbetering-{each.version}", title, _changed(publication, release, each))


def _changed(publication: Publication, release: Release, correction: Correction) -> str:
    """The note, and how many numbers readers see otherwise since the version before."""
    versions = {each.version: each for each in (*publication.superseded, release) if each.edition == release.edition}
    after, earlier = versions.get(correction.version), [each for each in versions if each < correction.version]
    is_told = after is not None and earlier and not correction.withdraws
    count = len(changes(versions[max(earlier)], after).cells) if after is not None and is_told else 0
    key = plural(count, "news.changed_one", "news.changed")
    return words(release).text(key, note=correction.note, count=str(count)) if count else correction.note
