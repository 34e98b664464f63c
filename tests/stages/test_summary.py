"""What a build says of itself, in public numbers only."""

from __future__ import annotations

from dataclasses import replace

from tests.stages.a_publication import a_publication
from tweeluik.checks.audit.widths import Widths
from tweeluik.pipeline.summary import summarise
from tweeluik.words.said import shown

RELEASES = a_publication().releases
WIDTHS = {(release.edition, table.id): Widths(None, 0.0) for release in RELEASES for table in release.tables}


def lines(*releases: object) -> list[str]:
    return [shown(line, "en") for line in summarise(releases, {"index.html": b"1234"}, WIDTHS, {}).as_lines()]  # type: ignore[arg-type]


def test_an_edition_for_inspection_is_a_notice_only() -> None:
    notice = next(release for release in RELEASES if release.notice is not None)
    assert lines(notice)[0] == f"{notice.edition}: for inspection, a notice only"


def test_an_edition_without_tables_is_published_all_the_same() -> None:
    edition = replace(next(release for release in RELEASES if release.notice is None), tables=())
    assert lines(edition)[0] == f"{edition.edition}: {edition.status}, version {edition.version}, no tables"


def test_exceptions_are_counted_where_there_are_any() -> None:
    made = summarise((), {"sitemap.xml": b"x" * 2400}, {}, {}, exceptions=2)
    told = [shown(line, "en") for line in made.as_lines()]
    assert told == ["1 files, 2 kB, 2 exceptions to what is withheld"]


def test_a_site_that_does_not_know_its_address_is_told_what_it_lacks() -> None:
    assert lines() == ["report.yaml has no base_url: no sitemap.xml, which needs whole addresses", "1 files, 0 kB"]
