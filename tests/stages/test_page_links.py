"""Links of running text lead to a page of the site, or are told by their place."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tweeluik.pipeline.links import find_dead_links
from tweeluik.pipeline.summary import summarise
from tweeluik.problems import Place
from tweeluik.source.records import Page

FILES = {"index.html", "over/index.html", "data.jsonld", "edities/2025/index.html", "edities/2025/soort.csv"}
PAGE = Page("werkwijze", "Werkwijze", 1, "", Place("pages/werkwijze.md", 1, 1), 6)


@pytest.mark.parametrize(
    ("target", "is_told"),
    [
        ("../over/", False),
        ("../over", False),
        ("../over/index.html#kop", False),
        ("../", False),
        ("../data.jsonld", False),
        ("../edities/2025/soort.csv", False),
        ("https://example.org/weg", False),
        ("mailto:a@example.org", False),
        ("#kop", False),
        ("../../elders/", False),
        ("/vanaf-de-wortel/", False),
        ("over/", True),
        ("../ovre/", True),
        ("../edities/2026/", True),
        ("weg?zoek=1", True),
    ],
)
def test_a_link_that_leads_nowhere_on_the_site(target: str, is_told: bool) -> None:
    page = replace(PAGE, text=f"Zo: `[code](weg)`.\n\n```\n[ook](weg)\n```\nZie [hier]({target}).\n")
    assert list(find_dead_links([page], FILES)) == [Place("pages/werkwijze.md", 11, 5)] * is_told


def test_it_is_a_warning_and_no_place_of_it_is_data() -> None:
    summary = summarise((), {}, {}, {}, dead_links=[Place("pages/over.md", 7, 3)])
    (told,) = map(str, summary.doubts())
    assert told.startswith("pages/over.md:7:3: a link to a page that the site does not have (link to a page of the web")
    assert "dead_links" not in summary.as_data()
