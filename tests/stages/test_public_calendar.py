"""What appears when, what was changed, and the pages about privacy and accessibility: whole, from records and the report."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from selectolax.lexbor import LexborHTMLParser

from tests.stages.a_publication import a_publication, not_published, provisional_2026, rounded_2026, suppressed_2025
from tests.templates import PUBLIC
from tweeluik.public.revisions import revisions
from tweeluik.public.site import render_site
from tweeluik.public.timetable import kept, promised
from tweeluik.record.log import follow
from tweeluik.record.model import Correction, Publication

pytestmark = pytest.mark.usefixtures("drawn_once")


def text(publication: Publication, path: str) -> str:
    main = LexborHTMLParser(render_site(publication, PUBLIC)[path].decode()).css_first("main")
    assert main is not None
    return " ".join(main.text(separator=" ").split())


# --- what appears when ------------------------------------------------------------------------------------------------


def test_what_comes_is_the_next_edition_and_the_final_numbers_of_one_that_is_provisional() -> None:
    provisional = replace(provisional_2026(), due=date(2027, 7, 1), next_due=date(2028, 7, 1))
    found = promised(a_publication(provisional, suppressed_2025()))
    assert [(each.release.edition, each.due, each.final) for each in found] == [
        ("2026", date(2027, 7, 1), True), ("2026", date(2028, 7, 1), False),
    ]  # fmt: skip


def test_an_edition_that_another_followed_promises_none() -> None:
    earlier = replace(suppressed_2025(), next_due=date(2027, 7, 1))
    assert promised(a_publication(rounded_2026(), earlier)) == ()
    assert len(promised(a_publication(earlier))) == 1


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        (date(2026, 6, 24), "24 juni 2026 ja"),
        (date(2026, 7, 1), "1 juli 2026 ja"),
        (date(2026, 7, 2), "2 juli 2026 nee, 1 dag later"),
        (date(2026, 7, 11), "11 juli 2026 nee, 10 dagen later: Er ontbrak een opgave."),
    ],
)
def test_readers_see_whether_an_edition_came_in_time_and_why_not(sent: date, said: str) -> None:
    late = "Er ontbrak een opgave." if "opgave" in said else None
    release = replace(suppressed_2025(), sent=sent, late=late)
    assert f"Partneroverzicht 2025 1 juli 2026 {said}" in text(a_publication(release), "kalender/index.html")


def test_the_editions_that_came_stand_newest_first_and_those_without_a_day_do_not() -> None:
    newer = replace(rounded_2026(), sent=date(2027, 6, 30))
    found = kept(a_publication(newer, suppressed_2025(), not_published()))
    assert [each.release.edition for each in found] == ["2026", "2025"]


def test_without_a_day_the_page_says_so() -> None:
    said = text(a_publication(replace(suppressed_2025(), due=None)), "kalender/index.html")
    assert "Er staat nog geen dag vast." in said
    assert "Er is nog niets verschenen." in said


# --- what was changed -------------------------------------------------------------------------------------------------


def corrected() -> Publication:
    """2025 with a correction, 2026 first provisional and then final."""
    first = replace(suppressed_2025(), version=1, corrections=())
    provisional = replace(provisional_2026(), version=1)
    final = replace(rounded_2026(), version=2)
    log = follow((), first, date(2026, 7, 1))
    for release, day in (
        (suppressed_2025(), date(2026, 9, 1)),
        (provisional, date(2026, 11, 15)),
        (final, date(2027, 7, 1)),
    ):
        log = follow(log, release, day)
    return a_publication(final, suppressed_2025(), superseded=(first, provisional), log=log)


def test_a_correction_and_a_revision_are_told_apart_newest_first() -> None:
    found = [(each.day, each.release.edition, each.version, each.reason) for each in revisions(corrected())]
    assert found == [
        (date(2027, 7, 1), "2026", 2, "revision"),
        (date(2026, 9, 1), "2025", 2, "correction"),
    ]


def test_the_page_has_the_note_and_says_how_many_numbers_are_otherwise() -> None:
    publication = corrected()
    cells = {**publication.superseded[0].tables[1].cells}
    cells["NL31",] = cells["NL32",]
    first = publication.superseded[0]
    first = replace(first, tables=(first.tables[0], replace(first.tables[1], cells=cells), *first.tables[2:]))
    said = text(replace(publication, superseded=(first, publication.superseded[1])), "verbeteringen/index.html")
    assert (
        "1 september 2026 Partneroverzicht 2025, versie 2 Verbetering In de tabel naar regio stond een verkeerd opschrift. 1 getal is anders."
        in said
    )
    assert (
        "1 juli 2027 Partneroverzicht 2026, versie 2 Herziening De voorlopige cijfers zijn vervangen door nieuwe."
        in said
    )


def test_an_edition_that_was_taken_back_is_told_as_that() -> None:
    taken = Correction(3, date(2027, 1, 5), "De bron klopte niet.", withdraws=True)
    gone = replace(
        suppressed_2025(), version=3, corrections=(*suppressed_2025().corrections, taken), tables=(), named=(), salts=()
    )
    (first, _) = revisions(a_publication(gone, superseded=(suppressed_2025(),)))
    assert (first.reason, first.version, first.cells, first.note) == ("withdrawal", 3, 0, "De bron klopte niet.")


def test_nothing_was_changed_yet() -> None:
    assert "Er is nog niets veranderd." in text(a_publication(rounded_2026()), "verbeteringen/index.html")


# --- privacy, accessibility -------------------------------------------------------------------------------------------


def test_the_pages_lead_to_the_statements_of_the_ministry_where_it_has_them() -> None:
    with_both = a_publication(
        accessibility_statement="https://example.org/t", privacy_statement="https://example.org/p"
    )
    files = render_site(with_both, PUBLIC)
    assert b'<a href="https://example.org/t">' in files["toegankelijkheid/index.html"]
    assert (
        b'<a href="https://example.org/p">privacyverklaring van Ministerie van Voorbeeldzaken</a>'
        in files["privacy/index.html"]
    )


def test_without_a_statement_the_page_does_not_claim_one() -> None:
    assert "nog geen verklaring" in text(a_publication(), "toegankelijkheid/index.html")
    assert "privacyverklaring" not in text(a_publication(), "privacy/index.html")


@pytest.mark.parametrize("path", ["kalender", "verbeteringen", "privacy", "toegankelijkheid"])
def test_every_page_leads_to_them(path: str) -> None:
    pages = {
        name: data.decode() for name, data in render_site(a_publication(), PUBLIC).items() if name.endswith(".html")
    }
    assert len(pages) > 10
    assert [name for name, page in pages.items() if f'{path}/index.html"' not in page] == []
