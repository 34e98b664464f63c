"""Small drawings over the years: on one scale, sure and possible apart, with every number of the table in their text."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser

from tests.html import first
from tests.stages.a_publication import a_publication, a_release, a_site, dimension, rounded_2026, suppressed_2025, table
from tests.templates import PUBLIC
from tweeluik.public.downloads import Taken
from tweeluik.public.multiples import HEIGHT, small_multiples
from tweeluik.public.series import all_series
from tweeluik.public.site import render_groups


def of(name: str) -> dict[str, list[tuple[int, int]]]:
    """Per group of a table its columns: how high what is sure, and the band on it."""
    series = next(each for each in all_series((rounded_2026(), suppressed_2025())) if each.id == name)
    return {each.label: [(column.sure, column.band) for column in each.columns] for each in small_multiples(series)}


def test_a_column_is_as_high_as_its_number_surely_is_with_a_band_of_what_it_may_be() -> None:
    high = 44
    assert of("regio")["Zuid-Holland"] == [
        (round(HEIGHT * 38 / high), 0),
        (round(HEIGHT * 36 / high), HEIGHT - round(HEIGHT * 36 / high)),
    ]
    assert of("regio")["Utrecht"][0] == (round(HEIGHT * 31 / high), 0)


def test_a_group_of_one_year_has_none_and_the_text_reads_every_year() -> None:
    assert "Kennisinstelling" not in of("soort")
    page = LexborHTMLParser(a_site()["door-de-jaren/index.html"].decode())
    told = [node.text() for node in page.css(".klein svg desc")]
    assert "Kolommen per jaar. Utrecht: 2025: 31; 2026: 30 (26–34)." in told
    assert len({node.attributes["id"] for node in page.css(".klein svg desc")}) == len(told)
    captions = [" ".join(node.text().split()) for node in page.css(".klein figcaption")]
    assert "Utrecht: 30 (26–34) in 2026" in captions


def test_fifteen_years_and_forty_groups_stay_within_the_page() -> None:
    kinds = [(f"k{at:02}", f"Soort {at:02}") for at in range(40)]
    years = [
        a_release(
            str(year), tables=(table("soort", "Soort", "partners", (dimension("kind", kinds),), [*range(40), 780]),)
        )
        for year in range(2039, 2024, -1)
    ]
    without_downloads: Taken = {(each.edition, each.version): () for each in years}
    made = render_groups(a_publication(*years), PUBLIC, {}, without_downloads, asked=("fixed",))
    page = LexborHTMLParser(made["fixed"]["door-de-jaren/index.html"].decode())
    drawings = page.css(".klein svg")
    assert len(drawings) == 40
    for rect in first(page, ".kleintjes").css("rect:not(pattern rect)"):
        left, width = (float((rect.attributes[name] or "0").rstrip("%")) for name in ("x", "width"))
        assert 0 <= left < left + width <= 100
    assert len(drawings[39].css("rect")) == 15
    assert "jaren" in (first(page, "table[data-reeks=soort]").parent.attributes["class"] or "").split()  # type: ignore[union-attr]


def test_the_numbers_of_a_drawing_are_those_of_its_row() -> None:
    page = LexborHTMLParser(a_site()["door-de-jaren/index.html"].decode())
    rows = {
        first(row, "th").text(): [" ".join(cell.text().split()) for cell in row.css("td")]
        for row in page.css("table[data-reeks=regio] tbody tr")
    }
    drawings = first(page, "#tabel-regio").css(".klein svg desc")
    assert len(drawings) == len(rows) - 1 > 1
    for node in drawings:
        label, _, told = node.text().removeprefix("Kolommen per jaar. ").partition(": ")
        assert [re.sub(r"^\d{4}: ", "", each) for each in told.rstrip(".").split("; ")] == rows[label]
