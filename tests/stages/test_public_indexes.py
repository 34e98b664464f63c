"""What indexes and researchers of security look for: only when the source says so, and then whole."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from tests.desk import keep_simple_tables
from tests.everything import make_everything, unchecked
from tests.stages.a_publication import a_publication
from tests.templates import PUBLIC
from tweeluik.public.site import render_site
from tweeluik.record.model import Security, Woo

pytestmark = pytest.mark.usefixtures("drawn_once")

ROOT = Path(__file__).parents[2]
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
WOO = "{https://standaarden.overheid.nl/diwoo/metadata/}"
ORGANISATION = "https://identifier.overheid.nl/tooi/id/ministerie/mnre0170"
CATEGORY = "https://identifier.overheid.nl/tooi/def/thes/kern/c_c76862ab"


def site(**changes: Any) -> dict[str, bytes]:
    return render_site(a_publication(**changes), PUBLIC)


def an_index() -> Woo:
    return Woo(ORGANISATION, CATEGORY, "vergaderstukken Staten-Generaal", 7)


def test_without_values_there_is_nothing() -> None:
    files = site()
    assert [path for path in files if "well-known" in path or "woo" in path.replace("woorden", "")] == []
    assert b"woo" not in files["robots.txt"]


def test_who_finds_a_weak_spot_reads_where_to_report_it() -> None:
    files = site(security=Security("https://partners.example.org/melden", date(2027, 12, 31)))
    assert files[".well-known/security.txt"].decode().splitlines() == [
        "Contact: https://partners.example.org/melden",
        "Expires: 2027-12-31T00:00:00Z",
        "Preferred-Languages: nl, en",
        "Canonical: https://partners.example.org/.well-known/security.txt",
    ]
    assert b".well-known/security.txt" in files["manifest.txt"]


def test_the_harvester_is_led_from_robots_to_every_annex_that_was_sent() -> None:
    files = site(woo=an_index())
    base = "https://partners.example.org/"
    index = "sitemapindex-diwoo-infocat007.xml"
    assert f"Sitemap: {base}{index}" in files["robots.txt"].decode().splitlines()
    (place,) = ET.fromstring(files[index]).iter(f"{MAP}loc")
    (url,) = ET.fromstring(files[(place.text or "").removeprefix(base)]).iter(f"{MAP}url")
    assert (url.findtext(f"{MAP}loc") or "").removeprefix(base) == "edities/2025/annex.pdf"
    assert (url.findtext(f"{MAP}loc") or "").removeprefix(base) in files
    assert url.findtext(f"{MAP}lastmod") == "2026-09-01"


def test_a_document_has_what_the_harvester_asks_in_its_order() -> None:
    (about,) = ET.fromstring(site(woo=an_index())["sitemap-woo.xml"]).iter(f"{WOO}DiWoo")
    asked = ["creatiedatum", "publisher", "titelcollectie", "classificatiecollectie", "documenthandelingen"]
    assert [each.tag for each in about] == [f"{WOO}{name}" for name in asked]
    assert about.findtext(f"{WOO}creatiedatum") == "2026-06-24"
    assert {each.get("resource"): each.text for each in about.iter() if each.get("resource")} == {
        ORGANISATION: "Ministerie van Voorbeeldzaken",
        CATEGORY: "vergaderstukken Staten-Generaal",
        "https://identifier.overheid.nl/tooi/def/thes/kern/c_641ecd76": "vaststelling",
    }
    assert next(about.iter(f"{WOO}officieleTitel")).text == "Partneroverzicht 2025"
    assert next(about.iter(f"{WOO}atTime")).text == "2026-06-24T00:00:00"


def test_the_values_come_from_the_report_file(tmp_path: Path) -> None:
    content = tmp_path / "content"
    shutil.copytree(ROOT / "tests" / "golden" / "content", content)
    keep_simple_tables(content)
    with (content / "report.yaml").open("a", encoding="utf-8") as file:
        file.write(
            "security: {contact: https://partners.example.org/melden, expires: 2027-12-31}\n"
            f"diwoo: {{organisation: {ORGANISATION}, category: vergaderstukken Staten-Generaal}}\n"
        )
    with unchecked():
        files = make_everything(content).files
    assert b"Contact: https://partners.example.org/melden\n" in files[".well-known/security.txt"]
    assert CATEGORY.encode() in files["sitemap-woo.xml"]
    assert "sitemapindex-diwoo-infocat007.xml" in files
