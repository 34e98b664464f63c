"""The pages: whole, linked, safe against hostile text, and the same on every machine."""

from __future__ import annotations

import html
import io
import posixpath
import re
import zipfile
from base64 import b64encode
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import pytest
from jinja2 import Environment, nodes
from selectolax.lexbor import LexborHTMLParser

from tests.html import first
from tests.once import put
from tests.outside.once import DRAWN
from tests.stages.a_publication import (
    IMPRINT,
    a_publication,
    a_release,
    a_site,
    dimension,
    not_published,
    provisional_2026,
    rounded_2026,
    suppressed_2025,
    table,
)
from tests.templates import PUBLIC
from tweeluik.problems import SourceHasProblems
from tweeluik.public.groups import manifest
from tweeluik.public.markdown import render_markdown
from tweeluik.public.news import has_news, news
from tweeluik.public.site import render_site
from tweeluik.public.texts import about_figures, citation, how_to_read, too_few
from tweeluik.record.cell import TOTAL, Rounded, Shown, Suppressed
from tweeluik.record.model import Correction, Entry, Page, Publication, Release, ReleasedTable

pytestmark = pytest.mark.usefixtures("undrawn")


def site() -> Mapping[str, bytes]:
    return a_site()


def pages(files: Mapping[str, bytes]) -> dict[str, LexborHTMLParser]:
    return {path: LexborHTMLParser(data.decode()) for path, data in files.items() if path.endswith(".html")}


every_page = pytest.mark.parametrize("path", sorted(pages(a_site())))


# --- whole ------------------------------------------------------------------------------------------------------------


def test_the_site_has_every_file_of_the_contract() -> None:
    asked = {"index.html", "manifest.txt", "sitemap.xml", "robots.txt", "data.jsonld", "over/index.html"}
    edition = {"index.html", "soort.csv", "soort.csv-metadata.json", "release.json", "annex.pdf", "annex.docx"}
    assert asked | {f"edities/2025/{name}" for name in edition} <= site().keys()


def test_an_edition_that_is_not_published_has_its_notice_and_record_only() -> None:
    folder = "edities/gesprekspartners-2023-2024/"
    assert {path for path in site() if path.startswith(folder)} == {
        f"{folder}index.html", f"{folder}release.json", f"{folder}versie-1/index.html",
    }  # fmt: skip
    text = pages(site())[f"{folder}index.html"].body.text()  # type: ignore[union-attr]
    for said in ("niet openbaar", "19 december 2024", "13 februari 2025", "Centraal Informatiepunt Tweede Kamer"):
        assert said in text


def test_an_edition_says_of_which_day_it_is() -> None:
    """The last day of its period, or the day that the numbers of a provisional one reach."""
    assert [dict(about_figures(each))["Peildatum"].partition(".")[0] for each in (suppressed_2025(), provisional_2026())] == [
        "31 december 2025", "30 oktober 2026",
    ]  # fmt: skip
    assert (
        "Peildatum"
        in first(pages(site())["edities/2025/index.html"], "section[aria-labelledby=over-de-cijfers]").text()
    )


def test_the_manifest_lists_every_other_file() -> None:
    listed = [line.split("  ", 1)[1] for line in site()["manifest.txt"].decode().splitlines()]
    assert listed == sorted(site().keys() - {"manifest.txt"})
    assert manifest({path: site()[path] for path in listed}) == site()["manifest.txt"]


def test_the_same_publication_gives_the_same_bytes() -> None:
    with put(DRAWN):
        assert render_site(a_publication(), PUBLIC) == site()


def test_a_page_is_small() -> None:
    assert max(len(data) for path, data in site().items() if path.endswith((".html", ".css"))) < 60_000


# --- linked -----------------------------------------------------------------------------------------------------------


@every_page
def test_every_link_leads_somewhere(path: str) -> None:
    trees = pages(site())
    for node in trees[path].css("[href], [src]"):
        target = urlsplit(node.attributes.get("href") or node.attributes.get("src") or "")
        if target.scheme or (node.tag == "link" and node.attributes.get("rel") == "canonical"):
            continue
        folder = "/" if path == "404.html" else ""  # a server shows it at any address
        assert target.path.startswith(folder) or not target.path
        place = posixpath.join(posixpath.dirname(path), target.path.removeprefix(folder))
        file = posixpath.normpath(place) if target.path else path
        assert file in site(), (path, node.html)
        if target.fragment:
            assert trees[file].css_first(f'[id="{target.fragment}"]') is not None, (path, node.html)


@every_page
def test_nothing_is_fetched_from_elsewhere(path: str) -> None:
    tree = pages(site())[path]
    assert {node.attributes["src"] for node in tree.css("script[src]")} <= {"../../stijl/tabellen.js"}
    fetched = list(tree.css("iframe, video, audio, object, embed, source, style, form"))
    assert {posixpath.basename(node.attributes["src"] or "") for node in tree.css("img")} == (
        {"logo.svg"} if path != "404.html" else set()
    )
    assert not any(urlsplit(node.attributes["src"] or "").scheme for node in tree.css("img"))
    assert [node.tag for node in fetched] == (["style"] if path == "404.html" else [])
    for node in tree.css("link"):
        if node.attributes["rel"] in ("stylesheet", "icon"):
            assert not urlsplit(node.attributes["href"] or "").scheme


def test_the_style_fetches_nothing() -> None:
    assert b"url(" not in site()["stijl/stijl.css"]
    assert b"@import" not in site()["stijl/stijl.css"]


@every_page
def test_every_id_is_there_once_and_every_reference_has_one(path: str) -> None:
    tree = pages(site())[path]
    ids = Counter(node.attributes["id"] for node in tree.css("[id]"))
    assert {each for each, count in ids.items() if count > 1} == set()
    for name in ("aria-labelledby", "aria-describedby"):
        for node in tree.css(f"[{name}]"):
            assert set((node.attributes[name] or "").split()) <= ids.keys()


@every_page
def test_headings_go_down_one_level_at_a_time(path: str) -> None:
    levels = [int((node.tag or "")[1:]) for node in pages(site())[path].css("h1, h2, h3, h4, h5, h6")]
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in zip([0, *levels], levels, strict=False))


@every_page
def test_every_page_has_what_a_machine_asks(path: str) -> None:
    tree = pages(site())[path]
    assert first(tree, "html").attributes["lang"] == "nl"
    assert len(first(tree, "meta[name=description]").attributes["content"] or "") <= 160
    assert len(tree.css("main")) == 1
    of_the_source = path.split("/", maxsplit=1)[0] in {"over", "begrippen"}
    for each in tree.css("table"):
        assert of_the_source or each.css_first("caption") is not None
        assert {node.attributes.get("scope") for node in each.css("th")} == (
            {"col"} if of_the_source else {"col", "row"}
        )
    for each in tree.css("svg[role=img]"):
        assert first(each, "title").text()
        assert first(each, "desc").text()


def test_links_in_the_feed_the_map_and_the_page_have_the_address_of_the_site() -> None:
    places = [node.text or "" for node in ET.fromstring(site()["sitemap.xml"]).iter() if node.tag.endswith("loc")]
    assert "https://partners.example.org/" in places
    for place in places:
        assert place.removeprefix("https://partners.example.org/") + "index.html" in site()
    feed = ET.fromstring(site()["feed.xml"])
    days = [node.text or "" for node in feed.iter("{http://www.w3.org/2005/Atom}updated")]
    assert days == sorted(days, reverse=True)
    assert days[0] == "2026-09-01T00:00:00Z"
    names = [node.text for node in feed.iter("{http://www.w3.org/2005/Atom}id")]
    assert len(set(names)) == len(names)
    canonical = first(pages(site())["over/index.html"], "link[rel=canonical]").attributes["href"]
    assert canonical == "https://partners.example.org/over/"


def test_without_an_address_every_link_is_relative() -> None:
    files = render_site(a_publication(base_url=None), PUBLIC)
    assert b"partners.example.org" not in b"".join(files.values())
    assert b"Sitemap:" not in files["robots.txt"]
    names = {node.text or "" for node in ET.fromstring(files["feed.xml"]).iter("{http://www.w3.org/2005/Atom}id")}
    assert all(name.startswith("urn:uuid:") for name in names)
    assert all(tree.css_first("link[rel=canonical]") is None for tree in pages(files).values())


# --- hostile text -----------------------------------------------------------------------------------------------------

HOSTILE = "<script>alert(1)</script>\"'&{{ 7 * 7 }}</title>]]>"


def a_hostile_publication() -> Publication:
    hostile = table("soort", HOSTILE, "partners", (dimension("kind", [("a", HOSTILE), ("b", "B")]),), [12, 5, 17])
    release = a_release(title=HOSTILE, tables=(hostile,), named=(HOSTILE,))
    secret = replace(not_published(), notice=replace(not_published().notice, reason=HOSTILE))  # type: ignore[type-var]
    page = Page("over", HOSTILE, 1, HOSTILE)
    return a_publication(release, secret, title=HOSTILE, publisher=HOSTILE, contact_name=HOSTILE, pages=(page,))


def test_text_is_text_everywhere() -> None:
    files = render_site(a_hostile_publication(), PUBLIC)
    for tree in pages(files).values():
        assert {node.attributes.get("type") for node in tree.css("script:not([src])")} <= {"application/ld+json"}
        assert "49" not in first(tree, "h1").text()
    for path in ("feed.xml", "sitemap.xml"):
        ET.fromstring(files[path])
    assert HOSTILE in first(pages(files)["edities/2025/index.html"], "h1").text()


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("<b>vet</b>", "<p>&lt;b&gt;vet&lt;/b&gt;</p>\n"),
        ("<!-- stil -->", "<p>&lt;!-- stil --&gt;</p>\n"),
        ("[x](javascript:alert)", "<p>[x](javascript:alert)</p>\n"),
        ("[x](JaVaScRiPt&colon;alert)", "<p>[x](JaVaScRiPt:alert)</p>\n"),
        ("[x](data:text/html,y)", "<p>[x](data:text/html,y)</p>\n"),
        ("[x](//elders.example)", "<p>[x](//elders.example)</p>\n"),
        ("[x](../methode/index.html#wie)", '<p><a href="../methode/index.html#wie">x</a></p>\n'),
        ("[x](https://example.org)", '<p><a href="https://example.org">x</a></p>\n'),
        ("# Kop", "<h2>Kop</h2>\n"),
    ],
)
def test_running_text_cannot_bring_markup(text: str, html: str) -> None:
    assert str(render_markdown(text)) == html


def test_an_image_in_running_text_is_no_image() -> None:
    assert "<img" not in render_markdown("![plaatje](https://elders.example/x.png)")


def test_a_page_cannot_take_the_place_of_a_page_of_the_site() -> None:
    with pytest.raises(SourceHasProblems) as caught:
        render_site(a_publication(pages=(Page("data", "Data", 1, ""),)), PUBLIC)
    assert [str(each) for each in caught.value.problems] == [
        "pages/data.md: the site has a page of this name already (rename the file)"
    ]


# --- little to say ----------------------------------------------------------------------------------------------------


def regio(*values: int | None, make: Any = Shown) -> Any:
    return table(
        "regio", "Partners naar regio", "partners", (dimension("region", [("a", "A"), ("b", "B")]),), list(values), make
    )


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, "Deze editie heeft geen tabellen."),
        ({"tables": (regio(0, 0, 0),)}, "In 2025 waren er 0 partners."),
        ({"tables": (regio(None, None, None),)}, "Het aantal partners in 2025 is niet getoond (0 of meer)."),
        (
            {"tables": (regio(0, 0, 0, make=Rounded),), "rounding_base": 5},
            "In 2025 waren er afgerond 0 (0–4) partners: minder dan 5.",
        ),
        ({"tables": (regio(1, 0, 1),)}, "In 2025 werkte 1 maatschappelijke partner mee aan de Actieagenda."),
        (
            {"tables": (regio(6, 6, 12),), "period_from": date(2025, 3, 1)},
            "Van 1 maart 2025 tot en met 31 december 2025 werkten 12 maatschappelijke partners mee aan de Actieagenda.",
        ),
    ],
)
def test_an_edition_with_little_to_say_says_so(changes: dict[str, Any], said: str) -> None:
    files = render_site(a_publication(a_release(**changes)), PUBLIC)
    assert first(pages(files)["edities/2025/index.html"], "meta[name=description]").attributes["content"] == said


def test_an_edition_without_a_table_says_why() -> None:
    files = render_site(a_publication(a_release()), PUBLIC)
    page = pages(files)["edities/2025/index.html"]
    assert {path for path in files if path.startswith("edities/2025/")} == {
        f"edities/2025/{name}"
        for name in (
            "index.html",
            "annex.pdf",
            "annex.docx",
            "release.json",
            "versie-1/index.html",
            "kaart.svg",
            "kaart.png",
        )
    }
    assert too_few(a_release()) in (page.css_first("#geen-tabel").parent.text() or "")  # type: ignore[union-attr]
    assert page.css_first("#over-de-cijfers") is None
    assert pages(site())["edities/2025/index.html"].css_first("#geen-tabel") is None


@pytest.mark.parametrize("edition", ["2025", "2026"])
def test_an_edition_tells_how_its_figures_were_protected_and_on_what_ground(edition: str) -> None:
    page = pages(site())[f"edities/{edition}/index.html"]
    told = page.css_first("#over-de-cijfers").parent.text() or ""  # type: ignore[union-attr]
    way = {"2025": "precies, sommige getallen niet getoond", "2026": "alle getallen afgerond op vijftallen"}[edition]
    for said in (way, "5 organisaties", "beleidskeuze van het ministerie.", "Een aantal zegt niets over"):
        assert said in told


@pytest.mark.parametrize(
    ("value", "read", "protection"),
    [
        (None, "Soms staat er ‘niet getoond’", "precies, sommige getallen niet getoond"),
        (20, "Alle getallen van deze editie staan er, en ze zijn precies.", "precies, alle getallen getoond"),
    ],
)
def test_an_edition_in_which_nothing_is_hidden_does_not_say_that_something_is(
    value: int | None, read: str, protection: str
) -> None:
    kinds = dimension("kind", [("a", "A"), ("b", "B")])
    release = a_release("2026", tables=(table("soort", "Soort", "partners", (kinds,), [value, 30, 50]),))
    assert how_to_read(release).startswith(read)
    assert dict(about_figures(release))["Bescherming"] == protection


@pytest.mark.parametrize("edition", [rounded_2026(), suppressed_2025()], ids=["2026", "2025"])
def test_a_range_is_said_to_stand_where_it_stands(edition: Release) -> None:
    """Behind the number on a page, in a column beside it in a spreadsheet."""
    assert "staat er tussen haakjes achter." in how_to_read(edition)
    assert "staat in de kolom ernaast." in how_to_read(edition, "beside")
    with zipfile.ZipFile(io.BytesIO(site()[f"edities/{edition.edition}/tabellen.ods"])) as archive:
        assert how_to_read(edition, "beside") in html.unescape(archive.read("content.xml").decode())


@pytest.mark.parametrize("edition", ["2026", "2027"])
@pytest.mark.parametrize("named", [(), ("Stichting Linderoord",)])
def test_where_who_is_named_is_added_to_a_rounded_number_readers_are_told_why_it_is_no_multiple(
    edition: str, named: tuple[str, ...]
) -> None:
    """20 and one by name is 21, in an edition that says to be rounded to fives."""
    release = a_release(edition, protection="rounding", rounding_base=5, named=named, tables=rounded_2026().tables)
    read, protection = how_to_read(release), dict(about_figures(release))["Bescherming"]
    assert read.startswith(
        "Alle getallen zijn afgerond op vijftallen. Het echte aantal ligt minder dan 5 hoger of lager."
    )
    assert ("Daarom zijn niet alle aantallen vijftallen." in read) is bool(named)
    assert protection.removeprefix("alle getallen afgerond op vijftallen") == (
        "; partners met naam tellen precies mee" if named else ""
    )


@pytest.mark.parametrize("named", [(), ("Stichting Linderoord",)])
def test_a_rounded_edition_that_hides_something_says_what_both_mean(named: tuple[str, ...]) -> None:
    """Neither that all numbers are rounded, nor that all add up."""
    release = a_release("2026", protection="rounding", rounding_base=5, named=named, tables=with_hidden(rounded_2026()))
    read, protection = how_to_read(release), dict(about_figures(release))["Bescherming"]
    assert read.startswith(
        "De getallen zijn afgerond op vijftallen. Het echte aantal ligt minder dan 5 hoger of lager."
    )
    assert "Soms staat er ‘niet getoond’ in plaats van een getal." in read
    assert "telt na het afronden niet altijd op" in read
    assert ("Daarom zijn niet alle aantallen vijftallen." in read) is bool(named)
    assert protection.removeprefix("getallen afgerond op vijftallen, sommige niet getoond") == (
        "; partners met naam tellen precies mee" if named else ""
    )


def with_hidden(release: Release) -> tuple[ReleasedTable, ...]:
    """Its tables, of each the first number hidden."""
    return tuple(replace(each, cells={**each.cells, next(iter(each.cells)): Suppressed()}) for each in release.tables)


@pytest.mark.parametrize("hides", [False, True])
def test_the_method_says_that_rounded_editions_may_hide_only_where_one_does(hides: bool) -> None:
    edition = replace(rounded_2026(), tables=with_hidden(rounded_2026())) if hides else rounded_2026()
    page = render_site(a_publication(edition, suppressed_2025()), PUBLIC)["methode/index.html"].decode()
    assert ("Daarom staat er ook in een afgeronde editie soms <em>niet getoond</em>." in page) is hides


def test_the_method_tells_of_every_edition_how_it_was_protected() -> None:
    ways = {
        "2027": a_release("2027", protection="rounding", rounding_base=5, named=("X",), tables=rounded_2026().tables),
        "2026": rounded_2026(),
        "2025": suppressed_2025(),
    }
    page = LexborHTMLParser(render_site(a_publication(*ways.values()), PUBLIC)["methode/index.html"].decode())
    told = {first(row, "th").text(): first(row, "td").text() for row in page.css("table tbody tr")}
    assert told == {
        "Partneroverzicht 2027": "alle getallen afgerond op vijftallen; partners met naam tellen precies mee",
        "Partneroverzicht 2026": "alle getallen afgerond op vijftallen",
        "Partneroverzicht 2025": "precies, sommige getallen niet getoond",
    }


@pytest.mark.parametrize("file", sorted(Path(PUBLIC.folder).parent.rglob("*.html")), ids=lambda file: file.name)
def test_no_loop_chooses_by_its_own_place(file: Path) -> None:
    """There `loop` is still that of the loop around it: it chooses everything, or nothing."""
    chosen = (each.test for each in Environment(autoescape=True).parse(file.read_text("utf-8")).find_all(nodes.For))
    assert not [name for test in chosen if test for name in (test, *test.find_all(nodes.Name)) if named(name) == "loop"]


def named(node: nodes.Node) -> str:
    return node.name if isinstance(node, nodes.Name) else ""


def test_an_edition_tells_when_it_had_to_go_to_parliament_and_when_it_went() -> None:
    told = {
        edition: " ".join(first(pages(site())[f"edities/{edition}/index.html"], "dl.gegevens").text().split())
        for edition in ("2025", "2026")
    }
    assert "Naar de Tweede Kamer24 juni 2026 Uiterste datum1 juli 2026" in told["2025"]
    assert "Uiterlijk naar de Tweede Kamer1 juli 2027" in told["2026"]
    assert "Kamerstukdossier32 824 (2026D00000)" in told["2025"]


def test_rounded_numbers_are_marked_at_every_table_and_chart() -> None:
    for edition, marked in (("2025", False), ("2026", True)):
        page = pages(site())[f"edities/{edition}/index.html"]
        said = [node.text() for node in page.css("caption .eenheid, .ondertitel")]
        assert len(said) == 2 * len(page.css("section.tabel"))
        assert {"afgerond op vijftallen" in each for each in said} == {marked}


def test_a_site_without_editions_is_a_site() -> None:
    publication = replace(a_publication(), releases=())
    files = render_site(publication, PUBLIC)
    assert "Er is nog geen editie." in files["index.html"].decode()
    assert "feed.xml" not in files


def test_a_hidden_cell_leaves_no_trace_but_its_words_and_what_the_other_numbers_tell_of_it() -> None:
    """With another pattern of hidden cells only the cells differ: no class, id, length or count tells one from another."""
    cells = suppressed_2025().tables[0].cells
    hidden = [codes for codes, content in cells.items() if isinstance(content, Suppressed)]
    nodes = pages(site())["edities/2025/index.html"].css('td[data-status="suppressed"]')
    assert len([node for node in nodes if node.parent.parent.parent.attributes["data-tabel"] == "soort"]) == len(hidden)  # type: ignore[union-attr]
    assert {re.sub(r"\(.*?\)", "", node.html or "") for node in nodes} == {re.sub(r"\(.*?\)", "", nodes[0].html or "")}


def test_the_page_for_what_is_not_there_needs_no_file_and_leads_to_the_folder_of_the_site() -> None:
    tree = pages(render_site(a_publication(base_url="https://example.org/partners/"), PUBLIC))["404.html"]
    assert tree.css("link[rel=stylesheet], link[rel=icon]") == []
    assert {(node.attributes["href"] or "").split("/")[1] for node in tree.css("main a, nav a")} == {"partners"}
    digest = b64encode(sha256(first(tree, "style").text().encode()).digest()).decode()
    policy = first(tree, "meta[http-equiv]").attributes["content"] or ""
    assert f"style-src 'sha256-{digest}';" in policy
    without = pages(render_site(a_publication(base_url=None), PUBLIC))["404.html"]
    assert first(without, "main a").attributes["href"] == "index.html"


def test_a_ground_that_ends_in_a_full_stop_has_one() -> None:
    imprint = replace(IMPRINT, threshold_source="Besluit van het ministerie.")
    files = render_site(a_publication(replace(suppressed_2025(), imprint=imprint)), PUBLIC)
    assert "Besluit van het ministerie.</p>" in files["methode/index.html"].decode()


def test_words_with_a_meaning_of_their_own_have_it_at_hand_and_on_a_page() -> None:
    told = {
        first(each, "dfn").text(): (each, first(each, "dd").text())
        for each in pages(site())["woordenlijst/index.html"].css("dl.begrippen > div")
    }
    links = [(path, each) for path, page in pages(site()).items() for each in page.css("a.begrip")]
    assert {each.text() for _, each in links} >= {"Definitief", "Drempel", "Peildatum"}
    for path, each in links:
        place, meaning = told[each.text()]
        assert each.attributes["title"] == meaning
        assert (each.attributes["href"] or "") == "../" * path.count(
            "/"
        ) + f"woordenlijst/index.html#{place.attributes['id']}"


# --- a site grows with its content ------------------------------------------------------------------------------------


def with_pages(count: int) -> Publication:
    return a_publication(pages=tuple(Page(f"blad-{at:04}", f"Blad {at}", at, "Tekst.") for at in range(count)))


def test_a_page_leads_to_five_pages_of_text_and_to_a_page_that_lists_all() -> None:
    few, many = (render_site(with_pages(count), PUBLIC) for count in (5, 40))
    assert "bladzijden/index.html" not in few
    assert len(pages(few)["index.html"].css(".kop nav a[href^=blad-]")) == 5
    menu = [each.text() for each in pages(many)["index.html"].css(".kop nav a")]
    assert menu[-6:] == [*(f"Blad {at}" for at in range(5)), "Alle bladzijden"]
    listed = [each.text() for each in pages(many)["bladzijden/index.html"].css("main a")]
    assert listed == [f"Blad {at}" for at in range(40)]
    assert b"blad-0039/" in many["sitemap.xml"]
    assert len(many["blad-0039/index.html"]) < len(few["blad-0004/index.html"]) + 400


def test_an_edition_leads_to_the_newest_others_and_to_the_list_of_all() -> None:
    years = [a_release(str(year)) for year in range(2040, 2024, -1)]
    page = pages(render_site(a_publication(*years), PUBLIC))["edities/2030/index.html"]
    linked = [each.text() for each in page.css(".inhoud a")]
    assert linked[-6:] == [*(f"Partneroverzicht {year}" for year in range(2040, 2035, -1)), "Alle edities"]


def test_an_old_edition_says_that_there_is_a_newer_one() -> None:
    drawn = pages(site())
    assert "Er is een nieuwere editie: Partneroverzicht 2026." in (drawn["edities/2025/index.html"].body.text() or "")  # type: ignore[union-attr]
    assert "nieuwere editie" not in (drawn["edities/2026/index.html"].body.text() or "")  # type: ignore[union-attr]


def test_without_an_address_there_is_no_map_and_with_one_a_page_says_where_it_is() -> None:
    without = render_site(a_publication(base_url=None), PUBLIC)
    assert "sitemap.xml" not in without
    assert b"Sitemap:" not in without["robots.txt"]
    assert b"og:url" not in without["index.html"]
    page = pages(site())["edities/2025/index.html"]
    told = {node.attributes["property"]: node.attributes["content"] for node in page.css("meta[property]")}
    assert told["og:url"] == "https://partners.example.org/edities/2025/"
    assert told["og:title"] == "Partneroverzicht 2025"
    assert "116" in (told["og:description"] or "")


def test_the_spreadsheet_is_offered_before_the_csv() -> None:
    links = pages(site())["edities/2025/index.html"].css("#tabel-regio .downloads a")
    assert [posixpath.splitext(node.attributes["href"] or "")[1] for node in links][:2] == [".ods", ".csv"]


def an_entry(day: date) -> Entry:
    return Entry(1, "2025", 1, "final", day, "0" * 64, (), "0" * 64)


@pytest.mark.parametrize(
    ("log", "sent", "year"),
    [
        ((an_entry(date(2025, 11, 1)),), None, 2025),
        ((an_entry(date(2027, 1, 2)),), date(2026, 6, 24), 2027),
        ((), date(2026, 6, 24), 2026),
        ((), None, 2026),
    ],
)
def test_a_version_is_cited_by_the_year_in_which_it_was_published(
    log: tuple[Entry, ...], sent: date | None, year: int
) -> None:
    """Not by that in which the final numbers are due; before it is published, by the day that is known."""
    release = a_release("2025", sent=sent, tables=suppressed_2025().tables)
    assert f"({year}). Partneroverzicht 2025" in citation(a_publication(release, log=log), release)


@pytest.mark.parametrize(("day", "said"), [(date(2025, 2, 13), False), (date(2025, 2, 14), True)])
def test_a_notice_says_that_the_inspection_is_over_once_something_later_was_published(day: date, said: bool) -> None:
    release = a_release("2025", tables=suppressed_2025().tables)
    files = render_site(a_publication(not_published(), release, log=(an_entry(day),)), PUBLIC)
    page = files["edities/gesprekspartners-2023-2024/index.html"].decode()
    assert ("De inzage is voorbij." in page) is said


def test_the_feed_tells_how_many_numbers_a_correction_changed() -> None:
    before = replace(suppressed_2025(), version=1, corrections=())
    cells = {**before.tables[1].cells, ("NL31",): Shown(30)}
    changed = replace(before, tables=(before.tables[0], replace(before.tables[1], cells=cells), *before.tables[2:]))
    files = render_site(a_publication(suppressed_2025(), superseded=(changed,)), PUBLIC)
    assert "stond een verkeerd opschrift. Er is 1 getal anders." in files["feed.xml"].decode()


def _of_a_concept() -> Release:
    return replace(suppressed_2025(), sent=None, as_of=None, corrections=())


@pytest.mark.parametrize(
    ("release", "has_any"),
    [
        (suppressed_2025(), True),
        (replace(suppressed_2025(), sent=None, as_of=None), True),
        (replace(suppressed_2025(), corrections=()), True),
        (_of_a_concept(), False),
    ],
    ids=["sent and corrected", "corrected", "sent", "neither"],
)
def test_there_is_a_feed_where_there_is_anything_to_tell(release: Release, *, has_any: bool) -> None:
    publication = a_publication(release, superseded=())
    assert has_news(publication) is bool(news(publication)) is has_any
    assert not has_news(replace(publication, unpublished=frozenset({release.edition})))


def test_a_number_of_everything_has_one_total_in_what_changed() -> None:
    now = suppressed_2025()
    cells = {**now.tables[0].cells, (TOTAL, TOTAL): Shown(115)}
    older = replace(now, version=1, corrections=(), tables=(replace(now.tables[0], cells=cells), *now.tables[1:]))
    page = render_site(a_publication(now, superseded=(older,)), PUBLIC)["edities/2025/versie-1/index.html"].decode()
    (details,) = LexborHTMLParser(page).css("details")
    told = " ".join(details.text().split())
    assert told == "1 getal is anders Partners naar soort organisatie en pijler, Totaal: eerst 115, nu 116"


def _changed_since(older: Release, now: Release) -> str:
    """What the page of the older version says of what is otherwise now."""
    page = render_site(a_publication(now, superseded=(older,)), PUBLIC)[
        f"edities/{now.edition}/versie-1/index.html"
    ].decode()
    return " ".join(first(LexborHTMLParser(page), "section.vervangen").text().split())


def test_a_name_that_was_struck_is_no_name_that_stayed_the_same() -> None:
    """It stands in neither list any more; the older version had it until it was struck."""
    now = suppressed_2025()
    older = replace(now, version=1, corrections=(), struck=("a" * 64,))
    assert "1 naam staat er niet meer." in _changed_since(older, now)
    assert "hetzelfde" not in _changed_since(older, now)
    assert "De cijfers en de namen zijn hetzelfde gebleven." in _changed_since(replace(older, struck=()), now)
    both = replace(now, struck=("b" * 64,))
    assert "hetzelfde" in _changed_since(older, both), "whoever was struck in both may be one"


def test_the_same_number_rounded_to_more_is_another() -> None:
    made = rounded_2026()
    now = replace(made, version=2, tables=made.tables[1:2], corrections=(Correction(2, date(2027, 9, 1), "Drempel."),))
    older = replace(now, version=1, corrections=(), rounding_base=10, threshold=10)
    assert "eerst 30 (21–39), nu 30 (26–34)" in _changed_since(older, now)
    assert "hetzelfde" in _changed_since(replace(older, rounding_base=5, threshold=5), now)
