"""A number that is not exact never stands alone: every place of `docs/numbers.md`, in an edition that is provisional and rounded."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

import pypdfium2
import pytest
from selectolax.lexbor import LexborHTMLParser

from tests.stages.a_publication import a_publication, provisional_2026, rounded_2026
from tests.templates import PUBLIC
from tweeluik.public.site import render_site
from tweeluik.record.cell import Rounded
from tweeluik.record.log import follow
from tweeluik.record.model import Reference

ROOT = Path(__file__).parents[2]
MARK, TITLE = "stand per 30 oktober 2026", "Partneroverzicht 2026"
RANGED = re.compile(r"(?<![\d.–(])(?:\d{1,3}(?:\.\d{3})*|niet getoond)\s\(\d[\d.]*(?:–\d[\d.]*| of meer)?\)")
ROUNDED = re.compile(r"ongeveer (\d[\d.]*)(?![\d.]| ?\()")
"""A rounded number in a sentence, without its range."""


@cache
def site() -> Mapping[str, bytes]:
    """Two whole rounded editions and one on its way, with a version that another took the place of."""
    provisional = provisional_2026()
    earlier = replace(provisional, version=1)
    cells = {**earlier.tables[1].cells, ("NL31",): Rounded(35)}
    older = replace(earlier, tables=(earlier.tables[0], replace(earlier.tables[1], cells=cells), *earlier.tables[2:]))
    newer = replace(provisional, version=2)
    whole = [replace(rounded_2026(), edition=str(year), title=f"Partneroverzicht {year}", compared=None,
                     period_from=rounded_2026().period_from.replace(year=year),
                     period_until=rounded_2026().period_until.replace(year=year)) for year in (2024, 2025)]  # fmt: skip
    second = replace(whole[1], compared=Reference("2024", 1))
    log = follow((), whole[0], provisional.reaches)
    for each in (second, older, newer):
        log = follow(log, each, provisional.reaches)
    publication = a_publication(newer, second, whole[0], superseded=(older,), log=log)
    proof = json.dumps({"numbers": [["partners", []]], "tables": [[116], [124]], "shown": [[0, 1, False, False]]})
    return render_site(publication, PUBLIC, {"edities/2026/proof.json": proof.encode()})


def page(path: str) -> LexborHTMLParser:
    return LexborHTMLParser(site()[path].decode())


def texts(path: str, selector: str) -> list[str]:
    return [" ".join(node.text().split()) for node in page(path).css(selector)]


HERE = "edities/2026/index.html"


def packed(path: str, member: str) -> str:
    with zipfile.ZipFile(io.BytesIO(site()[path])) as archive:
        return archive.read(member).decode()


def pdf() -> list[str]:
    document = pypdfium2.PdfDocument(site()["edities/2026/annex.pdf"])
    found = [" ".join(each.get_textpage().get_text_range().split()) for each in document]
    document.close()
    return found


def in_tables() -> bool:
    captions = texts(HERE, "table caption")
    return (
        all(RANGED.fullmatch(each) for each in texts(HERE, "table[data-tabel] td"))
        and all(MARK in each for each in captions)
        and TITLE in texts(HERE, "h1")[0]
    )


def in_charts() -> bool:
    return all(RANGED.fullmatch(each) for each in texts(HERE, "svg text.cijfer")) and all(
        MARK in each for each in texts(HERE, "figcaption .ondertitel")
    )


def in_the_picture() -> bool:
    picture = page("edities/2026/regio.svg")
    told = " ".join(" ".join(node.text().split()) for node in picture.css("text.ondertitel, text.bron"))
    figures = [" ".join(node.text().split()) for node in picture.css("text.cijfer")]
    return bool(figures) and all(map(RANGED.fullmatch, figures)) and MARK in told and TITLE in told


def on_the_card() -> bool:
    card = page("edities/2026/kaart.svg")
    figures = [" ".join(node.text().split()) for node in card.css("text.groot, text.bereik")]
    (foot,) = [" ".join(node.text().split()) for node in card.css("text.voet")]
    pairs = [" ".join(pair) for pair in zip(figures[::2], figures[1::2], strict=True)]
    return (
        bool(pairs)
        and all(map(RANGED.fullmatch, pairs))
        and MARK in foot
        and TITLE in " ".join(texts("edities/2026/kaart.svg", "title"))
    )


def in_key_figures() -> bool:
    found = texts(HERE, ".kerncijfers li")
    return bool(found) and all(RANGED.search(each) and MARK in each and "2026" in each for each in found)


def in_points() -> bool:
    found = texts(HERE, ".punten li") + [
        each for each in texts("index.html", ".edities > li:first-child ul li") if "2026" in each
    ]
    return bool(found) and all(MARK in each.lower() and not ROUNDED.search(each) for each in found)


def in_the_description() -> bool:
    found = [
        node.attributes["content"] or ""
        for node in page(HERE).css("meta[name=description], meta[property='og:description']")
    ]
    return len(found) == 2 and all(RANGED.search(each) and MARK in each.lower() and "2026" in each for each in found)


def in_structured_data() -> bool:
    described = json.loads(page(HERE).css_first('script[type="application/ld+json"]').text())  # type: ignore[union-attr]
    return bool(
        RANGED.search(described["description"])
        and described["creativeWorkStatus"] == f"Voorlopig, {MARK}"
        and described["temporalCoverage"].endswith("/2026-10-30")
        and (described["name"], described["version"]) == (TITLE, "2")
    )


def in_changes() -> bool:
    (path,) = (each for each in site() if re.fullmatch(r"edities/2026/versie-1/index\.html", each))
    found = texts(path, "details li")
    return (
        bool(found) and all(len(RANGED.findall(each)) == 2 for each in found) and MARK in texts(path, ".vervangen")[0]
    )


def in_the_years() -> bool:
    path = "door-de-jaren/index.html"
    cells = texts(path, "td[data-status=rounded]")
    return bool(cells) and all(map(RANGED.fullmatch, cells)) and any(MARK in each for each in texts(path, ".melding"))


def rows(path: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(site()[path].decode(), newline="")))


def in_the_series() -> bool:
    found = rows("door-de-jaren/reeksen.csv")
    return bool(found) and all(
        each["low"] and each["high"] and each["edition_status"] and each["as_of"] and each["edition"] for each in found
    )


def in_the_csv() -> bool:
    found = rows("edities/2026/regio.csv")
    marks = {(each["edition_status"], each["as_of"]) for each in found}
    return all(each["low"] and each["high"] for each in found) and marks == {("provisional", "2026-10-30")}


def in_its_description() -> bool:
    described = json.loads(site()["edities/2026/regio.csv-metadata.json"])
    names = {each["name"] for each in described["tableSchema"]["columns"]}
    return (
        {"low", "high", "edition_status", "as_of"} <= names
        and MARK in json.dumps(described)
        and TITLE in described["dc:title"]
    )


def in_the_spreadsheet() -> bool:
    content = packed("edities/2026/tabellen.ods", "content.xml")
    return content.count("kan zijn") >= 3 and "116–124" in content and MARK in content and TITLE in content


def in_the_annex() -> bool:
    return all(f"{TITLE} · Voorlopig, {MARK}" in each for each in pdf()) and len(RANGED.findall(" ".join(pdf()))) > 30


def in_word() -> bool:
    path = "edities/2026/annex.docx"
    foot, body = packed(path, "word/footer1.xml"), packed(path, "word/document.xml")
    return f"{TITLE} · Voorlopig, {MARK}" in foot and "(116–124)" in body and "(116–124)" not in foot


def in_the_record() -> bool:
    raw = json.loads(site()["edities/2026/release.json"])
    return (raw["rounding_base"], raw["status"], raw["as_of"], raw["version"]) == (5, "provisional", "2026-10-30", 2)


def in_the_certificate() -> bool:
    """What it holds is checked where it is made (`tests/stages/test_outsider.py`)."""
    return "edities/2026/proof.json" in site()


def in_what_can_be_known() -> bool:
    text = " ".join(texts("wat-kan-iemand-weten/index.html", "main"))
    return "116" in text and "124" in text and MARK in text and TITLE in text


def in_the_catalogue() -> bool:
    graph = json.loads(site()["data.jsonld"])["@graph"]
    one = next(each for each in graph if each["@type"] == "dcat:Dataset" and each["dct:title"]["@value"] == TITLE)
    return bool(
        RANGED.search(one["dct:description"]["@value"])
        and one["adms:status"]["@id"].endswith("UnderDevelopment")
        and MARK in one["adms:versionNotes"]["@value"].lower()
        and one["dcat:version"] == "2"
    )


def in_the_feed() -> bool:
    text = site()["feed.xml"].decode()
    (entry,) = (each for each in text.split("<entry>") if f"<title>{TITLE}</title>" in each)
    return bool(RANGED.search(entry)) and MARK in entry.lower()


def in_the_citation() -> bool:
    (said,) = texts(HERE, ".citaat")
    return TITLE in said and f"versie 2 (voorlopig, {MARK})" in said


PLACES: Mapping[str, Callable[[], bool]] = {
    "tables of an edition": in_tables, "charts of an edition": in_charts, "charts as pictures": in_the_picture, "card beside a shared link": on_the_card, "key figures": in_key_figures, "main points": in_points,
    "description of a page": in_the_description, "structured data (schema.org)": in_structured_data, "changes of a version": in_changes,
    "Door de jaren": in_the_years, "series": in_the_series, "tables as CSV": in_the_csv, "CSV descriptions (CSVW)": in_its_description,
    "spreadsheet": in_the_spreadsheet, "annex (PDF)": in_the_annex, "annex (Word)": in_word, "public record": in_the_record,
    "public certificate": in_the_certificate, "what everyone can work out": in_what_can_be_known, "catalogue (DCAT)": in_the_catalogue,
    "feed": in_the_feed, "citation": in_the_citation,
}  # fmt: skip


def table() -> list[list[str]]:
    lines = (ROOT / "docs" / "numbers.md").read_text("utf-8").splitlines()
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("| ")][1:]


@pytest.mark.parametrize("place", PLACES)
def test_a_number_carries_what_it_can_be_whether_it_is_final_and_its_edition(place: str) -> None:
    assert PLACES[place]()


def test_the_table_has_these_places_and_says_something_of_each() -> None:
    assert [each[0] for each in table()] == list(PLACES)
    assert all(all(each) and len(each) == 5 for each in table())


WITHOUT = re.compile(
    r"stijl/.*|manifest\.txt|robots\.txt|sitemap\.xml|404\.html|publicaties\.json|data/release\.schema\.json|.*/reeksen\.csv-metadata\.json|"
    r"(over|begrippen|data|kalender|verbeteringen|methode|privacy|publicaties|toegankelijkheid|woordenlijst)/index\.html|edities/gesprekspartners[^/]*/.*|"
    r"edities/[^/]+/versie-[12]/index\.html"
)
"""Files without a number of a table."""


def test_every_file_of_the_site_with_numbers_is_in_the_table() -> None:
    told = [re.escape(found).replace("…", "[^/]+") for each in table() for found in re.findall(r"`([^`]+)`", each[1])]
    patterns = [re.compile(each.replace("edities/[^/]+/", "edities/[^/]+(?:/versie-[0-9]+)?/")) for each in told]
    left = [
        path for path in site() if not WITHOUT.fullmatch(path) and not any(each.fullmatch(path) for each in patterns)
    ]
    assert left == []


def test_in_no_page_stands_a_rounded_number_without_its_range() -> None:
    places = "[data-status=rounded], .punten li, .kerncijfers li, .edities li, details li, figcaption"
    texts = [
        (path, " ".join(node.text().split()))
        for path in site()
        if path.endswith(".html")
        for node in page(path).css(places)
    ]
    assert len(texts) > 100
    assert [each for each in texts if ROUNDED.search(each[1])] == []


def test_a_place_that_lost_its_range_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    bare = {path: data.replace(" (116–124)".encode(), b"") for path, data in site().items()}
    monkeypatch.setitem(globals(), "site", lambda: bare)
    assert not in_the_description()
    assert not in_the_feed()
