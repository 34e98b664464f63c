"""A chart as a picture of its own: message, bars and source, with nothing from elsewhere, and read by the audit."""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator
from xml.etree import ElementTree as ET

import pytest

from tests.once import put
from tests.outside.once import UNDRAWN
from tests.stages.a_publication import a_publication, a_release, a_site, dimension, table
from tests.templates import PUBLIC, THEME
from tweeluik.checks.audit.auditor import audit
from tweeluik.checks.audit.claims import Claims
from tweeluik.paper.typesetting import rasterise
from tweeluik.public.site import render_site
from tweeluik.public.templates import Templates

SVG = "{http://www.w3.org/2000/svg}"
PATH = "edities/2026/regio.svg"


def texts(path: str = PATH) -> list[str]:
    root = ET.fromstring(a_site()[path])
    return [" ".join("".join(node.itertext()).split()) for node in root.iter(f"{SVG}text")]


def test_it_has_its_message_its_numbers_and_its_source() -> None:
    told = " ".join(texts())
    assert told.startswith("De grootste groep naar regio is ‘Zuid-Holland’: ongeveer 40 (36–44) partners")
    assert "30 (26–34)" in told
    assert "Partneroverzicht 2026, versie 1" in told
    assert "CC0-1.0" in told


def test_it_is_well_formed_named_and_needs_nothing_else() -> None:
    for path, data in a_site().items():
        if path.startswith("edities/") and path.endswith(".svg"):
            root = ET.fromstring(data)
            assert (root.findtext(f"{SVG}title"), bool(root.findtext(f"{SVG}desc"))) != (None, False)
            assert not re.search(rb"(href|src)=|url\((?!#)|<script|<image", data)
            assert THEME.on_paper["accent"].encode() in data


def test_every_line_stands_below_the_one_before_and_within_the_picture() -> None:
    root = ET.fromstring(a_site()["edities/2026/soort.svg"])
    lines = [float(node.get("y") or 0) for node in root.findall(f"{SVG}text")]
    drawn = root.find(f"{SVG}svg")
    assert drawn is not None
    assert max(lines) < float(root.get("height") or 0)
    assert float(drawn.get("y") or 0) + float(drawn.get("height") or 0) < max(lines)


def test_a_long_message_is_broken_and_text_is_text() -> None:
    label = 'Vereniging <b>&</b> "ondersteuning" ' + "van vrijwilligers in de buurt " * 3
    made = table("t", "T", "partners", (dimension("kind", [("a", label), ("b", "B")]),), [40, 5, 45])
    data = render_site(a_publication(a_release(tables=(made,))), PUBLIC)["edities/2025/t.svg"]
    root = ET.fromstring(data)
    title = [node for node in root.findall(f"{SVG}text") if node.get("class") == "boodschap"]
    assert len(title) > 1
    assert "<b>&</b>" in " ".join("".join(node.itertext()) for node in title)


def test_its_page_offers_it_and_the_chart_has_an_address() -> None:
    page = a_site()["edities/2026/index.html"].decode()
    assert 'href="regio.svg" type="image/svg+xml" download>Partners naar regio: grafiek (svg, ' in page
    assert '<figure class="grafiek" id="figuur-regio">' in page


@pytest.mark.parametrize(
    ("before", "after", "what"),
    [
        (">30<tspan", ">31<tspan", "a number in the chart is not in its table"),
        ("(26–34)", "(20–34)", "a number in the chart is not in its table"),
        ("ongeveer 40", "ongeveer 41", "a number in the chart is not in its table"),
    ],
)
def test_the_audit_notices_a_change(before: str, after: str, what: str) -> None:
    text = a_site()[PATH].decode()
    assert before in text
    problems = audit({**a_site(), PATH: text.replace(before, after, 1).encode()}, Claims()).problems
    assert what in [each.what for each in problems if each.place.file == PATH]


def test_a_message_that_breaks_within_a_label_of_digits_is_read_as_one() -> None:
    for fill in range(12):
        sides = (dimension("region", [("a", f"{'Lange ' * fill}Regio 17 en 18 oost"), ("b", "B")]),)
        with put(UNDRAWN):
            files = render_site(
                a_publication(a_release(tables=(table("t", "T", "partners", sides, [40, 5, 45]),))), PUBLIC
            )
        assert [each for each in audit(files, Claims()).problems if each.place.file.endswith("t.svg")] == []


# --- as PNG -----------------------------------------------------------------------------------------------------------


def size_of(png: bytes) -> tuple[int, int]:
    width, height = struct.unpack(">II", png[16:24])
    return width, height


def test_beside_every_drawing_stands_the_same_as_png_in_its_shape() -> None:
    drawings = [path for path in a_site() if path.startswith("edities/") and path.endswith(".svg")]
    assert len(drawings) > 6
    for path in drawings:
        root = ET.fromstring(a_site()[path])
        width, height = size_of(a_site()[path.replace(".svg", ".png")])
        assert width / height == pytest.approx(float(root.get("width", 0)) / float(root.get("height", 0)), rel=0.01)


def test_a_png_is_made_from_its_drawing_and_from_nothing_else() -> None:
    text = a_site()[PATH].decode()
    font = f"font-family: '{THEME.fonts['pdf']}';"
    (again,) = rasterise(
        [
            (
                re.sub(r"font-family: .+?; font-size", f"{font} font-size", text),
                680,
                int(re.findall(r'height="(\d+)"', text)[0]),
            )
        ]
    )
    assert again == a_site()[PATH.replace(".svg", ".png")]


def test_a_png_has_letters_and_bars_and_not_one_colour_alone() -> None:
    data = a_site()[PATH.replace(".svg", ".png")]
    width, height = size_of(data)
    idat = b"".join(content for name, content in chunks(data) if name == b"IDAT")
    assert len(zlib.decompress(idat)) == height * (1 + 4 * width)
    assert len(idat) > 20_000


def chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 8
    while at < len(data):
        length = int.from_bytes(data[at : at + 4])
        yield data[at + 4 : at + 8], data[at + 8 : at + 8 + length]
        at += 12 + length


@pytest.mark.parametrize("cards", ["edities/2026/kaart", "stijl/kaart"])
def test_a_page_names_the_card_that_people_see_where_they_share_it(cards: str) -> None:
    page = a_site()["edities/2026/index.html" if "2026" in cards else "methode/index.html"].decode()
    assert f'<meta property="og:image" content="https://partners.example.org/{cards}.png">' in page
    assert size_of(a_site()[f"{cards}.png"]) == (1200, 629)


def test_a_card_says_the_edition_its_first_figures_with_what_they_can_be_and_its_version() -> None:
    told = " ".join(texts("edities/2026/kaart.svg"))
    assert "Partneroverzicht 2026" in told
    assert "120 (116–124)" in told
    assert "1.275 (1.271–1.279)" in told
    assert "versie 1" in told


def test_a_card_of_what_is_for_inspection_is_that_of_the_site() -> None:
    page = a_site()["edities/gesprekspartners-2023-2024/index.html"].decode()
    assert "stijl/kaart.png" in page
    assert "edities/gesprekspartners-2023-2024/kaart.png" not in a_site()


def test_a_site_that_does_not_know_its_address_has_no_cards() -> None:
    files = render_site(a_publication(base_url=None), PUBLIC)
    assert not [path for path in files if path.endswith(("kaart.png", "kaart.svg"))]
    assert b"og:image" not in files["index.html"]


@pytest.mark.parametrize("size", ["", ' width="900" height="900"', " width='2em'\n height = '2em'"])
def test_a_card_has_the_logo_small_whatever_its_own_size(size: str) -> None:
    logo = THEME.logo.replace("<svg", f"<svg{size}", 1)
    files = render_site(a_publication(), Templates(PUBLIC.folder, {**PUBLIC.texts, "theme/logo.svg": logo}))
    drawn = ET.fromstring(files["stijl/kaart.svg"]).findall(f"{SVG}g/{SVG}svg")
    assert [(each.get("width"), each.get("height")) for each in drawn] == [("48", "48")]


def test_a_card_leaves_out_a_figure_whose_words_do_not_fit() -> None:
    long = "Een thema met een naam die veel te lang is voor een plaatje van deze grootte, hoe men het ook afbreekt"
    for label, is_there in (("Taal", True), (long, False)):
        side = dimension("theme", [("1", label, "1"), ("2", "Werk", "1")], partition=False)
        made = a_release(tables=(table("t", "T", "partners", (side,), [40, 5, 45]),))
        card = render_site(a_publication(made), PUBLIC)["edities/2025/kaart.svg"].decode()
        assert (">40</text>" in card) is is_there
        assert ">45</text>" in card
        assert "…" not in card
