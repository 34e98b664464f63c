"""A chart as a picture of its own: message, bars and source, with nothing from elsewhere, and read by the audit."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import pytest

from tests.stages.a_publication import a_publication, a_release, a_site, dimension, table
from tests.templates import PUBLIC, THEME
from tweeluik.checks.audit.auditor import audit
from tweeluik.checks.audit.claims import Claims
from tweeluik.public.site import render_site

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
        files = render_site(a_publication(a_release(tables=(table("t", "T", "partners", sides, [40, 5, 45]),))), PUBLIC)
        assert [each for each in audit(files, Claims()).problems if each.place.file.endswith("t.svg")] == []
